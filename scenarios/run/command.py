"""`careround scenario list|show|run|frontier`: the commissioner's question."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scheduler.cli.arguments import a_date, a_whole_number, some_seconds
from scheduler.cli.console import STOPPED
from scheduler.cli.source import MOST_DAYS
from scheduler.units import WEEK_DAYS

if TYPE_CHECKING:
    from scenarios.catalogue import Family, Scenario
    from scenarios.run.jobs import Effort, Outcome, Reading
    from scenarios.run.store import Store
    from scheduler.problem import Problem

SECONDS = 30.0
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
    _add_catalogue(one)
    one.set_defaults(run=show)

    go = verbs.add_parser(
        "run",
        help="plan base and scenarios, and write the report",
        description="Plan base and scenarios with several seeds, in parallel, and write report.html, report.pdf, "
        "results.xlsx and runs.csv. Runs are stored as they finish: Ctrl-C keeps them, and the same command again "
        "plans only what is missing.",
    )
    _add_run(go)
    _add_catalogue(go)
    go.add_argument("--only", nargs="+", metavar="SCENARIO", help="these scenarios of the catalogue alone")
    go.set_defaults(run=run)

    curve = verbs.add_parser(
        "frontier",
        help="the minimum length step by step: cost, unallocated hours and carers needed as a curve",
        description="Plan the week with every visit at least 15, 20, ... 45 minutes, and with fewer visits for the "
        "same money.",
    )
    _add_run(curve)
    curve.add_argument(
        "--floors", type=int, nargs="+", metavar="MINUTES", default=list(range(15, 50, 5)),
        help="the minimum lengths (default: 15 20 25 30 35 40 45)",
    )  # fmt: skip
    curve.set_defaults(run=frontier)


def _add_catalogue(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--catalogue", required=True, metavar="NAME", help="a family, or the path of an own catalogue (.toml)"
    )


def _add_run(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "source",
        metavar="SOURCE",
        type=Path,
        nargs="+",
        help="folder, workbook or .json of an agency (or several)",
    )
    help = "first day of the period, as 2026-11-23 (default: next Monday)"
    parser.add_argument("--from", dest="start", metavar="DATE", type=a_date, help=help)
    parser.add_argument(
        "--days", metavar="N", type=a_whole_number(1, MOST_DAYS), default=WEEK_DAYS,
        help=f"length of the period in days (default: {WEEK_DAYS})",
    )  # fmt: skip
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for the results")
    parser.add_argument(
        "--seeds",
        type=a_whole_number(1, 100),
        default=3,
        metavar="N",
        help="seeds 1 to N of each run (default: 3)",
    )
    budget = parser.add_mutually_exclusive_group()
    budget.add_argument(
        "--seconds", type=some_seconds, metavar="S", help=f"search of each run (default: {SECONDS:g})"
    )
    budget.add_argument(
        "--iterations", type=a_whole_number(1, 10**12), metavar="N",
        help="work for each search instead of time: same command, same report",
    )  # fmt: skip
    parser.add_argument(
        "--readings", choices=("today", "enough", "both"), default="both",
        help="with today's carers, with as many as it takes, or both (default)",
    )  # fmt: skip
    parser.add_argument(
        "--rate", type=a_whole_number(1, 100_000), metavar="PENCE",
        help="what is paid for an hour with clients, in pence (default: the average that councils pay)",
    )  # fmt: skip
    parser.add_argument(
        "--workers", type=a_whole_number(1, 256), metavar="N", help="processes (default: one a processor)"
    )
    parser.add_argument(
        "--cluster", metavar="ADDRESS",
        help="run on Dask.distributed instead: 'local', or the address of a scheduler, as tcp://10.0.0.1:8786",
    )  # fmt: skip


def list_all(given: argparse.Namespace) -> int:
    """Families and scenarios, then the changes."""
    from scenarios.catalogue import catalogue, family

    families = [family(given.catalogue)] if given.catalogue else list(catalogue().values())
    for one in families:
        print(f"{one.name}: {one.label}. {one.question}")
        for scenario in one.scenarios:
            print(f"  {scenario.name:<28} {scenario.label}")
    if not given.catalogue:
        print("\nChanges, for a catalogue of one's own (scenarios/catalogue.toml shows the form):")
        _list_changes()
    return 0


def _list_changes() -> None:
    from scenarios.changes import CHANGES

    for name, change in CHANGES.items():
        print(f"  {name:<18} {' '.join((change.__doc__ or '').split()).split('. ')[0].rstrip('.')}.")
        for field, told in change.model_json_schema()["properties"].items():
            print(f"    {field}: {_bounds(told)}")


def _bounds(told: dict[str, Any]) -> str:
    for option in told.get("anyOf", []):
        told = {**option, **told} if option.get("type") != "null" else told
    parts = [" | ".join(map(repr, told["enum"])) if "enum" in told else str(told.get("type", ""))]
    low = told.get("minimum", told.get("exclusiveMinimum"))
    if low is not None:
        parts.append(f"{'over' if 'exclusiveMinimum' in told else 'from'} {low:g} to {told['maximum']:g}")
    if told.get("default") is not None:
        parts.append(f"default {told['default']}")
    return ", ".join(parts)


def show(given: argparse.Namespace) -> int:
    """One scenario in sentences."""
    from scenarios.catalogue import family, scenario

    one = scenario(given.scenario, family(given.catalogue))
    print(one.label)
    for sentence in one.sentences:
        print(f"  {sentence}")
    for change in one.changes:
        if change.limits:
            print(f"  Left out: {change.limits}")
    return 0


def run(given: argparse.Namespace) -> int:
    """Plan, compare, write."""
    from scenarios.catalogue import family, scenario

    where = family(given.catalogue)
    chosen = [scenario(name, where) for name in given.only] if given.only else list(where.scenarios)
    return _report(given, where, chosen)


def _report(given: argparse.Namespace, where: Family, scenarios: Sequence[Scenario]) -> int:
    from scenarios.report.study import Study
    from scenarios.report.write import write_report
    from scenarios.results.compare import results

    agencies = _agencies(given)
    try:
        outcomes, effort, store = _planned(given, agencies, scenarios)
    except KeyboardInterrupt:
        print(KEPT, file=sys.stderr)
        return STOPPED
    study = Study(
        where.label, where.question, agencies, tuple(scenarios), results(outcomes), effort, date.today()
    )
    write_report(study, store)
    print(_summary(study, given.out))
    return 0


def _agencies(given: argparse.Namespace) -> dict[str, Problem]:
    """Name -> problem of each source; two of one name are told apart by number."""
    from scheduler.intake.load import load_with_warnings

    found: dict[str, Problem] = {}
    for source in given.source:
        loaded = load_with_warnings(source, given.start, given.days)
        if loaded.warnings:
            print(
                f"{source}: {len(loaded.warnings)} warnings (`careround plan` tells them).", file=sys.stderr
            )
        name = loaded.problem.settings.agency
        found[name if name not in found else f"{name} ({len(found) + 1})"] = loaded.problem
    return found


def _planned(
    given: argparse.Namespace, agencies: dict[str, Problem], scenarios: Sequence[Scenario]
) -> tuple[list[Outcome], Effort, Store]:
    from scenarios.run.jobs import Effort, Reading, jobs
    from scenarios.run.run import Machine, run_all
    from scenarios.run.store import Store

    readings: list[Reading] = list(Reading) if given.readings == "both" else [Reading(given.readings)]
    seconds = given.seconds or (None if given.iterations else SECONDS)
    effort = Effort(seconds, given.iterations)
    todo, problems = jobs(agencies, scenarios, readings, range(1, given.seeds + 1), effort, given.rate)
    store = Store(given.out)
    machine = Machine(given.workers or os.cpu_count() or 1, given.cluster)
    missing = len(store.missing(todo))
    stored = f", of which {len(todo) - missing} are stored already" if missing < len(todo) else ""
    print(f"{len(todo)} runs of {effort.words}{stored}.", file=sys.stderr)
    return run_all(todo, problems, store, machine), effort, store


def _summary(study: Any, out: Path) -> str:
    """What a commissioner wants to know first."""
    from scenarios.report.findings import findings, today

    lines = today(study)
    for one in findings(study):
        lines += ["", one.label, *(f"  {sentence}" for sentence in one.sentences)]
    return "\n".join([*lines, "", f"  report  {out / 'report.html'} (and .pdf, results.xlsx, runs.csv)"])


def frontier(given: argparse.Namespace) -> int:
    """The curve."""
    raise NotImplementedError
