"""A rota lived through many times: visits run over, roads are slow, carers fall ill. Who comes late, and how often?"""

from scheduler.replay.chances import Chances, default_chances, from_actuals
from scheduler.replay.judge import Robustness, robustness
from scheduler.replay.play import Played, play
from scheduler.replay.slack import with_cushion

__all__ = [
    "Chances",
    "Played",
    "Robustness",
    "default_chances",
    "from_actuals",
    "play",
    "robustness",
    "with_cushion",
]
