"""Doubtful addresses in Chromium, on a screen and on a phone: found from the agency's page, read, and mended."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.api.conftest import START
from tests.api.people import Person, made
from tests.api.test_places import with_shifted_address
from tests.browser.seat import picture, require_accessible

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("desk")]


@pytest.fixture(scope="module")
def clerk(desk):
    """The same desk through its API; C01's address is a kilometre from her postcode."""
    clerk = Person(desk, "mair@example.org", base=desk.state.settings.url)
    made(clerk.post(f"/agencies/a/imports?start={START}", files=with_shifted_address()))
    return clerk


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_doubtful_addresses_are_found_from_the_agencys_page_and_can_be_read(sit, clerk, size):
    doubts = made(clerk.get("/agencies/a/places"))["doubts"]
    seat = sit(size=size)
    seat.page.get_by_role("link", name="Doubtful addresses").click()
    page = seat.page
    expect(page.get_by_role("heading", level=1)).to_have_text("Doubtful addresses")
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(len(doubts))
    # The row is the workbook's, in which it is to be corrected: it has the names of the columns in its first.
    assert doubts[0]["row"] == 1
    expect(rows.first.locator("td").nth(1)).to_have_text("2")
    expect(rows.first).to_contain_text("from its postcode NP20 9GG")
    require_accessible(page)
    picture(page, f"places-{size}")
