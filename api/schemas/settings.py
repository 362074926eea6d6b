"""What the API gives of an agency's settings."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, Field


class SettingOut(BaseModel):
    """One setting as the agency typed it."""

    setting: str
    value: str


class PriceOut(BaseModel):
    """A price that the agency can set under that name: what it buys, its default, and the agency's own, if any."""

    setting: str
    rule: str
    sentence: str
    pence: int = Field(description="The default.")
    own: str = Field(description="As the agency typed it; empty: the default holds.")


class FigureOut(BaseModel):
    """A UK figure from its first day to its last; `nation` is empty for the whole UK, `mark` says how it was found."""

    name: str
    value: float
    unit: str
    since: date
    until: date | None
    nation: str
    mark: str
    source: str
    link: str
    note: str


class SettingsOut(BaseModel):
    """What plans stand on."""

    own: list[SettingOut]
    prices: list[PriceOut]
    figures: list[FigureOut]
