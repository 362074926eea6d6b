"""A client who does not want a carer to come again."""

from __future__ import annotations

from dataclasses import replace

from scheduler.domain import Relation, Tie
from scheduler.problem import Problem
from scheduler.repair.day import Day
from scheduler.repair.event import Event, Kind, Refusal, carer_name, client_name
from scheduler.units import DAY


class Never(Kind):
    """Holds from now on; the visit that is under way is not broken off."""

    name = "never"
    label = "Never again"
    wanted = ("client", "carer")

    def apply(self, event: Event, day: Day) -> Day:
        client, carer = day.problem.client(event.client), day.problem.carer(event.carer)
        before = day.problem.relation(client.id, carer.id)
        if before is Relation.NEVER:
            return day.noting(f"{carer.name} never goes to {client.name} already: told twice, taken once.")
        if before is Relation.ONLY:
            raise Refusal(
                "carer",
                f"{carer.name} is among the only ones who may come to {client.name}.",
                "Change the relation in the agency's tables first, so that somebody else may come.",
            )
        since = day.problem.date_of(event.at // DAY).isoformat()
        tie = Tie(client.id, carer.id, Relation.NEVER, "told today", since)
        others = tuple(
            other for other in day.problem.ties if (other.client, other.carer) != (client.id, carer.id)
        )
        lost = [
            leg.visit
            for leg in day.rota.legs_by_carer.get(carer.id, ())
            if leg.start >= day.now
            and leg.visit in day.problem.visit_index
            and day.problem.visit(leg.visit).client == client.id
        ]
        day = day.noting(
            f"That {carer.name} never goes to {client.name} holds for this rota: write it into the table of relations, "
            "or the next plan does not know it."
        )
        return replace(day, problem=day.problem.replace(ties=(*others, tie))).touching(lost)

    def sentence(self, event: Event, problem: Problem) -> str:
        return (
            f"{carer_name(event.carer, problem)} must never again go to {client_name(event.client, problem)}."
        )
