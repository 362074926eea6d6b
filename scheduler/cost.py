"""What a rota costs: money that leaves the agency, and what we would pay to avoid the rest. It can be opened down to
the visit or the carer that caused it, because it is nothing but the findings of the rules that have a price.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from scheduler.domain import PayBasis
from scheduler.pay import wages
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rounds import rounds
from scheduler.rules import RULES
from scheduler.rules.base import Finding, Level, Rule
from scheduler.units import HOUR, pence, pounds, sixtieths


@dataclass(frozen=True, slots=True)
class Line:
    """One rule's part of the cost, in sixtieths of a penny. `money`: cash, not only what we would pay to avoid it."""

    rule: str
    label: str
    money: bool
    price: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Cost:
    """Amounts called `..._amount` are in sixtieths of a penny and add up exactly; all others are whole pence.

    `wages_amount` is what the carers' own terms pay for this rota, `contact_only_amount` what the same work would
    have cost had every carer been paid for the minutes with clients only, at the same rates.
    """

    lines: tuple[Line, ...]
    contact_minutes: int
    wages_amount: int
    contact_only_amount: int
    running_amount: int

    @cached_property
    def total_amount(self) -> int:
        """All lines together: what the solver makes small."""
        return sum(line.price for line in self.lines)

    @cached_property
    def money_amount(self) -> int:
        """What leaves the agency."""
        return sum(line.price for line in self.lines if line.money)

    @property
    def total(self) -> int:
        """Money and what we would pay to avoid the rest, in pence."""
        return pence(self.total_amount)

    @property
    def money(self) -> int:
        """What leaves the agency, in pence."""
        return pence(self.money_amount)

    @property
    def per_contact_hour(self) -> int:
        """Money (pence) for each hour with clients; 0 without any."""
        return self._per_contact_hour(self.money_amount)

    @property
    def with_running_cost_per_contact_hour(self) -> int:
        """The same with office, software, insurance and so on (`Settings.running_cost`), before any surplus."""
        return self._per_contact_hour(self.money_amount + self.running_amount)

    def _per_contact_hour(self, amount: int) -> int:
        return round(pence(amount) * HOUR / self.contact_minutes) if self.contact_minutes else 0

    def by_rule(self) -> dict[str, int]:
        """Rule -> its price in pence; rules that cost nothing are there too."""
        return {line.rule: pence(line.price) for line in self.lines}

    def opened(
        self, rule: str = "", *, client: str = "", carer: str = "", visit: str = ""
    ) -> tuple[Finding, ...]:
        """The findings behind the total, or behind the part of one rule, client, carer or visit; dearest first."""
        asked = (("rule", rule), ("client", client), ("carer", carer), ("visit", visit))
        rows = [
            finding
            for line in self.lines
            for finding in line.findings
            if all(not value or getattr(finding, name) == value for name, value in asked)
        ]
        return tuple(sorted(rows, key=lambda finding: -finding.price))

    def __str__(self) -> str:
        hour = f"{pounds(sixtieths(self.per_contact_hour))} an hour with clients"
        rows = [
            (f"Money that leaves the agency ({hour})", self.money_amount),
            *((f"  {line.label}", line.price) for line in self.lines if line.money),
            ("What we would pay to avoid the rest", self.total_amount - self.money_amount),
            *((f"  {line.label}", line.price) for line in self.lines if not line.money),
            ("Together", self.total_amount),
            ("Wages, if only minutes with clients were paid", self.contact_only_amount),
        ]
        width = max(len(label) for label, _ in rows)
        return "\n".join(f"{label:<{width}} {pounds(amount):>14}" for label, amount in rows)


def cost(rota: Rota, problem: Problem, rules: Sequence[Rule] = RULES) -> Cost:
    """What the rota costs by the rules that have a price."""
    work = rounds(rota, problem)
    contact = sum(r.contact for r in work)
    return Cost(
        lines=tuple(_line(rule, rota, problem) for rule in rules if rule.level is Level.SOFT),
        contact_minutes=contact,
        wages_amount=sum(wages(r, r.carer.pay.basis, problem) for r in work),
        contact_only_amount=sum(wages(r, PayBasis.CONTACT, problem) for r in work),
        running_amount=contact * problem.settings.running_cost,
    )


def _line(rule: Rule, rota: Rota, problem: Problem) -> Line:
    findings = tuple(rule.findings(rota, problem))
    return Line(rule.name, rule.label, rule.money, sum(finding.price for finding in findings), findings)
