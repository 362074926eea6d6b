"""All of `careround plan` but the search, once, in a process of its own: nothing is warm but the compiled kernels.

    python -m benchmarks.once FOLDER FIRST_DAY DAYS ROTA.json    prints {stage: seconds} as JSON

The program's own functions are timed where they call each other, so that a stage here is what it is in a real run.
Nothing is imported before the clock runs but what a Python of this project has loaded anyway.
"""

from __future__ import annotations

import json
import sys
import tempfile
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.stopwatch import Stopwatch

if TYPE_CHECKING:
    from scheduler.rota import Rota


def measured(folder: Path, start: date, days: int, rota_file: Path) -> dict[str, float]:
    """Stage -> seconds."""
    watch = Stopwatch()
    with watch.stage("import"):
        import_module("scheduler.cli.main")
        from scheduler.check import check
        from scheduler.explain import reasons
        from scheduler.intake.load import load_with_warnings
        from scheduler.report.write import write_all
    with watch.stage("import engine"):
        import_module("scheduler.solve.recipe")
        from scheduler.solve.model import encode
        from scheduler.solve.warm import warm_up
    with watch.stage("compiled kernels"):
        warm_up()
    _watch_parts(watch)
    with watch.stage("load: the rest"):
        problem = load_with_warnings(folder, start, days).problem
    with watch.stage("encode"):
        encode(problem)
    rota = _rota(rota_file)
    with watch.stage("check"):
        found = check(rota, problem)
    with watch.stage("explain"):
        why = reasons(rota, problem)
    with tempfile.TemporaryDirectory() as room, watch.stage("write_all: the rest"):
        write_all(Path(room) / "out", rota, problem, None, why, checked=found)
    return watch.seconds


def _rota(file: Path) -> Rota:
    """What the search would have found; reading it is not timed."""
    from scheduler.rota_json import from_json

    return from_json(file.read_bytes())


def _watch_parts(watch: Stopwatch) -> None:
    """What is timed for itself within loading and writing."""
    from scheduler.intake import load
    from scheduler.report import page, write
    from scheduler.travel import StraightLine

    for name, stage in (
        ("read", "load: read files"),
        ("parse", "load: read cells"),
        ("locate_all", "load: postcodes"),
        ("read_settings", "validate"),
        ("faults_of", "validate"),
        ("build", "load: build"),
        ("warnings_of", "load: warnings"),
    ):
        watch.watch(load, name, stage)
    watch.watch(StraightLine, "matrix", "travel")
    for name, stage in (("cost", "cost"), ("measure", "measures")):
        watch.watch(page, name, stage)
    for name, stage in (
        ("to_page", "report.html"),
        ("map_html", "map.html"),
        ("to_xlsx", "rota.xlsx"),
        ("to_csv", "rota.csv"),
        ("to_json", "rota.json"),
        ("calendars", "carers/*.ics"),
    ):
        watch.watch(write, name, stage)


if __name__ == "__main__":
    FOLDER, START, DAYS, ROTA = sys.argv[1:]
    print(json.dumps(measured(Path(FOLDER), date.fromisoformat(START), int(DAYS), Path(ROTA))))
