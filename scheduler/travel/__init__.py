"""How long and how far it is from each place to each other place, by mode."""

from scheduler.travel.base import Matrix, TravelTimes
from scheduler.travel.straight_line import ModeFactors, StraightLine

__all__ = ["Matrix", "ModeFactors", "StraightLine", "TravelTimes"]
