"""Whose address looks wrong, by the row in which it stands: for `careround places`."""

from __future__ import annotations

from typing import Any

from scheduler.domain import Place
from scheduler.errors import Fault
from scheduler.intake.checks.roads import road_warnings
from scheduler.intake.load import Loaded
from scheduler.intake.rows import Sheet
from scheduler.intake.tables import CarerRow, ClientRow
from scheduler.places.doubts import Address, doubtful


def odd_addresses(loaded: Loaded) -> list[Fault]:
    """Every doubtful address of clients and carers, and what a road engine could not do with a place."""
    agency, problem = loaded.agency, loaded.problem
    people: list[tuple[Sheet[Any], ClientRow | CarerRow, Place]] = [
        (agency.clients, row, client.place)
        for row, client in zip(agency.clients.rows, problem.clients, strict=True)
    ]
    people += [
        (agency.carers, row, carer.home)
        for row, carer in zip(agency.carers.rows, problem.carers, strict=True)
    ]
    clients = len(problem.clients)
    addresses = [
        Address(row.name, place.lat, place.lon, row.postcode, row.lat is not None, i < clients)
        for i, (_, row, place) in enumerate(people)
    ]
    found = []
    for odd in doubtful(addresses):
        sheet, row, _ = people[odd.at]
        column = "lat" if row.lat is not None else "postcode"
        found.append(sheet.fault(row.at, column, f"{row.name}: {odd.problem}", odd.cure))
    return [*found, *road_warnings(agency, loaded.journeys)]
