"""As many carers as it takes: made-up bank carers beside today's, so dear while the week is planned that the solver
takes them only for what nobody else can do. So it is the solver that says how many hours are missing, when, where, and
with which skills; what they cost is counted afterwards, at what a bank carer is paid."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from scenarios.changes.base import chosen
from scenarios.changes.edit import with_people
from scheduler.domain import GENDERS, Carer, PayTerms, Shift
from scheduler.problem import Problem
from scheduler.rota import Leg, Rota
from scheduler.rounds import rounds
from scheduler.uk import figure
from scheduler.units import DAY, HOUR, WEEKDAYS

PREFIX = "scenario-bank-"
"""Of their ids: no agency calls a carer so."""
PREMIUM = "bank.premium_percent"
"""The figure that says how much more than the agency's rate a bank carer is paid."""
PLANNED_AT = 10_000
"""Pence an hour at which the search sees a bank carer: half an hour costs more than any comfort (a familiar face, a
shorter way) is worth, and less than leaving a visit of the lowest priority unallocated."""
NO_SKILL = "no special skill"
SPARE = 6
PARTS = ((11 * HOUR, "morning"), (15 * HOUR, "lunch"), (18 * HOUR, "tea"), (DAY, "evening"))
"""End of each part of the day, and its name."""


def with_bank(problem: Problem) -> Problem:
    """The problem with bank carers: as mobile as most carers of today, women and men in turn, with every skill that a
    visit asks for, free all day every day within the law on hours and rest. A third of today's number and six more:
    whoever is not needed is not used, and `Need.enough` says whether anybody was left over. They are paid PLANNED_AT;
    see `at_true_pay`.

    They know nobody, so under NICE and in Wales a short visit by one of them takes the full minimum; that is what new
    staff mean in their first week, and the report says so.
    """
    if not problem.visits or not problem.carers:
        return problem
    skills = frozenset().union(*(visit.skills for visit in problem.visits))
    first = min(visit.earliest % DAY for visit in problem.visits)
    last = min(max(visit.latest % DAY + visit.commissioned for visit in problem.visits) + HOUR, DAY)
    number = len(problem.carers) // 3 + SPARE
    homes = _homes(problem, number)
    mode = Counter(carer.mode for carer in problem.carers).most_common(1)[0][0]
    staff = [
        Carer(
            id=f"{PREFIX}{i + 1}",
            name=f"Bank carer {i + 1}",
            home=problem.client(home).place,
            mode=mode,
            skills=skills,
            gender=GENDERS[i % 2],
            pay=replace(_terms(problem), hourly=PLANNED_AT),
        )
        for i, home in enumerate(homes)
    ]
    shifts = [
        Shift(carer.id, day, day * DAY + first, day * DAY + last)
        for carer in staff
        for day in range(problem.days)
    ]
    return with_people(
        problem, problem.clients, (*problem.carers, *staff), problem.visits,
        (*problem.shifts, *shifts), lives_with={c.id: home for c, home in zip(staff, homes, strict=True)},
    )  # fmt: skip


def at_true_pay(problem: Problem, today: Problem) -> Problem:
    """The same problem with bank carers at what they are really paid: the terms of `today` with the bank's premium."""
    if not problem.carers or len(problem.carers) == len(today.carers):
        return problem
    terms = _terms(today)
    return problem.replace(
        carers=tuple(replace(c, pay=terms) if is_bank(c.id) else c for c in problem.carers)
    )


def is_bank(carer: str) -> bool:
    """Is this the id of a bank carer?"""
    return carer.startswith(PREFIX)


def _homes(problem: Problem, number: int) -> list[str]:
    """Clients whose homes the bank carers start from, all over the area: their way there is not paid."""
    ids = [client.id for client in problem.clients]
    order = sorted(chosen(ids, min(1.0, number / len(ids)), PREFIX))
    return [order[i % len(order)] for i in range(number)]


def _terms(problem: Problem) -> PayTerms:
    """The agency's usual terms, with the bank's premium on its best rate."""
    premium = figure(PREMIUM, problem.start).value
    rate = max(carer.pay.hourly or problem.settings.hourly for carer in problem.carers)
    return PayTerms(
        basis=Counter(carer.pay.basis for carer in problem.carers).most_common(1)[0][0],
        hourly=round(rate * (100 + premium) / 100),
        mileage=Counter(carer.pay.mileage for carer in problem.carers).most_common(1)[0][0],
    )


@dataclass(frozen=True)
class Need:
    """What the bank carers of a rota do. Minutes are paid minutes (contact, and as the terms say travel and waiting);
    `at_once` is the largest number of them out at one moment."""

    carers: int
    minutes: int
    at_once: int
    enough: bool
    by_time: dict[str, int]
    by_area: dict[str, int]
    by_skill: dict[str, int]


def need(rota: Rota, problem: Problem) -> Need:
    """How many more hours or people, of which skills, where and when. `by_time` ('Mon morning'), `by_area` and
    `by_skill` are minutes with clients; a visit that asks for two skills counts under both."""
    legs = [leg for leg in rota.legs if is_bank(leg.carer)]
    times: Counter[str] = Counter()
    areas: Counter[str] = Counter()
    skills: Counter[str] = Counter()
    for leg in legs:
        visit = problem.visit(leg.visit)
        times[f"{WEEKDAYS[problem.date_of(visit.day).weekday()]} {_part(leg.start)}"] += leg.minutes
        areas[problem.client(visit.client).area or "not recorded"] += leg.minutes
        for skill in visit.skills or (NO_SKILL,):
            skills[skill] += leg.minutes
    used = {leg.carer for leg in legs}
    there = [carer.id for carer in problem.carers if is_bank(carer.id)]
    work = [r for r in rounds(rota, problem) if is_bank(r.carer.id)]
    return Need(
        carers=len(used),
        minutes=sum(r.contact + r.travel + r.counted_waiting(problem.settings.waiting_cap) for r in work),
        at_once=_at_once(legs),
        enough=len(used) < len(there) or not there,
        by_time=dict(times),
        by_area=dict(sorted(areas.items())),
        by_skill=dict(sorted(skills.items())),
    )


def _part(minute: int) -> str:
    return next(name for end, name in PARTS if minute % DAY < end)


def _at_once(legs: Sequence[Leg]) -> int:
    """The most visits going on at one moment; an end comes before a start of the same minute."""
    events = sorted([(leg.start, 1) for leg in legs] + [(leg.end, -1) for leg in legs])
    now = most = 0
    for _, step in events:
        now += step
        most = max(most, now)
    return most
