"""Finished runs on disk: each is a file of its own, written whole or not at all, so that a killed program, or a second
call, loses nothing and plans only what is missing."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from secrets import token_hex

from scenarios.run.jobs import Job, Outcome
from scheduler.errors import OutputError

RUNS = "runs"
MARK = "scenario.json"
"""The file that says that a folder is ours."""


class Store:
    """The folder of one command's results. OutputError where it holds something else."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.runs = out / RUNS
        if out.exists() and not out.is_dir():
            raise OutputError(f"{out} is a file: name a folder for the results.")
        if out.exists() and any(out.iterdir()) and not (out / MARK).is_file():
            raise OutputError(
                f"{out} holds something that no scenario run wrote: choose another folder, or empty it."
            )
        try:
            self.runs.mkdir(parents=True, exist_ok=True)
            self.write(MARK, json.dumps({"made_by": "careround scenario"}).encode())
        except OSError as error:
            raise OutputError(
                f"Nothing can be written into {out} ({error.strerror}): choose another folder."
            ) from error

    def write(self, name: str, content: bytes) -> Path:
        """A file, whole or not at all."""
        path = self.out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_name(f".{path.name}-{token_hex(4)}")
        try:
            with new.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            new.replace(path)
        finally:
            new.unlink(missing_ok=True)
        return path

    def keep(self, outcome: Outcome) -> None:
        """Store a finished run."""
        text = json.dumps(outcome, separators=(",", ":"), sort_keys=True)
        self.write(f"{RUNS}/{outcome['key']}.json", text.encode())

    def of(self, job: Job) -> Outcome | None:
        """The stored run of this job; None where there is none, or where it is not whole."""
        try:
            found = json.loads((self.runs / f"{job.key}.json").read_bytes())
        except (OSError, ValueError):
            return None
        return found if isinstance(found, dict) and found.get("key") == job.key else None

    def missing(self, jobs: Iterable[Job]) -> list[Job]:
        """The jobs that are still to be run."""
        return [job for job in jobs if self.of(job) is None]
