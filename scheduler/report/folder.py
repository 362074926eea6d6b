"""A folder of results: written whole or not at all, and never over anything that is not ours.

The files are made in a new folder beside the wanted one, which then takes its place: nobody ever sees half a result.
A folder is only replaced when everything in it is ours and as we left it: `summary.json` holds the digest of each
file, so a workbook that a coordinator has changed since, or anything else that is kept there, stops us.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory
from typing import Any

from scheduler.errors import OutputError

SUMMARY = "summary.json"
PLAN = "plan"
"""The command whose results a folder holds where its summary does not name one."""
_OTHERS = {".DS_Store", "Thumbs.db", "desktop.ini"}
"""What desktops put into any folder."""


def with_summary(
    files: Mapping[str, bytes], summary: Mapping[str, Any], made_by: str = PLAN
) -> dict[str, bytes]:
    """The files of one command (`made_by`) and `summary.json`, which also holds their digests."""
    digests = {name: _digest(content) for name, content in files.items()}
    return {**files, SUMMARY: _json({"made_by": made_by, **summary, "files": digests})}


def write_folder(out: Path | str, files: Mapping[str, bytes]) -> list[Path]:
    """Write the files (name -> content, one folder deep at most, `summary.json` among them); the paths of what was
    written. Nothing is written where the folder holds anything that is not ours, or another command's results
    (OutputError)."""
    out = Path(out).resolve()
    refuse_others(out, _made_by(files[SUMMARY]))
    with _replacing(out) as new:
        for name, content in files.items():
            path = new / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
    return [out / name for name in files]


def _json(data: Any) -> bytes:
    return (json.dumps(data, indent=2, ensure_ascii=False) + "\n").encode()


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def refuse_others(out: Path, made_by: str = PLAN) -> None:
    """Nothing that somebody else made, or changed, may be lost, and a plan must not be replaced by its letters:
    OutputError if the folder holds such a thing. Worth asking before long work, too."""
    if not out.exists():
        return
    if not out.is_dir():
        raise OutputError(f"{out} is a file: name a folder for the results.")
    ours = _ours(out)
    if ours and (other := _made_by((out / SUMMARY).read_bytes())) != made_by:
        raise OutputError(
            f"{out} holds the results of `careround {other}`, which would be lost: choose another folder."
        )
    folders = {name.rpartition("/")[0] for name in ours}
    for path in sorted(out.rglob("*")):
        name = path.relative_to(out).as_posix()
        if path.name in _OTHERS or (path.is_dir() and not path.is_symlink() and name in folders):
            continue
        if name not in ours:
            raise OutputError(
                f"{out} holds {name}, which is not ours: choose another folder, or move it away."
            )
        if name != SUMMARY and (not path.is_file() or _digest(path.read_bytes()) != ours[name]):
            raise OutputError(
                f"{path} was changed since it was written: move it away, or choose another folder."
            )


def refuse_unwritable(out: Path) -> None:
    """OutputError where nothing can be written: better now than after long work."""
    above = next(folder for folder in out.resolve().parents if folder.exists())
    try:
        with TemporaryDirectory(prefix=".careround-", dir=above):
            pass
    except OSError as error:
        raise OutputError(
            f"Nothing can be written into {above} ({error.strerror}): choose another folder."
        ) from error


def _ours(out: Path) -> dict[str, str]:
    """Name -> digest of each file of an earlier result; empty where there is none."""
    try:
        told = json.loads((out / SUMMARY).read_text(encoding="utf-8"))
        return {str(name): str(digest) for name, digest in told["files"].items()} | {SUMMARY: ""}
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return {}


def _made_by(summary: bytes) -> str:
    return str(json.loads(summary).get("made_by", PLAN))


@contextmanager
def _replacing(out: Path) -> Iterator[Path]:
    """A new folder that takes the place of `out` when all went well, and else disappears."""
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        new = _beside(out)
        new.mkdir()
    except OSError as error:
        raise OutputError(
            f"Nothing can be written beside {out} ({error.strerror}): choose another folder."
        ) from error
    try:
        yield new
        _swap(new, out)
    except OSError as error:
        raise OutputError(
            f"{out} could not be written ({error.strerror}): free some space, or choose another folder."
        ) from error
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _swap(new: Path, out: Path) -> None:
    """`new` becomes `out`. Should that fail, the old folder is put back."""
    if not out.exists():
        new.rename(out)
        return
    old = _beside(out)
    out.rename(old)
    try:
        new.rename(out)
    except OSError:
        old.rename(out)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _beside(out: Path) -> Path:
    """A hidden name beside the folder that nothing else has."""
    return out.with_name(f".{out.name}-{token_hex(4)}")
