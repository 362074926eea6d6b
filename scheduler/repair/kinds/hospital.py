"""A client who goes into hospital, and one who comes home."""

from __future__ import annotations

from dataclasses import replace

from scheduler.problem import Problem
from scheduler.repair.day import Day
from scheduler.repair.event import Event, Kind, Refusal, client_name
from scheduler.repair.words import moment


class HospitalIn(Kind):
    """All visits that have not begun by then are off, until the client is back."""

    name = "hospital_in"
    label = "Client into hospital"
    wanted = ("client",)
    allowed = ("begins",)

    def apply(self, event: Event, day: Day) -> Day:
        client = day.problem.client(event.client)
        since = event.at if event.begins is None else event.begins
        before = day.in_hospital.get(client.id)
        if before is not None and before <= since:
            return day.noting(f"{client.name} is in hospital already: told twice, taken once.")
        if before is not None:
            day = day.noting(
                f"{client.name} was to be in hospital from {moment(before, day.problem)} on: the earlier time holds."
            )
        off = [
            visit
            for visit in day.problem.visits
            if visit.client == client.id and visit.latest >= since and not _begun_before(visit.id, since, day)
        ]
        day = replace(day, in_hospital={**day.in_hospital, client.id: since}, off=(*day.off, *off))
        return day.without_visits(visit.id for visit in off)

    def sentence(self, event: Event, problem: Problem) -> str:
        since = event.at if event.begins is None else event.begins
        return f"{client_name(event.client, problem)} is in hospital from {moment(since, problem)}."


class HospitalOut(Kind):
    """The visits that were asked for before, by the tables or by an event, and that can still begin, are so again."""

    name = "hospital_out"
    label = "Client home from hospital"
    wanted = ("client",)
    allowed = ("begins",)

    def apply(self, event: Event, day: Day) -> Day:
        client = day.problem.client(event.client)
        back = event.at if event.begins is None else event.begins
        if client.id not in day.in_hospital:
            raise Refusal(
                "client",
                f"no event says that {client.name} is in hospital.",
                "Enter hospital_in before it, or the visits as new_package.",
            )
        if back < day.in_hospital[client.id]:
            raise Refusal(
                "begins",
                f"{client.name} went into hospital later, on {moment(day.in_hospital[client.id], day.problem)}.",
                "Correct the times.",
            )
        before = {
            visit.id: visit for visit in (*day.base.visits, *day.off)
        }  # as an event made them, not as planned
        again = [
            visit
            for visit in before.values()
            if visit.client == client.id
            and visit.latest >= back
            and visit.id not in day.cancelled
            and visit.id not in day.problem.visit_index
        ]
        ids = {visit.id for visit in again}
        day = replace(
            day, in_hospital={id: at for id, at in day.in_hospital.items() if id != client.id}
        ).with_visits(again)
        known = {visit.id for visit in day.problem.visits}
        links = tuple(
            link
            for link in day.base.links
            if (link.first in ids or link.second in ids) and {link.first, link.second} <= known
        )
        return replace(day, problem=day.problem.replace(links=(*day.problem.links, *links)))

    def sentence(self, event: Event, problem: Problem) -> str:
        back = event.at if event.begins is None else event.begins
        return f"{client_name(event.client, problem)} is home from hospital from {moment(back, problem)}."


def _begun_before(visit: str, minute: int, day: Day) -> bool:
    legs = day.rota.of_visit(visit)
    return day.has_begun(visit) or (bool(legs) and legs[0].start < minute)
