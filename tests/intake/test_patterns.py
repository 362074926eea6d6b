"""From patterns to dates, worked by hand on the calendar of autumn 2026 (23 November is a Monday)."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from scheduler.domain import Link, Shift
from scheduler.intake.load import load
from scheduler.intake.patterns import both_come, comes_on, cut, join
from scheduler.intake.tables import ShiftRow, VisitRow
from tests.intake.agencies import GOOD, MONDAY, added, changed, read_tables, write_folder

DAY = 1440


def at(day: int, hour: int, minute: int = 0) -> int:
    return day * DAY + hour * 60 + minute


def a_row(**cells):
    """A care-plan row at 08:30; `from_` is `from`."""
    given = {"visit": "C01-am", "client": "C01", "preferred": "08:30", "minutes": "30", "at": 2, **cells}
    return VisitRow.model_validate({name.rstrip("_"): value for name, value in given.items()})


def a_shift(**cells):
    given = {"carer": "K01", "start": "07:00", "end": "14:00", "at": 2, **cells}
    return ShiftRow.model_validate({name.rstrip("_"): value for name, value in given.items()})


def days(row, start=MONDAY, count=28):
    """The days of November and December 2026 on which the row comes, counted from the first of November."""
    found = (start + timedelta(days=i) for i in range(count))
    return [day.day if day.month == 11 else day.day + 30 for day in found if comes_on(row, day)]


class TestWeekdays:
    @pytest.mark.parametrize(
        "weekdays, expected",
        [
            ("daily", [23, 24, 25, 26, 27, 28, 29]),
            ("Mon-Fri", [23, 24, 25, 26, 27]),
            ("weekdays", [23, 24, 25, 26, 27]),
            ("Weekends", [28, 29]),
            ("Mon;Wed;Sun", [23, 25, 29]),
            ("mon, wednesday / Sundays", [23, 25, 29]),
            ("Sat-Mon", [23, 28, 29]),
            ("Tues-Thurs", [24, 25, 26]),
        ],
    )
    def test_spellings(self, weekdays, expected):
        assert days(a_row(weekdays=weekdays), count=7) == expected

    def test_one_date(self):
        assert days(a_row(date="2026-11-25")) == [25]

    def test_from_and_until_are_included(self):
        assert days(a_row(weekdays="daily", from_="2026-11-24", until="2026-11-26")) == [24, 25, 26]


class TestEverySecondWeek:
    def test_counts_from_the_week_of_its_first_date(self):
        """A Wednesday begins it; the Monday of that week is past, the Monday two weeks on is in."""
        assert days(a_row(weekdays="Mon;Thu", every_weeks="2", from_="2026-11-25")) == [26, 30 + 7, 30 + 10]

    def test_the_other_week(self):
        assert days(a_row(weekdays="Mon", every_weeks="2", from_="2026-11-18")) == [30, 30 + 14]

    def test_without_a_first_date_from_the_week_of_1_january_1970(self):
        """That week's Monday is 29 December 1969; 23 November 2026 is 20,783 days or 2,969 weeks later: odd."""
        assert (MONDAY - date(1969, 12, 29)).days == 2969 * 7
        assert days(a_row(weekdays="Mon", every_weeks="2")) == [30, 30 + 14]

    def test_does_not_depend_on_the_period(self):
        row = a_row(weekdays="Mon", every_weeks="2")
        assert days(row, start=date(2026, 11, 30), count=21) == [30, 30 + 14]

    def test_across_a_year_of_53_weeks(self):
        """2026 has an ISO week 53: parity by week number would come in weeks 53 and 1, seven days apart."""
        row = a_row(weekdays="Mon", every_weeks="2", from_="2026-12-14")
        found = [
            day for day in (date(2026, 12, 14) + timedelta(days=i) for i in range(60)) if comes_on(row, day)
        ]
        assert [(b - a).days for a, b in pairwise(found)] == [14] * 4


class TestTwoRowsOnOneDay:
    def test_weeks_that_never_meet(self):
        odd = a_shift(weekdays="daily", every_weeks="2", from_="2026-11-23")
        even = a_shift(weekdays="daily", every_weeks="2", from_="2026-11-30")
        assert both_come(odd, even) is None

    def test_weeks_that_meet_late(self):
        third = a_shift(weekdays="Mon", every_weeks="3", from_="2026-11-23")
        fourth = a_shift(weekdays="Mon", every_weeks="4", from_="2026-11-30")
        assert both_come(third, fourth) == date(2027, 1, 25)

    def test_a_date_and_a_weekday(self):
        assert both_come(a_shift(date="2026-11-25"), a_shift(weekdays="Wed")) == date(2026, 11, 25)
        assert both_come(a_shift(date="2026-11-25"), a_shift(weekdays="Thu")) is None

    def test_one_ends_before_the_other_begins(self):
        first = a_shift(weekdays="daily", until="2026-11-22")
        assert both_come(first, a_shift(weekdays="daily", from_="2026-11-23")) is None


