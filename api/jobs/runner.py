"""The thread of the server that looks after the jobs: starts their processes, hears them, sees when one is gone."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
from dataclasses import dataclass

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from api.desk.queue import Claimed, beat, claim_next, give_back, give_back_lost
from api.jobs.work import DATABASE
from api.settings import Settings

log = logging.getLogger("careround.jobs")

EVERY = 0.3
BEATS = 10
"""Rounds between two heartbeats."""
GRACE = 5.0
KILLED = "The process that planned was killed."
STUDIES_AT_ONCE = 1
NOT_STARTED = "No process could be started for it: the machine has no room."


@dataclass
class _Running:
    claimed: Claimed
    process: subprocess.Popen[bytes]
    study: bool


class Runner:
    """Runs jobs until it is closed. A job that is running then is given back and begun again at the next start."""

    def __init__(self, engine: Engine, settings: Settings) -> None:
        self._engine = engine
        self._settings = settings
        self._running: list[_Running] = []
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="jobs", daemon=True)

    def start(self) -> None:
        """Begin."""
        give_back_lost(self._engine, starting=True)
        self._thread.start()

    def close(self) -> None:
        """End: no process outlives its server."""
        self._closing.set()
        self._thread.join(GRACE)
        for one in self._running:
            one.process.kill()
            one.process.wait()
            give_back(self._engine, one.claimed, "The server was stopped while this was planned.")

    def _run(self) -> None:
        round = 0
        while not self._closing.wait(EVERY):
            try:
                self._collect()
                if round % BEATS == 0:
                    beat(self._engine, [one.claimed for one in self._running])
                    give_back_lost(self._engine)
                self._start_next(self._settings.plans_at_once, study=False)
                self._start_next(STUDIES_AT_ONCE, study=True)
            except SQLAlchemyError as error:  # the database was away for a moment: the next round tries again
                log.error("jobs: %s", type(error).__name__)
            round += 1

    def _collect(self) -> None:
        for one in list(self._running):
            if one.process.poll() is not None:
                self._running.remove(one)
                # Where the end was written this finds nothing to give back.
                give_back(self._engine, one.claimed, KILLED)

    def _start_next(self, most: int, study: bool) -> None:
        if sum(1 for one in self._running if one.study == study) >= most:
            return
        claimed = claim_next(self._engine, most, study)
        if claimed is None:
            return
        command = [sys.executable, "-m", "api.jobs.work", claimed.job, claimed.claim]
        # By environment: a password in the address must not be seen in the list of processes.
        environment = os.environ | {DATABASE: self._settings.database}
        try:
            process = subprocess.Popen(command, env=environment)
        except (
            OSError
        ) as error:  # no memory or no more processes: the job waits for a better moment, or says so
            log.error("jobs: %s", type(error).__name__)
            give_back(self._engine, claimed, NOT_STARTED)
            return
        self._running.append(_Running(claimed, process, study))
