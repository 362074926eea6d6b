"""Straight-line travel, computed on paper.

On a sphere of radius 6,371,008.8 m one degree of latitude is 2 x pi x 6,371,008.8 / 360 = 111,195.08 m, so
0.01 degrees are 1,111.95 m. At 60 degrees north a degree of longitude is half a degree of latitude.
"""

from math import pi

import numpy as np
import pytest

from scheduler.domain import MODES, Place
from scheduler.errors import DomainError, UnknownName
from scheduler.travel import ModeFactors, StraightLine, TravelTimes
from scheduler.travel.minutes import EARTH_RADIUS, straight_metres

FACTORS = {
    "car": ModeFactors(seconds_per_metre=0.144, circuity=1.3, door_minutes=3),
    "motorcycle": ModeFactors(seconds_per_metre=0.144, circuity=1.3, door_minutes=2),
    "bicycle": ModeFactors(seconds_per_metre=0.334, circuity=1.3, door_minutes=1),
    "foot": ModeFactors(seconds_per_metre=0.89, circuity=1.3, door_minutes=1),
}
HOME = Place(51.58, -3.00, "home")
NORTH = Place(51.59, -3.00, "1,111.95 m north of home")
NEIGHBOUR = Place(51.58009, -3.00, "10 m north of home")
DOWNSTAIRS = Place(51.58, -3.00, "the flat below")

travel: TravelTimes = StraightLine(FACTORS)


def test_a_hundredth_of_a_degree_of_latitude_is_1111_95_metres():
    assert straight_metres([HOME, NORTH])[0, 1] == pytest.approx(1111.95, abs=0.01)


def test_a_degree_of_longitude_at_60_north_is_half_as_long():
    """Exactly on the parallel it would be 55,597.5 m; the great circle cuts the corner by under 2 m."""
    metres = straight_metres([Place(60, 0), Place(60, 1)])[0, 1]
    assert metres == pytest.approx(55_597.5, abs=2)


def test_half_way_round_the_earth_is_half_its_girth():
    assert straight_metres([Place(0, 0), Place(0, 180)])[0, 1] == pytest.approx(pi * EARTH_RADIUS)


@pytest.mark.parametrize(
    "mode, minutes",
    [
        ("car", 6),  # 1,111.95 x 0.144 = 160.1 s -> 3 minutes, and 3 to the door
        ("motorcycle", 5),  # 3 minutes, and 2 to the door
        ("bicycle", 8),  # 371.4 s -> 7 minutes, and 1 to the door
        ("foot", 18),  # 989.6 s -> 17 minutes, and 1 to the door
    ],
)
def test_minutes_by_mode(mode, minutes):
    matrix = travel.matrix([HOME, NORTH], mode)
    assert matrix.minutes.tolist() == [[0, minutes], [minutes, 0]]
    assert matrix.metres.tolist() == [[0, 1446], [1446, 0]]  # 1,111.95 x 1.3 = 1,445.5


def test_a_whole_number_of_minutes_stays_whole_and_a_second_more_is_a_minute_more():
    """Multiplying back gives 2.0000000000000004 for some of these: that must not become 3 minutes."""
    metres = float(straight_metres([HOME, NORTH])[0, 1])
    for minutes in range(1, 121):
        whole = ModeFactors(seconds_per_metre=minutes * 60 / metres, circuity=1, door_minutes=0)
        more = ModeFactors(seconds_per_metre=(minutes * 60 + 1) / metres, circuity=1, door_minutes=0)
        assert StraightLine({"car": whole}).matrix([HOME, NORTH], "car").minutes[0, 1] == minutes
        assert StraightLine({"car": more}).matrix([HOME, NORTH], "car").minutes[0, 1] == minutes + 1


def test_two_homes_at_one_spot_are_a_minute_apart_and_no_metre():
    for mode in MODES:
        matrix = travel.matrix([HOME, DOWNSTAIRS], mode)
        assert matrix.minutes[0, 1] == 1
        assert matrix.metres[0, 1] == 0


def test_the_neighbour_costs_the_drive_and_the_parking():
    """10 m by car: 1.44 s -> 1 minute, and 3 to the door. 13 m on the meter."""
    matrix = travel.matrix([HOME, NEIGHBOUR], "car")
    assert matrix.minutes[0, 1] == 4
    assert matrix.metres[0, 1] == 13


def test_different_places_are_never_less_than_a_minute_apart():
    rocket = ModeFactors(seconds_per_metre=1e-12, circuity=1, door_minutes=0)
    assert StraightLine({"car": rocket}).matrix([HOME, NORTH], "car").minutes[0, 1] == 1


def test_a_matrix_of_many_places_keeps_the_promises():
    rng = np.random.default_rng(7)
    places = [Place(51.5 + lat, -3.0 + lon) for lat, lon in rng.uniform(0, 0.2, (60, 2))]
    matrix = travel.matrix(places, "foot")
    assert matrix.minutes.dtype == matrix.metres.dtype == np.int32
    assert (matrix.minutes == matrix.minutes.T).all()
    assert not matrix.minutes.diagonal().any()
    assert matrix.minutes[~np.eye(60, dtype=bool)].min() >= 1


@pytest.mark.parametrize("places", [[], [HOME]])
def test_nowhere_to_go(places):
    assert travel.matrix(places, "car").minutes.shape == (len(places), len(places))


def test_an_unknown_mode_is_named_with_the_nearest():
    with pytest.raises(UnknownName, match=r"bicycl'.*'bicycle'"):
        travel.matrix([HOME, NORTH], "bicycl")


@pytest.mark.parametrize(
    "wrong",
    [
        (0, 1.3, 3),
        (-0.1, 1.3, 3),
        (float("nan"), 1.3, 3),
        (0.144, 0.9, 3),
        (0.144, float("nan"), 3),
        (0.144, 1.3, -1),
    ],
)
def test_factors_that_cannot_be(wrong):
    with pytest.raises(DomainError, match="use"):
        ModeFactors(*wrong)
