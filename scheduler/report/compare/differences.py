"""What is different between two rotas, visit by visit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from scheduler.domain import Visit
from scheduler.problem import Problem
from scheduler.rota import Leg, Rota


class What(StrEnum):
    """What is different about a visit. A visit can have another carer, another time and another length at once."""

    PLACED = "now planned"
    LOST = "no longer planned"
    CARER = "other carer"
    TIME = "other time"
    LENGTH = "other length"


@dataclass(frozen=True, slots=True)
class Difference:
    """One visit that is not the same: its legs in both rotas, and what is different."""

    visit: Visit
    before: tuple[Leg, ...]
    after: tuple[Leg, ...]
    what: frozenset[What]


def differences(first: Rota, second: Rota, problem: Problem) -> Iterator[Difference]:
    """Every visit that differs, in the problem's order; a moved start counts to the minute."""
    for visit in problem.visits:
        before, after = first.of_visit(visit.id), second.of_visit(visit.id)
        what = frozenset(_what(before, after))
        if what:
            yield Difference(visit, before, after, what)


def _what(before: tuple[Leg, ...], after: tuple[Leg, ...]) -> Iterator[What]:
    if not before or not after:
        if before:
            yield What.LOST
        if after:
            yield What.PLACED
        return
    if {leg.carer for leg in before} != {leg.carer for leg in after}:
        yield What.CARER
    if before[0].start != after[0].start:
        yield What.TIME
    if [leg.minutes for leg in before] != [leg.minutes for leg in after]:
        yield What.LENGTH
