"""Pages in Debian's Chromium with the network cut: what they ask for outside their own file is told, and fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
CHECKS = Path(__file__).with_name("checks.js").read_text(encoding="utf-8")
SIZES = {"desktop": (1440, 900), "phone": (390, 844)}


@dataclass
class Opened:
    """A page, and what it did that it should not: asked for anything else, or complained."""

    page: Page
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def browser():
    if not CHROMIUM.exists():
        pytest.skip(f"There is no {CHROMIUM}: sudo apt-get install chromium")
    with sync_playwright() as started:
        launched = started.chromium.launch(executable_path=str(CHROMIUM), args=list(ARGUMENTS))
        yield launched
        launched.close()


@pytest.fixture
def open_page(browser) -> Iterator[Callable[..., Opened]]:
    """open_page(path, 'desktop' or 'phone') -> Opened."""
    contexts = []

    def open_it(path: Path, size: str = "desktop", **more) -> Opened:
        width, height = SIZES[size]
        context = browser.new_context(viewport={"width": width, "height": height}, offline=True, **more)
        contexts.append(context)
        page = context.new_page()
        opened = Opened(page)

        def route(request_route):
            url = request_route.request.url
            if url.startswith("file://"):
                request_route.continue_()
            else:
                opened.asked.append(url)
                request_route.abort()

        context.route("**/*", route)
        page.on(
            "request",
            lambda request: opened.asked.append(request.url) if request.url != path.as_uri() else None,
        )
        page.on("requestfailed", lambda request: opened.complaints.append(f"failed: {request.url}"))
        page.on("console", lambda message: opened.complaints.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: opened.complaints.append(str(error)))
        page.goto(path.as_uri())
        page.evaluate(CHECKS)
        return opened

    yield open_it
    for context in contexts:
        context.close()
