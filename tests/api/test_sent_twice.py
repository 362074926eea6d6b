"""A form that is sent twice, by a double click or with Back, leads to where it led at first, and does nothing twice."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from api.database.models import RotaState, StoredRota
from api.database.tenancy import for_everything
from api.desk import applying
from api.web.errors import CURES
from tests.api.conftest import rota_body
from tests.api.people import made
from tests.api.repaired import ROTAS


def send(person, path, **form):
    form["csrf"] = person.client.headers["X-CSRF-Token"]
    return person.client.post(f"/a/a{path}", data=form, follow_redirects=False)


def publications(app):
    """How many rotas were ever published."""
    with for_everything(app.state.engine) as session:
        return session.scalar(select(func.count()).where(StoredRota.state != RotaState.DRAFT))


def test_a_proposal_that_is_applied_twice_leads_to_its_people_twice(app, coordinator, repaired):
    own, before = repaired["proposals"][0]["rota"], publications(app)
    for _ in range(2):
        answer = send(coordinator, f"/repairs/{repaired['id']}/apply", proposal="fewest")
        assert (answer.status_code, answer.headers["location"]) == (303, f"/a/a/rotas/{own}/tell")
    assert publications(app) == before + 1
    people = made(coordinator.get(f"{ROTAS}/{own}/tellings"))
    assert len({(one["who"], one["person"]) for one in people}) == len(people)


def test_another_proposal_of_a_repair_that_was_applied_or_undone_is_still_refused(
    coordinator, repaired, published
):
    path = f"/repairs/{repaired['id']}/apply"
    send(coordinator, path, proposal="fewest")
    for other in repaired["proposals"][1:]:
        answer = send(coordinator, path, proposal=other["name"])
        assert (answer.status_code, "was applied already" in answer.text) == (409, True)
    for _ in range(2):
        undone = send(coordinator, f"/repairs/{repaired['id']}/undo")
        assert (undone.status_code, undone.headers["location"]) == (303, f"/a/a/rotas/{published}/tell")
    answer = send(coordinator, path, proposal="fewest")
    assert answer.status_code == 409
    assert "undone: enter what happened again" in answer.text
    assert "Nothing was changed" not in answer.text
    assert CURES[409] in answer.text
    assert send(coordinator, path, proposal="none").status_code == 404


def test_of_two_clicks_at_once_the_second_one_finds_what_the_first_one_did(
    coordinator, repaired, monkeypatch
):
    """It read the repair before the first one was through."""
    path, real = f"/repairs/{repaired['id']}/apply", applying.apply

    def slow(session, kept, name):
        session.rollback()
        monkeypatch.setattr(applying, "apply", real)
        assert send(coordinator, path, proposal=name).status_code == 303
        return real(session, kept, name)

    monkeypatch.setattr(applying, "apply", slow)
    answer = send(coordinator, path, proposal="fewest")
    own = repaired["proposals"][0]["rota"]
    assert (answer.status_code, answer.headers.get("location")) == (303, f"/a/a/rotas/{own}/tell")


@pytest.mark.parametrize("by_repair", [False, True])
def test_a_rota_that_is_published_twice_leads_to_the_same_page_twice(
    app, coordinator, repaired, draft, by_repair
):
    id = repaired["proposals"][0]["rota"] if by_repair else draft.rpartition("/")[2]
    before, form = publications(app), {"version": "1", "notes": "Snow\r\non Monday."}
    for _ in range(2):
        answer = send(coordinator, f"/rotas/{id}/publish", **form)
        led = answer.headers["location"]
        assert (answer.status_code, led) == (303, f"/a/a/rotas/{id}{'/tell' if by_repair else ''}")
    assert publications(app) == before + 1
    number = made(coordinator.get(f"{ROTAS}/{id}"))["number"]
    other = send(coordinator, f"/rotas/{id}/publish", version="1", notes="Sun on Monday.")
    assert other.status_code == 409
    assert "Only a draft can be published." in other.text
    assert "Sun on Monday." in other.text, "what was typed is not lost"
    rota = made(coordinator.get(f"{ROTAS}/{id}"))
    assert (rota["number"], rota["notes"]) == (number, form["notes"])


def test_what_another_rota_replaced_is_not_published_again(coordinator, draft, planned):
    id = draft.rpartition("/")[2]
    send(coordinator, f"/rotas/{id}/publish", version="1")
    later = made(coordinator.post(ROTAS, rota_body(planned)))["id"]
    send(coordinator, f"/rotas/{later}/publish", version="1")
    answer = send(coordinator, f"/rotas/{id}/publish", version="1")
    assert answer.status_code == 409
    assert "<button>Publish</button>" not in answer.text
