"""Jobs on Dask.distributed: a cluster of this machine's processors, bound to 127.0.0.1, or one that is there already.

A worker that is killed is replaced by its nanny, and the scheduler gives its job to another; results come back one by
one and are stored as they come.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from scenarios.run.jobs import Job, plan_one
from scenarios.run.pool import Heard
from scheduler.errors import CareroundError
from scheduler.problem import Problem

LOCAL = "local"
HOST = "127.0.0.1"
_MISSING = (
    "Clusters need the package distributed, which is not installed: pip install distributed, or leave "
    "--cluster out to use the processors of this machine."
)


def on_cluster(
    jobs: Sequence[Job], problems: Mapping[str, Problem], heard: Heard, address: str, workers: int
) -> None:
    """Run all jobs on the cluster at that address; LOCAL starts one here with so many workers."""
    with _client(address, workers) as client:
        from distributed import as_completed

        placed = {name: client.scatter(problem, hash=False) for name, problem in problems.items()}
        out = {client.submit(plan_one, placed[job.agency], job, key=job.key, pure=False): job for job in jobs}
        for future in as_completed(list(out)):
            job = out.pop(future)
            heard(job, _answer(future))
            future.release()


def _answer(future: Any) -> Any:
    from distributed.scheduler import KilledWorker

    try:
        return future.result()
    except CareroundError as error:
        return error
    except KilledWorker as error:
        return CareroundError(f"Its worker was killed again and again ({error}); is there enough memory?")


@contextmanager
def _client(address: str, workers: int) -> Iterator[Any]:
    try:
        from distributed import Client, LocalCluster
    except ImportError as error:
        raise CareroundError(_MISSING) from error
    logging.getLogger("distributed").setLevel(
        logging.CRITICAL
    )  # a killed worker is no news: its job is run again
    if address != LOCAL:
        try:
            with Client(address, timeout="10s") as client:
                yield client
        except OSError as error:
            raise CareroundError(
                f"No Dask scheduler answers at {address} ({error}): start one, or use --cluster {LOCAL}."
            ) from error
        return
    with (
        LocalCluster(
            n_workers=workers, threads_per_worker=1, host=HOST, dashboard_address=None, memory_limit=0,
            silence_logs=logging.CRITICAL,
        ) as cluster,
        Client(cluster) as client,
    ):  # fmt: skip
        yield client
