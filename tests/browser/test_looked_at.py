"""Every page of the desk is looked at by axe-core somewhere, letters too: a new one fails here until it is."""

from __future__ import annotations

import pytest

from api.web.pages import router
from scheduler.report.letters import VERSIONS
from tests.api.conftest import START, rota_body, small_files
from tests.api.people import Person, made
from tests.browser.seat import picture, require_accessible
from tests.browser.test_desk import PAGES, planned, problem

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("desk")]
__all__ = ["planned", "problem"]
ELSEWHERE = {
    "/sign-in": "test_desk", "/join/{secret}": "test_desk", "/password/{secret}": "test_desk",
    "/a/{agency}/plans/{plan}": "test_desk", "/a/{agency}/mine": "test_desk", "/a/{agency}/places": "test_places",
    "/a/{agency}/rotas/{rota}/today": "test_repair", "/a/{agency}/rotas/{rota}/who-could": "test_repair",
    "/a/{agency}/repairs/{repair}": "test_repair", "/a/{agency}/rotas/{rota}/tell": "test_repair",
    "/a/{agency}/scenarios": "test_scenarios", "/a/{agency}/scenarios/{study}": "test_scenarios",
    "/": "leads to another page",
}  # fmt: skip
"""Pages that need more than a draft, and where they are looked at."""


def test_every_page_is_looked_at():
    pages = {
        getattr(route, "path", "").replace(":path}", "}")
        for route in router.routes
        if "GET" in (getattr(route, "methods", None) or ())
    }
    looked = {
        path.partition("?")[0]
        .replace("/a/a", "/a/{agency}", 1)
        .replace("{draft}", "{rota}")
        .replace("people/client/{client}", "people/{kind}/{person}")
        for path in PAGES
    }
    assert pages - looked == set(ELSEWHERE), "look at it in PAGES of test_desk, or say where"


@pytest.mark.parametrize("version", VERSIONS)
def test_a_letter_can_be_read_by_everybody(sit, desk, planned, version):
    """(Its own policy lets no script run, axe's neither: the same text is looked at where scripts may run.)"""
    clerk = Person(desk, "mair@example.org", base=desk.state.settings.url)
    made(clerk.post(f"/agencies/a/imports?start={START}", files=small_files()))
    rota = made(clerk.post("/agencies/a/rotas", rota_body(planned)))["id"]
    client = planned.legs[0].visit.partition("-")[0]
    seat = sit()
    page = seat.go(f"/api/v1/agencies/a/rotas/{rota}/clients/{client}/letter.html?version={version}")
    picture(page, f"letter-{version}")
    copy = page.context.new_page()
    copy.set_content(page.request.get(page.url).text())
    require_accessible(copy)
