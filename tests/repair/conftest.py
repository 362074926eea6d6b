"""Two small days, by hand: Aled and Bethan on Monday at eight, and a week in which Aled has Monday to himself."""

from __future__ import annotations

import pytest

from scheduler.repair import Event, begin, take_in
from tests.builders import (
    a_carer,
    a_client,
    a_leg,
    a_problem,
    a_rota,
    a_shift,
    a_visit,
    some_settings,
)
from tests.repair.day import EIGHT, MODES


@pytest.fixture
def problem():
    """Mary at 07:00, 09:00 and Tuesday 09:00, Nan at 12:00; both carers from 06:00 to 14:00 on Monday."""
    visits = [
        a_visit("early", "07:00"),
        a_visit("nine", "09:00"),
        a_visit("noon", "12:00", "nan"),
        a_visit("tuesday", "Tue 09:00"),
    ]
    shifts = [
        a_shift(carer, f"{day}06:00", f"{day}14:00") for carer in ("aled", "bethan") for day in ("", "Tue ")
    ]
    return a_problem(
        visits,
        [a_carer("aled"), a_carer("bethan")],
        clients=[a_client("mary", 51, -3), a_client("nan", 51, -2)],
        shifts=shifts,
        settings=some_settings(modes=MODES),
    )


@pytest.fixture
def rota():
    """Aled does Monday, Bethan Tuesday."""
    return a_rota(
        a_leg("early", "aled", "07:00"),
        a_leg("nine", "aled", "09:00"),
        a_leg("noon", "aled", "12:00"),
        a_leg("tuesday", "bethan", "Tue 09:00"),
    )


@pytest.fixture
def happened(problem, rota):
    """The day after some events, each heard of at 08:00 unless it says otherwise."""

    def run(*events, now=None):
        told = [Event(**{"at": EIGHT, **event}) for event in events]
        return take_in(begin(problem, rota, 0), told, now)

    return run


@pytest.fixture
def week():
    """Four visits on Monday by Aled, one on Tuesday by Bethan, who is there on Monday too."""
    visits = [a_visit(f"at {hour}", f"{hour:02}:00", f"client {hour}") for hour in (6, 8, 10, 12)]
    visits.append(a_visit("tuesday", "Tue 08:00"))
    shifts = [a_shift(c, f"{d}05:00", f"{d}15:00") for c in ("aled", "bethan", "carys") for d in ("", "Tue ")]
    problem = a_problem(visits, [a_carer(c) for c in ("aled", "bethan", "carys")], shifts=shifts)
    legs = [a_leg(f"at {hour}", "aled", f"{hour:02}:00") for hour in (6, 8, 10, 12)]
    return problem, a_rota(*legs, a_leg("tuesday", "bethan", "Tue 08:00"))
