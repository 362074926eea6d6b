"""What visits of each length cost: every pound of the week put down to the visit that caused it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from scheduler.pay import counted, minute_cost, premium_days
from scheduler.problem import Problem
from scheduler.rota import Leg, Rota
from scheduler.rounds import Round, rounds
from scheduler.uk import figure
from scheduler.units import HOUR, SIXTIETHS, mileage

MARGIN = "cost.margin_percent"


def margin(problem: Problem) -> float:
    """The surplus that a price holds, as a share of it."""
    return figure(MARGIN, problem.start).value / 100


def by_length(
    rota: Rota, problem: Problem, money: float, lengths: Sequence[int], band: Callable[[int], int]
) -> dict[int, float]:
    """Length -> pence that its visits cost together, running costs and surplus included; `money` is all that leaves the
    agency for the rota, in pence.

    The length is that of the visit: who helps with a part of it only, and leaves early, counts with who stays. A visit
    bears its own minutes, the way to it and the wait before it as far as they are paid, and the miles of the
    way. What is left of the money (contracted hours that nobody worked) is spread over all minutes with clients.
    """
    found = dict.fromkeys(lengths, 0.0)
    contact = dict.fromkeys(lengths, 0)
    for work in rounds(rota, problem):
        for leg, amount in _stops(work, problem):
            length = band(rota.of_visit(leg.visit)[0].minutes)
            found[length] += amount / SIXTIETHS
            contact[length] += leg.minutes
    idle, total = money - sum(found.values()), sum(contact.values())
    for length in lengths:
        found[length] += idle * contact[length] / total if total else 0.0
        found[length] += contact[length] * problem.settings.running_cost / HOUR
        found[length] /= 1 - margin(problem)
    return found


def _stops(work: Round, problem: Problem) -> list[tuple[Leg, int]]:
    """(leg, cost in sixtieths of a penny) of each stop of a round."""
    terms = counted(work.carer.pay.basis, problem.settings)
    per_minute = minute_cost(work.carer, problem.settings, work.day in premium_days(problem))
    found = []
    for stop in work.stops:
        way = (stop.travel if terms.travel else 0) + min(stop.waiting, terms.waiting_cap)
        pence = (stop.leg.minutes + way) * per_minute + mileage(stop.metres, work.carer.pay.mileage)
        found.append((stop.leg, pence))
    return found
