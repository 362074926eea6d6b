"""Midnight is '00:00' of the day that something begins, and '24:00' of the day that it ends."""

from datetime import datetime

import pytest

from scheduler.check import check
from scheduler.domain import Link
from scheduler.errors import InputError
from scheduler.explain import explain
from scheduler.intake.parsers import parse_end_moment, parse_moment
from scheduler.repair import Event, begin, take_in
from scheduler.repair.read import read_events
from scheduler.repair.words import end_moment, moment
from scheduler.report.schedule_papers import schedule_files
from scheduler.units import clock, end_clock
from tests.builders import a_carer, a_client, a_leg, a_problem, a_rota, a_shift, a_visit, minute
from tests.report.papers import sheets

NIGHT = minute("Tue 00:00")


def a_night():
    """Aled, who lives 20 min away, is with Mary from Tuesday's first minute, and with Nia until its last one."""
    visits = [a_visit("night", NIGHT, minutes=420, slack=0), a_visit("late", "Tue 23:00", "nia", 60, slack=0)]
    problem = a_problem(visits, [a_carer(x=-20)], [a_client(), a_client("nia")], days=2)
    return problem, a_rota(
        a_leg("night", start=NIGHT, minutes=420), a_leg("late", start="Tue 23:00", minutes=60), days=2
    )


def test_it_begins_at_nought_and_ends_at_twenty_four():
    assert [clock(minute(when)) for when in ("Mon 00:00", "Tue 00:00", "Tue 08:05")] == [
        "00:00",
        "00:00",
        "08:05",
    ]
    assert [end_clock(minute(when)) for when in ("Mon 00:00", "Mon 24:00", "Tue 08:05")] == [
        "24:00",
        "24:00",
        "08:05",
    ]


def test_the_day_goes_with_it():
    problem, _ = a_night()
    assert moment(NIGHT, problem) == "Tue 00:00"
    assert end_moment(NIGHT, problem) == "Mon 24:00"
    assert moment(0, problem) == "Mon 00:00"
    assert end_moment(0, problem) == "Sun 24:00"
    assert end_moment(minute("Mon 14:00") - 1440, problem) == "Sun 14:00"


def test_a_night_is_told_as_that_of_the_day_on_which_it_begins():
    problem, rota = a_night()
    (told,) = explain(rota, problem, visit="night")
    assert "Tue 00:00" in told.heading
    assert "on Tue at 00:00" in " ".join(told.sentences)


def test_the_lines_of_a_carers_day_stay_on_it():
    problem, rota = a_night()
    rows = sheets(schedule_files(rota, problem, pdf=False)["schedules.xlsx"])["Schedule"]
    told = [(row["Date"], row["From"], row["To"], row["What"]) for row in rows]
    tuesday = problem.date_of(1).isoformat()
    assert told[:2] == [(tuesday, "23:40", "00:00", "From home"), (tuesday, "00:00", "07:00", "Visit")]
    assert told[-2:] == [(tuesday, "23:00", "24:00", "Visit"), (tuesday, "24:00", "00:20", "To home")]


def test_a_shift_that_ends_at_midnight_ends_on_its_own_day():
    visit = a_visit("late", "Mon 23:00", minutes=90, slack=0)
    problem = a_problem([visit], [a_carer()], [a_client()], [a_shift(end="Mon 24:00")], days=2)
    (found,) = check(a_rota(a_leg("late", start="Mon 23:00", minutes=90), days=2), problem).hard
    assert "00:00-24:00" in found.sentence


def test_what_is_told_can_be_typed():
    midnight = datetime(2026, 11, 24)
    assert parse_end_moment("2026-11-23 24:00") == parse_end_moment("2026-11-24T00:00") == midnight
    assert parse_moment("2026-11-24 00:00") == midnight
    with pytest.raises(ValueError, match="hours:minutes"):
        parse_end_moment("2026-11-23 24:01")
    with pytest.raises(ValueError, match="nothing starts then"):
        parse_moment("2026-11-23 24:00")


def test_something_lasts_until_midnight_and_nothing_begins_at_a_days_end():
    problem, _ = a_night()
    row = {
        "told": f"{problem.start} 07:00",
        "kind": "absent",
        "carer": "aled",
        "until": f"{problem.start} 24:00",
    }
    (event,) = read_events([row], problem)
    assert event.until == minute("Mon 24:00")
    with pytest.raises(InputError, match="nothing starts then") as refused:
        read_events([row | {"told": f"{problem.start} 24:00", "begins": f"{problem.start} 24:00"}], problem)
    assert [fault.column for fault in refused.value.faults] == ["told", "begins"]


def a_late_call(next_start, links=()):
    """Aled is with Mary from 23:30 to midnight on Monday, and again on Tuesday at `next_start`."""
    visits = [a_visit("bed", "Mon 23:30", slack=0), a_visit("up", next_start, slack=0)]
    problem = a_problem(visits, [a_carer()], [a_client()], days=2, links=links)
    return problem, a_rota(a_leg("bed", start="Mon 23:30"), a_leg("up", start=next_start), days=2)


def test_who_is_home_at_midnight_is_home_on_that_evening():
    problem, rota = a_late_call("Tue 06:00")
    (found,) = check(rota, problem).by_rule()["daily_rest"]
    assert "Aled is home at 24:00 from the round 23:30-24:00 on Mon" in found.sentence


def test_a_night_in_bed_counts_from_the_end_of_the_evening():
    link = Link("bed", "up", at_least=540, offset=30)
    (found,) = check(*reversed(a_late_call("Tue 08:00", [link]))).by_rule()["links"]
    assert "at least 9 h from 24:00" in found.sentence


def test_a_shift_that_is_over_at_midnight_is_over_on_that_day():
    problem, rota = a_late_call("Tue 08:00")
    late = Event(kind="late", carer="aled", minutes=30, at=minute("Mon 22:00"))
    with pytest.raises(InputError, match="Aled's shift is over by 24:00"):
        take_in(begin(problem, rota, 0), [late])
