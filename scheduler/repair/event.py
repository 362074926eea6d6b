"""What happened: one event of the day as data, and what a kind of event has to say about itself."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from scheduler.problem import Problem

if TYPE_CHECKING:
    from scheduler.repair.day import Day


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened. Times are minutes of the period: `at` is when we heard of it, `begins` and `until` the
    spell that it is about (None: from `at` on; to the end of that day). Which of the others are wanted is for the kind
    to say. `client_time` is a minute of the day; `days` are weekdays, Monday 0. `row` is where it stood in a file.
    """

    at: int
    kind: str
    carer: str = ""
    client: str = ""
    visit: str = ""
    minutes: int | None = None
    percent: int | None = None
    begins: int | None = None
    until: int | None = None
    client_time: int | None = None
    days: tuple[int, ...] = ()
    carers: int = 1
    skills: frozenset[str] = frozenset()
    name: str = ""
    postcode: str = ""
    lat: float | None = None
    lon: float | None = None
    row: int | None = field(default=None, compare=False)


class Refusal(Exception):
    """An event that does not fit what is known: the column that is wrong, why, and the cure."""

    def __init__(self, column: str, problem: str, cure: str) -> None:
        super().__init__(f"{problem} {cure}")
        self.column, self.problem, self.cure = column, problem, cure


class Kind(ABC):
    """One kind of event. `wanted` are the fields that must be given (`Event`), `allowed` those that may be."""

    name: ClassVar[str]
    label: ClassVar[str]
    wanted: ClassVar[tuple[str, ...]]
    allowed: ClassVar[tuple[str, ...]] = ()

    @abstractmethod
    def apply(self, event: Event, day: Day) -> Day:
        """The day with the event taken in; raises `Refusal` where it contradicts what is known. `day.now` is when the
        event was heard of."""

    @abstractmethod
    def sentence(self, event: Event, problem: Problem) -> str:
        """The event in words, by names where the problem knows them."""


def carer_name(id: str, problem: Problem) -> str:
    """The carer's name, or else the id."""
    return problem.carer(id).name if id in problem.carer_index else id


def client_name(id: str, problem: Problem) -> str:
    """The client's name, or else the id."""
    return problem.client(id).name if id in problem.client_index else id


def visit_name(id: str, problem: Problem) -> str:
    """'the visit to Mary', or else the id."""
    return (
        f"the visit to {client_name(problem.visit(id).client, problem)}"
        if id in problem.visit_index
        else f"visit {id}"
    )
