"""Scenario runs on the desk: asked, planned, stopped, gone on with, read, and deleted; a commissioner sees no name."""

from __future__ import annotations

import io
import os
import re
import time
from typing import Any

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from api.database.models import AuditEntry, Job, JobState, PlannedRun, Study, StudyFile
from api.database.tenancy import for_agency, for_everything
from api.desk.queue import claim_next
from api.desk.studies import FILES, OF_SEVERAL, misfits
from api.jobs import studying
from api.jobs.runner import Runner
from api.jobs.work import work
from scenarios.catalogue import catalogue
from scenarios.report.page import page
from tests.api.people import made, refused

RUNS = "/agencies/a/scenario-runs"
ASKED = {
    "family": "minimum-length",
    "scenarios": ["lengthen-45"],
    "start": "2026-11-23",
    "seeds": 1,
    "iterations": 30,
    "readings": "today",
}


def run_job(app, study):
    """What the process of the newest job of that study does, here and now."""
    while (claimed := claim_next(app.state.engine, 10, studies=True)) is not None:
        with for_everything(app.state.engine) as session:
            mine = session.get_one(Job, claimed.job).study_id == study
        if mine:
            work(app.state.engine, claimed)
            return
    raise AssertionError("there is no such job")


@pytest.fixture(scope="module")
def answered(app, people, base):
    """A study of agency a with its report: its id."""
    id = made(people["commissioner"].post(RUNS, ASKED))["id"]
    run_job(app, id)
    return id


def test_a_commissioner_asks_and_reads_the_answer(app, people, answered):
    found = made(people["commissioner"].get(f"{RUNS}/{answered}"))
    assert (found["state"], found["done"], found["total"], found["files"]) == ("done", 2, 2, list(FILES))
    assert (found["label"], found["scenarios"]) == ("A minimum visit length", ["Every visit 45 minutes"])
    assert "118 visits a week are asked for" in found["today"][0]
    assert "Every visit of less than 45 minutes is ordered at 45." in found["findings"][0]["changes"][0]
    with for_everything(app.state.engine) as session:
        assert session.scalars(select(PlannedRun).where(PlannedRun.study_id == answered)).all() == []


def test_the_report_is_the_one_of_the_command_line_and_can_do_nothing_to_its_reader(people, answered):
    answer = people["viewer"].get(f"{RUNS}/{answered}/files/report.html")
    assert "What changes with today\u2019s carers" in answer.text
    assert answer.text.count("<svg") == 4 + 2
    assert "the folder runs" not in answer.text
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "script-src" not in policy
    assert policy.endswith("sandbox")
    pdf = people["viewer"].get(f"{RUNS}/{answered}/files/report.pdf")
    assert pdf.headers["content-disposition"] == 'attachment; filename="report.pdf"'
    assert "Every visit 45 minutes" in PdfReader(io.BytesIO(pdf.content)).pages[0].extract_text()
    book = CalamineWorkbook.from_filelike(
        io.BytesIO(people["viewer"].get(f"{RUNS}/{answered}/files/results.xlsx").content)
    )
    assert "Summary" in book.sheet_names
    refused(people["viewer"].get(f"{RUNS}/{answered}/files/../secret"), 404)
    refused(people["viewer"].get(f"{RUNS}/{answered}/files/rota.json"), 422)


def test_what_a_commissioner_gets_names_nobody_and_shows_no_home(people, answered, problem):
    texts = [people["commissioner"].get(f"{RUNS}/{answered}").text]
    for name in FILES:
        content = people["commissioner"].get(f"{RUNS}/{answered}/files/{name}").content
        if name == "report.pdf":
            texts.append("".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages))
        elif name == "results.xlsx":
            book = CalamineWorkbook.from_filelike(io.BytesIO(content))
            texts += [str(book.get_sheet_by_name(sheet).to_python()) for sheet in book.sheet_names]
        else:
            texts.append(content.decode())
    people_ = [*problem.clients, *problem.carers]
    words = {word for one in people_ for word in (one.id, one.name)} | {
        client.place.label for client in problem.clients if client.place.label
    }
    for text in texts:
        assert not [word for word in words if re.search(rf"\b{re.escape(word)}\b", text)]
    html = people["commissioner"].get(f"{RUNS}/{answered}/files/report.html").text
    assert html.count("<svg") == 4
    assert "One day, before and after" not in html


