"""Postcode -> coordinates with no network."""

from scheduler.places.postcodes import (
    ATTRIBUTION,
    explain_unknown,
    in_district,
    locate,
    nearest_known,
    normalise,
)

__all__ = ["ATTRIBUTION", "explain_unknown", "in_district", "locate", "nearest_known", "normalise"]
