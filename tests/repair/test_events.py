"""Each kind of event on a small day, by hand: Aled and Bethan on Monday, eight in the morning."""

from __future__ import annotations

import pytest

from scheduler.check import check
from scheduler.domain import Link, Relation
from scheduler.errors import InputError
from scheduler.repair import Event, begin, take_in
from scheduler.repair.day import Slower
from scheduler.travel.minutes import ModeFactors
from tests.builders import (
    a_carer,
    a_client,
    a_leg,
    a_problem,
    a_rota,
    a_shift,
    a_visit,
    minute,
    some_settings,
)

EIGHT = minute("08:00")
MODES = {mode: ModeFactors(0.1, 1.0, 0) for mode in ("car", "motorcycle", "bicycle", "foot")}


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


def refused(run, *events):
    with pytest.raises(InputError) as error:
        run(*events)
    return [fault.problem for fault in error.value.faults]


def spells(day, carer):
    return [(s.start, s.end) for s in day.problem.shifts_of(carer) if s.day == 0]


# -- absent -----------------------------------------------------------------------------------------------------------


def test_an_absent_carer_has_no_shift_from_then_to_the_end_of_the_day(happened):
    day = happened({"kind": "absent", "carer": "aled"})
    assert spells(day, "aled") == [(360, 480)]
    assert day.touched == {"nine", "noon"}


def test_an_absence_of_some_hours(happened):
    day = happened({"kind": "absent", "carer": "aled", "begins": 540, "until": 600})
    assert spells(day, "aled") == [(360, 540), (600, 840)]
    assert day.touched == {"nine"}


def test_what_is_under_way_when_the_carer_falls_ill_is_kept(happened):
    day = happened({"kind": "absent", "carer": "aled", "at": minute("07:10")})
    assert spells(day, "aled") == [(360, minute("07:30"))]
    assert "early" not in day.touched
    assert check(day.rota.without(day.touched), day.problem).hard == ()


def test_told_twice_or_touching_absences_are_merged_with_a_word(happened):
    ill = {"kind": "absent", "carer": "aled", "begins": 540, "until": 660}
    assert happened(ill, ill).notes == (
        "Aled is absent from Mon 09:00 to Mon 11:00. Told twice, taken once.",
    )
    inside = happened(ill, ill | {"begins": 550, "until": 600})
    assert "told twice" in inside.notes[0]
    touching = happened(ill, ill | {"begins": 660, "until": 700})
    assert "touch" in touching.notes[0]
    assert spells(touching, "aled") == [(360, 540), (700, 840)]


def test_an_absence_that_ends_before_it_begins_is_refused(happened):
    assert refused(happened, {"kind": "absent", "carer": "aled", "until": 400}) == [
        "the absence ends before it begins."
    ]


# -- late -------------------------------------------------------------------------------------------------------------


def test_a_late_carer_is_free_so_many_minutes_after_the_next_start(happened):
    day = happened({"kind": "late", "carer": "aled", "minutes": 25})
    assert spells(day, "aled") == [(360, 480), (565, 840)]
    assert day.touched == {"nine"}


def test_a_carer_is_late_for_somebody_and_not_while_absent(happened):
    assert refused(happened, {"kind": "late", "carer": "bethan", "minutes": 5}) == [
        "Bethan has no visit left that day after 08:00."
    ]
    both = {"kind": "absent", "carer": "aled"}, {"kind": "late", "carer": "aled", "minutes": 5, "at": 490}
    assert refused(happened, *both) == ["Aled is absent at 09:05, and cannot be late then."]
    assert refused(happened, {"kind": "late", "carer": "aled", "minutes": 300}) == [
        "Aled's shift is over by 14:00."
    ]


# -- cancelled --------------------------------------------------------------------------------------------------------


def test_a_cancelled_visit_is_gone_and_its_notice_is_told(happened):
    day = happened({"kind": "cancelled", "visit": "noon"})
    assert "noon" not in day.problem.visit_index
    assert day.rota.of_visit("noon") == ()
    assert day.notes == ("Nan: cancelled with 4 h notice.",)


