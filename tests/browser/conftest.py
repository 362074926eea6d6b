"""Pages in Debian's Chromium with the network cut: what they ask for outside their own file is told, and fails."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Page, expect, sync_playwright

from api import london
from api.app import create_app
from api.database.models import Agency, Membership, Role, User
from api.database.tenancy import for_everything
from api.security.passwords import hash_password
from api.settings import Settings
from tests.api.people import PASSWORD
from tests.browser.seat import Seat

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
expect.set_options(timeout=60_000)  # what a page waits for may be worked out on a busy machine
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


@pytest.fixture(autouse=True)
def friday_before(monkeypatch):
    """On the desk's clock it is the Friday before the week of these tests, whenever they run."""
    monkeypatch.setattr(london, "utc_now", lambda: datetime(2026, 11, 20, 9, 0, tzinfo=UTC))


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A server with two agencies that have no data yet, and two people in each; and a carer."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    path = tmp_path_factory.mktemp("desk") / "desk.sqlite"
    app = create_app(Settings(database=f"sqlite:///{path}", port=port, sign_ins_per_minute=1000, workers=1))
    with for_everything(app.state.engine, "tests", writes=True) as session:
        session.add_all([Agency(id="a", name="Valley Care"), Agency(id="demo", name="Demo Care")])
        session.flush()
        for name, agency, role, carer in (
            ("mair", "a", Role.MANAGER, None),
            ("olwen", "a", Role.MANAGER, None),
            ("efa", "a", Role.CARER, "K01"),
            ("gwen", "demo", Role.MANAGER, None),
            ("nia", "demo", Role.MANAGER, None),
        ):
            kept = hash_password(PASSWORD, "")
            session.add(
                User(id=name, email=f"{name}@example.org", name=name.capitalize(), password_hash=kept)
            )
            session.flush()
            session.add(Membership(user_id=name, agency_id=agency, role=role, carer=carer))
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_config=None, access_log=False))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield app
    server.should_exit = True
    thread.join(20)


@pytest.fixture
def sit(browser, desk):
    """sit("mair") -> a Seat; at the end nothing may have been asked of others or complained of."""
    seats, contexts = [], []
    base = desk.state.settings.url

    def sit_down(name="mair", size="desktop", touch=False):
        width, height = SIZES[size]
        context = browser.new_context(
            viewport={"width": width, "height": height}, locale="en-GB", has_touch=touch
        )
        contexts.append(context)
        seat = Seat(context.new_page(), base)
        seats.append(seat)
        seat.listen()
        page = seat.go("/sign-in")
        page.get_by_label("E-mail address").fill(f"{name}@example.org")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/a/**")
        return seat

    yield sit_down
    for context in contexts:
        context.close()
    # What the server refuses on purpose (409, 412) the browser reports as a failed load.
    told = [c for seat in seats for c in seat.complaints if not re.search(r"status of (409|412|422)", c)]
    assert told == []
