"""The conversion against Ordnance Survey's own published points (OSTN15 test data, 2016)."""

import numpy as np
import pytest

from scheduler.places.national_grid import to_wgs84

METRES_PER_DEGREE = 111_195.08

# name, latitude, longitude (ETRS89), easting, northing: from Scilly to Shetland and from St Kilda to Kent
POINTS = [
    ("St Mary's, Scilly", 49.92226393730, -6.29977752014, 91492.146, 11318.804),
    ("Plymouth", 50.43885825610, -4.10864563561, 250359.811, 62016.569),
    ("Nash Point, Vale of Glamorgan", 51.40078220140, -3.55128349240, 292184.870, 168003.465),
    ("North Foreland, Kent", 51.37447025550, 1.44454730409, 639821.835, 169565.858),
    ("Brislington, Bristol", 51.42754743020, -2.54407618349, 362269.991, 169978.690),
    ("Lambeth", 51.48936564950, -0.11992557180, 530624.974, 178388.464),
    ("Carmarthen", 51.85890896400, -4.30852476960, 241124.584, 220332.641),
    ("King's Lynn", 52.75136687170, 0.40153547065, 562180.547, 319784.995),
    ("Point Lynas, Anglesey", 53.41628516040, -4.28918069756, 247958.971, 393492.909),
    ("Pudsey, Leeds", 53.80021519630, -1.66379168242, 422242.186, 433818.701),
    ("Glasgow", 55.85399952950, -4.29649016251, 256340.925, 664697.269),
    ("Inverness", 57.48625000720, -4.21926398555, 267056.768, 846176.972),
    ("Hirta, St Kilda", 57.81351838410, -8.57854456076, 9587.909, 899448.996),
    ("Foula, Shetland", 60.13308091660, -2.07382822798, 395999.668, 1138728.951),
]


@pytest.mark.parametrize("name, lat, lon, easting, northing", POINTS)
def test_published_points_within_five_metres(name, lat, lon, easting, northing):
    found_lat, found_lon = to_wgs84(np.array([easting]), np.array([northing]))
    north = (found_lat[0] - lat) * METRES_PER_DEGREE
    east = (found_lon[0] - lon) * METRES_PER_DEGREE * np.cos(np.radians(lat))
    assert np.hypot(north, east) < 5, name


def test_near_newport_the_error_is_about_a_metre():
    """The three published points round the Severn: Nash Point, Brislington and Carmarthen."""
    for _, lat, lon, easting, northing in (POINTS[2], POINTS[4], POINTS[6]):
        found_lat, found_lon = to_wgs84(np.array([easting]), np.array([northing]))
        assert abs(found_lat[0] - lat) * METRES_PER_DEGREE < 2
        assert abs(found_lon[0] - lon) * METRES_PER_DEGREE * np.cos(np.radians(lat)) < 2


def test_many_at_once_are_the_same_as_one_by_one():
    eastings, northings = np.array([p[3] for p in POINTS]), np.array([p[4] for p in POINTS])
    lats, lons = to_wgs84(eastings, northings)
    for i in range(len(POINTS)):
        lat, lon = to_wgs84(eastings[i : i + 1], northings[i : i + 1])
        assert (lats[i], lons[i]) == (pytest.approx(lat[0], abs=1e-12), pytest.approx(lon[0], abs=1e-12))
