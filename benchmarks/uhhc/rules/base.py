"""What the rules of the format share: they know the case that they were made for."""

from __future__ import annotations

from benchmarks.uhhc.case import Case
from scheduler.rules.base import Finding, Level, Rule


class CaseRule(Rule):
    """A rule of one instance. Prices are the objective by `Case.objective`, never money."""

    level = Level.SOFT
    source = "Ceschia et al. 2026, doi 10.1111/itor.70140"

    def __init__(self, case: Case) -> None:
        self.case = case

    def broken(self, sentence: str, amount: int = 1, *, visit: int | None = None, carer: str = "") -> Finding:
        """Something that must not be."""
        return self._finding(Level.HARD, sentence, amount, 0, visit, carer)

    def priced(
        self, sentence: str, amount: int, price: int, *, visit: int | None = None, carer: str = ""
    ) -> Finding:
        """Something that adds to the objective."""
        return self._finding(Level.SOFT, sentence, amount, price, visit, carer)

    def _finding(
        self, level: Level, sentence: str, amount: int, price: int, visit: int | None, carer: str
    ) -> Finding:
        problem = self.case.problem
        return Finding(
            rule=self.name,
            level=level,
            sentence=sentence,
            amount=amount,
            price=price,
            visit="" if visit is None else problem.visits[visit].id,
            client="" if visit is None else problem.visits[visit].client,
            carer=carer,
            day=0,
        )
