"""Whose address looks wrong, in the newest tables: what `careround places` tells of the same files."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from api import london
from api.desk.tables import current, load_tables
from scheduler.errors import Fault
from scheduler.intake.addresses import odd_addresses
from scheduler.intake.load import next_monday


@dataclass(frozen=True)
class Places:
    """`doubts`: each with its table and row, as data faults are; of `addresses` in version `version` of the data.
    `source`: where travel times come from; `by_road`: at least some from a road engine."""

    version: int
    addresses: int
    doubts: list[Fault]
    source: str
    by_road: bool

    @property
    def doubtful(self) -> int:
        """How many addresses something is said of."""
        return len({(doubt.file, doubt.row) for doubt in self.doubts if doubt.row is not None})


def places_of(session: Session) -> Places:
    """Looked at anew each time: a road engine may answer today that did not yesterday. Raises Trouble where nothing was
    imported yet, InputError where the data has become unusable."""
    version, tables = current(session)
    loaded = load_tables(tables, next_monday(london.today()), 7)
    people = len(loaded.problem.clients) + len(loaded.problem.carers)
    return Places(
        version, people, odd_addresses(loaded), loaded.problem.travel_source, bool(loaded.journeys.engines)
    )
