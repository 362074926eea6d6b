"""The jobs table as a queue. Every step is one short transaction; `claim` says whose result counts.

queued -> running -> done | stopped | failed
running whose process died, or whose server did -> queued again, once; then interrupted
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Engine, func, select, update
from sqlalchemy.orm import Session

from api.database.base import now
from api.database.models import OVER, Job, JobState
from api.database.tenancy import for_everything, take_turn
from api.errors import Trouble
from api.ids import new_id

WHO = "planner"
ATTEMPTS = 2
LEASE = timedelta(seconds=15)
"""A job whose server was not heard of for so long belongs to nobody."""
MOST_POINTS = 240
"""Points of a cost curve that are kept: beyond that every second one goes."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A job that this server may run, and the claim under which its process works."""

    job: str
    claim: str


def add(
    session: Session,
    problem_id: str,
    request: dict[str, Any],
    who: str | None,
    most: int,
    study: str | None = None,
) -> Job:
    """A new job of the session's agency: a plan, or the runs of a study. Raises Trouble(429) where the agency has
    enough of them already."""
    take_turn(session)
    own = (Job.state.not_in(OVER), _kind(study is not None))
    waiting = session.scalar(select(func.count(Job.id)).where(*own)) or 0
    if waiting >= most:
        raise Trouble(
            429,
            f"{waiting} {'plans' if study is None else 'scenario runs'} of this agency wait or run already: stop one, "
            "or wait.",
            headers={"Retry-After": "30"},
        )
    job = Job(problem_id=problem_id, request=request, created_by=who, study_id=study)
    session.add(job)
    session.flush()
    return job


def claim_next(engine: Engine, at_once: int, studies: bool = False) -> Claimed | None:
    """The oldest job of that kind that waits, unless enough are running. Plans and studies never wait for each
    other."""
    waits = select(Job.id).where(Job.state == JobState.QUEUED, _kind(studies)).limit(1)
    with for_everything(
        engine, WHO
    ) as session:  # asked several times a second: nobody's writing waits for that
        if session.scalar(waits) is None:
            return None
    with for_everything(engine, WHO, writes=True) as session:
        own = (Job.state == JobState.RUNNING, _kind(studies))
        running = session.scalar(select(func.count(Job.id)).where(*own)) or 0
        if running >= at_once:
            return None
        job = session.scalars(
            select(Job)
            .where(Job.state == JobState.QUEUED, _kind(studies))
            .order_by(Job.created_at)
            .limit(1)
            .with_for_update(skip_locked=True)
        ).first()
        if job is None:
            return None
        job.state, job.claim, job.beat = JobState.RUNNING, new_id(), now()
        job.attempts += 1
        return Claimed(job.id, job.claim)


def beat(engine: Engine, claimed: Sequence[Claimed]) -> None:
    """These processes are alive."""
    with for_everything(engine, WHO, writes=True) as session:
        for one in claimed:
            session.execute(update(Job).where(*_mine(one)).values(beat=now()))


def give_back(engine: Engine, one: Claimed, told: str) -> None:
    """The process of a job is gone without a result: try again, or say that it was interrupted."""
    with for_everything(engine, WHO, writes=True) as session:
        job = hold(session, one)
        if job is not None:
            _again_or_never(job, told)


def give_back_lost(engine: Engine, starting: bool = False) -> None:
    """Jobs whose server is gone: it was killed, or the machine went off. A server that is starting on SQLite is the
    only one there is, so whatever runs then is lost already."""
    before = now() if starting and engine.dialect.name == "sqlite" else now() - LEASE
    with for_everything(engine, WHO, writes=True) as session:
        lost = select(Job).where(Job.state == JobState.RUNNING, Job.beat < before).with_for_update()
        for job in session.scalars(lost):
            _again_or_never(job, "The server stopped while this was planned.")


def report(engine: Engine, one: Claimed, stage: str, points: Sequence[Sequence[float]]) -> bool:
    """Tell how far a job is; whether it should stop. Raises Trouble when the claim is somebody else's by now."""
    with for_everything(engine, WHO, writes=True) as session:
        written = session.execute(
            update(Job)
            .where(*_mine(one))
            .values(stage=stage, progress=thinned(points))
            .returning(Job.stop_asked)
        ).first()
        if written is None:
            raise Trouble(409, "Another process has this job by now.")
        return bool(written.stop_asked)


def hold(session: Session, one: Claimed) -> Job | None:
    """The job, for this transaction to end; None if the claim is not ours any more. Before anything else is written:
    whoever gives lost jobs back locks in the same order."""
    return session.scalars(select(Job).where(*_mine(one)).with_for_update()).first()


def finish(job: Job, state: JobState, told: str, **values: Any) -> None:
    """Write the end of a job that is held, in the transaction that writes its result."""
    # A row that is loaded and changed, so that the audit tells it.
    job.state, job.told, job.finished_at = state, told, now()
    for name, value in values.items():
        setattr(job, name, value)


def ask_to_stop(session: Session, id: str) -> None:
    """Stop a job: one that waits is over at once, one that runs keeps its best rota."""
    # A row that is loaded and changed, so that the audit tells it.
    job = session.get(Job, id, populate_existing=True, with_for_update=True)
    if job is None or job.state in OVER:
        return
    job.stop_asked = True
    if job.state is JobState.QUEUED:
        job.state, job.finished_at, job.told = JobState.STOPPED, now(), "Stopped before it began."
    session.flush()


def thinned(points: Sequence[Sequence[float]]) -> list[list[float]]:
    """At most MOST_POINTS points; the first and the last stay."""
    kept = [list(point) for point in points]
    while len(kept) > MOST_POINTS:
        kept = [*kept[:-1:2], kept[-1]]
    return kept


def _kind(studies: bool) -> ColumnElement[bool]:
    return Job.study_id.is_not(None) if studies else Job.study_id.is_(None)


def _mine(one: Claimed) -> tuple[ColumnElement[bool], ...]:
    return (Job.id == one.job, Job.claim == one.claim, Job.state == JobState.RUNNING)


def _again_or_never(job: Job, told: str) -> None:
    job.claim, job.beat = None, None
    job.told = told
    if job.attempts < ATTEMPTS and not job.stop_asked:
        job.state = JobState.QUEUED
    else:
        job.state, job.finished_at = JobState.INTERRUPTED, now()
