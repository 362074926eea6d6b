"""Plans as jobs: done, stopped, killed, and what is left of them."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import time
from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select

from api.database.audit import verify
from api.database.base import now
from api.database.models import AuditEntry, Job, JobState
from api.database.tenancy import for_agency, for_everything
from api.desk.problems import keep, look, make
from api.desk.queue import (
    LEASE,
    MOST_POINTS,
    Claimed,
    add,
    claim_next,
    finish,
    give_back_lost,
    hold,
    report,
    thinned,
)
from api.jobs import work
from api.jobs.runner import Runner
from api.jobs.work import GIVES_WAY, _write
from api.routes import plans
from tests.api.people import made, refused
from tests.api.repaired import run_job

PLANS = "/agencies/a/plans"
PATIENCE = 600.0
"""Seconds. Plans give way to everything else on the machine."""


@pytest.fixture
def runner(app):
    """The runner of the desk, working."""
    runner = Runner(app.state.engine, app.state.settings)
    runner.start()
    yield runner
    runner.close()
    with for_everything(app.state.engine, writes=True) as session:  # nothing is left for the next test
        for job in session.scalars(select(Job).where(Job.state.not_in([JobState.DONE, JobState.STOPPED]))):
            job.state = JobState.FAILED


@pytest.fixture
def waiting(app, coordinator):
    """A plan that waits for a runner."""
    plan = begin(coordinator)
    yield plan
    coordinator.post(f"{PLANS}/{plan}/stop")
    with for_everything(app.state.engine, writes=True) as session:
        session.get_one(Job, plan).state = JobState.FAILED


def begin(person, **more):
    return made(person.post(PLANS, {"start": "2026-11-23", "iterations": 300, **more}))["id"]


def wait_for(person, plan, arrived):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = made(person.get(f"{PLANS}/{plan}"))
        if arrived(found):
            return found
        time.sleep(0.1)
    raise AssertionError(f"waited in vain; the plan is {found}")


def test_a_machine_without_room_for_a_process_ends_no_runner(coordinator, monkeypatch, request):
    """Once there is no process to be had: the job begins with the next try."""
    popen, tries = subprocess.Popen, []

    def grudging(command, **more):
        tries.append(command)
        if len(tries) == 1:
            raise OSError("Cannot allocate memory")
        return popen(command, **more)

    monkeypatch.setattr("api.jobs.runner.subprocess.Popen", grudging)
    plan = begin(coordinator, iterations=1)
    request.getfixturevalue("runner")
    assert wait_for(coordinator, plan, is_over)["state"] == "done"
    assert len(tries) == 2


def is_over(found):
    return found["finished_at"] is not None


def processes(runner):
    return [one.process for one in runner._running]


def test_a_plan_becomes_a_draft_with_its_audit(app, runner, coordinator, problem):
    plan = begin(coordinator, name="Week 48")
    found = wait_for(coordinator, plan, is_over)
    assert found["state"] == "done"
    assert found["told"].startswith("Rota of 7 days")
    assert found["points"][-1]["share"] == 1.0
    rota = made(coordinator.get(f"/agencies/a/rotas/{found['rota']}"))
    assert (rota["name"], rota["state"], rota["version"]) == ("Week 48", "draft", 1)
    check = made(coordinator.get(f"/agencies/a/rotas/{found['rota']}/check"))
    assert check["hard"] == 0
    assert found["points"][-1]["unallocated"] == check["unallocated"], (
        "what leftovers and the last step did, too"
    )
    assert len({leg["visit"] for leg in rota["legs"]}) + check["unallocated"] == len(problem.visits)
    with for_agency(app.state.engine, "a", "") as session:
        told = session.scalars(select(AuditEntry).where(AuditEntry.about == f"Job {plan}")).all()
        assert [entry.details.get("state") for entry in told] == [
            "queued",
            ["queued", "running"],
            ["running", "done"],
        ]
    events = [line for line in coordinator.get(f"{PLANS}/{plan}/events").text.splitlines() if line]
    assert events[0] == "event: over"
    assert json.loads(events[1].removeprefix("data: "))["rota"] == found["rota"]


class Found(SimpleNamespace):
    """What a search found, as far as its end is written of it."""

    def __str__(self):
        return "Rota of 7 days"


def test_the_demo_week_is_published_as_soon_as_it_is_planned(app, people, planned):
    """Whoever opens the demo finds a rota that holds, with its calendars and carers' weeks."""
    engine = app.state.engine
    with for_agency(engine, "b", "tests", writes=True) as session:
        request = {"name": "Demo week", "from_rota": None, "publish": True}
        asked = look(session, date(2026, 11, 23), 7)
        problem = keep(session, asked, make(asked))
        assert problem is not None
        job = add(session, problem, request, None, 9)
        job.state, job.claim, job.beat = JobState.RUNNING, "claim", now()
    found: Any = Found(rota=planned, stopped=False)
    _write(engine, job, Claimed(job.id, "claim"), found, frozenset(), {}, [], "Planned.")
    over = made(people["other"].get(f"/agencies/b/plans/{job.id}"))
    rota = made(people["other"].get(f"/agencies/b/rotas/{over['rota']}"))
    assert (over["state"], rota["state"], rota["name"]) == ("done", "published", "Demo week")
    with for_everything(engine) as session:
        assert list(verify(session)) == []


