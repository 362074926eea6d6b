"""At most three ways on from a day: each a rota that breaks nothing hard, with what it changes and what that costs."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from scheduler.check import Report, check
from scheduler.problem import Problem
from scheduler.repair.day import Day
from scheduler.repair.day_search import Effort, settled, with_all_that_has_begun
from scheduler.repair.differences import differences
from scheduler.repair.look_longer import look_longer
from scheduler.repair.tell import Tell, people_to_tell
from scheduler.repair.ways import WAYS
from scheduler.rota import Rota
from scheduler.rules import RULES
from scheduler.units import pounds

ITERATIONS = 40_000
"""Work of the search for one proposal: four seconds on a week of 2,400 visits where nobody else is at work. (With a
fifth of it a visit is left to nobody here and there for which a free plan finds somebody: `benchmarks repair`.)"""


@dataclass(frozen=True)
class Proposal:
    """One way on. `rota` is what is planned with (`Day.problem`), `written` the same with what was set aside as done.
    `unallocated_before` counts the visits that had nobody before anything happened. `tell` are the people to whom
    something changes, `changed` counts the visits of which a client is told something else than before, and
    `changed_in_all` those of which it is something else than was told at first, earlier repairs of the day included;
    `differences` are the sentences on every visit. `report` is the checker's by the agency's own prices, `more` what
    the rota then costs more than before the events (sixtieths of a penny), `money` the part of it that leaves the
    agency. `seconds` is what it took."""

    name: str
    label: str
    rota: Rota
    written: Rota
    report: Report
    unallocated: tuple[str, ...]
    unallocated_before: int
    tell: tuple[Tell, ...]
    changed: int
    changed_in_all: int
    differences: tuple[str, ...]
    more: int
    money: int
    seconds: float

    def __str__(self) -> str:
        clients = sum(1 for tell in self.tell if tell.who == "client")
        in_all = f" ({self.changed_in_all} in all)" if self.changed_in_all != self.changed else ""
        left = "every visit has somebody"
        if self.unallocated:
            left = f"{len(self.unallocated)} without anybody ({self.unallocated_before} before)"
        return (
            f"{self.label}: {_count(self.changed, 'promise')} changed{in_all}, {_count(clients, 'client')} and "
            f"{_count(len(self.tell) - clients, 'carer')} to tell, {left}, {pounds(abs(self.money))} "
            f"{'more' if self.money >= 0 else 'less'} money ({self.seconds:.1f} s)."
        )


def propose(
    day: Day,
    locked: Collection[str] = (),
    iterations: int = ITERATIONS,
    seconds: float | None = None,
    seed: int = 1,
    workers: int = 2,
    alike: bool = False,
) -> Iterator[Proposal]:
    """The proposals, the one with fewest changes first, each as soon as it is there; one that is the same as another is
    left out, unless `alike` are wanted too. `locked` visits stay as they are unless an event is about them. The other
    ways go on from the first, so that whoever has somebody by then is hardly lost again; where a visit has nobody by
    then, somebody is looked for longer before. The same day gives the same proposals, unless the work is counted in
    `seconds`."""
    seen: set[tuple[object, ...]] = set()
    before = check(_known(day.planned, day.base), day.base)
    effort = Effort(frozenset(locked), seconds, iterations if seconds is None else None, seed, workers)
    start = day.rota
    for number, way in enumerate(WAYS):
        begun_at = time.monotonic()
        if number == 1:
            start = look_longer(day, start, effort)
        rota, day = with_all_that_has_begun(day, start, way, effort)
        start = rota if number == 0 else start
        if rota.legs in seen and not alike:
            continue
        seen.add(rota.legs)
        written, report = rota.with_legs(day.aside), check(rota, day.problem)
        after = check(written, day.recorded()) if day.aside else report
        planned, told_first = settled(day.planned, day), settled(day.told, day)
        told = people_to_tell(planned, rota, day.problem, day.base)
        yield Proposal(
            name=way.name,
            label=way.label,
            rota=rota,
            written=written,
            report=report,
            unallocated=tuple(visit.id for visit in rota.unallocated(day.problem)),
            unallocated_before=len(day.planned.unallocated(day.base)),
            tell=tuple(told),
            changed=_promises(told, day.planned),
            changed_in_all=_promises(people_to_tell(told_first, rota, day.problem, day.base), day.told),
            differences=tuple(differences(planned, rota, day.problem, day.base)),
            more=after.total - before.total,
            money=_money(after) - _money(before),
            seconds=time.monotonic() - begun_at,
        )


def _known(rota: Rota, problem: Problem) -> Rota:
    """The part of the rota that the problem before the events knows: an earlier repair may have taken in a package."""
    legs = (leg for leg in rota.legs if leg.visit in problem.visit_index)
    return Rota(rota.start, rota.days, tuple(legs))


def _promises(told: Iterable[Tell], before: Rota) -> int:
    """Visits of that rota of which a client is told something else."""
    return len({id for one in told if one.who == "client" for id in one.visits if before.of_visit(id)})


def _money(report: Report) -> int:
    """What leaves the agency, in sixtieths of a penny."""
    rules = {rule.name for rule in RULES if rule.money}
    return sum(finding.price for finding in report.findings if finding.rule in rules)


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
