"""What each part of the engine is worth: a plan with all of them, and one without each, by the same work."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from statistics import mean
from typing import Any

from benchmarks.agencies import Agency, add_agencies, agencies
from benchmarks.budget import add_budget, budget_words, choices
from benchmarks.machine import stamp
from benchmarks.results import add_results, append_row
from benchmarks.tables import markdown_table
from scheduler.problem import Problem
from scheduler.solve import anneal, pack, search, solve
from scheduler.units import pence

NAME = "ablation"
SMOKE = ("--iterations", "200", "--seeds", "1", "--only", "core teams", "tails")
RUINS = (
    "strings of neighbouring rounds",
    "near in place and time",
    "a client's week",
    "a client's part of the day",
    "one carer's visits of a client",
    "whole rounds",
    "a few",
    "a double-up and what is around it",
    "tails",
)
"""Ways to take visits out, in the order of `pack.RUIN_CHANCE`."""


@dataclass(frozen=True)
class Part:
    """A part of the engine. Without it a plan has these options, and these values (module, name, value) are others."""

    name: str
    options: tuple[tuple[str, Any], ...] = ()
    values: tuple[tuple[Any, str, Any], ...] = ()

    @contextmanager
    def missing(self) -> Iterator[None]:
        """While the part is switched off."""
        before = [(module, name, getattr(module, name)) for module, name, _ in self.values]
        try:
            for module, name, value in self.values:
                setattr(module, name, value)
            yield
        finally:
            for module, name, value in before:
                setattr(module, name, value)


@dataclass(frozen=True, slots=True)
class Run:
    """One plan without `part` (none: with all). `price_pence` counts unallocated visits at their price;
    `cpu_seconds` are of all threads."""

    agency: str
    visits: int
    part: str
    search: str
    seed: int
    unallocated: int
    price_pence: int
    cpu_seconds: float


WHOLE = Part("none")


def parts() -> tuple[Part, ...]:
    """All parts that can be switched off."""
    elsewhere, through = pack.KNOBS
    return (
        Part("core teams", options=(("teams", False),)),
        Part("exact placing of leftovers", options=(("exact", False),)),
        Part("searches meet", values=((anneal, "_meet", lambda searches: None),)),
        Part("heat", values=((anneal, "WARM", anneal.COLD),)),
        Part("blinks", values=((search, "BLINK", 0.0),)),
        Part("nobody back where it was", values=((pack, "KNOBS", (0.0, through)),)),
        Part("pushes through other rounds", values=((pack, "KNOBS", (elsewhere, 0.0)),)),
        *(
            Part(name, values=((pack, "RUIN_CHANCE", without(pack.RUIN_CHANCE, kind)),))
            for kind, name in enumerate(RUINS)
        ),
    )


def without(chances: Sequence[float], kind: int) -> tuple[float, ...]:
    """The chances without one; the others share its part as they share the rest."""
    left = sum(chances) - chances[kind]
    return tuple(0.0 if i == kind else chance / left for i, chance in enumerate(chances))


def register(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser(NAME, help="plan without each part of the engine: what it is worth")
    add_agencies(parser, ("demo",))
    add_budget(parser, 60.0)
    parser.add_argument("--only", nargs="+", metavar="PART", help=", ".join(part.name for part in parts()))
    add_results(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Plan with everything and without each part; a row a plan in ablation.csv, the table in ablation.md."""
    asked_parts = [part for part in parts() if given.only is None or part.name in given.only]
    tables = []
    with agencies(given) as asked:
        for agency in asked:
            problem = agency.load()
            found = [
                _noted(agency, problem, part, seed, given)
                for seed in given.seeds
                for part in (WHOLE, *asked_parts)
            ]
            tables.append(f"{agency.name}, {len(problem.visits):,} visits:\n\n{table(found)}\n")
    words = ", ".join(f"{key} {value}" for key, value in stamp().items())
    text = f"# What each part is worth\n\n{budget_words(given)} a plan, seeds {given.seeds}; {words}.\n\n"
    given.results.mkdir(parents=True, exist_ok=True)
    (given.results / "ablation.md").write_text(text + "\n".join(tables), encoding="utf-8")
    print("\n".join(tables))
    return 0


def _noted(agency: Agency, problem: Problem, part: Part, seed: int, given: argparse.Namespace) -> Run:
    before, begun = stamp(), time.process_time()
    with part.missing():
        result = solve(problem, seed=seed, **(choices(given) | dict(part.options)))
    one = Run(
        agency=agency.name,
        visits=len(problem.visits),
        part=part.name,
        search=budget_words(given),
        seed=seed,
        unallocated=result.unallocated,
        price_pence=pence(result.report.total),
        cpu_seconds=round(time.process_time() - begun, 1),
    )
    append_row(given.results / "ablation.csv", before | asdict(one))
    print(f"{agency.name}, seed {seed}, without: {part.name}", file=sys.stderr)
    return one


def table(found: Sequence[Run]) -> str:
    """A line a part: how much dearer the rota is without it, in the mean and for each seed; unallocated visits."""
    whole = {one.seed: one for one in found if one.part == WHOLE.name}
    lines = []
    for name in dict.fromkeys(one.part for one in found):
        runs = [one for one in found if one.part == name]
        dearer = [one.price_pence / whole[one.seed].price_pence - 1 for one in runs]
        lines.append(
            (
                name,
                f"{mean(dearer):+.2%}",
                " ".join(f"{one:+.2%}" for one in dearer),
                " ".join(str(one.unallocated) for one in runs),
                f"{mean(one.cpu_seconds for one in runs):,.0f}",
            )
        )
    return markdown_table(("Without", "Dearer", "seed by seed", "Unallocated", "Processor s"), lines)
