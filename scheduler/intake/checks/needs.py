"""Warnings about what is legal but cannot be met: visits that nobody can do, shifts with nobody in reach.

These look at the dated Problem; the rest of the week is planned all the same. They say less than the rules, never
more: a visit without a warning may still stay unallocated.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from scheduler.domain import Carer, Relation, Shift, Visit
from scheduler.errors import Fault
from scheduler.intake.rows import Agency
from scheduler.problem import Problem
from scheduler.settings import Policy
from scheduler.travel import NO_WAY
from scheduler.units import DAY, clock, end_clock

SETTINGS = "settings"
REACH = 60
"""Minutes from home beyond which nobody is sent to the first client of a shift."""


def empty_period_warning(agency: Agency, problem: Problem) -> Iterator[Fault]:
    """A period without any visit is probably not the one that was meant."""
    if not problem.visits:
        last = problem.date_of(problem.days - 1)
        told = f"no visit comes from {problem.start:%Y-%m-%d} to {last:%Y-%m-%d}."
        yield Fault(agency.visits.label, None, None, None, told, "Check the dates, or choose another period.")


def unmeetable_visits(agency: Agency, problem: Problem) -> Iterator[Fault]:
    """One warning for each row of the care plans, with the days and why each carer cannot come."""
    rows = {row.visit: row for row in agency.visits.rows}
    reasons = _Reasons(problem)
    found: dict[str, list[Visit]] = defaultdict(list)
    for visit in problem.visits:
        if reasons.too_few(visit):
            found[visit.plan].append(visit)
    for plan, visits in found.items():
        days = ", ".join(f"{problem.date_of(visit.day):%Y-%m-%d}" for visit in visits[:3])
        more = f" and {len(visits) - 3} days more" if len(visits) > 3 else ""
        told = f"on {days}{more} too few carers can do this: {reasons.why(visits[0])}."
        yield agency.visits.fault(
            rows[plan], "visit", told, "It is left unallocated until one of these changes."
        )


def idle_shifts(agency: Agency, problem: Problem) -> Iterator[Fault]:
    """Carers with shifts in which there is no visit that they may do within reach of their home; told once each."""
    rows = {row.carer: row for row in agency.carers.rows}
    reasons = _Reasons(problem)
    visits: dict[int, list[Visit]] = defaultdict(list)
    for visit in problem.visits:
        visits[visit.day].append(visit)
    idle: Counter[str] = Counter()
    first: dict[str, Shift] = {}
    for shift in problem.shifts:
        then = visits[shift.day]
        if not any(
            reasons.can_do(visit, shift) and reasons.from_home(visit, shift) <= REACH for visit in then
        ):
            idle[shift.carer] += 1
            first.setdefault(shift.carer, shift)
    for carer, count in idle.items():
        shift = first[carer]
        spell = f"{problem.date_of(shift.day):%Y-%m-%d} {clock(shift.start - shift.day * DAY)}"
        spell += f" to {end_clock(shift.end - shift.day * DAY)}"
        far = [reasons.from_home(visit, shift) for visit in visits[shift.day] if reasons.can_do(visit, shift)]
        why = (
            f"the nearest client is {min(far)} minutes from home"
            if far
            else "no visit then is one that they may do"
        )
        told = (
            f"{count} shift(s) of {problem.carer(carer).name} will stay empty, the first on {spell}: {why}."
        )
        yield agency.carers.fault(rows[carer], "carer", told, "Check postcode, skills and hours.")


class _Reasons:
    """Who could do a visit, and why the others cannot."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.shifts: Mapping[tuple[str, int], list[Shift]] = defaultdict(list)
        for shift in problem.shifts:
            self.shifts[shift.carer, shift.day].append(shift)
        self.only = {tie.client for tie in problem.ties if tie.relation is Relation.ONLY}
        self.refusal = cache(self._refusal)

    def too_few(self, visit: Visit) -> bool:
        """Fewer carers can come than the visit takes."""
        free = 0
        for carer in self.problem.carers:
            free += self._reason(visit, carer) == ""
            if free == visit.carers:
                return False
        return True

    def why(self, visit: Visit) -> str:
        """'0 of 20 carers can and 1 is needed (lacking a skill: 12, without a shift that it fits into: 8)'."""
        counts = Counter(self._reason(visit, carer) for carer in self.problem.carers)
        able = f"{counts.pop('', 0)} of {len(self.problem.carers)} carers can"
        told = ", ".join(f"{reason}: {count}" for reason, count in counts.most_common())
        needed = "1 is" if visit.carers == 1 else f"{visit.carers} are"
        return f"{able} and {needed} needed" + (f" ({told})" if told else "")

    def can_do(self, visit: Visit, shift: Shift) -> bool:
        """Does the visit fit into the shift, and may the carer come?"""
        start = max(visit.earliest, shift.start)
        if start > visit.latest or start + visit.commissioned > shift.end:
            return False
        return not self._standing_reason(visit, self.problem.carer(shift.carer))

    def from_home(self, visit: Visit, shift: Shift) -> int:
        """Minutes from the carer's home to the visit."""
        problem = self.problem
        minutes = problem.travel[problem.carer(shift.carer).mode].minutes
        return int(minutes[problem.home_of(shift.carer), problem.place_of_client(visit.client)])

    def _reason(self, visit: Visit, carer: Carer) -> str:
        standing = self._standing_reason(visit, carer)
        if standing:
            return standing
        fits = any(
            max(visit.earliest, shift.start) <= min(visit.latest, shift.end - visit.commissioned)
            for shift in self.shifts.get((carer.id, visit.day), ())
        )
        return "" if fits else "without a shift that it fits into"

    def _standing_reason(self, visit: Visit, carer: Carer) -> str:
        return self.refusal(visit.client, visit.skills, visit.personal_care, visit.fixed_carers, carer.id)

    def _refusal(
        self, client: str, skills: frozenset[str], personal: bool, locked: tuple[str, ...], carer: str
    ) -> str:
        who, wanted = self.problem.carer(carer), self.problem.client(client).care_gender
        ends = self.problem.home_of(carer), self.problem.place_of_client(client)
        minutes = self.problem.travel[who.mode].minutes
        if max(minutes[ends], minutes[ends[::-1]]) >= NO_WAY:
            return "without a way there from home"
        relation = self.problem.relation(client, carer)
        if relation is Relation.NEVER:
            return "never to be sent"
        if client in self.only and relation is not Relation.ONLY:
            return "not among the only ones to be sent"
        if personal and wanted and who.gender != wanted:
            return f"not {wanted}, as the client asks"
        if not who.skills >= skills:
            return "lacking a skill"
        return "not locked to it" if locked and carer not in locked else ""


def law_of_wales(agency: Agency, problem: Problem) -> Iterator[Fault]:
    """A legal floor is never switched off without a word."""
    settings = problem.settings
    if settings.nation == "wales" and settings.policy is not Policy.WALES:
        yield Fault(
            SETTINGS,
            None,
            "policy",
            str(settings.policy),
            "in Wales the minimum visit length is law (2016 Act, section 8), and this week is planned without it.",
            "Set policy to wales, unless this is a what-if.",
        )
