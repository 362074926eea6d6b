"""`careround plan SOURCE --out DIR`: the main job, end to end."""

from __future__ import annotations

import argparse
import math
import shlex
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scheduler.cli.arguments import a_moment, a_whole_number, some_seconds
from scheduler.cli.console import Console, until_stopped
from scheduler.cli.counting import counting
from scheduler.cli.source import add_source, load_source
from scheduler.errors import CareroundError
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.units import DAY, HOUR, hours, pence, pounds, sixtieths

if TYPE_CHECKING:
    from scheduler.report.run import Gap, RunInfo
    from scheduler.solve.gap import DayGap
    from scheduler.solve.result import Result

PARTS = ("careround", "ortools", "numba", "numpy", "folium")
"""Packages whose versions go into the summary."""

LOCKS = {"--lock": "carers and time", "--lock-carer": "the carers", "--lock-time": "the time"}
LOST_SHOWN = 10
"""Of visits that could not be kept, so many are told one by one."""


def register(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "plan",
        help="plan a period, check it and write rota, costs, reasons and maps",
        description="Plan a period. Ctrl-C stops the search and keeps the best rota so far; a second one gives up.",
    )
    add_source(parser)
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for the results")
    budget = parser.add_mutually_exclusive_group()
    budget.add_argument(
        "--seconds", type=some_seconds, metavar="N", default=60.0, help="time for the search (default: 60)"
    )
    budget.add_argument(
        "--iterations",
        type=a_whole_number(1, 10**12),
        metavar="N",
        help="work for the search instead of time: same seed, iterations and workers, same rota",
    )
    parser.add_argument(
        "--seed", type=a_whole_number(0, 2**31 - 1), default=1, metavar="N", help="random seed (default: 1)"
    )
    parser.add_argument(
        "--workers",
        type=a_whole_number(1, 64),
        metavar="N",
        help="searches side by side (default: 2, or 1 where there is one processor)",
    )
    parser.add_argument(
        "--start", dest="start_rota", type=Path, metavar="ROTA", help="begin with this rota of the same days"
    )
    parser.add_argument(
        "--published",
        type=Path,
        metavar="ROTA",
        help="the rota that clients were told of: each change to it has a price; begin with it unless --start is given",
    )
    for option, what in LOCKS.items():
        parser.add_argument(
            option,
            action="append",
            default=[],
            metavar="VISIT",
            help=f"keep {what} of this visit as in --start, or else in --published (may be given again)",
        )
    parser.add_argument(
        "--freeze",
        type=a_moment,
        metavar="MOMENT",
        help="nothing that begins before this moment, as '2026-11-24 14:00', is changed or added",
    )
    parser.add_argument(
        "--bound",
        action="store_true",
        help="also prove how cheap each day could be (as many seconds again at most)",
    )
    parser.add_argument(
        "--prove",
        action="store_true",
        help="show how far from the best the rota can be: proven optimal for a small agency, else at most so many %%",
    )
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Load, solve, explain, write, say."""
    from scheduler.intake.rota_rows import load_rota
    from scheduler.solve import solve

    loaded = load_source(given)
    problem, warnings, journeys = loaded.problem, loaded.warnings, loaded.journeys
    del loaded  # the tables as they were read: 50 MB of a week of 8,000 visits
    start, published = (
        load_rota(path, problem, may_have_gone=True) if path else None
        for path in (given.start_rota, given.published)
    )
    if published is not None:
        problem = problem.replace(published=published.promises())
    for option in LOCKS:
        _refuse_locks(option, _locked(option, given), start or published, problem)
    frozen_before = _freeze(given.freeze, start or published, problem)
    from scheduler.report.folder import refuse_others, refuse_unwritable

    refuse_others(given.out)
    refuse_unwritable(given.out)
    console = Console(sys.stderr)
    console.say(
        f"{problem.settings.agency}: {len(problem.visits)} visits, {len(problem.clients)} clients, "
        f"{len(problem.carers)} carers, {problem.days} days from {problem.start:%a %d %b %Y}."
    )
    choices: dict[str, Any] = {} if given.workers is None else {"workers": given.workers}
    result = until_stopped(
        console,
        lambda stop: solve(
            problem,
            seconds=given.seconds,
            iterations=given.iterations,
            seed=given.seed,
            start=start,
            bound=given.bound,
            prove=given.prove,
            published=published,
            locked=_locked("--lock", given),
            locked_carers=_locked("--lock-carer", given),
            locked_times=_locked("--lock-time", given),
            frozen_before=frozen_before,
            on_progress=console.progress,
            stop=lambda: stop() and console.has_rota(len(problem.visits)),
            **choices,
        ),
    )
    _tell_lost(result, console)
    why = _reasons(result, problem, console)
    console.say("Writing rota, costs and maps ...")
    # Pictures and maps are not imported before they are drawn: the plan needs the memory.
    from scheduler.report.map_roads import map_roads
    from scheduler.report.write import write_all

    told = tuple(str(warning) for warning in warnings)
    roads = map_roads(result.rota, problem, journeys)
    write_all(given.out, result.rota, problem, run_info(result, told), why, roads, result.report)
    console.close()
    print(_summary(result, problem.settings.rolling_days, given.out))
    return 0


def _reasons(result: Result, problem: Problem, console: Console) -> dict[str, list[str]]:
    """Why visits are unallocated, counted on the console; after a Ctrl-C the others go without."""
    from scheduler.explain import reasons

    if not result.unallocated:
        return {}
    console.say(f"Finding reasons for {result.unallocated} unallocated visits ...")
    tell = counting(sys.stderr, "reasons", "the rest goes without")

    def work(stop: Callable[[], bool]) -> dict[str, list[str]]:
        def go_on(done: int, of: int) -> bool:
            tell(done, of)
            return not stop()

        return reasons(result.rota, problem, result.proofs, go_on=go_on, held=result.held)

    return until_stopped(console, work)


def _locked(option: str, given: argparse.Namespace) -> list[str]:
    """The visits that were given with one of LOCKS."""
    visits: list[str] = getattr(given, option.strip("-").replace("-", "_"))
    return visits


def _refuse_locks(option: str, locks: Sequence[str], start: Rota | None, problem: Problem) -> None:
    """A lock keeps what is there: it needs a start rota that plans the visit."""
    if locks and start is None:
        raise CareroundError(
            f"{option} keeps a visit as it is in a rota: name that rota with --start or --published."
        )
    for id in locks:
        problem.visit(id)
        if start is not None and not start.of_visit(id):
            raise CareroundError(f"{option} {id}: nobody is planned for this visit in the rota given.")


def _freeze(moment: datetime | None, start: Rota | None, problem: Problem) -> int | None:
    """The minute of the period before which nothing changes."""
    if moment is None:
        return None
    if start is None:
        raise CareroundError(
            "--freeze keeps what a rota plans before then: name that rota with --start or --published."
        )
    minute = (moment.date() - problem.start).days * DAY + moment.hour * HOUR + moment.minute
    if not 0 < minute <= problem.days * DAY:
        last = problem.date_of(problem.days - 1)
        raise CareroundError(
            f"--freeze {moment:%Y-%m-%d %H:%M} is not within the days that are planned, {problem.start} to {last}."
        )
    return minute


def _tell_lost(result: Result, console: Console) -> None:
    """What of the start rota could not be kept, and why."""
    for id in result.lost:
        if id in result.refused:
            console.say(f"Locked, but a rule is against it, so planned anew: {id}. {result.lost[id]}")
    others = [id for id in result.lost if id not in result.refused]
    if others:
        console.say(f"Visits of the start rota that could not be kept as they were: {len(others)}.")
    for id in others[:LOST_SHOWN]:
        console.say(f"  {id}: {result.lost[id]}")


def run_info(result: Result, warnings: tuple[str, ...] = ()) -> RunInfo:
    """How the rota was made, for the reports."""
    from scheduler.report.run import Progress, RunInfo

    return RunInfo(
        seed=result.seed,
        iterations=result.iterations,
        seconds=round(result.seconds, 1),
        versions=_versions(),
        warnings=warnings,
        progress=tuple(
            Progress(round(point.seconds, 1), pence(point.price), point.unallocated)
            for point in result.progress
            if point.is_point
        ),
        stopped_early=result.stopped,
        gaps=tuple(_gap(gap, result.rota) for gap in result.gaps),
        bound=None if result.bound is None else pence(result.bound),
        optimality=result.optimality,
        held=result.held,
        command=shlex.join(["careround", *sys.argv[1:]]),
        stamp=datetime.now(UTC).replace(microsecond=0),
    )


def _gap(gap: DayGap, rota: Rota) -> Gap:
    from scheduler.report.run import Gap

    bound = gap.bound
    return Gap(
        date=(rota.start + timedelta(days=bound.day)).isoformat(),
        price_pence=pence(gap.price),
        bound_pence=pence(bound.bound),
        gap=math.ceil(gap.share * 1000) / 1000,  # upwards: nobody can save more than this
        status=str(bound.status),
        unallocated=gap.unallocated,
        least_unallocated=bound.least_unallocated,
    )


def _versions() -> dict[str, str]:
    found = {"python": ".".join(str(part) for part in sys.version_info[:3])}
    for part in PARTS:
        try:
            found[part] = version(part)
        except PackageNotFoundError:
            continue
    return found


def _summary(result: Result, rolling_days: int, out: Path) -> str:
    """What a coordinator wants to know first."""
    import json

    told = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    lines = [
        str(result),
        "",
        f"  unallocated visits      {told['unallocated']:>12,} of {told['visits']:,}",
        f"  hard findings           {told['hard_findings']:>12,}",
        f"  cost of the period      {pounds(sixtieths(told['cost_pence'])):>12}",
        f"  with clients            {hours(told['contact_minutes']):>12}",
        f"  travel between visits   {hours(told['travel_minutes']):>12}",
        f"  waiting                 {hours(told['waiting_minutes']):>12}",
        f"  distinct carers, mean   {told['distinct_carers_mean']:>12.1f} a client in {rolling_days} days",
        f"  visits by core team     {told['core_team_share']:>12.0%}",
        f"  visits under 30 minutes {told['short_visits']:>12,}",
        f"  minutes nobody ordered  {told['uncommissioned_minutes']:>12,}",
        f"  below minimum wage      {told['minimum_wage_shortfalls']:>12,} pay periods of a carer",
        f"  shared interests        {told['interest_matches']:>12,} visits",
        "",
        f"  report  {out / 'report.html'}",
        f"  map     {out / 'map.html'}",
        f"  rota    {out / 'rota.xlsx'} (and .csv, .json, carers/*.ics, summary.json)",
    ]
    return "\n".join(lines)
