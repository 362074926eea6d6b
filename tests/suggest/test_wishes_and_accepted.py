"""Wishes, all suggestions together, and the problem as it would be."""

from __future__ import annotations

from typing import Any

import pytest

from scheduler.domain import Link, Relation, Tie
from scheduler.notes import NoteKind, Voice
from scheduler.suggest import Suggestion, What, accepted, suggestions
from scheduler.suggest.wishes import wishes
from scheduler.units import DAY
from tests.suggest.weeks import a_month, a_note, took

LATER = a_note(NoteKind.OTHER_TIME, Voice.CLIENT, plan="mary", time=540)
FRIENDS = a_note(NoteKind.THRIVES, Voice.FAMILY, carer="bethan")


def test_another_time():
    (one,) = wishes(a_month(), [LATER])
    assert (one.id, one.now, one.then) == ("time:mary", 480, 540)
    assert one.change == "Plan the visit for 09:00, not 08:00; its window moves along."


def test_the_newest_wish_counts_and_one_that_is_met_is_none():
    met = a_note(NoteKind.OTHER_TIME, Voice.CLIENT, plan="mary", time=480, day=-1)
    assert list(wishes(a_month(), [met, LATER])) == []


def test_a_carer_with_whom_she_thrives():
    (one,) = wishes(a_month(), [FRIENDS])
    assert (one.id, one.change) == ("carer:mary:bethan", "Let Bethan come more often: they get on.")


@pytest.mark.parametrize(
    "relation, what",
    [(Relation.PREFER, []), (Relation.ONLY, []), (Relation.NEVER, [What.LOOK])],
)
def test_what_the_tables_say_already(relation, what):
    problem = a_month(ties=(Tie("mary", "bethan", relation),))
    assert [one.what for one in wishes(problem, [FRIENDS])] == what


def test_all_together_by_client():
    found = suggestions(a_month(), took([41] * 9, "nan"), [LATER, FRIENDS])
    assert [one.id for one in found] == ["carer:mary:bethan", "time:mary", "length:nan"]


def test_nothing_clocked_and_nothing_said():
    assert suggestions(a_month(), [], []) == ()


def change(what: What, **rest: Any) -> Suggestion:
    given: dict[str, Any] = {"client": "mary", "change": "", "where": "", "evidence": (), **rest}
    return Suggestion(what, **given)


def test_a_length_that_was_accepted():
    problem = a_month(links=(Link("mary:0", "nan:1", at_most=2000, offset=30),))
    then = accepted(problem, [change(What.LENGTH, plan="mary", now=30, then=45)])
    assert {(v.plan, v.commissioned) for v in then.visits} == {("mary", 45), ("nan", 30)}
    assert then.links[0].offset == 45  # the night begins when the visit ends


def test_a_time_that_was_accepted():
    then = accepted(a_month(), [change(What.TIME, plan="mary", now=480, then=540)])
    first = then.visit("mary:1")
    assert (first.earliest, first.preferred, first.latest) == (DAY + 510, DAY + 540, DAY + 570)


def test_a_window_stays_within_its_day():
    then = accepted(a_month(), [change(What.TIME, plan="mary", now=480, then=5)])
    assert then.visit("mary:1").earliest == DAY


def test_a_door_that_was_accepted_is_in_every_journey_there_and_in_no_other():
    problem = a_month()
    then = accepted(problem, [change(What.DOOR, client="nan", now=0, then=3)])
    was, now = problem.travel["car"].minutes, then.travel["car"].minutes
    assert now[0, 1] == was[0, 1] + 3
    assert (now[1, 0], now[1, 1]) == (was[1, 0], 0)
    assert then.client("nan").place.parking == 3
    again = accepted(then, [change(What.DOOR, client="nan", now=3, then=5)])
    assert again.travel["car"].minutes[0, 1] == was[0, 1] + 5


def test_a_carer_and_a_look():
    chosen = [change(What.CARER, carer="bethan"), change(What.LOOK)]
    assert accepted(a_month(), chosen).relation("mary", "bethan") is Relation.PREFER
