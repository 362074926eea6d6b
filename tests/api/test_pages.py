"""The pages without a browser: who may see which, what they say, and that they carry nothing of others unlisted."""

from __future__ import annotations

import re
import tomllib
from datetime import UTC, datetime
from hashlib import sha256
from html import unescape
from typing import Any

import pytest

from api.database.models import Role
from api.security.rights import RIGHTS, Right
from api.web.measure_words import value_in_words
from api.web.pages import router
from api.web.pages.agency import MOST
from api.web.templating import HERE, _environment
from scheduler.measures import MEASURES
from scheduler.report.html import percent
from scheduler.rota import Leg
from scheduler.units import clock, hours
from tests.api.conftest import rota_body, small_files
from tests.api.people import PASSWORD, Person, made
from tests.report.test_vendored import ALLOWED

A = "/a/{agency}"
R = A + "/rotas/{rota}"
WANTED = {
    ("GET", A): Right.AGGREGATES,
    ("POST", A + "/import"): Right.PLAN,
    ("POST", A + "/plans"): Right.PLAN,
    ("GET", A + "/plans/{plan}"): Right.SEE,
    ("POST", A + "/plans/{plan}/stop"): Right.PLAN,
    ("GET", R): Right.SEE,
    ("POST", R + "/copy"): Right.PLAN,
    ("GET", R + "/publish"): Right.PLAN,
    ("POST", R + "/publish"): Right.PLAN,
    ("GET", R + "/changes"): Right.SEE,
    ("GET", R + "/measures"): Right.AGGREGATES,
    ("GET", R + "/clients/{client}"): Right.SEE,
    ("GET", R + "/clients/{client}/fund"): Right.SEE,
    ("GET", R + "/carers/{carer}"): Right.SEE,
    ("GET", R + "/carers/{carer}/schedule"): Right.SEE,
    ("GET", R + "/carers/{carer}/pay"): Right.SEE,
    ("GET", R + "/pay"): Right.SEE,
    ("GET", R + "/continuity"): Right.SEE,
    ("GET", R + "/fairness"): Right.AGGREGATES,
    ("GET", A + "/measures"): Right.AGGREGATES,
    ("GET", A + "/settings"): Right.SEE,
    ("GET", A + "/places"): Right.SEE,
    ("GET", A + "/members"): Right.MANAGE,
    ("POST", A + "/members"): Right.MANAGE,
    ("POST", A + "/members/{user}"): Right.MANAGE,
    ("POST", A + "/members/{user}/password-link"): Right.MANAGE,
    ("POST", A + "/members/{user}/remove"): Right.MANAGE,
    ("GET", A + "/audit"): Right.MANAGE,
    ("GET", A + "/people"): Right.PLAN,
    ("GET", A + "/people/{kind}/{person}"): Right.PLAN,
    ("POST", A + "/people/{kind}/{person}/calendar"): Right.PLAN,
    ("POST", A + "/people/{kind}/{person}/calendar/{calendar}/revoke"): Right.PLAN,
    ("POST", A + "/people/{kind}/{person}/erasure"): Right.MANAGE,
    ("GET", A + "/mine"): Right.OWN,
    ("GET", R + "/compare"): Right.SEE,
    ("POST", R + "/compare"): Right.PLAN,
    ("GET", R + "/today"): Right.PLAN,
    ("POST", R + "/today"): Right.PLAN,
    ("GET", R + "/tell"): Right.PLAN,
    ("GET", R + "/who-could"): Right.PLAN,
    ("POST", R + "/tell/{telling}"): Right.PLAN,
    ("GET", A + "/repairs/{repair}"): Right.PLAN,
    ("POST", A + "/repairs/{repair}/apply"): Right.PLAN,
    ("POST", A + "/repairs/{repair}/undo"): Right.PLAN,
    ("GET", A + "/scenarios"): Right.AGGREGATES,
    ("POST", A + "/scenarios"): Right.ASK,
    ("GET", A + "/scenarios/{study}"): Right.AGGREGATES,
    ("POST", A + "/scenarios/{study}/stop"): Right.ASK,
    ("POST", A + "/scenarios/{study}/go-on"): Right.ASK,
    ("POST", A + "/scenarios/{study}/delete"): Right.MANAGE,
}
"""What each page is for, written here by hand."""
OPEN = {("GET", "/"), ("GET", "/sign-in"), ("POST", "/sign-in"), ("POST", "/sign-out"), ("GET", "/join/{secret}"),
        ("POST", "/join/{secret}"), ("POST", "/agencies"), ("GET", "/account"), ("POST", "/account/password"),
        ("POST", "/account/sign-out-everywhere"), ("GET", "/password/{secret}"),
        ("POST", "/password/{secret}")}  # fmt: skip


