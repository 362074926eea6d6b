"""Every route x every role x another agency's ids: nobody gets further than the right of the route."""

from typing import Any

import pytest

from api.database.models import Role
from api.security.rights import RIGHTS, Right
from tests.api.conftest import rota_body
from tests.api.people import Person, made, refused

A = "/api/v1/agencies/{agency}"
R = A + "/rotas/{rota}"
WANTED = {
    ("GET", A): Right.AGGREGATES,
    ("GET", A + "/members"): Right.MANAGE,
    ("POST", A + "/invitations"): Right.MANAGE,
    ("PUT", A + "/members/{user}"): Right.MANAGE,
    ("DELETE", A + "/members/{user}"): Right.MANAGE,
    ("POST", A + "/members/{user}/password-link"): Right.MANAGE,
    ("GET", A + "/tables"): Right.SEE,
    ("POST", A + "/imports"): Right.PLAN,
    ("GET", A + "/tables/{table}"): Right.SEE,
    ("PUT", A + "/tables/{table}"): Right.PLAN,
    ("GET", A + "/places"): Right.SEE,
    ("GET", A + "/export.json"): Right.SEE,
    ("GET", A + "/export.xlsx"): Right.SEE,
    ("POST", A + "/plans"): Right.PLAN,
    ("GET", A + "/plans"): Right.SEE,
    ("GET", A + "/settings"): Right.SEE,
    ("GET", A + "/plans/{plan}"): Right.SEE,
    ("POST", A + "/plans/{plan}/stop"): Right.PLAN,
    ("GET", A + "/plans/{plan}/events"): Right.SEE,
    ("POST", A + "/rotas"): Right.PLAN,
    ("GET", A + "/rotas"): Right.SEE,
    ("GET", R): Right.SEE,
    ("DELETE", R): Right.PLAN,
    ("GET", R + "/board"): Right.SEE,
    ("GET", R + "/streets"): Right.SEE,
    ("GET", R + "/changes"): Right.SEE,
    ("POST", R + "/publish"): Right.PLAN,
    ("POST", R + "/verdict"): Right.PLAN,
    ("GET", R + "/candidates"): Right.PLAN,
    ("POST", R + "/edits"): Right.PLAN,
    ("POST", R + "/undo"): Right.PLAN,
    ("GET", R + "/edits"): Right.SEE,
    ("GET", R + "/check"): Right.SEE,
    ("GET", R + "/cost"): Right.SEE,
    ("GET", R + "/measures"): Right.AGGREGATES,
    ("GET", R + "/explanations"): Right.SEE,
    ("GET", A + "/measures"): Right.AGGREGATES,
    ("GET", R + "/fairness"): Right.AGGREGATES,
    ("GET", R + "/continuity"): Right.SEE,
    ("GET", R + "/pay"): Right.SEE,
    ("GET", R + "/clients/{client}/letter"): Right.SEE,
    ("GET", R + "/clients/{client}/letter.html"): Right.SEE,
    ("GET", R + "/clients/{client}/letter.pdf"): Right.SEE,
    ("GET", R + "/clients/{client}/fund"): Right.SEE,
    ("GET", R + "/clients/{client}/fund.pdf"): Right.SEE,
    ("GET", R + "/carers/{carer}/sums"): Right.SEE,
    ("GET", R + "/carers/{carer}/schedule"): Right.SEE,
    ("GET", R + "/carers/{carer}/schedule.pdf"): Right.SEE,
    ("GET", R + "/carers/{carer}/pay"): Right.SEE,
    ("GET", A + "/audit"): Right.MANAGE,
    ("GET", R + "/offer"): Right.SEE,
    ("POST", A + "/calendars"): Right.PLAN,
    ("GET", A + "/calendars"): Right.PLAN,
    ("DELETE", A + "/calendars/{calendar}"): Right.PLAN,
    ("GET", A + "/mine"): Right.OWN,
    ("GET", A + "/people/{kind}/{person}/export"): Right.MANAGE,
    ("POST", A + "/people/{kind}/{person}/erasure"): Right.MANAGE,
    ("POST", R + "/take/verdict"): Right.PLAN,
    ("POST", R + "/take"): Right.PLAN,
    ("POST", R + "/repairs"): Right.PLAN,
    ("GET", R + "/tellings"): Right.PLAN,
    ("GET", R + "/who-could"): Right.PLAN,
    ("GET", A + "/repairs/{repair}"): Right.PLAN,
    ("POST", A + "/repairs/{repair}/apply"): Right.PLAN,
    ("POST", A + "/repairs/{repair}/undo"): Right.PLAN,
    ("PUT", A + "/tellings/{telling}"): Right.PLAN,
    ("GET", A + "/scenarios"): Right.AGGREGATES,
    ("POST", A + "/scenario-runs"): Right.ASK,
    ("GET", A + "/scenario-runs"): Right.AGGREGATES,
    ("GET", A + "/scenario-runs/{study}"): Right.AGGREGATES,
    ("POST", A + "/scenario-runs/{study}/stop"): Right.ASK,
    ("POST", A + "/scenario-runs/{study}/go-on"): Right.ASK,
    ("DELETE", A + "/scenario-runs/{study}"): Right.MANAGE,
    ("GET", A + "/scenario-runs/{study}/files/{name}"): Right.AGGREGATES,
}
"""What each route is for, written here by hand: a route whose guard is another one fails."""
OWN = {"{rota}", "{plan}", "{user}", "{calendar}", "{repair}", "{telling}", "{study}"}
"""Ids in a path that belong to one agency."""
OPEN = {
    ("POST", "/api/v1/session"), ("GET", "/api/v1/session"), ("DELETE", "/api/v1/session"),
    ("DELETE", "/api/v1/sessions"), ("PUT", "/api/v1/session/password"), ("POST", "/api/v1/accounts"),
    ("GET", "/api/v1/agencies"), ("POST", "/api/v1/agencies"), ("GET", "/calendar/{secret}.ics"),
    ("POST", "/api/v1/accounts/password"),
}  # fmt: skip
"""Routes that are about oneself, and the one that a calendar asks."""
SCENARIOS = {"family": "minimum-length", "start": "2026-11-23", "seeds": 1, "iterations": 1}
QUERY = {R + "/candidates": "?visit=none", R + "/who-could": "?visit=none"}


