"""What is different from the rota that a client was told of before, and why, in the rules' own words for clients."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from scheduler.domain import Visit
from scheduler.errors import CareroundError
from scheduler.problem import Problem
from scheduler.report.feeds import first_name
from scheduler.report.letters.plain import am_pm, part
from scheduler.report.words import labels
from scheduler.rota import Leg, Rota
from scheduler.rules import rule
from scheduler.rules.base import Finding
from scheduler.units import DAY, WEEK_DAYS
from scheduler.who_could.around import Around

_DATED = re.compile(r"(.*):(\d{4}-\d{2}-\d{2})")


@dataclass(frozen=True)
class Earlier:
    """An earlier rota with the problem of its own days: last week's, or an earlier one of the same days. Both begin
    on the same day of the week, so that a Monday is compared with a Monday."""

    rota: Rota
    problem: Problem

    def shift(self, problem: Problem) -> int:
        """Days from its first day to that of `problem`."""
        days = (problem.start - self.rota.start).days
        if days % WEEK_DAYS:
            raise CareroundError(
                f"The earlier rota begins on {self.rota.start:%A %d %B %Y}, this one on {problem.start:%A %d %B %Y}: "
                "give one that begins on the same day of the week."
            )
        return days


@dataclass(frozen=True)
class Change:
    """One thing that is different on some days. `kind`: carer (others come), time (the start moved), lost (nobody is
    planned any more), new (no such visit before) or gone (no such visit now). `when`: 'in the morning'; `then` and
    `now` are clock times of a moved start; `why` is a sentence, empty where nothing need be said."""

    kind: str
    days: tuple[date, ...]
    when: str
    gone: tuple[str, ...] = ()
    come: tuple[str, ...] = ()
    then: str = ""
    now: str = ""
    why: str = ""


def changes(rota: Rota, problem: Problem, earlier: Earlier) -> dict[str, list[Change]]:
    """Client -> what is different; equal changes of several days are told together."""
    shift = earlier.shift(problem)
    single: dict[str, dict[Change, list[date]]] = defaultdict(lambda: defaultdict(list))
    for client, change in _single_changes(rota, problem, earlier, shift):
        single[client][replace(change, days=())] += change.days
    return {
        client: [replace(change, days=tuple(sorted(days))) for change, days in found.items()]
        for client, found in single.items()
    }


def _single_changes(
    rota: Rota, problem: Problem, earlier: Earlier, shift: int
) -> Iterator[tuple[str, Change]]:
    before = {moved(visit.id, shift): visit for visit in earlier.problem.visits}
    both = range(min(problem.days, earlier.problem.days)) if shift else range(problem.days)
    for visit in problem.visits:
        old = before.pop(visit.id, None)
        days = (problem.date_of(visit.day),)
        if old is None and visit.day in both:
            yield visit.client, Change("new", days, part(visit))
        if old is not None:
            teller = _Visit(visit, rota, problem, earlier.rota.of_visit(old.id), shift)
            for change in teller.changes():
                yield visit.client, replace(change, days=days)
    for old in before.values():
        if old.client in problem.client_index and old.day in both and old.day < problem.days:
            yield old.client, Change("gone", (problem.date_of(old.day),), part(old))


def moved(visit: str, days: int) -> str:
    """The id of the same visit of the care plan so many days later."""
    dated = _DATED.fullmatch(visit)
    if not dated or not days:
        return visit
    return f"{dated[1]}:{date.fromisoformat(dated[2]) + timedelta(days=days)}"


@dataclass(frozen=True)
class _Visit:
    """A visit that was there before: `old` are its legs of then."""

    visit: Visit
    rota: Rota
    problem: Problem
    old: tuple[Leg, ...]
    shift: int

    @cached_property
    def legs(self) -> tuple[Leg, ...]:
        return self.rota.of_visit(self.visit.id)

    @cached_property
    def around(self) -> Around:
        return Around(self.visit, self.rota, self.problem)

    @cached_property
    def then(self) -> int:
        """The old start, as a minute of this period."""
        return self.visit.day * DAY + self.old[0].start % DAY

    def changes(self) -> Iterator[Change]:
        """The carers first; a visit that nobody was planned for before is no change of what was told."""
        if not self.old:
            return
        gone = [leg.carer for leg in self.old if leg.carer not in {leg.carer for leg in self.legs}]
        come = [leg.carer for leg in self.legs if leg.carer not in {leg.carer for leg in self.old}]
        names = labels(self.problem.carers)
        told = tuple(names.get(carer, "") for carer in gone)
        if not self.legs:
            yield Change("lost", (), part(self.visit), told, why=self._why(gone))
            return
        if gone or come:
            new = tuple(names[carer] for carer in come)
            yield Change("carer", (), part(self.visit), told, new, why=self._why(gone))
        if abs(self.legs[0].start - self.then) > self.problem.settings.told_tolerance:
            why = "" if gone or come else self._why_then()
            times = am_pm(self.then), am_pm(self.legs[0].start)
            yield Change("time", (), part(self.visit), then=times[0], now=times[1], why=why)

    def _why(self, gone: list[str]) -> str:
        """Why these carers of before do not come, each once."""
        return " ".join(dict.fromkeys(self._why_not(carer) for carer in gone))

    def _why_not(self, carer: str) -> str:
        if carer not in self.problem.carer_index:
            return "Your carer of before has left us."
        name = first_name(self.problem.carer(carer).name) or carer
        found = self._broken_by(carer, self.then)
        if found and self.legs:
            found = self._broken_by(carer, self.legs[0].start)
        if not found:
            return f"{name} could still come, so tell us if you would like that."
        return rule(found[0].rule).for_client.format(carer=name)

    def _why_then(self) -> str:
        """Why the same carers do not come at the old time."""
        for leg in self.legs:
            found = self._broken_by(leg.carer, self.then)
            if found:
                name = first_name(self.problem.carer(leg.carer).name) or leg.carer
                return rule(found[0].rule).for_client.format(carer=name)
        return "We could still keep the old time, so tell us if you would like that."

    def _broken_by(self, carer: str, start: int) -> tuple[Finding, ...]:
        """What would stand in the way of this carer then, beside those who come now as well."""
        minutes = self.around.least_minutes(carer)
        alone = Leg(start, carer, self.visit.id, minutes)
        found = self.around.try_one(alone)[1]
        stay = [leg for leg in self.legs if leg.carer != carer and leg.carer in {o.carer for o in self.old}]
        if found or not stay:
            return found
        pair = [replace(alone, second=not stay[0].second), replace(stay[0], start=start)]
        return self.around.all_broken(pair)
