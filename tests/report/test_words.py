from datetime import date

import pytest

from scheduler.report.html import cell, percent
from scheduler.report.table import Kind
from scheduler.report.words import at, colours, contrast, labels, period
from tests.builders import a_client, a_problem, a_visit


def test_people_who_share_a_name_are_told_apart():
    people = [a_client("c1", name="Ann Lee"), a_client("c2", name="Ann Lee"), a_client("c3", name="Bob Ray")]
    assert labels(people) == {"c1": "Ann Lee (c1)", "c2": "Ann Lee (c2)", "c3": "Bob Ray"}


def test_colours_differ_and_white_figures_can_be_read_on_them():
    fifty = colours(50)
    assert len(set(fifty)) == 50
    assert min(contrast(colour, "#ffffff") for colour in fifty) >= 4.5


def test_no_carer_is_red():
    for colour in colours(60):
        red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
        assert not (red > 150 and green < 70 and blue < 70), colour


def test_a_period_is_written_as_people_say_it():
    week = a_problem([a_visit()])
    assert period(week) == "Mon 2 Nov \u2013 Sun 8 Nov 2026"
    assert period(week.replace(days=1)) == "Mon 2 Nov 2026"
    assert period(week.replace(start=date(2026, 12, 28))) == "Mon 28 Dec 2026 \u2013 Sun 3 Jan 2027"
    assert f"{at(1440 + 510, week):%d/%m/%Y %H:%M}" == "03/11/2026 08:30"


@pytest.mark.parametrize(
    "share,words",
    [
        (1.0, "100\u00a0%"),
        (0.9999, "99.9\u00a0%"),
        (0.7682, "76.8\u00a0%"),
        (0.5, "50.0\u00a0%"),
        (0.0, "0\u00a0%"),
    ],
)
def test_nothing_short_of_all_is_called_all(share, words):
    assert percent(share) == words


def test_cells_are_shown_in_the_units_of_people():
    assert cell(450, Kind.HOURS) == "7 h 30 min"
    assert cell(123456 * 60, Kind.MONEY) == "£1,234.56"
    assert cell(16093, Kind.MILES) == "10.0"
    assert cell(None, Kind.COUNT) == cell("", Kind.TEXT) == "\u2013"
    assert cell(0, Kind.COUNT) == "0"


@pytest.mark.parametrize(
    "value, shown",
    [
        (973, "973"),
        (1359266, "1,359,266"),
        (6.0, "6"),
        (0.7682, "0.768"),
        (-0.25, "-0.250"),
        (1041.44, "1,041.4"),
    ],
)
def test_a_measure_is_shown_as_its_unit_asks(value, shown):
    """Visits, pence and shares stand in one column: 973 visits are no 973.0, a share of 0.768 is no 0.8."""
    assert cell(value, Kind.MEASURE) == shown
