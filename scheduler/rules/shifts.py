"""Carers are with clients only while they are on shift."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.domain import Carer, Shift
from scheduler.problem import Problem
from scheduler.rota import Leg, Rota
from scheduler.rules.base import Finding, Level, Rule, Verbs
from scheduler.units import DAY, HOUR, WEEKDAYS, clock, end_clock

STRETCH = 2 * HOUR
"""Further from a shift than this an extra spell is asked for rather than a longer shift."""
OF_ADULTS = "give the visit to somebody of 18 or over: nobody younger may work then"


class Shifts(Rule):
    """Every visit lies wholly within one shift; an absence is a shift that is not there."""

    name = "shifts"
    label = "Shifts and absences"
    level = Level.HARD
    unit = "minutes outside a shift"
    source = "Carer's shifts and absences"
    for_client = "{carer} does not work at that time."
    effort = 20

    def findings(self, rota: Rota, problem: Problem) -> Iterator[Finding]:
        for leg in rota.legs:
            shifts = problem.shifts_of(leg.carer)
            if any(shift.start <= leg.start and leg.end <= shift.end for shift in shifts):
                continue
            visit, carer = problem.visit(leg.visit), problem.carer(leg.carer)
            day = WEEKDAYS[problem.date_of(visit.day).weekday()]
            inside = max((min(leg.end, s.end) - max(leg.start, s.start) for s in shifts), default=0)
            todays = [shift for shift in shifts if shift.day == visit.day]
            spells = " and ".join(f"{clock(shift.start)}-{end_clock(shift.end)}" for shift in todays)
            yield Finding(
                rule=self.name,
                level=self.level,
                sentence=f"{carer.name} is planned {clock(leg.start)}-{end_clock(leg.end)} on {day} and is "
                f"{f'on shift {spells}' if todays else 'not on shift that day'}.",
                amount=leg.minutes - max(inside, 0),
                visit=visit.id,
                client=visit.client,
                carer=carer.id,
                day=visit.day,
                cure=OF_ADULTS if _at_night_under_18(leg, carer, problem) else _cure(leg, carer, todays, day),
            )

    def relaxed(self, finding: Finding, rota: Rota, problem: Problem) -> Problem | None:
        leg = next(leg for leg in rota.of_visit(finding.visit) if leg.carer == finding.carer)
        if _at_night_under_18(leg, problem.carer(leg.carer), problem):
            return None  # longer shifts would be against the law
        day = problem.visit(finding.visit).day
        todays = [shift for shift in problem.shifts_of(finding.carer) if shift.day == day]
        start, end = leg.start, leg.end
        near = min(todays, key=lambda s: max(s.start - start, 0) + max(end - s.end, 0), default=None)
        if near and max(near.start - start, 0) + max(end - near.end, 0) <= STRETCH:
            start, end = min(start, near.start), max(end, near.end)
        joined = [shift for shift in todays if shift.start <= end and start <= shift.end]
        asked = Shift(
            finding.carer,
            day,
            min([start, *(shift.start for shift in joined)]),
            max([end, *(shift.end for shift in joined)]),
        )
        return problem.replace(shifts=(*(s for s in problem.shifts if s not in joined), asked))

    def encode(self, verbs: Verbs, problem: Problem) -> None:
        for shift in problem.shifts:
            verbs.shift(problem.carer_index[shift.carer], shift.day, shift.start, shift.end)


def _at_night_under_18(leg: Leg, carer: Carer, problem: Problem) -> bool:
    evening, morning = problem.settings.young_night
    begin = leg.start % DAY
    return carer.young and (begin < morning or begin + leg.minutes > evening)


def _cure(leg: Leg, carer: Carer, shifts: list[Shift], day: str) -> str:
    """Ask for the smallest stretch of a shift, or for a spell of its own."""
    stretches = [(max(s.start - leg.start, 0), max(leg.end - s.end, 0)) for s in shifts]
    before, after = min(stretches, key=sum, default=(STRETCH, STRETCH))
    if before + after > STRETCH:
        return f"ask {carer.name} for an extra spell {clock(leg.start)}-{end_clock(leg.end)} on {day}"
    asked = [f"from {clock(leg.start)}"] * (before > 0) + [f"until {end_clock(leg.end)}"] * (after > 0)
    return f"ask {carer.name} to work {' and '.join(asked)} on {day}"
