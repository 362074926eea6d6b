"""Where clients and carers live: by their own coordinates, else by their postcode."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from math import cos, hypot, radians
from typing import Any

from scheduler.domain import Place
from scheduler.errors import CareroundError, Fault
from scheduler.intake.rows import Agency, Sheet
from scheduler.intake.tables import CarerRow, ClientRow
from scheduler.places import explain_unknown, locate, normalise
from scheduler.places.bounds import in_uk
from scheduler.places.geocoder import Geocoder

FAR = 5
"""Kilometres from its postcode beyond which a point is doubted."""
_KM_PER_DEGREE = 111.2


@dataclass(frozen=True)
class Places:
    """Postcode -> latitude and longitude, of all postcodes that the agency names and that are known; `failure`: why a
    geocoder that was named could not help."""

    known: Mapping[str, tuple[float, float]]
    failure: str = ""

    def of(self, row: ClientRow | CarerRow) -> Place:
        """The place of a row without faults."""
        parking = row.parking_minutes if isinstance(row, ClientRow) else 0
        if row.lat is not None and row.lon is not None:
            return Place(row.lat, row.lon, row.postcode, parking)
        lat, lon = self.known[row.postcode]
        return Place(lat, lon, row.postcode, parking)


def locate_all(agency: Agency, geocoder: Geocoder | None = None) -> Places:
    """The places of everybody: offline, and what is not known there from a geocoder, if one is named."""
    asked = {*_postcodes(agency.clients).values(), *_postcodes(agency.carers).values()}
    known = locate(sorted(asked))
    if geocoder is None:
        return Places(known)
    return Places(known | geocoder.locate(asked - known.keys()), geocoder.failure)


def _postcodes(sheet: Sheet[Any]) -> dict[int, str]:
    """Row -> its postcode, of all rows where it is well formed: a row with another bad cell is asked about too."""
    found = {}
    for number, cells in sheet.raw.items():
        with suppress(CareroundError):
            if "postcode" in cells:
                found[number] = normalise(cells["postcode"])
    return found


def place_faults(agency: Agency, places: Places) -> Iterator[Fault]:
    """Somebody of whom it is not known where they live."""
    yield from _faults(agency.clients, places)
    yield from _faults(agency.carers, places)


def _faults(sheet: Sheet[ClientRow] | Sheet[CarerRow], places: Places) -> Iterator[Fault]:
    for number, postcode in _postcodes(sheet).items():
        if postcode not in places.known and "lat" not in sheet.raw[number]:
            cure = "Correct it, or leave it empty and give lat and lon."
            why = f"{explain_unknown(postcode)} {places.failure}".strip()
            yield sheet.fault(number, "postcode", why, cure)
    for row in sheet.rows:
        if (row.lat is None) != (row.lon is None):
            column = "lat" if row.lat is None else "lon"
            yield sheet.fault(
                row.at, column, "lat and lon go together.", "Write both, or neither and a postcode."
            )
        elif row.lat is not None and row.lon is not None:
            if not in_uk(row.lat, row.lon):
                cure = (
                    "Exchange lat and lon."
                    if in_uk(row.lon, row.lat)
                    else "Write degrees: 51.588 and -2.997."
                )
                problem = f"{row.lat}, {row.lon} is not in the United Kingdom."
                yield sheet.fault(row.at, "lat", problem, cure)
        elif not row.postcode:
            cure = "Write a postcode such as 'NP20 1AA', or lat and lon."
            yield sheet.fault(row.at, "postcode", "it is not said where this is.", cure)


def place_warnings(agency: Agency, places: Places) -> Iterator[Fault]:
    """Coordinates that lie far from the postcode beside them."""
    sheets: tuple[Sheet[ClientRow] | Sheet[CarerRow], ...] = (agency.clients, agency.carers)
    for sheet in sheets:
        for row in sheet.rows:
            if row.lat is not None and row.lon is not None and row.postcode in places.known:
                lat, lon = places.known[row.postcode]
                north, east = row.lat - lat, (row.lon - lon) * cos(radians(lat))
                away = hypot(north, east) * _KM_PER_DEGREE
                if away > FAR:
                    problem = f"lat and lon are {away:.0f} km from postcode {row.postcode}."
                    yield sheet.fault(row.at, "lat", problem, "lat and lon are used: check which is right.")
