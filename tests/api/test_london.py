"""The desk's clock is London's, also on a server in UTC: what the form begins with, and at what minute it repairs."""

import re
from datetime import UTC, date, datetime

import pytest

from api import london
from api.database.models import Repair
from api.database.tenancy import for_everything
from tests.api.people import made
from tests.api.repaired import REPAIRS, form_of


def at(monkeypatch, *when):
    """It is that moment (UTC)."""
    monkeypatch.setattr(london, "utc_now", lambda: datetime(*when).replace(tzinfo=UTC))


@pytest.mark.parametrize("utc, told", [
    ((2026, 7, 1, 6, 30), "2026-07-01T07:30"), ((2026, 12, 1, 6, 30), "2026-12-01T06:30"),
    ((2026, 3, 29, 0, 59), "2026-03-29T00:59"), ((2026, 3, 29, 1, 0), "2026-03-29T02:00"),
    ((2026, 10, 25, 0, 59), "2026-10-25T01:59"), ((2026, 10, 25, 1, 0), "2026-10-25T01:00"),
    ((2026, 7, 1, 6, 30, 59, 999), "2026-07-01T07:30"),
])  # fmt: skip
def test_it_is_as_late_as_in_london(monkeypatch, utc, told):
    at(monkeypatch, *utc)
    assert london.now() == datetime.fromisoformat(told)


def test_the_day_begins_with_londons_midnight(monkeypatch, coordinator):
    """On Sunday 5 July at half past eleven in the evening, UTC, Monday has begun: the next one is a week away."""
    at(monkeypatch, 2026, 7, 5, 23, 30)
    assert london.today() == date(2026, 7, 6)
    for path in ("/a/a", "/a/a/scenarios?family=minimum-length"):
        page = coordinator.client.get(path).text
        assert ("2026-07-13" in page, "2026-07-06" in page) == (True, False), path


def told_at(coordinator, rota):
    """What the form says that we were told at."""
    page = coordinator.client.get(f"/a/a/rotas/{rota}/today").text
    return re.findall(r'name="told" value="([^"]*)"', page)


@pytest.fixture
def july(coordinator):
    """An empty week in July, published."""
    body = {"name": "July", "start": "2026-06-29", "days": 7, "legs": []}
    rota = made(coordinator.post("/agencies/a/rotas", body))
    made(coordinator.post(f"/agencies/a/rotas/{rota['id']}/publish", {"notes": ""}, version=1))
    return rota["id"]


def test_in_summer_the_form_begins_with_the_hour_of_london(monkeypatch, coordinator, july):
    at(monkeypatch, 2026, 7, 1, 6, 30)
    assert told_at(coordinator, july) == ["2026-07-01T07:30"]
    at(monkeypatch, 2026, 7, 5, 23, 30)  # the week is over
    assert told_at(coordinator, july) == ["2026-06-29T07:00"]


@pytest.mark.parametrize("utc, minute", [
    ((2026, 11, 24, 7, 45), 1440 + 465),  # the tab was opened at seven
    ((2026, 11, 24, 6, 50), 1440 + 420),  # what we shall be told
    ((2026, 11, 22, 23, 59), 1440 + 420), ((2026, 11, 30, 0, 0), 1440 + 420),  # not these days
    ((2030, 1, 1, 0, 0), 1440 + 420),
    ((2026, 11, 29, 23, 59), 7 * 1440 - 1),
])  # fmt: skip
def test_a_repair_is_made_when_the_form_is_sent_and_not_when_it_was_opened(
    app, monkeypatch, coordinator, published, utc, minute
):
    at(monkeypatch, *utc)
    form = form_of(coordinator, {"kind": "absent", "told": "2026-11-24T07:00", "carer": "K02"})
    answer = coordinator.client.post(f"/a/a/rotas/{published}/today", data=form, follow_redirects=False)
    assert answer.status_code == 303
    id = answer.headers["location"].rpartition("/")[2]
    with for_everything(app.state.engine) as session:
        assert session.get_one(Repair, id).minute == minute
    made(coordinator.post(f"/agencies/a/plans/{made(coordinator.get(f'{REPAIRS}/{id}'))['plan']}/stop"))
