"""The recipe: what is to be planned, what is stored already, the rest in parallel, everything stored as it finishes."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scenarios.run.jobs import Job, Outcome
from scenarios.run.pool import in_processes
from scenarios.run.progress import Progress
from scenarios.run.store import Store
from scheduler.errors import CareroundError
from scheduler.problem import Problem


@dataclass(frozen=True, slots=True)
class Machine:
    """Where jobs run: so many processes here, or a Dask cluster ('local' or an address)."""

    workers: int = os.cpu_count() or 1
    cluster: str | None = None


def run_all(
    jobs: Sequence[Job], problems: Mapping[str, Problem], store: Store, machine: Machine
) -> list[Outcome]:
    """The outcomes of all jobs in their order, those stored before among them. Ctrl-C keeps what has finished. Jobs
    that failed are told of together, after all others are done."""
    missing = store.missing(jobs)
    progress = Progress(len(jobs), len(jobs) - len(missing), sys.stderr)
    failed: list[str] = []

    def heard(job: Job, answer: Outcome | CareroundError) -> None:
        if isinstance(answer, CareroundError):
            failed.append(f"{job.agency}, {job.scenario}, {job.reading.words}, seed {job.seed}: {answer}")
        else:
            store.keep(answer)
        progress.one_more()

    if missing:
        _warm()
        try:
            if machine.cluster is None:
                in_processes(missing, problems, heard, machine.workers)
            else:
                from scenarios.run.cluster import on_cluster

                on_cluster(missing, problems, heard, machine.cluster, machine.workers)
        finally:
            progress.close()
    if failed:
        raise CareroundError("\n".join([*failed, f"{len(failed)} runs failed; all others are kept."]))
    return [found for job in jobs if (found := store.of(job)) is not None]


def _warm() -> None:
    """Compile the search once, before several processes would do so side by side."""
    from scheduler.solve.warm import warm_up

    warm_up(lambda line: print(f"{line} ...", file=sys.stderr))
