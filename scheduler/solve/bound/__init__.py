"""How cheap each day could be at the best: column generation over the carers' rounds, by day.

Reading order: `day` (what a day is here, and what is left out of it), `label` (pricing, compiled), `master` (the linear
program), `generate` (the loop of the two), `simple` (what can be said without either), `prices` (the same part of a
rota's price), `bounds` (the door).
"""

from scheduler.solve.bound.bounds import day_bounds, gap_by_day
from scheduler.solve.bound.prices import day_prices

__all__ = ["day_bounds", "day_prices", "gap_by_day"]
