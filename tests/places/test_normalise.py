"""Postcodes as coordinators type them."""

import pytest

from scheduler.errors import CareroundError
from scheduler.places import normalise


@pytest.mark.parametrize(
    "typed, written",
    [
        ("np201aa", "NP20 1AA"),
        ("  NP20 1AA ", "NP20 1AA"),
        ("NP20\u00a01AA", "NP20 1AA"),  # a space that does not break, as web pages have it
        ("n1 0aa", "N1 0AA"),
        ("m11ae", "M1 1AE"),
        ("B338TH", "B33 8TH"),
        ("CR26XH", "CR2 6XH"),
        ("DN551PT", "DN55 1PT"),
        ("W1A1HQ", "W1A 1HQ"),
        ("EC1A1BB", "EC1A 1BB"),
        ("bt1 1aa", "BT1 1AA"),  # Northern Ireland is well formed, though not known
    ],
)
def test_a_postcode_is_written_as_royal_mail_writes_it(typed, written):
    assert normalise(typed) == written
    assert normalise(written) == written


@pytest.mark.parametrize(
    "typed",
    ["", " ", "NP20", "1AA", "NP20 1A", "NP201 1AA", "NP20 1CA", "Newport", "NP20 1AA, NP20 1AB", "?"],
)
def test_what_is_no_postcode_is_refused_and_named(typed):
    with pytest.raises(CareroundError, match="is not a postcode like 'NP20 1AA'") as refused:
        normalise(typed)
    assert repr(typed.strip()) in str(refused.value)


@pytest.mark.parametrize(
    "typed, meant",
    [
        ("NP2O 1AA", "NP20 1AA"),
        ("NP20 OAA", "NP20 0AA"),
        ("NPI0 1AA", "NP10 1AA"),
        ("CRO 2YR", "CR0 2YR"),
        ("M1 lAE", "M1 1AE"),
        ("OX4 IAB", "OX4 1AB"),
        ("NIOAA", "N1 0AA"),
    ],
)
def test_a_letter_for_a_digit_brings_the_postcode_that_was_meant(typed, meant):
    with pytest.raises(CareroundError, match=f"Did you mean '{meant}'"):
        normalise(typed)
