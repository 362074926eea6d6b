"""The process of a study: plans what is missing, each week kept as soon as it is there, and writes the report."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from api import london
from api.database.models import Job, JobState, StudyFile
from api.database.tenancy import for_agency
from api.desk.packing import pack_bytes
from api.desk.problems import problem_of
from api.desk.queue import WHO, Claimed, finish, hold, report
from api.desk.studies import Asked, asked_of, find_study, forget_runs, keep_run, planned_runs
from api.errors import Trouble
from api.settings import HOUR
from scenarios.report.findings import findings, today
from scenarios.report.page import page
from scenarios.report.study import Study
from scenarios.report.tables import workbook
from scenarios.report.write import data_files
from scenarios.results.compare import results
from scenarios.run.jobs import Job as Run
from scenarios.run.jobs import Outcome
from scenarios.run.pool import in_processes
from scenarios.run.progress import time_left
from scheduler.errors import CareroundError, OutputError
from scheduler.problem import Problem
from scheduler.report.pdf import to_pdf
from scheduler.solve.warm import warm_up

GIVES_WAY = 10
"""Whoever looks at a board, and whoever plans, goes before the runs of a study."""


STOPPED = "Stopped; the weeks that are planned are kept."
UNWRITTEN = "Stopped before the report was written; all weeks are planned and kept."
TOO_LONG = "Stopped after {:g} hours, the longest at a time here; the weeks that are planned are kept."


class Stopped(Exception):
    """Somebody asked to stop, or others have waited long enough; says which."""


@dataclass
class Progress:
    """Tells the database how many runs are done, keeps each, and hears when somebody wants it to stop."""

    engine: Engine
    job: Job
    claimed: Claimed
    study: str
    total: int
    before: int
    longest: int
    failed: list[str] = field(default_factory=list)
    parent: int = field(default_factory=os.getppid)
    begun: float = field(default_factory=time.monotonic)
    now: int = 0

    @property
    def done(self) -> int:
        """Runs that are over, those of an earlier process among them."""
        return self.before + self.now

    def heard(self, run: Run, answer: Outcome | CareroundError) -> None:
        """A run is over: it is kept, or why there is none is remembered."""
        self.now += 1
        if isinstance(answer, CareroundError):
            self.failed.append(f"{run.scenario}, {run.reading.words}, seed {run.seed}: {answer}")
            return
        with for_agency(self.engine, self.job.agency_id, WHO, writes=True) as session:
            if hold(session, self.claimed) is None:
                raise Trouble(409, "Another process has this job by now.")
            keep_run(session, self.study, answer)

    def watch(self) -> None:
        """Tell how far it is. Raises Stopped, and SystemExit where the server is gone."""
        rest = time_left(self.total - self.done, self.now, time.monotonic() - self.begun)
        self._tell(f"{self.done} of {self.total} weeks are planned{rest}", STOPPED)
        if time.monotonic() - self.begun > self.longest:
            raise Stopped(TOO_LONG.format(self.longest / HOUR))

    def writes(self) -> None:
        """The next part of the report is about to be written. Raises as `watch` does, but is in time whatever the
        clock says: the weeks are there."""
        self._tell("The report is being written", UNWRITTEN)

    def _tell(self, stage: str, stopped: str) -> None:
        if os.getppid() != self.parent:
            raise SystemExit("The server of this scenario run is gone.")
        if report(self.engine, self.claimed, stage, [[self.done, self.total]]):
            raise Stopped(stopped)


def study(engine: Engine, job: Job, claimed: Claimed) -> None:
    """Run a study to its end, and write it: the report and the end of the job both or neither."""
    assert job.study_id is not None
    try:
        with for_agency(engine, job.agency_id, WHO) as session:
            kept = find_study(session, job.study_id)
            workers, longest = kept.request["workers"], kept.request["longest"]
            asked, problem = asked_of(kept.request), problem_of(session, job.problem_id)
            there = planned_runs(session, kept.id)
        runs = asked.runs(problem)
        missing = [run for run in runs if run.key not in there]
        progress = Progress(engine, job, claimed, kept.id, len(runs), len(runs) - len(missing), longest)
        _plan(missing, problem, progress, workers)
        progress.writes()
        with for_agency(engine, job.agency_id, WHO) as session:
            there = planned_runs(session, kept.id)
        found, files = answered(asked, problem, [there[run.key] for run in runs], progress.writes)
    except Stopped as stopped:
        _end(engine, job, claimed, JobState.STOPPED, str(stopped))
        return
    except CareroundError as error:
        _end(engine, job, claimed, JobState.FAILED, str(error)[:2000])
        return
    with for_agency(engine, job.agency_id, WHO, writes=True) as session:
        held = hold(session, claimed)
        if held is None:
            return
        _write(session, kept.id, found, files)
        finish(held, JobState.DONE, "The report is there.", stage="over", progress=[[len(runs), len(runs)]])


def _plan(missing: list[Run], problem: Problem, progress: Progress, workers: int) -> None:
    """Plan all of them. Raises CareroundError with the runs that failed, after all others are there."""
    if not missing:
        return
    progress.watch()
    warm_up(lambda _: None)  # once, before several processes would compile side by side
    problems = {run.agency: problem for run in missing}
    in_processes(missing, problems, progress.heard, workers, progress.watch, GIVES_WAY)
    if progress.failed:
        raise CareroundError(" ".join(progress.failed))


def answered(
    asked: Asked, problem: Problem, outcomes: list[Outcome], next_part: Callable[[], None]
) -> tuple[dict[str, Any], dict[tuple[str, bool], bytes]]:
    """What the planned weeks say: sentences, and the files by name and whether they show homes. `next_part` is called
    before each part that takes seconds; what it raises ends the writing."""
    told = Study(
        asked.family.label,
        asked.family.question,
        {problem.settings.agency: problem},
        asked.scenarios,
        results(outcomes),
        asked.effort,
        london.today(),
    )
    files = {(name, False): content for name, content in data_files(told, workbook(told)).items()}
    for homes in (True, False):
        next_part()
        html = page(told, maps=False, homes=homes, runs=False)
        files["report.html", homes] = html.encode()
        next_part()
        with suppress(OutputError):  # a machine without the libraries: the page can be printed from a browser
            files["report.pdf", homes] = to_pdf(html)
    next_part()
    found = {
        "today": today(told),
        "findings": [
            {"label": one.label, "changes": list(one.changes), "sentences": list(one.sentences)}
            for one in findings(told)
        ],
    }
    return found, files


def _write(session: Session, study: str, found: dict[str, Any], files: dict[tuple[str, bool], bytes]) -> None:
    find_study(session, study).found = found
    for (name, homes), content in files.items():
        session.add(StudyFile(study_id=study, name=name, homes=homes, packed=pack_bytes(content)))
    forget_runs(session, study)


def _end(engine: Engine, job: Job, claimed: Claimed, state: JobState, told: str) -> None:
    with for_agency(engine, job.agency_id, WHO, writes=True) as session:
        held = hold(session, claimed)
        if held is not None:
            finish(held, state, told)
