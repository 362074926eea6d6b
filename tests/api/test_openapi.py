"""The whole API against its own description: whatever is sent, no 500, and every answer as it is described."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from api.app import create_app
from api.database.models import Agency, Membership, Role, StudyFile, User
from api.database.tenancy import for_agency, for_everything
from api.desk.packing import pack_bytes
from api.security.passwords import hash_password
from api.settings import Settings
from tests.api.conftest import START, rota_body, small_files
from tests.api.people import PASSWORD, Person, made

EXAMPLES = 6
"""Made-up requests of each operation, for each role and for nobody."""
SECONDS = 60
"""For one answer: far more than any takes, also where several tests share a processor."""
HOST = {"Host": "127.0.0.1:8000"}
SELF = ("/session", "/sessions", "/password", "/accounts")
"""What ends sessions: for somebody who is made-up requests it would end the test."""


@pytest.fixture(scope="module")
def desk(new_database):
    """A desk of its own, with one agency, its data, and somebody of each role, called as it."""
    without_limits = Settings(
        database=new_database(),
        sign_ins_per_minute=100_000,
        requests_per_minute=10**7,
        calendars_per_minute=10**6,
        plans_per_agency=10**6,
        studies_per_agency=10**6,
    )
    app = create_app(without_limits, jobs=False)
    with for_everything(app.state.engine, "tests", writes=True) as session:
        session.add(Agency(id="a", name="Agency A"))
        kept = hash_password(PASSWORD, "")
        for name in (*Role, "spare", "guest"):
            session.add(User(id=name, email=f"{name}@example.org", name=name, password_hash=kept))
        session.flush()
        for name in (*Role, "spare", "guest"):
            role = Role(name) if name in set(Role) else Role.VIEWER
            carer = "K01" if role is Role.CARER else None
            session.add(Membership(user_id=name, agency_id="a", role=role, carer=carer))
    made(Person(app, "manager@example.org").post(f"/agencies/a/imports?start={START}", files=small_files()))
    yield app
    app.state.engine.dispose()


@pytest.fixture(scope="module")
def operations(desk):
    """Every operation that /openapi.json describes."""
    schema = schemathesis.openapi.from_asgi("/openapi.json", desk, headers=HOST)
    found: Any = schema.get_all_operations()
    return [one.ok() for one in found]


@pytest.fixture(scope="module")
def there(desk, planned):
    """Ids of what is there, by the name of the parameter in the path."""
    manager = Person(desk, "manager@example.org")
    rota = made(manager.post("/agencies/a/rotas", rota_body(planned)))["id"]
    plan = made(manager.post("/agencies/a/plans", {"start": START.isoformat(), "iterations": 1}))["id"]
    made(manager.post(f"/agencies/a/plans/{plan}/stop"))
    calendar, secret = a_calendar(manager)
    study = a_study(manager, desk)
    return {"study": study, "name": "runs.csv",
            "agency": "a", "table": "clients", "rota": rota, "plan": plan, "user": "spare",
            "calendar": calendar, "secret": secret, "kind": "carer", "person": "K02",
            "client": "C01", "carer": "K01"}  # fmt: skip


def a_calendar(manager):
    """A calendar link of a carer's: its id and its secret."""
    link = made(manager.post("/agencies/a/calendars", {"kind": "carer", "person": "K02"}))
    return link["id"], link["link"].rpartition("/")[2].removesuffix(".ics")


def headers_of(desk, name):
    """What somebody sends with every request."""
    person = Person(desk, f"{name}@example.org")
    cookie = f"careround={person.client.cookies['careround']}"
    return {**HOST, "Cookie": cookie, "X-CSRF-Token": person.client.headers["X-CSRF-Token"]}


def try_all(operations, headers, **path):
    """Send each operation a few made-up requests, with ids that exist where they are given, and compare every answer
    with the description. How many answers there were of each status."""
    statuses: Counter[int] = Counter()
    for operation in operations:

        @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, database=None,
                  suppress_health_check=list(HealthCheck))  # fmt: skip
        @given(case=operation.as_strategy())
        def of_one(case):
            case.path_parameters = {**(case.path_parameters or {}), **{
                name: value for name, value in path.items() if name in (case.path_parameters or {})
            }}  # fmt: skip
            # What is right in form can still be wrong in sense (a password, a date): 422 then is no fault.
            answer = case.call_and_validate(
                headers=headers, timeout=SECONDS, excluded_checks=[positive_data_acceptance]
            )
            statuses[answer.status_code] += 1

        of_one()
    return statuses


