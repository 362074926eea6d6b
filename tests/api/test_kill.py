"""kill -9, thirty times at random moments in the middle of imports, publications and plans, on both databases: the
database opens, nothing is half-written, what was answered is there, and every plan is made whole or marked."""

from __future__ import annotations

import threading
import time
from collections import Counter
from random import Random
from typing import Any

import pytest
from sqlalchemy import func, select, text

from api.database.audit import verify
from api.database.engine import make_engine
from api.database.models import OVER, Agency, Job, JobState, RotaState, StoredLeg, StoredRota, TableSet
from api.database.tenancy import for_everything
from tests.api.conftest import START, rota_body, small_files
from tests.api.killed import Server

KILLS = {
    "sqlite": {"import": 5, "publication": 5, "server of a plan": 5, "worker": 5},
    "postgresql": {"import": 3, "publication": 3, "server of a plan": 2, "worker": 2},
}
"""Thirty in all."""
PLAN = {"start": START.isoformat(), "iterations": 300}
PATIENCE = 600.0
"""Seconds; on PostgreSQL a job is nobody's only after LEASE."""
EARLY = 0.15
"""Of the time that it takes: the first kill of each kind. All others come at random moments."""


class Trouble:
    """One agency on a server, and what must be true of it after each kill."""

    def __init__(self, server: Server, planned) -> None:
        self.server, self.body, self.legs = server, rota_body(planned), len(planned.legs)
        self.engine = make_engine(server.database)
        self.agency = server.client.post("/agencies", json={"name": "Valley Care"}).json()["id"]
        self.path = f"/agencies/{self.agency}"
        self.imported, self.published = 0, 0
        self.took: dict[str, float] = {}
        self.killed: set[str] = set()
        self.dice = Random(1)
        self.import_all("")
        for what, do in (("import", self.import_all), ("publication", self.publish)):
            draft = self.draft()
            begun = time.monotonic()
            do(draft)
            self.took[what] = time.monotonic() - begun
        id = self.plan()
        self.wait(id, (*OVER, JobState.RUNNING))
        begun = time.monotonic()
        self.whole = self.legs_of(self.wait(id))
        self.took["server of a plan"] = self.took["worker"] = time.monotonic() - begun

    def draft(self) -> str:
        return str(self.server.client.post(f"{self.path}/rotas", json=self.body).json()["id"])

    def import_all(self, draft: str) -> None:
        answer = self.server.ask("POST", f"{self.path}/imports?start={START}", files=small_files())
        self.imported = max(self.imported, answer.json()["version"] if answer else 0)

    def publish(self, draft: str) -> None:
        path = f"{self.path}/rotas/{draft}/publish"
        answer = self.server.ask("POST", path, json={}, headers={"If-Match": '"1"'})
        self.published = max(self.published, answer.json()["number"] if answer else 0)

    def plan(self) -> str:
        return str(self.server.client.post(f"{self.path}/plans", json=PLAN).json()["id"])

    def job(self, id: str) -> Job:
        with for_everything(self.engine) as session:
            return session.get_one(Job, id)

    def wait(self, id: str, arrived=OVER) -> Job:
        end = time.monotonic() + PATIENCE
        while (job := self.job(id)).state not in arrived:
            assert time.monotonic() < end, f"forgotten: {job.state}, begun {job.attempts} times"
            time.sleep(0.05)
        return job

    def legs_of(self, job: Job) -> list[tuple[Any, ...]]:
        columns = (StoredLeg.visit, StoredLeg.carer, StoredLeg.start, StoredLeg.minutes)
        with for_everything(self.engine) as session:
            asked = select(*columns).where(StoredLeg.rota_id == job.rota_id).order_by(*columns)
            return [tuple(row) for row in session.execute(asked)]

    def kill_in(self, what: str) -> str:
        """Begin it, kill at a moment within the time that it takes, start again; what became of it."""
        moment = self.took[what] * (self.dice.uniform(0, 1.1) if what in self.killed else EARLY)
        self.killed.add(what)
        if what in ("import", "publication"):
            do = self.import_all if what == "import" else self.publish
            busy = threading.Thread(target=do, args=(self.draft(),))
            before = (self.imported, self.published)
            busy.start()
            time.sleep(moment)
            self.server.kill()
            busy.join()
            self.require_whole()
            self.server.start()
            return "answered" if before != (self.imported, self.published) else "cut off"
        id = self.plan()
        self.wait(id, (*OVER, JobState.RUNNING))
        end = time.monotonic() + moment
        while time.monotonic() < end and self.job(id).state is JobState.RUNNING:
            time.sleep(0.02)
        if what == "worker":
            if not self.server.kill_worker():
                return self.kill_in(what)  # it was over before: that was no kill
        else:
            self.server.kill()
        self.require_whole()
        if what != "worker":
            self.server.start()
        job = self.wait(id)
        if job.state is JobState.DONE:
            assert self.legs_of(job) == self.whole  # counted in iterations: the same plan again
        else:
            assert (job.state, job.rota_id, bool(job.told)) == (JobState.INTERRUPTED, None, True)
        return "begun again" if job.attempts > 1 else "done before"

    def require_whole(self) -> None:
        """Sound, with all that was answered; every rota whole; one published at the most; the audit's chain holds."""
        with for_everything(self.engine) as session:
            if self.engine.dialect.name == "sqlite":
                assert session.scalar(text("PRAGMA integrity_check")) == "ok"
            assert list(verify(session)) == []
            version = session.scalars(select(Agency.tables_version)).one()
            versions = session.scalars(select(TableSet.version).order_by(TableSet.version)).all()
            assert versions == list(range(1, version + 1))
            assert version >= self.imported
            legs = func.count(StoredLeg.visit)
            joined = select(StoredRota, legs).outerjoin(StoredLeg, StoredLeg.rota_id == StoredRota.id)
            rotas = session.execute(joined.group_by(StoredRota.id)).all()
            by_job = set(session.scalars(select(Job.rota_id).where(Job.state == JobState.DONE)))
            whole = len(self.whole) if self.took.get("worker") else 0
            for rota, count in rotas:
                assert count == (self.legs if rota.name == self.body["name"] else whole), rota.name
                assert rota.name == self.body["name"] or rota.id in by_job
            numbers = sorted(rota.number for rota, _ in rotas if rota.number)
            assert numbers == list(range(1, len(numbers) + 1))
            assert len(numbers) >= self.published
            holds = [rota.number for rota, _ in rotas if rota.state is RotaState.PUBLISHED]
            assert holds == numbers[-1:]


@pytest.fixture
def trouble(new_database, planned):
    """An agency on a server that is running."""
    server = Server(new_database())
    server.start()
    one = Trouble(server, planned)
    yield one
    server.kill()
    one.engine.dispose()


@pytest.mark.timeout(3600)
def test_thirty_kills_at_random_moments_leave_nothing_half_done_or_forgotten(trouble):
    kills = KILLS[trouble.engine.dialect.name]
    order = [what for what, times in kills.items() for _ in range(times)]
    trouble.dice.shuffle(order)
    told = Counter((what, trouble.kill_in(what)) for what in order)
    trouble.require_whole()
    # They did come in the middle, of each of the four that had kills enough.
    assert sum(told.values()) == sum(kills.values())
    for what, became in (("import", "cut off"), ("publication", "cut off"), ("server of a plan", "begun again"),
                         ("worker", "begun again")):  # fmt: skip
        assert told[what, became] >= 1 or kills[what] < 4, told
