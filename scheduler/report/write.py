"""Write everything about a rota into one folder, or nothing at all.

How a folder is replaced, and when it is not, is said in `folder.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from scheduler.check import Report
from scheduler.problem import Problem
from scheduler.report.calendars import calendars
from scheduler.report.carers import carers_table
from scheduler.report.clients import clients_table
from scheduler.report.export import to_csv, to_xlsx
from scheduler.report.folder import refuse_others, with_summary, write_folder
from scheduler.report.map import map_html
from scheduler.report.map_roads import STRAIGHT, MapRoads
from scheduler.report.page import Judged, to_page
from scheduler.report.run import RunInfo
from scheduler.report.tables import costs_table, findings_table, measures_table, rota_table, unallocated_table
from scheduler.rota import Rota
from scheduler.rota_json import to_json


def write_all(
    out: Path | str,
    rota: Rota,
    problem: Problem,
    run: RunInfo | None = None,
    reasons: Mapping[str, Sequence[str]] | None = None,
    roads: MapRoads = STRAIGHT,
    checked: Report | None = None,
) -> list[Path]:
    """Write rota, workbook, calendars, map, page and summary; the paths of what was written. Nothing is written where
    the folder holds anything that is not ours (OutputError). `checked`: what `check` found of this rota, if known."""
    refuse_others(Path(out).resolve())  # before the work of drawing, not after it
    return write_folder(out, all_files(Judged(rota, problem, run or RunInfo(), reasons, roads, checked)))


def all_files(judged: Judged) -> dict[str, bytes]:
    """Name -> content of every file. The same rota, run and reasons give the same bytes."""
    rota, problem = judged.rota, judged.problem
    files = _tables(judged)  # first: what a large agency's tables take is for the pictures then
    files |= {
        "report.html": to_page(judged).encode(),
        "map.html": map_html(rota, problem, judged.why, judged.roads).encode(),
        "rota.json": to_json(rota).encode(),
    }
    stamp = judged.run.stamp
    files |= {f"carers/{name}": content for name, content in calendars(rota, problem, stamp).items()}
    return with_summary(files, summary(judged))


def _tables(judged: Judged) -> dict[str, bytes]:
    """The workbook, and its first sheet as text."""
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
    return {"rota.xlsx": to_xlsx(tables, problem), "rota.csv": to_csv(sheet).encode("utf-8-sig")}


def summary(judged: Judged) -> dict[str, Any]:
    """All measures, and the run behind them."""
    run, problem = judged.run, judged.problem
    return {
        "agency": problem.settings.agency,
        "from": problem.start.isoformat(),
        "days": problem.days,
        "travel_source": problem.travel_source,
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
