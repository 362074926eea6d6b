"""Nobody waits for a compiler but while warming up."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from scheduler.solve import warm

ROOT = Path(__file__).parents[2]
DOORS_STILL_SHUT = """
import importlib, pkgutil
from scheduler.solve import __path__ as folder
from numba.core.registry import CPUDispatcher
from scheduler.solve.kernel.compiled import _PartDispatcher
from scheduler.solve.warm import warm_up

warm_up()
for found in pkgutil.walk_packages(folder, "scheduler.solve."):
    if found.name.startswith(("scheduler.solve.kernel", "scheduler.solve.bound")):
        continue  # (what calls doors is looked at; the bound is a benchmark's and asked for by name)
    for name, value in vars(importlib.import_module(found.name)).items():
        if isinstance(value, CPUDispatcher) and not isinstance(value, _PartDispatcher):
            print(name, "open" if value.signatures else "shut")
"""


def test_whatever_python_calls_is_compiled_once_warmed_up():
    done = subprocess.run([sys.executable, "-c", DOORS_STILL_SHUT], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    doors = dict(line.split() for line in done.stdout.splitlines())
    assert {"run", "try_starts"} <= set(doors)
    assert [name for name, state in doors.items() if state == "shut"] == []


def test_whether_it_is_compiled_is_known_without_the_compiler():
    """`careround serve` asks at each start."""
    asked = (
        "import sys; from scheduler.solve.compiled_code import is_compiled\n"
        "is_compiled(); print('numba' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True)
    assert done.stdout == "False\n", done.stderr


@pytest.mark.skipif(os.cpu_count() == 1, reason="there is no other core")
def test_the_other_cores_part_of_the_compiling_runs_by_itself(tmp_path, monkeypatch):
    """Also in a folder with a file that is called like a module."""
    (tmp_path / "numba.py").write_text("raise SystemExit(3)\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [each or str(ROOT) for each in sys.path])
    helper = warm._on_another_core()
    assert helper is not None
    assert helper.wait() == 0


def test_where_the_other_process_cannot_start_all_is_compiled_here(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/not/there/python")
    monkeypatch.setattr(warm, "is_compiled", lambda: False)
    told: list[str] = []
    warm.warm_up(told.append)
    assert len(told) == 1


def test_a_process_that_hangs_is_not_waited_for_for_ever(monkeypatch):
    monkeypatch.setattr(warm, "PATIENCE", 0.1)
    hanging = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    warm._ended(hanging)
    assert hanging.returncode is not None
