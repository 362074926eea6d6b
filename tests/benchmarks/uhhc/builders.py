"""Tiny instances of the published format on a straight road, rotas for them, and both readings of a rota."""

from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.uhhc.case import ON, Case
from benchmarks.uhhc.instance import instance_of
from benchmarks.uhhc.judge import Verdict, judge
from benchmarks.uhhc.rules import rules_of
from benchmarks.uhhc.solution import solution_of
from scheduler.check import Report, check
from scheduler.rota import Leg, Rota

JSON = dict[str, Any]
TOGETHER = {"type": "simultaneous"}
LUNCH = {"start": 180, "end": 360, "min_duration": 30}
ALL = {
    "travel_time": 1,
    "total_tardiness": 2,
    "highest_tardiness": 3,
    "total_waiting_time": 5,
    "total_extra_time": 7,
    "max_idle_time": 11,
    "caregiver_preferences": 13,
    "optional_patients": 170,
    "missed_lunch_break": 190,
    "workload_balance": 23,
}
"""Every component with a weight of its own."""


def sequence(least: float, most: float) -> JSON:
    return {"type": "sequential", "distance": {"min": least, "max": most}}


def a_patient(
    id: str = "p1",
    at: int = 1,
    services: Sequence[tuple[str, float]] = (("s1", 10),),
    windows: Sequence[tuple[float, float]] = ((100, 200),),
    sync: JSON | None = None,
    **more: Any,
) -> JSON:
    """`at` is the place: a row of the distances."""
    row = {
        "id": id,
        "distance_matrix_index": at,
        "required_services": [{"service": name, "duration": minutes} for name, minutes in services],
        "time_windows": [{"start": start, "end": end} for start, end in windows],
        **more,
    }
    if sync or len(services) > 1:
        row["synchronization"] = sync or {"type": "independent"}
    return row


def a_caregiver(
    id: str = "c1",
    abilities: Sequence[str] = ("s1", "s2"),
    shift: tuple[float, float] | None = None,
    **more: Any,
) -> JSON:
    row = {"id": id, "abilities": list(abilities), "departing_point": "d", "arrival_point": "d", **more}
    if shift:
        row["working_shift"] = {"start": shift[0], "end": shift[1]}
    return row


def an_instance(
    patients: Sequence[JSON] | None = None,
    caregivers: Sequence[JSON] | None = None,
    weights: Mapping[str, Any] | None = None,
    road: Sequence[float] = (0, 20, 50, 60),
    at_end: bool = False,
    origin: str = "generated",
    lunch: JSON | None = None,
) -> JSON:
    """`road`: where on the road each place lies, in minutes; place 0 is where everybody leaves and returns."""
    patients = [a_patient()] if patients is None else patients
    caregivers = [a_caregiver()] if caregivers is None else caregivers
    services = sorted({need["service"] for patient in patients for need in patient["required_services"]})
    data = {
        "metadata": {
            "time_window_met": "at_service_end" if at_end else "at_service_start",
            "cost_components": dict(weights or {"travel_time": 1}),
            "origin": origin,
        },
        "services": [{"id": service, "type": service} for service in services],
        "terminal_points": [{"id": "d", "distance_matrix_index": 0}],
        "patients": list(patients),
        "caregivers": list(caregivers),
        "distances": [[abs(a - b) for b in road] for a in road],
    }
    return data | ({"lunch_breaks": lunch} if lunch else {})


def case_of(data: JSON) -> Case:
    return Case(instance_of(data, "tiny"))


def a_rota(case: Case, plan: Mapping[str, tuple[str, int]]) -> Rota:
    """`plan`: "client service" -> carer and start, in ticks."""
    legs = [
        Leg(start, carer, id, case.needs[case.problem.visit_index[id]].ticks)
        for id, (carer, start) in plan.items()
    ]
    return Rota(ON, 1, tuple(legs))


def both(data: JSON, plan: Mapping[str, tuple[str, int]]) -> tuple[Report, Verdict]:
    """What our rules say of a plan, and what the judge says of the solution written from it."""
    case = case_of(data)
    rota = a_rota(case, plan)
    return check(rota, case.problem, rules_of(case)), judge(data, solution_of(rota, case))


def values(data: JSON, plan: Mapping[str, tuple[str, int]]) -> dict[str, float]:
    """The measures of a plan in which nothing is wrong, after the rules and the judge have agreed on its price."""
    report, verdict = both(data, plan)
    assert report.clean, report.hard
    assert not verdict.errors
    assert case_of(data).objective(report.total) == verdict.objective
    return {part: value for part, value in verdict.values.items() if value}


def wrong(data: JSON, plan: Mapping[str, tuple[str, int]], rule: str) -> bool:
    """Do the rules (this one among them) and the judge both say that the plan must not be? They must agree."""
    report, verdict = both(data, plan)
    assert bool(report.hard) == bool(verdict.errors), (report.hard, verdict.errors)
    return rule in {finding.rule for finding in report.hard}