def test_of_who_is_not_signed_in(operations, there):
    statuses = try_all(operations, HOST, **there)
    assert max(statuses) < 500
    assert statuses[401] > len(operations)


@pytest.mark.parametrize("role", list(Role))
def test_of_every_role_with_ids_that_exist(desk, operations, there, role):
    kept = [one for one in operations if not one.path.endswith(SELF)]
    assert len(kept) > 30
    statuses = try_all(kept, headers_of(desk, role), **there)
    assert max(statuses) < 500
    assert statuses[200] > len(kept) / 2 or role in (Role.COMMISSIONER, Role.CARER)
    assert statuses[403] > 0 or role is Role.MANAGER


# -- every operation once as it is meant ------------------------------------------------------------------------------

A = "/api/v1/agencies/{agency}"
R = A + "/rotas/{rota}"
P = A + "/people/{kind}/{person}"
ELSEWHERE = {("POST", A + "/imports")}
"""Files with names cannot be written into a description: tests/api/test_tables.py sends them."""


ASKED = {"family": "minimum-length", "start": "2026-11-23", "seeds": 1, "iterations": 1}
ILL = {"told": "2026-11-24T07:00", "kind": "absent", "carer": "K02"}


def a_study(manager, desk):
    """A scenario run that was stopped, with one file of a report: its id."""
    id = made(manager.post("/agencies/a/scenario-runs", ASKED))["id"]
    made(manager.post(f"/agencies/a/scenario-runs/{id}/stop"))
    with for_agency(desk.state.engine, "a", "tests", writes=True) as session:
        session.add(StudyFile(study_id=id, name="runs.csv", homes=False, packed=pack_bytes(b"agency")))
    return id


def a_repair(manager, planned):
    """A repair of a published rota, whose search was stopped, and somebody to tell of that rota: their ids."""
    for legs in (planned, planned.without([sorted(planned.legs_by_visit)[0]])):
        rota = made(manager.post("/agencies/a/rotas", rota_body(legs)))["id"]
        made(manager.post(f"/agencies/a/rotas/{rota}/publish", {"notes": ""}, version=1))
    telling = made(manager.get(f"/agencies/a/rotas/{rota}/tellings"))[0]["id"]
    body = {"events": [ILL], "iterations": 1}
    repair = made(manager.post(f"/agencies/a/rotas/{rota}/repairs", body))
    made(manager.post(f"/agencies/a/plans/{repair['plan']}/stop"))
    return repair["id"], telling


