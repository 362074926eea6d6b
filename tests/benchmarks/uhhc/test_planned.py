"""Tiny instances planned whole: the engine finds the optimum worked by hand, and keeps what the format asks."""

import json
from typing import Any

import pytest

from benchmarks.uhhc.solving import Solved, solved
from tests.benchmarks.uhhc.builders import (
    JSON,
    LUNCH,
    TOGETHER,
    a_caregiver,
    a_patient,
    an_instance,
    sequence,
)


@pytest.fixture
def planned(tmp_path):
    """Plans an instance given as data."""

    def plan(data: JSON, **choices: Any) -> Solved:
        path = tmp_path / "tiny.json"
        path.write_text(json.dumps(data))
        return solved(path, **({"iterations": 200, "seed": 1} | choices))

    return plan


PAIR = (("s1", 10), ("s2", 10))
TWO = [a_caregiver("c1"), a_caregiver("c2")]


def test_two_services_take_two_carers_though_one_would_be_cheaper(planned):
    done = planned(an_instance([a_patient(services=PAIR)], TWO))
    assert not done.verdict.errors
    assert done.verdict.objective == 2 * 40  # both drive; one carer alone would drive 40


def test_where_there_is_one_carer_only_an_optional_client_is_left_out(planned):
    pair = a_patient(services=PAIR, optional=True)
    done = planned(an_instance([pair], weights={"travel_time": 1, "optional_patients": 170}))
    assert not done.verdict.errors
    assert done.verdict.objective == 170


def test_both_services_fall_into_one_window_though_waiting_would_be_less(planned):
    """c1 has only time for the first window (p2 is far away later), c2 only for the second: unless c2 waits."""
    pair = a_patient("p1", 1, PAIR, ((50, 100), (300, 350)))
    carers = [a_caregiver("c1", ["s1"], (0, 150)), a_caregiver("c2", ["s2"], (0, 600))]
    after = a_patient("p2", 1, (("s2", 10),), ((310, 360),))
    weights = {"total_waiting_time": 1, "total_tardiness": "HARD", "total_extra_time": "HARD"}
    done = planned(an_instance([pair, after], carers, weights, origin="bazirha"))
    assert not done.verdict.errors
    # c1 waits 30 (leaves at 0, there at 20, open at 50); c2 as well, and then from 60 to 310.
    assert done.verdict.objective == 30 + 30 + 250


@pytest.mark.parametrize("sync, travel", [(TOGETHER, 80), (sequence(15, 30), 80)])
def test_services_together_and_in_sequence(planned, sync, travel):
    done = planned(
        an_instance([a_patient(services=PAIR, sync=sync)], TWO, {"travel_time": 1, "total_tardiness": 5})
    )
    assert not done.verdict.errors
    assert done.verdict.objective == travel


def test_broken_numbers_are_planned_to_the_exact_optimum(planned):
    """One carer, two clients one behind the other on the road: out and back."""
    data = an_instance(
        [a_patient("p1", 1, windows=((0, 500),)), a_patient("p2", 2, windows=((0, 500),))],
        road=(0, 20.123, 50.456),
        origin="mankowska",
        weights={"travel_time": 1, "total_tardiness": 1, "highest_tardiness": 1},
    )
    done = planned(data)
    assert done.verdict.objective == pytest.approx(2 * 50.456)
    assert done.verdict.published == pytest.approx(2 * 50.456 / 3)


def test_everything_at_once_is_priced_alike_by_engine_rules_and_judge(planned):
    """`solved` raises a Disagreement where they differ."""
    patients = [
        a_patient("p1", 1, PAIR, ((60, 120), (200, 260)), sequence(10, 40), preferred_caregivers=["c1"]),
        a_patient("p2", 2, windows=((100, 150),), optional=True),
        a_patient("p3", 3, (("s2", 30),), ((150, 200),)),
    ]
    carers = [a_caregiver(id, shift=(30, 300), lunch_break=True) for id in ("c1", "c2")]
    for at_end in (False, True):
        done = planned(an_instance(patients, carers, ALL_BUT_BALANCE, at_end=at_end, lunch=LUNCH))
        assert not done.verdict.errors
        assert done.case.objective(done.result.report.total) == done.verdict.objective


ALL_BUT_BALANCE = {
    "travel_time": 1,
    "total_tardiness": 2,
    "highest_tardiness": 3,
    "total_waiting_time": 5,
    "total_extra_time": 7,
    "max_idle_time": 11,
    "caregiver_preferences": 13,
    "optional_patients": 170,
    "missed_lunch_break": 190,
}
