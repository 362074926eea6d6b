"""A "never" between client and carer is kept, and where a client has an "only" nobody else comes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from scheduler.domain import Relation, Tie
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rules.base import Finding, Level, Rule, Verbs


class Relations(Rule):
    """NEVER forbids the pair. Where a client has any ONLY tie, every carer without one is forbidden."""

    name = "relations"
    label = "Never and only"
    level = Level.HARD
    unit = "carers"
    of_pair = True
    source = "Client's record; NICE NG21 1.1.5 (matching carers to people)"
    for_client = "You and we have agreed who comes to you."
    effort = None

    def findings(self, rota: Rota, problem: Problem) -> Iterator[Finding]:
        never, only = _ties(problem)
        for leg in rota.legs:
            visit, carer = problem.visit(leg.visit), problem.carer(leg.carer)
            client = problem.client(visit.client)
            wanted = only.get(client.id, {})
            if carer.id in never.get(client.id, {}):
                reason = never[client.id][carer.id].reason
                sentence = f"{carer.name} must never be sent to {client.name}"
            elif wanted and carer.id not in wanted:
                reason = "; ".join(dict.fromkeys(tie.reason for tie in wanted.values() if tie.reason))
                names = " and ".join(problem.carer(id).name for id in wanted)
                sentence = f"Only {names} may be sent to {client.name}, not {carer.name}"
            else:
                continue
            yield Finding(
                rule=self.name,
                level=self.level,
                sentence=f"{sentence}: {reason.rstrip('.')}." if reason else f"{sentence}.",
                amount=1,
                visit=visit.id,
                client=client.id,
                carer=carer.id,
                day=visit.day,
                cure=f"send somebody else than {carer.name}",
            )

    def encode(self, verbs: Verbs, problem: Problem) -> None:
        never, only = _ties(problem)
        for client in problem.clients:
            visits = problem.visits_of(client.id)
            refused = never.get(client.id, {})
            wanted = only.get(client.id)
            for k, carer in enumerate(problem.carers) if refused or wanted else ():
                if carer.id in refused or (wanted and carer.id not in wanted):
                    verbs.forbid(visits, k)


Ties = dict[str, dict[str, Tie]]
"""Client -> carer -> the tie between them."""


def _ties(problem: Problem) -> tuple[Ties, Ties]:
    never: Ties = defaultdict(dict)
    only: Ties = defaultdict(dict)
    for tie in problem.ties:
        if tie.relation is Relation.NEVER:
            never[tie.client][tie.carer] = tie
        elif tie.relation is Relation.ONLY:
            only[tie.client][tie.carer] = tie
    return never, only
