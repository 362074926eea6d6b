"""The line that says how many are done."""

from __future__ import annotations

from io import StringIO

from scheduler.cli.counting import counting


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_on_a_terminal_one_line_is_rewritten(monkeypatch):
    now = iter([0.0, 6.0, 6.1])
    monkeypatch.setattr("scheduler.cli.counting.time.monotonic", lambda: next(now))
    stream = Terminal()
    tell = counting(stream, "PDFs")
    tell(1, 2)
    tell(2, 2)
    first = "1 of 2 PDFs (Ctrl-C stops; nothing is written then)"
    assert stream.getvalue() == f"\r{first:<78}\r{'2 of 2 PDFs':<78}\n"


def test_elsewhere_a_line_now_and_then(monkeypatch):
    now = iter([0.0, 1.0, 6.0, 7.0])
    monkeypatch.setattr("scheduler.cli.counting.time.monotonic", lambda: next(now))
    stream = StringIO()
    tell = counting(stream, "PDFs")
    for done in (1, 2, 3, 4):
        tell(done, 4)
    assert stream.getvalue() == "2 of 4 PDFs (Ctrl-C stops; nothing is written then)\n"
