"""`careround serve` in a process of its own, on a database that is thrown away, and people who sign in there."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_urlsafe
from typing import Any

import httpx2

from benchmarks.results import ROOT
from scheduler.errors import CareroundError

V1 = "/api/v1"
PATIENCE = 120.0
MORE = {"CAREROUND_SIGN_INS_PER_MINUTE": "100000", "CAREROUND_REQUESTS_PER_MINUTE": "1000000"}
"""Everybody comes from one address here, in the same minute."""


class Person:
    """Somebody who is signed in."""

    def __init__(self, base: str, email: str, password: str) -> None:
        self.client = httpx2.Client(base_url=base, timeout=PATIENCE)
        csrf = self.ask("POST", "/session", json={"email": email, "password": password}).json()["csrf"]
        self.client.headers["X-CSRF-Token"] = csrf

    def ask(self, method: str, path: str, **more: Any) -> httpx2.Response:
        """The answer to a request of the API. Raises CareroundError where it is not what was asked for."""
        answer = self.client.request(method, V1 + path, **more)
        if answer.status_code >= 400:
            raise CareroundError(f"{method} {path}: {answer.status_code} {answer.text[:300]}")
        return answer


class Server:
    """A running desk; `manager` is its first user."""

    def __init__(self, base: str, password: str) -> None:
        self.base, self._password = base, password
        self.manager = Person(base, "manager@example.org", password)

    def people(self, agency: str, count: int) -> list[Person]:
        """So many coordinators of the agency, each with a session of the own."""
        return [self._join(agency, f"user{number}@example.org") for number in range(count)]

    def _join(self, agency: str, email: str) -> Person:
        link = self.manager.ask(
            "POST", f"/agencies/{agency}/invitations", json={"role": "coordinator"}
        ).json()
        secret = str(link["link"]).rpartition("/")[2]
        body = {"link": secret, "email": email, "name": "Somebody", "password": self._password}
        self.manager.ask("POST", "/accounts", json=body)
        return Person(self.base, email, self._password)


@contextmanager
def a_server(folder: Path, database: str) -> Iterator[Server]:
    """A desk that runs as long as the block does, on an SQLite file of the folder unless another database is named."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    password = token_urlsafe(16)
    user = {"CAREROUND_FIRST_USER": "manager@example.org", "CAREROUND_FIRST_PASSWORD": password}
    database = database or f"sqlite:///{folder}/desk.sqlite"
    command = [sys.executable, "-m", "scheduler", "serve", "--port", str(port), "--database", database]
    log = folder / "serve.log"
    with log.open("w", encoding="utf-8") as said:
        process = subprocess.Popen(command, cwd=ROOT, env=os.environ | user | MORE, stderr=said)
    try:
        base = f"http://127.0.0.1:{port}"
        _wait_for(base, process, log)
        yield Server(base, password)
    finally:
        process.terminate()
        process.wait()


def _wait_for(base: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < end:
        try:
            httpx2.get(f"{base}/sign-in")
            return
        except httpx2.TransportError:
            time.sleep(0.1)
    raise CareroundError(f"The desk did not start:\n{log.read_text(encoding='utf-8')[-2000:]}")
