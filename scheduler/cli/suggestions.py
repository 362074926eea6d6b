"""`careround suggestions SOURCE ROTA [ACTUALS ...] --out DIR`: what should change, by what was clocked and said."""

from __future__ import annotations

import argparse
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scheduler.cli.arguments import a_whole_number, some_seconds
from scheduler.cli.papers import add_paper, refuse_folder
from scheduler.cli.roads import choice_of, geocoder_of
from scheduler.cli.source import load_source

if TYPE_CHECKING:
    from scheduler.delivered import Actual
    from scheduler.problem import Problem
    from scheduler.report.suggestion_papers import Effect
    from scheduler.rota import Rota
    from scheduler.suggest import Suggestion

WEEKS_BACK = 8
"""So many weeks before the rota's days may be clocked."""
ITERATIONS = 2000


def register(commands: Any) -> None:
    """Add the command."""
    parser = add_paper(
        commands,
        "suggestions",
        "what should change in the plan, by what carers clocked and what people said, with the evidence",
        "Set notes (the table visit_notes of SOURCE) and clocked visits beside the plan: visits that take longer, "
        "doors and parking that take longer, other times that are wished for, carers with whom somebody thrives. Each "
        "suggestion has its evidence; nothing is changed. Decide in suggestions.csv and hand it in with --decisions: "
        "the week is planned again with and without what was accepted (without decisions: with all of them).",
    )
    parser.add_argument(
        "actuals",
        nargs="*",
        metavar="ACTUALS",
        type=Path,
        help=f"clocked visits as for careround delivered, of up to {WEEKS_BACK} weeks before the rota's last day",
    )
    parser.add_argument(
        "--decisions",
        type=Path,
        metavar="FILE",
        help="suggestions.csv of an earlier run, with accept or decline",
    )
    budget = parser.add_mutually_exclusive_group()
    help = f"work of each of the two plans; 0: do not plan (default: {ITERATIONS})"
    budget.add_argument(
        "--iterations", type=a_whole_number(0, 10_000_000), default=ITERATIONS, metavar="N", help=help
    )
    budget.add_argument("--seconds", type=some_seconds, metavar="S", help="or so many seconds each")
    parser.add_argument(
        "--seed", type=a_whole_number(0, 10**9), default=1, metavar="N", help="random seed (default: 1)"
    )
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Load all, find, plan with and without, write, say."""
    from scheduler.intake.decision_rows import load_decisions
    from scheduler.intake.rota_rows import load_rota
    from scheduler.report.document import to_files
    from scheduler.report.folder import with_summary, write_folder
    from scheduler.report.suggestion_papers import decisions_csv, suggestion_paper, suggestion_summary
    from scheduler.suggest import suggestions

    loaded = load_source(given)
    problem = loaded.problem
    rota = load_rota(given.rota, problem)
    decided = load_decisions(given.decisions) if given.decisions else {}
    longer, actuals = _clocked(given, problem)
    refuse_folder(given, "suggestions")
    shift = (problem.start - longer.start).days * 24 * 60
    starts = {leg.visit: leg.start + shift for leg in rota.legs}
    found = suggestions(longer, actuals, loaded.notes, starts)
    taken = [one for one in found if decided.get(one.id) == "accept"] if decided else list(found)
    effect = _effect(given, rota, problem, taken)
    paper = suggestion_paper(found, decided, loaded.notes, effect, problem)
    files = to_files("suggestions", paper, problem) | {"suggestions.csv": decisions_csv(found, decided)}
    write_folder(
        given.out, with_summary(files, suggestion_summary(found, decided, effect, problem), "suggestions")
    )
    for sentence in paper.lead:
        print(sentence)
    for one in found:
        print(f"  {one.id:<24} {one.change}")
    print(f"Written: {given.out / 'suggestions.html'} (and .xlsx, suggestions.csv, summary.json)")
    return 0


def _clocked(given: argparse.Namespace, problem: Problem) -> tuple[Problem, list[Actual]]:
    """The problem of all days that may be clocked, and what was; its last days are those of the rota."""
    if not given.actuals:
        return problem, []
    from scheduler.intake.actual_rows import load_actuals
    from scheduler.intake.load import MOST_DAYS, load_with_warnings

    back = min(WEEKS_BACK * 7, (MOST_DAYS - problem.days) // 7 * 7)
    first, days = problem.start - timedelta(days=back), problem.days + back
    loaded = load_with_warnings(given.source, first, days, choice_of(given), geocoder_of(given))
    longer = loaded.problem
    return longer, [row for path in given.actuals for row in load_actuals(path, longer)]


def _effect(
    given: argparse.Namespace, rota: Rota, problem: Problem, taken: list[Suggestion]
) -> Effect | None:
    """Both plans begin with the rota and have the same budget; None where nothing was taken or nobody asks."""
    from scheduler.suggest import accepted

    if not taken or (not given.seconds and not given.iterations):
        return None
    from scheduler.report.suggestion_papers import Effect
    from scheduler.solve import solve

    after = accepted(problem, taken)
    budget: dict[str, Any] = {"seconds": given.seconds} if given.seconds else {"iterations": given.iterations}
    words = f"{given.seconds:g} s" if given.seconds else f"{given.iterations:,} iterations"
    plans = [solve(one, seed=given.seed, start=rota, **budget).rota for one in (problem, after)]
    return Effect(tuple(taken), problem, plans[0], after, plans[1], words)
