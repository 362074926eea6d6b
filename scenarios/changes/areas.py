"""Each carer works in one area only."""

from __future__ import annotations

from collections import Counter
from typing import ClassVar

from scenarios.changes.base import Change
from scheduler.domain import Relation, Tie
from scheduler.errors import DomainError
from scheduler.problem import Problem


class Zones(Change):
    """The areas are those recorded for the clients. A carer's area is the one where most of their past visits were or,
    without any, the one whose people live nearest. Pairs that were asked for (preferred, only) stay allowed."""

    name: ClassVar[str] = "zones"

    @property
    def sentence(self) -> str:
        return "Every carer works in one area only; carers whom a person asked for may still come."

    def apply(self, problem: Problem) -> Problem:
        areas = {client.id: client.area for client in problem.clients}
        if len(set(areas.values())) < 2:
            raise DomainError(
                "Zones need two areas or more: fill in the column 'area' of the clients, or leave this change out."
            )
        own = {carer.id: _area_of(carer.id, areas, problem) for carer in problem.carers}
        known = problem.ties_by_pair
        new = [
            Tie(client, carer, Relation.NEVER, reason="another area (scenario)")
            for client, area in areas.items()
            for carer in own
            if own[carer] != area and (client, carer) not in known
        ]
        return problem.replace(ties=(*problem.ties, *new))


def _area_of(carer: str, areas: dict[str, str], problem: Problem) -> str:
    past: Counter[str] = Counter()
    for client, area in areas.items():
        past[area] += problem.past_visits[client][carer]
    most = max(past, key=lambda area: (past[area], area))
    if past[most]:
        return most
    home = problem.home_of(carer)
    metres = problem.travel[problem.carer(carer).mode].metres[home]
    return areas[min(areas, key=lambda client: (int(metres[problem.place_of_client(client)]), client))]
