"""Small things to test with, on a flat grid, so that every number can be worked out on paper.

The week starts on Monday 2 November 2026. A time is a clock time ("08:30" on Monday, "Tue 08:30") or a minute
of the period. A place is a point `at(x, y)`: the journey between two points takes |dx| + |dy| minutes by car,
twice that by bicycle, four times on foot, and is 1,000 x (|dx| + |dy|) metres long by any mode. Unless a test
says otherwise everybody lives at (0, 0), no minimum length is promised, and carers can be planned round the clock.

    problem = a_problem([a_visit("lunch", "12:00", client="mary")], [a_carer("aled")])
    rota = a_rota(a_leg("lunch", "aled", "12:00"))
    assert found(VisitWindow(), rota, problem) == []
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, cast

import numpy as np

from scheduler.domain import Carer, Client, PastVisit, Place, Shift, Visit
from scheduler.problem import Problem
from scheduler.rota import Leg, Rota
from scheduler.rules.base import Finding, Rule, Verbs
from scheduler.settings import Policy, Settings
from scheduler.travel.base import Matrix
from scheduler.units import DAY, HOUR, WEEKDAYS

MONDAY = date(2026, 11, 2)
SLOWER = {"car": 1, "motorcycle": 1, "bicycle": 2, "foot": 4}
When = str | int


def minute(when: When) -> int:
    """'08:30' (Monday), 'Tue 08:30' or a minute of the period -> minute of the period."""
    if isinstance(when, int):
        return when
    *weekday, clock = when.split()
    hour, past = clock.split(":")
    return (WEEKDAYS.index(weekday[0]) if weekday else 0) * DAY + int(hour) * HOUR + int(past)


def at(x: int = 0, y: int = 0) -> Place:
    """A point of the grid, in minutes by car from (0, 0)."""
    return Place(lat=x, lon=y, label=f"({x}, {y})")


def a_client(id: str = "mary", x: int = 0, y: int = 0, **changes: Any) -> Client:
    """A council-funded woman without wishes, called as her id."""
    return Client(**{"id": id, "name": id.capitalize(), "place": at(x, y), **changes})


def a_carer(id: str = "aled", x: int = 0, y: int = 0, **changes: Any) -> Carer:
    """An adult with a car and no contract, called as the id."""
    return Carer(**{"id": id, "name": id.capitalize(), "home": at(x, y), **changes})


def a_visit(
    id: str = "breakfast",
    start: When = "08:00",
    client: str = "mary",
    minutes: int = 30,
    slack: int = 30,
    **changes: Any,
) -> Visit:
    """A commissioned visit of so many minutes that may start `slack` minutes around its preferred start."""
    preferred = minute(start)
    day = preferred // DAY
    given = {
        "id": id,
        "client": client,
        "day": day,
        "earliest": max(preferred - slack, day * DAY),
        "latest": min(preferred + slack, (day + 1) * DAY - 1),
        "preferred": preferred,
        "commissioned": minutes,
    }
    return Visit(**{**given, **changes})


def a_shift(carer: str = "aled", start: When = "00:00", end: When = "24:00") -> Shift:
    """A spell of one carer; '24:00' ends the day."""
    return Shift(carer=carer, day=minute(start) // DAY, start=minute(start), end=minute(end))


def a_past_visit(
    client: str = "mary", carer: str = "aled", start: When = -DAY, minutes: int = 30
) -> PastVisit:
    """A visit before the period: `start` is negative."""
    return PastVisit(client=client, carer=carer, start=minute(start), minutes=minutes)


def a_leg(
    visit: str = "breakfast",
    carer: str = "aled",
    start: When = "08:00",
    minutes: int = 30,
    second: bool = False,
) -> Leg:
    """One carer at one visit."""
    return Leg(start=minute(start), carer=carer, visit=visit, minutes=minutes, second=second)


def a_rota(*legs: Leg, days: int = 7, start: date = MONDAY) -> Rota:
    """A rota of these legs."""
    return Rota(start=start, days=days, legs=legs)


def some_settings(**changes: Any) -> Settings:
    """Round figures, fixed here so that no test moves when a figure does. No minimum visit length."""
    given: dict[str, Any] = {
        "agency": "Test agency",
        "nation": "england",
        "policy": Policy.NONE,
        "floor_minutes": 30,
        "tasks_enforced": False,
        "hourly": 1200,
        "minimum_wage": 1200,
        "minimum_wage_young": 800,
        "on_cost_percent": 130,
        "running_cost": 900,
        "waiting_cap": 60,
        "break_after": 6 * HOUR,
        "break_minutes": 20,
        "young_break_after": 4 * HOUR + 30,
        "young_break_minutes": 30,
        "daily_rest": 11 * HOUR,
        "young_daily_rest": 12 * HOUR,
        "weekly_rest": 24 * HOUR,
        "young_weekly_rest": 48 * HOUR,
        "weekly_limit": 48 * HOUR,
        "young_weekly_limit": 40 * HOUR,
        "rolling_days": 14,
        "told_tolerance": 15,
        "modes": {},
    }
    return Settings(**{**given, **changes})


def grid_travel(places: Iterable[Place], mode: str = "car") -> Matrix:
    """Whole minutes and metres between points of the grid."""
    points = np.array([(place.lat, place.lon) for place in places]).reshape(-1, 2)
    steps = np.abs(points[:, None, :] - points[None, :, :]).sum(axis=2).astype(np.int32)
    return Matrix(minutes=(steps * SLOWER[mode]).astype(np.int32), metres=(steps * 1000).astype(np.int32))


def a_problem(
    visits: Iterable[Visit] = (),
    carers: Iterable[Carer] | None = None,
    clients: Iterable[Client] = (),
    shifts: Iterable[Shift] | None = None,
    days: int = 7,
    settings: Settings | None = None,
    **rest: Any,
) -> Problem:
    """A problem on the grid. Without carers there is Aled; a client that only a visit names lives at (0, 0);
    without shifts every carer can be planned round the clock. `rest` are other parts of a Problem (links ...)."""
    visits = tuple(visits)
    carers = (a_carer(),) if carers is None else tuple(carers)
    given = {client.id: client for client in clients}
    for visit in visits:
        given.setdefault(visit.client, a_client(visit.client))
    if shifts is None:
        shifts = [a_shift(c.id, day * DAY, (day + 1) * DAY) for c in carers for day in range(days)]
    places = [client.place for client in given.values()] + [carer.home for carer in carers]
    return Problem(
        **{
            "start": MONDAY,
            "days": days,
            "settings": settings or some_settings(),
            "clients": tuple(given.values()),
            "carers": carers,
            "visits": visits,
            "shifts": tuple(shifts),
            "travel": {mode: grid_travel(places, mode) for mode in SLOWER},
            **rest,
        }
    )


def found(rule: Rule, rota: Rota, problem: Problem) -> list[Finding]:
    """The rule's findings as a list."""
    return list(rule.findings(rota, problem))


class _Recorder:
    def __init__(self) -> None:
        self.calls: list[tuple[Any, ...]] = []

    def __getattr__(self, verb: str) -> Callable[..., None]:
        if verb not in Verbs.__dict__:
            raise AttributeError(f"There is no verb called {verb!r}.")

        def record(*arguments: Any) -> None:
            plain = (a.tolist() if isinstance(a, np.ndarray) else a for a in arguments)
            self.calls.append((verb, *plain))

        return record


def told(rule: Rule, problem: Problem) -> list[tuple[Any, ...]]:
    """What the rule tells the solver: (verb, arguments ...) in order, with arrays as lists."""
    recorder = _Recorder()
    rule.encode(cast(Verbs, recorder), problem)
    return recorder.calls
