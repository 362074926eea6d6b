"""Many pages as PDFs, on all cores: a letter takes a quarter of a second, an agency has hundreds."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context

from scheduler.errors import OutputError
from scheduler.report.pdf import to_pdf

FEW = 12
"""So many pages are made sooner here than other processes have started."""
MOST_PROCESSES = 8
CHUNK = 4
"""Pages that a process takes at a time."""
OnDone = Callable[[int, int], None]
"""Told how many of how many are done."""


def nobody(done: int, of: int) -> None:
    """For whoever does not want to know how many are done."""


def to_pdfs(
    pages: Mapping[str, str], on_done: OnDone = nobody, processes: int | None = None
) -> dict[str, bytes]:
    """Name -> PDF of each page (name -> complete HTML), the same as `to_pdf` gives. `processes` is how many share the
    work (default: by cores and pages). OutputError where PDFs cannot be made."""
    wanted = processes or (1 if len(pages) < FEW else min(MOST_PROCESSES, os.cpu_count() or 1))
    if wanted == 1:
        return dict(_counted(pages, map(to_pdf, pages.values()), on_done))
    # Ctrl-C reaches every process of a console: it is for us to hear, and they are told to end.
    deaf = (signal.SIGINT, signal.SIG_IGN)
    pool = ProcessPoolExecutor(wanted, get_context("spawn"), initializer=signal.signal, initargs=deaf)
    try:
        with _deaf_from_birth():
            made = pool.map(to_pdf, pages.values(), chunksize=CHUNK)
        return dict(_counted(pages, made, on_done))
    except BrokenProcessPool as error:
        raise OutputError(
            "A process that makes PDFs ended too soon, perhaps for want of memory: try again, or make the pages only "
            "(--no-pdf). A script of one's own needs `if __name__ == '__main__':` around what it does."
        ) from error
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


@contextmanager
def _deaf_from_birth() -> Iterator[None]:
    """Processes that start here do not hear Ctrl-C even before `initializer` has told them; we hear it afterwards."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _counted(pages: Mapping[str, str], made: Iterable[bytes], on_done: OnDone) -> Iterator[tuple[str, bytes]]:
    for done, (name, pdf) in enumerate(zip(pages, made, strict=True), start=1):
        on_done(done, len(pages))
        yield name, pdf
