"""What the coordinator decided about suggestions: the CSV that `careround suggestions` writes, with a word in its
column `decision`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from scheduler.errors import Fault, InputError
from scheduler.intake.columns import Row, Table, column
from scheduler.intake.csv_files import read_csv
from scheduler.intake.files import inspect
from scheduler.intake.kinds import CHOICE, FOLD, Id, Text
from scheduler.intake.raw import Refused, Source
from scheduler.intake.rows import Sheet, parse_table


class DecisionRow(Row):
    """One suggestion and what became of it; a row without a decision is open. The other columns are for people."""

    suggestion: Id = column("The suggestion's id.", "length:C01-am")
    decision: Annotated[Literal["accept", "decline"] | None, CHOICE, FOLD] = column(
        "accept or decline.", "accept", None, "open"
    )
    by: Text = column("Who decided.", "Sian Warbler", "")
    what: Text = column("What is suggested.", "Plan 45 minutes for the morning visit, not 30.", "")
    where: Text = column("Which cell to change.", "visits, row C01-am: minutes 45", "")
    evidence: Text = column("Why.", "2 notes say so (carer, family).", "")


TABLE = Table("decisions", True, DecisionRow)


def load_decisions(path: str | Path) -> dict[str, str]:
    """Suggestion's id -> "accept" or "decline", for those that were decided. Raises `InputError` with all faults."""
    path = Path(path)
    source = Source(path.name)
    try:
        inspect(path)
        source.add(TABLE, path.name, read_csv(path)[0])
    except Refused as refused:
        raise InputError([refused.fault(path.name)]) from refused
    faults: list[Fault] = source.faults
    sheet: Sheet[DecisionRow] = parse_table(TABLE, source.tables[TABLE.name], faults)
    found: dict[str, str] = {}
    for row in sheet.rows:
        if row.suggestion in found and row.decision not in (None, found[row.suggestion]):
            faults.append(
                sheet.fault(row, "decision", "another row decides otherwise.", "Keep one of the two.")
            )
        if row.decision is not None:
            found[row.suggestion] = row.decision
    if faults:
        raise InputError(list(dict.fromkeys(faults)))
    return found
