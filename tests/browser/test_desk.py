"""The coordinator's desk in Chromium: a coordinator's day, with nothing asked of any other host."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Route, expect

from scheduler.intake.load import load
from scheduler.solve import solve
from scheduler.units import clock
from scheduler.verdict import RANKED, Light, candidates, place, verdict
from tests.api.conftest import SMALL, START, rota_body, small_files
from tests.api.people import Person, made
from tests.browser.seat import bar_of, drag, open_board, picture, require_accessible

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("desk")]


@pytest.fixture(scope="module")
def problem():
    """The small agency's week."""
    return load(SMALL, START)


@pytest.fixture(scope="module")
def planned(problem):
    """A quick rota of it."""
    return solve(problem, iterations=600, seed=1, workers=1, exact=False).rota


@pytest.fixture(scope="module")
def clerk(desk):
    """The same desk through its API."""
    return Person(desk, "mair@example.org", base=desk.state.settings.url)


@pytest.fixture(scope="module")
def data(clerk):
    """The small agency's data is there."""
    made(clerk.post(f"/agencies/a/imports?start={START}", files=small_files()))


@pytest.fixture
def draft(clerk, data, planned):
    """A fresh draft: its id."""
    return made(clerk.post("/agencies/a/rotas", rota_body(planned, "Week 48")))["id"]


@pytest.fixture(scope="module")
def movable(planned, problem):
    """A Monday visit that can go to another carer at its own time, with that carer and the verdict."""
    for visit in problem.visits:
        legs = planned.of_visit(visit.id)
        if visit.carers == 1 and visit.day == 0 and legs and legs[0].start % 5 == 0:
            for one in candidates(visit, planned, problem, at=legs[0].start):
                return visit, legs[0], one
    # The search seldom starts on a five-minute mark: then the nearest one is where a drag ends.
    for visit in problem.visits:
        legs = planned.of_visit(visit.id)
        if visit.carers == 1 and visit.day == 0 and legs:
            at = round(legs[0].start / 5) * 5
            for one in candidates(visit, planned, problem, at=at):
                return visit, legs[0], one
    raise AssertionError("the quick rota leaves nobody free")


def test_import_plan_watch_stop_and_open(sit, tmp_path, clerk):
    seat = sit()
    page = seat.page
    page.get_by_label("A workbook, a JSON file").set_input_files(
        [str(path) for path in sorted(SMALL.glob("*.csv"))]
    )
    page.get_by_role("button", name="Import").click()
    expect(page.locator("#data")).to_contain_text("Version")
    page.get_by_label("First day").fill(START.isoformat())
    page.get_by_label("Minutes of search").fill("5")
    page.get_by_role("button", name="Plan", exact=True).click()
    expect(page.locator("#price")).to_contain_text("£", timeout=240_000)
    page.get_by_role("button", name="Stop and keep the best").click()
    page.get_by_role("link", name="Open the rota").click(timeout=240_000)
    page.wait_for_selector("#board[data-ready]")
    expect(page.locator("#sum-hard")).to_have_text("0")


def test_a_visit_is_dragged_to_another_carer_and_back_by_undo(sit, draft, movable, problem, clerk):
    visit, leg, one = movable
    page = open_board(sit(), draft)
    drag(page, visit.id, problem.carer(one.carer).name)
    expect(page.locator("#verdict")).to_contain_text(problem.carer(one.carer).name)
    assert page.locator("#verdict").get_attribute("class") == f"light {one.verdict.light}"
    legs = [x for x in made(clerk.get(f"/agencies/a/rotas/{draft}"))["legs"] if x["visit"] == visit.id]
    assert [x["carer"] for x in legs] == [one.carer]
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#verdict")).to_contain_text("Undone")
    legs = [x for x in made(clerk.get(f"/agencies/a/rotas/{draft}"))["legs"] if x["visit"] == visit.id]
    assert [x["carer"] for x in legs] == [leg.carer]


def test_what_breaks_a_rule_does_not_land_and_says_why(sit, draft, movable, planned, problem, clerk):
    visit, leg, _ = movable
    page = open_board(sit(), draft)
    drag(page, visit.id, minutes=300)
    expect(page.locator("#verdict")).to_have_class("light red")
    expect(page.locator("#verdict")).to_contain_text("window")
    assert made(clerk.get(f"/agencies/a/rotas/{draft}"))["version"] == 1
    moved = place(planned, visit, [leg.carer], leg.start + 300, problem)
    assert verdict(planned, moved, problem).light is Light.RED