@pytest.fixture(scope="session")
def ids(people, base, planned):
    """What exists in agency b, and nowhere else."""
    other = people["other"]
    rota = made(other.post("/agencies/b/rotas", rota_body(planned)))["id"]
    plan = made(other.post("/agencies/b/plans", {"start": "2026-11-23", "iterations": 100}))["id"]
    made(other.post(f"/agencies/b/plans/{plan}/stop"))  # so that watching it would end
    study = made(other.post("/agencies/b/scenario-runs", SCENARIOS))["id"]
    made(other.post(f"/agencies/b/scenario-runs/{study}/stop"))
    body = {"kind": "client", "person": "C01"}
    calendar = made(other.post("/agencies/b/calendars", body))["id"]
    return {
        "rota": rota,
        "plan": plan,
        "user": "other",
        "table": "clients",
        "calendar": calendar,
        "kind": "client",
        "person": "none",
        "client": "C01",
        "carer": "K01",
        "study": study,
        "name": "report.html",
        **repair_of_b(other, planned),
    }


def repair_of_b(other, planned):
    """A repair, and somebody to tell, of two publications of agency b."""
    for legs in (planned, planned.without([planned.legs[0].visit])):
        rota = made(other.post("/agencies/b/rotas", rota_body(legs)))["id"]
        made(other.post(f"/agencies/b/rotas/{rota}/publish", {"notes": ""}, version=1))
    telling = made(other.get(f"/agencies/b/rotas/{rota}/tellings"))[0]["id"]
    event = {"told": "2026-11-24T07:00", "kind": "absent", "carer": "K02"}
    repair = made(other.post(f"/agencies/b/rotas/{rota}/repairs", {"events": [event]}))
    made(other.post(f"/agencies/b/plans/{repair['plan']}/stop"))
    return {"repair": repair["id"], "telling": telling}


