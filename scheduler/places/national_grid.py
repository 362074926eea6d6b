"""OSGB36 National Grid -> WGS84, within about 5 m in Great Britain.

Method and constants: Ordnance Survey, "A guide to coordinate systems in Great Britain", annexes A to C: the
inverse of the National Grid's projection, then a seven-parameter Helmert shift between the two datums. OS
gives the shift an error of up to 5 m; a postcode's own point is tens of metres from most of its addresses, so
more would be vain.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# Semi-axes in metres.
_AIRY = (6_377_563.396, 6_356_256.909)
_WGS84 = (6_378_137.000, 6_356_752.3141)
# The projection: scale on the central meridian, true origin (degrees), its easting and northing (metres).
_SCALE = 0.9996012717
_LAT_0, _LON_0 = np.radians(49.0), np.radians(-2.0)
_EAST_0, _NORTH_0 = 400_000.0, -100_000.0
# OSGB36 -> WGS84: metres along x, y, z; rotations in seconds of arc; scale in parts per million.
_SHIFT = (446.448, -125.157, 542.060)
_ROTATE = (0.1502, 0.2470, 0.8421)
_STRETCH = -20.4894e-6


def to_wgs84(eastings: Floats, northings: Floats) -> tuple[Floats, Floats]:
    """Metres of the National Grid -> latitudes and longitudes in degrees WGS84."""
    lat, lon = _unproject(np.asarray(eastings, dtype=np.float64), np.asarray(northings, dtype=np.float64))
    lat, lon = _to_geodetic(*_helmert(*_to_cartesian(lat, lon)))
    return np.degrees(lat), np.degrees(lon)


def _meridian(lat: Floats) -> Floats:
    """Metres along the central meridian from the true origin (guide, equation C3)."""
    a, b = _AIRY
    n = (a - b) / (a + b)
    d, s = lat - _LAT_0, lat + _LAT_0
    arc = (1 + n + 5 / 4 * n**2 + 5 / 4 * n**3) * d
    arc -= (3 * n + 3 * n**2 + 21 / 8 * n**3) * np.sin(d) * np.cos(s)
    arc += 15 / 8 * (n**2 + n**3) * np.sin(2 * d) * np.cos(2 * s)
    arc -= 35 / 24 * n**3 * np.sin(3 * d) * np.cos(3 * s)
    metres: Floats = b * _SCALE * arc
    return metres


def _unproject(east: Floats, north: Floats) -> tuple[Floats, Floats]:
    """Easting and northing -> latitude and longitude in radians on OSGB36 (guide, annex C.2)."""
    a, b = _AIRY
    squared = 1 - (b / a) ** 2
    lat = _LAT_0 + (north - _NORTH_0) / (a * _SCALE)
    for _ in range(6):  # each turn gains three digits: far below a millimetre after six
        lat = lat + (north - _NORTH_0 - _meridian(lat)) / (a * _SCALE)
    shrink = 1 - squared * np.sin(lat) ** 2
    nu = a * _SCALE / np.sqrt(shrink)
    rho = nu * (1 - squared) / shrink
    eta = nu / rho - 1
    t, sec = np.tan(lat), 1 / np.cos(lat)
    d = (east - _EAST_0) / nu
    up = d**2 / 2 - (5 + 3 * t**2 + eta - 9 * t**2 * eta) * d**4 / 24
    up += (61 + 90 * t**2 + 45 * t**4) * d**6 / 720
    across = d - (nu / rho + 2 * t**2) * d**3 / 6 + (5 + 28 * t**2 + 24 * t**4) * d**5 / 120
    across -= (61 + 662 * t**2 + 1320 * t**4 + 720 * t**6) * d**7 / 5040
    return lat - t * nu / rho * up, _LON_0 + sec * across


def _to_cartesian(lat: Floats, lon: Floats) -> tuple[Floats, Floats, Floats]:
    """Radians on Airy's ellipsoid, at height 0 -> metres from the centre of the earth."""
    a, b = _AIRY
    squared = 1 - (b / a) ** 2
    nu = a / np.sqrt(1 - squared * np.sin(lat) ** 2)
    return nu * np.cos(lat) * np.cos(lon), nu * np.cos(lat) * np.sin(lon), (1 - squared) * nu * np.sin(lat)


def _helmert(x: Floats, y: Floats, z: Floats) -> tuple[Floats, Floats, Floats]:
    """The same point seen from the other datum."""
    rx, ry, rz = np.radians(np.array(_ROTATE) / 3600)
    tx, ty, tz = _SHIFT
    grow = 1 + _STRETCH
    return tx + grow * x - rz * y + ry * z, ty + rz * x + grow * y - rx * z, tz - ry * x + rx * y + grow * z


def _to_geodetic(x: Floats, y: Floats, z: Floats) -> tuple[Floats, Floats]:
    """Metres from the centre of the earth -> radians on WGS84."""
    a, b = _WGS84
    squared = 1 - (b / a) ** 2
    flat = np.hypot(x, y)
    lat = np.arctan2(z, flat * (1 - squared))
    for _ in range(4):  # each turn gains more than two digits
        nu = a / np.sqrt(1 - squared * np.sin(lat) ** 2)
        lat = np.arctan2(z + squared * nu * np.sin(lat), flat)
    return lat, np.arctan2(y, x)
