"""All numbers of a rota under an agency's own settings, however the rota came about."""

from __future__ import annotations

from scheduler.check import check
from scheduler.cost import cost
from scheduler.measures import Number, measure
from scheduler.problem import Problem
from scheduler.rota import Leg, Rota
from scheduler.rules import rule
from scheduler.rules.interests import shared
from scheduler.units import pence


def judged(rota: Rota, problem: Problem) -> dict[str, Number]:
    """The measures and, besides, `price_pence` (of all findings), `too_short` and `minutes_missing` (planned visits
    shorter than commissioned or than the agency's policy allows, and by how much), `shared_interest_visits` (carers'
    visits with an interest in common, languages aside: nearly everybody shares one), `interests_credit_pence`, and
    the price of each rule under `cost.RULE`."""
    report = check(rota, problem)
    short = report.by_rule().get(rule("visit_length").name, ())
    by_rule = cost(rota, problem).by_rule()
    return {
        **measure(rota, problem, report.findings),
        "price_pence": pence(report.total),
        "too_short": len({finding.visit for finding in short}),
        "minutes_missing": sum(finding.amount for finding in short),
        "shared_interest_visits": sum(_share_an_interest(leg, problem) for leg in rota.legs),
        "interests_credit_pence": -by_rule[rule("interests").name],
        **{f"cost.{name}": price for name, price in by_rule.items()},
    }


def _share_an_interest(leg: Leg, problem: Problem) -> bool:
    interests, _ = shared(problem.client(problem.visit(leg.visit).client), problem.carer(leg.carer), problem)
    return bool(interests)
