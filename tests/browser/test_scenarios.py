"""What if? in Chromium: a question is picked and run, and its report read; by a manager on a screen and on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.api.conftest import START, small_files
from tests.api.people import Person, made
from tests.browser.seat import picture, require_accessible

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("desk")]
PATIENCE = 300_000


@pytest.fixture(scope="module")
def imported(desk):
    clerk = Person(desk, "mair@example.org", base=desk.state.settings.url)
    made(clerk.post(f"/agencies/a/imports?start={START}", files=small_files()))


def test_a_question_is_picked_run_and_read(sit, imported):
    seat = sit()
    page = seat.go("/a/a/scenarios")
    require_accessible(page)
    page.get_by_role("link", name="A minimum visit length").click()
    for label in ("30 minutes, except agreed checks", "Merge short visits", "Every visit 45 minutes"):
        page.get_by_label(label).uncheck()
    page.get_by_label("First day").fill("2026-11-23")
    page.get_by_label("Seeds").fill("1")
    page.get_by_label("Search of each planned week").fill("30")
    page.get_by_role("combobox", name="Carers").select_option("today")
    require_accessible(page)
    picture(page, "ask-1440")
    page.get_by_role("button", name="Run them").click()
    expect(page.get_by_role("progressbar")).to_be_visible(timeout=PATIENCE)
    require_accessible(page)
    picture(page, "running-1440")
    expect(page.get_by_role("heading", name="Findings")).to_be_visible(timeout=PATIENCE)
    expect(page.locator("main")).to_contain_text("Every visit of less than 30 minutes is ordered at 30.")
    require_accessible(page)
    picture(page, "findings-1440")
    found = page.url
    page.get_by_role("link", name="Read the report").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("A minimum visit length")
    assert page.locator("svg").count() == 6
    assert (
        page.locator(".paper").evaluate("body => getComputedStyle(body).maxWidth") != "none"
    )  # it has its styles
    require_accessible(page)
    picture(page, "report-1440")

    phone = sit("olwen", "phone")
    small = phone.go(found.removeprefix(phone.base))
    require_accessible(small)
    picture(small, "findings-390")
    small = phone.go("/a/a/scenarios?family=minimum-length")
    require_accessible(small)
    picture(small, "ask-390")


def test_nothing_ticked_is_told_and_nothing_is_started(sit, imported):
    page = sit().go("/a/a/scenarios?family=pay")
    for box in page.get_by_role("checkbox").all():
        box.uncheck()
    page.get_by_role("button", name="Run them").click()
    expect(page.get_by_role("alert")).to_contain_text("Tick a scenario at least")
    expect(page.get_by_role("checkbox").first).not_to_be_checked()
