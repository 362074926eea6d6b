"""Scenario runs of an agency: a question is asked, its weeks are planned one by one, and a report answers it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from api.database.models import OVER, Job, JobState, PlannedRun, Study, StudyFile
from api.database.tenancy import take_turn
from api.desk.packing import pack_json, unpack_bytes, unpack_json
from api.desk.problems import problem_of
from api.desk.queue import add
from api.errors import Trouble, not_found
from scenarios.catalogue import Family, Scenario, catalogue, scenario
from scenarios.changes import CHANGES, applied
from scenarios.run.jobs import Effort, Outcome, Reading, as_counted, jobs
from scenarios.run.jobs import Job as Run
from scheduler.errors import DomainError, UnknownName
from scheduler.problem import Problem
from scheduler.report.fairness.groups import SMALL

FEW = f"Fewer than {SMALL} clients have visits in these days: their sums could single somebody out."
MISFITS = "This agency's week cannot be planned under some of these scenarios; the agency can see which."
OF_SEVERAL = ("pooling", "region")
"""Families that ask several providers: the desk is one agency's."""
FILES = {
    "report.html": "text/html",
    "report.pdf": "application/pdf",
    "results.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "runs.csv": "text/csv; charset=utf-8",
}
"""What a report consists of: name -> type of the content."""


@dataclass(frozen=True)
class Asked:
    """What a study asks: scenarios of a family, and what is planned for them."""

    family: Family
    scenarios: tuple[Scenario, ...]
    readings: tuple[Reading, ...]
    seeds: int
    effort: Effort
    rate: int | None

    def runs(self, problem: Problem) -> list[Run]:
        """Every planned week that the report needs."""
        agencies = {problem.settings.agency: problem}
        return jobs(
            agencies, self.scenarios, self.readings, range(1, self.seeds + 1), self.effort, self.rate
        )[0]


@cache
def families() -> list[Family]:
    """The catalogue, as far as one agency alone can ask it."""
    return [one for one in catalogue().values() if one.name not in OF_SEVERAL]


def asked_of(request: Mapping[str, Any]) -> Asked:
    """What was asked, from what is kept of it. Raises UnknownName for what the catalogue does not have (any more)."""
    by_name = {one.name: one for one in families()}
    if request["family"] not in by_name:
        raise UnknownName("family of scenarios", request["family"], by_name)
    family = by_name[request["family"]]
    names = request["scenarios"] or [one.name for one in family.scenarios]
    readings = list(Reading) if request["readings"] == "both" else [Reading(request["readings"])]
    return Asked(
        family,
        tuple(scenario(name, family) for name in dict.fromkeys(names)),
        tuple(readings),
        request["seeds"],
        Effort(request["seconds"], request["iterations"]),
        request["rate"],
    )


def misfits(problem: Problem, scenarios: Sequence[Scenario]) -> list[str]:
    """A sentence for each scenario that cannot be had here, and why."""
    told = []
    for one in scenarios:
        try:
            applied(problem, one.changes)
        except DomainError as error:
            told.append(f"\u201c{one.label}\u201d does not fit this agency: {error} Leave it out.")
    return told


@dataclass(frozen=True)
class Ready:
    """A question that fits the problem it is put to: `clients` have visits in it, `runs` weeks are to be planned."""

    problem: str
    request: dict[str, Any]
    label: str
    clients: int
    runs: int


def prepare(session: Session, problem_id: str, request: dict[str, Any], names_people: bool) -> Ready:
    """What a study needs, from a session that only reads: every scenario is tried on the problem, which takes seconds
    for a large agency. Raises Trouble(422) with every scenario that does not fit, and Trouble(403) where who asks may
    see sums only and too few people are in them."""
    asked, problem = asked_of(request), problem_of(session, problem_id)
    clients = len({visit.client for visit in problem.visits})
    if clients < SMALL and not names_people:
        raise Trouble(403, FEW)
    unfit = misfits(problem, asked.scenarios)
    if unfit:
        raise Trouble(422, " ".join(unfit) if names_people else MISFITS)
    return Ready(problem_id, request, asked.family.label, clients, len(asked.runs(problem)))


