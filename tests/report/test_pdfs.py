"""Many PDFs at once: those of one process and of several are the same."""

from __future__ import annotations

import signal
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

import pytest

from scheduler.errors import OutputError
from scheduler.report import pdfs
from scheduler.report.pdf import to_pdf
from scheduler.report.pdfs import to_pdfs


def pages(count: int) -> dict[str, str]:
    return {
        f"{i}.pdf": f"<!DOCTYPE html><html lang='en-GB'><title>{i}</title><p>Page {i}</p></html>"
        for i in range(count)
    }


@pytest.mark.parametrize("processes", [1, 2])
def test_each_page_is_made_and_counted_whoever_shares_the_work(processes):
    counted: list[tuple[int, int]] = []
    found = to_pdfs(pages(5), lambda done, of: counted.append((done, of)), processes)
    assert found == {name: to_pdf(page) for name, page in pages(5).items()}
    assert counted == [(i, 5) for i in range(1, 6)]


def test_few_pages_start_no_other_process(monkeypatch):
    monkeypatch.setattr(pdfs, "ProcessPoolExecutor", None)
    assert list(to_pdfs(pages(2))) == ["0.pdf", "1.pdf"]
    assert to_pdfs({}) == {}


def test_a_process_that_was_ended_has_a_cure(monkeypatch):
    class Broken(ProcessPoolExecutor):
        def map(self, *arguments, **choices):
            raise BrokenProcessPool

    monkeypatch.setattr(pdfs, "ProcessPoolExecutor", Broken)
    with pytest.raises(OutputError, match="--no-pdf"):
        to_pdfs(pages(2), processes=2)


def test_processes_are_born_deaf_to_ctrl_c_which_we_hear_again(monkeypatch):
    """Else each that has not finished starting dies with a traceback of its own."""
    blocked = []

    class Heard(ProcessPoolExecutor):
        def map(self, *arguments, **choices):
            blocked.append(signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ()))
            return super().map(*arguments, **choices)

    monkeypatch.setattr(pdfs, "ProcessPoolExecutor", Heard)
    to_pdfs(pages(2), processes=2)
    assert blocked == [True]
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())