def token_of(person):
    return person.client.headers["X-CSRF-Token"]


def open_page(person, path, method="GET"):
    """A page as a browser asks for it, with the token in the form."""
    form = {"csrf": person.client.headers.get("X-CSRF-Token", "")} if method == "POST" else None
    return person.client.request(method, path, data=form, follow_redirects=False)


@pytest.fixture(scope="session")
def rota_of_b(people, planned):
    """A rota of the other agency."""
    return made(people["other"].post("/agencies/b/rotas", rota_body(planned)))["id"]


def filled(path, agency, rota, problem):
    return path.format(
        agency=agency,
        rota=rota,
        plan="none",
        client=problem.clients[0].id,
        carer=problem.carers[0].id,
        kind="client",
        person=problem.clients[0].id,
        calendar="none",
        user="none",
        repair="none",
        telling="none",
        study="none",
    )


def test_every_page_is_in_the_matrix():
    routes: list[Any] = router.routes
    pages = {(method, route.path_format) for route in routes for method in route.methods - {"HEAD"}}
    assert pages == set(WANTED) | OPEN


@pytest.mark.parametrize("method, path", sorted(WANTED))
def test_who_may_see_which_page(app, people, problem, base, rota_of_b, method, path):
    stranger = Person(app)
    answer = open_page(stranger, filled(path, "a", base, problem), method)
    assert (answer.status_code, answer.headers["location"].partition("?")[0]) == (303, "/sign-in")
    for role in Role:
        person = people[role.value]
        answer = open_page(person, filled(path, "a", base if method == "GET" else "none", problem), method)
        if WANTED[method, path] in RIGHTS[role]:
            assert answer.status_code in (200, 404, 422), (role, answer.status_code)
        else:
            assert answer.status_code == 403, role
        assert open_page(person, filled(path, "b", rota_of_b, problem), method).status_code == 404
        if "{rota}" in path and method == "GET" and WANTED[method, path] in RIGHTS[role]:
            assert open_page(person, filled(path, "a", rota_of_b, problem)).status_code == 404


def test_a_form_without_its_token_is_refused(app):
    person = Person(app, "manager@example.org")
    person.client.headers.pop("X-CSRF-Token")
    assert person.client.post("/sign-out").status_code == 403
    assert person.client.get("/a/a").status_code == 200


