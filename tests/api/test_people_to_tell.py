"""The list of people to tell: who was forgotten before stays in sight, and a list that holds no more says so. And the
board opens on today."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest

from api import london
from tests.api.people import made
from tests.api.repaired import REPAIRS, ROTAS, run_job


def tell_page(coordinator, rota):
    return unescape(coordinator.client.get(f"/a/a/rotas/{rota}/tell").text)


def people_of(coordinator, rota):
    return made(coordinator.get(f"{ROTAS}/{rota}/tellings"))


def tick_all(coordinator, rota):
    for one in people_of(coordinator, rota):
        made(coordinator.put(f"/agencies/a/tellings/{one['id']}", {"told": True}))


def forgotten(page):
    """(the number in words, [(number of people, rota)])."""
    words = re.findall(r"<b>(\d+ \w+ \w+) never told of what changed before:</b>", page)
    return words, re.findall(r'<a href="/a/a/rotas/([\w-]+)/tell">(\d+) of publication no', page)


@pytest.fixture
def twice(app, coordinator, repaired):
    """Two repairs of one day, the second applied before anybody was told of the first: the rotas of both."""
    first = made(coordinator.post(f"{REPAIRS}/{repaired['id']}/apply", {"proposal": "fewest"}))["id"]
    legs = made(coordinator.get(f"{ROTAS}/{first}"))["legs"]
    other = next(leg["carer"] for leg in legs if "2026-11-24T09" < leg["start"] < "2026-11-24T23")
    ill = {"told": "2026-11-24T06:00", "kind": "absent", "carer": other}
    begun = made(coordinator.post(f"{ROTAS}/{first}/repairs", {"events": [ill], "iterations": 50}))
    run_job(app, begun["plan"])
    way = made(coordinator.get(f"{REPAIRS}/{begun['id']}"))["proposals"][0]
    return first, made(coordinator.post(f"{REPAIRS}/{begun['id']}/apply", {"proposal": way["name"]}))["id"]


def test_who_was_not_told_of_the_repair_before_stays_in_sight(coordinator, published, twice):
    first, second = twice
    for rota, _ in forgotten(tell_page(coordinator, second))[1]:
        if rota != first:  # what other tests published for these days
            tick_all(coordinator, rota)
    people = people_of(coordinator, first)
    assert forgotten(tell_page(coordinator, second)) == (
        [f"{len(people)} people were"],
        [(first, str(len(people)))],
    )
    for one in people[1:]:
        made(coordinator.put(f"/agencies/a/tellings/{one['id']}", {"told": True}))
    assert forgotten(tell_page(coordinator, second)) == (["1 person was"], [(first, "1")])
    tick_all(coordinator, first)
    assert forgotten(tell_page(coordinator, second)) == ([], [])


def test_the_list_of_a_rota_that_holds_no_more_leads_to_the_one_that_does(coordinator, twice):
    first, second = twice
    page = tell_page(coordinator, first)
    alert = page.partition('role="alert"')[2].partition("</section>")[0]
    assert "Another rota holds now." in alert
    assert f'href="/a/a/rotas/{second}/tell"' in alert
    assert "Another rota holds now." not in tell_page(coordinator, second)


def test_who_has_been_told_keeps_the_place(coordinator, twice):
    _, second = twice
    people = people_of(coordinator, second)
    assert [one["by"] for one in people] == sorted(one["by"] for one in people)
    made(coordinator.put(f"/agencies/a/tellings/{people[0]['id']}", {"told": True}))
    rows = re.findall(rf"/a/a/rotas/{second}/tell/([\w-]+)", tell_page(coordinator, second))
    assert rows == [one["id"] for one in people]


def day_of_the_board(coordinator, rota):
    page = coordinator.client.get(f"/a/a/rotas/{rota}").text
    return re.findall(r'<option value="(\d)" selected>', page)


@pytest.mark.parametrize("hours, day", [(-1, "0"), (0, "0"), (24, "1"), (7 * 24 - 1, "6"), (7 * 24, "0")])
def test_the_board_opens_on_today(monkeypatch, coordinator, base, hours, day):
    monday = datetime(2026, 11, 23, tzinfo=UTC)
    monkeypatch.setattr(london, "utc_now", lambda: monday + timedelta(hours=hours))
    assert day_of_the_board(coordinator, base) == [day]
