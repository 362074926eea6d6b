"""The desk over a slow or broken line, in Chromium: answers that come late or never, and people who do not wait."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from scheduler.intake.load import load
from scheduler.solve import solve
from tests.api.conftest import SMALL, START, rota_body, small_files
from tests.api.people import Person, made
from tests.browser.seat import open_board

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("desk")]
CANDIDATES = "**/candidates?*"


@pytest.fixture(scope="module")
def clerk(desk):
    """The desk through its API, with the small agency's data in it."""
    clerk = Person(desk, "mair@example.org", base=desk.state.settings.url)
    made(clerk.post(f"/agencies/a/imports?start={START}", files=small_files()))
    return clerk


@pytest.fixture(scope="module")
def planned():
    """A quick rota of the small agency's week."""
    return solve(load(SMALL, START), iterations=600, seed=1, workers=1, exact=False).rota


@pytest.fixture
def draft(clerk, planned):
    """A fresh draft of it: its id."""
    return made(clerk.post("/agencies/a/rotas", rota_body(planned, "Week 48")))["id"]


@pytest.fixture
def hold():
    """hold(page, address) -> the requests to it, which wait until the test answers them."""

    def held_by(page, address, method="GET"):
        held: list[Route] = []

        def keep(route):
            if route.request.method == method:
                held.append(route)
            else:
                route.fallback()

        page.route(address, keep)
        return held

    return held_by


def until(page, held, count):
    """So many requests wait."""
    for _ in range(600):
        if len(held) >= count:
            break
        page.wait_for_timeout(50)
    assert len(held) == count


def answer(page, route, body):
    """The request is answered at last, and the page has seen it."""
    with page.expect_response(lambda found: found.request == route.request):
        route.fulfill(json=body)
    page.evaluate("() => new Promise(done => setTimeout(done, 200))")


def candidate(name, at="09:00") -> dict[str, Any]:
    """Somebody who could come, as the server tells it."""
    verdict = {"light": "green", "pence": 0, "sentence": "", "broken": [], "reasons": []}
    return {"carer": "K01", "name": name, "names": [name], "carers": ["K01"], "start": f"2026-11-23T{at}",
            "minutes": 30, "known": 2, "verdict": verdict}  # fmt: skip


def table(seat, draft):
    """The board as a table, and its buttons "Move to ..."."""
    page = open_board(seat, draft)
    page.get_by_role("radio", name="Table").check()
    return page, page.locator("#rows button", has_text="Move to ...")


def test_who_types_a_time_keeps_the_field_when_the_carers_arrive(sit, draft, hold):
    """Else the Enter that asks for another time would choose the first of the carers."""
    page, move = table(sit(), draft)
    held = hold(page, CANDIDATES)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    move.first.click()
    page.get_by_label("Start").focus()
    page.keyboard.type("10")
    until(page, held, 1)
    answer(page, held[0], [candidate("Efa")])
    expect(page.locator("#move-list button")).to_have_count(1)
    expect(page.get_by_label("Start")).to_be_focused()
    page.keyboard.press("Enter")
    until(page, held, 2)
    assert "start=" in held[1].request.url
    answer(page, held[1], [candidate("Olwen", "10:00")])
    expect(page.locator("#move-list button")).to_be_focused()  # nobody has typed since
    assert sent == []


def test_a_late_answer_about_another_visit_or_time_is_dropped(sit, draft, hold):
    page, move = table(sit(), draft)
    held = hold(page, CANDIDATES)
    carers = page.locator("#move-list b")
    move.nth(0).click()
    until(page, held, 1)
    page.keyboard.press("Escape")
    move.nth(1).click()
    until(page, held, 2)
    answer(page, held[0], [candidate("Somebody for the first")])
    expect(page.locator("#move-told")).to_have_text("Trying every carer ...")
    expect(carers).to_have_count(0)
    page.get_by_role("button", name="Who could come then?").click()
    until(page, held, 3)
    answer(page, held[2], [candidate("At the new time")])
    answer(page, held[1], [candidate("At any time")])
    expect(carers).to_have_text(["At the new time"])


CLICKS = """clicks => {
    const form = document.querySelector("form[action$='/members']"), clock = performance;
    clicks.forEach(([second, role, restored], i) => setTimeout(() => {
        clock.now = () => 1000 * second;
        if (restored) dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
        form.elements.role.value = role;
        form.querySelector("button").click();
    }, 300 * i));
}"""
"""Click again and again on "Make a link" (in one go: Chromium answers nothing while its page waits for another)."""