def test_a_visit_that_is_over_or_under_way_cannot_be_cancelled(happened):
    assert refused(happened, {"kind": "cancelled", "visit": "early"}) == [
        "it began at 07:00 and is over by 08:00."
    ]
    assert refused(happened, {"kind": "cancelled", "visit": "early", "at": minute("07:10")}) == [
        "it began at 07:00 and is under way by 07:10."
    ]


def test_cancelled_at_two_times_is_once_and_what_is_cancelled_takes_no_longer(happened):
    off = {"kind": "cancelled", "visit": "noon"}
    assert "told twice" in happened(off, off | {"at": 500}).notes[-1]
    assert refused(happened, off, {"kind": "longer", "visit": "noon", "minutes": 60, "at": 500}) == [
        "it was cancelled by an earlier event."
    ]


# -- hospital ---------------------------------------------------------------------------------------------------------


def test_in_hospital_nobody_comes_and_home_again_they_do(happened, problem):
    into = {"kind": "hospital_in", "client": "mary"}
    away = happened(into)
    assert [visit.id for visit in away.problem.visits] == ["early", "noon"], "what has begun stays"
    home = happened(into, {"kind": "hospital_out", "client": "mary", "at": minute("Tue 08:00")})
    assert {visit.id for visit in home.problem.visits} == {"early", "noon", "tuesday"}
    assert "tuesday" in home.touched


def test_links_come_back_with_the_client(problem, rota):
    linked = problem.replace(links=(Link("nine", "tuesday", at_least=60),))
    events = [
        Event(EIGHT, "hospital_in", client="mary"),
        Event(EIGHT + 10, "hospital_out", client="mary"),
    ]
    assert take_in(begin(linked, rota, 0), events[:1]).problem.links == ()
    assert take_in(begin(linked, rota, 0), events).problem.links == linked.links


def test_hospital_twice_and_home_without_hospital(happened):
    into = {"kind": "hospital_in", "client": "mary"}
    assert "told twice" in happened(into, into | {"at": 500}).notes[0]
    assert refused(happened, {"kind": "hospital_out", "client": "mary"}) == [
        "no event says that Mary is in hospital."
    ]
    assert refused(happened, into, {"kind": "longer", "visit": "nine", "minutes": 50, "at": 490}) == [
        "Mary is in hospital then."
    ]


# -- new package ------------------------------------------------------------------------------------------------------


def test_a_new_package_of_a_new_client_from_this_afternoon(happened):
    new = {
        "kind": "new_package", "client": "olwen", "name": "Olwen", "lat": 51.0, "lon": -3.0,
        "client_time": 810, "minutes": 30, "begins": 720,
    }  # fmt: skip
    day = happened(new)
    calls = [visit for visit in day.problem.visits if visit.client == "olwen"]
    assert [visit.id for visit in calls][:2] == ["olwen-1330:2026-11-02", "olwen-1330:2026-11-03"]
    assert len(calls) == 7
    assert (calls[0].earliest, calls[0].preferred, calls[0].latest) == (780, 810, 840)
    # from Mary's place, where Olwen lives, the ways are as from Mary's, and the old ones did not move
    places = day.problem.place_of_client
    minutes = day.problem.travel["car"].minutes
    assert minutes[places("olwen"), places("mary")] == 1
    assert minutes[places("mary"), places("nan")] == 1
    assert minutes[day.problem.home_of("aled"), places("mary")] == 54  # as on the grid


def test_who_is_new_needs_an_address_and_a_call_needs_a_day(happened):
    call = {"kind": "new_package", "client": "olwen", "client_time": 810, "minutes": 30}
    assert refused(happened, call) == ["there is no client 'olwen' yet."]
    far = call | {"client": "mary", "begins": 7 * 1440}
    assert refused(happened, far) == ["no call falls into the days that are planned."]
    once = call | {"client": "mary", "days": (1,)}
    assert [v.id for v in happened(once).problem.visits][-1] == "mary-1330:2026-11-03"
    assert "told twice" in happened(once, once | {"at": 490}).notes[0]


# -- longer -----------------------------------------------------------------------------------------------------------


