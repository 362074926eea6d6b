"""The solution file: exact times in the instance's own numbers, lunch among the stops, read back unchanged."""

import json

import pytest

from benchmarks.uhhc.judge import judge
from benchmarks.uhhc.solution import GRID, solution_of, starts_of, write_solution
from scheduler.errors import Disagreement
from tests.benchmarks.uhhc.builders import (
    LUNCH,
    TOGETHER,
    a_caregiver,
    a_patient,
    a_rota,
    an_instance,
    case_of,
    sequence,
)


def test_a_solution_has_a_route_for_each_carer_with_visits():
    data = an_instance(caregivers=[a_caregiver("c1"), a_caregiver("c2")])
    case = case_of(data)
    assert solution_of(a_rota(case, {"p1 s1": ("c2", 100)}), case)["routes"] == [
        {"caregiver_id": "c2", "locations": [
            {"patient": "p1", "service": "s1", "arrival_time": 100, "departure_time": 110}]}
    ]  # fmt: skip


@pytest.mark.parametrize("first, second, stop, place, begin", [
    (200, 290, 1, "p1", 210),  # in the gap, as soon as p1 is done
    (160, 230, 1, "p2", 200),  # in the gap, but not before 180: 170-200 on the road, then lunch at p2
    (400, 440, 0, "p1", 360),  # before the first visit, as late as may be
    (390, 430, 0, "p1", 360),  # with 20 minutes of road after 330
    (190, 230, 2, "p2", 240),  # after the last
    (100, 140, 2, "p2", 180),  # after the last, and after a wait
])  # fmt: skip
def test_lunch_stands_where_it_is_taken(first, second, stop, place, begin):
    patients = [a_patient("p1", 1, windows=((0, 600),)), a_patient("p2", 2, windows=((0, 600),))]
    carer = a_caregiver(shift=(0, 600), lunch_break=True)
    case = case_of(an_instance(patients, [carer], {"missed_lunch_break": 1}, lunch=LUNCH))
    rota = a_rota(case, {"p1 s1": ("c1", first), "p2 s1": ("c1", second)})
    stops = solution_of(rota, case)["routes"][0]["locations"]
    lunch = {"service": "lunch_break", "arrival_time": begin, "departure_time": begin + 30}
    assert stops[stop] == {"patient": place, **lunch}
    assert [row["service"] for row in stops].count("lunch_break") == 1


def test_lunch_at_home_stands_at_the_departing_point():
    data = an_instance(
        [a_patient(windows=((0, 600),))],
        [a_caregiver(shift=(345, 600), lunch_break=True)],
        {"missed_lunch_break": 1},
        lunch=LUNCH,
    )
    case = case_of(data)
    stop = solution_of(a_rota(case, {"p1 s1": ("c1", 400)}), case)["routes"][0]["locations"][0]
    assert stop == {"patient": "d", "service": "lunch_break", "arrival_time": 350, "departure_time": 380}


def test_broken_numbers_are_started_as_early_as_they_allow():
    patients = [
        a_patient("p1", 1, windows=((10, 200),)),
        a_patient("p2", 2, (("s1", 10), ("s2", 10)), ((0, 300),), sequence(5, 20)),
    ]
    data = an_instance(patients, [a_caregiver("c1"), a_caregiver("c2")], road=(0, 20.1, 50.3))
    case = case_of(data)
    late = 120 * case.ticks
    rota = a_rota(
        case,
        {"p1 s1": ("c2", 20 * case.ticks), "p2 s1": ("c1", late), "p2 s2": ("c2", late + 5 * case.ticks)},
    )
    starts = starts_of(rota, case)
    p1, first, second = (starts[case.problem.visit_index[id]] for id in ("p1 s1", "p2 s1", "p2 s2"))
    assert p1 == pytest.approx(20.1, abs=GRID)  # open since 10, but the carer leaves at 0
    assert second == pytest.approx(20.1 + 10 + 30.2, abs=2 * GRID)  # the road from p1, rounded up twice
    assert first >= 50.3
    assert 5 <= second - first <= 20


def test_differences_of_broken_numbers_are_exact():
    """0.1 + 0.2 is not 0.3 in binary: on the grid a checker without tolerance finds every gap and length kept."""
    pair = a_patient("p1", 1, (("s1", 10.1), ("s2", 7.7)), ((33.3, 200),), sequence(10.1, 10.1003))
    case = case_of(an_instance([pair], road=(0, 20.7)))
    rota = a_rota(case, {"p1 s1": ("c1", 40 * 256), "p1 s2": ("c1", 60 * 256)})
    one, two = solution_of(rota, case)["routes"][0]["locations"]
    assert one["departure_time"] - one["arrival_time"] >= 10.1
    assert 10.1 <= two["arrival_time"] - one["arrival_time"] <= 10.1003
    assert one["arrival_time"] >= 33.3


def test_with_a_second_window_broken_numbers_start_when_they_were_planned():
    """Between the windows an earlier start would be late."""
    data = an_instance(
        [a_patient(windows=((0, 30), (100, 200)))], road=(0, 20.5), weights={"total_tardiness": 1}
    )
    case = case_of(data)
    rota = a_rota(case, {"p1 s1": ("c1", 100 * 256)})
    assert starts_of(rota, case) == {0: 100.0}


def test_orders_that_nobody_can_keep_are_our_fault():
    patients = [a_patient("p1", 1, (("s1", 10), ("s2", 10)), sync=TOGETHER)]
    case = case_of(an_instance(patients, road=(0, 20.5)))
    with pytest.raises(Disagreement, match="cannot be kept"):
        starts_of(a_rota(case, {"p1 s1": ("c1", 0), "p1 s2": ("c1", 10 * 256)}), case)


def test_the_first_visit_of_broken_numbers_waits_for_the_shift():
    data = an_instance(caregivers=[a_caregiver(shift=(90, 300))], road=(0, 20.5), weights={"travel_time": 1})
    case = case_of(data)
    assert starts_of(a_rota(case, {"p1 s1": ("c1", 120 * 256)}), case) == {0: 110.5}


def test_a_written_solution_is_read_back_as_it_was_judged(tmp_path):
    data = an_instance([a_patient("p1", 1), a_patient("p2", 2)], road=(0, 20.123, 50.456))
    case = case_of(data)
    solution = solution_of(a_rota(case, {"p1 s1": ("c1", 100 * 256), "p2 s1": ("c1", 150 * 256)}), case)
    verdict = judge(data, solution)
    write_solution(tmp_path / "new" / "solution.json", solution, verdict)
    read = json.loads((tmp_path / "new" / "solution.json").read_text())
    assert judge(data, read) == verdict
    assert read["cost"]["objective"] == verdict.objective
