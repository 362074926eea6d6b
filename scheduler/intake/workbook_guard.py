"""What is looked at before a workbook is trusted: what kind of file it is, how far it unpacks, what cells hide.

The fast reader gives an empty text both for an empty cell and for a formula that never was calculated or that failed
(#N/A): without this look such a cell would be taken for empty. It also lays out every sheet as a full rectangle, so
one stray cell in the last row could take all memory.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from scheduler.intake.files import inspect
from scheduler.intake.raw import MEGABYTE, Refused

MOST_UNPACKED = 300 * MEGABYTE
MOST_CELLS = 10_000_000
SAVE_AS = "Open it in Excel or LibreOffice and save it as .xlsx, or as one CSV file for each table."
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    KeyError,
    OSError,
)
"""What the zip and XML readers raise at damaged files."""

_CELL = re.compile(rb'<(?:\w+:)?c\s(?=[^>]*?\br\s*=\s*["\']([A-Za-z]+)(\d+)["\'])([^>]*)>')
_CELL_WITHOUT_REF = re.compile(rb"<(?:\w+:)?c(?:>|\s(?![^>]*\br\s*=))")
_ROW = re.compile(rb'<(?:\w+:)?row\s[^>]*?\br\s*=\s*["\'](\d+)["\']')
_HIDING = re.compile(rb't\s*=\s*["\']e["\']|</?(?:\w+:)?f[\s>]')
_FULL_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*)(?<!/)>(.*?)</(?:\w+:)?c>", re.DOTALL)
_REF = re.compile(rb'\br\s*=\s*["\']([A-Za-z]+)(\d+)["\']')
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>([^<]*)</")
_KINDS = {b"%PDF": "a PDF file", b"\xd0\xcf\x11\xe0": "an old Excel file (.xls)"}


@dataclass(frozen=True, slots=True)
class Hidden:
    """A cell that looks empty and is not: a formula without its result, or with an error as its result."""

    row: int
    column: int
    value: str


def guard(path: Path, sheets: Callable[[str], bool]) -> dict[str, list[Hidden]]:
    """Refuse what is no workbook or is built to hurt; give the cells that hide something, by sheet. Only the sheets
    that will be read are looked into."""
    inspect(path)
    try:
        _refuse_other_kinds(path)
        with zipfile.ZipFile(path) as pack:
            _refuse_other_packs(pack)
            return {
                sheet: _look(pack.read(part), sheet) for sheet, part in _parts(pack).items() if sheets(sheet)
            }
    except (*BROKEN, ElementTree.ParseError) as error:
        raise Refused("this workbook is damaged: it cannot be unpacked.", SAVE_AS) from error


def _refuse_other_kinds(path: Path) -> None:
    with path.open("rb") as file:
        head = file.read(4096)
        if (
            head.startswith(b"\xd0\xcf\x11\xe0")
            and "EncryptedPackage".encode("utf-16-le") in head + file.read()
        ):
            cure = "In Excel: File, Info, Protect Workbook, Encrypt with Password, and empty the password."
            raise Refused("this workbook is protected by a password.", cure)
    for magic, what in _KINDS.items():
        if head.startswith(magic):
            raise Refused(f"this is {what}, not an .xlsx workbook.", SAVE_AS)
    if not head.startswith(b"PK"):
        raise Refused("this is not an .xlsx workbook, whatever its name says.", SAVE_AS)


def _refuse_other_packs(pack: zipfile.ZipFile) -> None:
    names = set(pack.namelist())
    if "mimetype" in names and b"opendocument" in pack.read("mimetype"):
        raise Refused("this is an OpenDocument file (.ods), not an .xlsx workbook.", SAVE_AS)
    if "xl/workbook.xml" not in names:
        raise Refused("this is not an .xlsx workbook, whatever its name says.", SAVE_AS)
    unpacked = sum(info.file_size for info in pack.infolist())
    if unpacked > MOST_UNPACKED:
        size, limit = unpacked // MEGABYTE, MOST_UNPACKED // MEGABYTE
        cure = "Copy the tables into a new workbook and give that."
        raise Refused(f"this workbook unpacks to {size:,} MB; at most {limit} MB are read.", cure)


def _parts(pack: zipfile.ZipFile) -> dict[str, str]:
    """Sheet -> the part of the pack that holds it."""
    targets = {}
    for link in ElementTree.fromstring(pack.read("xl/_rels/workbook.xml.rels")):
        targets[link.get("Id")] = link.get("Target", "").removeprefix("/xl/")
    sheets = {}
    for element in ElementTree.fromstring(pack.read("xl/workbook.xml")).iter():
        id = next((value for name, value in element.attrib.items() if name.endswith("}id")), None)
        if element.tag.endswith("}sheet") and targets.get(id, "").startswith("worksheets/"):
            sheets[element.get("name", "")] = f"xl/{targets[id]}"
    return sheets


def _look(xml: bytes, sheet: str) -> list[Hidden]:
    rows, columns = [0], [0]
    for letters, row, rest in _CELL.findall(xml):
        if not rest.endswith(b"/"):
            rows.append(int(row))
            columns.append(_number(letters))
    if _CELL_WITHOUT_REF.search(xml):
        rows.extend(map(int, _ROW.findall(xml)))
    if max(rows) * max(1, *columns) > MOST_CELLS:
        problem = (
            f"in sheet {sheet!r} a cell stands as far away as row {max(rows):,} and column {max(columns):,}."
        )
        raise Refused(problem, "Delete the rows and columns after the table, and save.", row=max(rows))
    return list(_hidden(xml)) if _HIDING.search(xml) else []


def _hidden(xml: bytes) -> list[Hidden]:
    found = []
    for attributes, inside in _FULL_CELL.findall(xml):
        ref, value = _REF.search(attributes), _VALUE.search(inside)
        failed = re.search(rb't\s*=\s*["\']e["\']', attributes)
        text = re.search(rb't\s*=\s*["\']str["\']', attributes)
        waiting = re.search(rb"<(?:\w+:)?f[\s>/]", inside) and not (value and value[1]) and not text
        if ref and (failed or waiting):
            shown = value[1].decode(errors="replace") if value and value[1] else "a formula"
            found.append(Hidden(int(ref[2]), _number(ref[1]) - 1, shown))
    return found


def _number(letters: bytes) -> int:
    """b'A' -> 1, b'AA' -> 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number