def test_a_plan_that_is_stopped_keeps_its_best_and_what_is_locked_stays(runner, coordinator, draft, planned):
    visit = planned.legs[0].visit
    made(coordinator.post(f"{draft}/edits", {"kind": "lock", "visit": visit}, version=1))
    was = [leg for leg in made(coordinator.get(draft))["legs"] if leg["visit"] == visit]
    plan = begin(coordinator, iterations=None, seconds=600, from_rota=draft.rpartition("/")[2])
    wait_for(coordinator, plan, lambda found: found["points"])
    (process,) = processes(runner)
    own = os.getpriority(os.PRIO_PROCESS, 0)
    assert os.getpriority(os.PRIO_PROCESS, process.pid) == min(19, own + GIVES_WAY)
    begun = time.monotonic()
    assert made(coordinator.post(f"{PLANS}/{plan}/stop"))["stop_asked"]
    found = wait_for(coordinator, plan, is_over)
    assert found["state"] == "stopped"
    assert time.monotonic() - begun < 300
    legs = made(coordinator.get(f"/agencies/a/rotas/{found['rota']}"))["legs"]
    assert [leg for leg in legs if leg["visit"] == visit] == was


def test_whoever_stops_a_plan_while_reasons_are_found_gets_its_rota(app, coordinator, waiting, monkeypatch):
    heard = []

    def found(rota, problem, proofs, go_on, held):
        assert not held
        heard.append(go_on(0, 2))
        made(coordinator.post(f"{PLANS}/{waiting}/stop"))
        heard.append(go_on(1, 2))
        return {rota.legs[0].visit: ["Nobody can.", "It takes two."]}

    monkeypatch.setattr(work, "reasons", found)
    monkeypatch.setattr(work, "EVERY", 0.0)
    monkeypatch.setattr(work, "PATIENCE", 0.0)
    run_job(app, waiting)
    assert heard == [True, False]
    plan = made(coordinator.get(f"{PLANS}/{waiting}"))
    assert plan["state"] == "done"
    rota = f"/agencies/a/rotas/{plan['rota']}"
    visit = made(coordinator.get(rota))["legs"][0]["visit"]
    assert made(coordinator.get(f"{rota}/board"))["reasons"] == {}, "somebody comes"
    made(coordinator.post(f"{rota}/edits", {"kind": "unassign", "visit": visit}, version=1))
    assert made(coordinator.get(f"{rota}/board"))["reasons"] == {
        visit: ["When it was planned, before later changes: Nobody can.", "It takes two."]
    }
    copy = made(coordinator.post("/agencies/a/rotas", {"copy_of": plan["rota"], "name": "Copy"}))["id"]
    assert made(coordinator.get(f"/agencies/a/rotas/{copy}/board"))["reasons"] == {}


def test_a_lock_that_could_not_be_kept_is_told_and_is_no_lock_any_more(
    app, coordinator, draft, planned, monkeypatch
):
    """Three are locked; against one of them is a rule by now. Where it goes then is the planner's choice, not a lock.
    Another one lasts longer now, and is locked all the same."""
    kept, longer, refused = sorted(planned.legs_by_visit)[:3]
    for version, visit in enumerate((kept, longer, refused), start=1):
        made(coordinator.post(f"{draft}/edits", {"kind": "lock", "visit": visit}, version=version))
    solve = work._solve
    lost = {refused: "Cannot be kept: Aled is not at work then.", longer: "Lasts 45 min rather than 30."}
    monkeypatch.setattr(
        work, "_solve", lambda *given: replace(solve(*given), lost=lost, refused=frozenset({refused}))
    )
    plan = begin(coordinator, from_rota=draft.rpartition("/")[2])
    run_job(app, plan)
    found = made(coordinator.get(f"{PLANS}/{plan}"))
    assert re.search(
        r"The visit to .+ on [A-Z][a-z]{2} \d+ Nov at \d\d:\d\d is locked no more. Cannot be kept: Aled is not at work",
        found["told"],
    )
    legs = made(coordinator.get(f"/agencies/a/rotas/{found['rota']}"))["legs"]
    assert {leg["visit"] for leg in legs if leg["locked"]} == {kept, longer}
    assert "Lasts 45" not in found["told"]