def test_nobody_is_singled_out_in_sums_of_a_handful(app, people, answered):
    with for_everything(app.state.engine, writes=True) as session:
        session.get_one(Study, answered).clients = 4
    try:
        refused(people["commissioner"].get(f"{RUNS}/{answered}"), 403, "could single somebody out")
        refused(people["commissioner"].get(f"{RUNS}/{answered}/files/runs.csv"), 403)
        listed = made(people["commissioner"].get(RUNS))["items"]
        assert answered not in [one["id"] for one in listed]
        assert made(people["viewer"].get(f"{RUNS}/{answered}"))["state"] == "done"
    finally:
        with for_everything(app.state.engine, writes=True) as session:
            session.get_one(Study, answered).clients = 10


def test_the_audit_tells_who_asked_and_who_deleted(app, people):
    id = made(people["coordinator"].post(RUNS, ASKED))["id"]
    refused(people["manager"].delete(f"{RUNS}/{id}"), 409, "stop it first")
    assert made(people["coordinator"].post(f"{RUNS}/{id}/stop"))["state"] == "stopped"
    assert people["manager"].delete(f"{RUNS}/{id}").status_code == 204
    refused(people["manager"].get(f"{RUNS}/{id}"), 404)
    with for_agency(app.state.engine, "a", "") as session:
        about = select(AuditEntry).where(AuditEntry.about == f"Study {id}")
        told = session.scalars(about.order_by(AuditEntry.number)).all()
        assert [(one.what, one.who, one.details) for one in told] == [
            ("create", "coordinator", {"family": "minimum-length"}),
            ("delete", "manager", {"family": "minimum-length"}),
        ]
        assert session.scalars(select(Job).where(Job.study_id == id)).all() == []


def test_deleting_takes_the_files_along(app, people, answered):
    with for_everything(app.state.engine, writes=True) as session:
        kept = session.get_one(Study, answered)
        copy = Study(
            id="copy", agency_id="a", problem_id=kept.problem_id, family=kept.family, request=kept.request,
            clients=10, runs=2,
        )  # fmt: skip
        session.add(copy)
        session.flush()
        session.add(
            Job(agency_id="a", problem_id=kept.problem_id, study_id="copy", request={}, state=JobState.DONE)
        )
        session.add(StudyFile(agency_id="a", study_id="copy", name="runs.csv", homes=False, packed=b""))
    assert people["manager"].delete(f"{RUNS}/copy").status_code == 204
    with for_everything(app.state.engine) as session:
        assert session.scalars(select(StudyFile).where(StudyFile.study_id == "copy")).all() == []


# -- what cannot be asked ---------------------------------------------------------------------------------------------


def test_one_agency_alone_cannot_be_pooled_and_all_else_of_the_catalogue_is_offered(people):
    offered = made(people["commissioner"].get("/agencies/a/scenarios"))
    assert {one["name"] for one in offered} == set(catalogue()) - {"pooling", "region"}
    assert not [
        s for one in catalogue().values() if one.name not in OF_SEVERAL for s in one.scenarios if s.pool
    ]
    assert all(scenario["sentences"] for one in offered for scenario in one["scenarios"])
    refused(people["coordinator"].post(RUNS, ASKED | {"family": "pooling", "scenarios": []}), 422, "pooling")
    refused(people["coordinator"].post(RUNS, ASKED | {"scenarios": ["lengthen-46"]}), 422, "lengthen-45")


def test_what_does_not_fit_the_agency_is_told_before_anything_is_planned(people, monkeypatch):
    asked = ASKED | {"family": "budget", "scenarios": []}
    # As if every visit were of half an hour already: nothing can be cut from the longest.
    monkeypatch.setattr(
        "scenarios.changes.budget._shortened", lambda visits, to_lose, step=15, least=30: list(visits)
    )
    told = refused(people["coordinator"].post(RUNS, asked), 422, "Leave it out")["detail"]
    assert "5 per cent less, longest visits first" in told
    refused(people["commissioner"].post(RUNS, asked), 422, "the agency can see which")


