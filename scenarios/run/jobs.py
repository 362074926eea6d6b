"""One job is one planned week: an agency, a scenario, a reading, a seed, and the effort that all of them share."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from hashlib import sha256
from typing import Any

from scenarios.bank import at_true_pay, need, with_bank
from scenarios.catalogue import TODAY, Scenario
from scenarios.changes import Change, applied
from scenarios.pool import POOLED, pool
from scenarios.results.counts import count
from scheduler.cli.main import own_version
from scheduler.errors import DomainError
from scheduler.problem import Problem
from scheduler.problem_json import to_json
from scheduler.report.fairness.compare import comparisons
from scheduler.rota_json import to_json as rota_json
from scheduler.solve import solve
from scheduler.travel import STRAIGHT, Choice

VERSION = 3
"""Of what is stored: a change of the counts, or of the engine, makes older runs unfit to be taken up again."""


class Reading(StrEnum):
    """Two ways to read a scenario."""

    TODAY = "today"
    ENOUGH = "enough"

    @property
    def words(self) -> str:
        """For a committee."""
        return "with today\u2019s carers" if self is Reading.TODAY else "with as many carers as it takes"


@dataclass(frozen=True, slots=True)
class Effort:
    """The search that each run may take: seconds, or iterations for a report that can be made again to the byte."""

    seconds: float | None = None
    iterations: int | None = None

    @property
    def words(self) -> str:
        """'1,000 iterations' or '30 seconds'."""
        if self.iterations is not None:
            return f"{self.iterations:,} iterations"
        return f"{self.seconds:g} seconds"

    def times(self, number: int) -> Effort:
        """So many times as much."""
        return Effort(self.seconds and self.seconds * number, self.iterations and self.iterations * number)


@dataclass(frozen=True, slots=True)
class Job:
    """`agency` is the name of the agency, or POOLED. `data` is the digest of the problem: other data, another job."""

    agency: str
    scenario: str
    reading: Reading
    seed: int
    effort: Effort
    changes: tuple[Change, ...] = ()
    rate: int | None = None
    data: str = field(default="", repr=False)

    @property
    def key(self) -> str:
        """A file name of its own for everything that makes this job what it is."""
        told = {
            "version": VERSION, "careround": own_version(), "agency": self.agency, "scenario": self.scenario,
            "reading": self.reading, "seed": self.seed, "effort": asdict(self.effort), "rate": self.rate,
            "data": self.data,
            "changes": [{"change": change.name, **change.model_dump()} for change in self.changes],
        }  # fmt: skip
        digest = sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:12]
        return f"{self.scenario}-{self.reading}-{self.seed}-{digest}"


Outcome = dict[str, Any]
"""What is stored of a run, as JSON has it."""


def jobs(
    agencies: Mapping[str, Problem],
    scenarios: Sequence[Scenario],
    readings: Sequence[Reading],
    seeds: Sequence[int],
    effort: Effort,
    rate: int | None = None,
    travel: Choice = STRAIGHT,
) -> tuple[list[Job], dict[str, Problem]]:
    """Base and scenarios x readings x seeds x agencies, and the problems by the names that the jobs use; `travel` is
    where the ways between pooled providers come from. The effort is that of each provider: pooled ones are planned with
    as much as they have together."""
    problems = dict(agencies)
    if any(one.pool for one in scenarios):
        if len(agencies) < 2:
            raise DomainError("Pooling takes two providers or more: give two sources or more.")
        problems[POOLED] = pool(list(agencies.values()), travel.travel)
    data = {name: sha256(to_json(problem).encode()).hexdigest() for name, problem in problems.items()}

    def every() -> Iterator[Job]:
        for seed in seeds:
            for scenario in (TODAY, *scenarios):
                for name in (POOLED,) if scenario.pool else tuple(agencies):
                    for reading in readings:
                        its = effort.times(len(agencies)) if scenario.pool else effort
                        yield Job(name, scenario.name, reading, seed, its, scenario.changes, rate, data[name])

    return list(every()), problems


def as_counted(problem: Problem, changes: Sequence[Change], reading: Reading) -> Problem:
    """What a run's rota is counted by: the problem under its changes, with a bank (at its true pay) where as many
    carers as it takes are there."""
    today = applied(problem, changes)
    return at_true_pay(with_bank(today), today) if reading is Reading.ENOUGH else today


def plan_one(problem: Problem, job: Job) -> Outcome:
    """Plan it, count it. One search thread, so that as many jobs run as there are processors and each is the same
    wherever it runs; no report tells why a single visit has no place, so nobody works that out."""
    today = applied(problem, job.changes)
    planned = with_bank(today) if job.reading is Reading.ENOUGH else today
    effort = job.effort
    result = solve(
        planned, seconds=effort.seconds, iterations=effort.iterations, seed=job.seed, workers=1, reasons=False
    )
    changed = at_true_pay(planned, today)
    return {
        "key": job.key,
        "agency": job.agency,
        "scenario": job.scenario,
        "reading": str(job.reading),
        "seed": job.seed,
        "effort": asdict(job.effort),
        "applied": [{"change": change.name, **change.model_dump()} for change in job.changes],
        "counts": count(result.rota, changed, rate=job.rate),
        "need": asdict(need(result.rota, changed)),
        "groups": [
            [one.grouping, one.group, one.quality.label, one.clients, one.mean]
            for one in comparisons(result.rota, changed)
            if one.clients is not None
        ],
        "rota": json.loads(rota_json(result.rota)),
    }
