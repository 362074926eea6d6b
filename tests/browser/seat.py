"""Somebody in front of the desk: a browser that is signed in, and what they do on the board."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Request

SERIOUS = ("serious", "critical")
PICTURES = os.environ.get("CAREROUND_PICTURES", "")
"""A folder for pictures of what the tests see, for whoever wants to look."""


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


def open_board(seat, draft):
    page = seat.go(f"/a/a/rotas/{draft}")
    page.wait_for_selector("#board[data-ready]")
    return page


def bar_of(page, visit):
    """The visit's bar on the board."""
    return page.locator(f'.vis-item.visit[data-visit="{visit}"]').first


def drag(page, visit, carer=None, minutes=0, before_letting_go=None):
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
    if before_letting_go is not None:
        before_letting_go()
    page.mouse.up()


def require_accessible(page):
    """axe-core finds nothing serious on the page as it is now, what is written on a button begins its name (who says it
    aloud is understood: WCAG 2.5.3), and it is not wider than its window."""
    found = Axe().run(page).response["violations"]
    told = [(one["id"], one["nodes"][0]["html"][:120]) for one in found if one["impact"] in SERIOUS]
    assert told == [], page.url
    other = page.evaluate(
        """() => [...document.querySelectorAll("button[aria-label]")].filter(one => one.innerText.trim())
            .filter(one => !one.ariaLabel.startsWith(one.innerText.trim())).map(one => one.outerHTML)"""
    )
    assert other == [], page.url
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    assert not wide, page.url


def picture(page, name):
    """The whole page as it is now, where somebody asked for pictures."""
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)
        # After a picture of more than the window Chromium loses the next click, until the window has had another size.
        size = page.viewport_size
        page.set_viewport_size({**size, "height": size["height"] + 1})
        page.set_viewport_size(size)