def test_nobodys_writing_waits_while_scenarios_are_tried_on_the_week(people, monkeypatch):
    """On SQLite there is one writer: whoever writes in the midst of it would wait in vain."""
    written = []

    def meanwhile(problem, scenarios):
        link = {"kind": "client", "person": "C01"}
        written.append(made(people["other"].post("/agencies/b/calendars", link)))
        return misfits(problem, scenarios)

    monkeypatch.setattr("api.desk.studies.misfits", meanwhile)
    id = made(people["coordinator"].post(RUNS, ASKED))["id"]
    assert len(written) == 1
    made(people["coordinator"].post(f"{RUNS}/{id}/stop"))


def test_the_same_key_gives_the_same_run_and_tries_nothing_again(people, monkeypatch):
    key = {"Idempotency-Key": "scenarios-once"}
    first = made(people["coordinator"].post(RUNS, ASKED, headers=key))["id"]
    monkeypatch.setattr("api.desk.studies.misfits", lambda problem, scenarios: ["tried again"])
    assert made(people["coordinator"].post(RUNS, ASKED, headers=key))["id"] == first
    refused(people["coordinator"].post(RUNS, ASKED | {"seeds": 2}, headers=key), 422, "another request")
    made(people["coordinator"].post(f"{RUNS}/{first}/stop"))


def test_a_commissioner_is_not_told_what_is_wrong_with_the_data(people):
    asked = ASKED | {"start": "1970-01-05"}
    assert refused(people["coordinator"].post(RUNS, asked), 422).get("faults")
    assert "faults" not in refused(people["commissioner"].post(RUNS, asked), 422, "ask the agency")


def test_effort_has_limits(people):
    both = ASKED | {"seconds": 5}
    refused(people["coordinator"].post(RUNS, both), 422, "not both")
    long = {**ASKED, "iterations": None, "seconds": 3600, "seeds": 10}
    refused(people["coordinator"].post(RUNS, long), 422, "than the 4 hours")


def test_an_agency_has_only_so_many_at_once_and_they_do_not_count_as_plans(app, people):
    waiting = [made(people["coordinator"].post(RUNS, ASKED))["id"] for _ in range(2)]
    refused(people["coordinator"].post(RUNS, ASKED), 429, "2 scenario runs of this agency")
    plan = made(people["coordinator"].post("/agencies/a/plans", {"start": "2026-11-23", "iterations": 1}))
    listed = made(people["coordinator"].get("/agencies/a/plans?limit=500"))["items"]
    with for_everything(app.state.engine) as session:
        jobs = set(session.scalars(select(Job.id).where(Job.study_id.is_not(None))))
    assert plan["id"] in {one["id"] for one in listed}
    assert not jobs & {one["id"] for one in listed}
    refused(people["coordinator"].get(f"/agencies/a/plans/{min(jobs)}"), 404)
    claimed = claim_next(app.state.engine, 1)
    assert claimed is not None
    assert claimed.job == plan["id"]  # a plan goes first though the studies are older
    with for_everything(app.state.engine, writes=True) as session:
        session.get_one(Job, plan["id"]).state = JobState.FAILED
    for id in waiting:
        made(people["coordinator"].post(f"{RUNS}/{id}/stop"))


# -- stopped, killed, gone on with ------------------------------------------------------------------------------------


@pytest.fixture
def runner(app):
    """The runner of the desk, working."""
    runner = Runner(app.state.engine, app.state.settings)
    runner.start()
    yield runner
    runner.close()
    with for_everything(app.state.engine, writes=True) as session:
        for job in session.scalars(select(Job).where(Job.finished_at.is_(None))):
            job.state = JobState.FAILED


def wait_for(person, study, arrived):
    end = time.monotonic() + 600  # a run gives way to all else that the machine does
    while time.monotonic() < end:
        found: Any = made(person.get(f"{RUNS}/{study}"))
        if arrived(found):
            return found
        time.sleep(0.2)
    raise AssertionError(f"waited in vain; the study is {found}")


