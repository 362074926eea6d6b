"""map.html and report.html as people open them: from a file, without a network, with mouse or keyboard, large or
small."""

from __future__ import annotations

import re

import pytest

from scheduler.report.map import save_map
from scheduler.report.page import Judged, to_page
from tests.builders import a_leg, a_problem, a_rota, a_visit
from tests.report.weeks import a_week, hostile_week

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture(scope="module")
def planned():
    return a_week(clients=20, carers=6, seed=2)


@pytest.fixture(scope="module")
def map_file(planned, tmp_path_factory):
    rota, problem = planned
    path = tmp_path_factory.mktemp("map") / "map.html"
    reasons = {visit.id: ["Everybody is busy."] for visit in rota.unallocated(problem)}
    save_map(rota, problem, path, reasons)
    return path


@pytest.fixture(scope="module")
def report_file(planned, tmp_path_factory):
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(to_page(Judged(*planned)), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def hostile_files(tmp_path_factory):
    rota, problem = hostile_week()
    folder = tmp_path_factory.mktemp("hostile")
    save_map(
        rota, problem, folder / "map.html", {v.id: ["<img src=x onerror=alert(1)>"] for v in problem.visits}
    )
    (folder / "report.html").write_text(to_page(Judged(rota, problem)), encoding="utf-8")
    return folder


def drawn(page):
    """What the map says that it draws, and the pixels of its canvas of stops."""
    status = page.locator("#status")
    counts = {
        name: int(status.get_attribute(f"data-{name}")) for name in ("stops", "carers", "missing", "rounds")
    }
    page.evaluate(
        "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )  # then it is painted
    return counts | {"pixels": page.evaluate("checks.painted().pixels")}


def legs_of(rota, problem, days, carers):
    return sum(
        problem.visit(leg.visit).day in days and problem.carer_index[leg.carer] in carers for leg in rota.legs
    )


@pytest.mark.parametrize("size", ["desktop", "phone"])
@pytest.mark.parametrize("name", ["map", "report"])
def test_a_page_asks_for_nothing_and_complains_of_nothing(open_page, map_file, report_file, name, size):
    opened = open_page(map_file if name == "map" else report_file, size)
    opened.page.wait_for_timeout(200)
    assert opened.asked == []
    assert opened.complaints == []
    assert not opened.page.evaluate("checks.tooWide()")


@pytest.mark.parametrize("size", ["desktop", "phone"])
@pytest.mark.parametrize("name", ["map", "report"])
def test_words_can_be_read_and_controls_have_names(open_page, map_file, report_file, name, size):
    page = open_page(map_file if name == "map" else report_file, size).page
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    assert page.evaluate("checks.poorContrast()") == []
    assert page.evaluate("checks.unnamed()") == []
    assert page.locator("html").get_attribute("lang") == "en-GB"


def test_the_map_opens_on_the_first_day_with_everybody(open_page, map_file, planned):
    rota, problem = planned
    now = drawn(open_page(map_file).page)
    assert now["stops"] == legs_of(rota, problem, {0}, set(range(6)))
    assert now["missing"] == sum(visit.day == 0 for visit in rota.unallocated(problem))


def test_a_visit_until_midnight_ends_on_its_own_day(open_page, tmp_path):
    problem = a_problem([a_visit("late", "Mon 23:00", minutes=60, slack=0)], days=1)
    save_map(a_rota(a_leg("late", start="Mon 23:00", minutes=60), days=1), problem, tmp_path / "map.html")
    page = open_page(tmp_path / "map.html").page
    assert "23:00\u201324:00" in page.text_content("#rounds")


def test_days_are_switched_on_and_off(open_page, map_file, planned):
    rota, problem = planned
    page = open_page(map_file).page
    monday = drawn(page)
    page.get_by_label("Tue 3 Nov").check()
    two = drawn(page)
    assert two["stops"] == legs_of(rota, problem, {0, 1}, set(range(6))) > monday["stops"]
    assert two["pixels"] > monday["pixels"]
    page.get_by_role("button", name="All days").click()
    assert drawn(page)["stops"] == len(rota.legs)
    assert drawn(page)["missing"] == len(rota.unallocated(problem))
    page.locator("#days").get_by_role("button", name="None").click()
    assert drawn(page) == {"stops": 0, "carers": 0, "missing": 0, "rounds": 0, "pixels": 0}


def test_carers_are_switched_on_and_off(open_page, map_file, planned):
    rota, problem = planned
    page = open_page(map_file).page
    page.get_by_role("button", name="All days").click()
    page.get_by_label("Unallocated visits").uncheck()
    before = drawn(page)
    name = problem.carers[2].name
    page.get_by_label(name, exact=True).uncheck()
    without = drawn(page)
    assert without["stops"] == legs_of(rota, problem, set(range(7)), {0, 1, 3, 4, 5}) < before["stops"]
    assert without["pixels"] < before["pixels"]
    page.get_by_role("button", name=f"Only {name}").click()
    assert drawn(page)["stops"] == legs_of(rota, problem, set(range(7)), {2})
    page.locator("#carers").get_by_role("button", name="None").click()
    assert drawn(page)["stops"] == 0


def test_the_keyboard_does_what_the_mouse_does(open_page, map_file, planned):
    rota, problem = planned
    page = open_page(map_file).page
    page.get_by_label("Tue 3 Nov").focus()
    page.keyboard.press("Space")
    assert drawn(page)["stops"] == legs_of(rota, problem, {0, 1}, set(range(6)))
    page.get_by_role("button", name=f"Only {problem.carers[0].name}").focus()
    page.keyboard.press("Enter")
    page.locator("#rounds summary").press("Enter")
    page.locator("#rounds button").first.press("Enter")
    assert f"{problem.carers[0].name}, visit 1 of" in page.locator(".leaflet-popup").inner_text()


def test_a_stop_tells_its_time_and_length_when_clicked(open_page, planned, tmp_path):
    rota, problem = planned
    one = rota.only_carers([problem.carers[1].id])
    save_map(one, problem, tmp_path / "one.html")
    page = open_page(tmp_path / "one.html").page
    page.get_by_label("Unallocated visits").uncheck()
    page.get_by_label("Carers\u2019 homes").uncheck()
    lowest = page.evaluate("checks.painted()")
    page.mouse.click(lowest["x"], lowest["y"] - 6)
    words = page.locator(".leaflet-popup").inner_text()
    assert re.search(r"(Mon 2|Tue 3) Nov, \d\d:\d\d.\d\d:\d\d \(\d+ min\)", words)
    assert problem.carers[1].name in words


def test_unallocated_visits_give_their_reasons(open_page, map_file, planned):
    rota, problem = planned
    page = open_page(map_file).page
    page.get_by_role("button", name="All days").click()
    page.locator("#missing summary").click()
    assert page.locator("#missing li").count() == len(rota.unallocated(problem))
    page.locator("#missing button").first.click()
    assert "Everybody is busy." in page.locator(".leaflet-popup").inner_text()


def test_a_carer_is_found_by_name(open_page, map_file, planned):
    page = open_page(map_file).page
    page.get_by_label("Find a carer").fill(planned[1].carers[3].name[:6].upper())
    shown = page.locator("#carers li:visible")
    assert shown.count() == 1
    assert planned[1].carers[3].name in shown.inner_text()


def test_on_a_phone_the_choices_open_and_close(open_page, map_file):
    page = open_page(map_file, "phone", has_touch=True).page
    assert not page.get_by_label("Tue 3 Nov").is_visible()
    page.get_by_role("button", name="Choose days and carers").tap()
    page.get_by_label("Tue 3 Nov").tap()
    assert drawn(page)["stops"] > 0
    assert page.locator("#open").get_attribute("aria-expanded") == "true"
    page.get_by_role("button", name="Choose days and carers").tap()
    assert not page.get_by_label("Tue 3 Nov").is_visible()


@pytest.mark.parametrize("name", ["map.html", "report.html"])
def test_names_cannot_become_code(open_page, hostile_files, name):
    opened = open_page(hostile_files / name)
    page = opened.page
    if name == "map.html":
        page.get_by_role("button", name="All days").click()
        page.locator("#missing summary").click()
        page.locator("#missing button").first.click()
        assert "<img src=x onerror=alert(1)>" in page.locator(".leaflet-popup").inner_text()
    assert page.locator("img").count() == 0
    assert opened.asked == []
    assert opened.complaints == []


def test_a_branch_is_drawn_without_a_wait(open_page, tmp_path):
    rota, problem = a_week(clients=135, carers=50)
    save_map(rota, problem, tmp_path / "map.html")
    page = open_page(tmp_path / "map.html").page
    took = page.evaluate("checks.took('[data-all=day]')")
    assert drawn(page)["stops"] == len(rota.legs)
    assert took < 10_000
