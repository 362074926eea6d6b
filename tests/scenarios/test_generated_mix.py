"""Made-up people and care plans are as mixed as real ones."""

from __future__ import annotations

from collections import Counter

import pytest

from scenarios.generate import SHIPPED, Spec, generate
from scenarios.generate.dice import Dice
from scenarios.generate.names import _MEN, _SURNAMES, _WOMEN, names
from scheduler.places import locate
from scheduler.uk import task_minutes
from tests.scenarios.generated import PLANNABLE, a_week, days_of, loaded, made, shares


@pytest.mark.parametrize("name, visits", [("demo", 1000), ("branch", 2500)])
def test_the_shipped_weeks_have_the_promised_number_of_visits(name, visits):
    assert len(loaded(name).visits) == pytest.approx(visits, rel=0.03)


@pytest.mark.parametrize("name", PLANNABLE)
def test_parts_of_the_day_are_shared_35_22_20_23(name):
    found = shares((row["part"], count) for row, count in a_week(name))
    for part, share in {"morning": 0.35, "lunch": 0.22, "tea": 0.20, "bed": 0.23}.items():
        assert found[part] == pytest.approx(share, abs=0.03), part


@pytest.mark.parametrize("name", PLANNABLE)
def test_lengths_are_those_of_english_and_welsh_councils(name):
    """Up to 15 minutes 5 to 10 %, half an hour two thirds, three quarters about 15 %, an hour and more less."""
    found = shares((int(row["minutes"]), count) for row, count in a_week(name))
    assert 0.05 <= found[15] <= 0.10
    assert 0.62 <= found[30] <= 0.70
    assert 0.14 <= found[45] <= 0.18
    assert 0.03 <= sum(share for minutes, share in found.items() if int(str(minutes)) >= 60) <= 0.14


def test_lengths_in_northern_ireland_are_those_of_its_survey():
    rows = generate(Spec(clients=100, nation="northern ireland", history_weeks=0))["visits"]
    found = shares((int(row["minutes"]), float(len(days_of(row)))) for row in rows)
    short = sum(share for minutes, share in found.items() if int(str(minutes)) <= 15)
    assert short == pytest.approx(0.32, abs=0.05)


@pytest.mark.parametrize("name", PLANNABLE)
def test_double_handed_and_time_critical_shares(name):
    doubles = {row["client"] for row, _ in a_week(name) if row["carers"] == "2"}
    assert 0.12 <= len(doubles) / SHIPPED[name].clients <= 0.18
    critical = shares((row["time_critical"], count) for row, count in a_week(name))["yes"]
    assert 0.10 <= critical <= 0.15
    assert any(row["together_minutes"] for row, _ in a_week(name))


@pytest.mark.parametrize("name", PLANNABLE)
def test_people_are_as_mixed_as_real_ones(name):
    tables = made(name)
    modes = shares((row["mode"], 1.0) for row in tables["carers"])
    assert 0.74 <= modes["car"] <= 0.82
    assert {"foot", "bicycle"} <= set(modes)
    assert {row["funding"] for row in tables["clients"]} == {"council", "isf", "self"}
    assert {row["family_or_advocate"] for row in tables["clients"]} == {"yes", "no", ""}
    assert {row["relation"] for row in tables["relations"]} == {"prefer", "only", "never"}
    assert all(row["reason"] for row in tables["relations"])
    shared = set.intersection(
        *({i for row in tables[who] for i in row["interests"].split("; ")} for who in ("clients", "carers"))
    )
    assert len(shared) > 15
    assert 0 < sum(bool(row["max_carers"]) for row in tables["clients"]) <= len(tables["clients"]) // 8
    assert 0 < sum(row["opt_out_48h"] == "yes" for row in tables["carers"]) <= len(tables["carers"]) // 10


def test_a_young_carer_is_rare_and_works_within_the_young_workers_rules():
    young = [row for row in made("branch")["carers"] if row["young"] == "yes"]
    assert len(young) == 1
    assert float(young[0]["max_hours"]) <= 40


@pytest.mark.parametrize("name", SHIPPED)
def test_a_few_visits_are_too_short_for_their_tasks_and_all_others_fit(name):
    rows = made(name)["visits"]
    start = SHIPPED[name].start
    over = [row for row in rows if task_minutes(row["tasks"].split("; "), start) > int(row["minutes"])]
    assert 0 < len(over) <= 0.06 * len(rows)


@pytest.mark.parametrize("name", SHIPPED)
def test_short_visits_belong_to_a_wider_package_and_a_quarter_of_an_hour_is_for_no_personal_care(name):
    problem = loaded(name)
    rows = Counter(visit.client for visit in {v.plan: v for v in problem.visits}.values())
    short = [v for v in problem.visits if v.commissioned < 30]
    assert short
    for visit in short:
        assert rows[visit.client] > 1
        assert visit.carers == 1
        if visit.commissioned == 15 and visit.needed <= 15:
            assert not visit.personal_care


def test_names_are_plainly_invented_and_nobody_shares_one():
    people = [row["name"] for table in ("clients", "carers") for row in made("branch")[table]]
    assert len(set(people)) == len(people)
    for name in people:
        first, surname = name.split(" ")
        assert first in {*_WOMEN, *_MEN}
        assert set(surname.split("-")) <= set(_SURNAMES)


def test_names_do_not_run_out():
    stream = names(Dice(1))
    found = [next(stream)[0] for _ in range(3000)]
    assert len(set(found)) == len(found)


@pytest.mark.parametrize("name", SHIPPED)
def test_all_postcodes_are_real_and_in_the_districts(name):
    asked = {row["postcode"] for table in ("clients", "carers") for row in made(name)[table]}
    assert set(locate(asked)) == asked
    assert {postcode.split()[0] for postcode in asked} <= set(SHIPPED[name].districts)
