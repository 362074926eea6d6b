"""How much care is ordered, for whom, and by how many carers at once."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, ClassVar

from pydantic import Field

from scenarios.changes.base import Change, chosen, per_cent
from scenarios.changes.edit import each_visit, with_people
from scheduler.domain import Client, Visit
from scheduler.problem import Problem
from scheduler.units import DAY

Percent = Annotated[float, Field(gt=0, le=100)]


class MoreClients(Change):
    """New people with the same care plans as people of today, in the same places."""

    name: ClassVar[str] = "more_clients"
    limits: ClassVar[str] = (
        "New people live where people live who are like them, and nobody has a history with them. So they have met "
        "fewer carers within the rolling days than people of today: the mean of different carers falls for that "
        "reason alone."
    )

    percent: Percent

    @property
    def sentence(self) -> str:
        return f"{per_cent(self.percent)} more people get care, as like today's people as can be."

    def apply(self, problem: Problem) -> Problem:
        likes = sorted(chosen([c.id for c in problem.clients], self.percent / 100, self.name))
        new = {id: f"{id}-new" for id in likes}
        people = [
            replace(
                problem.client(id), id=new[id], name=f"New client like {id}", plan_from=0, max_carers=None
            )
            for id in likes
        ]
        visits = [
            replace(visit, id=f"{visit.id}-new", client=new[id], fixed_start=None, fixed_carers=())
            for id in likes
            for visit in (problem.visits[v] for v in problem.visits_of(id))
        ]
        of_new = {visit.id.removesuffix("-new"): visit.id for visit in visits}
        links = [
            replace(link, first=of_new[link.first], second=of_new[link.second])
            for link in problem.links
            if link.first in of_new and link.second in of_new
        ]
        grown = with_people(
            problem, (*problem.clients, *people), problem.carers, (*problem.visits, *visits), problem.shifts,
            lives_with={there: here for here, there in new.items()},
        )  # fmt: skip
        return grown.replace(links=(*grown.links, *links))


class FewerClients(Change):
    """Some people leave the agency."""

    name: ClassVar[str] = "fewer_clients"
    limits: ClassVar[str] = "Who would leave is not known: they are chosen by chance."

    percent: Percent

    @property
    def sentence(self) -> str:
        return f"{per_cent(self.percent)} of the people leave the agency."

    def apply(self, problem: Problem) -> Problem:
        gone = chosen([client.id for client in problem.clients], self.percent / 100, self.name)
        kept = [client for client in problem.clients if client.id not in gone]
        return with_people(problem, kept, problem.carers, problem.visits, problem.shifts)


class SingleHanded(Change):
    """Double-ups that a review makes single-handed, with equipment."""

    name: ClassVar[str] = "single_handed"
    limits: ClassVar[str] = (
        "Which reviews would end so is not known (in nearly half of councils double-handed care stayed at least in "
        "part after four of five reviews), and what the equipment costs is left out."
    )

    percent: Percent

    @property
    def sentence(self) -> str:
        return f"{per_cent(self.percent)} of the people with two carers at once are reviewed to one carer."

    def apply(self, problem: Problem) -> Problem:
        people = sorted({visit.client for visit in problem.visits if visit.carers == 2})
        reviewed = chosen(people, self.percent / 100, self.name)

        def edit(visit: Visit) -> Visit:
            if visit.client not in reviewed or visit.carers == 1:
                return visit
            return replace(visit, carers=1, together=0, fixed_carers=visit.fixed_carers[:1])

        return each_visit(problem, edit)


class Isf(Change):
    """Council clients who take an Individual Service Fund: with another provider, or with this one and at times that
    they agree with it."""

    name: ClassVar[str] = "isf"
    limits: ClassVar[str] = (
        "Who would choose a fund, and what for, is not known; the money of these funds is not planned with."
    )

    percent: Percent
    leave: bool = False
    flexible_minutes: Annotated[int, Field(ge=0, le=240)] = 60

    @property
    def sentence(self) -> str:
        who = f"{per_cent(self.percent)} of the people whose care the council buys take an Individual Service Fund"
        if self.leave:
            return f"{who} and leave the block contract for another provider."
        return f"{who}, stay, and agree times up to {self.flexible_minutes} minutes either side of today's."

    def apply(self, problem: Problem) -> Problem:
        council = [client.id for client in problem.clients if client.funding == "council"]
        moved = chosen(council, self.percent / 100, self.name)
        if self.leave:
            kept = [client for client in problem.clients if client.id not in moved]
            return with_people(problem, kept, problem.carers, problem.visits, problem.shifts)

        def fund(client: Client) -> Client:
            return replace(client, funding="isf") if client.id in moved else client

        def edit(visit: Visit) -> Visit:
            return widened(visit, self.flexible_minutes) if visit.client in moved else visit

        return each_visit(problem.replace(clients=tuple(fund(client) for client in problem.clients)), edit)


def widened(visit: Visit, minutes: int) -> Visit:
    """The visit may begin so many minutes earlier and later, within its day; a time-critical one may not."""
    if visit.time_critical:
        return visit
    return replace(
        visit,
        earliest=max(visit.earliest - minutes, visit.day * DAY),
        latest=min(visit.latest + minutes, (visit.day + 1) * DAY - 1),
    )
