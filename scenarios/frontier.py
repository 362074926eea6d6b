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
from scenarios.results.counts import Counts
from scenarios.results.formula import predicted
from scenarios.run.jobs import Reading
from scheduler.errors import DomainError
from scheduler.units import HOUR

CUTS = (10, 20)
"""Per cent of ordered time that are dropped to find what the same money buys; between them is a straight line."""
LEAST, MOST = 10, 120


@dataclass(frozen=True, slots=True)
class Step:
    """One minimum length. Money is pounds and hours are those of the planned period. `break_even` is the rate
    an ordered hour at which cost and surplus are covered (None: nothing that was ordered is given); `added_hour` what
    each hour of care more than today costs (None: no more care, or the price is not clearly higher); `same_money` how
    many visits of today's money could be planned (None: not reached by the cuts)."""

    minutes: int
    contact_hours: float
    unallocated_hours: float
    further_hours: float
    further_at_once: float
    price: float
    formula: float
    break_even: float | None
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
    base = found.mean(BASE, money)
    curve = []
    for minutes in sorted(floors):
        counts = found.mean(name(minutes), money)
        ordered = counts["ordered_minutes"] / HOUR
        curve.append(
            Step(
                minutes=minutes,
                contact_hours=counts["contact_minutes"] / HOUR,
                unallocated_hours=found.mean(name(minutes), today)["unallocated_minutes"] / HOUR,
                further_hours=counts["bank_minutes"] / HOUR,
                further_at_once=counts["bank_at_once"],
                price=_pounds(counts),
                formula=_pounds(base) + (predicted(base, counts) - predicted(base, base)) / 100,
                break_even=_pounds(counts) / ordered if ordered else None,
                added_hour=_added_hour(found, name(minutes), money),
                same_money=same_money(
                    _pounds(base), [_point(found, name(minutes, cut), money) for cut in (0, *CUTS)]
                ),
            )
        )
    return curve


def _pounds(counts: Counts) -> float:
    """The price of the period."""
    return counts["price_pence"] / 100


def _added_hour(found: Results, scenario: str, reading: Reading) -> float | None:
    """Pounds for each hour of care more than today; None where the hours are too few to tell, or not clearly dearer."""
    base, counts = found.mean(BASE, reading), found.mean(scenario, reading)
    more = (counts["contact_minutes"] - base["contact_minutes"]) / HOUR
    dearer = found.value("price", scenario, reading).more
    return (_pounds(counts) - _pounds(base)) / more if dearer and more >= 1 else None


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
    return _pounds(counts), counts["planned_visits"]
