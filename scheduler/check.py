"""Judge any rota, whoever made it, by every rule, in plain Python that knows nothing of the solver."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from scheduler.errors import DomainError
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rules import RULES
from scheduler.rules.base import Finding, Level, Rule
from scheduler.units import pounds


@dataclass(frozen=True)
class Report:
    """What the rules found, in the order of the rules."""

    findings: tuple[Finding, ...]

    @cached_property
    def hard(self) -> tuple[Finding, ...]:
        """What must not be."""
        return self._of(Level.HARD)

    @cached_property
    def soft(self) -> tuple[Finding, ...]:
        """What has a price."""
        return self._of(Level.SOFT)

    @cached_property
    def notes(self) -> tuple[Finding, ...]:
        """What is worth saying."""
        return self._of(Level.NOTE)

    def _of(self, level: Level) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.level is level)

    @property
    def clean(self) -> bool:
        """Is there nothing that must not be?"""
        return not self.hard

    @cached_property
    def total(self) -> int:
        """All prices together, in sixtieths of a penny: what the solver makes small."""
        return sum(finding.price for finding in self.findings)

    def by_rule(self) -> dict[str, tuple[Finding, ...]]:
        """Rule name -> its findings; rules that found nothing are absent."""
        found: dict[str, list[Finding]] = {}
        for finding in self.findings:
            found.setdefault(finding.rule, []).append(finding)
        return {name: tuple(findings) for name, findings in found.items()}

    def __str__(self) -> str:
        verdict = "Nothing hard is broken" if self.clean else _count(self.hard, "hard finding")
        lines = [f"{verdict}; {_count(self.soft, 'priced finding')}, {pounds(self.total)} in all."]
        for name, findings in self.by_rule().items():
            price = sum(finding.price for finding in findings)
            worth = findings[0].level.value if price == 0 else pounds(price)
            lines.append(f"  {name:<18} {len(findings):>6} {worth:>14}   {findings[0].sentence}")
        return "\n".join(lines)


def _count(findings: Sequence[Finding], what: str) -> str:
    return f"{len(findings)} {what}{'' if len(findings) == 1 else 's'}"


def check(rota: Rota, problem: Problem, rules: Sequence[Rule] = RULES) -> Report:
    """Everything that the rules have to say about the rota.

    A rota of another period is refused (DomainError), and so is one that names visits or carers that the
    problem does not have (UnknownName): those are mistakes about which rota is meant, not about its quality.
    """
    if (rota.start, rota.days) != (problem.start, problem.days):
        raise DomainError(
            f"The rota is for {rota.days} days from {rota.start:%d/%m/%Y}, the problem for {problem.days} "
            f"days from {problem.start:%d/%m/%Y}: check it against the data of its own period."
        )
    for leg in rota.legs:
        problem.visit(leg.visit)
        problem.carer(leg.carer)
    return Report(tuple(finding for rule in rules for finding in rule.findings(rota, problem)))
