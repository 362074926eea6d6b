"""What an installation of the desk can choose: from the command line, and from the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scheduler.errors import CareroundError
from scheduler.intake.raw import MEGABYTE, MOST_BYTES

PREFIX = "CAREROUND_"
HOUR = 3600


def default_database() -> str:
    """An SQLite file in the folder in which the server is started."""
    return f"sqlite:///{Path('careround.sqlite').resolve()}"


@dataclass(frozen=True)
class Settings:
    """Times in seconds, sizes in bytes, rates a minute.

    `public_url` is how browsers reach the desk: when it is https, cookies are sent over https only. `plans_at_once`
    limits how many plans run side by side, `plans_per_agency` how many of one agency wait or run. Scenario runs, which
    take long, have limits of their own, so that no plan waits for them: `studies_per_agency` wait or run, one runs at a
    time, and is stopped after `longest_study` seconds: it can go on when others have had their turn.
    `sign_ins_per_minute` and `requests_per_minute` hold for one address, which a whole office may share: fifty open
    boards ask 750 times a minute; `calendars_per_minute` for one calendar link, or for one address that only guesses.
    They are counted in the memory of the one process that serves, and begin anew when it does; what a
    restart must not forget (the lock-out of an account) is in the database.
    """

    database: str
    host: str = "127.0.0.1"
    port: int = 8000
    public_url: str = ""
    first_user: str = ""
    first_password: str = ""
    idle: int = 8 * HOUR
    longest: int = 7 * 24 * HOUR
    link_lasts: int = 72 * HOUR
    sign_in_failures: int = 5
    lock_out: int = 15 * 60
    sign_ins_per_minute: int = 20
    requests_per_minute: int = 6000
    calendars_per_minute: int = 10
    largest_upload: int = MOST_BYTES + MEGABYTE
    plans_at_once: int = 1
    plans_per_agency: int = 3
    longest_plan: int = 1800
    studies_per_agency: int = 2
    longest_study: int = 4 * HOUR
    workers: int = 2

    @property
    def url(self) -> str:
        """How browsers reach the desk, without a slash at the end."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def secure(self) -> bool:
        """Do browsers come over https?"""
        return self.url.startswith("https://")

    @property
    def cookie(self) -> str:
        """The cookie's name: over https the browser itself keeps other hosts from setting it."""
        return "__Host-careround" if self.secure else "careround"


_TEXTS = ("database", "public_url", "first_user", "first_password")
_NUMBERS = ("plans_at_once", "plans_per_agency", "longest_plan", "studies_per_agency", "longest_study",
            "workers", "idle", "sign_ins_per_minute",
            "requests_per_minute")  # fmt: skip


def from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings with what the environment says: CAREROUND_DATABASE, CAREROUND_FIRST_USER and so on. Raises
    CareroundError for a number that is none."""
    found: dict[str, Any] = {"database": default_database()}
    for name in _TEXTS:
        if value := environment.get(PREFIX + name.upper(), ""):
            found[name] = value
    for name in _NUMBERS:
        if value := environment.get(PREFIX + name.upper(), ""):
            if not value.isdigit() or int(value) < 1:
                raise CareroundError(f"{PREFIX}{name.upper()} is {value!r}: give a whole number above 0.")
            found[name] = int(value)
    return Settings(**found)
