"""Whoever is served worst: the numbers of one plan by hand, and the command on an agency of a few visits."""

from __future__ import annotations

import json

import pytest

from benchmarks.__main__ import main
from benchmarks.served import WITH, WITHOUT, all_kept, compare, numbers, table
from scheduler.units import DAY
from tests.builders import a_carer, a_leg, a_past_visit, a_problem, a_rota, a_visit
from tests.intake.agencies import GOOD

STAFF = ("aled", "beth", "carys", "dai", "elin", "ffion")


def a_week():
    """Mary has a visit a day, so that three carers are promised; she saw two others before."""
    visits = [a_visit(f"day{day}", day * DAY + 540) for day in range(7)]
    past = tuple(a_past_visit("mary", carer) for carer in ("gone", "left"))
    problem = a_problem(visits, [a_carer(id) for id in STAFF], history=past)
    return a_rota(*(a_leg(f"day{i}", id, i * DAY + 540) for i, id in enumerate(STAFF))), problem


def test_the_planned_days_are_counted_and_the_days_before_them_beside():
    told = numbers(*a_week())
    assert {key: told[key] for key in ("worst", "over", "worst_window", "mean", "unallocated")} == {
        "worst": 6,
        "over": 3,
        "worst_window": 8,
        "mean": 6,
        "unallocated": 1,
    }
    cheaper = numbers(a_week()[0].without(["day5"]), a_week()[1])
    assert cheaper["worst"] == 5


def test_both_plans_keep_the_funds_and_only_one_has_the_price(monkeypatch):
    given = []

    def solved(problem, seed, **budget):
        given.append(problem.settings)
        return type("Result", (), {"rota": a_week()[0]})

    monkeypatch.setattr("benchmarks.served.solve", solved)
    runs = compare(all_kept(a_week()[1]), [4], {})
    assert [settings.isf_kept for settings in given] == [True, True]
    assert [settings.prices.get("worst_served.further_carer") for settings in given] == [None, 0]
    assert runs[WITH] == runs[WITHOUT]


@pytest.mark.parametrize("worst, shown", [(9, "-25.0%"), (12, "+0.0%")])
def test_the_table(worst, shown):
    row = {**numbers(*a_week()), "seed": 1, "worst": 12}
    assert f"| {shown} |" in table({WITH: [{**row, "worst": worst}], WITHOUT: [row]})


def test_the_command_writes_its_table_and_every_number_behind_it(tmp_path, capsys):
    assert (
        main(["served", str(GOOD), "--iterations", "100", "--seeds", "3", "4", "--results", str(tmp_path)])
        == 0
    )
    text = (tmp_path / "served.md").read_text(encoding="utf-8")
    assert text in capsys.readouterr().out
    assert "| mean |" in text
    assert "a worst client with fewer than 2 carers" in text  # C02 has two at once, K01 and K02
    told = json.loads((tmp_path / "served.json").read_text(encoding="utf-8"))
    assert [row["seed"] for row in told["agencies"][0]["runs"][WITH]] == [3, 4]
