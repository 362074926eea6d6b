"""Leftovers where no clock ends the work: so much for all of them together, and the same again each time."""

from __future__ import annotations

import math

import pytest

from scheduler.solve import leftovers
from scheduler.solve.allowance import ASKING, Allowance
from scheduler.solve.core import Reasons, minimal
from scheduler.solve.exact.listening import never
from scheduler.solve.leftovers import place_leftovers
from scheduler.solve.model import encode
from scheduler.solve.placing import Placing
from tests.solve.judge import Engine
from tests.solve.test_core import corners
from tests.solve.variety import a_varied_problem, calm


def test_a_question_counts_though_it_was_answered_at_once():
    allowance = Allowance(1.0)
    assert (allowance.part(6.0), allowance.part(0.2)) == (0.5, 0.2)
    allowance.spend(0.0)
    assert allowance.left == 1.0 - ASKING
    allowance.spend(1.0)
    assert allowance.is_used_up
    assert not Allowance().is_used_up


def said(placing: Placing) -> tuple[object, ...]:
    """Everything but the identity of the rota."""
    return placing.rota.legs, placing.placed, placing.proofs


@pytest.fixture
def left_over():
    """A week planned in haste, and how long CP-SAT was allowed to think about each visit without anybody."""
    problem = calm(a_varied_problem(7))
    return encode(problem), Engine(problem, seed=7).plan(100)


@pytest.mark.parametrize("seconds", [math.inf, 600.0])
def test_no_more_than_the_allowance_unless_a_clock_ends_it(left_over, monkeypatch, seconds):
    model, rota = left_over
    spent = []
    monkeypatch.setattr(Allowance, "spend", lambda self, effort: spent.append(max(ASKING, effort)))
    everything = place_leftovers(model, rota, seconds=seconds)
    assert len(spent) > 4, "visits and reasons"
    monkeypatch.undo()
    for name in ("IN_ALL", "FOR_REASONS"):
        monkeypatch.setattr(leftovers, name, 2 * ASKING)
    little = place_leftovers(model, rota, seconds=seconds)
    if seconds == math.inf:
        assert len(little.proofs) + len(little.placed) < len(everything.proofs) + len(everything.placed)
        assert said(little) == said(place_leftovers(model, rota, seconds=seconds))
    else:
        assert said(little) == said(everything)


def test_reasons_end_with_the_allowance():
    around = next(
        around for seed in range(0, 24, 3) for around in corners(seed) if isinstance(minimal(around), Reasons)
    )
    allowance = Allowance(3 * ASKING)
    assert minimal(around, never, allowance) is None
    assert allowance.left < ASKING