def start(session: Session, ready: Ready, who: str, most: int) -> Study:
    """A new study and its first job. Raises Trouble(429) where enough of them run."""
    take_turn(session)
    study = Study(
        problem_id=ready.problem,
        family=ready.request["family"],
        request=ready.request,
        clients=ready.clients,
        runs=ready.runs,
        created_by=who,
    )
    session.add(study)
    session.flush()
    add(session, ready.problem, {"name": ready.label}, who, most, study.id)
    return study


def find_study(session: Session, id: str, names_people: bool = True) -> Study:
    """The study of that id. Raises Trouble(404), and Trouble(403) where so few people are in it that somebody could be
    singled out, and who asks may see sums only."""
    found = session.get(Study, id)
    if found is None:
        raise not_found("scenario run")
    if found.clients < SMALL and not names_people:
        raise Trouble(403, FEW)
    return found


def job_of(session: Session, study: Study) -> Job:
    """The newest job of the study: where it is."""
    asked = (
        select(Job).where(Job.study_id == study.id).order_by(Job.created_at.desc(), Job.id.desc()).limit(1)
    )
    return session.scalars(asked).one()


def go_on(session: Session, study: Study, who: str, most: int) -> None:
    """Plan what is missing of a study that was stopped, interrupted or failed. Raises Trouble(409) for any other."""
    job = job_of(session, study)
    if job.state not in OVER or job.state is JobState.DONE:
        raise Trouble(
            409, "This scenario run is not over, or has its report: there is nothing to go on with."
        )
    add(session, study.problem_id, job.request, who, most, study.id)


def remove(session: Session, study: Study) -> None:
    """Delete a study with all that is kept of it. Raises Trouble(409) while it runs."""
    if job_of(session, study).state not in OVER:
        raise Trouble(409, "This scenario run is not over: stop it first.")
    session.delete(study)
    session.flush()


def planned_runs(session: Session, study: str) -> dict[str, Outcome]:
    """Key -> outcome of each run that is there already."""
    kept = session.scalars(select(PlannedRun).where(PlannedRun.study_id == study))
    return {run.key: unpack_json(run.packed) for run in kept}


def planned_with(problem: Problem, outcome: Outcome) -> Problem:
    """The problem that a planned week of this problem is a plan of: under the scenario's changes, with its carers."""
    changes = [
        CHANGES[one["change"]].model_validate({k: v for k, v in one.items() if k != "change"})
        for one in outcome["applied"]
    ]
    return as_counted(problem, changes, Reading(outcome["reading"]))


def count_runs(session: Session, study: str) -> int:
    """How many planned weeks are there."""
    return session.scalar(select(func.count(PlannedRun.key)).where(PlannedRun.study_id == study)) or 0


def keep_run(session: Session, study: str, outcome: Outcome) -> None:
    """Keep a planned week."""
    session.add(PlannedRun(study_id=study, key=outcome["key"], packed=pack_json(outcome)))


def forget_runs(session: Session, study: str) -> None:
    """The planned weeks are in the report by now."""
    session.execute(delete(PlannedRun).where(PlannedRun.study_id == study))


def files_of(session: Session, study: Study) -> list[str]:
    """The names of the files that are there, in the order of FILES."""
    there = set(session.scalars(select(StudyFile.name).where(StudyFile.study_id == study.id)))
    return [name for name in FILES if name in there]


def file_of(session: Session, study: Study, name: str, names_people: bool) -> bytes:
    """A file of the report: for who may see people the one with the map, where there is one. Raises Trouble(404)."""
    own = (StudyFile.study_id == study.id, StudyFile.name == name)
    shown = [] if names_people else [StudyFile.homes.is_(False)]
    kept = session.scalars(select(StudyFile).where(*own, *shown).order_by(StudyFile.homes.desc())).first()
    if kept is None:
        raise not_found("file of this scenario run")
    return unpack_bytes(kept.packed)
