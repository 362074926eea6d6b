"""Write everything about a rota into one folder, or nothing at all.

The files are made in a new folder beside the wanted one, which then takes its place: nobody ever sees half a result.
A folder is only replaced when everything in it is ours and as we left it: `summary.json` holds the digest of each
file, so a workbook that a coordinator has changed since, or anything else that is kept there, stops us.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import Any

from scheduler.errors import OutputError
from scheduler.problem import Problem
from scheduler.report.calendars import calendars
from scheduler.report.carers import carers_table
from scheduler.report.clients import clients_table
from scheduler.report.export import to_csv, to_xlsx
from scheduler.report.map import map_html
from scheduler.report.page import Judged, to_page
from scheduler.report.run import RunInfo
from scheduler.report.tables import costs_table, findings_table, measures_table, rota_table, unallocated_table
from scheduler.rota import Rota
from scheduler.rota_json import to_json

SUMMARY = "summary.json"
PLAN = "plan"
"""The command that `write_all` writes for."""
_OTHERS = {".DS_Store", "Thumbs.db", "desktop.ini"}
"""What desktops put into any folder."""


def write_all(
    out: Path | str,
    rota: Rota,
    problem: Problem,
    run: RunInfo | None = None,
    reasons: Mapping[str, Sequence[str]] | None = None,
) -> list[Path]:
    """Write rota, workbook, calendars, map, page and summary; the paths of what was written. Nothing is written where
    the folder holds anything that is not ours (OutputError)."""
    out = Path(out).resolve()
    refuse_others(out)
    return _write(out, all_files(Judged(rota, problem, run or RunInfo(), reasons)))


def write_folder(
    out: Path | str, files: Mapping[str, bytes], told: Mapping[str, Any], made_by: str
) -> list[Path]:
    """Write the files of one command (`made_by`) and its `summary.json`, which has what was `told` and the digest of
    each file; the paths of what was written. Refuses as `write_all` does, and also to replace another command's
    results."""
    out = Path(out).resolve()
    refuse_others(out, made_by)
    digests = {name: _digest(content) for name, content in files.items()}
    return _write(out, {**files, SUMMARY: _json({"made_by": made_by, **told, "files": digests})})


def _write(out: Path, files: Mapping[str, bytes]) -> list[Path]:
    with _replacing(out) as new:
        for name, content in files.items():
            path = new / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
    return [out / name for name in files]


def all_files(judged: Judged) -> dict[str, bytes]:
    """Name -> content of every file. The same rota, run and reasons give the same bytes."""
    rota, problem = judged.rota, judged.problem
    sheet = rota_table(rota, problem)
    tables = [
        sheet,
        carers_table(rota, problem),
        clients_table(rota, problem),
        unallocated_table(rota, problem, judged.why),
        findings_table(judged.report, problem),
        costs_table(judged.cost),
        measures_table(judged.measures),
    ]
    files = {
        "report.html": to_page(judged).encode(),
        "map.html": map_html(rota, problem, judged.why).encode(),
        "rota.xlsx": to_xlsx(tables, problem),
        "rota.csv": to_csv(sheet).encode("utf-8-sig"),
        "rota.json": to_json(rota).encode(),
    }
    stamp = judged.run.stamp
    files |= {f"carers/{name}": content for name, content in calendars(rota, problem, stamp).items()}
    files[SUMMARY] = _json(summary(judged) | {"files": {name: _digest(files[name]) for name in files}})
    return files


def summary(judged: Judged) -> dict[str, Any]:
    """All measures, and the run behind them."""
    run, problem = judged.run, judged.problem
    return {
        "agency": problem.settings.agency,
        "from": problem.start.isoformat(),
        "days": problem.days,
        **judged.measures,
        "seed": run.seed,
        "iterations": run.iterations,
        "seconds": run.seconds,
        "stopped_early": run.stopped_early,
        "bound_pence": run.bound,
        "optimality": run.optimality,
        "command": run.command,
        "planned_at": run.stamp.isoformat() if run.stamp else None,
        "versions": dict(run.versions),
        "warnings": list(run.warnings),
        "gap_by_day": [gap._asdict() for gap in run.gaps],
        "progress": [point._asdict() for point in run.progress],
    }


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
    if ours and _made_by(out) != made_by:
        raise OutputError(
            f"{out} holds the results of `careround {_made_by(out)}`, which would be lost: choose another folder."
        )
    for path in sorted(out.rglob("*")):
        name = path.relative_to(out).as_posix()
        if path.name in _OTHERS or (path.is_dir() and not path.is_symlink() and _is_ours(name, ours)):
            continue
        if name not in ours:
            raise OutputError(
                f"{out} holds {name}, which is not ours: choose another folder, or move it away."
            )
        if name != SUMMARY and (not path.is_file() or _digest(path.read_bytes()) != ours[name]):
            raise OutputError(
                f"{path} was changed since it was written: move it away, or choose another folder."
            )


def _is_ours(folder: str, ours: Mapping[str, str]) -> bool:
    """Is it a folder that our files are in, or were?"""
    return folder == "carers" or any(name.startswith(f"{folder}/") for name in ours)


def _ours(out: Path) -> dict[str, str]:
    """Name -> digest of each file of an earlier result; empty where there is none."""
    try:
        told = json.loads((out / SUMMARY).read_text(encoding="utf-8"))
        return {str(name): str(digest) for name, digest in told["files"].items()} | {SUMMARY: ""}
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return {}


def _made_by(out: Path) -> str:
    """The command whose results a folder of ours holds; the summary of a plan does not name it."""
    told = json.loads((out / SUMMARY).read_text(encoding="utf-8"))
    return str(told.get("made_by", PLAN))


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
