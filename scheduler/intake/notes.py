"""From the table of notes to what was said."""

from __future__ import annotations

from datetime import date

from scheduler.intake.rows import Agency
from scheduler.notes import Note


def notes(agency: Agency, start: date) -> tuple[Note, ...]:
    """One note a row, oldest first."""
    rows = sorted(agency.visit_notes.rows, key=lambda row: (row.date, row.at))
    return tuple(
        Note(
            day=(row.date - start).days,
            client=row.client,
            kind=row.kind,
            voice=row.said_by,
            plan=row.visit or "",
            carer=row.carer or "",
            minutes=row.minutes,
            time=row.time,
            text=row.text,
        )
        for row in rows
    )
