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
from scheduler.problem import Problem
from scheduler.travel import StraightLine
from scheduler.travel.base import Matrix
from scheduler.uk import figure

_MOTOR = ("car", "motorcycle")


class SlowerRoads(Change):
    """Driving takes longer, at any time of the day; parking and the walk to the door do not."""

    name: ClassVar[str] = "slower_roads"
    figures: ClassVar[tuple[str, ...]] = ("travel.seconds_per_metre.car", "travel.door_minutes.car")
    limits: ClassVar[str] = (
        "Roads are slower all day: a rush hour alone would be less than that, and at other times."
    )

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

    def slower(ways: NDArray[np.int32]) -> NDArray[np.int32]:
        on_the_way = np.maximum(ways - door, 0)
        found = ways + np.ceil(on_the_way * percent / 100 - 1e-9).astype(np.int32)
        return np.where(ways > 0, np.maximum(found, 1), 0).astype(np.int32)

    return matrix.with_minutes(slower)
