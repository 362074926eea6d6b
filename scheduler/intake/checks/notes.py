"""Notes: each has what its kind needs, and is about a visit of its own client."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.errors import Fault
from scheduler.intake.rows import Agency
from scheduler.notes import NoteKind, Voice


def note_faults(agency: Agency) -> Iterator[Fault]:
    """A wish for another time without the time, praise of nobody, a carer who is not named, another client's visit."""
    sheet, client_of = agency.visit_notes, {row.visit: row.client for row in agency.visits.rows}
    for row in sheet.rows:
        if row.visit is not None and client_of.get(row.visit, row.client) != row.client:
            cure = "Correct the visit or the client."
            yield sheet.fault(row, "visit", f"this is a visit of {client_of[row.visit]}.", cure)
        if row.kind is NoteKind.OTHER_TIME:
            if row.visit is None:
                yield sheet.fault(row, "visit", "which visit is it about?", "Write the row of visits.")
            if row.time is None:
                yield sheet.fault(row, "time", "the wished time is missing.", "Write it like '09:15'.")
        if row.carer is None and (row.kind is NoteKind.THRIVES or row.said_by is Voice.CARER):
            whom = "With whom" if row.kind is NoteKind.THRIVES else "Which carer says it"
            yield sheet.fault(row, "carer", "the carer is missing.", f"{whom}? Write the id.")
