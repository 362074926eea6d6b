"""The streets under the board's map in Chromium: of the machine's own extract, or the sentence that there is none."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from scheduler.intake.load import load
from scheduler.solve import solve
from tests.api.conftest import SMALL, START, rota_body, small_files
from tests.api.people import Person, made
from tests.browser.seat import open_board, picture, require_accessible
from tests.travel.town import a_town

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("desk")]
INKED = """canvas => {
    const copy = Object.assign(document.createElement("canvas"), { width: canvas.width, height: canvas.height });
    const pen = copy.getContext("2d", { willReadFrequently: true });
    pen.drawImage(canvas, 0, 0);
    const drawn = pen.getImageData(0, 0, canvas.width, canvas.height).data;
    let inked = 0;
    for (let i = 3; i < drawn.length; i += 4) inked += drawn[i] > 0;
    return inked;
}"""
"""How many points of a canvas something is drawn on."""


@pytest.fixture(scope="module")
def draft(desk):
    """A quick rota of the small agency: its id."""
    clerk = Person(desk, "mair@example.org", base=desk.state.settings.url)
    made(clerk.post(f"/agencies/a/imports?start={START}", files=small_files()))
    planned = solve(load(SMALL, START), iterations=300, seed=1, workers=1, exact=False).rota
    return made(clerk.post("/agencies/a/rotas", rota_body(planned)))["id"]


def test_streets_lie_under_the_rounds_and_the_small_ones_come_with_zooming_in(
    sit, draft, tmp_path, monkeypatch
):
    monkeypatch.setenv("CAREROUND_STREETS", str(a_town(tmp_path / "town.osm.pbf")))
    page = open_board(sit(), draft)
    expect(page.locator("#map-told")).to_contain_text("\u00a9 OpenStreetMap contributors")
    canvas = page.locator(".leaflet-streets-pane canvas")
    page.locator("#map").scroll_into_view_if_needed()
    for _ in range(4):  # out, until only the main roads are left
        page.get_by_role("button", name="Zoom out").click()
    main = canvas.evaluate(INKED)
    assert main > 0
    for _ in range(4):
        page.get_by_role("button", name="Zoom in").click()
    assert canvas.evaluate(INKED) > main
    under = page.evaluate("getComputedStyle(document.querySelector('.leaflet-streets-pane')).zIndex")
    assert int(under) < 400, "below the rounds"
    require_accessible(page)
    picture(page, "streets-1440")


def test_without_a_map_the_plain_ground_says_so_and_what_to_do(sit, draft):
    page = open_board(sit(), draft)
    expect(page.locator("#map-told")).to_contain_text("CAREROUND_STREETS")
    expect(page.locator(".leaflet-streets-pane")).to_have_count(0)
    require_accessible(page)


@pytest.mark.parametrize(
    "answer, words",
    [
        ({"status": 404, "json": {"detail": "There is no such rota."}}, "There is no such rota."),
        ({"status": 502, "body": "<h1>Bad gateway</h1>"}, "The desk answered 502."),
    ],
)
def test_streets_that_could_not_be_fetched_are_said_to_be_missing(sit, draft, answer, words):
    seat = sit()
    seat.page.route("**/streets", lambda route: route.fulfill(**answer))
    page = open_board(seat, draft)
    expect(page.locator("#map-told")).to_contain_text(f"No streets are drawn: {words}")
    require_accessible(page)
    assert [str(answer["status"]) in said for said in seat.complaints] == [True], "the browser tells it too"
    seat.complaints.clear()