def test_a_visit_under_way_takes_longer_and_one_ahead_too(happened):
    day = happened({"kind": "longer", "visit": "early", "minutes": 100, "at": minute("07:20")})
    assert day.rota.of_visit("early")[0].minutes == 100
    ahead = happened({"kind": "longer", "visit": "noon", "minutes": 50})
    assert ahead.problem.visit("noon").commissioned == 50
    assert ahead.rota.of_visit("noon")[0].minutes == 30, "planning sees to that"


def test_a_visit_that_runs_past_the_shift_lengthens_it(happened, problem, rota):
    short = problem.replace(shifts=(a_shift("aled", "06:00", "08:00"), a_shift("bethan", "06:00", "14:00")))
    late = Event(minute("07:20"), "longer", visit="early", minutes=90)
    assert spells(take_in(begin(short, rota, 0), [late]), "aled") == [(360, minute("08:30"))]


def test_of_two_lengths_the_later_holds_and_shorter_is_none(happened):
    first = {"kind": "longer", "visit": "noon", "minutes": 50}
    day = happened(first, first | {"minutes": 60, "at": 490})
    assert day.problem.visit("noon").commissioned == 60
    assert day.notes == ("Nan: first 50, then 60 minutes were told; the later telling holds.",)
    assert refused(happened, first | {"minutes": 30}) == [
        "the visit is planned for 30 minutes: that is not longer."
    ]
    assert refused(happened, first | {"visit": "early", "minutes": 60}) == [
        "it began at 07:00, so that it was over before 08:00."
    ]


# -- roads, never, no reply -------------------------------------------------------------------------------------------


def test_slow_roads_are_noted(happened):
    day = happened({"kind": "roads", "percent": 30, "until": 720})
    assert day.slower == (Slower(30, EIGHT, 720),)
    assert refused(happened, {"kind": "roads", "percent": 0}) == ["travel takes 1 to 500 per cent longer."]


def test_never_again_holds_from_now_on_and_what_was_done_stays_done(happened):
    day = happened({"kind": "never", "client": "mary", "carer": "aled"})
    assert day.problem.relation("mary", "aled") is Relation.NEVER
    assert day.touched == {"nine"}
    assert [leg.visit for leg in day.aside] == ["early"]
    assert "early" not in day.problem.visit_index
    assert "early" in day.recorded().visit_index
    again = {"kind": "never", "client": "mary", "carer": "aled"}
    assert "told twice" in happened(again, again | {"at": 500}).notes[-1]


def test_who_is_broken_off_by_nobody_keeps_the_carer_until_the_end(happened):
    day = happened({"kind": "never", "client": "mary", "carer": "aled", "at": minute("07:10")})
    assert [leg.visit for leg in day.aside] == ["early"]
    assert spells(day, "aled") == [(360, 420), (450, 840)]


def test_no_reply_is_tried_again_soon_and_first(happened):
    day = happened({"kind": "no_reply", "visit": "early", "at": minute("07:15")})
    again = day.problem.visit("early")
    assert (again.earliest, again.latest) == (minute("07:45"), minute("10:15"))
    assert again.time_critical
    assert day.rota.of_visit("early") == ()
    assert "early" not in day.problem.promises
    assert "emergency" in day.notes[0]
    assert refused(happened, {"kind": "no_reply", "visit": "noon"}) == ["nobody was to be there by 08:00."]


# -- all together -----------------------------------------------------------------------------------------------------


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


# -- told again, otherwise ------------------------------------------------------------------------------------------


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
    assert day.notes == ("Mary was to be in hospital from Mon 24:00 on: the earlier time holds.",)


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
        Event(EIGHT, "absent", "aled", client_time=435, row=3),
        Event(40 * 1440, "absent", "aled", days=(0, 2)),
        Event(EIGHT, "absent", "aled", days=(0, 2)),
    ]
    with pytest.raises(InputError) as error:
        take_in(begin(problem, rota, 0), events)
    assert [(fault.column, fault.value) for fault in error.value.faults] == [
        ("until", "2026-11-03 08:00"),
        ("time", "07:15"),
        ("weekdays", "Mon, Wed"),
        ("told", "2026-12-12 00:00"),
    ]


def test_that_the_tables_must_learn_of_a_never_is_said(happened):
    (note,) = happened({"kind": "never", "client": "mary", "carer": "aled"}).notes
    assert "write it into the table of relations" in note
