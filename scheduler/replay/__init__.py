"""A rota lived through many times: visits run over, roads are slow, carers fall ill. Who comes late, and how often?"""

from scheduler.replay.chances import Chances, default_chances, from_actuals
from scheduler.replay.curve import Point, curve
from scheduler.replay.judge import Robustness, robustness
from scheduler.replay.lives import Lives, draw
from scheduler.replay.play import Played, play
from scheduler.replay.slack import with_cushion

__all__ = [
    "Chances",
    "Lives",
    "Played",
    "Point",
    "Robustness",
    "curve",
    "default_chances",
    "draw",
    "from_actuals",
    "play",
    "robustness",
    "with_cushion",
]
