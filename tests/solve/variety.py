"""Small random problems for the solver: those of `tests.random_problems`, and what they leave out.

`a_varied_problem(seed)` adds one-way hills (a journey and its way back take different times), weekends (premium pay),
a second week, days full to the brim, strict working times, carers who have left, a rota that clients were told of, and
prices that the agency changed, so that no price is a round multiple of another; and, where the seed chooses a shape,
now and then rush hours (those who ask CP-SAT, which does not know them, choose their own shape).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from datetime import date
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scheduler.domain import Carer, Link, PastVisit, Promise, Visit
from scheduler.funds import Fund, FundPrice
from scheduler.problem import Problem
from scheduler.rules import RULES
from scheduler.settings import Rise
from scheduler.travel.base import Matrix
from scheduler.units import DAY, HOUR
from tests.random_problems import a_random_problem

FRIDAY, SATURDAY = date(2026, 11, 6), date(2026, 11, 7)
SHAPES: tuple[dict[str, Any], ...] = (
    {},
    {"start": SATURDAY, "days": 2, "visits": 16, "carers": 3},
    {"start": FRIDAY, "days": 9, "visits": 30, "clients": 3, "carers": 3},
    {"days": 1, "visits": 18, "clients": 3, "carers": 2},
)

MANY_FACES: dict[str, Any] = {"days": 7, "visits": 14, "clients": 2, "carers": 8}
"""Carers enough for far more of them than anybody was promised."""


def a_varied_problem(seed: int, **changes: Any) -> Problem:
    """A problem that belongs to the seed. `changes` go to `a_random_problem`; without any the seed chooses a shape."""
    dice = Random(seed)
    shape = MANY_FACES if seed % 13 == 12 else SHAPES[seed % len(SHAPES)]
    problem = a_random_problem(seed, **(changes or shape))
    settings = dataclasses.replace(
        problem.settings,
        prices=_prices(dice) if dice.random() < 0.5 else {},
        told_tolerance=dice.choice([0, 15, 30]),
    )
    if dice.random() < 0.5:
        settings = dataclasses.replace(settings, **_strict(dice))
    settings = dataclasses.replace(settings, **_pay(Random(f"pay {seed}")))
    settings = dataclasses.replace(settings, isf_kept=Random(f"held {seed}").random() < 0.3)
    today = Random(f"today {seed}")
    settings = dataclasses.replace(
        settings,
        short_notice=today.choice([0, 6, 24]) * HOUR,
        short_notice_percent=today.choice([0, 50, 100]),
    )
    varied = problem.replace(
        settings=settings,
        travel=_hilly(dice, problem.travel),
        carers=tuple(_carer(dice, carer) for carer in problem.carers),
        visits=tuple(_visit(dice, visit) for visit in problem.visits),
        links=tuple(_link(dice, link) for link in problem.links),
        history=(*problem.history, *_gone(dice, problem)),
        published=tuple(_promises(dice, problem)) if dice.random() < 0.5 else (),
        funds=tuple(_funds(Random(f"funds {seed}"), problem)),
        now=today.choice([None, 8 * HOUR, 10 * HOUR]),
    )
    busy = Random(f"rush {seed}")
    return in_rush(varied, busy) if not changes and busy.random() < 0.4 else varied


def in_rush(problem: Problem, dice: Random) -> Problem:
    """The problem with rush hours around the times at which visits begin and end, short ones and steep ones too."""
    hours = (
        (8 * HOUR + 10, 9 * HOUR + 5),
        (12 * HOUR + 20, 12 * HOUR + 27),
        (16 * HOUR + 30, 20 * HOUR + 15),
    )
    return problem.replace(
        settings=dataclasses.replace(problem.settings, rush_hours=hours),
        travel={
            mode: Matrix(travel.minutes, travel.metres, _slower(travel.minutes, dice))
            for mode, travel in problem.travel.items()
        },
    )


def calm(problem: Problem) -> Problem:
    """The problem without rush hours: for those who do not know them."""
    travel = {mode: Matrix(matrix.minutes, matrix.metres) for mode, matrix in problem.travel.items()}
    return problem.replace(travel=travel)


def _slower(minutes: NDArray[np.int32], dice: Random) -> NDArray[np.int32]:
    factor = dice.choice([1.0, 1.3, 2.5])
    slower: NDArray[np.int32] = np.ceil(minutes * factor).astype(np.int32)
    return slower


def _funds(dice: Random, problem: Problem) -> Iterator[Fund]:
    """Funds that pay for hardly anything up to all that is asked for, to the penny now and then."""
    for client in problem.clients:
        prices = (FundPrice(30, 1600, 1800, 2400), FundPrice(60, 3000, 3300, 4500, 2500))
        fund = Fund(
            client.id, dice.choice([3000, 4600, 12_000, 40_000]), fee=dice.choice([0, 100]), prices=prices
        )
        if client.funding == "isf":
            yield fund


def _carer(dice: Random, carer: Carer) -> Carer:
    """Of one in five nobody wrote down the gender."""
    return dataclasses.replace(carer, gender="" if dice.random() < 0.2 else carer.gender)


def _visit(dice: Random, visit: Visit) -> Visit:
    """Some ask for both skills; some double-ups are locked to both carers."""
    if dice.random() < 0.1:
        return dataclasses.replace(visit, skills=frozenset({"hoist", "medication"}))
    if visit.carers == 2 and dice.random() < 0.1:
        return dataclasses.replace(visit, fixed_carers=("carer1", "carer0"))
    return visit


def _link(dice: Random, link: Link) -> Link:
    """Some have no upper end."""
    return dataclasses.replace(link, at_most=None) if link.at_least and dice.random() < 0.3 else link


def _gone(dice: Random, problem: Problem) -> list[PastVisit]:
    """Visits by people who have left since: they count among a client's recent carers all the same."""
    return [
        PastVisit(client.id, f"gone{i}", -dice.choice([1, 5, 10]) * DAY + 9 * HOUR)
        for client in problem.clients
        for i in range(dice.choice([0, 0, 1, 2]))
    ]


