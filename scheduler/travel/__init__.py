"""How long and how far it is from each place to each other place, by mode."""

from scheduler.travel.base import NO_WAY, Matrix, TravelTimes
from scheduler.travel.choice import STRAIGHT, Choice, Journeys
from scheduler.travel.minutes import ModeFactors
from scheduler.travel.straight_line import StraightLine

__all__ = [
    "NO_WAY",
    "STRAIGHT",
    "Choice",
    "Journeys",
    "Matrix",
    "ModeFactors",
    "StraightLine",
    "TravelTimes",
]
