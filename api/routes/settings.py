"""What an agency's plans stand on: its settings, its prices, and the UK figures."""

from __future__ import annotations

from fastapi import APIRouter

from api.desk.chosen import chosen
from api.schemas import FigureOut, PriceOut, SettingOut, SettingsOut
from api.security.guard import Seeing
from scheduler.uk import figures

router = APIRouter(prefix="/agencies/{agency}", tags=["tables"])


@router.get("/settings", summary="Settings, prices and UK figures")
def get_settings(desk: Seeing) -> SettingsOut:
    """What the agency chose (to change it, put its table `settings`), every price with what it buys, and the UK figures
    with source, date and mark."""
    with desk.reading() as session:
        found = chosen(session)
    return SettingsOut(
        own=[SettingOut(setting=setting, value=value) for setting, value in found.own],
        prices=[
            PriceOut(setting=price.name, rule=label, sentence=price.sentence, pence=price.pence, own=own)
            for label, price, own in found.prices
        ],
        figures=[FigureOut.model_validate(one, from_attributes=True) for one in figures()],
    )