def filled(path, agency, ids):
    return path.format(agency=agency, **ids) + QUERY.get(path, "")


def test_every_route_is_in_the_matrix(app):
    documented = {
        (method.upper(), path) for path, methods in app.openapi()["paths"].items() for method in methods
    }
    assert documented == set(WANTED) | OPEN


@pytest.mark.parametrize("method, path", sorted(WANTED))
def test_nobody_gets_further_than_the_right(app, people, nobody, ids, method, path):
    refused(nobody.ask(method, filled(path, "a", ids)), 401)
    for role in Role:
        person: Person = people[role.value]
        none = ("rota", "plan", "user", "table", "calendar", "repair", "telling", "study")
        own = {**ids, **dict.fromkeys(none, "none")}
        answer = person.ask(method, filled(path, "a", own))
        if WANTED[method, path] in RIGHTS[role]:
            assert answer.status_code not in (401, 403, 500), (role, answer.status_code, answer.text)
        else:
            refused(answer, 403)
        # Another agency is not there, whatever it is asked for.
        refused(person.ask(method, filled(path, "b", ids)), 404, "no such agency")


@pytest.mark.parametrize(
    "method, path",
    sorted(key for key in WANTED if OWN & set(key[1].split("/"))),
    ids=" ".join,
)
def test_ids_of_another_agency_are_not_there(people, ids, method, path):
    """Whoever may do it in a, in the own agency, with ids that exist in b."""
    body: dict[str, Any] = {"role": "viewer"} if "{user}" in path else {}
    if "/take" in path:
        body = {"all": True, "version": 1}
    if path.endswith("/repairs"):
        body = {"events": [{"told": "2026-11-24T07:00", "kind": "absent", "carer": "K02"}]}
    if path.endswith("/apply"):
        body = {"proposal": "fewest"}
    if "{telling}" in path:
        body = {"told": True}
    if path.endswith(("{rota}/verdict", "/edits")):
        body = {"kind": "unassign", "visit": "C01-morning:2026-11-23"}
    for role in Role:
        answer = people[role.value].ask(method, filled(path, "a", ids), 1, json=body)
        if WANTED[method, path] in RIGHTS[role]:
            refused(answer, 404, "no such")
        else:
            refused(answer, 403)


def test_nor_where_they_are_named_in_a_body_or_a_query(people, ids, base):
    """All that takes an id somewhere else than in its path."""
    own, manager = f"/agencies/a/rotas/{base}", people["manager"]
    asked = [
        manager.post("/agencies/a/rotas", {"copy_of": ids["rota"], "name": "Theirs"}),
        manager.post("/agencies/a/plans", {"start": "2026-11-23", "from_rota": ids["rota"], "iterations": 1}),
        manager.post(f"{own}/take", {"all": True, "version": 1, "into": ids["rota"]}),
        manager.post(f"{own}/take/verdict", {"all": True, "version": 1, "into": ids["rota"]}),
        manager.get(f"{own}/offer?into={ids['rota']}"),
        manager.get(f"{own}/changes?since={ids['rota']}"),
        manager.get(f"/agencies/a/rotas?after={ids['rota']}"),
        manager.get(f"/agencies/a/plans?after={ids['plan']}"),
        manager.get(f"/agencies/a/scenario-runs?after={ids['study']}"),
        manager.client.get(f"/a/a/rotas/{base}?repair={ids['repair']}"),
    ]
    assert [answer.status_code for answer in asked] == [404] * len(asked)


def test_without_the_csrf_token_nothing_is_changed(people, ids, app):
    bare = Person(app, "manager@example.org")
    bare.client.headers.pop("X-CSRF-Token")
    for method, path in sorted(WANTED):
        if method != "GET":
            refused(bare.ask(method, filled(path, "a", ids)), 403, "x-csrf-token")
