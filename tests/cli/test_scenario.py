"""`careround scenario`, as a user runs it."""

from __future__ import annotations

import json
import signal
import time

import pytest

from tests.cli.conftest import FROM, run, start

QUICK = ("--iterations", "60", "--seeds", "1", "--readings", "today", "--workers", "1", *FROM)


def test_list_and_show_need_no_agency():
    told = run("scenario", "list")
    assert told.code == 0
    assert "minimum-length: A minimum visit length." in told.out
    assert "lengthen-30 " in told.out
    assert "minutes: integer, from 5 to 120, default 30" in told.out
    shown = run("scenario", "show", "merge-30", "--catalogue", "minimum-length")
    assert shown.code == 0
    assert "Two visits of less than 30 minutes to one person" in shown.out
    assert "Left out: Whether two short visits can be one" in shown.out


@pytest.mark.parametrize(
    "arguments, words",
    [
        (("show", "lengthen-31", "--catalogue", "minimum-length"), "Did you mean"),
        (("list", "--catalogue", "lengths"), "no family of scenarios"),
        (("run", "nowhere", "neither", "--catalogue", "pay", "--out", "x"), "2 faults. Nothing was written."),
    ],
)
def test_mistakes_are_told_with_their_cure(arguments, words):
    done = run("scenario", *arguments)
    assert done.code == 2
    assert words in done.err


def test_run_writes_the_report_and_a_second_call_plans_nothing_anew(agency, tmp_path):
    out = tmp_path / "out"
    command = ("scenario", "run", agency, "--catalogue", "pay", "--only", "living-wage", "--out", out, *QUICK)
    done = run(*command)
    assert (done.code, "2 runs of 60 iterations." in done.err) == (0, True)
    assert "The real Living Wage" in done.out
    for name in ("report.html", "report.pdf", "results.xlsx", "runs.csv", "maps/base.html"):
        assert (out / name).stat().st_size > 1000, name
    again = run(*command)
    assert "of which 2 are stored already" in again.err
    assert again.out == done.out
    (stored, *_) = (out / "runs").glob("living-wage-*.json")
    assert json.loads(stored.read_text())["applied"] == [{"change": "living_wage", "place": "uk"}]


def test_ctrl_c_keeps_what_has_finished(agency, tmp_path):
    out = tmp_path / "out"
    command = [
        "scenario",
        "run",
        agency,
        "--catalogue",
        "pay",
        "--out",
        out,
        "--seeds",
        "40",
        *QUICK[:2],
        *QUICK[4:],
    ]
    process = start(*command)
    deadline = time.monotonic() + 300
    while not list((out / "runs").glob("*.json")) and time.monotonic() < deadline:
        time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=120)
    assert process.returncode == 130
    assert "kept: the same command again goes on from there" in err
    kept = list((out / "runs").glob("*.json"))
    assert 0 < len(kept) < 240
    assert all(json.loads(path.read_text())["counts"] for path in kept)
