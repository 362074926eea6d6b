"""Where the compiled search is kept: in the user's cache, under a digest of its sources. Numba by itself would not
notice when a function changes that lies in another file than its caller. (Asking this imports no numba.)"""

from __future__ import annotations

import hashlib
import os
from importlib.metadata import version
from pathlib import Path

_KERNEL = Path(__file__).parent / "kernel"


def _cache_folder() -> Path:
    # (Numba keeps compiled code by the place of the source, so another checkout compiles anew.)
    digest = hashlib.sha256(f"{version('numba')} {_KERNEL}".encode())
    for file in sorted(_KERNEL.glob("*.py")):
        digest.update(file.read_bytes())
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or Path.home() / ".cache"
    return Path(base) / "careround" / "kernel" / digest.hexdigest()[:16]


CACHE = Path(os.environ["NUMBA_CACHE_DIR"]) if "NUMBA_CACHE_DIR" in os.environ else _cache_folder()
"""The folder; the user's own NUMBA_CACHE_DIR wins."""


def is_compiled() -> bool:
    """Has the search been compiled on this machine before? (What is compiled last, see `solve.warm`, is there.)"""
    return any(CACHE.rglob("doors.try_starts-*.nbi"))
