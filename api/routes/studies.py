"""Scenario runs: the catalogue, begin, watch, stop, go on, read the report, delete."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Response
from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from api.database.models import JobState, StoredProblem, Study
from api.desk import studies as work
from api.desk.problems import build
from api.desk.queue import ask_to_stop
from api.errors import Trouble, from_careround
from api.routes.common import After, IdempotencyKey, Limit, made_before, once, page_of
from api.schemas import FamilyOut, Page, ScenarioOut, StudyBody, StudyFindingOut, StudyOut
from api.security.guard import Aggregates, Asking, Desk, Managing
from api.security.rights import Right
from scheduler.errors import InputError, UnknownName
from scheduler.report.fairness.groups import SMALL

router = APIRouter(prefix="/agencies/{agency}", tags=["scenarios"])
StudyId = Annotated[str, Path(description="The scenario run's id.", max_length=60)]
FileName = Annotated[Literal["report.html", "report.pdf", "results.xlsx", "runs.csv"], Path()]
ITERATIONS = 2000
FAULTY = "The agency's data does not fit these days: choose others, or ask the agency."
FAILED = "It failed; the agency can see why."
POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "img-src data:",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "sandbox",
    )
)
"""The report brings its styles and drawings along and needs nothing else: no script, no form, no address."""
AS_FILE: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {
            kind.partition(";")[0]: {"schema": {"type": "string", "format": "binary"}}
            for kind in work.FILES.values()
        }
    }
}


@router.get("/scenarios", summary="The catalogue of scenarios")
def get_scenarios(desk: Aggregates) -> list[FamilyOut]:
    """The questions that can be asked of this agency, each with its scenarios and what they change."""
    return [
        FamilyOut(
            name=one.name,
            label=one.label,
            question=one.question,
            scenarios=[
                ScenarioOut(
                    name=scenario.name,
                    label=scenario.label,
                    sentences=list(scenario.sentences),
                    limits=list(dict.fromkeys(change.limits for change in scenario.changes if change.limits)),
                )
                for scenario in one.scenarios
            ],
        )
        for one in work.families()
    ]


@router.post("/scenario-runs", status_code=201, summary="Run scenarios")
def post_study(
    desk: Asking, body: StudyBody, response: Response, idempotency_key: IdempotencyKey = None
) -> StudyOut:
    """Plans the period as it is and under each scenario, in its own process, as soon as there is room."""
    id = begin(desk, body, idempotency_key)
    response.headers["Location"] = f"/api/v1/agencies/{desk.agency}/scenario-runs/{id}"
    with desk.reading() as session:
        return study_out(desk, session, find(desk, session, id))


def begin(desk: Desk, body: StudyBody, key: str | None = None) -> str:
    """The id of a study of what was asked, or of what was made with that key before. Nobody's writing waits while the
    scenarios are tried. Who may see sums only is told nothing of the data that does not fit."""
    with desk.reading() as session:
        before = made_before(desk, session, key, body)
    if before is not None:
        return before
    request = request_of(desk, body)
    try:
        problem = build(desk.reading, desk.writing, body.start, body.days)
    except InputError as error:
        raise (from_careround(error) if desk.may(Right.SEE) else Trouble(422, FAULTY)) from error
    with desk.reading() as session:
        ready = work.prepare(session, problem, request, desk.may(Right.SEE))
    most = desk.settings.studies_per_agency
    with desk.writing() as session:
        return once(desk, session, key, body, lambda: work.start(session, ready, desk.person.user, most).id)[
            0
        ]


def request_of(desk: Desk, body: StudyBody) -> dict[str, Any]:
    """What is kept of what was asked. Raises Trouble(422) where it is too much, or not in the catalogue."""
    if body.seconds is not None and body.iterations is not None:
        raise Trouble(422, "Give seconds or iterations for each planned week, not both.")
    request: dict[str, Any] = {
        "family": body.family,
        "scenarios": body.scenarios,
        "seeds": body.seeds,
        "seconds": body.seconds,
        "iterations": body.iterations or (None if body.seconds else ITERATIONS),
        "readings": body.readings,
        "rate": body.rate_pence,
        "workers": desk.settings.workers,
        "longest": desk.settings.longest_study,
    }
    try:
        asked = work.asked_of(request)
    except UnknownName as error:
        raise Trouble(422, str(error)) from error
    runs = (1 + len(asked.scenarios)) * len(asked.readings) * body.seeds
    if body.seconds is not None and runs * body.seconds / desk.settings.workers > desk.settings.longest_study:
        raise Trouble(
            422,
            f"{runs} weeks of {body.seconds:g} seconds take longer than the {desk.settings.longest_study / 3600:g} "
            "hours that scenarios may take here: give fewer seconds, seeds or scenarios.",
        )
    return request


@router.get("/scenario-runs", summary="Scenario runs, the newest first")
def get_studies(desk: Aggregates, limit: Limit = 50, after: After = "") -> Page[StudyOut]:
    """Also those that are over. A commissioner sees none of a handful of clients."""
    with desk.reading() as session:
        asked = select(Study).order_by(Study.created_at.desc(), Study.id.desc()).limit(limit + 1)
        if not desk.may(Right.SEE):
            asked = asked.where(Study.clients >= SMALL)
        if after:
            last = find(desk, session, after)
            asked = asked.where(tuple_(Study.created_at, Study.id) < tuple_(last.created_at, last.id))
        rows, following = page_of(list(session.scalars(asked)), limit, lambda one: str(one.id))
        return Page(items=[study_out(desk, session, one) for one in rows], next=following)


@router.get("/scenario-runs/{study}", summary="One scenario run")
def get_study(desk: Aggregates, study: StudyId) -> StudyOut:
    """Where it is, and its findings once they are there."""
    with desk.reading() as session:
        return study_out(desk, session, find(desk, session, study))


@router.post("/scenario-runs/{study}/stop", summary="Stop a scenario run")
def post_stop_study(desk: Asking, study: StudyId) -> StudyOut:
    """It ends within a second or two, within some seconds while the report is being written; the weeks that are planned
    are kept."""
    with desk.writing() as session:
        found = find(desk, session, study)
        ask_to_stop(session, work.job_of(session, found).id)
        return study_out(desk, session, found)


@router.post("/scenario-runs/{study}/go-on", summary="Go on with a scenario run")
def post_go_on(desk: Asking, study: StudyId) -> StudyOut:
    """Plans what is missing of one that was stopped, interrupted or failed (409 for any other)."""
    with desk.writing() as session:
        found = find(desk, session, study)
        work.go_on(session, found, desk.person.user, desk.settings.studies_per_agency)
        return study_out(desk, session, found)


@router.delete("/scenario-runs/{study}", status_code=204, summary="Delete a scenario run")
def delete_study(desk: Managing, study: StudyId) -> None:
    """With its report. 409 while it runs."""
    with desk.writing() as session:
        work.remove(session, find(desk, session, study))


@router.get(
    "/scenario-runs/{study}/files/{name}", summary="A file of the report", response_class=Response, responses=AS_FILE
)  # fmt: skip
def get_study_file(desk: Aggregates, study: StudyId, name: FileName) -> Response:
    """The report as a page or as a tagged PDF, all measures as a workbook, or one row a run and measure. A
    commissioner's report has no map, on which dots are homes."""
    with desk.reading() as session:
        content = work.file_of(session, find(desk, session, study), name, desk.may(Right.SEE))
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    if name == "report.html":
        headers = {"Content-Security-Policy": POLICY}
    return Response(content, media_type=work.FILES[name], headers=headers)


