"""Finding what an event names, and refusing what another event has taken away."""

from __future__ import annotations

from scheduler.domain import Visit
from scheduler.repair.day import Day
from scheduler.repair.event import Event, Refusal


def known_visit(event: Event, day: Day) -> Visit:
    """The visit of an event. Raises `Refusal` where it was cancelled or its client is in hospital, and UnknownName
    where there never was one."""
    if event.visit in day.cancelled:
        raise Refusal("visit", "it was cancelled by an earlier event.", "Leave one of the two out.")
    off = {visit.id: visit.client for visit in (*day.base.visits, *day.off)}
    if event.visit not in day.problem.visit_index and event.visit in off:
        client = off[event.visit]
        if client in day.in_hospital:
            name = day.problem.client(client).name
            raise Refusal("visit", f"{name} is in hospital then.", "Enter hospital_out first.")
    return day.problem.visit(event.visit)
