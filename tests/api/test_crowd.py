"""Two hundred changes at the same moment, over a real server, on both databases: nothing is lost, nobody is misled."""

from __future__ import annotations

import sqlite3
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date
from threading import Barrier

import httpx2
import pytest
from sqlalchemy import func, select

from api.app import create_app
from api.database import engine
from api.database.audit import verify
from api.database.models import AuditEntry, Edit, RotaState, StoredProblem, StoredRota
from api.database.tenancy import for_everything
from api.settings import Settings
from tests.api.conftest import START
from tests.api.people import PASSWORD, V1, Person, refused
from tests.api.served import served

CROWD = 200
SOME = 12


@pytest.fixture(scope="module")
def crowd(app, people):
    """CROWD connections to one server, of the coordinator and the manager in turn."""
    with served(app) as base:
        everybody = []
        for number in range(CROWD):
            known = people["coordinator" if number % 2 else "manager"].client
            cookies = {name: known.cookies[name] for name in ("careround",)}
            headers = {"X-CSRF-Token": known.headers["X-CSRF-Token"]}
            everybody.append(httpx2.Client(base_url=base + V1, cookies=cookies, headers=headers, timeout=120))
        yield everybody
        for person in everybody:
            person.close()


def all_at_once(everybody, do):
    """do(person, number) by everybody, begun at the same moment; what each got."""
    ready = Barrier(len(everybody))

    def one(number):
        ready.wait()
        return do(everybody[number], number)

    with ThreadPoolExecutor(len(everybody)) as pool:
        return list(pool.map(one, range(len(everybody))))


def chain_of(app, draft):
    """The rota's version, its edits as (version, kind, visit), and what the audit tells of each: (version, kind)."""
    id = draft.rpartition("/")[2]
    with for_everything(app.state.engine) as session:
        version = session.get_one(StoredRota, id).version
        rows = select(Edit.version, Edit.kind, Edit.visit).where(Edit.rota_id == id).order_by(Edit.version)
        edits = [tuple(row) for row in session.execute(rows)]
        asked = select(AuditEntry.details).where(AuditEntry.what == "create", AuditEntry.about.like("Edit %"))
        told = [
            (entry["version"], entry["kind"])
            for entry in session.scalars(asked.order_by(AuditEntry.number))
            if entry["rota_id"] == id
        ]
        assert list(verify(session)) == []
    return version, edits, told