class TestShifts:
    @pytest.mark.parametrize(
        "spells, expected",
        [
            ([(420, 720), (730, 960)], [(420, 960)]),
            ([(420, 720), (739, 960)], [(420, 960)]),
            ([(420, 720), (740, 960)], [(420, 720), (740, 960)]),
            ([(720, 960), (420, 720)], [(420, 960)]),
        ],
        ids=["10 minutes", "19 minutes", "20 minutes", "adjoining, in any order"],
    )
    def test_spells_less_than_20_minutes_apart_are_one(self, spells, expected):
        assert join(spells) == expected

    @pytest.mark.parametrize(
        "away, left",
        [
            ((500, 600), [(420, 500), (600, 840)]),
            ((300, 500), [(500, 840)]),
            ((800, 900), [(420, 800)]),
            ((420, 840), []),
            ((0, 420), [(420, 840)]),
            ((840, 1440), [(420, 840)]),
        ],
        ids=["inside", "start", "end", "all", "just before", "just after"],
    )
    def test_absences_cut(self, away, left):
        assert cut([(420, 840)], [away]) == left

    def test_of_the_good_agency(self):
        """K01's training on Thursday from 09:00 to 10:30 cuts the morning; K02's two rows, 10 minutes apart, are one
        and Friday is leave; K03 comes every second weekend, and not on this one."""
        problem = load(GOOD, MONDAY)
        thursday = [shift for shift in problem.shifts_of("K01") if shift.day == 3]
        assert thursday == [
            Shift("K01", 3, at(3, 7), at(3, 9)),
            Shift("K01", 3, at(3, 10, 30), at(3, 14)),
            Shift("K01", 3, at(3, 16, 30), at(3, 22)),
        ]
        assert problem.shifts_of("K02") == tuple(Shift("K02", d, at(d, 7), at(d, 16)) for d in range(4))
        assert problem.shifts_of("K03") == ()
        next_week = load(GOOD, MONDAY + timedelta(days=7))
        assert next_week.shifts_of("K03") == tuple(Shift("K03", d, at(d, 7), at(d, 24)) for d in (5, 6))

    def test_a_short_absence_is_not_joined_over(self, tmp_path):
        tables = changed(read_tables(), "absences", 2, until="2026-11-26 09:15")
        problem = load(write_folder(tables, tmp_path / "week"), MONDAY)
        first, second, _ = (shift for shift in problem.shifts_of("K01") if shift.day == 3)
        assert (first.end, second.start) == (at(3, 9), at(3, 9, 15))


class TestExceptions:
    def test_one_visit_on_its_days_and_all_of_a_client(self):
        """C01-bed stays out on the 24th, everything of C02 on the 27th."""
        plans = [(visit.plan, visit.day) for visit in load(GOOD, MONDAY).visits]
        assert [day for plan, day in plans if plan == "C01-bed"] == [0, 2, 3, 4, 5, 6]
        assert [day for plan, day in plans if plan == "C01-am"] == [0, 1, 2, 3, 4, 5, 6]
        assert [day for plan, day in plans if plan == "C02-am"] == [0, 1, 2, 3]
        assert [day for plan, day in plans if plan == "C02-shop"] == [
            3
        ]  # every second Thursday from the 12th
        assert [day for plan, day in plans if plan == "C03-check"] == [2]


class TestLinks:
    def test_dated_pairs(self):
        """From bed to morning over the night, but not where either is missing (the 24th has no bed), nor into or out
        of the period; measured from the end of the bed visit's 30 minutes."""
        links = load(GOOD, MONDAY).links
        nights = [link for link in links if link.reason == "overnight"]
        assert [link.first[-2:] for link in nights] == ["23", "25", "26", "27", "28"]
        assert [link.second[-2:] for link in nights] == ["24", "26", "27", "28", "29"]
        assert nights[0] == Link("C01-bed:2026-11-23", "C01-am:2026-11-24", None, 780, 30, "overnight")
        days = [link for link in links if link.reason == "medication"]
        assert [link.first[-2:] for link in days] == ["23", "25", "26", "27", "28", "29"]
        assert days[0] == Link("C01-am:2026-11-23", "C01-bed:2026-11-23", 240, None, 0, "medication")

    def test_a_visit_and_itself_the_day_after(self, tmp_path):
        tables = added(
            read_tables(), "links", first="C01-am", second="C01-am", days_after="1", at_least="1380"
        )
        links = load(write_folder(tables, tmp_path / "week"), MONDAY).links
        assert sum(link.at_least == 1380 for link in links) == 6


class TestWhenTheClocksChange:
    @pytest.mark.parametrize("sunday", [date(2026, 10, 25), date(2027, 3, 28)], ids=["back", "forward"])
    def test_times_are_wall_clock_times(self, sunday, tmp_path):
        """The Sunday is planned as if it had 24 hours, and the Monday after it begins at minute 1440 x 7."""
        tables = {**read_tables(), "history": read_tables()["history"][:1]}
        tables = changed(tables, "visits", 2, from_="2026-09-01")
        problem = load(write_folder(tables, tmp_path / "week"), sunday - timedelta(days=6), days=9)
        mornings = [visit for visit in problem.visits if visit.plan == "C01-am"]
        assert [visit.preferred for visit in mornings] == [at(day, 8, 30) for day in range(9)]
        assert mornings[6].id == f"C01-am:{sunday}"
        assert [visit.id[-10:] for visit in mornings] == [str(problem.date_of(day)) for day in range(9)]