def test_by_keyboard_alone(sit, draft, movable, problem, clerk):
    """The table view, "Move to ...", the first of the ranked carers: no mouse."""
    visit, _, _ = movable
    page = open_board(sit(), draft)
    page.get_by_role("radio", name="Board").focus()
    page.keyboard.press("ArrowRight")
    name = problem.client(visit.client).name
    page.get_by_label("Client or carer").focus()
    page.keyboard.type(name)
    button = page.locator("#rows").get_by_role("button", name=f"Move to ...: the visit to {name}").first
    button.focus()
    page.keyboard.press("Enter")
    first = page.locator("#move-list button").first
    expect(first).to_be_focused(timeout=15_000)
    page.keyboard.press("Enter")
    expect(page.locator("#verdict")).to_contain_text(f"The visit to {name}")
    assert made(clerk.get(f"/agencies/a/rotas/{draft}"))["version"] == 2


def test_lock_plan_around_it_publish_and_see_the_difference(sit, draft, movable, problem, clerk):
    visit, leg, _ = movable
    seat = sit()
    page = open_board(seat, draft)
    bar_of(page, visit.id).click()
    page.locator("#one").get_by_role("button", name="Lock").click()
    expect(page.locator("#verdict")).to_contain_text("Locked")
    plan = {"start": START.isoformat(), "iterations": 200, "from_rota": draft, "name": "Again"}
    id = made(clerk.post("/agencies/a/plans", plan))["id"]
    page = seat.go(f"/a/a/plans/{id}")
    page.get_by_role("link", name="Open the rota").click(timeout=240_000)
    page.wait_for_selector("#board[data-ready]")
    again = page.url.rpartition("/")[2]
    kept = [x for x in made(clerk.get(f"/agencies/a/rotas/{again}"))["legs"] if x["visit"] == visit.id]
    assert [(x["carer"], x["start"][-5:], x["locked"]) for x in kept] == [(leg.carer, clock(leg.start), True)]
    page = seat.go(f"/a/a/rotas/{draft}/publish")
    page.get_by_label("Notes for the carers").fill("First week.")
    page.get_by_role("button", name="Publish").click()
    page.wait_for_selector("#board[data-ready]")
    expect(page.locator("h1")).to_contain_text("published no.")
    changes = made(clerk.get(f"/agencies/a/rotas/{again}/changes"))
    page = seat.go(f"/a/a/rotas/{again}/publish")
    expect(page.locator("h2")).to_contain_text(f"({len(changes)})")
    if changes:
        expect(page.locator("main")).to_contain_text(changes[0]["sentence"])


def test_two_people_see_each_others_changes_and_overwrite_nothing(sit, draft, movable, problem, clerk):
    visit, _, _ = movable
    mair, olwen = open_board(sit("mair"), draft), open_board(sit("olwen"), draft)
    bar_of(mair, visit.id).click()
    mair.locator("#one").get_by_role("button", name="Take away").click()
    expect(mair.locator("#verdict")).to_contain_text("has nobody")
    expect(olwen.locator("#verdict")).to_contain_text("Somebody else changed the rota")
    expect(bar_of(olwen, visit.id)).to_have_count(0)
    expect(olwen.locator("#left")).to_contain_text(problem.client(visit.client).name)
    assert made(clerk.get(f"/agencies/a/rotas/{draft}"))["version"] == 2


def test_ones_own_change_is_not_told_as_somebody_elses(sit, draft, movable):
    """The page looks every few seconds; a look that was asked before the change and is answered after it."""
    visit, _, _ = movable
    page = open_board(sit(), draft)
    late: list[Route] = []

    def hold(route):
        if route.request.headers.get("x-background") and not late:
            late.append(route)
        else:
            route.continue_()

    page.route("**/board", hold)
    with page.expect_request("**/board", timeout=30_000):
        pass  # the look begins
    bar_of(page, visit.id).click()
    page.locator("#one").get_by_role("button", name="Take away").click()
    expect(page.locator("#verdict")).to_contain_text("has nobody")
    own = page.locator("#verdict").inner_text()
    with page.expect_response(lambda answer: answer.request == late[0].request):
        late[0].continue_()
    page.evaluate("() => new Promise(done => setTimeout(done, 200))")
    assert page.locator("#verdict").inner_text() == own


def test_undo_asks_before_a_colleagues_change_goes(sit, draft, movable, clerk):
    visit, _, _ = movable
    made(clerk.post(f"/agencies/a/rotas/{draft}/edits", {"kind": "lock", "visit": visit.id}, version=1))
    page = open_board(sit("olwen"), draft)
    asked = []

    def answer(dialog):
        asked.append(dialog.message)
        if len(asked) == 1:
            dialog.dismiss()
        else:
            dialog.accept()

    page.on("dialog", answer)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#verdict")).to_have_class("light red")
    expect(page.locator("#verdict")).to_contain_text("by Mair, not by you")
    assert made(clerk.get(f"/agencies/a/rotas/{draft}"))["version"] == 2
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#verdict")).to_contain_text("Undone")
    assert len(asked) == 2
    assert "Locked the visit" in asked[1]


