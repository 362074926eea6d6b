"""Split spells: Aled lives 20 min from Mary and 30 from Nia, who is 10 min from her; home and back takes 50 min."""

from __future__ import annotations

import pytest

from scheduler.rules.split_spells import SplitSpells
from tests.builders import a_carer, a_client, a_leg, a_problem, a_rota, a_shift, a_visit, found, minute, told

CLIENTS = [a_client("mary"), a_client("nia", x=10)]
SHIFTS = [
    a_shift("aled", "07:00", "12:00"),
    a_shift("aled", "12:20", "20:00"),
    a_shift("aled", "Tue 07:00", "Tue 12:00"),
]


def findings(second, shifts=SHIFTS, **more):
    """Mary until 11:30, and Nia from `second` on."""
    visits = [a_visit("one", "11:00"), a_visit("two", minute(second), "nia")]
    problem = a_problem(visits, [a_carer(x=-20)], CLIENTS, shifts, **more)
    return found(SplitSpells(), a_rota(a_leg("one", start="11:00"), a_leg("two", start=second)), problem)


@pytest.mark.parametrize("second", ["12:20", "12:21"])
def test_with_time_for_home_and_back_there_is_nothing_to_say(second):
    assert findings(second) == []


def test_a_minute_less_is_told_with_its_cure():
    shifts = [SHIFTS[0], a_shift("aled", "12:19", "20:00")]
    (finding,) = findings("12:19", shifts)
    assert (finding.amount, finding.carer, finding.day, finding.price) == (1, "aled", 0, 0)
    assert finding.sentence == (
        "Aled has 49 min between two spells on Monday, 11:30-12:19, and home and back takes 50 min: the travel between "
        "them may count as work by law; see whether the two spells can be one."
    )


def test_what_happened_today_cuts_shifts_and_makes_no_spells():
    shifts = [SHIFTS[0], a_shift("aled", "12:19", "20:00")]
    assert findings("12:19", shifts, now=minute("11:40")) == []


def test_within_one_spell_and_from_one_day_to_the_next_it_is_no_matter():
    assert findings("12:00", [a_shift("aled")]) == []
    assert findings("Tue 07:00", [a_shift("aled"), SHIFTS[2]]) == []


def test_a_note_asks_nothing_of_the_solver():
    assert told(SplitSpells(), a_problem([a_visit()], [a_carer()])) == []
