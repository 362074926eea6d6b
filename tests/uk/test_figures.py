"""The UK's figures: the right one on the right day, and none without its source."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from scheduler.domain import MODES
from scheduler.errors import CareroundError, DomainError, UnknownName
from scheduler.uk import MARKS, Figure, figure, figures

NOVEMBER_2026 = date(2026, 11, 23)


def test_the_minimum_wage_rises_in_the_night_to_1_april_2026():
    assert figure("minimum_wage.adult", date(2026, 3, 31)).value == 1221
    assert figure("minimum_wage.adult", date(2026, 4, 1)).value == 1271


@pytest.mark.parametrize(
    "on, pence",
    [
        (date(2013, 10, 1), 631),
        (date(2016, 3, 31), 670),
        (date(2016, 4, 1), 720),
        (date(2021, 4, 1), 891),
        (date(2024, 4, 1), 1144),
        (NOVEMBER_2026, 1271),
    ],
)
def test_the_series_of_the_minimum_wage(on, pence):
    assert figure("minimum_wage.adult", on).value == pence


def test_the_mileage_rate_of_cars_rose_to_55_pence_on_6_april_2026():
    """Announced in May 2026 and backdated; domain notes written before it still say 45."""
    assert figure("mileage.car", date(2026, 4, 5)).value == 45
    assert figure("mileage.car", date(2026, 4, 6)).value == 55
    assert figure("mileage.car_over_10000", date(2026, 4, 6)).value == 25


def test_the_working_time_figures_are_the_statutory_hours_in_minutes():
    hours = {
        "wtr.daily_rest": 11,
        "wtr.young_daily_rest": 12,
        "wtr.weekly_rest": 24,
        "wtr.young_weekly_rest": 48,
        "wtr.break_after": 6,
        "wtr.young_break_after": 4.5,
        "wtr.weekly_limit": 48,
        "wtr.young_weekly_limit": 40,
        "wtr.young_daily_limit": 8,
        "wtr.young_night_from": 22,
        "wtr.young_night_until": 6,
    }
    for name, expected in hours.items():
        assert figure(name, NOVEMBER_2026).value == expected * 60, name


def test_a_date_before_the_first_entry_is_refused_with_the_first_day():
    with pytest.raises(CareroundError, match=r"minimum_wage\.adult.*2013-10-01.*2013-09-30"):
        figure("minimum_wage.adult", date(2013, 9, 30))


def test_a_figure_that_ended_is_refused_after_its_last_day():
    assert figure("price.minimum.wales", date(2024, 3, 31)).value == 2864
    with pytest.raises(CareroundError, match=r"price\.minimum\.wales.*2024-03-31.*2024-04-01"):
        figure("price.minimum.wales", date(2024, 4, 1))


def test_an_unknown_name_is_refused_with_the_nearest_ones():
    with pytest.raises(UnknownName, match=r"minimum_wage\.adlt.*minimum_wage\.adult"):
        figure("minimum_wage.adlt", NOVEMBER_2026)


@pytest.mark.parametrize("entry", figures(), ids=lambda entry: f"{entry.name}@{entry.since}")
def test_every_figure_says_what_it_is_and_where_it_comes_from(entry):
    assert entry.value >= 0
    assert entry.unit
    assert entry.source
    assert entry.mark in MARKS
    assert entry.link.startswith("http") or "no link:" in entry.note.lower()
    if entry.mark in ("READ", "READ-2nd") and not entry.link:
        assert "read at" in entry.source, "a page that was read is named, even when its address was not kept"


def test_money_and_minutes_are_whole():
    for entry in figures():
        if entry.unit.startswith(("pence", "minutes")):
            assert isinstance(entry.value, int), entry.name


def test_the_entries_of_a_name_follow_each_other():
    names = {entry.name for entry in figures()}
    for name in names:
        entries = sorted((e for e in figures() if e.name == name), key=lambda e: e.since)
        assert len({e.unit for e in entries}) == 1, name
        for earlier, later in pairwise(entries):
            assert earlier.since < later.since, name
            assert earlier.until is None or earlier.until < later.since, name
            assert figure(name, later.since - timedelta(days=1)) == earlier


def test_every_mode_has_its_travel_figures_and_its_mileage():
    for mode in MODES:
        for name in ("travel.seconds_per_metre", "travel.circuity", "travel.door_minutes", "mileage"):
            assert figure(f"{name}.{mode}", NOVEMBER_2026).value >= 0


def test_single_cases_are_not_passed_off_as_averages():
    """The EHRC's 32 carers and 17 hours, and Healthwatch's 20 carers, were single cases."""
    for name in ("continuity.ehrc_case", "overnight.gap_case", "continuity.healthwatch_case"):
        assert "not an average" in figure(name, NOVEMBER_2026).note


def test_policy_is_not_passed_off_as_law():
    assert "not statute" in figure("pay.counted_waiting", NOVEMBER_2026).source
    assert "advisory" in figure("visit.short_threshold", NOVEMBER_2026).source
    assert figure("visit.wales_floor", NOVEMBER_2026).nation == "wales"


@pytest.mark.parametrize(
    "changes, complaint",
    [
        ({"mark": "GUESSED"}, "GUESSED"),
        ({"unit": ""}, "unit is missing"),
        ({"source": ""}, "source is missing"),
        ({"link": "", "note": ""}, "give a link"),
        ({"until": date(2025, 1, 1)}, "before it starts"),
    ],
)
def test_a_figure_that_hides_something_cannot_be_made(changes, complaint):
    good: dict[str, Any] = {
        "name": "x",
        "value": 1,
        "unit": "minutes",
        "since": date(2026, 1, 1),
        "source": "somebody",
        "mark": "READ",
        "link": "https://example.org",
    }
    Figure(**good)
    with pytest.raises(DomainError, match=complaint):
        Figure(**good | changes)