def test_looking_for_news_says_that_nobody_did_anything(sit, draft):
    """Else a board that is left open would keep its session for ever."""
    page = open_board(sit(), draft)
    with page.expect_request(re.compile("/board$")) as asked:
        pass
    assert asked.value.headers["x-background"] == "yes"
    assert asked.value.headers["if-none-match"]


@pytest.fixture
def other(clerk, data, problem):
    """Another rota of the same week: its id."""
    rota = solve(problem, iterations=600, seed=2, workers=1, exact=False).rota
    return made(clerk.post("/agencies/a/rotas", rota_body(rota, "Planned again")))["id"]


def test_changes_are_ticked_together_by_keyboard_and_taken(sit, draft, other, clerk):
    """What needs others ticks them, the check answers, and the draft that results has those changes and no more."""
    offered = made(clerk.get(f"/agencies/a/rotas/{other}/offer?into={draft}"))["changes"]

    def light(visits):
        body = {"visits": visits, "into": draft, "version": 1}
        return made(clerk.post(f"/agencies/a/rotas/{other}/take/verdict", body))["light"]

    one = next(x for x in offered if x["needs"] and light([x["visit"], *x["needs"]]) != "red")
    page = sit().go(f"/a/a/rotas/{other}/compare?into={draft}")
    expect(page.get_by_role("button", name="Tick all")).to_be_visible()
    page.locator(f'[name=visits][value="{one["visit"]}"]').focus()
    page.keyboard.press("Space")
    ticked = {box.get_attribute("value") for box in page.locator("[name=visits]:checked").all()}
    assert ticked == {one["visit"], *one["needs"]}
    expect(page.locator("#verdict")).to_contain_text(f"{len(ticked)} ticked")
    expect(page.locator("#verdict")).to_contain_text("no rule is broken")
    page.get_by_role("button", name="Take the ticked changes").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#board[data-ready]")
    new = page.url.rpartition("/")[2]
    made_of = made(clerk.get(f"/agencies/a/rotas/{new}/changes?since={draft}"))
    assert {change["visit"] for change in made_of} == ticked


def test_a_run_is_filtered_and_both_carers_of_a_double_up_are_ranked(sit, draft, planned, problem):
    page = open_board(sit(), draft)
    page.get_by_role("radio", name="Table").check()
    rows = page.locator("#rows tr")
    everything = rows.count()
    run = page.locator("#run option").nth(1).get_attribute("value")
    page.get_by_label("Run").select_option(run)
    assert 0 < rows.count() < everything
    page.get_by_label("Run").select_option("")
    page.locator("#rows tr", has_text="two carers").first.get_by_role("button", name="Move to ...").click()
    expect(page.locator("#move-told")).to_contain_text(re.compile("leading carer|Nobody"))
    page.get_by_label("Second carer").check()
    expect(page.locator("#move-told")).to_contain_text(re.compile("second carer|Nobody"))


def test_of_many_who_could_come_it_is_told_how_many_were_tried(sit, draft):
    """The server prices twelve; more may be free, and a pair may still break a rule that only the verdict sees."""
    page = open_board(sit(), draft)
    one = {"carer": "K01", "name": "Efa", "names": ["Efa"], "carers": ["K01"], "start": "2026-11-23T09:00"}
    told = {"minutes": 30, "known": 2, "verdict": {"light": "green", "price": 0, "broken": [], "reasons": []}}
    red = {"light": "red", "price": 0, "broken": ["Efa has no time."], "reasons": []}
    answers = [[one | told] * 11 + [one | told | {"verdict": red}], [one | told] * 3]
    page.route("**/candidates?*", lambda route: route.fulfill(json=answers[0]))
    page.get_by_role("radio", name="Table").check()
    page.locator("#rows button", has_text="Move to ...").first.click()
    expect(page.locator("#move-told")).to_contain_text(
        f"Of the {RANKED} tried first (known faces, then the nearest start) 11 could come", timeout=15_000
    )
    page.keyboard.press("Escape")
    answers.pop(0)
    page.locator("#rows button", has_text="Move to ...").first.click()
    expect(page.locator("#move-told")).to_have_text(re.compile("^3 could come"))


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_a_carers_own_page(sit, draft, clerk, planned, problem, size):
    made(clerk.post(f"/agencies/a/rotas/{draft}/publish", {}, version=1))
    page = sit("efa", size).page
    expect(page.locator("h1")).to_have_text("My rounds")
    expect(page.locator(".mine li")).to_have_count(len(planned.legs_by_carer["K01"]))
    require_accessible(page)


