"""The linear program of a day: which rounds, in shares, cover its visits most cheaply. Solved by OR-Tools' GLOP."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from ortools.math_opt.python import mathopt

from scheduler.solve.bound.day import Day


@dataclass(frozen=True)
class Column:
    """A round of a shift: its nodes in order (perhaps one more than once), their starts, and its price."""

    shift: int
    nodes: tuple[int, ...]
    starts: tuple[int, ...]
    price: int


RAISE = 4
"""So many times as much is asked each time for a visit that is left out."""


class Pair(NamedTuple):
    """A double-up (a row of the day's visits) and a carer who cannot be both of its two."""

    visit: int
    carer: int


@dataclass(frozen=True)
class Duals:
    """The LP's answer: its value, what each node earns, what each pair's row and each shift's one round cost (zero or
    negative)."""

    value: float
    node: NDArray[np.float64]
    pair: NDArray[np.float64]
    shift: NDArray[np.float64]


class Master:
    """Begins with every visit left out; `add` columns, then `solve` again from where it was.

    Rows: each node's carers are there or its visit is left out; each shift has at most one round. Two things come in
    only where the answer asks for them:

    - Leaving out is dear, and while few rounds are known so would be most duals. So it begins at the `modest` prices
      (by visit), and `be_earnest` asks more of the visits that are left out in the end, until it is the real one.
    - A carer could be half of a double-up and leave out the other half. `pair_up` adds a row for such a visit and
      carer: the carer's share of it is no more than what is not left out, so the rest needs somebody else.
    """

    def __init__(self, day: Day, modest: NDArray[np.int64]) -> None:
        self._earnest = day.leaving_out
        self._asked = np.minimum(modest, day.leaving_out)
        self.pairs: list[Pair] = []
        self._day = day
        self._x: dict[Column, mathopt.Variable] = {}
        self._lp = mathopt.Model()
        self._lp.minimize(0.0)
        self._node = [self._lp.add_linear_constraint(lb=float(n), ub=float(n)) for n in day.need]
        self._pair: list[mathopt.LinearConstraint] = []
        self._shift = [self._lp.add_linear_constraint(ub=1.0) for _ in day.shifts]
        self._out = [self._variable(int(amount)) for amount in self._asked]
        for row, visit, need in zip(self._node, day.visit, day.need, strict=True):
            row.set_coefficient(self._out[visit], float(need))
        self._left_out = np.zeros(len(day.visits))
        self._shares: dict[Column, float] = {}
        self._solver = mathopt.IncrementalSolver(self._lp, mathopt.SolverType.GLOP)

    def _variable(self, price: int) -> mathopt.Variable:
        found = self._lp.add_variable(lb=0.0)
        self._lp.objective.set_linear_coefficient(found, float(price))
        return found

    @property
    def columns(self) -> int:
        """How many rounds it knows."""
        return len(self._x)

    def add(self, column: Column) -> bool:
        """Add a column, unless it is known. Says whether it was new."""
        if column in self._x:
            return False
        x = self._x[column] = self._variable(column.price)
        self._shift[column.shift].set_coefficient(x, 1.0)
        for node in set(column.nodes):
            self._node[node].set_coefficient(x, float(column.nodes.count(node)))
        for row, pair in zip(self._pair, self.pairs, strict=True):
            if times := self._times(column, pair):
                row.set_coefficient(x, float(times))
        return True

    def _times(self, column: Column, pair: Pair) -> int:
        """How often the pair's carer is at its visit in this round."""
        if self._day.shifts[column.shift][0] != pair.carer:
            return 0
        return sum(int(self._day.visit[node]) == pair.visit for node in column.nodes)

    def be_earnest(self) -> bool:
        """Ask more, up to the real price, of the visits that the last answer leaves out. Says whether any was asked
        less than that."""
        cheap = np.nonzero((self._asked < self._earnest) & (self._left_out > 1e-7))[0]
        self._asked[cheap] = np.clip(
            RAISE * self._asked[cheap], self._least_raise(cheap), self._earnest[cheap]
        )
        for visit in cheap:
            self._lp.objective.set_linear_coefficient(self._out[visit], float(self._asked[visit]))
        return len(cheap) > 0

    def _least_raise(self, visits: NDArray[np.intp]) -> NDArray[np.int64]:
        """So that also a price of nothing, or less, is raised to the real one."""
        return np.where(self._asked[visits] > 0, 0, self._earnest[visits])

    def pair_up(self) -> bool:
        """Add the rows of pairs that the last answer breaks. Says whether there were any."""
        share: dict[Pair, float] = defaultdict(float)
        for column, part in self._shares.items():
            carer = self._day.shifts[column.shift][0]
            for node in column.nodes:
                if self._day.double[self._day.visit[node]]:
                    share[Pair(int(self._day.visit[node]), carer)] += part
        broken = [pair for pair, part in share.items() if part + self._left_out[pair.visit] > 1 + 1e-6]
        new = sorted(set(broken) - set(self.pairs))
        for pair in new:
            row = self._lp.add_linear_constraint(ub=1.0)
            row.set_coefficient(self._out[pair.visit], 1.0)
            for column, x in self._x.items():
                if times := self._times(column, pair):
                    row.set_coefficient(x, float(times))
            self.pairs.append(pair)
            self._pair.append(row)
        return len(new) > 0

    def make_cheaper(self, column: Column, lp: Duals) -> bool:
        """Would the LP of these duals take the round? (By more than the rounding of its own numbers.)"""
        earned = float(lp.node[list(column.nodes)].sum() + lp.shift[column.shift])
        earned += sum(
            cost * self._times(column, pair) for cost, pair in zip(lp.pair, self.pairs, strict=True) if cost
        )
        return bool(column.price - earned < -1e-6 * abs(column.price) - 1e-3)

    def solve(self, seconds: float) -> Duals | None:
        """The optimum over all columns so far; None where it did not come in time."""
        limit = None if math.isinf(seconds) else timedelta(seconds=max(0.0, seconds))
        result = self._solver.solve(params=mathopt.SolveParameters(time_limit=limit, threads=1))
        if result.termination.reason != mathopt.TerminationReason.OPTIMAL:
            return None
        self._left_out = np.array(result.variable_values(self._out))
        shares = result.variable_values(list(self._x.values()))
        self._shares = {column: share for column, share in zip(self._x, shares, strict=True) if share > 1e-9}
        return Duals(
            result.objective_value(),
            np.array(result.dual_values(self._node)),
            np.array(result.dual_values(self._pair)),
            np.array(result.dual_values(self._shift)),
        )
