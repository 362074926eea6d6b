"""`careround repair SOURCE ROTA EVENTS --out DIR`: the day as it came, and at most three ways on."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from scheduler.cli.arguments import a_moment, a_whole_number, some_seconds
from scheduler.cli.papers import add_paper, refuse_folder
from scheduler.cli.source import load_source
from scheduler.errors import CareroundError
from scheduler.problem import Problem
from scheduler.units import DAY, HOUR

VERB = "repair"
ITERATIONS = 40_000
"""Work for one proposal; `scheduler.repair` has the same (it is not asked: the help should come at once)."""


def register(commands: Any) -> None:
    """Add the command."""
    parser = add_paper(
        commands,
        VERB,
        "mend a rota for what happened today: at most three proposals, and the people to tell",
        "Take in what happened (an absence, a late carer, a cancelled visit, hospital, a new package, a longer "
        "visit, slow roads, 'never again', no reply) and propose at most three ways on: fewest changes, cheapest, "
        "kindest to people. What has begun stays. ROTA is not touched: a proposal is taken by using its rota.json.",
    )
    parser.add_argument(
        "events",
        metavar="EVENTS",
        type=Path,
        help="all that happened since ROTA was published: a .csv, a .json, or an .xlsx with a sheet Events; "
        "columns told, kind, and what the kind needs, by the README's table (EVENTS)",
    )
    parser.add_argument(
        "--now",
        type=a_moment,
        metavar="MOMENT",
        help="the moment of the repair, as '2026-11-24 07:00' (default: the last event's)",
    )
    parser.add_argument(
        "--told",
        type=Path,
        metavar="ROTA",
        help="what people were told first, where ROTA is itself a repair (default: ROTA)",
    )
    parser.add_argument(
        "--lock", action="append", default=[], metavar="VISIT", help="this visit stays (may be given again)"
    )
    budget = parser.add_mutually_exclusive_group()
    budget.add_argument(
        "--seconds",
        type=some_seconds,
        metavar="N",
        help="time of the search for each proposal instead of work (up to twice as much once more where the first "
        "leaves a visit to nobody)",
    )
    budget.add_argument(
        "--iterations",
        type=a_whole_number(1, 10**12),
        metavar="N",
        default=ITERATIONS,
        help=f"work of the search for each proposal: the same proposals each time (default: {ITERATIONS})",
    )
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Load all, take in, propose, write, say."""
    from scheduler.intake.rota_rows import load_rota
    from scheduler.repair import begin, propose, take_in
    from scheduler.repair.cover import cover_list
    from scheduler.repair.kinds import kind
    from scheduler.repair.package_answer import package_answers
    from scheduler.repair.read import load_events
    from scheduler.report.folder import write_folder
    from scheduler.report.repair_papers import repair_files

    refuse_folder(given, VERB)
    problem = load_source(given).problem
    events = load_events(given.events, problem)
    rota = load_rota(given.rota, problem)
    told = load_rota(given.told, problem) if given.told else rota
    for id in given.lock:
        problem.visit(id)
    day = take_in(begin(problem, rota, 0, told), events, minute_of(given.now, problem), given.events.name)
    sentences = [kind(event.kind).sentence(event, problem) for event in events]
    for sentence in (*sentences, *day.notes):
        print(sentence, file=sys.stderr)
    proposals = []
    for proposal in propose(day, given.lock, given.iterations, given.seconds):
        print(proposal, flush=True)
        for answer in package_answers(day, proposal):
            print(f"  {answer}")
        proposals.append(proposal)
    covers = (
        cover_list(proposals[0].rota, day.problem, day.now, day.absent) if proposals[0].unallocated else []
    )
    for cover in covers:
        print(cover)
    write_folder(given.out, repair_files(day, proposals, covers, sentences))
    for proposal in proposals:
        print(f"  {given.out / proposal.name / 'rota.json'} (and people_to_tell.csv, changes.txt)")
    return 0


def minute_of(moment: datetime | None, problem: Problem) -> int | None:
    """A moment as minute of the period. Raises CareroundError outside it."""
    if moment is None:
        return None
    minute = (moment.date() - problem.start).days * DAY + moment.hour * HOUR + moment.minute
    if not 0 <= minute < problem.days * DAY:
        raise CareroundError(f"--now {moment:%Y-%m-%d %H:%M} is not within the days of the rota.")
    return minute
