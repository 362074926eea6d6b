"""Few carers, and few new faces, for each client: the carers of this rota and those of the days before it."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.domain import Client
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rules.base import Finding, Level, Price, Rule, Verbs, promised_carers


class Continuity(Rule):
    name = "continuity"
    label = "Few carers for each person"
    level = Level.SOFT
    unit = "carers"
    source = "NICE NG21 1.1.4; NICE QS123 statement 3. The numbers are house rules: no UK source gives one"
    prices = (
        Price(
            "continuity.new_face",
            1500,
            "What we would pay to spare a person a carer whom they have never met.",
        ),
        Price(
            "continuity.known_face",
            150,
            "What we would pay for one carer fewer among those whom a person knows.",
        ),
        Price(
            "continuity.over_promise",
            1000,
            "What each carer costs above the number that we promise a person.",
        ),
        Price(
            "continuity.over_own_limit", 5000, "What each carer costs above the limit that the person set."
        ),
    )

    def findings(self, rota: Rota, problem: Problem) -> Iterator[Finding]:
        come: dict[str, set[str]] = {}
        for leg in rota.legs:
            come.setdefault(problem.visit(leg.visit).client, set()).add(leg.carer)
        for client in problem.clients:
            carers = sorted(come.get(client.id, ()), key=problem.carer_index.__getitem__)
            yield from self._faces(client, carers, problem)
            yield from self._too_many(client, carers, problem)

    def _faces(self, client: Client, carers: list[str], problem: Problem) -> Iterator[Finding]:
        for carer in carers:
            known = problem.knows(client.id, carer)
            name = problem.carer(carer).name
            yield Finding(
                rule=self.name,
                level=self.level,
                sentence=f"{name}, who has been before, is among the carers of {client.name}."
                if known
                else f"{name} is a new face for {client.name}.",
                amount=1,
                price=self.price("continuity.known_face" if known else "continuity.new_face", problem),
                client=client.id,
                carer=carer,
            )

    def _too_many(self, client: Client, carers: list[str], problem: Problem) -> Iterator[Finding]:
        recent = problem.recent_carers[client.id]
        added = [carer for carer in carers if carer not in recent]
        before, now = len(recent), len(recent) + len(added)
        promised, own = promised_carers(client, problem), client.max_carers
        past, present = _too_many(before, promised, own), _too_many(now, promised, own)
        names = ", ".join(problem.carer(carer).name for carer in added)
        for price, limit, whose, more in (
            ("continuity.over_promise", promised, "we promise", present[0] - past[0]),
            ("continuity.over_own_limit", own, f"{client.name} asked for", present[1] - past[1]),
        ):
            if more:
                yield Finding(
                    rule=self.name,
                    level=self.level,
                    sentence=f"{client.name} sees {now} different carers within "
                    f"{max(problem.settings.rolling_days, problem.days)} days, where {whose} at most {limit}: "
                    f"this rota adds {names}{f' to the {before} of before' if before else ''}.",
                    amount=more,
                    price=more * self.price(price, problem),
                    client=client.id,
                )

    def encode(self, verbs: Verbs, problem: Problem) -> None:
        new, known = self.price("continuity.new_face", problem), self.price("continuity.known_face", problem)
        for c, client in enumerate(problem.clients):
            if not len(problem.visits_of(client.id)):
                continue
            met, lately = problem.past_visits[client.id], problem.recent_carers[client.id]
            verbs.charge_pairs(c, [known if met[carer.id] else new for carer in problem.carers])
            recent = [carer.id in lately for carer in problem.carers]
            verbs.charge_distinct_carers(c, self._curve(client, sum(recent), problem), recent)

    def _curve(self, client: Client, recent: int, problem: Problem) -> list[int]:
        """By distinct carers of today's staff, what this rota adds: nothing until somebody comes who was not
        recent. Recent carers who have left since count all the same."""
        over_promise = self.price("continuity.over_promise", problem)
        over_own = self.price("continuity.over_own_limit", problem)
        promised, own = promised_carers(client, problem), client.max_carers

        def cost(n: int) -> int:
            above_promise, above_own = _too_many(n, promised, own)
            return above_promise * over_promise + above_own * over_own

        before = len(problem.recent_carers[client.id])
        left = before - recent
        return [cost(max(n + left, before)) - cost(before) for n in range(len(problem.carers) + 1)]


def _too_many(n: int, promised: int, own: int | None) -> tuple[int, int]:
    """Of n carers, those above the promise, and those above the client's own limit, who count only there."""
    above_own = max(0, n - own) if own is not None else 0
    return max(0, n - above_own - promised), above_own
