"""What a person's fund pays for: where the person or the agency keeps to the budget, no visit beyond it is planned."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from scheduler.ledger import Ledger, ledgers
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rules.base import Finding, Level, Rule, Verbs
from scheduler.units import pounds, sixtieths


class IsfBudget(Rule):
    """Only for a fund that is kept to (`Ledger.kept`); otherwise nothing is cut, and the choices are the person's
    (`careround isf`). A price in its place could only cut: what a visit costs the fund hangs on its length and day, not
    on who comes, so there is nothing to save but visits. Which visits the money reaches is settled before planning, by
    the person's priorities, respite first: a plan that chose among them would go by the carers' journeys.
    """

    name = "isf_budget"
    label = "Individual Service Fund"
    level = Level.HARD
    unit = "pence"
    source = "The person's ISF agreement: weekly budget less contribution, fee and other spending"
    effort = 90
    of_pair = True
    for_client = "Your money for care does not pay for this visit."

    def findings(self, rota: Rota, problem: Problem) -> Iterator[Finding]:
        for client, ledger in _kept(problem).items():
            name = problem.client(client).name
            for visit in ledger.visits:
                if visit.id in ledger.beyond and rota.of_visit(visit.id):
                    cost = ledger.price(visit)
                    yield Finding(
                        rule=self.name,
                        level=self.level,
                        sentence=f"The fund of {name} does not reach for the visit on "
                        f"{problem.date_of(visit.day):%A}: it costs {pounds(sixtieths(cost))}.",
                        amount=cost,
                        visit=visit.id,
                        client=client,
                        day=visit.day,
                        cure=f"ask {name} what to change, or use what was banked",
                    )

    def relaxed(self, finding: Finding, rota: Rota, problem: Problem) -> Problem | None:
        """The person pays for this visit from what was banked or elsewhere; the other visits' money stays as it is."""
        beyond = ledgers(problem)[finding.client].beyond - {finding.visit}
        return problem.replace(
            funds=tuple(
                replace(fund, beyond=beyond) if fund.client == finding.client else fund
                for fund in problem.funds
            )
        )

    def encode(self, verbs: Verbs, problem: Problem) -> None:
        for ledger in _kept(problem).values():
            for visit in ledger.visits:
                if visit.id in ledger.beyond:
                    for k in range(len(problem.carers)):
                        verbs.forbid(problem.visit_index[visit.id], k)


def _kept(problem: Problem) -> dict[str, Ledger]:
    return {client: ledger for client, ledger in ledgers(problem).items() if ledger.kept}
