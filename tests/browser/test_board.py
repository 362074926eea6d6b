"""The board under somebody who works fast, with a finger, on a poor network, or beside a colleague, in Chromium."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, Request, expect

from scheduler.domain import Visit
from scheduler.intake.load import load
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.solve import solve
from scheduler.verdict import Light, place, verdict
from tests.api.conftest import SMALL, START, rota_body, small_files
from tests.api.people import PASSWORD, Person, made
from tests.browser.seat import bar_of, drag, open_board

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("board")]
AGENCY = "/agencies/a"


@dataclass
class Known:
    """What the tests know of the small agency's week and a quick rota of it."""

    problem: Problem
    rota: Rota

    def free_move(self, carers: int) -> tuple[Visit, int]:
        """A Monday visit and by how many minutes it can move with the carers that it has."""
        for visit in self.problem.visits:
            legs = self.rota.of_visit(visit.id)
            if visit.day != 0 or visit.carers != carers or not legs:
                continue
            for minutes in (15, -15, 30, -30, 10, -10):
                start = round((legs[0].start + minutes) / 5) * 5
                moved = place(self.rota, visit, [leg.carer for leg in legs], start, self.problem)
                if start != legs[0].start and verdict(self.rota, moved, self.problem).light is not Light.RED:
                    return visit, minutes
        raise AssertionError(f"no Monday visit of {carers} can move")


@pytest.fixture(scope="module")
def known():
    problem = load(SMALL, START)
    return Known(problem, solve(problem, iterations=600, seed=1, workers=1, exact=False).rota)


@pytest.fixture(scope="module")
def clerk(desk):
    """A colleague, through the API; the small agency's data is there."""
    person = Person(desk, "olwen@example.org", base=desk.state.settings.url)
    made(person.post(f"{AGENCY}/imports?start={START}", files=small_files()))
    return person


@pytest.fixture
def draft(clerk, known):
    """A fresh draft: its id."""
    return made(clerk.post(f"{AGENCY}/rotas", rota_body(known.rota, "Week 48")))["id"]


def sent(page: Page, path: str = "/edits") -> list[Request]:
    """The changes that the page has sent, as they are sent."""
    found: list[Request] = []
    page.on(
        "request", lambda one: found.append(one) if one.method == "POST" and one.url.endswith(path) else None
    )
    return found


def kept(clerk, draft):
    return made(clerk.get(f"{AGENCY}/rotas/{draft}"))


def legs_of(clerk, draft, visit):
    return [leg for leg in kept(clerk, draft)["legs"] if leg["visit"] == visit.id]


def verdict_of(page):
    return page.locator("#verdict")


# -- dragging ---------------------------------------------------------------------------------------------------------


def test_a_double_up_that_is_chosen_moves_once(sit, clerk, draft, known):
    """vis drags both its bars: one of them is in the hand."""
    visit, minutes = known.free_move(carers=2)
    before = legs_of(clerk, draft, visit)
    page = open_board(sit(), draft)
    edits = sent(page)
    drag(page, visit.id, minutes=minutes)
    expect(verdict_of(page)).to_contain_text("The visit to")
    expect(page.locator("#undo")).to_be_enabled()
    after = legs_of(clerk, draft, visit)
    assert len(edits) == 1
    assert kept(clerk, draft)["version"] == 2
    assert [leg["carer"] for leg in after] == [leg["carer"] for leg in before]
    assert len({leg["start"] for leg in after}) == 1
    assert after[0]["start"] != before[0]["start"]


def test_a_bar_that_is_put_back_is_no_change(sit, clerk, draft, known):
    """One that begins on a mark of five minutes, where a drag ends."""
    leg = next(
        leg for leg in known.rota.legs
        if leg.start % 5 == 0 and leg.start < 1440 and known.problem.visit(leg.visit).carers == 1
    )  # fmt: skip
    page = open_board(sit(), draft)
    edits = sent(page)
    drag(page, leg.visit, known.problem.carer(leg.carer).name)
    page.wait_for_timeout(500)
    assert edits == []
    assert kept(clerk, draft)["version"] == 1


