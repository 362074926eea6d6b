"""Doors and parking: journeys that run over wherever they come from, and only those without time to spare."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scheduler.delivered import Actual
from scheduler.notes import NoteKind, Voice
from scheduler.problem import Problem
from scheduler.suggest import What
from scheduler.suggest.journeys import doors, journeys
from scheduler.travel.minutes import ModeFactors
from scheduler.units import DAY
from tests.suggest.weeks import a_month, a_note


def a_way(day: int, minutes: int, left: int = 515, first: str = "mary", to: str = "nan") -> list[Actual]:
    """Aled leaves the first at 08:35, when by the plan there is no time to spare, and takes so long."""
    return [
        Actual(f"{first}:{day}", "aled", day * DAY + 480, day * DAY + left),
        Actual(f"{to}:{day}", "aled", day * DAY + left + minutes, day * DAY + left + minutes + 30),
    ]


def ways(*minutes: int) -> list[Actual]:
    return [row for day, long in enumerate(minutes) for row in a_way(day, long)]


def from_two(minutes: list[int]) -> tuple[Problem, list[Actual]]:
    """Nan's Tuesdays and so on come after Olwen, who lives ten minutes on the other side."""
    problem = a_month()
    visits = tuple(
        replace(v, client="olwen") if v.plan == "mary" and v.day % 2 else v for v in problem.visits
    )
    return problem.replace(visits=visits), ways(*minutes)


def test_three_minutes_more_in_eight_of_ten_worked_by_hand():
    """The way takes 10 minutes by the plan; eight journeys took 13 and two 10."""
    problem, rows = from_two([13] * 8 + [10] * 2)
    (one,) = doors(problem, rows, [], {})
    assert (one.id, one.what, one.now, one.then) == ("door:nan", What.DOOR, 0, 3)
    assert one.where == "clients, row nan: parking_minutes 3"
    assert one.change == "Plan for door and parking at this address: 3 minutes more."
    assert one.evidence == (
        "The way there took longer than planned in 8 of 10 journeys on which there was no time to spare; 3 minutes "
        "longer, or more, in half of them.",
    )


def test_six_minutes_not_three():
    problem, rows = from_two([13] * 8)
    factors = ModeFactors(seconds_per_metre=0.1, circuity=1.0, door_minutes=3)
    problem = problem.replace(settings=replace(problem.settings, modes={"car": factors}))
    (one,) = doors(problem, rows, [], {})
    assert one.change == "Plan for door and parking at this address: 6 minutes, not 3."


def test_what_the_door_takes_already_is_added_to():
    problem, rows = from_two([13] * 8)
    clients = tuple(
        replace(c, place=replace(c.place, parking=2)) if c.id == "nan" else c for c in problem.clients
    )
    (one,) = doors(problem.replace(clients=clients), rows, [], {})
    assert (one.now, one.then) == (2, 5)


@pytest.mark.parametrize("minutes, over", [(11, False), (12, True)])
def test_a_minute_is_the_clocks(minutes, over):
    problem, rows = from_two([minutes] * 8)
    assert bool(list(doors(problem, rows, [], {}))) is over


def test_from_one_address_it_may_be_the_road():
    (one,) = doors(a_month(), ways(*[13] * 8), [], {})
    assert (one.what, one.change) == (What.LOOK, "Look at the road: these journeys all came from Mary.")


@pytest.mark.parametrize("left, counts", [(509, False), (510, True)])
def test_only_journeys_without_time_to_spare_count(left, counts):
    """Nan is planned for 08:40 and ten minutes away: who leaves at 08:29 may take eleven."""
    found = list(journeys(a_month(), a_way(0, 13, left), {}))
    assert [way.over for way in found] == ([3] if counts else [])


def test_the_planned_start_counts_where_a_rota_says_it():
    assert list(journeys(a_month(), a_way(0, 13, 515), {"nan:0": 540})) == []
    assert len(list(journeys(a_month(), a_way(0, 13, 515), {"nan:0": 500}))) == 1


def test_a_break_on_the_way_is_no_journey():
    assert list(journeys(a_month(), a_way(0, 71), {})) == []
    assert len(list(journeys(a_month(), a_way(0, 70), {}))) == 1


def test_two_people_say_that_there_is_no_parking():
    notes = [
        a_note(NoteKind.PARKING, client="nan", minutes=4),
        a_note(NoteKind.TRAVEL, Voice.CLIENT, client="nan", minutes=4),
    ]
    (one,) = doors(a_month(), [], notes, {})
    assert (one.what, one.then) == (What.DOOR, 4)
    (look,) = doors(a_month(), [], [replace(note, minutes=None) for note in notes], {})
    assert look.what is What.LOOK
    assert list(doors(a_month(), [], notes[:1], {})) == []
