"""Each client's carers."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from scheduler.problem import Problem
from scheduler.rota import Leg, Rota
from scheduler.rules.base import promised_carers

CORE_TEAM, CORE_TEAM_DOUBLE = 3, 5
"""Carers in a core team: of a client with mostly single-handed, and with mostly double-handed visits (ASSUMPTION)."""


@dataclass(frozen=True, slots=True)
class ClientContinuity:
    """The carers of one client who has planned visits.

    `distinct` carers come in this rota, `distinct_rolling` within the rolling days that end with it, some of them
    before the rota; where the rota is the longer one, within whichever rolling days of it saw the most. The core team
    are the carers who come most. UPC is the share of the visits at which the most frequent carer is present. COC is
    Bice and Boxerman's index: of two visits picked at random, the share of the (smaller) team that is at both; so a
    double-handed client with one steady pair scores 1, where counting carers' visits would score a half. Both fall
    as visits get more: compare clients with about as many visits. COC is None below two visits.
    """

    client: str
    name: str
    visits: int
    legs: int
    double_handed: bool
    distinct: int
    distinct_rolling: int
    promised: int
    own_limit: int | None
    new_faces: int
    core_team: tuple[str, ...]
    core_team_legs: int
    upc: float
    coc: float | None

    @property
    def core_team_share(self) -> float:
        """Share of the carers' visits that the core team makes."""
        return self.core_team_legs / self.legs

    @property
    def kept(self) -> bool:
        """Are there no more carers within the rolling window than promised, and than the client asked for?"""
        return self.distinct_rolling <= min(self.promised, self.own_limit or self.promised)


@lru_cache(maxsize=16)
def continuity(rota: Rota, problem: Problem) -> tuple[ClientContinuity, ...]:
    """Each client with planned visits, in the problem's order."""
    visits: dict[str, list[tuple[Leg, ...]]] = defaultdict(list)
    for visit, legs in rota.legs_by_visit.items():
        visits[problem.visit(visit).client].append(legs)
    return tuple(_row(c.id, visits[c.id], problem) for c in problem.clients if c.id in visits)


def _row(client: str, visits: list[tuple[Leg, ...]], problem: Problem) -> ClientContinuity:
    present = Counter(leg.carer for legs in visits for leg in legs)
    asked = [problem.visits[v] for v in problem.visits_of(client)]
    double = 2 * sum(visit.carers == 2 for visit in asked) > len(asked)
    often = sorted(present, key=lambda carer: (-present[carer], carer))
    core = tuple(often[: CORE_TEAM_DOUBLE if double else CORE_TEAM])
    return ClientContinuity(
        client=client,
        name=problem.client(client).name,
        visits=len(visits),
        legs=present.total(),
        double_handed=double,
        distinct=len(present),
        distinct_rolling=_most_within(visits, problem.recent_carers[client], problem),
        promised=promised_carers(problem.client(client), problem),
        own_limit=problem.client(client).max_carers,
        new_faces=sum(not problem.knows(client, carer) for carer in present),
        core_team=core,
        core_team_legs=sum(present[carer] for carer in core),
        upc=max(present.values()) / len(visits),
        coc=coc([frozenset(leg.carer for leg in legs) for legs in visits]),
    )


def _most_within(visits: list[tuple[Leg, ...]], before: frozenset[str], problem: Problem) -> int:
    """Different carers of those visits and of those `before` within the rolling days that end with the period; of a
    longer period, within whichever rolling days of it saw the most."""
    days = problem.settings.rolling_days
    came = [(problem.visit(legs[0].visit).day, {leg.carer for leg in legs}) for legs in visits]
    if problem.days <= days:
        return len(before.union(*(carers for _, carers in came)))
    return max(
        len(set().union(*(carers for day, carers in came if first <= day < first + days)))
        for first in range(problem.days - days + 1)
    )


def coc(teams: list[frozenset[str]]) -> float | None:
    """Bice and Boxerman's index of visits by these teams (see `ClientContinuity`); None below two visits. Pairs of
    visits are counted by kind of team, of which there are few."""
    if len(teams) < 2:
        return None
    kinds = Counter(teams)
    same = sum(n * (n - 1) / 2 for n in kinds.values())
    for (a, n), (b, m) in combinations(kinds.items(), 2):
        same += n * m * len(a & b) / min(len(a), len(b))
    return same / (len(teams) * (len(teams) - 1) / 2)
