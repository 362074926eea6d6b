"""Rolling continuity, worked by hand, and equal to what the plan's own measures count."""

from __future__ import annotations

import json
from typing import Any

import openpyxl
import pytest

from scheduler.measures import measure
from scheduler.report.continuity import WINDOWS, continuity_paper, continuity_summary, faces
from scheduler.report.document import to_html
from scheduler.units import DAY, HOUR
from tests.builders import a_carer, a_client, a_leg, a_past_visit, a_problem, a_rota, a_visit
from tests.cli.conftest import run
from tests.report.weeks import a_week

STAFF = [a_carer(name) for name in ("aled", "beth", "cara", "dewi", "elin")]


def a_past(*carers: str, first_day: int):
    """One visit a day at nine, by these carers in turn."""
    return tuple(
        a_past_visit("mary", carer, (first_day + i) * DAY + 9 * HOUR) for i, carer in enumerate(carers)
    )


def the_row(rota, problem, days):
    (row,) = faces(rota, problem, days)
    return row


def test_single_handed_worked_by_hand():
    """Days -2, -1: Beth, Cara; days 0, 1: Aled, Aled. Four visits by A A B C: most frequent 2 of 4; of the six pairs of
    visits one is by the same carer. Of nine days recorded (Beth came nine days before the end), four visits."""
    visits = [a_visit("mon", "Mon 09:00"), a_visit("tue", "Tue 09:00")]
    problem = a_problem(visits, STAFF, history=a_past("beth", "cara", first_day=-2))
    rota = a_rota(a_leg("mon", "aled", "Mon 09:00"), a_leg("tue", "aled", "Tue 09:00"))
    row = the_row(rota, problem, 14)
    assert (row.visits, row.legs, row.distinct, row.core_legs) == (4, 4, 3, 4)
    assert row.upc == 2 / 4
    assert row.coc == pytest.approx(1 / 6)
    assert row.first is None, "the history does not reach back beyond the window"
    assert row.recorded == 9
    assert row.visits_a_week == pytest.approx(4 * 7 / 9)


def a_month(*, past_days: int, a_day: int):
    """Mary has so many visits each day of the history and of the week, all by Aled but one past one by Beth."""
    times = [9 * HOUR + i * 4 * HOUR for i in range(a_day)]
    history = tuple(
        a_past_visit("mary", "aled", -day * DAY + t) for day in range(1, past_days + 1) for t in times
    )
    history += (a_past_visit("mary", "beth", -DAY + 20 * HOUR),) if past_days else ()
    visits = [a_visit(f"{day}-{t}", day * DAY + t) for day in range(7) for t in times]
    legs = [a_leg(visit.id, "aled", visit.preferred) for visit in visits]
    return a_rota(*legs), a_problem(visits, STAFF, history=history)


@pytest.mark.parametrize(
    "past_days, window, recorded",
    [(0, 14, 7), (6, 14, 13), (7, 14, 14), (8, 14, 14), (7, 28, 14), (20, 28, 27), (30, 28, 28)],
)
def test_days_recorded_worked_by_hand(past_days, window, recorded):
    rota, problem = a_month(past_days=past_days, a_day=1)
    assert the_row(rota, problem, window).recorded == recorded


def test_who_has_two_visits_a_day_has_them_however_short_the_history_is():
    """Two a day in a week without history: fourteen a week over both windows, not seven and three and a half."""
    rota, problem = a_month(past_days=0, a_day=2)
    assert [the_row(rota, problem, days).visits_a_week for days in WINDOWS] == [14, 14]
    windows = continuity_summary(rota, problem)["windows"]
    assert [(told["recorded_days"], told["clients_two_visits_a_day"]) for told in windows.values()] == [
        (7, 1)
    ] * 2
    page = to_html(continuity_paper(rota, problem), problem)
    assert "Of these 28 days only 7 are recorded" in page
    bands = [
        section
        for section in continuity_paper(rota, problem).sections
        if section.heading == "By visits a week"
    ]
    assert [row[0] for table in bands[0].tables for row in table.rows] == ["8 to 14", "8 to 14"]


@pytest.mark.parametrize(
    "past_days, a_day, said",
    [
        (6, 2, "Here only 13 of the 14 days are recorded, so nothing is set beside it."),
        (7, 2, "Here 1 client has two or more visits a day; the mean is 2.0."),
        (7, 1, "Here no client has two or more visits a day, so there is nothing to set beside it."),
    ],
)
def test_only_fourteen_recorded_days_are_set_beside_published_ones(past_days, a_day, said):
    rota, problem = a_month(past_days=past_days, a_day=a_day)
    assert said in to_html(continuity_paper(rota, problem), problem)


def test_the_window_begins_to_the_day():
    """Seven planned days: 14 days reach back to day -7, so that day -8 is out and day -7 in."""
    for day, distinct in ((-8, 1), (-7, 2)):
        problem = a_problem([a_visit()], STAFF, history=a_past("beth", first_day=day))
        assert the_row(a_rota(a_leg()), problem, 14).distinct == distinct
        assert the_row(a_rota(a_leg()), problem, 28).distinct == 2


