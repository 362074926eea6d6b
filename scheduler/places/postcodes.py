"""Postcode -> latitude and longitude, offline; a postcode's point is the one of its middle address.

The directory also holds postcodes that are no longer in use and does not say which: their places stay right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from scheduler.errors import CareroundError
from scheduler.places.directory import letter
from scheduler.places.national_grid import to_wgs84

ATTRIBUTION = (
    "Postcodes: ONS Postcode Directory. Source: Office for National Statistics licensed under the Open "
    "Government Licence v.3.0. Contains OS data © Crown copyright and database right 2025. Contains Royal "
    "Mail data © Royal Mail copyright and database right 2025."
)
"""To be printed wherever a place that came from a postcode is shown."""

# Royal Mail's forms A9, A99, AA9, AA99, A9A, AA9A, then digit and two letters (never C, I, K, M, O, V).
_OUTWARD = r"[A-Z]{1,2}[0-9]{1,2}|[A-Z][0-9][A-HJKPSTUW]|[A-Z]{2}[0-9][ABEHMNPRVWXY]"
_SHAPE = re.compile(rf"({_OUTWARD})([0-9][ABD-HJLNP-UW-Z]{{2}})")
_AS_DIGITS = str.maketrans("OIL", "011")

_LEFT_OUT = {
    "BT": "Northern Ireland (BT): its postcodes are under a licence of their own",
    "GY": "Guernsey: the directory has no coordinates there",
    "IM": "the Isle of Man: the directory has no coordinates there",
    "JE": "Jersey: the directory has no coordinates there",
}


def normalise(text: str) -> str:
    """The postcode as Royal Mail writes it ("np201aa" -> "NP20 1AA"); whether it exists is not asked."""
    squeezed = "".join(text.split()).upper()
    found = _SHAPE.fullmatch(squeezed)
    if found is None:
        raise CareroundError(f"{text.strip()!r} is not a postcode like 'NP20 1AA'.{_hint(squeezed)}")
    return f"{found[1]} {found[2]}"


def _hint(squeezed: str) -> str:
    """The commonest slip: the letter O, I or L where a digit belongs (never in the area or the last two)."""
    for area in (2, 1):
        guess = squeezed[:area] + squeezed[area:-2].translate(_AS_DIGITS) + squeezed[-2:]
        found = _SHAPE.fullmatch(guess)
        if found:
            return f" Did you mean '{found[1]} {found[2]}'?"
    return ""


def locate(postcodes: Iterable[str]) -> dict[str, tuple[float, float]]:
    """(latitude, longitude) in degrees WGS84 of those that are known, by the text that was asked for.

    A malformed postcode raises; an unknown one, or one in a part that is left out, is not in the answer: see
    `explain_unknown`. Within about 5 m of the postcode's own point, which is typically 40 m from the address.
    """
    found: dict[str, tuple[float, float]] = {}
    for text in postcodes:
        code = _code(normalise(text))
        codes, eastings, northings = letter(code[0])
        row = _row(codes, code)
        if row < len(codes) and codes[row].decode() == code:
            found[text] = (float(eastings[row]), float(northings[row]))
    if not found:
        return {}
    lat, lon = to_wgs84(*np.array(list(found.values())).T)
    points = zip(lat.round(6).tolist(), lon.round(6).tolist(), strict=True)
    return dict(zip(found, points, strict=True))


def nearest_known(postcode: str, n: int = 3) -> list[str]:
    """Up to `n` known postcodes with the nearest text: of the same sector, else district, else area.

    For a part of the country that is left out it raises, and says which and what to do.
    """
    wanted = normalise(postcode)
    area = _area(wanted)
    if area in _LEFT_OUT:
        raise CareroundError(f"{wanted} is in {_LEFT_OUT[area]}. Give latitude and longitude instead.")
    code, codes = _code(wanted), letter(wanted[0]).codes
    # In a sorted list those that share the longest beginning stand side by side.
    row = _row(codes, code)
    around = {i: codes[i].decode() for i in range(max(row - n, 0), min(row + n, len(codes)))}
    near = [i for i, other in around.items() if _area(other) == area]
    near.sort(key=lambda i: (-_shared(around[i], code), abs(i - row)))
    return [_written(around[i]) for i in near[:n]]


def explain_unknown(postcode: str) -> str:
    """One sentence for the coordinator: why `locate` does not know this postcode, and what to do."""
    try:
        near = nearest_known(postcode)
    except CareroundError as error:
        return str(error)
    wanted = normalise(postcode)
    if not near:
        return f"{wanted} is not known, nor any in {_area(wanted)}. Give latitude and longitude instead."
    return f"{wanted} is not known; the nearest known by its text: {', '.join(near)}."


def in_district(outward: str) -> list[str]:
    """All known postcodes of a district such as "NP20", sorted; empty for an unknown one."""
    prefix = f"{outward.strip().upper():<4}"
    codes = letter(prefix[0]).codes
    return [_written(code.decode()) for code in codes[_row(codes, prefix) : _row(codes, prefix + "~")]]


def _row(codes: NDArray[np.bytes_], code: str) -> int:
    """Where the code is or would be."""
    return int(np.searchsorted(codes, np.bytes_(code.encode())))


def _shared(one: str, other: str) -> int:
    """How many characters both begin with."""
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b), len(one))


def _area(code: str) -> str:
    """ "NP20 1AA" -> "NP"."""
    return code[:2].rstrip("0123456789 ")


def _code(written: str) -> str:
    """ "N1 0AA" -> "N1  0AA", the directory's seven characters."""
    outward, inward = written.split()
    return f"{outward:<4}{inward}"


def _written(code: str) -> str:
    """ "N1  0AA" -> "N1 0AA"."""
    return f"{code[:4].rstrip()} {code[4:]}"