def test_each_of_200_edits_at_once_is_applied_or_told_of_the_conflict(
    app, crowd, coordinator, draft, planned
):
    """Or told that it is so already: some lock the same visit."""
    visits = sorted(planned.legs_by_visit)
    gone, locked = visits[: len(visits) // 2], visits[len(visits) // 2 :]
    wishes = [
        {"kind": "unassign", "visit": gone[i]}
        if i < len(gone)
        else {"kind": "lock", "visit": locked[i % len(locked)]}
        for i in range(CROWD)
    ]

    def change(person, number):
        seen = person.get(draft).json()["version"]
        answer = person.post(f"{draft}/edits", json=wishes[number], headers={"If-Match": f'"{seen}"'})
        return seen, answer.status_code, answer.json()

    got = all_at_once(crowd, change)
    counts = Counter(status for _, status, _ in got)
    assert {201, 412} <= set(counts) <= {201, 409, 412}, counts
    assert all("It is so already" in body["detail"] for _, status, body in got if status == 409)
    applied = sorted(
        (body["version"], body["kind"], body["visit"]) for _, status, body in got if status == 201
    )
    version, edits, told = chain_of(app, draft)
    assert applied == edits
    assert [one[:2] for one in edits] == told
    assert [one[0] for one in edits] == list(range(2, counts[201] + 2))
    assert version == counts[201] + 1
    # Who was refused was told of a version that is newer than the one that they had looked at.
    assert all(seen < body["version"] <= version for seen, status, body in got if status == 412)
    legs = coordinator.get(draft).json()["legs"]
    taken = {visit for _, kind, visit in applied if kind == "unassign"}
    assert {leg["visit"] for leg in legs} == set(visits) - taken
    assert {leg["visit"] for leg in legs if leg["locked"]} == {v for _, kind, v in applied if kind == "lock"}


def test_of_200_edits_of_the_same_version_one_lands(app, crowd, draft, planned):
    visits = sorted(planned.legs_by_visit)

    def change(person, number):
        wish = {"kind": "unassign", "visit": visits[number % len(visits)]}
        return person.post(f"{draft}/edits", json=wish, headers={"If-Match": '"1"'})

    got = all_at_once(crowd, change)
    assert Counter(answer.status_code for answer in got) == {201: 1, 412: CROWD - 1}
    assert {answer.json()["version"] for answer in got} == {2}
    version, edits, told = chain_of(app, draft)
    assert (version, len(edits)) == (2, 1)
    assert [one[:2] for one in edits] == told


def test_of_publications_at_once_each_has_its_number_and_one_holds(app, crowd, base):
    def publish(person, number):
        draft = person.post("/agencies/a/rotas", json={"name": f"Draft {number}", "copy_of": base}).json()[
            "id"
        ]
        path = f"/agencies/a/rotas/{draft}/publish"
        return person.post(path, json={}, headers={"If-Match": '"1"'})

    got = all_at_once(crowd[:SOME], publish)
    assert [answer.status_code for answer in got] == [200] * SOME
    numbers = sorted(answer.json()["number"] for answer in got)
    assert numbers == list(range(numbers[0], numbers[0] + SOME))
    with for_everything(app.state.engine) as session:
        holds = (
            select(StoredRota.number)
            .join(StoredProblem, StoredProblem.id == StoredRota.problem_id)
            .where(StoredRota.agency_id == "a", StoredRota.state == RotaState.PUBLISHED)
            .where(StoredProblem.start == START, StoredProblem.days == 7)  # other tests publish other days
        )
        assert session.scalars(holds).all() == [numbers[-1]]


def test_a_creation_that_is_sent_again_and_again_at_once_happens_once(app, crowd, base):
    def create(person, number):
        body = {"name": "Once only", "copy_of": base}
        return person.post("/agencies/a/rotas", json=body, headers={"Idempotency-Key": "once-only"})

    got = all_at_once(crowd[1 : 2 * SOME : 2], create)  # all of them the coordinator
    assert [answer.status_code for answer in got] == [201] * SOME, got[0].text
    assert len({answer.json()["id"] for answer in got}) == 1
    with for_everything(app.state.engine) as session:
        made = select(func.count(StoredRota.id)).where(StoredRota.name == "Once only")
        assert session.scalar(made) == 1


def test_of_plans_of_a_new_period_begun_at_once_all_share_one_problem(app, crowd):
    def plan(person, number):
        body = {"start": "2026-11-24", "days": 2, "iterations": 1, "seed": number}
        return person.post("/agencies/a/plans", json=body)

    got = all_at_once(crowd[:SOME], plan)
    for answer in got:
        if answer.status_code == 201:
            crowd[0].post(f"/agencies/a/plans/{answer.json()['id']}/stop")
    most = app.state.settings.plans_per_agency
    assert Counter(answer.status_code for answer in got) == {201: most, 429: SOME - most}
    with for_everything(app.state.engine) as session:
        same = select(func.count(StoredProblem.id)).where(
            StoredProblem.agency_id == "a", StoredProblem.start == date(2026, 11, 24), StoredProblem.days == 2
        )
        assert session.scalar(same) == 1


def test_of_imports_of_one_version_at_once_one_lands(app, crowd):
    tables = crowd[0].get("/agencies/a/tables")
    rows = crowd[0].get("/agencies/a/tables/clients?limit=500").json()["items"]
    seen = tables.json()["version"]

    def put(person, number):
        headers = {"If-Match": f'"{seen}"'}
        return person.put("/agencies/a/tables/clients", json={"rows": rows}, headers=headers)

    got = all_at_once(crowd[:SOME], put)
    assert Counter(answer.status_code for answer in got) == {200: 1, 412: SOME - 1}
    assert crowd[0].get("/agencies/a/tables").json()["version"] == seen + 1


def test_who_waits_too_long_for_the_database_is_told_to_try_again(tmp_path, monkeypatch):
    monkeypatch.setattr(engine, "PATIENCE_MS", 50)
    settings = Settings(database=f"sqlite:///{tmp_path}/desk.sqlite")
    app = create_app(settings, jobs=False)
    with closing(sqlite3.connect(tmp_path / "desk.sqlite", isolation_level=None)) as somebody:
        somebody.execute("BEGIN IMMEDIATE")
        answer = Person(app).post("/session", {"email": "mair@example.org", "password": PASSWORD})
    refused(answer, 503, "Try again")
    assert answer.headers["retry-after"]
    app.state.engine.dispose()