def test_a_form_is_sent_once_however_often_it_is_clicked(sit, hold):
    """Of two links only the second would be shown; for a plan, two plans would run."""
    page = sit().go("/a/a/members")
    held = hold(page, "**/a/a/members", "POST")
    clicks = [
        (0, "viewer", False),
        (1, "viewer", False),
        (14, "carer", False),
        (16, "manager", False),  # by then the first may be taken for lost
        (17, "coordinator", True),  # "Back" has brought the page again
    ]
    page.evaluate(CLICKS, clicks)
    until(page, held, 3)
    roles = [re.findall("role=([a-z]+)", route.request.post_data or "") for route in held]
    assert roles == [["viewer"], ["manager"], ["coordinator"]]
    held[-1].continue_()
    expect(page.locator("main")).to_contain_text("/join/")


@pytest.fixture
def running(clerk):
    """A plan that is not over before somebody stops it: its path in the API."""
    plan = made(clerk.post("/agencies/a/plans", {"start": START.isoformat(), "seconds": 600}))["id"]
    yield f"/agencies/a/plans/{plan}"
    made(clerk.post(f"/agencies/a/plans/{plan}/stop"))


def page_of(plan):
    """The page of a plan of the API."""
    return plan.replace("/agencies/", "/a/")


def forgive(seat, pattern):
    """What the test itself has broken, the browser may complain of."""
    seat.complaints[:] = [told for told in seat.complaints if not re.search(pattern, told)]


def refuse_once(page, address, status):
    """The first request to the address is refused, as by a desk that starts anew."""
    refusals = [status]
    page.route(address, lambda route: route.fulfill(status=refusals.pop()) if refusals else route.continue_())


def test_a_plan_is_watched_to_its_end_though_the_desk_refused_once(sit, running, clerk):
    """A browser asks no second time after a 503: the page would say "running" all day."""
    seat = sit()
    page = seat.page
    refuse_once(page, "**/events", 503)
    with page.expect_request(f"**/api/v1{running}", timeout=30_000) as asked:
        seat.go(page_of(running))
    assert asked.value.headers["x-background"] == "yes"  # the session may end meanwhile
    made(clerk.post(f"{running}/stop"))
    expect(page.locator("#state")).to_contain_text("stopped")
    forgive(seat, "status of 503")


def test_who_may_watch_no_more_is_told_by_the_page_itself(sit, running):
    seat = sit()
    page = seat.page
    refuse_once(page, "**/events", 503)
    refuse_once(page, f"**/api/v1{running}", 401)
    seat.go(page_of(running))
    with page.expect_navigation(timeout=30_000):
        pass
    forgive(seat, "status of (503|401)")


def test_a_plan_that_could_not_be_stopped_can_be_stopped_once_more(sit, running):
    seat = sit()
    page = seat.go(page_of(running))
    button = page.get_by_role("button", name="Stop and keep the best")
    trouble = page.get_by_role("alert")
    for fail in (lambda route: route.abort(), lambda route: route.fulfill(status=503)):
        page.route("**/stop", fail)
        button.click()
        expect(trouble).to_have_text("It could not be stopped: try once more.")
        expect(button).to_be_enabled()
        page.unroute("**/stop")
    button.click()
    expect(page.locator("#state")).to_contain_text("stopped")
    expect(trouble).to_have_count(0)
    forgive(seat, "ERR_FAILED|status of 503")


def test_the_end_of_a_plan_does_not_empty_a_form_that_somebody_fills_in(sit, running, clerk):
    page, other = sit().go("/a/a"), sit("olwen").go("/a/a")
    days, files = page.get_by_label("Days"), page.get_by_label("A workbook, a JSON file")
    days.fill("14")
    files.set_input_files([str(path) for path in sorted(SMALL.glob("*.csv"))])
    made(clerk.post(f"{running}/stop"))
    expect(page.locator("#running")).to_contain_text("its planning is over")
    expect(days).to_have_value("14")
    assert files.evaluate("field => field.files.length") > 1
    expect(other.locator("#running")).to_have_count(0)  # nobody was at a form there: the list is new
    page.get_by_role("link", name="How it ended").click()
    expect(page.locator("#state")).to_contain_text("stopped")


def test_no_old_verdict_stands_beside_new_ticks_when_the_desk_does_not_answer(sit, draft, clerk, planned):
    fewer = rota_body(planned, "Without its first visit")
    gone = fewer["legs"][0]["visit"]
    fewer["legs"] = [leg for leg in fewer["legs"] if leg["visit"] != gone]
    other = made(clerk.post("/agencies/a/rotas", fewer))["id"]
    seat = sit()
    page = seat.go(f"/a/a/rotas/{other}/compare?into={draft}")
    told = page.locator("#verdict")
    tick = page.locator(f'[name=visits][value="{gone}"]')
    failures = [
        lambda route: route.abort(),
        lambda route: route.fulfill(status=502, body="<html>Bad gateway"),
    ]
    page.route("**/take/verdict", lambda route: failures.pop(0)(route) if failures else route.continue_())
    tick.check()
    expect(told).to_have_text("1 ticked: the desk did not answer. It is asked again.")
    expect(told).to_contain_text("no rule is broken")
    assert failures == []
    forgive(seat, "ERR_FAILED|status of 502")
