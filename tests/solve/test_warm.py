"""Nobody waits for a compiler but while warming up."""

import subprocess
import sys

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
