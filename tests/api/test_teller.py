"""What a plan that runs writes into the database: a new stage at once, everything else about once a second."""

from __future__ import annotations

from typing import Any, cast

from api.jobs import work
from scheduler.solve.options import Progress


def test_a_bound_that_rises_is_not_a_transaction_each_time(monkeypatch):
    """A tiny week is proved in every plan: CP-SAT tells hundreds of bounds in a second, and asks whether to stop."""
    written: list[str] = []

    def report(engine: object, claimed: object, stage: str, points: list[list[float]]) -> bool:
        written.append(stage)
        return False

    monkeypatch.setattr(work, "report", report)
    monkeypatch.setattr(work, "EVERY", 3600.0)
    teller = work.Teller(cast(Any, None), cast(Any, None), visits=10)
    teller.progress(Progress("planning core teams", 0.1))
    teller.progress(Progress("searching", 0.2, 100, 0, 10, 0.5))
    for bound in range(300):
        teller.progress(Progress("proving", 0.3, 100, bound=bound))
        assert not teller.stop()
    assert written == ["planning core teams", "searching", "proving"]

    monkeypatch.setattr(work, "EVERY", 0.0)
    teller.stop()
    assert written[3:] == ["proving"], "to be asked about a stop is no new stage"


def test_reasons_end_a_few_seconds_after_somebody_asked_for_a_stop(monkeypatch):
    """Where hundreds of visits are left over their reasons take minutes: the rota must not wait for all of them."""
    asked, now = [False], [100.0]
    monkeypatch.setattr(work, "report", lambda *told: asked[0])
    monkeypatch.setattr(work, "EVERY", 0.0)
    monkeypatch.setattr("api.jobs.work.time.monotonic", lambda: now[0])
    teller = work.Teller(cast(Any, None), cast(Any, None), visits=10)
    assert teller.go_on(0, 9)
    asked[0] = True
    assert teller.go_on(1, 9), "the most urgent ones get theirs"
    now[0] += work.PATIENCE + 0.1
    assert not teller.go_on(2, 9)