def _promises(dice: Random, problem: Problem) -> Iterator[Promise]:
    """What clients were told of most visits, and of one that has gone: often by a carer or at a time that cannot be."""
    staff = [*(carer.id for carer in problem.carers), "gone0"]
    for visit in problem.visits:
        if dice.random() < 0.7:
            start = dice.choice([visit.earliest, visit.preferred, visit.latest, visit.latest + 30])
            yield Promise(visit.id, start, tuple(dice.sample(staff, min(visit.carers, len(staff)))))
    yield Promise("cancelled", 600, ("carer0",))


def _strict(dice: Random) -> dict[str, Any]:
    """Working time limits that even a short or quiet period runs into."""
    return {
        "break_after": dice.choice([2, 3]) * HOUR,
        "break_minutes": dice.choice([15, 20, 40]),
        "young_break_after": dice.choice([2, 3]) * HOUR,
        "daily_rest": dice.choice([12, 13, 15]) * HOUR,
        "weekly_rest": dice.choice([40, 55, 70, 85]) * HOUR,
        "weekly_limit": dice.choice([4, 6, 9]) * HOUR,
        "young_weekly_limit": dice.choice([4, 6]) * HOUR,
    }


def _pay(dice: Random) -> dict[str, Any]:
    """Pay periods of a week, of two, and of a month; a minimum wage that rises; miles that nobody pays back."""
    return {
        "pay_period_weeks": dice.choice([1, 1, 2]),
        "pay_monthly": dice.random() < 0.2,
        "mile_costs": dice.choice([{}, {"car": 40, "bicycle": 3}]),
        "minimum_wage": dice.choice([1200, 1271]),
        "rises": dice.choice([(), (Rise("minimum_wage", date(2026, 11, 10), 1301),)]),
    }


def _prices(dice: Random) -> dict[str, int]:
    """Every price changed to an odd one near its default; one in ten is nothing."""
    return {
        price.name: 0 if dice.random() < 0.1 else max(1, int(price.pence * dice.uniform(0.5, 2.0)))
        for rule in RULES
        for price in rule.prices
    }


def _hilly(dice: Random, travel: Mapping[str, Matrix]) -> dict[str, Matrix]:
    """The same journeys, where going up takes longer and is longer: no detour ever saves time."""
    size = next(iter(travel.values())).minutes.shape[0]
    height = np.array([dice.choice([0, 0, 2, 5]) for _ in range(size)], dtype=np.int32)
    climb = np.maximum(height[None, :] - height[:, None], 0).astype(np.int32)
    return {
        mode: Matrix(minutes=matrix.minutes + climb, metres=matrix.metres + 137 * climb)
        for mode, matrix in travel.items()
    }