def test_signing_in_goes_back_to_where_one_was_and_nowhere_else(app):
    for wanted, got in (
        ("/a/a", "/a/a"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil", "/"),
    ):
        form = {"email": "viewer@example.org", "password": PASSWORD, "next": wanted}
        answer = Person(app).client.post("/sign-in", data=form, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, got)
    wrong = Person(app).client.post("/sign-in", data={**form, "password": "not the right words"})
    assert wrong.status_code == 401
    assert "do not go together" in wrong.text


def test_names_cannot_become_code(app, people, planned):
    other = people["other"]
    evil = "<script>alert(1)</script>"
    made(other.post("/agencies/b/rotas", rota_body(planned, evil)))
    html = other.client.get("/a/b").text
    assert evil not in html
    assert "&lt;script&gt;" in html


def test_bad_data_is_told_with_place_and_cure_and_good_data_is_taken(people):
    other = people["other"]
    files = [
        (field, (name, content.replace(b"NP20", b"ZZ99") if name == "clients.csv" else content))
        for field, (name, content) in small_files()
    ]
    answer = other.client.post("/a/b/import", data={"csrf": token_of(other)}, files=files)
    assert answer.status_code == 422
    assert "Every fault, with its place and its cure" in answer.text
    good = other.client.post(
        "/a/b/import", data={"csrf": token_of(other)}, files=small_files(), follow_redirects=False
    )
    assert (good.status_code, good.headers["location"]) == (303, "/a/b#data")


def test_publishing_from_the_page(coordinator, draft, planned, problem):
    page = coordinator.client.get(f"/a/a/rotas/{draft.rpartition('/')[2]}/publish").text
    assert "Publish" in page
    form = {"csrf": token_of(coordinator), "version": "1", "notes": "Snow on Monday."}
    path = f"/a/a/rotas/{draft.rpartition('/')[2]}/publish"
    assert coordinator.client.post(path, data=form, follow_redirects=False).status_code == 303
    assert made(coordinator.get(draft))["notes"] == "Snow on Monday."


def test_before_publishing_each_broken_rule_is_told_with_whose_visit_it_is(coordinator, planned, problem):
    visit = next(visit for visit in problem.visits if visit.carers == 1 and planned.of_visit(visit.id))
    late = [Leg(visit.latest + 30, leg.carer, leg.visit, leg.minutes) for leg in planned.of_visit(visit.id)]
    broken = planned.without(planned.legs_by_visit).with_legs(late)
    id = made(coordinator.post("/agencies/a/rotas", rota_body(broken)))["id"]
    page = coordinator.client.get(f"/a/a/rotas/{id}/publish").text
    assert f"Mon 23 Nov {clock(visit.preferred)}, {problem.client(visit.client).name}:" in page


def test_the_list_of_rotas_comes_in_pages(people, planned):
    other = people["other"]
    names = [f"Rota number {number:02}" for number in range(MOST + 3)]
    for name in names:
        made(other.post("/agencies/b/rotas", rota_body(planned.without(planned.legs_by_visit), name)))
    first = other.client.get("/a/b").text
    assert [name for name in names if name in first] == names[3:]
    second = other.client.get("/a/b" + re.findall(r'href="(\?after=[^"]+)"', first)[0]).text
    assert [name for name in names if name in second] == names[:3]


def test_what_is_doubtful_in_the_data_stays_on_the_page(people):
    other = people["other"]
    files = [
        (field, (name, content + b"2026-11-20,C01,K99,08:30,30\n" if name == "history.csv" else content))
        for field, (name, content) in small_files()
    ]
    form = {"csrf": token_of(other)}
    page = other.client.post("/a/b/import", data=form, files=files).text
    assert "should be looked at" in page
    assert "K99" in page
    assert "K99" in other.client.get("/a/b").text  # and not only once
    other.client.post("/a/b/import", data=form, files=small_files())
    assert "K99" not in other.client.get("/a/b").text


def test_a_rota_that_is_older_than_the_data_says_so(people, planned):
    other = people["other"]
    id = made(other.post("/agencies/b/rotas", rota_body(planned)))["id"]
    told = [f"/a/b/rotas/{id}", f"/a/b/rotas/{id}/publish"]
    assert "imported anew" not in other.client.get(told[0]).text
    rows = made(other.get("/agencies/b/tables/settings"))["items"]
    version = made(other.get("/agencies/b/tables"))["version"]
    made(other.put("/agencies/b/tables/settings", {"rows": rows}, version=version))
    assert "The data was imported anew since" in other.client.get(told[0]).text
    assert "The data is newer than this rota" in other.client.get(told[1]).text
    assert made(other.get(f"/agencies/b/rotas/{id}"))["data_version"] == version


def test_a_plan_that_runs_is_told_on_the_agencys_page(people):
    other = people["other"]
    body = {"start": "2026-11-23", "iterations": 100, "name": "The week to come"}
    plan = made(other.post("/agencies/b/plans", body))["id"]
    page = other.client.get("/a/b").text
    assert f"/plans/{plan}/events" in page
    assert "is being planned" in page
    made(other.post(f"/agencies/b/plans/{plan}/stop"))
    assert "is being planned" not in other.client.get("/a/b").text


def test_measures_are_told_in_words_by_a_name_of_their_own(coordinator, base):
    values = {
        one["name"]: one["value"] for one in made(coordinator.get(f"/agencies/a/rotas/{base}/measures"))
    }
    html = coordinator.client.get(f"/a/a/rotas/{base}/measures").text
    rows = re.findall(r'"row">(.*?)<br>.*?<td class="n">(.*?)</td>', html)
    told = {unescape(name): value for name, value in rows}
    assert told["Visits asked for"] == f"{values['visits']:.0f} visits"
    assert told["With clients"] == hours(int(values["contact_minutes"]))
    assert told["Leaves the agency"] == f"\u00a3{values['cost_pence'] / 100:,.2f}"
    assert told["Share of a round that is with clients"] == percent(values["contact_share"])
    assert "share</td>" not in html


def test_every_measure_has_a_name_for_people():
    labels = [one.label for one in MEASURES]
    assert all(labels)
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize(
    "value, unit, told",
    [
        (0.8284, "share", "82.8\u00a0%"), (1.0, "share", "100\u00a0%"), (0.9999, "share", "99.9\u00a0%"),
        (123456, "pence", "\u00a31,234.56"), (450.0, "minutes", "7 h 30 min"), (12.34, "minutes", "12.3 min"),
        (0.616, "index", "0.62"), (3.42, "carers", "3.4 carers"), (1, "visits", "1 visit"), (0, "visits", "0 visits"),
        (1234, "visits", "1,234 visits"), (1, "pay periods", "1 pay period"), (1.0, "carers", "1 carer"),
    ],
)  # fmt: skip
def test_a_measure_reads_without_its_unit_being_known(value, unit, told):
    assert value_in_words(value, unit) == told


def test_a_week_shows_every_visit_of_the_client_and_the_carer(coordinator, base, planned, problem):
    client, carer = problem.clients[0], planned.legs[0].carer
    html = coordinator.client.get(f"/a/a/rotas/{base}/clients/{client.id}").text
    assert html.count("may start") == len(problem.visits_of(client.id))
    html = coordinator.client.get(f"/a/a/rotas/{base}/carers/{carer}").text
    assert html.count("/clients/") == len(planned.legs_by_carer[carer])


def test_no_page_has_inline_code_or_a_foreign_address():
    for path in (HERE / "templates").glob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=|\sstyle=|<style|https?://", text), path.name
    for path in (HERE / "static").iterdir():
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"https?://|\beval\(|innerHTML", text), path.name