def test_what_a_colleague_does_meanwhile_is_not_drawn_under_the_pointer(sit, clerk, draft, known):
    """Another visit changes while one is in the hand: both changes stay. The same visit changes: what is dropped does
    not land, and the board says so."""
    visit, minutes = known.free_move(carers=1)
    other = next(v for v in known.problem.visits if v.day == 0 and v.carers == 1 and v.id != visit.id)
    page = open_board(sit(), draft)

    def unassign(one, version):
        def now():
            made(
                clerk.post(
                    f"{AGENCY}/rotas/{draft}/edits", {"kind": "unassign", "visit": one.id}, version=version
                )
            )
            page.wait_for_timeout(4500)  # a look or more

        return now

    drag(page, visit.id, minutes=minutes, before_letting_go=unassign(other, 1))
    expect(verdict_of(page)).to_contain_text("The visit to")
    expect(bar_of(page, other.id)).to_have_count(0)
    assert kept(clerk, draft)["version"] == 3
    third = next(
        v for v in known.problem.visits if v.day == 0 and v.carers == 1 and v.id not in (visit.id, other.id)
    )
    edits = sent(page)

    def take_away_and_be_seen():
        made(clerk.post(f"{AGENCY}/rotas/{draft}/edits", {"kind": "unassign", "visit": third.id}, version=3))

    drag(page, third.id, minutes=10, before_letting_go=take_away_and_be_seen)
    expect(bar_of(page, third.id)).to_have_count(0)
    expect(page.locator("#left")).to_contain_text(known.problem.client(third.client).name)
    assert legs_of(clerk, draft, third) == []
    assert len(edits) <= 1


def touch(session, kind, *points):
    session.send(
        "Input.dispatchTouchEvent",
        {"type": kind, "touchPoints": [{"x": x, "y": y, "id": i} for i, (x, y) in enumerate(points)]},
    )


def test_a_swipe_moves_no_visit_and_a_cancelled_drag_leaves_the_board_alive(sit, clerk, draft, known):
    visit, _ = known.free_move(carers=1)
    page = open_board(sit(touch=True), draft)
    expect(page.locator(".vis-loading-screen")).to_be_hidden()
    edits = sent(page)
    session = page.context.new_cdp_session(page)
    bar = bar_of(page, visit.id)
    bar.scroll_into_view_if_needed()
    box = bar.bounding_box()
    x, y = box["x"] + 10, box["y"] + box["height"] / 2
    touch(session, "touchStart", (x, y))
    for step in range(1, 8):
        touch(session, "touchMove", (x + 10 * step, y))
    touch(session, "touchEnd")
    page.wait_for_timeout(500)
    assert edits == []
    box = bar_of(page, visit.id).bounding_box()
    x, y = box["x"] + 10, box["y"] + box["height"] / 2
    page.touchscreen.tap(x, y)
    expect(page.locator("#one")).to_contain_text(known.problem.client(visit.client).name)
    touch(session, "touchStart", (x, y))
    for step in range(1, 6):
        touch(session, "touchMove", (x + 10 * step, y))
        page.wait_for_timeout(50)
    touch(session, "touchCancel")
    page.wait_for_timeout(300)
    assert edits == []
    assert bar_of(page, visit.id).bounding_box()["x"] == pytest.approx(box["x"], abs=2)
    made(clerk.post(f"{AGENCY}/rotas/{draft}/edits", {"kind": "unassign", "visit": visit.id}, version=1))
    expect(verdict_of(page)).to_contain_text("Somebody else changed the rota")


# -- a poor network ---------------------------------------------------------------------------------------------------


def test_a_look_that_fails_is_told_once_and_taken_back(sit, draft):
    seat = sit()
    page = open_board(seat, draft)
    page.route("**/board", lambda route: route.abort())
    expect(verdict_of(page)).to_have_text("No connection to the desk; the board may be old.")
    page.unroute("**/board")
    expect(verdict_of(page)).to_have_text("The desk answers again; the board shows how the rota is now.")
    seat.complaints.clear()


def test_a_change_whose_answer_is_lost_may_have_been_saved(sit, clerk, draft, known):
    visit, _ = known.free_move(carers=1)
    seat = sit()
    page = open_board(seat, draft)

    def lose(route):
        route.fetch()
        route.abort()

    page.route("**/edits", lose)
    bar_of(page, visit.id).click()
    page.locator("#one").get_by_role("button", name="Take away").click()
    expect(verdict_of(page)).to_contain_text("it may have been saved all the same")
    expect(verdict_of(page)).to_contain_text(
        "The desk answers again"
    )  # and nobody else is said to have done it
    expect(bar_of(page, visit.id)).to_have_count(0)
    assert legs_of(clerk, draft, visit) == []
    seat.complaints.clear()


