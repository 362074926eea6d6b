"""The process of one plan: `python -m api.jobs.work JOB CLAIM`, the database's address in its environment.

It reads the problem, solves it, tells how far it is, and writes rota and end of the job in one transaction. When its
server is gone it ends; should it still come to a result then, its claim is another's by now and nothing is written.
"""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import Engine

from api.database.engine import make_engine
from api.database.models import Job, JobState, StoredRota
from api.database.tenancy import for_agency, for_everything, take_turn
from api.desk.problems import problem_of
from api.desk.queue import WHO, Claimed, finish, hold, report
from api.desk.rotas import create, hold_period, open_rota, publish
from api.errors import Trouble
from api.jobs.repairing import repair
from scheduler.domain import Visit
from scheduler.errors import CareroundError
from scheduler.explain import reasons
from scheduler.problem import Problem
from scheduler.report.words import short_date
from scheduler.rota import Rota
from scheduler.solve import Progress, solve
from scheduler.units import clock, pence

if TYPE_CHECKING:
    from scheduler.solve.result import Result

DATABASE = "CAREROUND_DATABASE"
EVERY = 1.0
"""Seconds between two reports."""
GIVES_WAY = 5
"""On a machine with few cores whoever looks at a board goes before the search."""
MOST_TOLD = 2000
"""Letters of the end of a job that are kept."""
PATIENCE = 8.0
"""Seconds after the wish to stop in which a search that had hardly begun makes a rota worth keeping, or in which
reasons are still found."""


@dataclass
class Teller:
    """Tells the database how far the plan is, and hears when somebody wants it to stop."""

    engine: Engine
    claimed: Claimed
    visits: int
    parent: int = field(default_factory=os.getppid)
    points: list[list[float]] = field(default_factory=list)
    unallocated: int | None = None
    stage: str = "searching"
    asked: bool = False
    asked_at: float = 0.0
    last: float = 0.0

    def progress(self, progress: Progress) -> None:
        """One line of progress of the solver."""
        if progress.is_point:
            point = [
                round(progress.seconds, 1),
                pence(progress.price),
                progress.unallocated,
                round(progress.share, 3),
            ]
            self.points.append(point)
            self.unallocated = progress.unallocated
        new, self.stage = progress.stage != self.stage, progress.stage
        self._tell(force=new)  # (a proof that rises is told hundreds of times a second)

    def stop(self) -> bool:
        """Should the search end now? A search that has hardly begun is given a few seconds to make a rota."""
        self._tell()
        worth = self.unallocated is not None and self.unallocated * 2 < self.visits
        return self.asked and (worth or self._patience_is_over())

    def go_on(self, done: int, of: int) -> bool:
        """Should more reasons be found? Whoever stopped the search gets what there is time for; the rota is kept."""
        self._tell()
        return not (self.asked and self._patience_is_over())

    def _patience_is_over(self) -> bool:
        return time.monotonic() - self.asked_at > PATIENCE

    def _tell(self, force: bool = False) -> None:
        if os.getppid() != self.parent:
            raise SystemExit("The server of this plan is gone.")
        if not force and time.monotonic() - self.last < EVERY:
            return
        self.last = time.monotonic()
        if report(self.engine, self.claimed, self.stage, self.points) and not self.asked:
            self.asked, self.asked_at = True, time.monotonic()


def work(engine: Engine, claimed: Claimed) -> None:
    """Plan one job to its end, repair a rota, or run scenarios."""
    with for_everything(engine, WHO) as session:
        job = session.get_one(Job, claimed.job)
        asked = job.request
    if job.study_id is not None:
        # Search and reports take seconds to import: no plan waits for them.
        from api.jobs.studying import study

        study(engine, job, claimed)
        return
    if "repair" in asked:
        repair(engine, job, claimed)
        return
    with for_everything(engine, WHO) as session:
        problem = problem_of(session, job.problem_id)
        start, locked = _start(engine, job, problem)
    teller = Teller(engine, claimed, len(problem.visits))
    try:
        result = _solve(job, problem, start, locked, teller)
        teller.progress(Progress("finding reasons for what is left over", result.seconds))
        told = reasons(result.rota, problem, result.proofs, go_on=teller.go_on, held=result.held)
    except CareroundError as error:
        with for_agency(engine, job.agency_id, WHO, writes=True) as session:
            held = hold(session, claimed)
            if held is not None:
                finish(held, JobState.FAILED, str(error)[:MOST_TOLD])
        return
    _write(
        engine,
        job,
        claimed,
        result,
        locked - result.refused,
        told,
        teller.points,
        _end(result, locked, problem),
    )


def _end(result: Result, locked: frozenset[str], problem: Problem) -> str:
    """What the plan says of itself, and which locks it could not keep."""
    refused = [
        f"{_named(problem.visit(id), problem)} is locked no more. {result.lost[id]}"
        for id in sorted(locked & result.refused)
    ]
    told = " ".join([str(result), *refused])
    return told if len(told) <= MOST_TOLD else f"{told[: MOST_TOLD - 4]} ..."


def _named(visit: Visit, problem: Problem) -> str:
    on = short_date(problem.date_of(visit.day))
    return f"The visit to {problem.client(visit.client).name} on {on} at {clock(visit.preferred)}"


def _solve(job: Job, problem: Problem, start: Rota | None, locked: frozenset[str], teller: Teller) -> Result:
    asked = job.request
    return solve(
        problem,
        seconds=asked["seconds"],
        iterations=asked["iterations"],
        seed=asked["seed"],
        workers=asked["workers"],
        start=start,
        locked=tuple(locked),
        on_progress=teller.progress,
        stop=teller.stop,
    )


def _start(engine: Engine, job: Job, problem: Problem) -> tuple[Rota | None, frozenset[str]]:
    """The rota to begin with, as far as its visits and carers are still there."""
    id = job.request["from_rota"]
    if id is None:
        return None, frozenset()
    with for_agency(engine, job.agency_id, WHO) as session:
        opened = open_rota(session, id)
    known = [
        leg
        for leg in opened.rota.legs
        if leg.visit in problem.visit_index and leg.carer in problem.carer_index
    ]
    return Rota(problem.start, problem.days, tuple(known)), frozenset(
        visit for visit in opened.locked if visit in {leg.visit for leg in known}
    )


def _write(
    engine: Engine,
    job: Job,
    claimed: Claimed,
    result: Result,
    locked: frozenset[str],
    told: dict[str, list[str]],
    points: list[list[float]],
    end: str,
) -> None:
    """Rota and end of the job, both or neither."""
    state = JobState.STOPPED if result.stopped else JobState.DONE
    publishes = job.request.get("publish", False)
    with for_agency(engine, job.agency_id, WHO, writes=True) as session:
        if publishes:
            take_turn(session)  # as whoever publishes does, before anything that the audit tells
        held = hold(session, claimed)
        if held is None:
            return
        if publishes:
            hold_period(session, job.problem_id)
        asked = job.request
        kept: StoredRota = create(
            session,
            job.problem_id,
            result.rota,
            asked["name"],
            job.created_by,
            locked,
            told,
            asked["from_rota"],
        )
        if publishes:
            publish(session, kept, "", kept.version)
        finish(held, state, end, rota_id=kept.id, progress=points, stage="over")


def main() -> int:
    """One job; 0 when its end was written."""
    if hasattr(os, "nice"):
        os.nice(GIVES_WAY)
    engine = make_engine(os.environ[DATABASE])
    claimed = Claimed(sys.argv[1], sys.argv[2])
    try:
        work(engine, claimed)
    except Trouble:  # somebody else has the job by now
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