def find(desk: Desk, session: Session, id: str) -> Study:
    """The study, for who may see it."""
    return work.find_study(session, id, desk.may(Right.SEE))


def study_out(desk: Desk, session: Session, study: Study) -> StudyOut:
    """A study as it is sent. Why it failed may name people: a commissioner is told only that it did."""
    job = work.job_of(session, study)
    told = job.told if job.state is not JobState.FAILED or desk.may(Right.SEE) else FAILED
    period = session.execute(
        select(StoredProblem.start, StoredProblem.days).where(StoredProblem.id == study.problem_id)
    ).one()
    label, question, scenarios, effort = _asked(study)
    return StudyOut(
        id=study.id,
        family=study.family,
        label=label,
        question=question,
        scenarios=scenarios,
        start=period.start,
        days=period.days,
        seeds=study.request["seeds"],
        effort=effort,
        state=job.state,
        stage=job.stage,
        told=told,
        stop_asked=job.stop_asked,
        done=study.runs if job.state is JobState.DONE else work.count_runs(session, study.id),
        total=study.runs,
        today=study.found.get("today", []),
        findings=[StudyFindingOut(**one) for one in study.found.get("findings", [])],
        files=work.files_of(session, study),
        created_at=study.created_at,
        finished_at=job.finished_at,
    )


def _asked(study: Study) -> tuple[str, str, list[str], str]:
    """Words for what was asked; of a scenario that the catalogue has no more, its name."""
    try:
        asked = work.asked_of(study.request)
    except UnknownName:
        return study.family, "", list(study.request["scenarios"]), ""
    return asked.family.label, asked.family.question, [s.label for s in asked.scenarios], asked.effort.words
