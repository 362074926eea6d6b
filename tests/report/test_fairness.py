"""Groups side by side: worked by hand, small ones hidden also from subtraction, and equal to what the plan counts."""

from __future__ import annotations

import json
from dataclasses import replace
from statistics import mean, stdev
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from scheduler.measures import continuity, measure
from scheduler.report.fairness import (
    SMALL,
    comparisons,
    fairness_paper,
    fairness_summary,
    groupings,
    shown,
)
from scheduler.report.fairness.paper import NOBODY_WORSE
from scheduler.report.fairness.qualities import QUALITIES
from scheduler.units import DAY
from tests.builders import a_carer, a_client, a_leg, a_problem, a_rota, a_visit
from tests.cli.conftest import run
from tests.report.weeks import a_week

STAFF = [a_carer(f"k{i}") for i in range(7)]


def a_town(carers_with: list[int], carers_without: list[int], **recorded: Any):
    """Clients with an advocate who see so many different carers in the week, and clients without."""
    clients, visits, legs = [], [], []
    for has, counts in ((True, carers_with), (False, carers_without)):
        for i, count in enumerate(counts):
            client = a_client(f"{'with' if has else 'without'}{i}", has_advocate=has, **recorded)
            clients.append(client)
            for day in range(7):
                visit = a_visit(f"{client.id}-{day}", day * DAY + 540, client=client.id)
                visits.append(visit)
                legs.append(a_leg(visit.id, f"k{min(day, count - 1)}", visit.preferred))
    return a_rota(*legs), a_problem(visits, STAFF, clients=clients)


def one(found, group, quality):
    (comparison,) = [c for c in found if c.group == group and c.quality.name == quality]
    return comparison


def test_a_group_that_fares_worse_worked_by_hand():
    """Means 2 and 5, variances 1/3 and 2/3 over seven each: Welch's t has 6 / (1/9 + 4/9) = 10.8 degrees of freedom."""
    spoken_for, alone = [1, 2, 2, 2, 2, 2, 3], [4, 4, 5, 5, 5, 6, 6]
    rota, problem = a_town(spoken_for, alone)
    found = one(comparisons(rota, problem), "nobody who speaks up", "distinct_carers")
    assert (found.clients, found.mean, found.others, found.difference) == (7, 5, 2, 3)
    error = (stdev(alone) ** 2 / 7 + stdev(spoken_for) ** 2 / 7) ** 0.5
    half = stats.t.ppf(0.975, 10.8) * error
    assert (found.low, found.high) == (pytest.approx(3 - half), pytest.approx(3 + half))
    assert found.worse
    assert not one(comparisons(rota, problem), "family or an advocate", "distinct_carers").worse
    sentence = fairness_paper(rota, problem).lead[0]
    assert sentence.startswith(
        "People in the group \u201cnobody who speaks up\u201d (who speaks up) see 3.0 more different carers than the "
        "others: 5.0 against 2.0"
    )


def test_equal_groups_are_not_called_worse():
    rota, problem = a_town([1, 2, 3, 2, 2], [2, 2, 1, 3, 2])
    assert not any(found.worse for found in comparisons(rota, problem))
    assert fairness_paper(rota, problem).lead == (NOBODY_WORSE,)


def test_nobody_differs_at_all():
    """No spread, no interval: the difference is told as it is."""
    found = one(comparisons(*a_town([2] * 5, [2] * 5)), "nobody who speaks up", "distinct_carers")
    assert (found.difference, found.low, found.p, found.beyond_chance) == (0, None, None, False)


def test_two_groups_without_any_spread_that_are_as_far_apart_as_can_be():
    """Five against six: of the 462 ways to deal two values to eleven people only this one is as far apart."""
    rota, problem = a_town([2] * 5, [4] * 6)
    found = one(comparisons(rota, problem), "nobody who speaks up", "distinct_carers")
    assert (found.low, found.high, found.p) == (None, None, pytest.approx(1 / 462))
    assert found.worse
    assert fairness_paper(rota, problem).lead[0] == (
        "People in the group \u201cnobody who speaks up\u201d (who speaks up) see 2.0 more different carers than the "
        "others: 4.0 against 2.0 (nobody differs within either side, so there is no interval)."
    )


def test_a_group_of_four_is_hidden_and_so_is_the_rest():
    """With one group hidden, the other would give it away: everybody less the ones on paper."""
    rota, problem = a_town([2] * 9, [5] * 4)
    found = comparisons(rota, problem)
    assert {c.clients for c in found if c.grouping == "Who speaks up"} == {None}
    assert all(group["grouping"] != "Who speaks up" for group in fairness_summary(rota, problem)["groups"])
    assert "no two groups" in fairness_paper(rota, problem).lead[0]