def meant(planned, there, desk):
    """(method, path) -> status, and what is sent beside the ids of `there`, in an order in which all of it works; by
    `who`, where it is not the manager."""
    visit, other = sorted(planned.legs_by_visit)[:2]
    version: dict[str, Any] = {"headers": {"If-Match": '"1"'}}
    wish = {"kind": "lock", "visit": visit}
    manager = Person(desk, "manager@example.org")
    link = made(manager.post("/agencies/a/invitations", {"role": "viewer"}))["link"].rpartition("/")[2]
    join = {"link": link, "email": "new@example.org", "name": "New", "password": PASSWORD}
    clients = made(manager.get("/agencies/a/tables/clients?limit=500"))["items"]
    now = int(made(manager.get("/agencies/a/tables"))["version"])
    without = made(manager.post("/agencies/a/rotas", rota_body(planned.without([visit]))))["id"]
    take = {"visits": [visit], "into": without, "version": 1}
    erased = next(row["name"] for row in clients if row["client"] == there["person"])
    for job in made(manager.get("/agencies/a/plans?limit=500"))["items"]:  # nobody is erased while one waits
        made(manager.post(f"/agencies/a/plans/{job['id']}/stop"))
    for one in made(manager.get("/agencies/a/scenario-runs?limit=500"))["items"]:
        made(manager.post(f"/agencies/a/scenario-runs/{one['id']}/stop"))
    return {
        ("POST", "/api/v1/session"): (200, {"body": {"email": "guest@example.org", "password": PASSWORD}}),
        ("GET", "/api/v1/session"): (200, {}),
        ("POST", "/api/v1/accounts"): (201, {"body": join}),
        ("GET", "/api/v1/agencies"): (200, {}),
        ("POST", "/api/v1/agencies"): (201, {"body": {"name": "Another"}}),
        ("GET", A): (200, {}),
        ("GET", A + "/members"): (200, {}),
        ("POST", A + "/invitations"): (201, {"body": {"role": "viewer"}}),
        ("PUT", A + "/members/{user}"): (200, {"body": {"role": "coordinator"}}),
        ("POST", A + "/members/{user}/password-link"): (201, {}),
        ("POST", "/api/v1/accounts/password"): (404, {"body": {"link": "used", "password": PASSWORD}}),
        ("DELETE", A + "/members/{user}"): (204, {}),
        ("GET", A + "/tables"): (200, {}),
        ("GET", A + "/tables/{table}"): (200, {}),
        ("PUT", A + "/tables/{table}"): (
            200,
            {"headers": {"If-Match": f'"{now}"'}, "body": {"rows": clients}},
        ),
        ("GET", A + "/places"): (200, {}),
        ("GET", A + "/settings"): (200, {}),
        ("GET", A + "/export.json"): (200, {}),
        ("GET", A + "/export.xlsx"): (200, {}),
        ("GET", A + "/plans"): (200, {}),
        ("GET", A + "/plans/{plan}"): (200, {}),
        ("POST", A + "/plans/{plan}/stop"): (200, {}),
        ("GET", A + "/plans/{plan}/events"): (200, {}),
        ("POST", A + "/rotas"): (201, {"body": {"name": "Copy", "copy_of": there["rota"]}}),
        ("GET", A + "/rotas"): (200, {}),
        ("GET", R): (200, {}),
        ("GET", R + "/board"): (200, {}),
        ("GET", R + "/streets"): (200, {}),
        ("POST", R + "/verdict"): (200, {"body": {"kind": "unassign", "visit": other}}),
        ("GET", R + "/candidates"): (200, {"query": {"visit": visit}}),
        ("GET", R + "/who-could"): (200, {"query": {"visit": other}}),
        ("GET", R + "/offer"): (200, {"query": {"into": without}}),
        ("POST", R + "/take/verdict"): (200, {"body": take}),
        ("POST", R + "/take"): (201, {"body": take}),
        ("POST", R + "/edits"): (201, {**version, "body": wish}),
        ("POST", R + "/undo"): (201, {"headers": {"If-Match": '"2"'}}),
        ("GET", R + "/edits"): (200, {}),
        ("GET", R + "/changes"): (200, {}),
        ("GET", R + "/check"): (200, {}),
        ("GET", R + "/cost"): (200, {}),
        ("GET", R + "/measures"): (200, {}),
        ("GET", A + "/measures"): (200, {}),
        ("GET", R + "/fairness"): (200, {}),
        ("GET", R + "/continuity"): (200, {}),
        ("GET", R + "/pay"): (200, {}),
        ("GET", R + "/clients/{client}/letter"): (200, {}),
        ("GET", R + "/clients/{client}/letter.html"): (200, {"query": {"version": "easy-read"}}),
        ("GET", R + "/clients/{client}/letter.pdf"): (200, {"query": {"version": "large-print"}}),
        ("GET", R + "/clients/{client}/fund"): (200, {}),
        ("GET", R + "/clients/{client}/fund.pdf"): (200, {}),
        ("GET", R + "/carers/{carer}/sums"): (200, {}),
        ("GET", R + "/carers/{carer}/schedule"): (200, {}),
        ("GET", R + "/carers/{carer}/schedule.pdf"): (200, {}),
        ("GET", R + "/carers/{carer}/pay"): (200, {}),
        ("GET", R + "/explanations"): (200, {"query": {"visit": visit}}),
        ("POST", R + "/publish"): (200, {"headers": {"If-Match": '"3"'}, "body": {"notes": ""}}),
        ("DELETE", R): (409, {}),  # it is published by now
        ("GET", A + "/mine"): (200, {"who": "carer"}),
        ("POST", A + "/calendars"): (201, {"body": {"kind": "client", "person": "C02"}}),
        ("GET", A + "/calendars"): (200, {}),
        ("GET", "/calendar/{secret}.ics"): (200, {}),
        ("DELETE", A + "/calendars/{calendar}"): (204, {}),
        ("GET", P + "/export"): (200, {}),
        ("POST", P + "/erasure"): (200, {"body": {"confirm": erased}}),
        ("POST", A + "/plans"): (201, {"body": {"start": START.isoformat(), "iterations": 1}}),
        ("POST", R + "/repairs"): (201, {"body": {"events": [ILL], "iterations": 1}}),
        ("GET", A + "/repairs/{repair}"): (200, {}),
        ("POST", A + "/repairs/{repair}/apply"): (
            404,
            {"body": {"proposal": "fewest"}},
        ),  # nobody looked for one
        ("POST", A + "/repairs/{repair}/undo"): (409, {}),  # nothing was applied
        ("GET", R + "/tellings"): (200, {}),
        ("PUT", A + "/tellings/{telling}"): (200, {"body": {"told": True}}),
        ("GET", A + "/scenarios"): (200, {}),
        ("POST", A + "/scenario-runs"): (201, {"body": ASKED}),
        ("GET", A + "/scenario-runs"): (200, {}),
        ("GET", A + "/scenario-runs/{study}"): (200, {}),
        ("GET", A + "/scenario-runs/{study}/files/{name}"): (200, {}),
        ("POST", A + "/scenario-runs/{study}/go-on"): (200, {}),  # it was stopped
        ("POST", A + "/scenario-runs/{study}/stop"): (200, {}),
        ("DELETE", A + "/scenario-runs/{study}"): (204, {}),
        ("GET", A + "/audit"): (200, {}),
        ("PUT", "/api/v1/session/password"): (204, {"body": {"old": PASSWORD, "new": f"{PASSWORD} again"}}),
        ("DELETE", "/api/v1/sessions"): (204, {}),
        ("DELETE", "/api/v1/session"): (401, {}),  # nobody is signed in any more
    }


