"""A CSV file as records of text. UTF-8 with commas is what we ask for; semicolons and tabs are understood."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from scheduler.intake.files import read_bytes
from scheduler.intake.raw import Record, Refused, clean, key, letters

UTF8 = "In Excel: File, Save As, 'CSV UTF-8 (Comma delimited)'. Or give the .xlsx workbook itself."
_SIGNS = {",": "commas", ";": "semicolons", "\t": "tabs"}
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_BINARY = {
    b"PK\x03\x04": "a workbook or a zip file",
    b"\xd0\xcf\x11\xe0": "an old Excel file",
    b"%PDF": "a PDF file",
}


def read_csv(path: Path) -> tuple[list[Record], str]:
    """The records, and the name of the separating sign where it is not the comma."""
    data = read_bytes(path)
    for magic, what in _BINARY.items():
        if data.startswith(magic):
            raise Refused(
                f"this is {what}, not CSV.", "Save it as CSV, or give it its own ending, such as .xlsx."
            )
    if data.startswith(_UTF16):
        raise Refused("this is UTF-16 text, not UTF-8.", UTF8)
    if b"\0" in data:
        row = data[: data.index(b"\0")].count(b"\n") + 1
        raise Refused("there are NUL bytes in it: it is damaged, or not a text file.", UTF8, row=row)
    text = data.decode("utf-8-sig", errors="surrogateescape")
    sign = _sign(text)
    records = list(_records(text, sign))
    _refuse_other_encodings(records)
    return records, "" if sign == "," else _SIGNS[sign]


def _sign(text: str) -> str:
    """The separating sign: the one that is most frequent in the row of the column names."""
    header = next((line for line in text.splitlines() if line.strip()), "")
    return max(_SIGNS, key=header.count)


def _records(text: str, sign: str) -> Iterator[Record]:
    """Row numbers are those of a spreadsheet: a cell may hold several lines, and an empty line is a row too."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True, skipinitialspace=True)
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            yield number, [clean(cell) for cell in cells]
    except csv.Error as error:
        cure = 'A double quote inside a cell is written twice (""), and each cell that opens one closes it.'
        raise Refused(f"this row cannot be read ({error}).", cure, row=number + 1) from error


def _refuse_other_encodings(records: list[Record]) -> None:
    """Bytes that are not UTF-8 were kept as surrogates, so the very cell can be named."""
    bad = [
        (number, i, cell) for number, cells in records for i, cell in enumerate(cells) if _is_foreign(cell)
    ]
    if bad:
        number, i, cell = bad[0]
        titles = records[0][1]
        column = key(titles[i]) if i < len(titles) and titles[i].isascii() else letters(i)
        shown = cell.encode("utf-8", "surrogateescape").decode("cp1252", "replace")
        more = f", and {len(bad) - 1} cells more" if len(bad) > 1 else ""
        raise Refused(
            f"this is not UTF-8 text (it may be Windows-1252){more}.", UTF8, number, column, shown[:60]
        )


def _is_foreign(cell: str) -> bool:
    return not cell.isascii() and any("\ud800" <= sign <= "\udfff" for sign in cell)