def test_a_hidden_group_has_one_row_and_a_shown_one_a_row_a_quality():
    """Six with an advocate, five without, and four of whom it is not recorded: the six alone may be shown."""
    rota, problem = a_town([2] * 6, [5] * 9)
    unknown = tuple(replace(c, has_advocate=None) for c in problem.clients[-4:])
    problem = problem.replace(clients=(*problem.clients[:-4], *unknown))
    (section,) = [s for s in fairness_paper(rota, problem).sections if s.heading == "Who speaks up"]
    rows = [(row[0], row[-1]) for row in section.tables[0].rows]
    assert [group for group, _ in rows].count("family or an advocate") == len(QUALITIES)
    assert [row for row in rows if row[0] != "family or an advocate"] == [
        ("nobody who speaks up", "too few to show"),
        ("not recorded", "too few to show"),
    ]


@pytest.mark.parametrize(
    "sizes, visible",
    [
        ({"a": 5, "b": 5}, "ab"),
        ({"a": 4, "b": 5}, ""),
        ({"a": 4, "b": 5, "c": 6}, "c"),
        ({"a": 1, "b": 2, "c": 30}, ""),
        ({"a": 2, "b": 3, "c": 30}, "c"),
        ({"a": 0, "b": 30}, ""),
    ],
)
def test_what_is_shown_worked_by_hand(sizes, visible):
    assert shown(sizes) == set(visible)


@settings(deadline=None)
@given(
    st.dictionaries(st.text("abcdefgh", min_size=1, max_size=2), st.integers(0, 30), min_size=1, max_size=8)
)
def test_nothing_small_is_left_by_subtraction(sizes):
    visible = shown(sizes)
    hidden = [size for group, size in sizes.items() if group not in visible]
    assert all(sizes[group] >= SMALL for group in visible)
    assert not hidden or not visible or (sum(hidden) >= SMALL and len(hidden) > 1)


@pytest.mark.parametrize("count, named", [(4, False), (5, True), (9, True), (10, False)])
def test_a_need_of_few_or_of_nearly_all_is_not_even_named(count, named):
    _, problem = a_town([2] * 7, [3] * 7)
    clients = tuple(
        replace(client, needs=frozenset({"dementia"} if i < count else ()))
        for i, client in enumerate(problem.clients)
    )
    labels = [grouping.label for grouping in groupings(problem.replace(clients=clients))]
    assert ("Need: dementia" in labels) == named


def test_a_quality_that_few_of_a_group_have_is_hidden_there():
    """Nobody has both an evening and a morning visit: there is no night to compare."""
    found = one(
        comparisons(*a_town([1, 2, 3, 2, 1], [2, 1, 3, 1, 2])), "family or an advocate", "visits_a_week"
    )
    assert found.clients == 5
    assert not [c for c in comparisons(*a_town([1] * 5, [2] * 5)) if c.quality.name == "night" and c.clients]


def test_the_means_are_those_of_the_plan():
    rota, problem = a_week(clients=25, carers=6, seed=3)
    told, measured = fairness_summary(rota, problem), measure(rota, problem)
    everybody = told["everybody"]
    assert everybody["distinct_carers"]["mean"] == pytest.approx(measured["distinct_carers_mean"])
    assert everybody["new_faces"]["mean"] * everybody["new_faces"]["clients"] == pytest.approx(
        measured["new_faces"]
    )
    rows = {row.client: row for row in continuity(rota, problem)}
    for group in told["groups"]:
        if (group["grouping"], group["quality"]) == ("Who pays", "distinct_carers"):
            own = [c.id for c in problem.clients if c.funding == group["group"] and c.id in rows]
            assert group["clients"] == len(own)
            assert group["mean"] == pytest.approx(mean(rows[id].distinct_rolling for id in own))


def test_page_workbook_and_summary_agree(tmp_path):
    """A shipped agency with a rota typed by hand: one visit, all else unallocated."""
    typed, out = tmp_path / "rota.csv", tmp_path / "out"
    typed.write_text("visit,carer,start\nC01-morning:2026-11-23,K01,2026-11-23 08:00\n", encoding="utf-8")
    done = run("fairness", "scenarios/agencies/demo", typed, "--from", "2026-11-23", "--out", out)
    assert done.code == 0, done.err
    told = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    book = openpyxl.load_workbook(out / "fairness.xlsx")
    cells: dict[tuple[Any, Any, Any], Any] = {}
    for sheet in book.worksheets:
        for row in sheet.iter_rows(min_row=2, values_only=True):
            cells[sheet.title, row[0], row[1]] = row
    page = (out / "fairness.html").read_text(encoding="utf-8")
    checked = 0
    for group in told["groups"]:
        if group["quality"] == "unallocated":
            row = cells[group["grouping"].replace(":", "")[:31], group["group"], "Unallocated visits (%)"]
            assert row[2] == group["clients"]
            assert row[3] == pytest.approx(group["mean"] * 100)
            assert f">{group['mean'] * 100:,.1f}</td>" in page
            checked += 1
    assert checked >= 8


def test_no_client_is_named():
    rota, problem = a_week(clients=25, carers=6, seed=3)
    text = json.dumps(fairness_summary(rota, problem)) + str(fairness_paper(rota, problem))
    assert not [client.name for client in problem.clients if client.name in text]
