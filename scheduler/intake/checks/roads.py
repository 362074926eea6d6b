"""What a road engine could not do with a place, by the name of who lives there; and that it did not answer."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.errors import Fault
from scheduler.intake.rows import Agency
from scheduler.travel import Journeys
from scheduler.travel.engine import FAR_FROM_ROADS

TRAVEL_TIMES = "travel times"
"""Stands for the file in what is said of a road engine that failed."""


def road_warnings(agency: Agency, journeys: Journeys) -> Iterator[Fault]:
    """Failures first: all of the plan hangs on them."""
    for failure in journeys.failures:
        cure = "Straight lines are used instead: mend it and plan again before you rely on the times."
        yield Fault(TRAVEL_TIMES, None, None, None, failure, cure)
    for doubt in journeys.doubts:
        clients = len(agency.clients.rows)
        first = doubt.place < clients
        row = agency.clients.rows[doubt.place] if first else agency.carers.rows[doubt.place - clients]
        sheet = agency.clients if first else agency.carers
        column = "postcode" if row.lat is None else "lat"
        if doubt.away is not None:
            problem = (
                f"{row.name} lives {doubt.away:,.0f} m from every road by {doubt.mode} on the map "
                f"(more than {FAR_FROM_ROADS:.0f} m): no journey there is planned."
            )
            cure = "Give lat and lon of the front door, or a map that has its road."
        else:
            places = "1 other place" if doubt.others == 1 else f"{doubt.others} other places"
            problem = f"from {row.name} there is no way by {doubt.mode} to or from {places}; none is planned."
            cure = "Check the address; an island, or a road that is closed on the map?"
        yield sheet.fault(row.at, column, problem, cure)
