"""A made-up agency's week of any size, with a rota that a hurried coordinator might have made: good enough to look
at, with everything in it that a report must be able to say. No person in it exists."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

from scheduler.domain import (
    Carer,
    Client,
    PastVisit,
    PayBasis,
    PayTerms,
    Place,
    Purpose,
    Relation,
    Shift,
    Tie,
    Visit,
)
from scheduler.problem import Problem
from scheduler.rota import Leg, Rota
from scheduler.settings import default_settings
from scheduler.travel.straight_line import StraightLine
from scheduler.units import DAY, HOUR
from tests.builders import MONDAY

FIRST = "Ada Bryn Cara Dewi Elin Fflur Gwen Huw Ivy Jac Kofi Lowri Mina Nia Owen Priya Rhys Sian Tomos Una".split()
LAST = "Ashgrove Bellwood Carrow Dunmere Elmfield Fernley Greystone Hollins Ivorby Larkhill Merewood Nettleby".split()
PARTS = (
    ("morning", 8 * HOUR + 30),
    ("lunch", 12 * HOUR + 30),
    ("tea", 16 * HOUR + 30),
    ("bed", 20 * HOUR + 30),
)
LENGTHS = (15, 30, 30, 30, 30, 45, 45, 60)
TASKS = {
    15: ("medication prompt",),
    30: ("wash", "dress"),
    45: ("shower", "dress", "breakfast"),
    60: ("shower", "meal"),
}
NEWPORT = (51.585, -2.99)


def a_week(clients: int = 60, carers: int = 20, days: int = 7, seed: int = 1) -> tuple[Rota, Problem]:
    """So many clients with one to four visits a day, so many carers in two spells a day, and a rota."""
    chance = random.Random(seed)
    people = [_client(i, chance) for i in range(clients)]
    workers = [_carer(i, chance) for i in range(carers)]
    visits = [visit for client in people for visit in _visits(client, days, chance)]
    shifts = [shift for carer in workers for day in range(days) for shift in _shifts(carer.id, day, chance)]
    settings = default_settings(MONDAY)
    places = [client.place for client in people] + [carer.home for carer in workers]
    travel = {mode: StraightLine(settings.modes).matrix(places, mode) for mode in settings.modes}
    problem = Problem(
        start=MONDAY,
        days=days,
        settings=settings,
        clients=tuple(people),
        carers=tuple(workers),
        visits=tuple(visits),
        shifts=tuple(shifts),
        travel=travel,
        ties=(Tie(people[0].id, workers[0].id, Relation.PREFER, "speaks Welsh with her", "2026-01-05"),),
        history=tuple(_history(people, workers, chance)),
    )
    return _rota(problem), problem


def _name(i: int) -> str:
    return f"{FIRST[i % len(FIRST)]} {LAST[(i * 7 + i // len(FIRST)) % len(LAST)]}"


def _place(chance: random.Random, spread: float = 0.028) -> Place:
    lat, lon = chance.gauss(NEWPORT[0], spread * 0.6), chance.gauss(NEWPORT[1], spread)
    district = "NP19" if lon > NEWPORT[1] else "NP20"
    return Place(round(lat, 5), round(lon, 5), f"{district} {chance.randint(0, 9)}AA")


def _client(i: int, chance: random.Random) -> Client:
    return Client(
        id=f"C{i:03d}",
        name=_name(i),
        place=_place(chance),
        interests=frozenset(chance.sample(["gardening", "rugby", "choir", "chess"], 2)),
        has_advocate=chance.random() < 0.8,
        funding=chance.choice(["council", "council", "council", "isf", "self"]),
    )


def _carer(i: int, chance: random.Random) -> Carer:
    return Carer(
        id=f"K{i:02d}",
        name=_name(i + 300),
        home=_place(chance, 0.04),
        mode="foot" if i % 6 == 5 else "car",
        interests=frozenset(chance.sample(["gardening", "rugby", "choir", "chess"], 2)),
        gender="male" if i % 5 == 4 else "female",
        contracted=chance.choice([0, 16, 25, 30]) * HOUR,
        pay=PayTerms(
            basis=PayBasis.CONTACT if i % 7 == 6 else PayBasis.CONTACT_TRAVEL,
            hourly=1300 + 10 * (i % 5),
            mileage=30,
        ),
    )


def _visits(client: Client, days: int, chance: random.Random) -> list[Visit]:
    double = chance.random() < 0.1
    parts = chance.choices([PARTS[:1], PARTS[::3], PARTS[:3], PARTS], [25, 22, 18, 35])[0]
    made = []
    for part, usual in parts:
        minutes, wished = chance.choice(LENGTHS), usual + 15 * chance.randint(-6, 6)
        for day in range(days):
            start = day * DAY + wished
            made.append(
                Visit(
                    id=f"{client.id}-{day}-{part}",
                    client=client.id,
                    day=day,
                    earliest=start - 30,
                    latest=start + 30,
                    preferred=start,
                    commissioned=minutes,
                    tasks=TASKS[minutes],
                    carers=2 if double else 1,
                    time_critical=chance.random() < 0.1,
                    purpose=Purpose.TIME_LIMITED if minutes == 15 else Purpose.CARE,
                    part=part,
                )
            )
    return made


def _shifts(carer: str, day: int, chance: random.Random) -> list[Shift]:
    if chance.random() < 0.25:
        return []
    spells = [(7, 14), (16, 22)] if chance.random() < 0.5 else [chance.choice([(7, 15), (14, 22)])]
    return [Shift(carer, day, day * DAY + a * HOUR, day * DAY + b * HOUR) for a, b in spells]


def _history(clients: list[Client], carers: list[Carer], chance: random.Random) -> list[PastVisit]:
    return [
        PastVisit(client.id, carer.id, -day * DAY + 9 * HOUR, 30)
        for client in clients
        for day, carer in enumerate(chance.choices(chance.sample(carers, min(4, len(carers))), k=7), start=1)
    ]


def _rota(problem: Problem) -> Rota:
    """Each visit in turn to the carer who knows the client best among those who can be there in time."""
    ends: dict[str, tuple[int, int]] = {}
    known: dict[str, Counter[str]] = {c: Counter(carers) for c, carers in problem.past_visits.items()}
    legs: list[Leg] = []
    for visit in sorted(problem.visits, key=lambda v: (v.preferred, v.id)):
        at = problem.place_of_client(visit.client)
        free: list[tuple[int, str, int]] = []
        for carer in problem.carers:
            end, place = ends.get(carer.id, (0, problem.home_of(carer.id)))
            minutes = problem.travel[carer.mode].minutes
            for shift in problem.shifts_of(carer.id):
                start = max(visit.earliest, shift.start, end + int(minutes[place, at]))
                if start <= visit.latest and start + visit.commissioned <= shift.end:
                    rank = int(minutes[place, at]) + max(0, start - visit.preferred)
                    free.append((rank - 12 * min(known[visit.client][carer.id], 3), carer.id, start))
                    break
        free.sort()
        if len(free) < visit.carers:
            continue
        team = free[: visit.carers]
        start = max(start for _, _, start in team)
        for i, (_, carer_id, _) in enumerate(team):
            legs.append(Leg(start, carer_id, visit.id, visit.commissioned, second=i > 0))
            ends[carer_id] = (start + visit.commissioned, at)
            known[visit.client][carer_id] += 1
    return Rota(problem.start, problem.days, tuple(legs))


ATTACK = "</script><script>alert('x')</script><img src=x onerror=alert(1)> & {{ 7*7 }} $\\frac$"


def hostile_week() -> tuple[Rota, Problem]:
    """A small week in which every text that people type is an attack, on HTML, on templates or on spreadsheets."""
    rota, problem = a_week(clients=6, carers=2, seed=5)
    clients = tuple(
        replace(c, name=f"{ATTACK} {i}", place=replace(c.place, label=f'"><b>{ATTACK}'), wishes=ATTACK)
        for i, c in enumerate(problem.clients)
    )
    carers = tuple(
        replace(c, name=("=HYPERLINK(1)", "@" + ATTACK)[i], home=replace(c.home, label=ATTACK))
        for i, c in enumerate(problem.carers)
    )
    visits = tuple(replace(v, tasks=(ATTACK, "+1")) for v in problem.visits)
    settings = replace(problem.settings, agency=ATTACK)
    return rota, problem.replace(
        clients=clients, carers=carers, visits=visits, settings=settings, travel_source=ATTACK
    )
