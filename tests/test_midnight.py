"""Midnight is '00:00' of the day that something begins, and '24:00' of the day that it ends."""

from scheduler.check import check
from scheduler.explain import explain
from scheduler.repair.words import end_moment, moment
from scheduler.report.schedule_papers import schedule_files
from scheduler.units import clock, end_clock
from tests.builders import a_carer, a_client, a_leg, a_problem, a_rota, a_shift, a_visit, minute
from tests.report.papers import page_of, text

NIGHT = minute("Tue 00:00")


def a_night():
    """Aled is with Mary from Tuesday's first minute, and with Nia until its last one."""
    visits = [a_visit("night", NIGHT, minutes=420, slack=0), a_visit("late", "Tue 23:00", "nia", 60, slack=0)]
    problem = a_problem(visits, [a_carer()], [a_client(), a_client("nia")], days=2)
    return problem, a_rota(
        a_leg("night", start=NIGHT, minutes=420), a_leg("late", start="Tue 23:00", minutes=60), days=2
    )


def test_it_begins_at_nought_and_ends_at_twenty_four():
    assert [clock(minute(when)) for when in ("Mon 00:00", "Tue 00:00", "Tue 08:05")] == [
        "00:00",
        "00:00",
        "08:05",
    ]
    assert [end_clock(minute(when)) for when in ("Mon 24:00", "Tue 08:05")] == ["24:00", "08:05"]
    assert end_clock(0) == "00:00"


def test_the_day_goes_with_it():
    problem, _ = a_night()
    assert moment(NIGHT, problem) == "Tue 00:00"
    assert end_moment(NIGHT, problem) == "Mon 24:00"
    assert moment(0, problem) == end_moment(0, problem) == "Mon 00:00"


def test_a_night_is_told_as_that_of_the_day_on_which_it_begins():
    problem, rota = a_night()
    (told,) = explain(rota, problem, visit="night")
    assert "Tue 00:00" in told.heading
    assert "on Tue at 00:00" in " ".join(told.sentences)
    page = text(page_of(schedule_files(rota, problem, pdf=False), "carers/aled.html"))
    assert "00:00" in page
    assert "24:00" in page


def test_a_shift_that_ends_at_midnight_ends_on_its_own_day():
    visit = a_visit("late", "Mon 23:00", minutes=90, slack=0)
    problem = a_problem([visit], [a_carer()], [a_client()], [a_shift(end="Mon 24:00")], days=2)
    (found,) = check(a_rota(a_leg("late", start="Mon 23:00", minutes=90), days=2), problem).hard
    assert "00:00-24:00" in found.sentence
