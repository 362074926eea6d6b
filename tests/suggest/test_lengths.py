"""Visits that take longer than planned: when that is evidence, and which length is then suggested."""

from __future__ import annotations

import pytest

from scheduler.delivered import Actual
from scheduler.notes import NoteKind, Voice
from scheduler.suggest import What
from scheduler.suggest.lengths import lengths
from tests.suggest.weeks import a_month, a_note, took

OVER, FITS = 41, 30
FAMILY = a_note(voice=Voice.FAMILY)


def suggested(actuals=(), notes=()):
    return list(lengths(a_month(), actuals, notes))


def test_nine_of_twelve_worked_by_hand():
    """Nine visits took 41 minutes and three 30: 45 minutes would have been enough in all twelve."""
    (one,) = suggested(took([OVER] * 9 + [FITS] * 3))
    assert (one.id, one.what, one.now, one.then) == ("length:mary", What.LENGTH, 30, 45)
    assert one.change == "Plan 45 minutes for the morning visit, not 30. Ask first who pays for the time."
    assert one.where == "visits, row mary: minutes 45"
    assert one.evidence == (
        "It took more than 5 minutes longer than planned in 9 of 12 recorded visits, and 41 minutes or more in half "
        "of them; 45 would have been enough in 12.",
    )


@pytest.mark.parametrize(
    "over, fits, evidence",
    [
        (9, 3, True),  # Wilson's one-sided 95 % interval of 9 in 12 begins at 0.51
        (8, 4, False),  # ... and that of 8 in 12 at 0.43
        (6, 0, True),
        (5, 0, False),  # five records alone say nothing
        (0, 12, False),
    ],
)
def test_alone_it_must_be_more_often_than_not_beyond_chance(over, fits, evidence):
    assert bool(suggested(took([OVER] * over + [FITS] * fits))) is evidence


@pytest.mark.parametrize("long, over", [(35, False), (36, True)])
def test_five_minutes_more_are_no_more(long, over):
    assert bool(suggested(took([long] * 12))) is over


@pytest.mark.parametrize(
    "over, fits, evidence", [(2, 1, True), (2, 0, False), (2, 2, False), (8, 4, True), (0, 3, False)]
)
def test_with_a_note_fewer_records_are_enough(over, fits, evidence):
    found = suggested(took([OVER] * over + [FITS] * fits), [FAMILY])
    assert bool(found) is evidence
    if evidence:
        assert found[0].evidence[-1] == "1 note says so (family)."


def test_three_in_four_visits_must_fit_not_the_longest():
    """Of twelve 90 and 61 minutes are outliers: 41 were enough in ten."""
    (one,) = suggested(took([OVER] * 10 + [61, 90]))
    assert one.then == 45


def test_two_people_say_how_long_it_takes():
    (one,) = suggested(notes=[a_note(minutes=42), a_note(voice=Voice.FAMILY, minutes=38)])
    assert (one.what, one.then) == (What.LENGTH, 45)
    assert one.evidence == ("2 notes say so (carer, family).",)


def test_two_people_who_do_not_say_how_long_ask_somebody_to_look():
    (one,) = suggested(notes=[a_note(), FAMILY])
    assert (one.what, one.id) == (What.LOOK, "look:mary")


@pytest.mark.parametrize(
    "notes",
    [
        [a_note(minutes=45), a_note(minutes=45, day=-1)],  # one carer twice
        [a_note(minutes=45)],
        [a_note(NoteKind.OTHER, minutes=45), FAMILY],  # one of them says something else
        [a_note(minutes=45, client="nan", plan="nan"), FAMILY],  # of another client
    ],
)
def test_one_voice_without_records_is_not_enough(notes):
    assert suggested(notes=notes) == []


def test_of_two_carers_the_one_who_stayed_longest_counts_and_missed_visits_do_not():
    shorter, missed = Actual("mary:0", "bethan", 480, 500), Actual("mary:9", "aled", None, None)
    rows = [*took([OVER] * 6), shorter, missed]
    (one,) = suggested(rows)
    assert "6 of 6 recorded" in one.evidence[0]