def test_first_visits_worked_by_hand():
    """Beth was there 20 days ago and yesterday, Cara yesterday for the first time, Aled comes for the first time."""
    history = (*a_past("beth", first_day=-20), *a_past("beth", "cara", first_day=-2))
    row = the_row(a_rota(a_leg()), a_problem([a_visit()], STAFF, history=history), 14)
    assert (row.legs, row.first) == (3, 2)


def test_a_pair_that_always_comes_together_is_perfect():
    """Double-handed: Aled and Beth at every visit, past (clocked in five minutes apart) and planned."""
    past = [a_past_visit("mary", "aled", -day * DAY + 9 * HOUR) for day in (1, 2, 3)]
    past += [a_past_visit("mary", "beth", -day * DAY + 9 * HOUR + 5) for day in (1, 2, 3)]
    visits = [a_visit(f"am{day}", day * DAY + 9 * HOUR, carers=2) for day in range(3)]
    legs = [
        a_leg(visit.id, carer, visit.preferred, second=carer == "beth")
        for visit in visits
        for carer in ("aled", "beth")
    ]
    row = the_row(a_rota(*legs), a_problem(visits, STAFF, history=tuple(past)), 14)
    assert (row.visits, row.legs, row.distinct) == (6, 12, 2)
    assert (row.upc, row.coc, row.core_legs) == (1, 1, 12)


def test_two_visits_of_one_morning_by_one_carer_stay_two():
    past = (a_past_visit("mary", "aled", -DAY + 540), a_past_visit("mary", "aled", -DAY + 545))
    assert the_row(a_rota(), a_problem([], STAFF, clients=[a_client()], history=past), 14).visits == 2


def test_the_core_team_of_a_single_handed_client_is_three():
    problem = a_problem(
        [], STAFF, clients=[a_client()], history=a_past("aled", "beth", "cara", "dewi", "aled", first_day=-5)
    )
    assert (the_row(a_rota(), problem, 14).legs, the_row(a_rota(), problem, 14).core_legs) == (5, 4)


@pytest.fixture(scope="module")
def week():
    return a_week(clients=25, carers=6, seed=3)


def test_the_figures_are_those_of_the_plan(week):
    rota, problem = week
    told, measured = continuity_summary(rota, problem), measure(rota, problem)
    for name in (
        "distinct_carers_mean",
        "distinct_carers_worst",
        "first_visit_share",
        "core_team_share",
        "coc_mean",
    ):
        assert told[name] == measured[name]
    window = told["windows"]["14"]
    planned = {problem.visit(leg.visit).client for leg in rota.legs}
    rows = [row for row in faces(rota, problem, 14) if row.client.id in planned]
    assert sum(row.distinct for row in rows) / len(rows) == pytest.approx(measured["distinct_carers_mean"])
    assert window["distinct_carers_worst"] == measured["distinct_carers_worst"]


def test_published_figures_are_said_as_what_they_are(week):
    page = to_html(continuity_paper(*week), week[1])
    assert "the case of ONE woman" in page
    assert "14.9 different carers in 14 days is the national mean" in page
    assert "No UK body publishes" in page
    assert "scores 1" in page.replace("\n", " ")


def test_page_workbook_and_summary_agree(planned_week):
    out, done = planned_week
    assert done.code == 0, done.err
    told = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    book = openpyxl.load_workbook(out / "continuity.xlsx")
    rows = {row[0]: row for row in book["Windows"].iter_rows(min_row=2, values_only=True)}
    page = (out / "continuity.html").read_text(encoding="utf-8")
    for days in WINDOWS:
        window = told["windows"][str(days)]
        assert rows[days][1] == window["clients"]
        assert rows[days][3] == pytest.approx(window["distinct_carers_mean"])
        assert rows[days][5] == pytest.approx(window["core_team_share"])
        assert f"see {window['distinct_carers_mean']:.1f} different carers" in page
        people: list[Any] = list(book[f"Clients, {days} days"].iter_rows(min_row=2, values_only=True))
        assert sum(row[3] for row in people) / len(people) == pytest.approx(window["distinct_carers_mean"])
        assert sum(row[1] for row in people) == window["visits"]


@pytest.fixture(scope="module")
def planned_week(tmp_path_factory):
    """A rota typed by hand for a shipped agency: a carer who has been before, for each client's first visit."""
    folder = tmp_path_factory.mktemp("continuity")
    typed = folder / "rota.csv"
    typed.write_text("visit,carer,start\nC01-morning:2026-11-23,K01,2026-11-23 10:15\n", encoding="utf-8")
    out = folder / "out"
    return out, run("continuity", "scenarios/agencies/small", typed, "--from", "2026-11-23", "--out", out)
