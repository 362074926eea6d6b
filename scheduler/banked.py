"""What was put by in a fund, what was taken from it, and until when the rest can be used. Money is whole pence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from scheduler.funds import EntryKind, FundEntry


@dataclass(frozen=True, slots=True)
class Lot:
    """Banked money of one entry: what is left of it, and the last day on which it can be used."""

    entry: FundEntry
    left: int
    expires: int


@dataclass(frozen=True, slots=True)
class Lacking:
    """An entry that uses more than was banked and had not expired on its day: by how much."""

    entry: FundEntry
    pence: int


def put_by(entries: Iterable[FundEntry], keep: int) -> tuple[tuple[Lot, ...], tuple[Lacking, ...]]:
    """What is left after all entries, the soonest to expire first and expired lots too, and what was used without being
    there. Money is taken from what had not expired on that day, first from what expires soonest. `keep`: days that
    banked money is kept where its entry names no last day."""
    lots: list[Lot] = []
    lacking: list[Lacking] = []
    for entry in sorted(entries, key=lambda entry: (entry.day, entry.kind is EntryKind.USED)):
        if entry.kind is EntryKind.BANKED:
            lots.append(Lot(entry, entry.pence, entry.day + keep if entry.expires is None else entry.expires))
            lots.sort(key=lambda lot: lot.expires)
        elif entry.kind is EntryKind.USED:
            short = _take(lots, entry)
            lacking += [Lacking(entry, short)] if short else []
    return tuple(lot for lot in lots if lot.left), tuple(lacking)


def _take(lots: list[Lot], entry: FundEntry) -> int:
    """Take what the entry uses; what could not be taken."""
    wanted = entry.pence
    for i, lot in enumerate(lots):
        if lot.expires >= entry.day:
            taken = min(wanted, lot.left)
            lots[i] = replace(lot, left=lot.left - taken)
            wanted -= taken
    return wanted
