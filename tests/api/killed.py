"""`careround serve` as a process of its own that is killed and started again, and somebody who works with it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx2

from tests.api.people import PASSWORD, V1
from tests.api.served import free_port

USER = {"CAREROUND_FIRST_USER": "m@example.org", "CAREROUND_FIRST_PASSWORD": PASSWORD}
MORE = {"CAREROUND_PLANS_PER_AGENCY": "50", "CAREROUND_WORKERS": "1"}


class Server:
    """A server on that database."""

    def __init__(self, database: str) -> None:
        self.database = database
        self.port = free_port()
        self.client = httpx2.Client(base_url=f"http://127.0.0.1:{self.port}{V1}", timeout=120)
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and sign in."""
        command = [
            sys.executable,
            "-m",
            "scheduler",
            "serve",
            "--database",
            self.database,
            "--port",
            str(self.port),
        ]
        self.process = subprocess.Popen(command, env=os.environ | USER | MORE, stderr=subprocess.DEVNULL)
        end = time.monotonic() + 300
        while time.monotonic() < end and self.process.poll() is None:
            try:
                answer = self.client.post("/session", json={"email": "m@example.org", "password": PASSWORD})
                self.client.headers["X-CSRF-Token"] = answer.json()["csrf"]
                return
            except httpx2.TransportError:
                time.sleep(0.05)
        raise AssertionError("the server did not start")

    def kill(self) -> None:
        """kill -9."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def kill_worker(self) -> bool:
        """kill -9 of the process that plans; False if there is none (any more)."""
        assert self.process is not None
        workers = [pid for pid in _children(self.process.pid) if b"api.jobs.work" in _command(pid)]
        for pid in workers:
            os.kill(pid, signal.SIGKILL)
        return bool(workers)

    def ask(self, method: str, path: str, **more: Any) -> Any:
        """The answer; None if the server was killed before it came."""
        try:
            return self.client.request(method, path, **more)
        except httpx2.TransportError:
            return None


def _children(pid: int) -> list[int]:
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):  # a thread that ended meanwhile
            found += map(int, task.read_text().split())
    return found


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:  # it ended meanwhile
        return b""
