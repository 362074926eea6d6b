"""The part of a problem that a peer can say, for both planners alike: rules left out, double-ups taken apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from benchmarks.peers.base import Waiting, Words
from scheduler.domain import Carer, PayBasis, Visit
from scheduler.problem import Problem
from scheduler.rota import Leg, Rota
from scheduler.rules import Rule
from scheduler.rules.base import Verbs
from scheduler.units import DAY

HELPER = "~2"
"""Ends the id of the visit that the second carer of a double-up was made into."""


@dataclass(frozen=True)
class Subset:
    """A problem and rules that both planners get; `left_out` are the rules that the peer has no words for."""

    problem: Problem
    rules: tuple[Rule, ...]
    left_out: tuple[Rule, ...]

    @property
    def key(self) -> tuple[object, ...]:
        """Equal for subsets (of one problem) that are the same."""
        settings = self.problem.settings
        return (len(self.problem.visits), settings.waiting_cap, tuple(rule.name for rule in self.rules))


def subset_of(problem: Problem, rules: Sequence[Rule], words: Words) -> Subset:
    """A rule stays if there are words for all that it asks for this problem."""
    if not words.doubles:
        problem = taken_apart(problem)
    problem = _with_waiting(problem, words.waiting)
    kept = tuple(rule for rule in rules if verbs_of(rule, problem) <= words.says)
    return Subset(problem, kept, tuple(rule for rule in rules if rule not in kept))


def verbs_of(rule: Rule, problem: Problem) -> frozenset[str]:
    """The verbs that a rule uses for a problem."""
    said = _Said()
    rule.encode(said, problem)  # type: ignore[arg-type]  # has every verb, through __getattr__
    return frozenset(said.verbs)


class _Said:
    """Takes every verb and remembers only which."""

    def __init__(self) -> None:
        self.verbs: set[str] = set()

    def __getattr__(self, verb: str) -> object:
        if verb not in vars(Verbs):
            raise AttributeError(f"There is no verb {verb!r}.")
        self.verbs.add(verb)
        return lambda *_: None


def taken_apart(problem: Problem) -> Problem:
    """Each double-up as two visits of one carer that nothing ties together: the work stays, being together goes."""
    return problem.replace(visits=tuple(_apart(problem.visits)))


def _apart(visits: Iterable[Visit]) -> Iterable[Visit]:
    for visit in visits:
        if visit.carers == 1:
            yield visit
            continue
        yield replace(visit, carers=1, together=0, fixed_carers=visit.fixed_carers[:1])
        yield replace(
            visit,
            id=visit.id + HELPER,
            carers=1,
            together=0,
            commissioned=visit.together or visit.commissioned,
            needed=0 if visit.together else visit.needed,
            fixed_carers=visit.fixed_carers[1:],
        )


def put_together(rota: Rota, problem: Problem) -> Rota:
    """A rota of `taken_apart(problem)` as one of `problem`, where the two carers may well not meet."""
    legs = (
        Leg(leg.start, leg.carer, leg.visit.removesuffix(HELPER), leg.minutes, leg.visit.endswith(HELPER))
        if leg.visit not in problem.visit_index
        else leg
        for leg in rota.legs
    )
    return Rota(rota.start, rota.days, tuple(legs))


def _with_waiting(problem: Problem, waiting: Waiting) -> Problem:
    """The same problem where waiting is paid as the peer can say. A carer paid by the shift is paid for every gap
    whatever the cap: where waiting is free the shift's carers are paid like the others."""
    if waiting is Waiting.CAPPED:
        return problem
    cap = 0 if waiting is Waiting.FREE else DAY
    settings = replace(problem.settings, waiting_cap=cap)
    carers = tuple(map(_by_the_visit, problem.carers)) if waiting is Waiting.FREE else problem.carers
    return problem.replace(settings=settings, carers=carers)


def _by_the_visit(carer: Carer) -> Carer:
    if carer.pay.basis is not PayBasis.SHIFT:
        return carer
    return replace(carer, pay=replace(carer.pay, basis=PayBasis.CONTACT_TRAVEL))
