"""A carer who shares an interest or a language with the person earns the visit a small credit.

The credit is capped, and it can never outweigh safety, skills or the person's own "never": those are hard
rules. Only what was written down is matched: nothing is inferred about anybody. A language that all of the staff
speak earns nothing: it sets nobody apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from scheduler.domain import Carer, Client
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rules.base import Finding, Level, Price, Rule, Verbs


class Interests(Rule):
    name = "interests"
    label = "Shared interests and languages"
    level = Level.SOFT
    unit = "visits"
    source = "NICE NG21 1.1.5 (matching); the amounts are house rules"
    prices = (
        Price("interests.shared", 100, "What each interest shared by carer and person is worth in a visit."),
        Price(
            "interests.language",
            120,
            "What it is worth in a visit that the carer speaks a language of the person that not all carers speak.",
        ),
        Price("interests.cap", 250, "The most that shared interests and languages are worth in a visit."),
    )

    def findings(self, rota: Rota, problem: Problem) -> Iterator[Finding]:
        for leg in rota.legs:
            visit = problem.visit(leg.visit)
            client, carer = problem.client(visit.client), problem.carer(leg.carer)
            interests, languages = shared(client, carer, problem)
            if interests or languages:
                common = [f"an interest in {_listed(interests)}"] if interests else []
                common += [f"the language {_listed(languages)}"] if languages else []
                yield Finding(
                    rule=self.name,
                    level=self.level,
                    sentence=f"{carer.name} and {client.name} share {' and '.join(common)}.",
                    amount=1,
                    price=-self._credit(client, carer, problem),
                    visit=visit.id,
                    client=client.id,
                    carer=carer.id,
                    day=visit.day,
                )

    def encode(self, verbs: Verbs, problem: Problem) -> None:
        for client in problem.clients:
            visits = problem.visits_of(client.id)
            for k, carer in enumerate(problem.carers):
                credit = self._credit(client, carer, problem)
                if credit and len(visits):
                    verbs.charge(visits, k, -credit)

    def _credit(self, client: Client, carer: Carer, problem: Problem) -> int:
        interests, languages = shared(client, carer, problem)
        if not interests and not languages:
            return 0
        worth = len(interests) * self.price("interests.shared", problem)
        worth += self.price("interests.language", problem) if languages else 0
        return min(worth, self.price("interests.cap", problem))


def shared(client: Client, carer: Carer, problem: Problem) -> tuple[list[str], list[str]]:
    """The interests that the two have in common, and the languages beside those that all of the staff speak."""
    languages = client.languages & carer.languages - _spoken_by_all(problem)
    return sorted(client.interests & carer.interests), sorted(languages)


@lru_cache(maxsize=4)
def _spoken_by_all(problem: Problem) -> frozenset[str]:
    """Languages of every carer; none where there is only one carer to choose."""
    spoken = [carer.languages for carer in problem.carers]
    return frozenset.intersection(*spoken) if len(spoken) > 1 else frozenset()


def _listed(words: Sequence[str]) -> str:
    return " and ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else words[0]
