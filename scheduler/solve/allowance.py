"""How much work several questions to CP-SAT may be together, where no clock counts."""

from __future__ import annotations

import math
from dataclasses import dataclass

ASKING = 0.1
"""A question counts as so much at the least: the model has to be made as well."""


@dataclass
class Allowance:
    """`left`: CP-SAT's deterministic seconds that are left for all of them. The same questions take the same on any
    machine."""

    left: float = math.inf

    @property
    def is_used_up(self) -> bool:
        """Is there too little left for one question more?"""
        return self.left < ASKING

    def part(self, most: float) -> float:
        """What the next question may take, `most` being enough for it: half of what is left, for others come after."""
        return min(most, self.left / 2)

    def spend(self, effort: float) -> None:
        """One question took so much."""
        self.left -= max(ASKING, effort)
