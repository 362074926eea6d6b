"""Events out of order, twice, contradictory, told again otherwise, or for what is done already."""

from __future__ import annotations

import pytest

from scheduler.errors import InputError
from scheduler.repair import Event, begin, take_in
from tests.builders import minute
from tests.repair.day import EIGHT, refused, spells


def test_events_out_of_order_are_taken_in_order_of_time(happened):
    first, then = (
        {"kind": "hospital_in", "client": "nan", "at": 490},
        {"kind": "hospital_out", "client": "nan", "at": 600},
    )
    day = happened(then, first)
    assert day.notes[0] == "The events were not in order of time; they were taken in that order."
    assert "noon" in day.problem.visit_index
    assert day.now == 600


def test_all_faults_at_once_and_what_nobody_knows(happened):
    told = refused(
        happened,
        {"kind": "absent", "carer": "nobody"},
        {"kind": "absent"},
        {"kind": "absent", "carer": "aled", "minutes": 5},
        {"kind": "flood"},
        {"kind": "absent", "carer": "aled", "at": 8 * 1440},
    )
    assert len(told) == 5
    assert "no carer called 'nobody'" in told[0]
    assert told[1] == "'absent' needs it."
    assert told[2] == "'absent' has no use for it."
    assert "no kind of event called 'flood'" in told[3]


def test_a_repair_is_not_before_what_it_knows(happened):
    with pytest.raises(InputError, match="before an event that is heard of"):
        happened({"kind": "absent", "carer": "aled"}, now=400)


def test_nothing_happened_and_the_day_is_as_it_was(problem, rota):
    day = take_in(begin(problem, rota, 0), [], now=EIGHT)
    assert (day.rota.legs, day.aside, day.touched, day.notes) == (rota.legs, (), frozenset(), ())
    assert day.problem.visits == problem.visits


def test_a_longer_delay_told_later_holds(happened):
    late = {"kind": "late", "carer": "aled", "minutes": 20}
    day = happened(late, late | {"minutes": 40, "at": minute("08:10")})
    assert spells(day, "aled") == [(360, 480), (580, 840)]
    shorter = happened(late, late | {"minutes": 10, "at": minute("08:10")})
    assert spells(shorter, "aled") == [(360, 480), (560, 840)]
    assert shorter.notes == ("Aled is late until 09:10 or longer already: the longest delay holds.",)


def test_a_stay_in_hospital_that_begins_earlier_than_first_told_begins_then(happened):
    stay = {"kind": "hospital_in", "client": "mary"}
    day = happened(stay | {"begins": 1440}, stay | {"at": minute("08:10")})
    assert [visit.id for visit in day.problem.visits] == ["early", "noon"]
    assert day.notes == ("Mary was to be in hospital from Tue 00:00 on: the earlier time holds.",)


def test_calls_of_a_package_come_back_with_the_client(happened):
    call = {"kind": "new_package", "client": "mary", "client_time": 600, "minutes": 30, "until": 1440}
    stay = {"kind": "hospital_in", "client": "mary", "at": minute("08:10")}
    home = {"kind": "hospital_out", "client": "mary", "at": minute("08:20")}
    day = happened(call, {"kind": "longer", "visit": "nine", "minutes": 50}, stay, home)
    (new,) = set(day.problem.visit_index) - {"early", "nine", "noon", "tuesday"}
    assert new.startswith("mary-1000:")
    assert day.problem.visit("nine").commissioned == 50
    assert refused(happened, call, stay, {"kind": "cancelled", "visit": new, "at": minute("08:20")}) == [
        "Mary is in hospital then."
    ]


@pytest.mark.parametrize("otherwise", [{"minutes": 45}, {"carers": 2}, {"skills": frozenset({"peg"})}])
def test_one_call_asked_for_in_two_ways_is_refused(happened, otherwise):
    call = {"kind": "new_package", "client": "mary", "client_time": 600, "minutes": 30}
    assert refused(happened, call, call | otherwise) == [
        "Mary is asked for at 10:00 otherwise already: 30 minutes."
    ]


@pytest.mark.parametrize("begins, until, told", [(None, None, 0), (None, 2000, 1), (1500, 2000, 1)])
def test_slow_roads_of_another_day_are_said_to_be_left_out(happened, begins, until, told):
    day = happened({"kind": "roads", "percent": 30, "begins": begins, "until": until})
    assert len(day.notes) == told


def test_what_is_refused_is_shown_as_it_was_written(problem, rota):
    events = [
        Event(EIGHT, "absent", "aled", begins=1440 + 540, until=1440 + 480),
        Event(EIGHT, "absent", "aled", begins=2 * 1440 + 60, until=2 * 1440, row=2),
        Event(EIGHT, "absent", "aled", client_time=435, row=3),
        Event(40 * 1440, "absent", "aled", days=(0, 2)),
        Event(EIGHT, "absent", "aled", days=(0, 2)),
    ]
    with pytest.raises(InputError) as error:
        take_in(begin(problem, rota, 0), events)
    assert [(fault.column, fault.value) for fault in error.value.faults] == [
        ("until", "2026-11-03 08:00"),
        ("until", "2026-11-03 24:00"),
        ("time", "07:15"),
        ("weekdays", "Mon, Wed"),
        ("told", "2026-12-12 00:00"),
    ]


def test_that_the_tables_must_learn_of_a_never_is_said(happened):
    (note,) = happened({"kind": "never", "client": "mary", "carer": "aled"}).notes
    assert "write it into the table of relations" in note
