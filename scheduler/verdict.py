"""What one change of a rota means, before it lands: what it would newly break, and what it would cost.

Only the part of the rota that the change can touch is judged, by the same rules as all of it: the carers of the
changed visits with everything that they do, and the clients of those visits with all their visits. Every rule speaks
of a visit, a client's visits, a pair of them or a carer's work, so what lies outside is the same before and after; a
test compares this with the check of the whole rota.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from scheduler.domain import Relation, Visit
from scheduler.ledger import funds_within
from scheduler.problem import Problem
from scheduler.rota import Leg, Rota
from scheduler.rules import RULES
from scheduler.rules.base import Finding, Level
from scheduler.units import pounds
from scheduler.who_could import nearest_free, trials
from scheduler.who_could.corner import worse

RANKED = 12
"""Carers whose price is worked out for one visit."""


class Light(StrEnum):
    """GREEN: costs nothing more; AMBER: costs more than now; RED: breaks what must not be broken."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


@dataclass(frozen=True, slots=True)
class Verdict:
    """`broken` is what the change would newly break or make worse; `price` what it would cost more (negative: less),
    in sixtieths of a penny; `reasons` names the rules (by label) whose part of the price differs, and by how much."""

    broken: tuple[Finding, ...]
    price: int
    reasons: tuple[tuple[str, int], ...]

    @property
    def light(self) -> Light:
        if self.broken:
            return Light.RED
        return Light.AMBER if self.price > 0 else Light.GREEN

    def __str__(self) -> str:
        if self.broken:
            return " ".join(dict.fromkeys(finding.sentence for finding in self.broken))
        return (
            f"{pounds(abs(self.price))} {'more' if self.price > 0 else 'less'}"
            if self.price
            else "The same price."
        )


@dataclass(frozen=True, slots=True)
class Candidate:
    """A carer who could do a visit at that start, and what that would mean. `carers` are all who would come then, the
    leading one first."""

    carer: str
    start: int
    minutes: int
    verdict: Verdict
    carers: tuple[str, ...]


def verdict(before: Rota, after: Rota, problem: Problem) -> Verdict:
    """What changing the one rota into the other would mean."""
    touched = _touched(before, after)
    if not touched:
        return Verdict((), 0, ())
    part = _part(touched, before, after, problem)
    kept = {visit.id for visit in part.visits}
    old, new = (_findings(_within(rota, kept), part) for rota in (before, after))
    broken: list[Finding] = []
    for rule in RULES:
        if rule.level is Level.HARD:
            broken += worse([f for f in old if f.rule == rule.name], [f for f in new if f.rule == rule.name])
    price = sum(finding.price for finding in new) - sum(finding.price for finding in old)
    return Verdict(tuple(broken), price, _reasons(old, new))


def candidates(
    visit: Visit,
    rota: Rota,
    problem: Problem,
    at: int | None = None,
    most: int = RANKED,
    second: bool = False,
) -> list[Candidate]:
    """Who could come to a visit instead of whoever comes now: the cheapest first, at each carer's own best start or at
    the start that is asked for. Of a double-up: who could take the leading carer's place, or the `second` one's; where
    nobody comes yet, pairs."""
    legs = rota.of_visit(visit.id)
    others = [leg.carer for leg in (legs[:1] if second else legs[1:])] if visit.carers == 2 else []
    coming = {leg.carer for leg in legs}
    wanted = at if at is not None else (legs[0].start if legs else visit.preferred)
    if visit.carers == 2 and not others:
        options = _pairs(visit, rota, problem, wanted, at is not None, coming)
    else:  # the other carer of a double-up has planned for this minute
        only_then = at is not None or bool(others)
        found = nearest_free(visit, rota, problem, wanted, only_then, second)
        options = [
            (trial.start, _order(carer, others, second))
            for carer, trial in found.items()
            if carer not in coming
        ]
    options.sort(key=lambda one: (_strangers(visit, one[1], problem), abs(one[0] - wanted), one[1]))
    ranked = []
    for start, carers in options[:most]:
        moved = place(rota, visit, carers, start, problem)
        own = carers[1] if second and others else carers[0]
        minutes = next(leg.minutes for leg in moved.of_visit(visit.id) if leg.carer == own)
        ranked.append(Candidate(own, start, minutes, verdict(rota, moved, problem), carers))
    return sorted(ranked, key=lambda one: (len(one.verdict.broken), one.verdict.price))


