"""Reading back what a paper shows: every number of a page as the workbook has it."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Mapping
from html import unescape
from typing import Any

import openpyxl


def sheets(book: bytes) -> dict[str, list[dict[str, Any]]]:
    """Sheet -> its rows, each heading -> cell."""
    found = {}
    for sheet in openpyxl.load_workbook(io.BytesIO(book)):
        titles, *rows = sheet.iter_rows(values_only=True)
        found[sheet.title] = [dict(zip(map(str, titles), row, strict=True)) for row in rows]
    return found


def shown(page: str, name: str) -> list[dict[str, str]]:
    """The rows of the table of that name on a page, each heading -> text."""
    for part in re.findall(r'aria-label="(.*?)">\s*(<table>.*?</table>)', page, re.DOTALL):
        if unescape(part[0]) == name:
            titles = [text(cell) for cell in re.findall(r'<th scope="col".*?>(.*?)</th>', part[1])]
            rows = re.findall(r"<tr>(.*?)</tr>", part[1].split("<tbody>")[1], re.DOTALL)
            return [
                dict(
                    zip(
                        titles, map(text, re.findall(r"<t[hd].*?>(.*?)</t[hd]>", row, re.DOTALL)), strict=True
                    )
                )
                for row in rows
            ]
    raise AssertionError(f"no table {name!r} on the page")


def text(markup: str) -> str:
    return unescape(re.sub("<.*?>", "", markup)).strip()


def as_pounds(value: float) -> str:
    """A cell of the workbook as a page shows it."""
    return f"{'-' if value < 0 else ''}£{abs(value):,.2f}"


def is_tagged(pdf: bytes) -> bool:
    """Does the file say that it is PDF/UA, with a structure, a language and a title?"""
    marks = (b"/StructTreeRoot", b"/MarkInfo", b"pdfuaid", b"/Lang", b"/DisplayDocTitle")
    inside = pdf + b"".join(
        zlib.decompressobj().decompress(part)
        for part in re.findall(rb"stream\n(x.*?)\nendstream", pdf, re.DOTALL)
    )
    return pdf.startswith(b"%PDF") and all(mark in inside for mark in marks)


def page_of(files: Mapping[str, bytes], name: str) -> str:
    """A page of a folder of results."""
    return files[name].decode()
