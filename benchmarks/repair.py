"""Ten mornings: at seven a carer of a planned week is absent, and on some more happens. How fast comes the first
proposal, what does it change, and what would a plan made anew have changed? And how fast is "who could go?"."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

from benchmarks.agencies import add_agencies, agencies
from benchmarks.budget import add_budget, choices
from benchmarks.machine import stamp
from benchmarks.mornings import NAMES, Morning, mornings
from benchmarks.results import add_results, append_row, write_text
from benchmarks.tables import markdown_table, text_table
from scheduler.problem import Problem
from scheduler.repair.propose import ITERATIONS
from scheduler.repair.ways import WAYS
from scheduler.repair.who_now import WhoCould
from scheduler.rota import Rota
from scheduler.rota_json import from_json
from scheduler.solve import solve
from scheduler.units import pounds, sixtieths

NAME = "repair"
SMOKE = ("--iterations", "1000", "--seeds", "1", "--mornings", "1", "--repair-iterations", "300")
"""Enough work to leave hardly a visit to nobody: for each of those CP-SAT would be asked, for many seconds."""
ASKED = 40
"""Visits for which "who could go?" is asked."""


def register(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser(NAME, help="ten mornings on a planned week: how fast, and how few changes")
    add_agencies(parser, ("branch",))
    add_budget(parser, 60.0)
    parser.add_argument(
        "--rota", type=Path, metavar="FILE", help="a rota.json to repair instead of planning one"
    )
    parser.add_argument("--mornings", type=int, default=10, metavar="N", help="default: 10")
    parser.add_argument(
        "--repair-iterations",
        type=int,
        default=ITERATIONS,
        metavar="N",
        help="work of each proposal (default: %(default)s)",
    )
    add_results(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Plan, live through the mornings, print the tables and write them."""
    from scheduler.solve.warm import warm_up

    warm_up(lambda line: print(line, file=sys.stderr))
    before, parts = stamp(), []
    with agencies(given) as asked:
        for agency in asked:
            problem = agency.load()
            if given.rota:
                rota = from_json(given.rota.read_bytes())
            else:
                rota = solve(problem, seed=given.seeds[0], **choices(given)).rota
            rows = []
            for morning in mornings(
                agency.name, problem, rota, given.seeds[0], given.mornings, given.repair_iterations
            ):
                rows.append(morning)
                append_row(given.results / "repair.csv", {**before, **morning.row()})
                told = morning.ways["fewest"].told
                print(f"morning {morning.morning}: {morning.first:.1f} s, {told} told", file=sys.stderr)
            ready, times = who_could(problem, rota)
            parts.append(_section(agency.name, problem, rows, ready, times))
            print(text_table([{k: v for k, v in row.row().items() if k != "happened"} for row in rows]))
    machine = f"{before['processor']}, load {before['load']}"
    made = f"Made by `python -m benchmarks repair` on {before['date']} ({machine}).\n"
    write_text(given.results / "repair.md", "\n".join([*parts, made]))
    print("\n".join(parts))
    return 0


def who_could(problem: Problem, rota: Rota) -> tuple[float, list[float]]:
    """Seconds until the rota is ready, and milliseconds of each answer: the processor's, since one thread does it."""
    begun = time.process_time()
    desk = WhoCould(problem, rota)
    ready = time.process_time() - begun
    times = []
    for visit in Random(1).sample(problem.visits, min(ASKED, len(problem.visits))):
        asked = time.process_time()
        desk.ask(visit.id)
        times.append(1000 * (time.process_time() - asked))
    return ready, times


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else "-"


def _section(agency: str, problem: Problem, rows: list[Morning], ready: float, times: list[float]) -> str:
    return "\n".join(
        [
            f"Agency `{agency}` ({len(problem.carers)} carers, {len(problem.visits):,} visits in {problem.days} days), "
            f"{len(rows)} mornings. Before anything happened {sum(row.nobody_before for row in rows)} visits had "
            f"nobody; {sum(row.needed for row in rows)} promises no rota could keep. A free plan is one of the rest of "
            "the day without a price of change, in the seconds that all proposals took.",
            "",
            in_all(rows),
            "",
            each(rows),
            "",
            f'"Who could go?": ready in {ready:.1f} s; then {median(times):.0f} ms in the median and {max(times):.0f} '
            f"ms at the most, over {len(times)} visits (processor time).",
            "",
        ]
    )


def in_all(rows: list[Morning]) -> str:
    """All mornings together, a line a proposal and a line a free plan; and a line of the proposals that leave as few to
    nobody as the free plan of their morning."""
    free = sum(row.free for row in rows)
    full = "Fewest changes with as few without anybody as the free plan, or nearest to it"
    lines = []
    for label, ways in (
        *((way.label, [row.ways[way.name] for row in rows]) for way in WAYS),
        (full, [row.ways[row.as_full] for row in rows]),
    ):
        told = sum(one.told for one in ways)
        lines.append(
            [
                label,
                str(sum(one.nobody for one in ways)),
                str(told),
                _share(told, free),
                pounds(sixtieths(sum(one.pence for one in ways))),
            ]
        )
    for label, nobody, told in (
        ("Free plan, from the rota", sum(row.free_nobody for row in rows), free),
        ("Free plan, from an empty day", sum(row.anew_nobody for row in rows), sum(row.anew for row in rows)),
    ):
        lines.append([label, str(nobody), str(told), _share(told, free), ""])
    titles = ["All mornings", "Nobody", "Promises changed", "Of the free plan's", "More money"]
    return markdown_table(titles, lines)


def each(rows: list[Morning]) -> str:
    """A line a morning."""
    titles = [
        "Morning", "First, s", "CPU", "All, s", "Hard", "Time-critical left", "Nobody before", "At least",
        *(f"{way.label}: changed / nobody" for way in WAYS), "Free, from the rota", "Free, anew",
        "Fewest changes with as few without anybody: of the free plan's",
    ]  # fmt: skip
    lines = []
    for row in rows:
        ways = [row.ways[name] for name in NAMES]
        lines.append(
            [
                row.happened,
                *(str(x) for x in (row.first, row.cpu, row.all, row.hard, row.critical_left)),
                *(str(x) for x in (row.nobody_before, row.needed)),
                *(f"{one.told} / {one.nobody}" for one in ways),
                f"{row.free} / {row.free_nobody}",
                f"{row.anew} / {row.anew_nobody}",
                _as_full(row),
            ]
        )
    return markdown_table(titles, lines)


def _as_full(row: Morning) -> str:
    """'21% (Cheapest)', or that no proposal leaves as few visits to nobody as the free plan does."""
    best = row.ways[row.as_full]
    if best.nobody > row.free_nobody:
        return "none"
    label = next(way.label for way in WAYS if way.name == row.as_full)
    return f"{_share(best.told, row.free)} ({label})"
