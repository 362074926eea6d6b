"""What tests of a day share: when events are told, how people travel, and how the day and its proposals are read."""

from __future__ import annotations

import pytest

from scheduler.check import check
from scheduler.errors import InputError
from scheduler.repair import propose
from scheduler.travel.minutes import ModeFactors
from tests.builders import minute

SEVEN, EIGHT = minute("07:00"), minute("08:00")
MODES = {mode: ModeFactors(0.1, 1.0, 0) for mode in ("car", "motorcycle", "bicycle", "foot")}


def refused(run, *events):
    """The sentences with which these events are refused."""
    with pytest.raises(InputError) as error:
        run(*events)
    return [fault.problem for fault in error.value.faults]


def spells(day, carer):
    """When the carer is there on Monday."""
    return [(s.start, s.end) for s in day.problem.shifts_of(carer) if s.day == 0]


def ways(day, **changes):
    """The proposals of a short search."""
    return list(propose(day, **{"iterations": 80, "workers": 1, **changes}))


def nothing_hard(day, proposal):
    """Neither by its own report nor by the checker's."""
    assert proposal.report.hard == ()
    assert check(proposal.rota, day.problem).hard == ()
