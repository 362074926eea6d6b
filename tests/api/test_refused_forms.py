"""What was typed is not lost: where somebody was faster, where it cannot be used, and where the session is over."""

from __future__ import annotations

from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from api.web.errors import LONGEST_BACK
from tests.api.people import BASE, Person, made, refused


def token_of(person):
    return person.client.headers["X-CSRF-Token"]


def test_notes_stay_where_a_colleague_changed_a_visit_meanwhile(coordinator, manager, draft, planned):
    id, visit = draft.rpartition("/")[2], planned.legs[0].visit
    made(manager.post(f"{draft}/edits", {"kind": "unassign", "visit": visit}, version=1))
    form = {"csrf": token_of(coordinator), "version": "1", "notes": "Snow on <Monday>."}
    answer = coordinator.client.post(f"/a/a/rotas/{id}/publish", data=form, follow_redirects=False)
    page = unescape(answer.text)
    assert answer.status_code == 412
    assert "changed or published since you looked" in page
    assert 'maxlength="2000">Snow on &lt;Monday&gt;.</textarea>' in answer.text
    assert 'name="version" value="2"' in page
    assert "visit with nobody" in page or "visits with nobody" in page
    assert made(coordinator.get(draft))["state"] == "draft"
    form["version"] = "2"
    sent = coordinator.client.post(f"/a/a/rotas/{id}/publish", data=form, follow_redirects=False)
    assert sent.status_code == 303
    assert made(coordinator.get(draft))["notes"] == form["notes"]


@pytest.mark.parametrize("days, minutes", [("100", "2.5"), ("14", "soon"), ("7", "0")])
def test_the_form_for_a_plan_keeps_what_was_typed(coordinator, days, minutes):
    form = {"csrf": token_of(coordinator), "start": "2026-12-07", "days": days, "minutes": minutes}
    answer = coordinator.client.post("/a/a/plans", data=form, follow_redirects=False)
    assert answer.status_code == 422
    assert "Give the first day, 1 to 92 days, and some minutes." in answer.text
    for name in ("start", "days", "minutes"):
        assert f'value="{form[name]}"' in answer.text.partition(f'name="{name}"')[2][:90], name


def test_a_plan_that_takes_too_long_is_told_above_its_form(app, coordinator):
    minutes = str(app.state.settings.longest_plan // 60 + 1)
    form = {"csrf": token_of(coordinator), "start": "2026-12-07", "days": "7", "minutes": minutes}
    answer = coordinator.client.post("/a/a/plans", data=form, follow_redirects=False)
    assert answer.status_code == 422
    assert "seconds at the most here" in answer.text
    assert f'value="{minutes}"' in answer.text


def back(app, method, path, referer=None):
    """Where the form to sign in would lead, after a session that is over."""
    headers = {"Referer": referer} if referer is not None else {}
    answer = Person(app).client.request(method, path, headers=headers, follow_redirects=False)
    assert answer.status_code == 303
    found = urlsplit(answer.headers["location"])
    assert found.path == "/sign-in"
    return parse_qs(found.query)["next"][0]


@pytest.mark.parametrize("referer, wanted", [
    (f"{BASE}/a/a/rotas/r1/publish", "/a/a/rotas/r1/publish"),
    (f"{BASE}/a/a/rotas/r1?repair=r2&x=%26", "/a/a/rotas/r1?repair=r2&x=%26"),
    ("https://evil.example/a/a", "/"), (None, "/"), ("", "/"), ("http://[", "/"), ("nonsense", "/"),
    (f"{BASE}//evil.example", "/"),
    (f"{BASE}/a/a/plans", "/"),  # a page that only answers a form
    (f"{BASE}/a/a/rotas/r1?x={'y' * LONGEST_BACK}", "/"),
])  # fmt: skip
def test_after_signing_in_one_is_back_at_the_page_with_the_form(app, referer, wanted):
    assert back(app, "POST", "/a/a/rotas/r1/publish", referer) == wanted


def test_after_signing_in_one_is_back_with_the_question_of_the_address(app):
    assert back(app, "GET", "/a/a/rotas/r1?repair=r2&more=a%26b") == "/a/a/rotas/r1?repair=r2&more=a%26b"
    assert back(app, "GET", "/a/a") == "/a/a"


def test_a_page_of_an_earlier_session_is_told_to_be_loaded_anew(app, draft):
    person = Person(app, "coordinator@example.org")
    earlier = token_of(person)
    person.sign_in("coordinator@example.org")
    wish = {"kind": "lock", "visit": "C01-morning:2026-11-23"}
    headers = {"X-CSRF-Token": earlier, "If-Match": '"1"'}
    told = refused(person.ask("POST", f"{draft}/edits", json=wish, headers=headers), 403)
    assert told["detail"] == "You signed in again since this page was opened: load it anew."
    assert told["anew"] is True
    assert "anew" not in refused(
        person.ask("POST", f"{draft}/edits", json=wish, headers={"X-CSRF-Token": ""}), 403, "x-csrf-token"
    )
    person.client.headers.pop("X-CSRF-Token")
    page = person.client.post(f"/a{draft.removeprefix('/agencies')}/copy", data={"csrf": earlier})
    assert (page.status_code, "signed in again" in page.text) == (403, True)
