"""Small random problems with edges on purpose: everything that a rule looks at occurs, often only just.

`a_random_problem(seed)` is a few days of a few people on the flat grid of `builders`. Chances are high and times round,
so that limits are met to the minute more often than in life.
"""

from __future__ import annotations

from itertools import pairwise
from random import Random
from typing import Any

from scheduler.domain import (
    Carer,
    Client,
    Link,
    PastVisit,
    PayBasis,
    PayTerms,
    Purpose,
    Relation,
    Shift,
    Tie,
    Visit,
)
from scheduler.problem import Problem
from scheduler.settings import Policy
from scheduler.units import DAY, HOUR
from tests.builders import a_carer, a_client, a_past_visit, a_problem, a_shift, a_visit, some_settings

STARTS = [
    7 * HOUR + 30,
    8 * HOUR,
    9 * HOUR,
    12 * HOUR,
    13 * HOUR,
    16 * HOUR + 30,
    19 * HOUR,
    20 * HOUR,
    21 * HOUR,
]


def a_random_problem(
    seed: int, clients: int = 4, carers: int = 4, days: int = 3, visits: int = 14, **changes: Any
) -> Problem:
    """A problem that belongs to the seed; `changes` are parts of `builders.a_problem` to set instead."""
    dice = Random(seed)
    people = [_client(dice, i) for i in range(clients)]
    staff = [_carer(dice, i) for i in range(carers)]
    asked = [_visit(dice, i, dice.choice(people), days) for i in range(visits)]
    given: dict[str, Any] = {
        "visits": asked,
        "carers": staff,
        "clients": people,
        "shifts": [shift for carer in staff for day in range(days) for shift in _shifts(dice, carer, day)],
        "days": days,
        "links": tuple(_links(dice, asked)),
        "ties": tuple(_ties(dice, people, staff)),
        "history": tuple(_history(dice, people, staff)),
        "settings": some_settings(
            policy=dice.choice(list(Policy)),
            tasks_enforced=dice.random() < 0.3,
            waiting_cap=dice.choice([0, 30, 60]),
            break_after=dice.choice([4, 6]) * HOUR,
            daily_rest=dice.choice([9, 11]) * HOUR,
            weekly_rest=dice.choice([0, 24, 40]) * HOUR,
        ),
    }
    return a_problem(**{**given, **changes})


def _client(dice: Random, i: int) -> Client:
    return a_client(
        f"client{i}",
        dice.randint(0, 12),
        dice.randint(0, 12),
        interests=frozenset(dice.sample(["chess", "rugby", "choir"], dice.randint(0, 2))),
        languages=frozenset(dice.sample(["Welsh", "Polish"], dice.randint(0, 1))),
        care_gender=dice.choice(["", "", "", "female", "male"]),
        funding=dice.choice(["council", "self", "isf"]),
        max_carers=dice.choice([None, None, 1, 2]),
        wider_package=dice.choice([None, True, True, False]),
        plan_from=dice.choice([None, -10]),
    )


def _carer(dice: Random, i: int) -> Carer:
    contracted = dice.choice([0, 0, 300, 600])
    return a_carer(
        f"carer{i}",
        dice.randint(0, 12),
        dice.randint(0, 12),
        mode=dice.choice(["car", "car", "car", "bicycle", "foot"]),
        skills=frozenset(dice.sample(["hoist", "medication"], dice.randint(1, 2))),
        interests=frozenset(dice.sample(["chess", "rugby", "choir"], dice.randint(0, 2))),
        languages=frozenset(dice.sample(["Welsh", "Polish"], dice.randint(0, 1))),
        gender=dice.choice(["female", "female", "male"]),
        contracted=contracted,
        most=dice.choice([None, None, contracted + 120]),
        wished=dice.choice([None, 200, 500]),
        opt_out=dice.random() < 0.2,
        young=dice.random() < 0.15,
        pay=PayTerms(
            basis=dice.choice(list(PayBasis)),
            hourly=dice.choice([0, 1271, 1345]),
            mileage=dice.choice([0, 35, 45]),
            weekend_extra=dice.choice([0, 100]),
        ),
    )


def _visit(dice: Random, i: int, client: Client, days: int) -> Visit:
    minutes = dice.choice([15, 20, 30, 45, 60])
    double = dice.random() < 0.25
    slack = dice.choice([0, 15, 30, 60])
    start = dice.randrange(days) * DAY + dice.choice(STARTS)
    locked = dice.random() < 0.07
    return a_visit(
        f"visit{i}",
        start,
        client.id,
        minutes,
        slack,
        skills=frozenset(dice.sample(["hoist", "medication"], 1)) if dice.random() < 0.4 else frozenset(),
        carers=2 if double else 1,
        together=dice.choice([0, 0, 10, 15]) if double else 0,
        needed=dice.choice([0, minutes - 5, minutes, minutes + 10]),
        personal_care=dice.random() < 0.6,
        time_critical=dice.random() < 0.2,
        purpose=dice.choice(list(Purpose)),
        short_agreed=dice.random() < 0.5,
        priority=dice.randint(1, 5),
        fixed_start=start + dice.choice([-slack, 0, slack]) if locked else None,
        fixed_carers=(f"carer{dice.randrange(2)}",) if dice.random() < 0.07 else (),
    )


def _shifts(dice: Random, carer: Carer, day: int) -> list[Shift]:
    spells = dice.choice(
        [
            [],
            [(7 * HOUR, 14 * HOUR)],
            [(7 * HOUR, 13 * HOUR), (16 * HOUR, 22 * HOUR)],
            [(7 * HOUR, 12 * HOUR), (12 * HOUR + 20, 20 * HOUR)],
            [(14 * HOUR, 22 * HOUR)],
            [(7 * HOUR, 22 * HOUR)],
        ]
    )
    return [a_shift(carer.id, day * DAY + start, day * DAY + end) for start, end in spells]


def _links(dice: Random, visits: list[Visit]) -> list[Link]:
    links = []
    for first, second in pairwise(visits):
        if first.client != second.client or first.preferred >= second.preferred or dice.random() < 0.3:
            continue
        apart = second.preferred - first.preferred
        links.append(
            Link(
                first.id,
                second.id,
                at_least=max(0, apart - 10) if dice.random() < 0.6 else None,
                at_most=apart + 10,
                offset=dice.choice([0, 0, first.commissioned]),
            )
        )
    return links


def _ties(dice: Random, clients: list[Client], carers: list[Carer]) -> list[Tie]:
    kinds = [Relation.PREFER, Relation.PREFER, Relation.NEVER, Relation.ONLY]
    return [
        Tie(client.id, carer.id, dice.choice(kinds))
        for client in clients
        for carer in carers
        if dice.random() < 0.15
    ]


def _history(dice: Random, clients: list[Client], carers: list[Carer]) -> list[PastVisit]:
    return [
        a_past_visit(client.id, carer.id, -dice.choice([1, 3, 9, 12, 20]) * DAY + dice.choice(STARTS))
        for client in clients
        for carer in carers
        if dice.random() < 0.4
    ]