def _pairs(
    visit: Visit, rota: Rota, problem: Problem, wanted: int, only_then: bool, coming: set[str]
) -> list[tuple[int, tuple[str, ...]]]:
    """Two carers who are free at the same minute, nearest to the wanted one, the better known one leading."""
    starts = {
        carer: {
            t.start for t in found if t.free and not t.second and visit.earliest <= t.start <= visit.latest
        }
        for carer, found in trials(visit, rota, problem, also=[wanted]).items()
        if carer not in coming
    }
    if only_then:
        starts = {carer: own & {wanted} for carer, own in starts.items()}
    staff = sorted(filter(starts.get, starts), key=lambda carer: (not _known(visit, carer, problem), carer))
    found: list[tuple[int, tuple[str, ...]]] = []
    for place_of_first, first in enumerate(staff):
        for other in staff[place_of_first + 1 :]:
            common = starts[first] & starts[other]
            if common:
                found.append((min(common, key=lambda start: (abs(start - wanted), start)), (first, other)))
    return found


def _order(carer: str, others: Sequence[str], second: bool) -> tuple[str, ...]:
    return (*others, carer) if second else (carer, *others)


def _strangers(visit: Visit, carers: Sequence[str], problem: Problem) -> int:
    return sum(not _known(visit, carer, problem) for carer in carers)


def place(rota: Rota, visit: Visit, carers: Sequence[str], start: int, problem: Problem) -> Rota:
    """The rota with these carers (the leading one first) at the visit from that minute on, for as long as each of
    them has to stay."""
    # Where a part is done together the leading carer alone stays to the end.
    to_the_end = carers[:1] if visit.together else carers
    least = max(
        rule.least_minutes(visit, problem.carer(carer), problem) for rule in RULES for carer in to_the_end
    )
    minutes = max(1, least)
    legs = [
        Leg(start, carer, visit.id, visit.together if second and visit.together else minutes, bool(second))
        for second, carer in enumerate(carers)
    ]
    return rota.without([visit.id]).with_legs(legs)


def _known(visit: Visit, carer: str, problem: Problem) -> bool:
    return problem.knows(visit.client, carer)


def _touched(before: Rota, after: Rota) -> list[str]:
    """The visits that are not done as they were."""
    changed = set(before.legs) ^ set(after.legs)
    return sorted({leg.visit for leg in changed})


def _within(rota: Rota, visits: Iterable[str]) -> Rota:
    kept = set(visits)
    return Rota(rota.start, rota.days, tuple(leg for leg in rota.legs if leg.visit in kept))


def _findings(rota: Rota, problem: Problem) -> list[Finding]:
    return [finding for rule in RULES for finding in rule.findings(rota, problem)]


def _part(touched: Sequence[str], before: Rota, after: Rota, problem: Problem) -> Problem:
    """The problem of what the change can touch."""
    carers = dict.fromkeys(leg.carer for rota in (before, after) for v in touched for leg in rota.of_visit(v))
    own = dict.fromkeys(problem.visit(v).client for v in touched)
    visits = {problem.visits[v].id for client in own for v in problem.visits_of(client)}
    visits |= {
        leg.visit for rota in (before, after) for carer in carers for leg in rota.legs_by_carer.get(carer, ())
    }
    staff = set(carers) | {leg.carer for rota in (before, after) for v in visits for leg in rota.of_visit(v)}
    for v in visits:
        staff |= set(problem.visit(v).fixed_carers)
    clients = {problem.visit(v).client for v in visits}
    staff |= {tie.carer for tie in problem.ties if tie.relation is Relation.ONLY and tie.client in clients}
    return _cut(problem, visits, clients, staff, own)


def _cut(whole: Problem, visits: set[str], clients: set[str], staff: set[str], own: Iterable[str]) -> Problem:
    kept_clients = tuple(client for client in whole.clients if client.id in clients)
    kept_staff = tuple(carer for carer in whole.carers if carer.id in staff)
    rows = [whole.client_index[c.id] for c in kept_clients] + [whole.home_of(c.id) for c in kept_staff]
    return whole.replace(
        clients=kept_clients,
        carers=kept_staff,
        visits=tuple(visit for visit in whole.visits if visit.id in visits),
        shifts=tuple(shift for shift in whole.shifts if shift.carer in staff),
        travel={mode: whole.travel[mode].pick(rows) for mode in {carer.mode for carer in kept_staff}},
        links=tuple(link for link in whole.links if link.first in visits and link.second in visits),
        ties=tuple(tie for tie in whole.ties if tie.client in clients),
        funds=funds_within(whole, clients),
        history=tuple(past for past in whole.history if past.client in clients or past.carer in staff),
    )


def _reasons(old: Sequence[Finding], new: Sequence[Finding]) -> tuple[tuple[str, int], ...]:
    """What each rule's part of the price becomes more or less, the largest first."""
    by_rule: Counter[str] = Counter()
    for sign, findings in ((1, new), (-1, old)):
        for finding in findings:
            by_rule[finding.rule] += sign * finding.price
    told = [(rule.label, by_rule[rule.name]) for rule in RULES if by_rule[rule.name]]
    return tuple(sorted(told, key=lambda reason: -abs(reason[1])))
