"""What is counted of money: what leaves the agency, and pay under the legal minimum."""

from __future__ import annotations

from collections.abc import Sequence

from scheduler.measures.measure import Measure
from scheduler.measures.sums import contact, share
from scheduler.rules import RULES
from scheduler.rules.base import Finding
from scheduler.true_pay import true_pay
from scheduler.units import HOUR, pence


def _money(findings: Sequence[Finding]) -> int:
    cash = {rule.name for rule in RULES if rule.money}
    return pence(sum(finding.price for finding in findings if finding.rule in cash))


MEASURES = (
    Measure(
        "cost_pence",
        "Leaves the agency",
        "pence",
        "Money that leaves the agency: wages with on-costs, mileage, contracted hours paid but not worked.",
        lambda r, p, f: _money(f),
    ),
    Measure(
        "cost_per_contact_hour_pence",
        "Leaves the agency for each hour with clients",
        "pence",
        "Money that leaves the agency for each hour that a carer is with a client.",
        lambda r, p, f: round(share(_money(f) * HOUR, contact(r))),
    ),
    Measure(
        "objective_pence",
        "Money, and what we would pay to avoid the rest",
        "pence",
        "Money and what we would pay to avoid the rest: what the planner makes small.",
        lambda r, p, f: pence(sum(finding.price for finding in f)),
    ),
    Measure(
        "minimum_wage_shortfalls",
        "Pay periods below the minimum wage",
        "pay periods",
        "Carers' pay periods (weeks unless set otherwise) in which the pay is below the minimum wage for contact, "
        "travel and counted waiting.",
        lambda r, p, f: sum(period.shortfall > 0 for period in true_pay(r, p)),
    ),
    Measure(
        "minimum_wage_shortfall_pence",
        "Missing to the minimum wage",
        "pence",
        "What is missing to the minimum wage in those pay periods, each rounded up to the penny.",
        lambda r, p, f: sum(pence(period.shortfall) for period in true_pay(r, p)),
    ),
)
