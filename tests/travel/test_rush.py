"""Rush hour 07:30-09:30: ten minutes at other hours, thirteen in it, by the clock of a working day."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from scheduler.errors import DomainError
from scheduler.travel.base import Matrix
from scheduler.travel.rush import Spells, spells_of

NONE = np.zeros((2, 2), dtype=np.int32)


def ten(rush: int | None = 13) -> Matrix:
    def table(minutes: int) -> np.ndarray:
        return np.array([[0, minutes], [minutes, 0]], dtype=np.int32)

    return Matrix(table(10), NONE, None if rush is None else table(rush))


MORNING = Spells(((450, 570),))


@pytest.mark.parametrize(
    "leaving, minutes",
    [(449, 10), (450, 13), (500, 13), (567, 13), (568, 12), (569, 11), (570, 10), (-5, 10), (99_999, 10)],
)
def test_what_a_journey_takes_at_each_minute(leaving: int, minutes: int):
    assert MORNING.way(ten(), 0, 1, leaving) == minutes


@pytest.mark.parametrize("rush", [None, 10, 13, 31])
def test_many_who_leave_together_take_what_each_would(rush: int | None):
    leaving = np.arange(400, 700).astype(np.float64) + 0.75
    one_by_one = [MORNING.way(ten(rush), 0, 1, int(minute)) for minute in leaving]
    assert np.broadcast_to(MORNING.ways(ten(rush), 0, 1, leaving), 300).tolist() == one_by_one


def test_nobody_who_leaves_later_arrives_earlier():
    arrivals = [minute + MORNING.way(ten(31), 0, 1, minute) for minute in range(400, 700)]
    assert arrivals == sorted(arrivals)


@pytest.mark.parametrize("rush", [10, 11, 13, 31, 140])
def test_leaving_in_time_is_leaving_as_late_as_one_can(rush: int):
    """For each minute of arrival, against all departures tried one by one."""
    matrix, spells = ten(rush), Spells(((450, 470), (472, 480)))
    for arriving in range(430, 650):
        latest = max(
            minute for minute in range(250, 650) if minute + spells.way(matrix, 0, 1, minute) <= arriving
        )
        assert arriving - spells.way_before(matrix, 0, 1, arriving) == latest, arriving


def test_the_kernels_clock_has_the_same_meaning():
    clock = MORNING.clock(1)
    assert clock.shape == (1440, 2)
    assert clock[449].tolist() == [0, 0]
    assert clock[450].tolist() == [0, 120]
    assert clock[569].tolist() == [119, 1]
    assert clock[570].tolist() == [0, 0]
    assert len(Spells().clock(7)) == 0


def test_working_days_only():
    """Monday 4 May 2026 is a bank holiday, the 9th and 10th are a weekend."""
    spells = spells_of([(960, 1110), (450, 570)], date(2026, 5, 4), 7, {date(2026, 5, 4)})
    assert [begin // 1440 for begin, _ in spells.spells] == [1, 1, 2, 2, 3, 3, 4, 4]
    assert spells.spells[0] == (1440 + 450, 1440 + 570)


def test_without_a_second_layer_all_hours_are_alike():
    assert MORNING.way(ten(None), 0, 1, 500) == MORNING.way_before(ten(None), 0, 1, 500) == 10


def test_spells_apart_and_never_quicker():
    with pytest.raises(DomainError, match="after the one before"):
        Spells(((450, 570), (570, 600)))
    with pytest.raises(DomainError, match="as long as at other hours"):
        ten(9)
