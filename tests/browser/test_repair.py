"""The 7 a.m. phone call in Chromium: an absence entered, proposals compared on the board, one applied, people told."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest
from playwright.sync_api import expect

from scheduler.intake.load import load
from scheduler.solve import solve
from tests.api.conftest import SMALL, START, rota_body, small_files
from tests.api.people import Person, made
from tests.browser.seat import picture, require_accessible

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("desk")]
PATIENCE = 300_000


@pytest.fixture(scope="module")
def planned():
    """A quick rota of the small agency's week."""
    return solve(load(SMALL, START), iterations=600, seed=1, workers=1, exact=False).rota


@pytest.fixture(scope="module")
def published(desk, planned):
    """It is published: its id."""
    clerk = Person(desk, "mair@example.org", base=desk.state.settings.url)
    made(clerk.post(f"/agencies/a/imports?start={START}", files=small_files()))
    rota = made(clerk.post("/agencies/a/rotas", rota_body(planned, "Week 48")))["id"]
    made(clerk.post(f"/agencies/a/rotas/{rota}/publish", {"notes": ""}, version=1))
    return rota


def pictures(page, name):
    """For whoever wants to look: as it is on a screen and on a telephone, which it must fit."""
    picture(page, f"{name}-desktop")
    page.set_viewport_size({"width": 390, "height": 844})
    require_accessible(page)
    picture(page, f"{name}-phone")
    page.set_viewport_size({"width": 1440, "height": 900})


def test_absence_proposals_board_application_people_to_tell_and_undo(sit, published, planned):
    seat = sit()
    page = seat.go(f"/a/a/rotas/{published}/today")
    require_accessible(page)
    expect(page.locator("[data-field=visit]")).to_be_hidden()
    carer = max({leg.carer for leg in planned.legs}, key=lambda c: len(planned.legs_by_carer[c]))
    page.get_by_role("combobox", name="What", exact=True).select_option("absent")
    page.get_by_label("We were told at").fill("2026-11-24T07:00")
    page.get_by_role("combobox", name="Carer", exact=True).select_option(carer)
    pictures(page, "absence")
    page.get_by_role("button", name="Find ways on").click()
    expect(page.locator(".way")).not_to_have_count(0, timeout=PATIENCE)
    expect(page.get_by_role("status")).to_have_text("", timeout=PATIENCE)
    expect(page.locator("main")).to_contain_text("is absent from Tue 07:00 to Tue 24:00.")
    require_accessible(page)
    pictures(page, "proposals")
    first = page.locator(".way").first
    expect(first.get_by_role("heading")).to_have_text("Fewest changes")
    before = len(planned.unallocated(load(SMALL, START)))
    expect(first.locator("dd", has_text="before")).to_contain_text(f"({before} before)")
    first.get_by_role("link", name="On the board").click()
    page.wait_for_selector("#board[data-ready]")
    expect(page.locator("#day")).to_have_value("1")
    expect(page.locator(".vis-item.visit.changed")).not_to_have_count(0)
    pictures(page, "compared")
    page.get_by_role("navigation", name="Proposals").get_by_role("button", name="Apply").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("People to tell")
    require_accessible(page)
    pictures(page, "people-to-tell")
    people = page.locator(".tell li")
    count = people.count()
    assert count > 1
    name = people.first.locator("b").inner_text()
    page.get_by_role("button", name=f"Tick when told: {name}", exact=True).first.click()
    expect(page.locator(".tell li.done")).to_have_count(1)
    expect(people.first).to_have_class("done")  # in its place: nobody else is under the next click
    expect(people.first).to_contain_text(name)
    require_accessible(page)
    page.get_by_role("button", name="Undo this repair").click()
    expect(page.locator(".state.published")).to_be_visible()
    assert page.url.endswith(f"/rotas/{published}/tell")
    expect(page.locator(".tell li")).to_have_count(1)
    assert seat.complaints == []


def test_who_could_go_is_ranked_on_a_page(sit, published):
    page = sit().go(f"/a/a/rotas/{published}/today")
    form = page.locator("form", has=page.get_by_role("button", name="Rank the carers"))
    form.get_by_label("From").fill("2026-11-23T05:00")
    page.get_by_role("button", name="Rank the carers").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Who could go?")
    expect(page.locator("ol li")).not_to_have_count(0)
    require_accessible(page)


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_what_does_not_fit_is_told_on_the_page_and_what_was_typed_is_mended_there(sit, published, size):
    page = sit(size=size).go(f"/a/a/rotas/{published}/today")
    page.get_by_role("combobox", name="What", exact=True).select_option("hospital out")
    page.get_by_label("We were told at").fill("2026-11-24T07:00")
    page.get_by_role("combobox", name="Client", exact=True).fill("C01")
    expect(page.get_by_role("button", name="Remove this event")).to_be_hidden()
    page.get_by_role("button", name="Add another event").click()
    second = page.get_by_role("group", name="Event 2")
    second.get_by_role("combobox", name="What", exact=True).select_option("late")
    second.get_by_role("combobox", name="Carer", exact=True).select_option("K02")
    second.get_by_label("Minutes").fill("soon")
    page.get_by_role("button", name="Find ways on").click()
    expect(page.get_by_role("alert")).to_contain_text("Event 2: minutes soon")
    events = page.get_by_role("group", name="Event")
    expect(events).to_have_count(2)
    expect(events.nth(0).get_by_role("combobox", name="Client", exact=True)).to_have_value("C01")
    expect(events.nth(0).get_by_label("Minutes")).to_be_hidden()
    expect(events.nth(1).get_by_label("Minutes")).to_have_value("soon")
    expect(events.nth(1).get_by_role("combobox", name="Carer", exact=True)).to_have_value("K02")
    require_accessible(page)
    picture(page, f"refused-{size}")
    events.nth(1).get_by_role("button", name="Remove this event").click()
    expect(events).to_have_count(1)
    page.get_by_role("button", name="Find ways on").click()
    expect(page.get_by_role("alert")).to_contain_text("no event says that")
    require_accessible(page)


def test_passing_over_other_kinds_by_keyboard_empties_nothing_and_sends_nothing_hidden(sit, published):
    page = sit().go(f"/a/a/rotas/{published}/today")
    kind = page.get_by_role("combobox", name="What", exact=True)
    kind.select_option("late")
    page.get_by_role("combobox", name="Carer", exact=True).select_option("K02")
    page.get_by_label("Minutes").fill("20")
    kind.select_option("hospital out")
    expect(page.get_by_label("Minutes")).to_be_hidden()
    kind.select_option("late")
    expect(page.get_by_role("combobox", name="Carer", exact=True)).to_have_value("K02")
    expect(page.get_by_label("Minutes")).to_have_value("20")
    kind.select_option("absent")
    page.get_by_label("Until").focus()
    page.keyboard.type("1")  # half a date, which is no reason not to send another kind
    kind.select_option("hospital out")
    expect(page.get_by_label("Until")).to_be_hidden()
    with page.expect_request(lambda request: request.method == "POST") as sent:
        page.get_by_role("button", name="Find ways on").click()
    fields = parse_qs(sent.value.post_data or "", keep_blank_values=True)
    assert [fields[name] for name in ("kind", "carer", "minutes", "until")] == [
        ["hospital out"],
        [""],
        [""],
        [""],
    ]
    expect(page.get_by_role("alert")).to_be_visible()
