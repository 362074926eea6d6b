"""Bank holidays against the list that GOV.UK publishes."""

from datetime import date

import pytest

from scheduler.errors import UnknownName
from scheduler.uk.holidays import bank_holidays

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def test_england_and_wales_2026():
    expected = {
        date(2026, 1, 1),
        date(2026, 4, 3),
        date(2026, 4, 6),
        date(2026, 5, 4),
        date(2026, 5, 25),
        date(2026, 8, 31),
        date(2026, 12, 25),
        date(2026, 12, 28),  # Boxing Day is a Saturday
    }
    assert bank_holidays("England", *YEAR) == bank_holidays("wales", *YEAR) == expected


def test_scotland_has_2_january_and_saint_andrew_but_no_easter_monday():
    days = bank_holidays("Scotland", *YEAR)
    assert {date(2026, 1, 2), date(2026, 8, 3), date(2026, 11, 30)} <= days
    assert date(2026, 4, 6) not in days


def test_northern_ireland_has_saint_patrick_and_the_boyne():
    days = bank_holidays("Northern Ireland", *YEAR)
    assert {date(2026, 3, 17), date(2026, 7, 13)} <= days  # 12 July is a Sunday


def test_a_period_over_new_year_with_both_ends_included():
    assert bank_holidays("England", date(2026, 12, 28), date(2027, 1, 1)) == {
        date(2026, 12, 28),
        date(2027, 1, 1),
    }
    assert bank_holidays("England", date(2026, 12, 29), date(2026, 12, 31)) == frozenset()


def test_an_unknown_nation_is_named_with_the_nearest():
    with pytest.raises(UnknownName, match=r"Walles.*Wales"):
        bank_holidays("Walles", *YEAR)
