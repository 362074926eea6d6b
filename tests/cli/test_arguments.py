"""Every option is explained and every bad value refused, with its cure, before anything is read."""

from __future__ import annotations

import argparse
import re

import pytest

from scheduler.cli.main import parser
from scheduler.intake.load import MOST_DAYS
from scheduler.solve import Options
from tests.cli.conftest import FROM, run, start

COMMANDS = {
    name: command
    for action in parser()._actions
    if isinstance(action, argparse._SubParsersAction)
    for name, command in action.choices.items()
}
OPTIONS = [
    pytest.param(
        command, action, id=f"{name} {action.option_strings[0] if action.option_strings else action.dest}"
    )
    for name, command in COMMANDS.items()
    for action in command._actions
    if not isinstance(action, argparse._HelpAction | argparse._SubParsersAction)
]
A_ROTA = ("plan", "agency", "--out", "results")


def test_the_commands():
    assert {"plan", "check", "explain", "template", "warm", "generate", "serve", "audit"} <= set(COMMANDS)


@pytest.mark.parametrize("command, action", OPTIONS)
def test_every_option_says_what_it_is(command, action):
    assert action.help
    assert len(action.help) > 10
    told = " ".join(command.format_help().split())
    assert (action.option_strings or [action.metavar])[0] in told


@pytest.mark.parametrize("command, action", OPTIONS)
def test_a_default_is_told_as_it_is(command, action):
    """Only what is plain (no value, a switch, nothing yet) needs no word."""
    if action.default in (None, False, "", argparse.SUPPRESS) or action.default == []:
        return
    default = " ".join(action.default) if isinstance(action.default, list | tuple) else action.default
    text = f"{default:g}" if isinstance(default, float) else str(default)
    assert f"(default: {text})" in action.help


def test_defaults_that_are_worked_out():
    plan = {action.dest: action.help or "" for action in COMMANDS["plan"]._actions}
    assert Options().seconds == 60.0
    assert Options().seed == 1
    assert "next Monday" in plan["start"]
    assert "(default: 7)" in plan["days"]
    assert "default: 2, or 1" in plan["workers"]
    assert MOST_DAYS == 92


@pytest.mark.parametrize("name", COMMANDS)
def test_help_is_printed(name):
    done = run(name, "--help")
    assert done.code == 0
    assert done.out.startswith(f"usage: careround {name}")


def test_the_first_help_names_every_command():
    done = run("--help")
    assert done.code == 0
    for name in COMMANDS:
        assert re.search(rf"^    {name}\b", done.out, re.MULTILINE)


def test_no_command_is_refused():
    done = run()
    assert done.code == 2
    assert "COMMAND" in done.err


@pytest.mark.parametrize(
    "arguments, told",
    [
        (("--days", "0"), f"'0' cannot be used; give a whole number from 1 to {MOST_DAYS}"),
        (("--days", str(MOST_DAYS + 1)), "cannot be used"),
        (("--days", "a week"), "'a week' cannot be used"),
        (("--days", "7.5"), "cannot be used"),
        (("--seconds", "0"), "'0' cannot be used; give a number of seconds above 0"),
        (("--seconds", "-5"), "above 0"),
        (("--seconds", "nan"), "above 0"),
        (("--seconds", "inf"), "above 0"),
        (("--seconds", "1 min"), "above 0"),
        (("--iterations", "0"), "'0' cannot be used; give a whole number from 1"),
        (("--iterations", "1e6"), "cannot be used"),
        (("--iterations", "5", "--seconds", "5"), "not allowed with"),
        (("--workers", "0"), "'0' cannot be used; give a whole number from 1 to 64"),
        (("--workers", "65"), "cannot be used"),
        (("--seed", "-1"), "cannot be used"),
        (("--seed", "99999999999999999999"), "cannot be used"),
        (("--from", "23/11/2026"), "'23/11/2026' is not a date; write it as 2026-11-23"),
        (("--from", "23-11-2026"), "is not a date"),
        (("--from", "2026-02-30"), "is not a date"),
        (("--from", "tomorrow"), "is not a date"),
        (("--speed", "fast"), "unrecognized arguments: --speed"),
    ],
)
def test_bad_values_are_refused(arguments, told):
    done = run(*A_ROTA, *arguments)
    assert (done.code, done.out) == (2, "")
    assert told in done.err


@pytest.mark.parametrize("command", ["check", "explain"])
def test_also_by_the_commands_that_read_a_rota(command):
    done = run(command, "agency", "rota.json", "--from", "23/11/2026")
    assert (done.code, "write it as 2026-11-23" in done.err) == (2, True)


def test_a_period_before_any_figure_is_known(agency, tmp_path):
    done = run("plan", agency, "--out", tmp_path / "out", "--from", "1999-01-04")
    assert done.code == 2
    assert "the period" in done.err
    assert "Choose another first day." in done.err


@pytest.mark.parametrize("seed", ["0", str(2**31 - 1)])
def test_the_edges_that_may_be_used(agency, tmp_path, seed):
    done = run(
        "plan", agency, "--out", tmp_path / "out", *FROM, "--days", "1", "--iterations", "1", "--seed", seed
    )
    assert done.code == 0, done.err


def test_python_m_scheduler_is_the_command():
    process = start("--version")
    told, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (0, "")
    assert told.startswith("careround ")
