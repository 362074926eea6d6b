"""The compiled heart of the search: ruin and recreate over the whole week, on explicit whole-minute start times.

Compiled by numba on first use (half a minute, then kept on disk). Reading order: `layout` (what is stored), `routes`
(what a round costs and whether it is legal), `near`, `prices`, `insert` and `double` (where one more visit goes, and
what it costs), `change` (doing and undoing), `retime` (better starts), `ruin` (what is taken out), `search` (the loop),
`adopt` (starting from a given rota), `tries` (one visit at many starts), `doors` (what Python calls). A rich problem
(see `layout.State`) also goes through `starts`, `day`, `reach`, `coupling` and `rich`. `ways` has travel at the hour.
`borrow` is how all of them are handed their arrays, and `compiled` how they become machine code.

Importing this package decides where compiled code is kept: in the user's cache, under a digest of these files. Numba by
itself would not notice when a function changes that lies in another file than its caller.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import numba


def _cache_folder() -> Path:
    # (Numba keeps compiled code by the place of the source, so another checkout compiles anew.)
    digest = hashlib.sha256(f"{numba.__version__} {Path(__file__).parent}".encode())
    for file in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(file.read_bytes())
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or Path.home() / ".cache"
    return Path(base) / "careround" / "kernel" / digest.hexdigest()[:16]


CACHE = Path(os.environ["NUMBA_CACHE_DIR"]) if "NUMBA_CACHE_DIR" in os.environ else _cache_folder()
"""Where compiled code is kept; the user's own NUMBA_CACHE_DIR wins."""

setattr(numba.config, "CACHE_DIR", str(CACHE))  # noqa: B010 (numba makes its settings at run time; mypy sees none)


def is_compiled() -> bool:
    """Has the search been compiled on this machine before? (What is compiled last, see `solve.warm`, is there.)"""
    return any(CACHE.rglob("doors.try_starts-*.nbi"))
