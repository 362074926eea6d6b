"""The exact half: a CP-SAT model of some rounds, everything else left as it is.

One model serves four ends: placing visits that the search left over (a handful of rounds), proving that they cannot
be placed there, saying why, and, with every round free, proving a small problem's rota the best (and so being the
oracle of the tests). It is made from the same `Model` as the compiled search, but shares no line with it.
"""

from __future__ import annotations

from scheduler.solve.exact.draft import Spell
from scheduler.solve.exact.solve import Answer, price_exactly, solve_exactly

__all__ = ["Answer", "Spell", "price_exactly", "solve_exactly"]
