"""The coordinator's desk in Chromium: a coordinator's day, with nothing asked of any other host."""

from __future__ import annotations

import re
import socket
import threading
import time
from dataclasses import dataclass, field

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Request, expect

from api.app import create_app
from api.database.models import Agency, Membership, Role, User
from api.database.tenancy import for_everything
from api.security.passwords import hash_password
from api.settings import Settings
from scheduler.intake.load import load
from scheduler.solve import solve
from scheduler.units import clock
from scheduler.verdict import Light, candidates, place, verdict
from tests.api.conftest import SMALL, START, rota_body, small_files
from tests.api.people import PASSWORD, Person, made
from tests.browser.conftest import SIZES

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("desk")]
SERIOUS = ("serious", "critical")


@dataclass
class Seat:
    """A browser that is signed in, and what its pages did that they should not."""

    page: Page
    base: str
    complaints: list[str] = field(default_factory=list)

    def go(self, path: str) -> Page:
        self.page.goto(self.base + path)
        return self.page

    def listen(self) -> None:
        """Note requests to other hosts, and what the page says on its console."""

        def asked(request: Request) -> None:
            if not request.url.startswith((self.base, "data:")):
                self.complaints.append(request.url)

        def said(message: ConsoleMessage) -> None:
            if message.type in ("error", "warning"):
                self.complaints.append(message.text)

        self.page.on("request", asked)
        self.page.on("console", said)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))


@pytest.fixture(scope="module")
def problem():
    """The small agency's week."""
    return load(SMALL, START)


@pytest.fixture(scope="module")
def planned(problem):
    """A quick rota of it."""
    return solve(problem, iterations=600, seed=1, workers=1, exact=False).rota


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A server with one agency that has no data yet, and two people."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    path = tmp_path_factory.mktemp("desk") / "desk.sqlite"
    app = create_app(Settings(database=f"sqlite:///{path}", port=port, sign_ins_per_minute=1000, workers=1))
    with for_everything(app.state.engine, "tests", writes=True) as session:
        session.add(Agency(id="a", name="Valley Care"))
        for name, role, carer in (
            ("mair", Role.MANAGER, None),
            ("olwen", Role.MANAGER, None),
            ("efa", Role.CARER, "K01"),
        ):
            kept = hash_password(PASSWORD, "")
            session.add(
                User(id=name, email=f"{name}@example.org", name=name.capitalize(), password_hash=kept)
            )
            session.flush()
            session.add(Membership(user_id=name, agency_id="a", role=role, carer=carer))
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_config=None, access_log=False))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield app
    server.should_exit = True
    thread.join(20)


@pytest.fixture(scope="module")
def clerk(desk):
    """The same desk through its API."""
    return Person(desk, "mair@example.org", base=desk.state.settings.url)


@pytest.fixture
def sit(browser, desk):
    """sit("mair") -> a Seat; at the end nothing may have been asked of others or complained of."""
    seats, contexts = [], []
    base = desk.state.settings.url

    def sit_down(name="mair", size="desktop"):
        width, height = SIZES[size]
        context = browser.new_context(viewport={"width": width, "height": height}, locale="en-GB")
        contexts.append(context)
        seat = Seat(context.new_page(), base)
        seats.append(seat)
        seat.listen()
        page = seat.go("/sign-in")
        page.get_by_label("E-mail address").fill(f"{name}@example.org")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/a/a**")
        return seat

    yield sit_down
    for context in contexts:
        context.close()
    # What the server refuses on purpose (409, 412) the browser reports as a failed load.
    told = [c for seat in seats for c in seat.complaints if not re.search(r"status of (409|412|422)", c)]
    assert told == []


@pytest.fixture(scope="module")
def data(clerk):
    """The small agency's data is there."""
    made(clerk.post(f"/agencies/a/imports?start={START}", files=small_files()))


@pytest.fixture
def draft(clerk, data, planned):
    """A fresh draft: its id."""
    return made(clerk.post("/agencies/a/rotas", rota_body(planned, "Week 48")))["id"]


def open_board(seat, draft):
    page = seat.go(f"/a/a/rotas/{draft}")
    page.wait_for_selector("#board[data-ready]")
    return page


def bar_of(page, visit):
    """The visit's bar on the board."""
    return page.locator(f'.vis-item.visit[data-visit="{visit}"]').first


