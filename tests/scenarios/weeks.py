"""Small weeks for scenarios, worked out by hand, and a quick way to plan them."""

from __future__ import annotations

from collections.abc import Sequence

from scenarios.catalogue import Scenario
from scenarios.changes import Change
from scheduler.domain import Place
from scheduler.problem import Problem
from scheduler.solve import solve
from scheduler.solve.result import Result
from scheduler.travel import Journeys
from tests.builders import a_carer, a_client, a_problem, a_shift, a_visit, grid_travel, some_settings

WEEK = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def by_grid(_factors: object, places: Sequence[Place], modes: Sequence[str]) -> Journeys:
    """Travel on the grid of the builders."""
    return Journeys({mode: grid_travel(places, mode) for mode in modes}, "the grid")


def planned(problem: Problem, iterations: int = 300) -> Result:
    """The week, planned in a moment."""
    return solve(problem, iterations=iterations, seed=1, workers=1)


def a_scenario(*changes: Change, name: str = "other") -> Scenario:
    """These changes as a scenario."""
    return Scenario(name, name.capitalize(), changes)


def a_quiet_week() -> Problem:
    """Mary has a quarter of an hour each morning, and Aled has all day for it."""
    return a_problem([a_visit(f"{day}", f"{day} 08:00", minutes=15) for day in WEEK])


def a_busy_week() -> Problem:
    """Mary and John live five minutes apart; both have three short visits a day, and Aled and Bronwen share them."""
    return a_problem(
        [
            a_visit(f"{who}-{day}-{clock}", f"{day} {clock}", client=who, minutes=15)
            for day in WEEK[:3]
            for who, clock in (("mary", "08:00"), ("john", "08:30"), ("mary", "12:00"), ("john", "18:00"))
        ],
        [a_carer(), a_carer("bronwen", 3)],
        [a_client("mary", area="north"), a_client("john", 5, area="south")],
        settings=some_settings(),
    )


def no_slack() -> Problem:
    """08:00 at Mary's and 08:20 at John's, five minutes away, at the minute: two quarters of an hour fit."""
    return a_problem(
        [
            a_visit("one", "08:00", minutes=15, slack=0),
            a_visit("two", "08:20", client="john", minutes=15, slack=0),
        ],
        clients=[a_client("mary"), a_client("john", 5)],
        shifts=[a_shift("aled", "08:00", "09:00")],
    )