def test_what_is_vendored_is_unchanged_listed_and_licensed():
    with (HERE / "vendor/vendor.toml").open("rb") as file:
        packages = tomllib.load(file)["package"]
    there = {
        path.relative_to(HERE / "vendor").as_posix()
        for path in (HERE / "vendor").rglob("*")
        if path.is_file()
    }
    assert there == {name for package in packages for name in package["files"]} | {"vendor.toml"}
    for package in packages:
        assert set(package["licence"].split(" OR ")) & ALLOWED
        assert package["licence_file"] in package["files"]
        for name, digest in package["files"].items():
            assert sha256((HERE / "vendor" / name).read_bytes()).hexdigest() == digest, name


@pytest.mark.parametrize("size, status, words", [
    (None, 404, "There is no such"), ("csrf", 403, "x-csrf-token"), ("large", 413, "too large"),
    ("stream", 413, "too large"), ("fault", 500, "our fault"),
])  # fmt: skip
def test_what_goes_wrong_on_a_page_is_told_on_a_page(app, people, monkeypatch, size, status, words):
    client, most = people["manager"].client, app.state.settings.largest_upload
    token = token_of(people["manager"])
    if size is None:
        answer = client.get("/a/a/rotas/nothing")
    elif size == "csrf":
        answer = client.post("/a/a/import", data={"csrf": "wrong"}, headers={"X-CSRF-Token": ""})
    elif size == "large":
        answer = client.post("/a/a/import", headers={"Content-Length": str(most + 1)})
    elif size == "stream":  # a body that does not say how long it is
        form = {"Content-Type": "multipart/form-data; boundary=x", "X-CSRF-Token": token}
        head = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.csv"\r\n\r\n'
        body = (head, *(b"-" * 1_000_000 for _ in range(most // 1_000_000 + 2)), b"\r\n--x--\r\n")
        answer = client.post("/a/a/import", content=iter(body), headers=form)
    else:
        monkeypatch.setattr("api.routes.agencies.members", lambda session: 1 / 0)
        answer = client.get("/a/a/members")
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/html")
    assert words in answer.text
    assert "To the start" in answer.text
    assert "content-security-policy" in answer.headers


def test_times_are_local():
    """In July the clock in London is an hour before UTC's."""
    assert _environment().filters["moment"](datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == "02 Jul 2026, 00:30"
    assert _environment().filters["moment"](datetime(2026, 12, 1, 9, 5, tzinfo=UTC)) == "01 Dec 2026, 09:05"
