"""Ctrl-C, sent to a real process: the first keeps the best rota so far, the second gives up."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from random import Random

import pytest
from ortools.sat.python import cp_model

from scheduler.cli.console import STOPPED, Console, until_stopped
from scheduler.errors import DomainError
from scheduler.solve.options import Progress
from tests.cli.conftest import FROM, run, start

pytestmark = pytest.mark.skipif(os.name == "nt", reason="sends signals as only POSIX has them")

LONG = ("--seconds", "600", "--workers", "1")
PATIENCE = 120
"""Seconds after which a process that should have ended is taken as hanging."""


@contextmanager
def a_long_plan(agency, out):
    """A search that would go on for ten minutes."""
    process = start("plan", agency, "--out", out, *FROM, *LONG)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def until(process: subprocess.Popen[str], words: str) -> None:
    """Wait until the process says so."""
    assert process.stderr
    told = []
    for line in process.stderr:
        told.append(line)
        if words in line:
            return
    raise AssertionError(f"it ended without {words!r}: {''.join(told)}")


@pytest.fixture
def out(tmp_path):
    """A folder that is not there yet."""
    return tmp_path / "results"


def test_one_keeps_the_best_rota_so_far(agency, out):
    with a_long_plan(agency, out) as process:
        until(process, "iterations")
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        told, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, errors
    assert "Stopping; the best rota so far is kept" in errors
    assert "stopped early" in told
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    assert summary["stopped_early"]
    assert summary["hard_findings"] == 0
    assert summary["unallocated"] * 2 < summary["visits"], "a rota worth keeping"
    assert (out / "report.html").is_file()


def test_it_is_heard_while_cp_sat_works():
    """CP-SAT puts its own handler in the place of ours: once, Ctrl-C while it planned the teams was swallowed, and
    after it the next one killed the process with nothing kept."""
    model = cp_model.CpModel()
    dice = Random(1)
    parts = [dice.randrange(10**9) * model.new_bool_var("") for _ in range(60)]
    model.minimize(sum(parts))
    model.add(sum(parts) >= 10**10 + 1)
    heard = []

    def work(stop):
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.max_time_in_seconds = 2.0
        solver.solve(model)
        heard.append(stop())
        return "kept"

    interrupt = threading.Timer(1.0, os.kill, (os.getpid(), signal.SIGINT))
    interrupt.start()
    with open(os.devnull, "w") as nowhere:
        assert until_stopped(Console(nowhere), work) == "kept"
    interrupt.join()
    assert heard == [True]


def test_two_give_up(agency, out):
    with a_long_plan(agency, out) as process:
        until(process, "iterations")
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        until(process, "Stopping")
        process.send_signal(signal.SIGINT)
        told, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == STOPPED == 130
    assert told == ""
    assert "Stopped; nothing was written." in errors
    assert "Traceback" not in errors
    assert list(out.parent.iterdir()) == []


@pytest.mark.parametrize("part", ["scheduler.intake.load.read", "scheduler.report.write.all_files"])
def test_before_and_after_the_search_one_is_enough_to_give_up(agency, out, part, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(part, interrupted)
    done = run("plan", agency, "--out", out, *FROM, "--iterations", "20")
    assert (done.code, done.out) == (130, "")
    assert done.err.endswith("Stopped; nothing was written.\n")
    assert not out.exists()


def test_the_handler_is_given_back(agency, out):
    before = signal.getsignal(signal.SIGINT)
    assert run("plan", agency, "--out", out, *FROM, "--iterations", "20").code == 0
    assert signal.getsignal(signal.SIGINT) is before


class TestARotaWorthKeeping:
    @pytest.mark.parametrize(
        "unallocated, times, answer", [(49, 1, True), (50, 1, False), (50, 4, False), (50, 5, True)]
    )
    def test_half_of_the_visits_or_some_seconds(self, unallocated, times, answer):
        with open(os.devnull, "w") as nowhere:
            console = Console(nowhere)
            for _ in range(times):
                console.progress(Progress("searching", 1.0, unallocated=unallocated))
        assert console.has_rota(100) is answer

    def test_always_after_the_search(self):
        """A small week can be searched before it was told of five times; the proof then may be stopped, too."""
        with open(os.devnull, "w") as nowhere:
            console = Console(nowhere)
            console.progress(Progress("searching", 1.0, unallocated=90, share=1.0))
        assert console.has_rota(100)

    def test_not_before_the_search_has_begun(self):
        console = Console(sys.stderr)
        console.best = None
        assert not console.has_rota(0)


class TestTheWork:
    def test_its_answer_is_handed_on(self):
        assert until_stopped(Console(sys.stderr), lambda stop: stop()) is False

    def test_its_error_is_handed_on(self):
        def fail(_):
            raise DomainError("told")

        with pytest.raises(DomainError, match="told"):
            until_stopped(Console(sys.stderr), fail)

    def test_outside_the_main_thread_there_is_no_ctrl_c_to_hear(self):
        answers = []
        thread = threading.Thread(
            target=lambda: answers.append(until_stopped(Console(sys.stderr), lambda stop: stop()))
        )
        thread.start()
        thread.join()
        assert answers == [False]
