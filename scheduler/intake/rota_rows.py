"""A rota from a file: our own rota.json, a CSV, or the sheet "Rota" of a workbook, also one typed by hand.

The columns are visit, carer, start (YYYY-MM-DD HH:MM), and if wanted minutes and second; others are nobody's
business here. Whether the rota is any good is not asked: that is the checker's work.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path

from scheduler.errors import Fault, InputError
from scheduler.intake.columns import Row, Table, column
from scheduler.intake.csv_files import read_csv
from scheduler.intake.files import inspect, read_bytes
from scheduler.intake.json_file import parse_json, records_of
from scheduler.intake.kinds import Id, Minutes, Moment, YesNo
from scheduler.intake.patterns import minute_of
from scheduler.intake.raw import Record, Refused, Source, did_you_mean
from scheduler.intake.rows import Sheet, parse_table
from scheduler.intake.workbook import read_sheet, sheet_label
from scheduler.problem import Problem
from scheduler.rota import Leg, Rota
from scheduler.rota_json import header
from scheduler.units import DAY

WANTED = "Give a rota.json, a CSV, or an .xlsx with a sheet called Rota."


class LegRow(Row):
    """One carer at one visit; a double-up has two rows."""

    visit: Id = column("The dated visit.", "C01-am:2026-11-23")
    carer: Id = column("The carer's id.", "K01")
    start: Moment = column("When the visit starts.", "2026-11-23 08:30")
    minutes: Minutes | None = column("How long it is.", "45", None, "the commissioned minutes")
    second: YesNo | None = column(
        "Is this the second carer of a double-up?", "", None, "yes in a visit's second row"
    )


TABLE = Table("rota", True, LegRow)


def load_rota(path: str | Path, problem: Problem, may_have_gone: bool = False) -> Rota:
    """The rota of a file, for this problem. Raises `InputError` with everything that is wrong.

    `may_have_gone`: the rota was made before, and visits that have been cancelled since are no fault: they are known
    by an id that ends with a date of the period, and stay in the rota.
    """
    path = Path(path)
    try:
        source = _read(path, problem)
    except Refused as refused:
        raise InputError([refused.fault(path.name)]) from refused
    faults = source.faults
    sheet: Sheet[LegRow] = parse_table(TABLE, source.tables["rota"], faults)
    faults.extend(_reference_faults(sheet, problem, may_have_gone))
    faults.extend(_leg_faults(sheet, problem))
    if faults:
        raise InputError(list(dict.fromkeys(faults)))
    return Rota(problem.start, problem.days, tuple(_legs(sheet.rows, problem)))


def _read(path: Path, problem: Problem) -> Source:
    inspect(path)
    source = Source(path.name)
    ending = path.suffix.lower()
    if ending == ".json":
        found = parse_json(read_bytes(path))
        _require_period(path.name, header(found, path.name), problem)
        label = f"{path.name}, legs"
        source.add(TABLE, label, records_of(found.get("legs"), TABLE, label, source.faults))
    elif ending == ".csv":
        source.add(TABLE, path.name, read_csv(path)[0])
    elif ending in (".xlsx", ".xlsm"):
        source.add(TABLE, sheet_label(path.name, "Rota"), _sheet(path))
    else:
        raise Refused(f"files that end in {path.suffix or 'nothing'} are not read.", WANTED)
    return source


def _sheet(path: Path) -> list[Record]:
    records = read_sheet(path, "rota")
    if records is None:
        raise Refused("there is no sheet called Rota in this workbook.", WANTED)
    return records


def _require_period(file: str, period: tuple[date, int], problem: Problem) -> None:
    if period != (problem.start, problem.days):
        start, days = period
        read = f"{problem.days} from {problem.start}"
        told = f"this rota is for {days} days from {start}, the agency was read for {read}."
        raise InputError(
            [Fault(file, None, "start", start.isoformat(), told, "Choose the same days for both.")]
        )


def _reference_faults(sheet: Sheet[LegRow], problem: Problem, may_have_gone: bool) -> Iterator[Fault]:
    for name, known in (("visit", problem.visit_index), ("carer", problem.carer_index)):
        for number, cells in sheet.raw.items():
            id = cells.get(name)
            gone = may_have_gone and name == "visit" and id is not None and _is_dated(id, problem)
            if id is not None and id not in known and not gone:
                cure = did_you_mean(id, known, "Ids look like 'C01-am:2026-11-23' and 'K01'.")
                yield sheet.fault(number, name, f"there is no {name} {id!r} in these days.", cure)


def _is_dated(visit: str, problem: Problem) -> bool:
    """Is this the id of a visit on one of the problem's days?"""
    try:
        on = date.fromisoformat(visit.rpartition(":")[2])
    except ValueError:
        return False
    return 0 <= (on - problem.start).days < problem.days


def _leg_faults(sheet: Sheet[LegRow], problem: Problem) -> Iterator[Fault]:
    first: dict[tuple[str, str], int] = {}
    for row in sheet.rows:
        if not isinstance(row.start, datetime):
            yield sheet.fault(
                row, "start", "the time is missing.", f"Write it like '{row.start:%Y-%m-%d} 08:30'."
            )
        elif not 0 <= minute_of(row.start, problem.start) < problem.days * DAY:
            yield sheet.fault(row, "start", "this is outside the days that are planned.", "Correct the date.")
        if row.minutes == 0:
            yield sheet.fault(row, "minutes", "a visit has 1 minute or more.", "Write how long it is.")
        pair = row.visit, row.carer
        if pair in first:
            problem_ = f"row {first[pair]} already plans {row.carer} for {row.visit}."
            yield sheet.fault(row, "carer", problem_, "Delete one of the two rows, or name another carer.")
        first.setdefault(pair, row.at)


def _legs(rows: Iterable[LegRow], problem: Problem) -> Iterator[Leg]:
    seen: set[str] = set()
    for row in rows:
        second = row.visit in seen if row.second is None else row.second
        minutes = row.minutes or _commissioned(row, second, problem)
        seen.add(row.visit)
        yield Leg(minute_of(row.start, problem.start), row.carer, row.visit, minutes, second)


def _commissioned(row: LegRow, second: bool, problem: Problem) -> int:
    if row.visit not in problem.visit_index:  # it has gone, and so has what was commissioned
        return 1
    visit = problem.visit(row.visit)
    return visit.together if second and visit.together else visit.commissioned
