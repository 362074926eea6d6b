"""Beginning with a broken rota: worked by hand on small days, then many random ones. A search that is stopped before it
begins shows what the repair alone has made of it."""

from __future__ import annotations

import dataclasses
from random import Random

import pytest

from scheduler.check import check
from scheduler.domain import Link
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.solve import solve
from scheduler.solve.result import Result
from tests.builders import a_carer, a_leg, a_problem, a_rota, a_shift, a_visit, some_settings
from tests.random_problems import a_random_problem
from tests.solve.judge import Engine, changed
from tests.solve.variety import a_varied_problem
from tests.test_completeness import a_careless_rota

ALED, BETHAN, CARYS = a_carer("aled"), a_carer("bethan"), a_carer("carys")


def repaired(problem: Problem, start: Rota, **choices) -> Result:
    """The start rota put right, and nothing more."""
    result = solve(problem, iterations=1, workers=1, start=start, stop=lambda: True, **choices)
    assert result.report.clean
    assert result.iterations == 0
    return result


def legs_of(result: Result) -> list[tuple[str, str, int]]:
    return [(leg.visit, leg.carer, leg.start) for leg in result.rota.legs]


def test_what_overlaps_is_moved_and_what_is_sound_stays():
    problem = a_problem(
        [a_visit("breakfast", "08:00", minutes=60), a_visit("lunch", "09:00", client="nan")], [ALED]
    )
    start = a_rota(a_leg("breakfast", start="08:00", minutes=60), a_leg("lunch", start="08:59"))
    result = repaired(problem, start)
    assert legs_of(result) == [("breakfast", "aled", 480), ("lunch", "aled", 540)]
    assert result.lost == {
        "lunch": "Moved from 08:59 to 09:00. Aled ends with Mary at 09:00, takes 0 min by car to Nan, and is planned "
        "there at 08:59: 1 min too early."
    }


def test_outside_its_window_it_is_moved_to_the_nearer_end():
    problem = a_problem([a_visit("tea", "16:00", slack=10)], [ALED])
    assert legs_of(repaired(problem, a_rota(a_leg("tea", start="19:00")))) == [("tea", "aled", 970)]
    assert legs_of(repaired(problem, a_rota(a_leg("tea", start="15:00")))) == [("tea", "aled", 950)]


def test_on_another_day_it_is_brought_back():
    problem = a_problem([a_visit("tea", "Tue 16:00")], [ALED])
    assert legs_of(repaired(problem, a_rota(a_leg("tea", start="Wed 16:00")))) == [
        ("tea", "aled", 1440 + 990)
    ]


def test_whoever_is_not_on_shift_is_replaced_at_the_same_time():
    problem = a_problem([a_visit("tea", "16:00")], [ALED, BETHAN], shifts=[a_shift("bethan")])
    result = repaired(problem, a_rota(a_leg("tea", start="16:10")))
    assert legs_of(result) == [("tea", "bethan", 970)]
    assert result.lost["tea"].startswith("Given to Bethan rather than Aled. Aled ")


def test_the_carer_is_kept_rather_than_the_time():
    """Aled is busy with Mary until 16:30; Bethan would be free at once."""
    problem = a_problem(
        [a_visit("long", "15:30", minutes=60, slack=0), a_visit("tea", "16:00", client="nan")],
        [ALED, BETHAN],
    )
    start = a_rota(a_leg("long", start="15:30", minutes=60), a_leg("tea", start="16:00"))
    assert legs_of(repaired(problem, start)) == [("long", "aled", 930), ("tea", "aled", 990)]


def test_where_there_is_no_room_it_is_taken_out():
    problem = a_problem(
        [a_visit("long", "16:00", minutes=60, slack=0), a_visit("tea", "16:00", client="nan", slack=0)],
        [ALED],
    )
    result = repaired(problem, a_rota(a_leg("long", start="16:00", minutes=60), a_leg("tea", start="16:00")))
    assert len(result.rota.legs) == 1
    [(_, told)] = result.lost.items()
    assert told.startswith("Taken out. Aled ends with ")


DOUBLE = a_problem([a_visit("hoist", "12:00", carers=2)], [ALED, BETHAN, CARYS])


@pytest.mark.parametrize(
    "legs, carers, told",
    [
        ([a_leg("hoist", "bethan", "12:00")], {"bethan", "aled"}, "With Aled, too."),
        (
            [a_leg("hoist", "bethan", "12:00"), a_leg("hoist", "bethan", "12:00", second=True)],
            {"bethan", "aled"},
            "With Aled, too.",
        ),
        (
            [a_leg("hoist", carer, "12:00", second=carer != "aled") for carer in ("aled", "bethan", "carys")],
            {"aled", "bethan"},
            "Without Carys.",
        ),
        (
            [a_leg("hoist", "carys", "12:00"), a_leg("hoist", "bethan", "12:05", second=True)],
            {"carys", "bethan"},
            "Put in order.",
        ),
    ],
    ids=["one is missing", "one comes twice", "three come", "they come apart"],
)
def test_two_carers_come_and_together(legs, carers, told):
    result = repaired(DOUBLE, a_rota(*legs))
    assert {leg.carer for leg in result.rota.legs} == carers
    assert {leg.start for leg in result.rota.legs} == {720}
    assert result.lost["hoist"].startswith(told)