def test_every_operation_answers_as_described_when_it_is_used_as_it_is_meant(desk, operations, planned):
    """With ids and bodies that are right: made-up ones seldom get far enough to be answered with what was asked for."""
    manager = Person(desk, "manager@example.org")
    rota = made(manager.post("/agencies/a/rotas", rota_body(planned, "As it is meant")))["id"]
    plan = made(manager.post("/agencies/a/plans", {"start": START.isoformat(), "iterations": 1}))["id"]
    made(manager.post(f"/agencies/a/plans/{plan}/stop"))
    calendar, secret = a_calendar(manager)
    repair, telling = a_repair(manager, planned)
    study = a_study(manager, desk)
    ids = {"study": study, "name": "runs.csv",
           "agency": "a", "table": "clients", "rota": rota, "plan": plan, "user": "guest", "repair": repair,
           "telling": telling, "calendar": calendar, "secret": secret, "kind": "client", "person": "C01",
           "client": "C01", "carer": "K01"}  # fmt: skip
    wanted = meant(planned, ids, desk)
    described = {(one.method.upper(), one.path): one for one in operations}
    assert set(described) == set(wanted) | ELSEWHERE
    headers = {who: headers_of(desk, who) for who in ("manager", "carer")}
    for key, (status, sent) in wanted.items():
        operation, who = described[key], sent.pop("who", "manager")
        own = {name: value for name, value in ids.items() if f"{{{name}}}" in operation.path}
        media = {"media_type": "application/json"} if "body" in sent else {}
        case = operation.Case(path_parameters=own, **{**sent, "headers": sent.get("headers", {})}, **media)
        answer = case.call_and_validate(headers=headers[who], timeout=SECONDS)
        assert answer.status_code == status, (key, answer.text[:300])
