"""The week of the engine's prototype, planned by ours and judged by the prototype's own evaluator."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict, dataclass
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from benchmarks.budget import add_budget, budget_words, choices
from benchmarks.machine import stamp
from benchmarks.prototype_problem import Prototype, Week, by_leg, problem_of, rules_of
from benchmarks.prototype_rules import UNIT
from benchmarks.results import add_results, append_row
from benchmarks.tables import text_table
from scheduler.errors import CareroundError
from scheduler.solve import solve

if TYPE_CHECKING:
    from scheduler.solve.result import Result

NAME = "prototype"
SMOKE = ("--iterations", "50", "--seeds", "1")
EXAMPLE = Path(__file__).with_name("prototype_tiny.py")
"""A tiny week in the prototype's format."""


@dataclass(frozen=True, slots=True)
class Plan:
    """One plan. `cost` is the prototype's cost without what unallocated visits cost, `broken` names the rules that
    the prototype's evaluator finds broken, and `ours` is the whole price by our own checker in the prototype's
    units: but for the rounding of kilometres it is `total`."""

    week: str
    week_seed: int
    visits: int
    search: str
    seed: int
    broken: str
    unallocated: int
    cost: float
    total: float
    ours: float
    distinct_carers_mean: float
    seconds: float
    iterations: int
    iterations_a_second: int


def register(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser(NAME, help="plan the week of the engine's prototype")
    parser.add_argument("path", type=Path, metavar="HC.PY", help="the prototype's generator and evaluator")
    parser.add_argument("--size", default="M", help="S, M, L ... as the prototype calls it (default: M)")
    parser.add_argument("--seed-of-week", type=int, default=1, metavar="N", help="default: 1")
    add_budget(parser, 60.0)
    add_results(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Plan the week with each seed; print the table and add to prototype.csv. 1 if a rota breaks a rule."""
    from scheduler.solve.warm import warm_up

    prototype = load(given.path)
    week = prototype.generate(given.size, given.seed_of_week)
    problem, rules = problem_of(week, prototype.W), rules_of(week, prototype.W)
    warm_up(lambda line: print(line, file=sys.stderr))
    found = []
    for seed in given.seeds:
        before = stamp()
        found.append(
            plan_of(given, prototype, week, solve(problem, rules=rules, seed=seed, **choices(given)))
        )
        append_row(given.results / "prototype.csv", before | asdict(found[-1]))
        print(f"{given.size}{given.seed_of_week}, seed {seed}: done", file=sys.stderr)
    print(text_table([asdict(row) for row in found]))
    return int(any(row.broken for row in found))


def load(path: Path) -> Prototype:
    """The prototype's file as a module."""
    spec = spec_from_file_location("careround_prototype", path)
    if not path.is_file() or spec is None or spec.loader is None:
        raise CareroundError(f"There is no prototype {path}: give the path of its generator, hc.py.")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    missing = [name for name in ("W", "generate", "evaluate") if not hasattr(module, name)]
    if missing:
        raise CareroundError(f"{path} is no prototype: it has no {', '.join(missing)}.")
    return cast(Prototype, module)


def plan_of(given: argparse.Namespace, prototype: Prototype, week: Week, result: Result) -> Plan:
    """The row of one plan."""
    broken, _, numbers = prototype.evaluate(week, *by_leg(result.rota, week))
    return Plan(
        week=given.size,
        week_seed=given.seed_of_week,
        visits=week.nV,
        search=budget_words(given),
        seed=result.seed,
        broken=", ".join(f"{count} {name}" for name, count in broken.items()),
        unallocated=numbers["unassigned"],
        cost=numbers["soft"],
        total=numbers["total"],
        ours=round(result.report.total / UNIT, 1),
        distinct_carers_mean=numbers["carers_mean"],
        seconds=round(result.seconds, 1),
        iterations=result.iterations,
        iterations_a_second=round(result.iterations / result.seconds),
    )