@pytest.mark.timeout(2400)
def test_a_killed_process_loses_no_planned_week_and_a_stopped_study_goes_on(app, runner, people, answered):
    person = people["commissioner"]
    id = made(person.post(RUNS, ASKED | {"seeds": 10, "iterations": 300}))["id"]
    wait_for(person, id, lambda found: found["done"] >= 2)
    (process,) = [one.process for one in runner._running if one.study]
    process.kill()
    with for_everything(app.state.engine) as session:
        before = set(session.scalars(select(PlannedRun.key).where(PlannedRun.study_id == id)))
    again = wait_for(person, id, lambda found: found["state"] == "running" and found["done"] > len(before))
    assert re.search(r"of 20 weeks are planned|report is being written", again["stage"])
    made(person.post(f"{RUNS}/{id}/stop"))
    stopped = wait_for(person, id, lambda found: found["finished_at"])
    assert (stopped["state"], stopped["files"]) == ("stopped", [])
    with for_everything(app.state.engine) as session:
        kept = set(session.scalars(select(PlannedRun.key).where(PlannedRun.study_id == id)))
    assert before < kept
    refused(person.post(f"{RUNS}/{answered}/go-on"), 409, "nothing to go on with")
    gone_on = made(person.post(f"{RUNS}/{id}/go-on"))
    assert (gone_on["state"], gone_on["done"]) == ("queued", len(kept))
    done = wait_for(person, id, lambda found: found["finished_at"])
    assert (done["state"], done["done"]) == ("done", 20), done["told"]


def test_one_that_takes_too_long_makes_room_for_others_and_can_go_on(app, people):
    """Iterations have no end by the clock, and one study runs at a time, whosever it is."""
    id = made(people["coordinator"].post(RUNS, ASKED))["id"]
    with for_everything(app.state.engine, writes=True) as session:
        kept = session.get_one(Study, id)
        assert kept.request["longest"] == 4 * 3600
        kept.request = kept.request | {"longest": 0}
    run_job(app, id)
    found = made(people["coordinator"].get(f"{RUNS}/{id}"))
    assert (found["state"], found["done"]) == ("stopped", 0)
    assert "the longest at a time here" in found["told"]
    made(people["coordinator"].post(f"{RUNS}/{id}/go-on"))
    made(people["coordinator"].post(f"{RUNS}/{id}/stop"))


def test_who_stops_it_while_the_report_is_written_is_heard(app, people, monkeypatch):
    person = people["coordinator"]
    id = made(person.post(RUNS, ASKED))["id"]
    stages: list[str] = []

    def written(*arguments, **more):
        if not stages:
            stages.append(made(person.get(f"{RUNS}/{id}"))["stage"])
            made(person.post(f"{RUNS}/{id}/stop"))
        return page(*arguments, **more)

    def never(*arguments):
        raise AssertionError("nothing more is written")

    monkeypatch.setattr(studying, "page", written)
    for name in ("to_pdf", "findings"):
        monkeypatch.setattr(studying, name, never)
    run_job(app, id)
    found = made(person.get(f"{RUNS}/{id}"))
    assert stages == ["The report is being written"]
    assert (found["state"], found["done"], found["total"], found["files"]) == ("stopped", 2, 2, [])
    assert found["told"] == "Stopped before the report was written; all weeks are planned and kept."
    monkeypatch.undo()
    made(person.post(f"{RUNS}/{id}/go-on"))
    run_job(app, id)
    found = made(person.get(f"{RUNS}/{id}"))
    assert (found["state"], found["files"]) == ("done", list(FILES))


def test_a_process_whose_server_is_gone_ends(monkeypatch, app, people):
    id = made(people["coordinator"].post(RUNS, ASKED))["id"]
    parents = iter([1, 2])
    monkeypatch.setattr(os, "getppid", lambda: next(parents))
    with pytest.raises(SystemExit, match="server of this scenario run is gone"):
        run_job(app, id)
    monkeypatch.undo()
    with for_everything(app.state.engine, writes=True) as session:
        for job in session.scalars(select(Job).where(Job.study_id == id)):
            job.state = JobState.FAILED


def test_why_it_failed_is_for_who_may_see_people(app, people, monkeypatch):
    id = made(people["coordinator"].post(RUNS, ASKED))["id"]
    with for_everything(app.state.engine, writes=True) as session:
        kept = session.get_one(Study, id)
        kept.request = kept.request | {"scenarios": ["gone"]}
    run_job(app, id)
    assert "gone" in made(people["viewer"].get(f"{RUNS}/{id}"))["told"]
    assert made(people["commissioner"].get(f"{RUNS}/{id}"))["told"] == "It failed; the agency can see why."
