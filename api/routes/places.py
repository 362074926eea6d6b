"""Doubtful addresses."""

from __future__ import annotations

from fastapi import APIRouter

from api.desk.places import places_of
from api.desk.tables import fault_json
from api.schemas import FaultOut, PlacesOut
from api.security.guard import Seeing

router = APIRouter(prefix="/agencies/{agency}", tags=["tables"])


@router.get("/places", summary="Doubtful addresses")
def get_places(desk: Seeing) -> PlacesOut:
    """Far from their own postcode, from all others or (where a road engine is there) from every road; two clients on
    one spot; coordinates cut short."""
    with desk.reading() as session:
        found = places_of(session)
    return PlacesOut(
        version=found.version,
        addresses=found.addresses,
        doubtful=found.doubtful,
        source=found.source,
        doubts=[FaultOut(**fault_json(doubt)) for doubt in found.doubts],
    )
