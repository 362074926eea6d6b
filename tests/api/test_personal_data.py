"""Export and erasure of one person's data: complete, and afterwards nowhere to be found."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest
from sqlalchemy import select

from api.app import create_app
from api.command import run_audit
from api.database.audit import verify
from api.database.base import Base
from api.database.models import (
    Agency,
    AuditEntry,
    Job,
    JobState,
    Membership,
    PersonKind,
    PlannedRun,
    Role,
    Study,
    StudyFile,
    User,
)
from api.database.tenancy import for_agency, for_everything
from api.desk import people as people_work
from api.desk.erase_names import FREE_TEXTS, Names
from api.desk.erase_prepare import prepare
from api.desk.export_person import export
from api.desk.packing import pack_bytes
from api.desk.problems import problem_of
from api.desk.studies import asked_of, keep_run
from api.security.passwords import hash_password
from api.settings import Settings
from scenarios.run.jobs import plan_one
from scheduler.intake.tables import TABLES
from tests.api.conftest import START, rota_body, small_files
from tests.api.people import PASSWORD, Person, made, refused

ROTAS = "/agencies/a/rotas"


@pytest.fixture
def desk(new_database):
    """A desk of its own, since what is erased does not come back: a manager, and the account of carer K01."""
    app = create_app(Settings(database=new_database(), sign_ins_per_minute=1000), jobs=False)
    with for_everything(app.state.engine, "tests", writes=True) as session:
        session.add(Agency(id="a", name="Agency A"))
        for id, role, carer in (("m", Role.MANAGER, None), ("k", Role.CARER, "K01")):
            kept = hash_password(PASSWORD, "")
            session.add(User(id=id, email=f"{id}@example.org", name=f"Name of {id}", password_hash=kept))
            session.flush()
            session.add(Membership(user_id=id, agency_id="a", role=role, carer=carer))
    made(Person(app, "m@example.org").post(f"/agencies/a/imports?start={START}", files=small_files()))
    yield app
    app.state.engine.dispose()


@pytest.fixture
def boss(desk):
    return Person(desk, "m@example.org")


@pytest.fixture
def rota(boss, planned, problem):
    """A published rota with edits, whose name, notes and reasons speak of client C01 and carer K01: its id."""
    client, carer = problem.client("C01").name, problem.carer("K01").name
    id = made(boss.post(ROTAS, rota_body(planned, f"Week for {client}, {carer}")))["id"]
    visits = [planned.legs_by_carer["K01"][0].visit, next(v.id for v in problem.visits if v.client == "C01")]
    version = 1
    for visit in dict.fromkeys(visits):
        made(boss.post(f"{ROTAS}/{id}/edits", {"kind": "unassign", "visit": visit}, version=version))
        made(boss.post(f"{ROTAS}/{id}/undo", version=version + 1))
        version += 2
    notes = f"{client} is back; {carer} has the key."
    made(boss.post(f"{ROTAS}/{id}/publish", {"notes": notes}, version=version))
    return id


@pytest.fixture
def repaired(boss, rota, planned, problem):
    """A day on which C01 went into hospital and K01 and K04 fell ill, and people to tell because another rota was
    published: its id."""
    others = planned.without([planned.legs_by_carer[carer][0].visit for carer in ("K01", "K04")])
    others = others.without([next(v.id for v in problem.visits if v.client == "C01")])
    id = made(boss.post(ROTAS, rota_body(others)))["id"]
    made(boss.post(f"{ROTAS}/{id}/publish", {"notes": ""}, version=1))
    events = [{"told": "2026-11-24T05:00", "kind": "absent", "carer": carer} for carer in ("K01", "K04")]
    events.append({"told": "2026-11-24T05:00", "kind": "hospital in", "client": "C01"})
    begun = made(boss.post(f"{ROTAS}/{id}/repairs", {"events": events, "iterations": 1}))
    made(boss.post(f"/agencies/a/plans/{begun['plan']}/stop"))
    return id


def everything(engine):
    """The whole database as text, with what is packed unpacked."""
    found = []
    with engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            for row in connection.execute(select(table)):
                for value in row:
                    found.append(gzip.decompress(value).decode() if isinstance(value, bytes) else str(value))
    return "\n".join(found)


@pytest.mark.parametrize("kind, id", [("client", "C01"), ("carer", "K01"), ("carer", "K04")])
def test_what_is_erased_is_nowhere_and_what_was_worked_stays(
    desk, boss, rota, repaired, problem, planned, kind, id, capsys
):
    name = (problem.client(id) if kind == "client" else problem.carer(id)).name
    home = (problem.client(id).place if kind == "client" else problem.carer(id).home).label
    link = made(boss.post("/agencies/a/calendars", {"kind": kind, "person": id}))["link"]
    assert name in everything(desk.state.engine)
    before = made(boss.get(f"{ROTAS}/{rota}"))
    etag = boss.get(f"{ROTAS}/{rota}/board").headers["etag"]
    pay = {m["name"]: m["value"] for m in made(boss.get(f"{ROTAS}/{rota}/measures"))}
    made(boss.get(f"{ROTAS}/{rota}/check"))

    path = f"/agencies/a/people/{kind}/{id}/erasure"
    refused(boss.post(path, {"confirm": "somebody else"}), 422, "not the person's name")
    told = made(boss.post(path, {"confirm": name.lower()}))
    assert told["kept"]
    assert told["pseudonym"].startswith("erased-")

    text = everything(desk.state.engine)
    visits = [v.id for v in problem.visits if v.client == id]
    for word in (name, home, *visits, f'"{id}"', *{v.plan for v in problem.visits if v.client == id}):
        assert word not in text, word
    for row in text.splitlines():  # columns that are just the id
        assert row != id
    after = made(boss.get(f"{ROTAS}/{rota}"))
    lengths = [sorted((leg["start"], leg["minutes"]) for leg in one["legs"]) for one in (before, after)]
    assert lengths[0] == lengths[1]
    again = {m["name"]: m["value"] for m in made(boss.get(f"{ROTAS}/{rota}/measures"))}
    for key in ("visits", "unallocated", "contact_hours", "travel_hours", "paid_hours", "money"):
        if key in pay:
            assert again[key] == pytest.approx(pay[key]), key
    board = boss.get(f"{ROTAS}/{rota}/board", headers={"If-None-Match": etag})
    assert board.status_code == 200
    assert name not in board.text
    assert told["pseudonym"] in board.text
    refused(Person(desk).client.get(link.removeprefix("http://127.0.0.1:8000")), 404)
    refused(boss.get(f"/agencies/a/people/{kind}/{id}/export"), 404)
    with for_everything(desk.state.engine) as session:
        assert list(verify(session)) == []
        last = session.scalars(select(AuditEntry).where(AuditEntry.what == "erased")).one()
        assert (last.who, last.about) == ("m", f"{kind} {told['pseudonym']}")
    url = desk.state.engine.url.render_as_string(hide_password=False)
    assert run_audit(type("Given", (), {"database": url})()) == 0
    assert "the chain is whole" in capsys.readouterr().out
    # The desk goes on: the data can be planned with, and nobody writes the old tables back.
    tables = boss.get("/agencies/a/tables")
    assert tables.headers["etag"] == '"2"'
    settings = {"rows": made(boss.get("/agencies/a/tables/settings"))["items"]}
    refused(boss.put("/agencies/a/tables/settings", settings, version=1), 412)
    made(boss.post(ROTAS, {"name": "Next", "start": "2026-11-30", "days": 7, "legs": []}))


def test_what_others_rows_say_of_the_person_goes_too(desk, boss, problem):
    """Every column in which people write what they like, of every table, in the data and in the problems."""
    name = problem.client("C01").name
    for table in TABLES:
        columns = [column.name for column in table.columns if column.kind == "text" and column.name != "name"]
        rows = made(boss.get(f"/agencies/a/tables/{table.name}?limit=500"))["items"]
        others = [row for row in rows if row.get("client") != "C01" and table.name != "settings"]
        if columns and others:
            others[0] |= {column: f"Not together with {name.upper()}, please." for column in columns}
            version = made(boss.get("/agencies/a/tables"))["version"]
            made(boss.put(f"/agencies/a/tables/{table.name}", {"rows": rows}, version=version))
    assert len(FREE_TEXTS) > 5  # of the register: a column that is added later is here too
    made(boss.post(ROTAS, {"name": "A week", "start": START.isoformat(), "days": 7}))
    before = everything(desk.state.engine)
    assert before.count(name.upper()) > len(FREE_TEXTS)
    told = made(boss.post("/agencies/a/people/client/C01/erasure", {"confirm": name}))
    text = everything(desk.state.engine)
    assert name.casefold() not in text.casefold()
    assert f"Not together with {told['pseudonym']}, please." in text


def test_somebody_else_of_the_same_name_keeps_it(desk, boss, problem):
    rows = made(boss.get("/agencies/a/tables/clients?limit=500"))["items"]
    rows[1]["name"] = rows[0]["name"]
    made(boss.put("/agencies/a/tables/clients", {"rows": rows}, version=1))
    made(boss.post(f"/agencies/a/people/client/{rows[0]['client']}/erasure", {"confirm": rows[0]["name"]}))
    left = made(boss.get("/agencies/a/tables/clients?limit=500"))["items"]
    assert [row["name"] for row in left if row["client"] == rows[1]["client"]] == [rows[0]["name"]]


def test_who_imports_while_an_erasure_is_prepared_waits_for_nothing_and_loses_nothing(
    desk, boss, problem, monkeypatch
):
    """What takes long is worked out while others write; then it is worked out anew from what they wrote."""
    settings = made(boss.get("/agencies/a/tables/settings"))["items"]
    imported: list[Any] = []

    def meanwhile(session, person, confirm):
        prepared = prepare(session, person, confirm)
        if not imported:
            imported.append(made(boss.put("/agencies/a/tables/settings", {"rows": settings}, version=1)))
        return prepared

    monkeypatch.setattr("api.routes.people.prepare", meanwhile)
    name = problem.client("C01").name
    made(boss.post("/agencies/a/people/client/C01/erasure", {"confirm": name}))
    assert name not in everything(desk.state.engine)
    assert made(boss.get("/agencies/a/tables"))["version"] == 3  # the import, and the erasure after it


def test_an_export_is_gathered_while_others_write(boss, monkeypatch):
    settings = made(boss.get("/agencies/a/tables/settings"))["items"]

    def meanwhile(session, person):
        told = export(session, person)
        made(boss.put("/agencies/a/tables/settings", {"rows": settings}, version=1))
        return told

    monkeypatch.setattr("api.routes.people.export", meanwhile)
    assert made(boss.get("/agencies/a/people/client/C01/export"))["id"] == "C01"


def test_a_carers_own_account_ends_and_loses_its_name(desk, boss, rota, problem):
    own = Person(desk, "k@example.org")
    assert own.get("/agencies/a/mine").status_code == 200
    made(boss.post("/agencies/a/people/carer/K01/erasure", {"confirm": problem.carer("K01").name}))
    refused(own.get("/agencies/a/mine"), 401)
    refused(Person(desk).post("/session", {"email": "k@example.org", "password": PASSWORD}), 401)
    assert "k@example.org" not in everything(desk.state.engine)
    assert "Name of k" not in everything(desk.state.engine)


def test_nothing_of_it_is_left_in_the_file(desk, boss, rota, problem):
    """SQLite: neither in free pages nor in the write-ahead file."""
    if desk.state.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL's vacuum is the administrator's")
    name = problem.client("C01").name
    made(boss.post("/agencies/a/people/client/C01/erasure", {"confirm": name}))
    file = desk.state.engine.url.database
    for path in (file, f"{file}-wal"):
        with open(path, "rb") as opened:
            assert name.encode() not in opened.read()


def test_not_while_a_plan_runs(desk, boss, problem):
    plan = made(boss.post("/agencies/a/plans", {"start": "2026-11-23", "iterations": 10}))["id"]
    path, name = "/agencies/a/people/client/C01/erasure", problem.client("C01").name
    refused(boss.post(path, {"confirm": name}), 409, "A plan waits or runs")
    with for_everything(desk.state.engine, writes=True) as session:
        session.get_one(Job, plan).state = JobState.FAILED
    made(boss.post(path, {"confirm": name}))


def test_a_clients_export_holds_rows_visits_links_and_audit_and_no_carers_full_name(
    boss, rota, problem, planned
):
    link = made(boss.post("/agencies/a/calendars", {"kind": "client", "person": "C01"}))["id"]
    answer = boss.get("/agencies/a/people/client/C01/export")
    assert "attachment" in answer.headers["content-disposition"]
    found = answer.json()
    assert found["name"] == problem.client("C01").name
    rows = {one["table"] for one in found["tables"]}
    assert {"clients", "visits", "history"} <= rows
    (one,) = found["rotas"]
    assert len(one["visits"]) == sum(
        len(planned.of_visit(visit.id)) for visit in problem.visits if visit.client == "C01"
    )
    assert len(found["edits"]) >= 2
    about = {entry["about"] for entry in found["audit"]}
    assert {f"CalendarLink {link}", f"Edit {found['edits'][0]['id']}"} <= about
    text = json.dumps({**found, "rotas": [{**one, "name": ""}]})
    assert not [carer.name for carer in problem.carers if carer.name in text]
    assert not [client.name for client in problem.clients if client.id != "C01" and client.name in text]


@pytest.mark.parametrize("kind, id, what", [("client", "C01", "hospital_in"), ("carer", "K01", "absent")])
def test_an_export_holds_what_happened_and_what_was_to_be_told(boss, repaired, problem, kind, id, what):
    found = boss.get(f"/agencies/a/people/{kind}/{id}/export").json()
    assert [event["kind"] for event in found["events"]] == [what]
    (told,) = found["told"]
    assert told["rota"] == repaired
    assert ("sentence" in told) == (kind == "client"), "a carer's sentence names clients"


def test_a_carers_export_holds_the_account_and_no_client(boss, rota, problem, planned):
    found = boss.get("/agencies/a/people/carer/K01/export").json()
    assert {"carers", "shifts", "history"} <= {one["table"] for one in found["tables"]}
    assert len(found["rotas"][0]["visits"]) == len(planned.legs_by_carer["K01"])
    assert [(one["email"], one["role"]) for one in found["accounts"]] == [("k@example.org", "carer")]
    text = json.dumps({**found, "rotas": [{**one, "name": ""} for one in found["rotas"]]})
    for client in problem.clients:
        assert client.name not in text
        assert f'"{client.id}"' not in text


def test_the_page_says_what_is_kept_and_asks_for_the_name(boss, rota, problem):
    page = boss.client.get("/a/a/people/client/C01").text
    assert "What is kept, and why" in page
    token = boss.client.headers["X-CSRF-Token"]
    path = "/a/a/people/client/C01/erasure"
    assert boss.client.post(path, data={"csrf": token, "confirm": "C01"}).status_code == 422
    done = boss.client.post(path, data={"csrf": token, "confirm": problem.client("C01").name})
    assert "nobody keeps whom that stands for" in done.text
    assert boss.client.get("/a/a/people/client/C01").status_code == 404


@pytest.mark.parametrize(
    "id, sentence, without",
    [
        ("C01", "ANN Lee (C01) and Ann Leer, c01.", "X (X) and Ann Leer, X."),
        ("30", "Tue 08:30, 30 minutes; Week 30 of Ann Lee", "Tue 08:30, 30 minutes; Week 30 of X"),
        ("lunch", "lunch for Ann Lee", "lunch for X"),
    ],
)
def test_sentences_lose_the_name_and_only_ids_that_can_be_nothing_else(id, sentence, without):
    person = people_work.Person(PersonKind.CLIENT, id, "Ann Lee", here=True)
    assert Names(person, "X").text(sentence) == without


def test_reports_with_homes_on_a_map_and_unfinished_weeks_go_and_the_sums_stay(desk, boss, problem):
    asked = {"family": "minimum-length", "start": START.isoformat(), "seeds": 1, "iterations": 1}
    study = made(boss.post("/agencies/a/scenario-runs", asked))["id"]
    path = "/agencies/a/people/client/C01/erasure"
    refused(boss.post(path, {"confirm": problem.client("C01").name}), 409, "stop it")
    made(boss.post(f"/agencies/a/scenario-runs/{study}/stop"))
    with for_agency(desk.state.engine, "a", "tests", writes=True) as session:
        session.add(PlannedRun(study_id=study, key="one", packed=pack_bytes(b"C01-morning")))
        for homes in (True, False):
            session.add(
                StudyFile(study_id=study, name="report.html", homes=homes, packed=pack_bytes(b"page"))
            )
    made(boss.post(path, {"confirm": problem.client("C01").name}))
    with for_agency(desk.state.engine, "a", "tests") as session:
        assert session.scalars(select(PlannedRun)).all() == []
        assert session.scalars(select(StudyFile.homes)).all() == [False]


@pytest.mark.parametrize("kind, id, other", [("client", "C01", None), ("carer", "K01", "client")])
def test_an_export_holds_the_weeks_of_a_stopped_scenario_run(desk, boss, kind, id, other):
    """One week of a scenario that merges visits, and with carers of a bank: the problem is not today's."""
    asked = {"family": "minimum-length", "scenarios": ["merge-30"], "start": START.isoformat(), "seeds": 1,
             "iterations": 30, "readings": "enough"}  # fmt: skip
    study = made(boss.post("/agencies/a/scenario-runs", asked))["id"]
    made(boss.post(f"/agencies/a/scenario-runs/{study}/stop"))
    with for_agency(desk.state.engine, "a", "tests", writes=True) as session:
        kept = session.get_one(Study, study)
        problem = problem_of(session, kept.problem_id)
        outcomes = [plan_one(problem, run) for run in asked_of(kept.request).runs(problem)]
        for outcome in outcomes:
            keep_run(session, study, outcome)
    found = made(boss.get(f"/agencies/a/people/{kind}/{id}/export"))["scenario_weeks"]
    assert [(one["scenario_run"], one["scenario"]) for one in found] == [
        (study, "base"),
        (study, "merge-30"),
    ]
    for outcome, one in zip(sorted(outcomes, key=lambda o: o["key"]), found, strict=True):
        own = [
            leg
            for leg in outcome["rota"]["legs"]
            if (leg["visit"].startswith(id) if kind == "client" else leg["carer"] == id)
        ]
        assert own
        assert [(visit["start"], visit["minutes"]) for visit in one["visits"]] == [
            (leg["start"], leg["minutes"]) for leg in own
        ]
        assert not any(other in visit for visit in one["visits"])
