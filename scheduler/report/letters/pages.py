"""A letter as a page: standard, in large print, and in easy read (one thing a line, with a clock beside each visit)."""

from __future__ import annotations

import math
from base64 import b64encode
from collections.abc import Mapping
from functools import lru_cache

from scheduler.report.html import render, static, trusted
from scheduler.report.letters import sentences
from scheduler.report.letters.letter import Letter
from scheduler.report.letters.plain import am_pm, spoken
from scheduler.units import DAY, HOUR

VERSIONS: Mapping[str, str] = {
    "standard": "standard print",
    "large-print": "large print",
    "easy-read": "easy read",
}
"""Each version by its folder, and its name in words."""


def letter_page(letter: Letter, version: str, phone: str = "") -> str:
    """The letter as one HTML page that fetches nothing. `version` is a key of VERSIONS."""
    return render(
        "letter.html",
        styles=trusted(static("letter.css")),
        version=version,
        version_name=VERSIONS[version],
        letter=letter,
        say=sentences,
        time=spoken if version == "easy-read" else am_pm,
        clock=clock_face,
        phone=phone,
    )


@lru_cache(maxsize=DAY)
def _face(minute: int) -> str:
    def hand(turn: float, length: float, width: int) -> str:
        x, y = 50 + length * math.sin(2 * math.pi * turn), 50 - length * math.cos(2 * math.pi * turn)
        return (
            f'<line x1="50" y1="50" x2="{x:.1f}" y2="{y:.1f}" stroke="#1d2733" stroke-width="{width}" '
            'stroke-linecap="round"/>'
        )

    def mark(hour: int) -> str:
        x, y = math.sin(hour * math.pi / 6), -math.cos(hour * math.pi / 6)
        return (
            f'<line x1="{50 + 38 * x:.1f}" y1="{50 + 38 * y:.1f}" x2="{50 + 43 * x:.1f}" y2="{50 + 43 * y:.1f}" '
            'stroke="#51606f" stroke-width="3"/>'
        )

    marks = "".join(map(mark, range(12)))
    sky = "#fff6d6" if 7 * HOUR <= minute < 18 * HOUR else "#dfe6f5"
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">'
        f'<circle cx="50" cy="50" r="46" fill="{sky}" stroke="#1d2733" stroke-width="4"/>{marks}'
        f"{hand(minute / (12 * HOUR), 24, 6)}{hand(minute / HOUR, 36, 4)}</svg>"
    )


def clock_face(minute: int) -> str:
    """A picture of a clock that shows this minute of the period, as a data URL; the dial is yellow by day and blue in
    the evening."""
    picture = _face(minute % DAY).encode()
    return f"data:image/svg+xml;base64,{b64encode(picture).decode()}"
