"""Each thing checks itself when it is made, and its message names it."""

from __future__ import annotations

from typing import Any

import pytest

from scheduler.domain import Client, Link, PastVisit, PayTerms, Place, Shift
from scheduler.errors import DomainError
from scheduler.units import DAY
from tests.builders import a_carer, a_client, a_shift, a_visit, at, minute

REFUSED: list[tuple[Any, dict[str, Any], str]] = [
    (Place, {"lat": 91, "lon": 0}, "not a latitude"),
    (Place, {"lat": 0, "lon": -181}, "not a latitude"),
    (a_client, {"care_gender": "woman"}, "Client mary: gender of carer 'woman'"),
    (a_client, {"funding": "NHS"}, "Client mary: funding 'NHS'"),
    (a_client, {"max_carers": 0}, "Client mary: at most 0 carers"),
    (PayTerms, {"hourly": -1}, "hourly -1 pence is below zero"),
    (PayTerms, {"mileage": -1}, "mileage -1 pence is below zero"),
    (a_carer, {"mode": "bus"}, "Carer aled: mode 'bus'"),
    (a_carer, {"gender": "m"}, "Carer aled: gender 'm'"),
    (a_carer, {"contracted": -1}, "Carer aled: contracted -1"),
    (
        a_carer,
        {"contracted": 601, "most": 600},
        "Carer aled: at most 600 minutes a week but contracted for 601",
    ),
    (a_visit, {"minutes": 0}, "Visit breakfast: 0 commissioned minutes"),
    (
        a_visit,
        {"earliest": 481, "latest": 480},
        r"Visit breakfast: the window ends \(08:00\) before it starts",
    ),
    (a_visit, {"preferred": 449}, "the preferred start 07:29 is outside its window 07:30-08:30"),
    (a_visit, {"preferred": 511}, "the preferred start 08:31 is outside its window 07:30-08:30"),
    (a_visit, {"day": 1}, "its window leaves day 1"),
    (a_visit, {"start": "23:45", "latest": DAY}, "its window leaves day 0"),
    (a_visit, {"carers": 3}, "Visit breakfast: 3 carers"),
    (a_visit, {"carers": 2, "together": 31}, "31 minutes together do not fit a visit of 30 minutes"),
    (a_visit, {"carers": 1, "together": 10}, "10 minutes together do not fit"),
    (a_visit, {"priority": 0}, "priority 0"),
    (a_visit, {"priority": 6}, "priority 6"),
    (a_visit, {"fixed_carers": ("aled", "bethan")}, "locked to 2 carers but takes 1"),
    (
        a_visit,
        {"carers": 2, "fixed_carers": ("aled", "aled")},
        "locked to 2 carers but takes 2 different ones",
    ),
    (Link, {"first": "a", "second": "b"}, "Link a - b: give at least or at most"),
    (Link, {"first": "a", "second": "b", "at_least": 61, "at_most": 60}, "at least 61 but at most 60"),
    (Shift, {"carer": "aled", "day": 0, "start": 480, "end": 480}, "Shift of carer aled: 08:00-08:00"),
    (Shift, {"carer": "aled", "day": 0, "start": 1380, "end": DAY + 1}, "is not within day 0"),
    (Shift, {"carer": "aled", "day": 1, "start": DAY - 1, "end": DAY + 60}, "is not within day 1"),
]


@pytest.mark.parametrize("make, given, message", REFUSED)
def test_refused_with_its_name_and_value(make, given, message):
    with pytest.raises(DomainError, match=message):
        make(**given)


def test_the_edges_are_allowed():
    a_client(max_carers=1)
    a_carer(contracted=600, most=600)
    a_visit(slack=0)
    a_visit("late", "23:59", slack=0)
    a_visit(carers=2, together=30)
    a_visit(priority=1)
    a_visit(priority=5)
    Link("a", "b", at_least=60, at_most=60)
    a_shift("aled", "00:00", "24:00")
    Place(-90, 180)


def test_a_visit_that_is_double_up_may_be_locked_to_one_of_its_two_carers():
    assert a_visit(carers=2, fixed_carers=("aled",)).fixed_carers == ("aled",)


@pytest.mark.parametrize("start, day", [(-1, -1), (-DAY, -1), (-DAY - 1, -2)])
def test_days_of_the_past_are_negative(start, day):
    assert PastVisit("mary", "aled", start).day == day


def test_things_do_not_change():
    with pytest.raises(AttributeError):
        a_client().name = "Nan"  # type: ignore[misc]  # frozen: that is the test


def test_a_client_needs_no_more_than_a_name_and_a_place():
    client = Client("mary", "Mary", at())
    assert (client.funding, client.wider_package, client.max_carers, client.care_gender) == (
        "council",
        None,
        None,
        "",
    )


def test_clock_times_of_the_builders():
    assert (minute("08:30"), minute("Tue 08:30"), minute(17)) == (510, DAY + 510, 17)
