"""kill -9 of a real server in the middle of imports, publications and a plan: nothing is half-written or forgotten."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from random import Random

import httpx2
import pytest
from sqlalchemy import func, select, text

from api.database.audit import verify
from api.database.engine import make_engine
from api.database.models import OVER, Agency, Job, JobState, RotaState, StoredLeg, StoredRota, TableSet
from api.database.tenancy import for_everything
from tests.api.conftest import START, rota_body, small_files
from tests.api.people import PASSWORD, V1

KILLS = 3
LONGEST = 1.5
"""Seconds after which a server is killed at the latest."""


class Server:
    """`careround serve` on an SQLite file, started again and again, and somebody who works with it."""

    def __init__(self, folder) -> None:
        self.database = f"sqlite:///{folder}/desk.sqlite"
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.client = httpx2.Client(base_url=f"http://127.0.0.1:{self.port}{V1}", timeout=20)
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        user = {"CAREROUND_FIRST_USER": "m@example.org", "CAREROUND_FIRST_PASSWORD": PASSWORD}
        command = [
            sys.executable,
            "-m",
            "scheduler",
            "serve",
            "--database",
            self.database,
            "--port",
            str(self.port),
        ]
        self.process = subprocess.Popen(command, env=os.environ | user, stderr=subprocess.DEVNULL)
        for _ in range(600):
            try:
                answer = self.client.post("/session", json={"email": "m@example.org", "password": PASSWORD})
                self.client.headers["X-CSRF-Token"] = answer.json()["csrf"]
                return
            except httpx2.TransportError:
                time.sleep(0.1)
        raise AssertionError("the server did not start")

    def kill(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def work(self, agency, body) -> None:
        """Import, make a rota and publish it, over and over, until the server is gone."""
        path = f"/agencies/{agency}"
        try:
            while True:
                self.client.post(f"{path}/imports?start={START}", files=small_files())
                made = self.client.post(f"{path}/rotas", json=body).json()
                publish = f"{path}/rotas/{made['id']}/publish"
                self.client.post(publish, json={}, headers={"If-Match": '"1"'})
        except (httpx2.TransportError, ValueError, KeyError):
            return


@pytest.fixture
def served(tmp_path):
    """A server that is running."""
    server = Server(tmp_path)
    server.start()
    yield server
    server.kill()


def require_whole(engine, legs) -> None:
    """The file is sound, every rota is whole, one is published at the most, the audit's chain holds."""
    with for_everything(engine) as session:
        assert session.scalar(text("PRAGMA integrity_check")) == "ok"
        assert list(verify(session)) == []
        of_rota = select(StoredRota.id, func.count(StoredLeg.visit)).outerjoin(
            StoredLeg, StoredLeg.rota_id == StoredRota.id
        )
        for id, count in session.execute(of_rota.group_by(StoredRota.id)):
            assert count >= legs, id
        published = session.scalars(select(StoredRota).where(StoredRota.state == RotaState.PUBLISHED)).all()
        assert len(published) <= 1
        version = session.scalars(select(Agency.tables_version)).one()
        assert session.scalars(select(TableSet.version).order_by(TableSet.version)).all() == list(
            range(1, version + 1)
        )


def test_a_server_that_is_killed_at_any_moment_leaves_nothing_half_done(served, planned):
    dice = Random(1)
    agency = served.client.post("/agencies", json={"name": "Valley Care"}).json()["id"]
    engine = make_engine(served.database)
    for _ in range(KILLS):
        busy = threading.Thread(target=served.work, args=(agency, rota_body(planned)))
        busy.start()
        time.sleep(dice.uniform(0.05, LONGEST))
        served.kill()
        busy.join()
        require_whole(engine, len(planned.legs))
        served.start()


def test_a_plan_goes_on_after_its_server_was_killed(served, planned):
    agency = served.client.post("/agencies", json={"name": "Valley Care"}).json()["id"]
    served.client.post(f"/agencies/{agency}/imports?start={START}", files=small_files())
    body = {"start": START.isoformat(), "iterations": 300}
    plan = served.client.post(f"/agencies/{agency}/plans", json=body).json()["id"]
    engine = make_engine(served.database)

    def state() -> tuple[JobState, int]:
        with for_everything(engine) as session:
            job = session.get_one(Job, plan)
            return job.state, job.attempts

    while state()[0] is JobState.QUEUED:
        time.sleep(0.05)
    served.kill()
    served.start()
    for _ in range(1200):
        if state()[0] in OVER:
            break
        time.sleep(0.1)
    assert state() == (JobState.DONE, 2)
    require_whole(engine, 1)
