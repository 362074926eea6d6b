"""Straight lines against roads: how well they agree, and what a plan on straight lines costs when it is driven.

The same people on both: who is not on the map is left out of both. A plan made with straight-line minutes is then
driven on the roads, each carer alone: a visit begins as planned, or when the carer gets there from the one before.
"""

from __future__ import annotations

import argparse
import csv
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.agencies import Agency, add_agencies, agencies
from benchmarks.budget import add_budget, budget_words, choices
from benchmarks.machine import stamp
from benchmarks.results import add_results, append_row, write_text
from benchmarks.tables import markdown_table
from scheduler.check import check
from scheduler.cli.roads import add_travel, choice_of
from scheduler.intake.load import Loaded, load_with_warnings
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rounds import rounds
from scheduler.solve import solve
from scheduler.travel import NO_WAY, Choice
from scheduler.units import pounds

NAME = "roads"
SMOKE = ("--iterations", "100", "--seeds", "1", "--straight")
LATE = 5
"""Minutes after which a visit counts as late."""
NAMING = ("fixed_carers", "team")
"""Columns that list carers."""


@dataclass(frozen=True, slots=True)
class Driven:
    """What became of a plan on the road: visits that began late at all, and more than `LATE` minutes; the worst."""

    late: int
    very_late: int
    worst: int


def register(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser(
        NAME,
        help="straight lines against roads: correlation, error, and late visits of a straight plan when driven",
    )
    add_agencies(parser, ("demo",))
    add_travel(parser)
    add_budget(parser, 60.0)
    add_results(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Compare each agency's matrices and plans; print and write roads.md, add to roads.csv."""
    from scheduler.solve.warm import warm_up

    warm_up(lambda line: print(line, file=sys.stderr))
    choice, before, parts = choice_of(given), stamp(), []
    with agencies(given) as asked, tempfile.TemporaryDirectory() as room:
        for agency in asked:
            found = load_with_warnings(agency.folder, agency.start, agency.days, choice)
            on_map, left_out = on_the_map(agency, found, Path(room) / agency.name)
            straight, roads = (
                load_with_warnings(on_map.folder, agency.start, agency.days, way).problem
                for way in (Choice(), choice)
            )
            modes = [compared(straight, roads, mode) for mode in sorted(roads.travel)]
            plans = [planned(straight, roads, seed, choices(given)) for seed in given.seeds]
            for row in plans:
                append_row(given.results / "roads.csv", before | {"agency": agency.name} | row)
            parts.append(section(agency, roads, left_out, modes, plans, budget_words(given)))
    machine = f"{before['processor']}, {before['cores']} cores, load {before['load']}"
    text = "\n".join([*parts, f"Made by `python -m benchmarks roads` on {before['date']} ({machine}).\n"])
    write_text(given.results / "roads.md", text)
    print(text, end="")
    return 0


def compared(straight: Problem, roads: Problem, mode: str) -> dict[str, str]:
    """How the minutes of a mode agree over all pairs of places between which there is a way."""
    a, b = straight.travel[mode].minutes, roads.travel[mode].minutes
    pairs = ~np.eye(len(a), dtype=np.bool_) & (b < NO_WAY)
    ours, real = a[pairs].astype(np.float64), b[pairs].astype(np.float64)
    return {
        "By": mode,
        "Correlation": f"{np.corrcoef(ours, real)[0, 1]:.3f}",
        "Median error": f"{np.median(np.abs(ours - real)):.0f} min",
        "Mean, straight": f"{ours.mean():.1f} min",
        "Mean, roads": f"{real.mean():.1f} min",
        "Straight is short by 3 min or more": f"{(real - ours >= 3).mean():.1%}",
    }


def planned(straight: Problem, roads: Problem, seed: int, budget: dict[str, Any]) -> dict[str, Any]:
    """A plan on each, and the straight one driven on the roads."""
    ours = solve(straight, seed=seed, **budget)
    real = solve(roads, seed=seed, **budget)
    on_roads = check(ours.rota, roads)
    end = driven(ours.rota, roads)
    return {
        "seed": seed,
        "straight_unallocated": ours.unallocated,
        "straight_price": pounds(ours.report.total),
        "straight_hard_on_roads": len(on_roads.hard),
        "late": end.late,
        "very_late": end.very_late,
        "worst_minutes": end.worst,
        "roads_unallocated": real.unallocated,
        "roads_price": pounds(real.report.total),
        "roads_hard": len(check(real.rota, roads).hard),
    }


def driven(rota: Rota, roads: Problem) -> Driven:
    """Drive a rota: who comes late to one visit leaves it late."""
    late: dict[str, int] = {}
    for trip in rounds(rota, roads):
        ready, at = 0, -1
        for stop in trip.stops:
            place = roads.place_of_client(stop.visit.client)
            there = ready + roads.way(trip.carer.mode, at, place, ready) if at >= 0 else stop.leg.start
            start = max(stop.leg.start, there)
            late[stop.leg.visit] = max(late.get(stop.leg.visit, 0), start - stop.leg.start)
            ready, at = start + stop.leg.minutes, place
    minutes = [m for m in late.values() if m > 0]
    return Driven(len(minutes), sum(m > LATE for m in minutes), max(minutes, default=0))


def on_the_map(agency: Agency, found: Loaded, folder: Path) -> tuple[Agency, int]:
    """The agency without the people of whom the road engine knows no way, and how many those are."""
    clients = len(found.problem.clients)
    lost = {doubt.place for doubt in found.journeys.doubts}
    gone = {found.problem.clients[i].id for i in lost if i < clients}
    gone |= {found.problem.carers[i - clients].id for i in lost if i >= clients}
    if not gone:
        return agency, 0
    folder.mkdir()
    visits: set[str] = set()
    for path in sorted(agency.folder.glob("*.csv"), key=lambda path: path.stem != "visits"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        kept = [row for row in rows if not gone & {row.get("client"), row.get("carer")}]
        if path.stem == "visits":
            visits = {row["visit"] for row in rows} - {row["visit"] for row in kept}
        kept = [row for row in kept if not visits & {row.get("first"), row.get("second")}]
        for row in kept:
            for name in NAMING:
                if row.get(name):
                    row[name] = "; ".join(id for id in row[name].split("; ") if id not in gone)
        with (folder / path.name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0].keys() if rows else ())
            writer.writeheader()
            writer.writerows(kept)
    return Agency(agency.name, folder, agency.start, agency.days), len(gone)


def section(
    agency: Agency,
    roads: Problem,
    left_out: int,
    modes: Sequence[dict[str, str]],
    plans: Sequence[dict[str, Any]],
    search: str,
) -> str:
    """One agency in words."""
    head = f"## {agency.name}: {len(roads.visits)} visits, {len(roads.clients)} clients, {len(roads.carers)} carers\n"
    who = f"Roads: {roads.travel_source}. {left_out} people are not on the map and left out of both.\n"
    return "\n".join(
        [
            head,
            who,
            markdown_table(list(modes[0]), [list(mode.values()) for mode in modes]),
            f"Plans of {search}; late: more than 0 and more than {LATE} minutes, when the plan made on straight lines "
            "is driven.\n",
            markdown_table(list(plans[0]), [[str(cell) for cell in plan.values()] for plan in plans]),
        ]
    )
