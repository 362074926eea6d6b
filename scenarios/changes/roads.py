"""How people get about."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, ClassVar

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from scenarios.changes.base import Change, chosen, per_cent
from scenarios.changes.edit import with_carers
from scheduler.domain import Carer
from scheduler.errors import DomainError
from scheduler.problem import Problem
from scheduler.travel import StraightLine
from scheduler.travel.base import NO_WAY, Matrix
from scheduler.uk import figure

_MOTOR = ("car", "motorcycle")


class SlowerRoads(Change):
    """Driving takes longer, at any time of the day; parking and the walk to the door do not."""

    name: ClassVar[str] = "slower_roads"
    figures: ClassVar[tuple[str, ...]] = ("travel.seconds_per_metre.car", "travel.door_minutes.car")
    limits: ClassVar[str] = "Roads are slower all day; rush hours alone are another change, rush_hour."

    percent: Annotated[float, Field(gt=0, le=200)]

    @property
    def sentence(self) -> str:
        return f"Driving between visits takes {per_cent(self.percent)} longer all day."

    def apply(self, problem: Problem) -> Problem:
        travel = dict(problem.travel)
        for mode in _MOTOR:
            if mode in travel:
                factors = problem.settings.modes.get(mode)
                travel[mode] = _slower(travel[mode], self.percent, factors.door_minutes if factors else 0)
        return problem.replace(travel=travel)


class RushHour(Change):
    """Driving that begins in the agency's rush hours takes longer; parking and the walk to the door do not."""

    name: ClassVar[str] = "rush_hour"
    figures: ClassVar[tuple[str, ...]] = (
        "travel.rush_from.morning", "travel.rush_until.morning", "travel.rush_from.evening",
        "travel.rush_until.evening", "travel.seconds_per_metre.car", "travel.door_minutes.car",
    )  # fmt: skip
    limits: ClassVar[str] = (
        "All roads are slower alike, in and out of town. The exact half of the search is left out where travel depends "
        "on the hour, so a part of the difference to today can be the search's."
    )

    percent: Annotated[float, Field(gt=0, le=200)]

    @property
    def sentence(self) -> str:
        return f"Driving that begins in a rush hour of a working day takes {per_cent(self.percent)} longer."

    def apply(self, problem: Problem) -> Problem:
        settings = problem.settings
        if not settings.rush_hours:
            raise DomainError("This agency has no rush hours: say when they are with the setting rush_hours.")
        travel, modes = dict(problem.travel), dict(settings.modes)
        for mode in _MOTOR:
            if mode in modes:
                by = modes[mode]
                modes[mode] = replace(by, rush_factor=by.rush_factor * (1 + self.percent / 100))
            if mode in travel:
                door = modes[mode].door_minutes if mode in modes else 0
                quiet = travel[mode]
                rush = _longer(quiet.minutes if quiet.rush is None else quiet.rush, self.percent, door)
                travel[mode] = Matrix(quiet.minutes, quiet.metres, rush)
        return problem.replace(travel=travel, settings=replace(settings, modes=modes))


class ElectricBikes(Change):
    """Drivers take an electric bike instead; everybody who cycles rides one then."""

    name: ClassVar[str] = "electric_bikes"
    figures: ClassVar[tuple[str, ...]] = ("mileage.bicycle", "travel.seconds_per_metre.bicycle")
    limits: ClassVar[str] = (
        "Hills, weather and what a bike costs are left out; who would cycle is not known and chosen by chance."
    )

    percent: Annotated[float, Field(gt=0, le=100)]
    faster_percent: Annotated[float, Field(ge=0, le=100)] = 40

    @property
    def sentence(self) -> str:
        return (
            f"{per_cent(self.percent)} of the carers who drive take an electric bike, "
            f"{per_cent(self.faster_percent)} faster than a bicycle."
        )

    def apply(self, problem: Problem) -> Problem:
        drivers = [carer.id for carer in problem.carers if carer.mode == "car"]
        moved = chosen(drivers, self.percent / 100, self.name)
        pence = int(figure("mileage.bicycle", problem.start).value)

        def edit(carer: Carer) -> Carer:
            if carer.id not in moved:
                return carer
            return replace(
                carer, mode="bicycle", pay=replace(carer.pay, mileage=min(carer.pay.mileage, pence))
            )

        bicycle = problem.travel.get("bicycle") or _by_bicycle(problem)
        faster = _slower(bicycle, -100 * self.faster_percent / (100 + self.faster_percent), 0)
        return with_carers(problem.replace(travel={**problem.travel, "bicycle": faster}), edit)


def _by_bicycle(problem: Problem) -> Matrix:
    """Where nobody cycles yet, nobody has asked for the times: the straight line has them."""
    places = [client.place for client in problem.clients] + [carer.home for carer in problem.carers]
    return StraightLine(problem.settings.modes).matrix(places, "bicycle")


def _slower(matrix: Matrix, percent: float, door: int) -> Matrix:
    """The way takes so much longer (below 0: less); `door` minutes of each journey are not on the way."""

    return matrix.with_minutes(lambda ways: _longer(ways, percent, door))


def _longer(ways: NDArray[np.int32], percent: float, door: int) -> NDArray[np.int32]:
    on_the_way = np.maximum(ways - door, 0)
    found = ways + np.ceil(on_the_way * percent / 100 - 1e-9).astype(np.int32)
    # Where there is no way there is none, and not three times none, for which the engine's tables have no room.
    return np.where(ways > 0, np.clip(found, 1, NO_WAY), 0).astype(np.int32)
