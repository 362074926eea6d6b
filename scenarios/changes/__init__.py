"""What can be changed: one register, `CHANGES`; a catalogue names its entries and gives their numbers."""

from __future__ import annotations

from scenarios.changes.areas import Zones
from scenarios.changes.base import Change, applied, chosen
from scenarios.changes.budget import CutBudget, RaiseBudget
from scenarios.changes.demand import FewerClients, Isf, MoreClients, SingleHanded
from scenarios.changes.lengths import DropShort, Lengthen, MinimumLength
from scenarios.changes.merge import MergeShort
from scenarios.changes.pay import GuaranteedHours, LivingWage, Mileage, PayTravel, Wage
from scenarios.changes.promises import FewCarers, Windows
from scenarios.changes.roads import ElectricBikes, RushHour, SlowerRoads
from scenarios.changes.workforce import Absence, CarersHired, CarersLeave

CHANGES: dict[str, type[Change]] = {
    change.name: change
    for change in (
        MinimumLength,
        Lengthen,
        MergeShort,
        DropShort,
        PayTravel,
        Wage,
        LivingWage,
        Mileage,
        GuaranteedHours,
        CutBudget,
        RaiseBudget,
        MoreClients,
        FewerClients,
        SingleHanded,
        Isf,
        CarersLeave,
        CarersHired,
        Absence,
        SlowerRoads,
        RushHour,
        ElectricBikes,
        Windows,
        FewCarers,
        Zones,
    )
}

__all__ = ["CHANGES", "Change", "applied", "chosen"]
