"""Looking at a rota waits neither for the solver nor for maps: they are not even imported."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.cli.conftest import FROM, ROOT

HEAVY = ("ortools", "numba", "folium", "matplotlib")
ASK = """
import contextlib, io, json, sys
from scheduler.cli import main
with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
    main(sys.argv[1:])
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""


def imported(*arguments):
    """The packages that are imported once the command is done."""
    asked = [sys.executable, "-c", ASK, *map(str, arguments)]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


@pytest.mark.parametrize("command", ["check", "explain"])
def test_a_rota_is_looked_at_without_the_solver(command, planned):
    found = imported(command, planned.source, planned.out / "rota.json", *FROM)
    assert "pydantic" in found, "it did load the agency"
    assert not set(HEAVY) & set(found)


@pytest.mark.parametrize(
    "arguments", ["--help", "plan --help", "template --out NEW", "generate --clients 5 --out NEW"]
)
def test_nor_what_needs_no_rota(arguments, tmp_path):
    found = imported(*arguments.replace("NEW", str(tmp_path / "new.xlsx")).split())
    assert not set(HEAVY) & set(found)


def test_bad_input_is_told_without_the_solver(tmp_path):
    assert not set(HEAVY) & set(imported("plan", tmp_path / "nowhere", "--out", tmp_path / "out"))
