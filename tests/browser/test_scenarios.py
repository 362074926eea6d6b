"""What if? in Chromium: what the form refuses. (`tests/api/test_studies.py` runs a question and reads its report.)"""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.api.conftest import START, small_files
from tests.api.people import Person, made

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("desk")]


@pytest.fixture(scope="module")
def imported(desk):
    clerk = Person(desk, "mair@example.org", base=desk.state.settings.url)
    made(clerk.post(f"/agencies/a/imports?start={START}", files=small_files()))


def test_nothing_ticked_is_told_and_nothing_is_started(sit, imported):
    page = sit().go("/a/a/scenarios?family=pay")
    for box in page.get_by_role("checkbox").all():
        box.uncheck()
    page.get_by_role("button", name="Run them").click()
    expect(page.get_by_role("alert")).to_contain_text("Tick a scenario at least")
    expect(page.get_by_role("checkbox").first).not_to_be_checked()
