"""What the judge finds wrong with files that our own writer would never write, and how it reads others' names."""

import pytest

from benchmarks.uhhc.judge import judge
from tests.benchmarks.uhhc.builders import LUNCH, a_caregiver, a_patient, an_instance

HUNGRY = a_caregiver("c1", shift=(0, 600), lunch_break=True)


def a_stop(patient="p1", service="s1", begin=100, end=110):
    return {"patient": patient, "service": service, "arrival_time": begin, "departure_time": end}


def a_solution(*stops, carer="c1"):
    return {"routes": [{"caregiver_id": carer, "locations": list(stops)}]}


@pytest.mark.parametrize("solution, error", [
    (a_solution(a_stop(), carer="c9"), "There is no carer c9."),
    (a_solution(a_stop("p9")), "gives s1 to p9, who does not need it"),
    (a_solution(a_stop(service="s2")), "gives s2 to p1, who does not need it"),
    (a_solution(a_stop(), a_stop(begin=110, end=120)), "gives s1 to p1 once more"),
    (a_solution(a_stop(end=109)), "for 9 of 10 minutes"),
    (a_solution(a_stop("p1", "lunch_break", 179, 209), a_stop(begin=209, end=219)), "outside its hours"),
    (a_solution(a_stop("p1", "lunch_break", 361, 391), a_stop(begin=391, end=401)), "outside its hours"),
    (a_solution(a_stop(), a_stop("p1", "lunch_break", 200, 229)), "too short"),
    ({"routes": [*a_solution(a_stop())["routes"], *a_solution(a_stop())["routes"]]}, "c1 has two routes."),
    (a_solution(), "p1 must be visited and is not."),
])  # fmt: skip
def test_what_must_not_be_is_an_error(solution, error):
    verdict = judge(an_instance(caregivers=[HUNGRY], lunch=LUNCH), solution)
    assert any(error in found for found in verdict.errors), verdict.errors


def test_an_unknown_lunch_is_an_error():
    verdict = judge(an_instance(), a_solution(a_stop(), a_stop("p1", "lunch_break", 200, 230)))
    assert verdict.errors == ("c1 has a lunch that the instance does not know.",)


def test_stops_are_taken_by_time_and_may_have_other_names():
    later = {"patient": "p2", "service": "s1", "start_time": 140, "end_time": 150}
    first = {"patient": "p1", "service": "s1", "start_service_time": 100, "end_service_time": 110}
    depot = {"terminal": "d"}
    patients = [a_patient("p1", 1), a_patient("p2", 2)]
    verdict = judge(an_instance(patients), a_solution(depot, later, first, depot))
    assert not verdict.errors
    assert verdict.values["travel_time"] == 100


def test_lunch_at_no_client_is_at_the_departing_point():
    verdict = judge(
        an_instance([a_patient(windows=((0, 600),))], [HUNGRY], {"travel_time": 1}, lunch=LUNCH),
        a_solution(a_stop("d", "lunch_break", 180, 210), a_stop(begin=250, end=260)),
    )
    assert not verdict.errors
    assert (verdict.values["travel_time"], verdict.values["total_waiting_time"]) == (40, 0)
    assert verdict.values["max_idle_time"] == 600 - 40 - 10 - 30


def test_mankowska_is_published_as_a_third():
    verdict = judge(an_instance(origin="mankowska"), a_solution(a_stop()))
    assert verdict.objective == 40
    assert verdict.published == pytest.approx(40 / 3)
