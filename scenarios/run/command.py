"""`careround scenario list|show|run|frontier`: the commissioner's question."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scenarios.run.arguments import SECONDS, add_catalogue, add_run
from scenarios.run.listing import list_all, show
from scheduler.cli.console import STOPPED
from scheduler.cli.roads import choice_of, geocoder_of, tell
from scheduler.errors import Fault, InputError

if TYPE_CHECKING:
    from scenarios.catalogue import Family, Scenario
    from scenarios.report.study import Study
    from scenarios.run.jobs import Effort, Outcome, Reading
    from scenarios.run.store import Store
    from scheduler.problem import Problem
    from scheduler.travel import Choice

KEPT = "Stopped. Runs that have finished are kept: the same command again goes on from there."


def register(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "scenario",
        help="what would it really do? Plan the week again under other rules, and compare",
        description="Plan an agency's week again under other rules (lengths, pay, budgets, carers, roads) and compare.",
    )
    verbs = parser.add_subparsers(required=True, metavar="VERB")

    shown = verbs.add_parser("list", help="the families of scenarios, and every change with its parameters")
    shown.add_argument(
        "--catalogue", metavar="NAME", help="a family, or the path of an own catalogue (.toml)"
    )
    shown.set_defaults(run=list_all)

    one = verbs.add_parser("show", help="what a scenario changes, in sentences")
    one.add_argument("scenario", metavar="SCENARIO")
    add_catalogue(one)
    one.set_defaults(run=show)

    go = verbs.add_parser(
        "run",
        help="plan base and scenarios, and write the report",
        description="Plan base and scenarios with several seeds, in parallel, and write report.html, report.pdf, "
        "results.xlsx and runs.csv. Runs are stored as they finish: Ctrl-C keeps them, and the same command again "
        "plans only what is missing.",
    )
    add_run(go)
    add_catalogue(go)
    go.add_argument("--only", nargs="+", metavar="SCENARIO", help="these scenarios of the catalogue alone")
    go.set_defaults(run=_stoppable(run))

    curve = verbs.add_parser(
        "frontier",
        help="the minimum length step by step: cost, unallocated hours and carers needed as a curve",
        description="Plan the week with every visit at least 15, 20, ... 45 minutes, and with fewer visits for the "
        "same money.",
    )
    add_run(curve)
    curve.add_argument(
        "--floors", type=int, nargs="+", metavar="MINUTES", default=list(range(15, 50, 5)),
        help="the minimum lengths (default: 15 20 25 30 35 40 45)",
    )  # fmt: skip
    curve.set_defaults(run=_stoppable(frontier))


def _stoppable(command: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    """The command, with Ctrl-C told for what it is here: nothing that has finished is lost."""

    def told(given: argparse.Namespace) -> int:
        if (
            threading.current_thread() is threading.main_thread()
        ):  # a shell's background job begins deaf to it
            signal.signal(signal.SIGINT, signal.default_int_handler)
        try:
            return command(given)
        except KeyboardInterrupt:
            print(KEPT, file=sys.stderr)
            return STOPPED

    return told


def run(given: argparse.Namespace) -> int:
    """Plan, compare, write."""
    from scenarios.catalogue import family, scenario

    where = family(given.catalogue)
    chosen = [scenario(name, where) for name in given.only] if given.only else list(where.scenarios)
    return _report(given, where, chosen)


def _report(given: argparse.Namespace, where: Family, scenarios: Sequence[Scenario]) -> int:
    from scenarios.report.write import write_report

    study, store = _study(given, where, scenarios)
    write_report(study, store)
    print(_summary(study, given.out))
    return 0


def frontier(given: argparse.Namespace) -> int:
    """The curve."""
    from scenarios.catalogue import Family
    from scenarios.frontier import frontier_scenarios, steps
    from scenarios.report.frontier import sentences
    from scenarios.report.write import write_frontier

    scenarios = frontier_scenarios(given.floors)
    question = "What does each minimum length cost, who would be missing, and what does the same money buy?"
    family = Family("frontier", "The minimum length, step by step", question, tuple(scenarios))
    study, store = _study(given, family, scenarios)
    curve = steps(study.results, given.floors)
    write_frontier(study, store, curve)
    print("\n".join(sentences(study, curve)))
    print(f"\n  report  {given.out / 'report.html'} (and .pdf, results.xlsx, runs.csv)")
    return 0


def _study(given: argparse.Namespace, where: Family, scenarios: Sequence[Scenario]) -> tuple[Study, Store]:
    """Everything planned, as far as it was not stored already."""
    from scenarios.report.study import Study
    from scenarios.results.compare import results

    choice = choice_of(given)
    agencies = _agencies(given, choice)
    outcomes, effort, store, pooled = _planned(given, agencies, scenarios, choice)
    found, today = results(outcomes), date.today()
    told = Study(where.label, where.question, agencies, tuple(scenarios), found, effort, today, pooled)
    return told, store


def _agencies(given: argparse.Namespace, choice: Choice) -> dict[str, Problem]:
    """Name -> problem of each source; two of one name are told apart by number. The faults of all are told at once."""
    from scheduler.intake.load import load_with_warnings

    geocoder = geocoder_of(given)
    found: dict[str, Problem] = {}
    faults: list[Fault] = []
    for source in given.source:
        try:
            loaded = load_with_warnings(source, given.start, given.days, choice, geocoder)
        except InputError as error:
            faults += error.faults
            continue
        if loaded.warnings:
            print(
                f"{source}: {len(loaded.warnings)} warnings (`careround plan` tells them).", file=sys.stderr
            )
        tell(loaded.journeys, choice)
        name = loaded.problem.settings.agency
        found[name if name not in found else f"{name} ({len(found) + 1})"] = loaded.problem
    if faults:
        raise InputError(faults)
    return found


def _planned(
    given: argparse.Namespace, agencies: dict[str, Problem], scenarios: Sequence[Scenario], choice: Choice
) -> tuple[list[Outcome], Effort, Store, Problem | None]:
    from scenarios.pool import POOLED
    from scenarios.run.jobs import Effort, Reading, jobs
    from scenarios.run.run import Machine, run_all
    from scenarios.run.store import Store

    readings: list[Reading] = list(Reading) if given.readings == "both" else [Reading(given.readings)]
    seconds = given.seconds or (None if given.iterations else SECONDS)
    effort = Effort(seconds, given.iterations)
    seeds = range(1, given.seeds + 1)
    wanted, problems = jobs(agencies, scenarios, readings, seeds, effort, given.rate, choice)
    store = Store(given.out)
    machine = Machine(given.workers or os.cpu_count() or 1, given.cluster)
    missing = len(store.missing(wanted))
    stored = f", of which {len(wanted) - missing} are stored already" if missing < len(wanted) else ""
    each = " for each provider" if POOLED in problems else ""
    print(f"{len(wanted)} runs of {effort.words}{each}{stored}.", file=sys.stderr)
    return run_all(wanted, problems, store, machine), effort, store, problems.get(POOLED)


def _summary(study: Study, out: Path) -> str:
    """What a commissioner wants to know first."""
    from scenarios.report.findings import findings, today

    lines = today(study)
    for one in findings(study):
        lines += ["", one.label, *(f"  {sentence}" for sentence in one.sentences)]
    return "\n".join([*lines, "", f"  report  {out / 'report.html'} (and .pdf, results.xlsx, runs.csv)"])