def drag(page, visit, carer=None, minutes=0):
    """Drag a visit to another carer's line or another time."""
    page.locator(".vis-label").first.scroll_into_view_if_needed()
    bar = bar_of(page, visit)
    bar.scroll_into_view_if_needed()
    bar.click()
    page.wait_for_timeout(150)
    box = bar.bounding_box()
    whole = page.locator(".vis-panel.vis-center").bounding_box()
    x, y = box["x"] + min(box["width"] / 2, 12), box["y"] + box["height"] / 2
    dx = minutes * whole["width"] / (1350 - 390)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + dx, y, steps=6)
    for _ in range(
        3 if carer is not None else 0
    ):  # lines that the visit passes over grow and push the others down
        row = page.locator(".vis-label", has=page.get_by_role("link", name=carer, exact=True)).bounding_box()
        page.mouse.move(x + dx, row["y"] + row["height"] / 2, steps=6)
        page.wait_for_timeout(150)
    page.wait_for_timeout(400)
    page.mouse.up()


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
    expect(page.locator("#price")).to_contain_text("£", timeout=60_000)
    page.get_by_role("button", name="Stop and keep the best").click()
    page.get_by_role("link", name="Open the rota").click(timeout=60_000)
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
    button = page.locator("#rows").get_by_role("button", name=f"Move the visit to {name}").first
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
    page.get_by_role("link", name="Open the rota").click(timeout=60_000)
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
    expect(olwen.locator("#verdict")).to_contain_text("Somebody else changed the rota", timeout=10_000)
    expect(bar_of(olwen, visit.id)).to_have_count(0)
    expect(olwen.locator("#left")).to_contain_text(problem.client(visit.client).name)
    assert made(clerk.get(f"/agencies/a/rotas/{draft}"))["version"] == 2


@pytest.fixture
def other(clerk, data, problem):
    """Another rota of the same week: its id."""
    rota = solve(problem, iterations=600, seed=2, workers=1, exact=False).rota
    return made(clerk.post("/agencies/a/rotas", rota_body(rota, "Planned again")))["id"]


def test_changes_are_ticked_together_by_keyboard_and_taken(sit, draft, other, clerk):
    """What needs others ticks them, the check answers, and the draft that results has those changes and no more."""
    offered = made(clerk.get(f"/agencies/a/rotas/{other}/offer?into={draft}"))["changes"]

    def light(visits):
        body = {"visits": visits, "into": draft}
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
    page.locator("#rows tr", has_text="two carers").first.get_by_role("button", name="Move the visit").click()
    expect(page.locator("#move-told")).to_contain_text(re.compile("leading carer|Nobody"), timeout=15_000)
    page.get_by_label("Second carer").check()
    expect(page.locator("#move-told")).to_contain_text(re.compile("second carer|Nobody"), timeout=15_000)


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_a_carers_own_page(sit, draft, clerk, planned, problem, size):
    made(clerk.post(f"/agencies/a/rotas/{draft}/publish", {}, version=1))
    page = sit("efa", size).page
    expect(page.locator("h1")).to_have_text("My rounds")
    expect(page.locator(".mine li")).to_have_count(len(planned.legs_by_carer["K01"]))
    found = Axe().run(page).response["violations"]
    assert [one["id"] for one in found if one["impact"] in SERIOUS] == []
    assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


PAGES = ("/a/a", "/a/a/settings", "/a/a/audit", "/a/a/rotas/{draft}", "/a/a/rotas/{draft}/publish",
         "/a/a/rotas/{draft}/changes", "/a/a/rotas/{draft}/measures", "/a/a/rotas/{draft}/clients/{client}",
         "/a/a/rotas/{draft}/carers/{carer}", "/a/a/rotas/{draft}/compare?into={other}", "/a/a/people",
         "/a/a/people/client/{client}", "/a/a/people/carer/{carer}", "/nothing")  # fmt: skip


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_no_page_has_a_serious_fault_of_access(sit, draft, problem, other, size):
    seat = sit(size=size)
    faults = {}
    for path in PAGES:
        page = seat.go(
            path.format(draft=draft, other=other, client=problem.clients[0].id, carer=problem.carers[0].id)
        )
        if path.endswith("{draft}"):
            page.wait_for_selector("#board[data-ready]")
        found = Axe().run(page).response["violations"]
        faults[path] = [
            (one["id"], one["nodes"][0]["html"][:120]) for one in found if one["impact"] in SERIOUS
        ]
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        assert not wide, path
    seat.complaints[:] = [c for c in seat.complaints if "404" not in c]
    assert {path: told for path, told in faults.items() if told} == {}
