"""A coordinator's day in one go, in Chromium: from the workbook to the second publication, by mouse and for real."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

import scenarios
from api.desk.tables import Upload, as_workbook, read_files
from tests.api.conftest import START
from tests.api.people import Person, made
from tests.browser.seat import bar_of, drag, require_accessible

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("desk")]
TALL = {"width": 1440, "height": 4000}
"""A window in which the board shows the lines of all carers: which of them a visit can go to is the search's luck."""
PATIENCE = 600_000
"""A plan gives way to all else: where other tests have the processors it gets a tenth of one."""
DEMO = Path(scenarios.__file__).parent / "agencies" / "demo"


@pytest.fixture(scope="module")
def workbook(tmp_path_factory):
    """The demo agency as a coordinator has it: one workbook."""
    files = [Upload(path.name, path.read_bytes()) for path in sorted(DEMO.glob("*.csv"))]
    path = tmp_path_factory.mktemp("workbook") / "demo.xlsx"
    path.write_bytes(as_workbook(read_files(files, START).tables))
    return path


@pytest.fixture(scope="module")
def gwen(desk):
    """The demo agency's manager through the API."""
    return Person(desk, "gwen@example.org", base=desk.state.settings.url)


def five(leg):
    """The start where a drag straight up or down ends: the board snaps to five minutes. (Day one of the rota.)"""
    hour, minute = map(int, leg["start"][-5:].split(":"))
    snapped = round((hour * 60 + minute) / 5) * 5
    return f"{leg['start'][:11]}{snapped // 60:02}:{snapped % 60:02}"


def a_dear_move(gwen, rota):
    """A visit of the first day, the name of the carer who has it, and the dearest one of those to whom it can be
    dragged."""
    carers = made(gwen.get(f"/agencies/demo/rotas/{rota}/board"))["carers"]
    names = {carer["id"]: carer["name"] for carer in carers}
    legs: dict[str, list[dict[str, str]]] = {}
    for leg in made(gwen.get(f"/agencies/demo/rotas/{rota}"))["legs"]:
        if leg["start"].startswith(START.isoformat()):
            legs.setdefault(leg["visit"], []).append(leg)
    for visit, own in legs.items():
        if len(own) == 1 and own[0]["carer"] in names:
            start = five(own[0])
            if own[0]["start"][-5:] != start[-5:]:  # it could not be dragged back to where it was
                continue
            query = {"visit": visit, "start": start}
            ranked: list[dict[str, Any]] = made(
                gwen.get(f"/agencies/demo/rotas/{rota}/candidates", params=query)
            )
            dear = [
                one
                for one in ranked
                if one["verdict"]["light"] == "amber" and one["carer"] in names and one["start"] == start
            ]
            if dear:
                return visit, names[own[0]["carer"]], dear[-1]
    raise AssertionError("the plan leaves no such move")


def legs_of(gwen, rota, visit):
    legs = made(gwen.get(f"/agencies/demo/rotas/{rota}"))["legs"]
    return [(leg["carer"], leg["start"]) for leg in legs if leg["visit"] == visit]


def planned(page):
    """Live progress, then stop and keep the best: the id of the rota."""
    expect(page.locator("#price")).to_contain_text("\u00a3", timeout=PATIENCE)
    expect(page.locator("#curve polyline")).to_have_attribute("points", re.compile(r"\d"))
    page.get_by_role("button", name="Stop and keep the best").click()
    page.get_by_role("link", name="Open the rota").click(timeout=PATIENCE)
    page.wait_for_selector("#board[data-ready]")
    expect(page.locator("#sum-hard")).to_have_text("0")
    return page.url.rpartition("/")[2]


@pytest.mark.timeout(2400)
def test_a_day_at_the_desk(sit, gwen, workbook):
    seat = sit("gwen")
    page = seat.page
    page.set_viewport_size(TALL)
    page.get_by_label("A workbook, a JSON file").set_input_files(str(workbook))
    page.get_by_role("button", name="Import").click()
    expect(page.locator("#data")).to_contain_text("Version 1")
    page.get_by_label("First day").fill(START.isoformat())
    page.get_by_label("Minutes of search").fill("5")
    require_accessible(page)
    page.get_by_role("button", name="Plan", exact=True).click()
    rota = planned(page)
    require_accessible(page)

    visit, first, dear = a_dear_move(gwen, rota)
    drag(page, visit, dear["name"])
    expect(page.locator("#verdict")).to_have_class("light amber")
    expect(page.locator("#verdict")).to_contain_text(dear["name"])
    expect(page.locator("#verdict")).to_contain_text("more")
    assert [carer for carer, _ in legs_of(gwen, rota, visit)] == [dear["carer"]]
    drag(page, visit, first)  # back to who had it: that saves what the move has cost
    expect(page.locator("#verdict")).to_have_class("light green")
    expect(page.locator("#verdict")).to_contain_text(first)
    version = made(gwen.get(f"/agencies/demo/rotas/{rota}"))["version"]
    assert version == 3
    before = legs_of(gwen, rota, visit)
    drag(page, visit, minutes=300)
    expect(page.locator("#verdict")).to_have_class("light red")
    assert (legs_of(gwen, rota, visit), made(gwen.get(f"/agencies/demo/rotas/{rota}"))["version"]) == (
        before,
        3,
    )

    page.get_by_role("link", name="Publish ...").click()
    require_accessible(page)
    page.get_by_role("button", name="Publish").click()
    page.wait_for_selector("#board[data-ready]")
    expect(page.locator("h1")).to_contain_text("published no. 1")
    page.get_by_role("button", name="Make a draft of it").click()
    page.wait_for_selector("#board[data-ready]")
    bar_of(page, visit).click()
    page.locator("#one").get_by_role("button", name="Lock").click()
    expect(page.locator("#verdict")).to_contain_text("Locked")
    page.get_by_role("button", name="Plan again from here").click()
    require_accessible(page)
    again = planned(page)
    assert again != rota
    assert legs_of(gwen, again, visit) == before

    page.get_by_role("link", name="Publish ...").click()
    changes = made(gwen.get(f"/agencies/demo/rotas/{again}/changes"))
    expect(page.locator("h2").first).to_contain_text(f"against publication no. 1 ({len(changes)})")
    shown = page.locator("main li").all_inner_texts()
    assert changes
    assert shown[-len(changes) :] == [change["sentence"] for change in changes]
    page.get_by_role("button", name="Publish").click()
    page.wait_for_selector("#board[data-ready]")
    expect(page.locator("h1")).to_contain_text("published no. 2")
    bar_of(page, visit).click()
    page.locator("#one").get_by_role("link").first.click()
    expect(page.locator("main")).to_contain_text("may start")
    require_accessible(page)
