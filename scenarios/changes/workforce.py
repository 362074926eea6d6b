"""Who is there to do the work."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, ClassVar

from pydantic import Field

from scenarios.changes.base import Change, chosen, per_cent
from scenarios.changes.edit import with_people
from scheduler.problem import Problem

Percent = Annotated[float, Field(gt=0, le=100)]


class CarersLeave(Change):
    """Carers leave and are not replaced. What clients know of them goes with them."""

    name: ClassVar[str] = "carers_leave"
    limits: ClassVar[str] = "Who would leave is not known: they are chosen by chance."

    percent: Percent

    @property
    def sentence(self) -> str:
        return f"{per_cent(self.percent)} of the carers leave and are not replaced."

    def apply(self, problem: Problem) -> Problem:
        gone = chosen([carer.id for carer in problem.carers], self.percent / 100, self.name)
        staff = [carer for carer in problem.carers if carer.id not in gone]
        return with_people(problem, problem.clients, staff, problem.visits, problem.shifts)


class CarersHired(Change):
    """New carers with the shifts, skills and terms of carers of today. No client knows them yet."""

    name: ClassVar[str] = "carers_hired"
    limits: ClassVar[str] = "New carers live where carers live who are like them."

    percent: Percent

    @property
    def sentence(self) -> str:
        return (
            f"{per_cent(self.percent)} more carers are hired, each as like one of today's carers as can be."
        )

    def apply(self, problem: Problem) -> Problem:
        likes = sorted(chosen([carer.id for carer in problem.carers], self.percent / 100, self.name))
        new = {id: f"{id}-hired" for id in likes}
        staff = [replace(problem.carer(id), id=new[id], name=f"New carer like {id}") for id in likes]
        shifts = [replace(shift, carer=new[id]) for id in likes for shift in problem.shifts_of(id)]
        return with_people(
            problem, problem.clients, (*problem.carers, *staff), problem.visits, (*problem.shifts, *shifts),
            lives_with={there: here for here, there in new.items()},
        )  # fmt: skip


class Absence(Change):
    """A share of all carers' days is lost at short notice: sickness, training, a car that does not start."""

    name: ClassVar[str] = "absence"

    percent: Percent

    @property
    def sentence(self) -> str:
        return f"{per_cent(self.percent)} of the carers' working days are lost to absence."

    def apply(self, problem: Problem) -> Problem:
        days = sorted({f"{shift.carer} {shift.day}" for shift in problem.shifts})
        lost = chosen(days, self.percent / 100, self.name)
        return problem.replace(
            shifts=tuple(shift for shift in problem.shifts if f"{shift.carer} {shift.day}" not in lost)
        )
