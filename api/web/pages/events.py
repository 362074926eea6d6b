"""The form of the day's events: read as a table of events is, and given back as it was typed."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from api.errors import Trouble

FIELDS = (
    "kind", "told", "carer", "client", "visit", "minutes", "percent", "begins", "until", "time", "weekdays", "carers",
    "skills", "name", "postcode",
)  # fmt: skip
"""Columns of a table of events, a list each: one entry for each event."""
MOST = 60
"""Events of one form; more of them come by the API."""
LONGEST = 200

Row = dict[str, str]


async def typed_events(request: Request) -> list[Row]:
    """Column -> text, for each event. Raises Trouble for what our own page does not send."""
    form = await request.form(max_fields=MOST * len(FIELDS) + 10)
    columns = [[str(text) for text in form.getlist(name)] for name in FIELDS]
    if not columns[0] or {len(column) for column in columns} != {len(columns[0])}:
        raise Trouble(422, "Every event needs all fields of the form, even if they are empty.")
    if any(len(text) > LONGEST for column in columns for text in column):
        raise Trouble(422, f"A field holds {LONGEST} signs at the most.")
    return [dict(zip(FIELDS, row, strict=True)) for row in zip(*columns, strict=True)]


Typed = Annotated[list[Row], Depends(typed_events)]


def blank(told: str) -> Row:
    """An event of which only the moment is filled in."""
    return {**dict.fromkeys(FIELDS, ""), "told": told}
