"""Reading the command and answering for it."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, entry_points, version
from io import TextIOWrapper

from scheduler.cli import (
    check,
    compare,
    continuity,
    delivered,
    explain,
    fairness,
    isf,
    letters,
    pay,
    places,
    plan,
    repair,
    robustness,
    schedules,
    suggestions,
    template,
    warm,
    who_could,
)
from scheduler.cli.console import GIVEN_UP, STOPPED
from scheduler.cli.source import mark
from scheduler.errors import CareroundError, Disagreement, InputError

COMMANDS = (
    plan,
    repair,
    who_could,
    robustness,
    check,
    explain,
    letters,
    schedules,
    suggestions,
    pay,
    isf,
    delivered,
    continuity,
    fairness,
    compare,
    places,
    template,
    warm,
)
BROKEN, UNUSABLE = 1, 2
"""Exit codes: a fault of the rota or of ours; a fault of the input."""
PLUGINS = "careround.commands"
"""Entry points through which other packages (scenarios, api) add their commands: scheduler imports neither."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a name that the console cannot show must not end a plan
            stream.reconfigure(errors="replace")
    given = parser().parse_args(arguments)
    try:
        return int(given.run(given))
    except InputError as error:
        print(error, file=sys.stderr)
        count = len(error.faults)
        print(f"{count} fault{'' if count == 1 else 's'}. Nothing was written.", file=sys.stderr)
        mark(given, error)
        return UNUSABLE
    except Disagreement as error:
        print(error, file=sys.stderr)
        return BROKEN
    except CareroundError as error:
        print(error, file=sys.stderr)
        return UNUSABLE
    except BrokenPipeError:  # whoever read our output has seen enough
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - open until the process ends
        return BROKEN
    except OSError as error:
        print(f"{error.filename or 'A file'}: {error.strerror or error}.", file=sys.stderr)
        return UNUSABLE
    except KeyboardInterrupt:
        print(GIVEN_UP, file=sys.stderr)
        return STOPPED


def parser() -> argparse.ArgumentParser:
    """All commands with their help."""
    top = argparse.ArgumentParser(
        prog="careround",
        description="Plans home care visits: who comes, when and for how long, checked, costed and explained.",
    )
    top.add_argument("--version", action="version", version=f"careround {own_version()}")
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.register(commands)
    for plugin in entry_points(group=PLUGINS):
        plugin.load()(commands)
    return top


def own_version() -> str:
    """The installed version."""
    try:
        return version("careround")
    except PackageNotFoundError:
        return "(not installed)"