def test_a_killed_process_is_begun_again_once_and_then_told(runner, coordinator):
    plan = begin(coordinator, iterations=None, seconds=600)
    for _ in range(2):
        wait_for(coordinator, plan, lambda found: found["state"] == "running" and processes(runner))
        (process,) = processes(runner)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        wait_for(coordinator, plan, lambda found, old=process: old not in processes(runner))
    found = wait_for(coordinator, plan, is_over)
    assert (found["state"], found["rota"]) == ("interrupted", None)
    assert "killed" in found["told"]


def test_what_was_killed_once_comes_to_its_end(runner, coordinator):
    plan = begin(coordinator)
    wait_for(coordinator, plan, lambda found: processes(runner))
    processes(runner)[0].kill()
    found = wait_for(coordinator, plan, is_over)
    assert found["state"] == "done"


# -- the queue by itself ----------------------------------------------------------------------------------------------


def claimed_now(app) -> Claimed:
    claimed = claim_next(app.state.engine, at_once=1)
    assert claimed is not None
    return claimed


def test_only_so_many_run_at_once(app, waiting):
    claimed_now(app)
    assert claim_next(app.state.engine, at_once=1) is None


def test_a_job_whose_server_is_gone_is_begun_again_and_the_old_process_writes_nothing(
    app, coordinator, waiting
):
    old = claimed_now(app)
    give_back_lost(app.state.engine)
    assert made(coordinator.get(f"{PLANS}/{waiting}"))["state"] == "running"  # it was heard of just now
    with for_everything(app.state.engine, writes=True) as session:
        session.get_one(Job, waiting).beat = now() - LEASE - timedelta(seconds=1)
    give_back_lost(app.state.engine)
    assert made(coordinator.get(f"{PLANS}/{waiting}"))["state"] == "queued"
    new = claimed_now(app)
    with pytest.raises(Exception, match="Another process"):
        report(app.state.engine, old, "searching", [])
    with for_everything(app.state.engine, writes=True) as session:
        assert hold(session, old) is None
        held = hold(session, new)
        assert held is not None
        finish(held, JobState.DONE, "")
    assert made(coordinator.get(f"{PLANS}/{waiting}"))["state"] == "done"


def test_a_plan_that_waits_is_stopped_at_once_and_the_audit_tells_it(coordinator, manager, waiting):
    assert made(coordinator.post(f"{PLANS}/{waiting}/stop"))["state"] == "stopped"
    last = made(manager.get("/agencies/a/audit?limit=1"))["items"][0]
    assert (last["about"], last["details"]["state"]) == (f"Job {waiting}", ["queued", "stopped"])
    page = coordinator.client.get(f"/a/a/plans/{waiting}").text
    assert "Stopped before it began." in page
    assert "best kept" not in page


def test_an_agency_has_only_so_many_plans_at_once(app, coordinator):
    plans = [begin(coordinator) for _ in range(app.state.settings.plans_per_agency)]
    answer = coordinator.post(PLANS, {"start": "2026-11-23"})
    refused(answer, 429, "stop one, or wait")
    assert answer.headers["retry-after"]
    for plan in plans:
        coordinator.post(f"{PLANS}/{plan}/stop")


def test_a_rota_to_begin_with_that_is_not_there_is_told_before_anything_is_loaded(coordinator, monkeypatch):
    monkeypatch.setattr(plans, "build", None)
    refused(coordinator.post(PLANS, {"start": "2027-03-01", "from_rota": "nothing"}), 404, "rota")


def test_plans_that_make_no_sense_are_refused(coordinator):
    refused(coordinator.post(PLANS, {"start": "2026-11-23", "seconds": None}), 422, "budget")
    refused(coordinator.post(PLANS, {"start": "2026-11-23", "seconds": 80_000}), 422, "1800 seconds")
    refused(coordinator.post(PLANS, {"start": "2026-11-23", "from_rota": "nothing"}), 404)
    refused(coordinator.post(PLANS, {"start": "1970-01-01"}), 422)


def test_a_long_curve_is_thinned_to_its_shape():
    points = [[float(i), 1000.0 - i, 0.0, i / 999] for i in range(1000)]
    kept = thinned(points)
    assert len(kept) <= MOST_POINTS
    assert (kept[0], kept[-1]) == (points[0], points[-1])
