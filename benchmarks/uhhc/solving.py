"""Instance file -> solution and verdict, by the project's own engine under the format's own rules."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.uhhc.case import Case
from benchmarks.uhhc.instance import read_instance
from benchmarks.uhhc.judge import CLOSE, Verdict, judge
from benchmarks.uhhc.rules import rules_of
from benchmarks.uhhc.solution import solution_of
from scheduler.errors import Disagreement
from scheduler.solve import Progress, solve

if TYPE_CHECKING:
    from scheduler.solve.result import Result

SMALL = 20
"""Visits of an instance that CP-SAT also plans whole in a part of the seconds (`--prove` of `careround plan`)."""


@dataclass(frozen=True)
class Solved:
    """A planned instance: how the plan came about, the solution as the format has it, and what the judge says."""

    case: Case
    result: Result
    solution: dict[str, Any]
    verdict: Verdict


def solved(path: Path, **choices: Any) -> Solved:
    """Plan the instance in a file; `choices` are fields of `scheduler.solve.Options`. Core teams are about weeks and
    stay out of it; a small instance is planned as with `--prove` where the time is given in seconds. Raises
    Disagreement where the engine's price and the judge's objective differ."""
    case = Case(read_instance(path))
    prove = choices.get("seconds") is not None and len(case.problem.visits) <= SMALL
    result = solve(case.problem, rules=rules_of(case), teams=False, exact=False, prove=prove, **choices)
    solution = solution_of(result.rota, case)
    verdict = judge(json.loads(path.read_text(encoding="utf-8")), solution)
    _compare(case, result, verdict)
    return Solved(case, result, solution, verdict)


def seconds_to_best(progress: Sequence[Progress], seconds: float) -> float:
    """Seconds until the search told of its best price (it tells about once a second), of `seconds` in all."""
    searching = [point for point in progress if point.iterations]
    best = min((point.price for point in searching), default=None)
    told = (point.seconds for point in searching if point.price == best)
    return round(min(next(told, seconds), seconds), 1)


def _compare(case: Case, result: Result, verdict: Verdict) -> None:
    """The engine's price is the objective, but for broken numbers (where the solution may only be better) and for
    errors (which have prices that the format does not know)."""
    price = case.objective(result.report.total)
    off = verdict.objective - price
    if not verdict.errors and (off > CLOSE or (case.instance.is_whole and off < -CLOSE)):
        raise Disagreement(f"The engine prices this solution at {price}, the judge at {verdict.objective}.")
