"""The part of a problem around one visit and a few carers, so that hundreds of trials cost little."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property, lru_cache

from scheduler.domain import PastVisit, Relation, Visit
from scheduler.ledger import funds_within
from scheduler.problem import Problem
from scheduler.rota import Leg, Rota
from scheduler.rules import RULES
from scheduler.rules.base import Finding, Level, Rule

HARD: tuple[Rule, ...] = tuple(rule for rule in RULES if rule.level is Level.HARD)
BY_NAME = {rule.name: rule for rule in HARD}
_PLACE = {rule.name: i for i, rule in enumerate(HARD)}
MANY = 99


class Corner:
    """Some legs of a rota in a problem that is cut down to them, and what more legs would break there.

    `rules` is put into another order as it is used: what has just found something is asked first, since most trials
    fail for the reasons of the trial before.
    """

    def __init__(self, problem: Problem, legs: Iterable[Leg], rules: list[Rule]) -> None:
        self.problem = problem
        self.own = Rota(problem.start, problem.days, tuple(legs))
        self.rules = rules

    @cached_property
    def _before(self) -> dict[str, list[Finding]]:
        return (
            {rule.name: list(rule.findings(self.own, self.problem)) for rule in HARD} if self.own.legs else {}
        )

    def broken_by(
        self, legs: Iterable[Leg], most: int = MANY, instead_of: Collection[str] = ()
    ) -> tuple[Finding, ...]:
        """What these legs would newly break or make worse, in the order of the rules; the legs of the visits
        `instead_of` go. Not all is looked for once there is more than `most` to be cured."""
        rota = (self.own.without(instead_of) if instead_of else self.own).with_legs(legs)
        found: list[Finding] = []
        for rule in tuple(self.rules):
            after = list(rule.findings(rota, self.problem))
            new = worse(self._before.get(rule.name, ()), after) if after else after
            if new:
                found += new
                self.rules.remove(rule)
                self.rules.insert(0, rule)
                if len({finding.cure for finding in found}) > most:
                    break
        return tuple(sorted(found, key=lambda finding: _PLACE[finding.rule])) if found else ()


def worse(before: Sequence[Finding], after: Sequence[Finding]) -> list[Finding]:
    """The findings of `after` that `before` has not, or has with smaller amounts. Words do not count: a round that
    was too long already is called otherwise once another visit is in it."""
    if not before:
        return list(after)
    amounts: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for finding in sorted(before, key=lambda finding: -finding.amount):
        amounts[_about(finding)].append(finding.amount)
    new = []
    for finding in sorted(after, key=lambda finding: -finding.amount):
        known = amounts[_about(finding)]
        if known and finding.amount <= known[0]:
            known.pop(0)
        else:
            new.append(finding)
    return sorted(new, key=after.index)


def _about(finding: Finding) -> tuple[object, ...]:
    return finding.rule, finding.visit, finding.client, finding.carer, finding.day


def cut(whole: Problem, carers: Iterable[str], visit: Visit, legs: Sequence[Leg]) -> Problem:
    """The problem of these carers, this visit (as it is given here) and the visits of these legs. Whoever a lock or
    an 'only' names stays too: the rules speak of them."""
    visits = {id: whole.visit(id) for id in dict.fromkeys(leg.visit for leg in legs)} | {visit.id: visit}
    clients = dict.fromkeys(v.client for v in visits.values())
    named = [carer for v in visits.values() for carer in v.fixed_carers]
    named += [carer for client in clients for carer in _only(whole).get(client, ())]
    staff = [whole.carer(id) for id in dict.fromkeys([*carers, *(leg.carer for leg in legs), *named])]
    rows = [whole.client_index[id] for id in clients] + [whole.home_of(carer.id) for carer in staff]
    return whole.replace(
        clients=tuple(whole.client(id) for id in clients),
        carers=tuple(staff),
        visits=tuple(visits.values()),
        shifts=tuple(shift for carer in staff for shift in whole.shifts_of(carer.id)),
        travel={mode: whole.travel[mode].pick(rows) for mode in {carer.mode for carer in staff}},
        links=tuple(link for link in whole.links if link.first in visits and link.second in visits),
        ties=tuple(tie for tie in whole.ties if tie.client in clients),
        funds=funds_within(whole, clients),
        history=tuple(
            past
            for carer in staff
            for past in _history(whole).get(carer.id, ())
            if past.client in clients or past.day >= -1
        ),
    )


@lru_cache(maxsize=4)
def _history(problem: Problem) -> dict[str, list[PastVisit]]:
    """Carer -> past visits."""
    found: dict[str, list[PastVisit]] = defaultdict(list)
    for past in problem.history:
        found[past.carer].append(past)
    return found


@lru_cache(maxsize=4)
def _only(problem: Problem) -> dict[str, list[str]]:
    """Client -> the carers who alone may come, as far as they are still there."""
    found: dict[str, list[str]] = defaultdict(list)
    for tie in problem.ties:
        if tie.relation is Relation.ONLY and tie.carer in problem.carer_index:
            found[tie.client].append(tie.carer)
    return found
