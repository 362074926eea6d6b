"""Opening what the user named: every way in which that can fail is told with its cure."""

from __future__ import annotations

import stat
from contextlib import suppress
from pathlib import Path

from scheduler.intake.raw import MEGABYTE, MOST_BYTES, Refused, nearest


def read_bytes(path: Path) -> bytes:
    """The whole file, after `inspect`."""
    inspect(path)
    try:
        return path.read_bytes()
    except OSError as error:
        raise Refused(
            f"it cannot be read ({error.strerror}).", "Close it elsewhere, or ask for the right to read it."
        ) from error


def inspect(path: Path) -> None:
    """Refuse what is missing, not a file, empty or far too large, before a byte of it is read."""
    try:
        found = path.stat()
    except FileNotFoundError as error:
        broken = path.is_symlink()
        problem = "this link leads nowhere." if broken else "there is no such file."
        raise Refused(problem, "Mend the link." if broken else _near(path)) from error
    except (OSError, ValueError) as error:
        raise Refused(f"it cannot be opened ({error}).", "Check the name and the rights.") from error
    if not stat.S_ISREG(found.st_mode):
        raise Refused("this is not a file.", "Give a file.")
    if found.st_size == 0:
        raise Refused("this file is empty.", "Export it again, or delete it if it is not needed.")
    if found.st_size > MOST_BYTES:
        size = f"{found.st_size / MEGABYTE:,.0f} MB"
        limit = f"{MOST_BYTES // MEGABYTE} MB"
        cure = "Leave out what the planner does not read, such as years of history."
        raise Refused(f"this file has {size}; at most {limit} are read.", cure)


def _near(path: Path) -> str:
    with suppress(OSError):
        if near := nearest(path.name, (other.name for other in path.parent.iterdir())):
            return f"Did you mean {near!r}?"
    return "Check the name and the folder."