PAGES = ("/a/a", "/a/a/settings", "/a/a/audit", "/a/a/rotas/{draft}", "/a/a/rotas/{draft}/publish",
         "/a/a/rotas/{draft}/changes", "/a/a/rotas/{draft}/measures", "/a/a/rotas/{draft}/clients/{client}",
         "/a/a/rotas/{draft}/carers/{carer}", "/a/a/rotas/{draft}/compare?into={other}", "/a/a/people",
         "/a/a/people/client/{client}", "/a/a/people/carer/{carer}", "/nothing", "/account", "/a/a/members",
         "/a/a/measures", "/a/a/rotas/{draft}/fairness", "/a/a/rotas/{draft}/continuity", "/a/a/rotas/{draft}/pay",
         "/a/a/rotas/{draft}/clients/{client}/fund", "/a/a/rotas/{draft}/carers/{carer}/schedule",
         "/a/a/rotas/{draft}/carers/{carer}/pay")  # fmt: skip


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_no_page_has_a_serious_fault_of_access(sit, draft, problem, other, size):
    seat = sit(size=size)
    for path in PAGES:
        page = seat.go(
            path.format(draft=draft, other=other, client=problem.clients[0].id, carer=problem.carers[0].id)
        )
        if path.endswith("{draft}"):
            page.wait_for_selector("#board[data-ready]")
        require_accessible(page)
    seat.complaints[:] = [c for c in seat.complaints if "404" not in c]


def test_on_a_phone_the_boards_hours_can_be_read(sit, draft):
    page = open_board(sit(size="phone"), draft)
    page.get_by_role("radio", name="Board").check()
    hours = page.locator("#timeline .vis-time-axis .vis-text.vis-minor:not(.vis-measure)")
    expect(hours.last).to_be_visible()  # the board is hidden until it is drawn
    told = hours.all_inner_texts()
    assert len([one for one in told if re.fullmatch(r"\d\d:00", one)]) >= 2, told
    picture(page, "board-phone")


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_nor_has_what_opens_on_a_page(sit, draft, desk, clerk, size):
    """The table of the board, "Move to ...", a plan that is over, a link that makes an account, signing in."""
    seat = sit(size=size)
    page = open_board(seat, draft)
    page.get_by_role("radio", name="Table").check()
    require_accessible(page)
    page.locator("#rows button", has_text="Move to ...").first.click()
    expect(page.locator("#move-told")).not_to_contain_text("Trying")
    require_accessible(page)
    plan = made(clerk.post("/agencies/a/plans", {"start": START.isoformat(), "seconds": 60}))["id"]
    made(clerk.post(f"/agencies/a/plans/{plan}/stop"))
    require_accessible(seat.go(f"/a/a/plans/{plan}"))
    link = made(clerk.post("/agencies/a/invitations", {"role": "viewer"}))["link"]
    require_accessible(seat.go(link.removeprefix(desk.state.settings.url)))
    link = made(clerk.post("/agencies/a/members/olwen/password-link"))["link"]
    require_accessible(seat.go(link.removeprefix(desk.state.settings.url)))
    seat.page.context.clear_cookies()
    require_accessible(seat.go("/sign-in"))


def test_of_two_who_move_the_same_visit_the_second_is_told(sit, draft, movable, problem, clerk):
    """Olwen has the visit under her pointer while Mair takes it away. Her board stays as it is until she lets go,
    longer than it takes to look for news; then she is told, and nothing of Mair's is overwritten."""
    visit, _, one = movable
    mair, olwen = open_board(sit("mair"), draft), open_board(sit("olwen"), draft)

    def mair_is_first():
        bar_of(mair, visit.id).click()
        mair.locator("#one").get_by_role("button", name="Take away").click()
        expect(mair.locator("#verdict")).to_contain_text("has nobody")
        olwen.wait_for_timeout(5000)
        expect(bar_of(olwen, visit.id)).to_have_count(1)

    drag(olwen, visit.id, problem.carer(one.carer).name, before_letting_go=mair_is_first)
    expect(olwen.locator("#verdict")).to_contain_text("Somebody else changed this visit meanwhile")
    assert made(clerk.get(f"/agencies/a/rotas/{draft}"))["version"] == 2
    expect(bar_of(olwen, visit.id)).to_have_count(0)