def test_a_leg_that_stands_there_twice_counts_once():
    problem = a_problem([a_visit("tea", "16:00")], [ALED])
    result = repaired(problem, a_rota(a_leg("tea", start="16:00"), a_leg("tea", start="16:00")))
    assert legs_of(result) == [("tea", "aled", 960)]
    assert result.lost["tea"].startswith("Put in order.")


def test_a_link_to_what_is_sound_is_kept():
    """The second dose was planned three hours and a half after the first; four hours are 12:00."""
    visits = [a_visit("dose1", "08:00"), a_visit("dose2", "12:00", slack=60)]
    problem = a_problem(visits, [ALED], links=(Link("dose1", "dose2", at_least=240),))
    start = a_rota(a_leg("dose1", start="08:00"), a_leg("dose2", start="11:30"))
    assert legs_of(repaired(problem, start)) == [("dose1", "aled", 480), ("dose2", "aled", 720)]


def test_what_no_single_visit_is_to_blame_for():
    """Two hours a week are Aled's limit; the third hour goes to Bethan."""
    visits = [a_visit(f"v{day}", day * 1440 + 600, minutes=60) for day in range(3)]
    problem = a_problem(visits, [a_carer("aled", most=120), BETHAN], settings=some_settings())
    start = a_rota(*(a_leg(f"v{day}", start=day * 1440 + 600, minutes=60) for day in range(3)))
    result = repaired(problem, start)
    assert [leg.carer for leg in result.rota.legs] == ["aled", "aled", "bethan"]
    assert result.lost["v2"].startswith("Given to Bethan rather than Aled. Aled ")


def test_clients_were_told_of_a_carer_who_has_left():
    problem = a_problem([a_visit("tea", "16:00")], [ALED], settings=some_settings(told_tolerance=1440))
    result = solve(problem, iterations=1, workers=1, published=a_rota(a_leg("tea", "gone", "16:00")))
    assert legs_of(result) == [("tea", "aled", 960)]
    assert result.lost == {"tea": "Carer gone has left."}
    assert result.report.by_rule()["changes"][0].pence == 500


@pytest.mark.parametrize("seed", range(30))
def test_any_rota_can_be_the_start(seed):
    """Nearly every visit by anybody at nearly any time: what comes out is legal, and all that was changed is told."""
    problem = a_varied_problem(seed)
    start = a_careless_rota(problem, Random(seed))
    result = repaired(problem, start)
    assert set(result.lost) == {
        id for id, legs in start.legs_by_visit.items() if legs != result.rota.of_visit(id)
    }
    assert all(told.endswith(".") for told in result.lost.values())


def test_nearly_all_that_was_sound_is_kept_and_most_of_the_rest_is_not_lost():
    sound = kept = broken = placed = 0
    for seed in range(20):
        dice = Random(seed)
        problem = a_random_problem(seed, clients=10, carers=8, days=3, visits=70)
        good = Engine(problem, seed=seed).plan(400)
        start = good
        for _ in range(6):
            start = changed(start, problem, dice)
        bad = {finding.visit for finding in check(start, problem).hard}
        after = repaired(problem, start).rota
        for id, legs in start.legs_by_visit.items():
            if id in bad:
                broken, placed = broken + 1, placed + bool(after.of_visit(id))
            elif legs == good.of_visit(id):
                sound, kept = sound + 1, kept + (after.of_visit(id) == legs)
    assert kept >= 0.97 * sound > 300
    assert placed >= 0.7 * broken > 20


def test_the_search_goes_on_from_the_repaired_rota():
    problem = a_random_problem(3, clients=10, carers=8, days=3, visits=70)
    start = a_careless_rota(problem, Random(1))
    first = repaired(problem, start)
    better = solve(problem, iterations=2_000, workers=2, start=start, exact=False)
    assert better.lost == first.lost
    assert better.report.total < first.report.total
    assert better.progress[1].price == first.report.total


def test_a_repair_is_cheap_in_rules_too():
    """What is not named in `lost` is left exactly alone, lengths and all."""
    problem = a_random_problem(5, clients=10, carers=8, days=3, visits=70)
    start = Engine(problem).plan(400)
    assert repaired(problem, start).lost == {}
    longer = Rota(
        start.start,
        start.days,
        tuple(dataclasses.replace(leg, minutes=leg.minutes + 1) for leg in start.legs),
    )
    lost = repaired(problem, longer).lost
    assert set(lost) == set(start.legs_by_visit)
    assert sum(told.startswith("Lasts ") for told in lost.values()) > 0.9 * len(lost)
