"""The board in Chromium: from the click on its link until it can be used, by a browser that has seen nothing before."""

from __future__ import annotations

import time
from pathlib import Path

from benchmarks.desk.asked import Rota
from benchmarks.desk.server import Person
from benchmarks.desk.times import Times

CHROMIUM = Path("/usr/bin/chromium")
READY = "#board[data-ready]"


def usable(person: Person, rota: Rota, base: str, repeats: int) -> Times | None:
    """Milliseconds until the board's script says that it is ready; None where there is no Chromium."""
    if not CHROMIUM.exists():
        return None
    from playwright.sync_api import sync_playwright

    times = Times()
    with sync_playwright() as started:
        browser = started.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"]
        )
        for number in range(repeats + 1):
            context = browser.new_context(viewport={"width": 1440, "height": 900})
            cookie = person.client.cookies["careround"]
            context.add_cookies([{"name": "careround", "value": cookie, "url": base}])
            page = context.new_page()
            begun = time.perf_counter()
            page.goto(base + rota.page, wait_until="commit")
            page.wait_for_selector(READY, state="attached")
            if number:  # the first one starts the browser's own processes
                times.ms.append((time.perf_counter() - begun) * 1000)
            context.close()
        browser.close()
    return times
