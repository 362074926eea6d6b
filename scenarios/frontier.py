"""The minimum length step by step: what each costs, who would be missing, the rate at which it pays for itself, and how
many visits the same money buys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from scenarios.catalogue import BASE, Scenario
from scenarios.changes.budget import CutBudget
from scenarios.changes.lengths import Lengthen
from scenarios.results.compare import Results
from scenarios.results.formula import predicted
from scenarios.results.measures import measures
from scenarios.run.jobs import Reading
from scheduler.errors import DomainError

CUTS = (10, 20)
"""Per cent of ordered time that are dropped to find what the same money buys; between them is a straight line."""
LEAST, MOST = 10, 120


@dataclass(frozen=True, slots=True)
class Step:
    """One minimum length. Money is pounds a week, hours are a week's. `break_even` is the rate an hour with clients at
    which the week's cost is covered; `added_hour` what each hour of care more than today costs (None: there is none);
    `same_money` how many visits of today's money could be planned (None: not reached by the cuts)."""

    minutes: int
    contact_hours: float
    unallocated_hours: float
    further_hours: float
    further_at_once: float
    price: float
    formula: float
    break_even: float
    added_hour: float | None
    same_money: float | None


def frontier_scenarios(floors: Sequence[int]) -> list[Scenario]:
    """The floors, and each with fewer visits. DomainError for a floor out of bounds or named twice."""
    for minutes in floors:
        if not LEAST <= minutes <= MOST or list(floors).count(minutes) > 1:
            raise DomainError(f"A floor of {minutes} minutes: use different ones from {LEAST} to {MOST}.")
    found = []
    for minutes in sorted(floors):
        longer = Lengthen(minutes=minutes)
        found.append(Scenario(name(minutes), f"At least {minutes} min", (longer,)))
        for cut in CUTS:
            label = f"At least {minutes} min, {cut} per cent less"
            found.append(Scenario(name(minutes, cut), label, (longer, CutBudget(percent=cut))))
    return found


def name(minutes: int, cut: int = 0) -> str:
    """'floor-30', 'floor-30-less-10'."""
    return f"floor-{minutes}" + (f"-less-{cut}" if cut else "")


def steps(found: Results, floors: Sequence[int]) -> list[Step]:
    """The curve: who is missing with today's carers, money with as many as it takes, where both were planned."""
    today, money = found.readings[0], found.readings[-1]
    base = measures(found.mean(BASE, money))
    curve = []
    for minutes in sorted(floors):
        counts = found.mean(name(minutes), money)
        told = measures(counts)
        more = told["contact_hours"] - base["contact_hours"]
        curve.append(
            Step(
                minutes=minutes,
                contact_hours=told["contact_hours"],
                unallocated_hours=measures(found.mean(name(minutes), today))["unallocated_hours"],
                further_hours=told["bank_hours"],
                further_at_once=told["bank_at_once"],
                price=told["price"],
                formula=base["price"]
                + (predicted(found.mean(BASE, money), counts) - _formula_today(found, money)) / 100,
                break_even=told["price_per_contact_hour"],
                added_hour=(told["price"] - base["price"]) / more if more >= 1 else None,
                same_money=same_money(
                    base["price"], [_point(found, name(minutes, cut), money) for cut in (0, *CUTS)]
                ),
            )
        )
    return curve


def same_money(budget: float, points: Sequence[tuple[float, float]]) -> float | None:
    """Visits that the budget buys, on straight lines between (price, visits) of ever deeper cuts; None where even the
    deepest costs more. Where the first costs no more than the budget, all of its visits."""
    if points[0][0] <= budget:
        return points[0][1]
    for (dear, many), (cheap, few) in pairwise(points):
        if cheap <= budget <= dear:
            return few + (many - few) * (budget - cheap) / (dear - cheap)
    return None


def _point(found: Results, scenario: str, reading: Reading) -> tuple[float, float]:
    counts = found.mean(scenario, reading)
    return measures(counts)["price"], counts["planned_visits"]


def _formula_today(found: Results, reading: Reading) -> float:
    base = found.mean(BASE, reading)
    return predicted(base, base)
