"""Where the United Kingdom is, roughly: enough to see that latitude and longitude are exchanged, or nonsense."""

from __future__ import annotations

UK_LAT, UK_LON = (49.0, 61.5), (-9.0, 2.5)


def in_uk(lat: float, lon: float) -> bool:
    """Is this point, in degrees, in the United Kingdom or the sea around it? Not a number is not."""
    return UK_LAT[0] <= lat <= UK_LAT[1] and UK_LON[0] <= lon <= UK_LON[1]
