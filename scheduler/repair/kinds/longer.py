"""A visit that takes longer than planned, under way or ahead."""

from __future__ import annotations

from dataclasses import replace

from scheduler.domain import Shift
from scheduler.problem import Problem
from scheduler.repair.day import Day
from scheduler.repair.event import Event, Kind, Refusal, visit_name
from scheduler.repair.known import known_visit
from scheduler.rota import Leg
from scheduler.units import clock


class Longer(Kind):
    """`minutes` is the new length in all. The later of two tellings holds."""

    name = "longer"
    label = "Visit takes longer"
    wanted = ("visit", "minutes")

    def apply(self, event: Event, day: Day) -> Day:
        visit, minutes = known_visit(event, day), event.minutes or 0
        legs = day.rota.of_visit(visit.id)
        if legs and legs[0].start + minutes <= event.at:
            raise Refusal(
                "visit",
                f"it began at {clock(legs[0].start)}, so that it was over before {clock(event.at)}.",
                "Enter what was delivered with `careround delivered`, or correct the time.",
            )
        asked = day.base.visit_index.get(visit.id)
        least = day.base.visits[asked].commissioned if asked is not None else visit.commissioned
        if minutes <= least:
            raise Refusal(
                "minutes",
                f"the visit is planned for {least} minutes: that is not longer.",
                "Write how long it is in all.",
            )
        if visit.commissioned not in (least, minutes):
            day = day.noting(
                f"{day.problem.client(visit.client).name}: first {visit.commissioned}, then {minutes} minutes were "
                f"told; the later telling holds."
            )
        day = day.with_visits([replace(visit, commissioned=minutes)])
        return _stretched(visit.id, minutes, day) if day.has_begun(visit.id) else day

    def sentence(self, event: Event, problem: Problem) -> str:
        return f"It takes {event.minutes} minutes: {visit_name(event.visit, problem)} ({event.visit})."


def _stretched(visit: str, minutes: int, day: Day) -> Day:
    """Who is there stays: that is a fact, also where it ends after the shift."""
    legs = day.rota.of_visit(visit)
    full = max(leg.minutes for leg in legs)
    new = [replace(leg, minutes=minutes) if leg.minutes == full else leg for leg in legs]
    day = replace(day, rota=day.rota.without([visit]).with_legs(new))
    for leg in new:
        day = replace(day, problem=_stretched_shift(day.problem, leg))
    return day


def _stretched_shift(problem: Problem, leg: Leg) -> Problem:
    own = problem.shifts_of(leg.carer)
    at = next((i for i, s in enumerate(own) if s.start <= leg.start < s.end), None)
    if at is None or leg.end <= own[at].end:
        return problem
    end = min(leg.end, (own[at].day + 1) * 1440)
    joined = [s for s in own[at:] if s.start <= end and s.day == own[at].day]
    new = Shift(leg.carer, own[at].day, own[at].start, max(end, *(s.end for s in joined)))
    return problem.replace(shifts=(*(s for s in problem.shifts if s not in joined), new))
