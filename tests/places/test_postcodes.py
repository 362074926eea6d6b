"""Where postcodes are, and what is said of those that are not known."""

import re
import subprocess
import sys
from string import ascii_uppercase

import pytest

from scheduler.errors import CareroundError
from scheduler.places import ATTRIBUTION, explain_unknown, in_district, locate, nearest_known
from scheduler.places.directory import letter


@pytest.mark.parametrize(
    "postcode, lat, lon",
    [
        ("SW1A 1AA", 51.501009, -0.141588),  # Buckingham Palace
        ("NP20 4UR", 51.5883, -3.0061),  # Newport Civic Centre
        ("EH99 1SP", 55.9519, -3.1751),  # the Scottish Parliament
    ],
)
def test_known_public_places(postcode, lat, lon):
    """Within 0.001 degrees, at most 110 m: a postcode's point is the one of an address in its middle."""
    assert locate([postcode])[postcode] == pytest.approx((lat, lon), abs=1e-3)


def test_the_latitude_and_longitude_that_the_ons_publishes_are_met_within_five_metres():
    assert locate(["SW1A 1AA"])["SW1A 1AA"] == pytest.approx((51.501009, -0.141588), abs=5e-5)


def test_the_answer_is_by_the_text_that_was_asked_and_leaves_out_the_unknown():
    found = locate(["np201aa", "NP20 1AA", "NP20 1ZZ", "BT1 1AA", "JE2 3AA"])
    assert list(found) == ["np201aa", "NP20 1AA"]
    assert found["np201aa"] == found["NP20 1AA"]
    assert locate([]) == {}
    assert locate(["ZZ1 1AA"]) == {}


def test_short_and_long_outward_codes_are_not_mixed_up():
    """The directory pads "N1" to four characters: N1 1AA must not find N11 1AA or the other way round."""
    found = locate(["N1 1AA", "N11 1AA"])
    assert found["N1 1AA"] != found["N11 1AA"]


def test_the_nearest_known_are_of_the_same_sector_if_it_has_any():
    assert "NP20 1ZZ" not in in_district("NP20")
    near = nearest_known("NP20 1ZZ")
    assert len(near) == 3
    assert all(code.startswith("NP20 1Z") for code in near)


def test_the_nearest_known_of_a_district_that_does_not_exist_are_of_the_area():
    assert in_district("NP99") == []
    assert all(code.startswith("NP9") for code in nearest_known("NP99 1AA", n=2))
    assert nearest_known("ZZ1 1AA") == []


@pytest.mark.parametrize(
    "postcode, said",
    [
        ("NP20 1ZZ", "NP20 1ZZ is not known; the nearest known by its text: NP20 1ZY"),
        ("ZZ1 1AA", "nor any in ZZ. Give latitude and longitude"),
        ("BT1 1AA", "Northern Ireland.*Give latitude and longitude"),
        ("IM1 1AA", "Isle of Man.*Give latitude and longitude"),
        ("NP2O 1AA", "Did you mean 'NP20 1AA'"),
    ],
)
def test_the_sentence_for_an_unknown_postcode(postcode, said):
    assert re.search(said, explain_unknown(postcode))


def test_northern_ireland_is_refused_by_name():
    with pytest.raises(CareroundError, match="Northern Ireland"):
        nearest_known("BT1 1AA")
    assert in_district("BT1") == []


def test_a_district_holds_all_its_postcodes_and_no_others():
    newport = in_district("np20")
    assert len(newport) > 1000
    assert newport == sorted(newport)
    assert {code.split()[0] for code in newport} == {"NP20"}
    assert set(newport) == set(locate(newport))
    assert {code.split()[0] for code in in_district("N1")} == {"N1"}


@pytest.mark.parametrize("first", ["J", "N", "Q"])
def test_every_letter_is_read_and_sorted(first):
    table, eastings, northings = letter(first)
    codes = [code.decode() for code in table]
    assert codes == sorted(codes)
    assert len(codes) == len(eastings) == len(northings)
    assert (len(codes) > 0) == (first == "N")  # Jersey has no coordinates, Q has no postcodes
    assert all(len(code) == 7 and code[0] == first in ascii_uppercase for code in codes[:100])


def test_the_directory_is_read_without_pandas():
    """pandas would cost each command half a second; the package's own reader needs it, ours does not."""
    program = (
        "import sys; from scheduler.places import locate; "
        "assert locate(['NP20 1AA']); assert 'pandas' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_the_attribution_names_the_source_and_the_licence():
    for words in (
        "Office for National Statistics",
        "Open Government Licence",
        "Royal Mail",
        "Crown copyright",
    ):
        assert words in ATTRIBUTION