def test_a_button_pressed_twice_is_one_change(sit, clerk, draft, known):
    visit, _ = known.free_move(carers=1)
    page = open_board(sit(), draft)
    edits = sent(page)
    bar_of(page, visit.id).click()
    page.route("**/edits", lambda route: (page.wait_for_timeout(300), route.continue_()))
    page.locator("#one").get_by_role("button", name="Lock").dblclick()
    expect(page.locator("#one").get_by_role("button", name="Unlock")).to_be_visible()
    assert len(edits) == 1
    assert kept(clerk, draft)["version"] == 2


# -- where one is -----------------------------------------------------------------------------------------------------


def test_focus_and_what_is_read_stay_when_the_board_is_drawn_anew(sit, clerk, draft, known):
    visit, _ = known.free_move(carers=1)
    other = next(v for v in known.problem.visits if v.day == 0 and v.id != visit.id and v.carers == 1)
    page = open_board(sit(), draft)
    page.get_by_role("radio", name="Table").check()
    name = page.locator(f'[data-key="table name {visit.id}"]')
    name.focus()
    page.keyboard.press("Enter")
    expect(name).to_be_focused()
    expect(page.locator(f'[data-key="row {visit.id}"]')).to_have_class("chosen")
    page.locator("#one").get_by_role("button", name="Why?").click()
    expect(page.locator("#one .why")).to_be_visible()
    name.focus()
    made(clerk.post(f"{AGENCY}/rotas/{draft}/edits", {"kind": "unassign", "visit": other.id}, version=1))
    expect(verdict_of(page)).to_contain_text("Somebody else changed the rota")
    expect(page.locator(f'[data-key="row {other.id}"]')).to_contain_text("nobody")
    expect(name).to_be_focused()
    expect(page.locator("#one .why")).to_be_visible()


def test_reasons_of_one_visit_never_stand_under_another(sit, draft, known):
    visit, _ = known.free_move(carers=1)
    other = next(
        v
        for v in known.problem.visits
        if v.day == 0 and v.client != visit.client and known.rota.of_visit(v.id)
    )
    page = open_board(sit(), draft)
    held = []
    page.route("**/explanations?*", lambda route: held.append(route))
    bar_of(page, visit.id).click()
    page.locator("#one").get_by_role("button", name="Why?").click()
    page.get_by_role("radio", name="Table").check()
    page.locator(f'[data-key="table name {other.id}"]').click()
    with page.expect_response("**/explanations?*"):
        held[0].continue_()
    page.wait_for_timeout(300)
    expect(page.locator("#one")).to_contain_text(known.problem.client(other.client).name)
    expect(page.locator("#one .why")).to_have_count(0)


def test_the_way_back_leads_to_the_same_day(sit, draft, known):
    seat = sit()
    page = open_board(seat, draft)
    page.locator("#day").select_option("2")
    page.locator("#area").select_option(index=1)
    area = page.locator("#area").input_value()
    seat.go("/a/a")
    page = open_board(seat, draft)
    assert page.locator("#day").input_value() == "2"
    assert page.locator("#area").input_value() == area


def test_a_draft_that_is_published_meanwhile_is_shown_as_that(sit, clerk, draft):
    page = open_board(sit(), draft)
    made(clerk.post(f"{AGENCY}/rotas/{draft}/publish", {}, version=1))
    expect(page.locator("h1")).to_contain_text("published no.")
    expect(page.locator("#undo")).to_have_count(0)


def test_a_board_of_before_one_signed_in_again_is_loaded_anew(sit, clerk, draft, known):
    """In another tab, say, after the session had ended: its next change is refused, and the one after lands."""
    visit, _ = known.free_move(carers=1)
    seat = sit()
    page = open_board(seat, draft)
    other = page.context.new_page()
    page.route("**/board", lambda route: route.fulfill(status=304))  # (a look would lead to the sign-in page)
    page.context.clear_cookies()
    other.goto(seat.base + "/sign-in")
    other.get_by_label("E-mail address").fill("mair@example.org")
    other.get_by_label("Password").fill(PASSWORD)
    other.get_by_role("button", name="Sign in").click()
    other.wait_for_url("**/a/**")
    page.unroute("**/board")
    bar_of(page, visit.id).click()
    with page.expect_navigation():
        page.locator("#one").get_by_role("button", name="Lock").click()
    page.wait_for_selector("#board[data-ready]")
    assert kept(clerk, draft)["version"] == 1
    bar_of(page, visit.id).click()
    page.locator("#one").get_by_role("button", name="Lock").click()
    expect(page.locator("#one").get_by_role("button", name="Unlock")).to_be_visible()
    assert kept(clerk, draft)["version"] == 2
    seat.complaints.clear()  # (the browser reports the refusal)
