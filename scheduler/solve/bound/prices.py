"""What each day of a rota costs by that part of the prices that a bound speaks of (see `day`)."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

from scheduler.rota import Leg, Rota
from scheduler.solve.bound.day import leg_cost, start_price, waiting_rate
from scheduler.solve.model import Model


def day_prices(model: Model, rota: Rota) -> list[int]:
    """By day, sixtieths of a penny. The rota must keep the hard rules: legs outside every shift are not looked at."""
    problem = model.problem
    prices = [0] * problem.days
    for v, visit in enumerate(problem.visits):
        legs = rota.of_visit(visit.id)
        prices[model.day[v]] += start_price(model, v, legs[0].start) if legs else int(model.unallocated[v])
    for (carer, day, _), round in _rounds(model, rota).items():
        prices[day] += _round_price(model, carer, day, round)
    return prices


def _rounds(model: Model, rota: Rota) -> dict[tuple[int, int, int], list[Leg]]:
    """(carer, day, start of the shift) -> the legs in it, by start."""
    found: dict[tuple[int, int, int], list[Leg]] = defaultdict(list)
    for carer, day, begin, end in model.shifts:
        for leg in rota.legs_by_carer.get(model.problem.carers[carer].id, ()):
            if begin <= leg.start < end:
                found[carer, day, begin].append(leg)
    return found


def _round_price(model: Model, carer: int, day: int, legs: list[Leg]) -> int:
    contact, travel, _ = (int(rate) for rate in model.pay_rates[carer, day])
    waiting = waiting_rate(model, carer, day)
    minutes, home = model.matrices[model.mode[carer]], len(model.problem.clients) + carer
    visits = [model.problem.visit_index[leg.visit] for leg in legs]
    places = [int(model.client[v]) for v in visits]
    price = sum(
        contact * leg.minutes + int(model.charges[v, carer]) for leg, v in zip(legs, visits, strict=True)
    )
    price += int(model.home_price[carer]) * int(minutes[home, places[0]] + minutes[places[-1], home])
    cost = leg_cost(model, carer)
    for (a, b), (x, y) in zip(pairwise(legs), pairwise(places), strict=True):
        way = int(minutes[x, y])
        gap = b.start - a.end - way
        price += travel * way + int(cost[x, y]) + waiting * min(gap, int(model.pay_cap[carer]))
    return price
