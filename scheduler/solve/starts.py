"""Other starts in a rota whose rounds stay as they are: legal or not, and at what price, exactly and by thousands."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from scheduler.errors import DomainError
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.solve.model import encode
from scheduler.solve.search import Search


class Starts:
    """A rota made ready for moving starts. Raises DomainError where the rules are against some of it."""

    def __init__(self, problem: Problem, rota: Rota) -> None:
        self._index = problem.visit_index
        model = encode(problem)
        self._search = Search(model, 0)
        refused = self._search.start_from(rota)
        if refused:
            raise DomainError(
                f"Starts can be moved in a rota that keeps all rules. In this one these visits break some: "
                f"{', '.join(refused)}. Plan on from it with `careround plan --start` first."
            )
        self._as_it_is = Search(model, 0, self._search.packing)
        self._as_it_is.take_over(self._search)

    @property
    def price(self) -> int:
        """Of the rota as it is now, in sixtieths of a penny."""
        return self._search.price_now

    def prices(self, visit: str, starts: range) -> NDArray[np.int64]:
        """What everything costs with the visit at each of these starts (NEVER: a rule is against it, or somebody else
        would be pushed)."""
        v, search = self._index[visit], self._search
        start, lead, second = search.take_out(v)
        totals = search.prices_at(v, starts, lead, second)
        search.adopt(v, start, lead, second)
        return totals

    def move(self, moved: Mapping[str, int], at_most: int) -> int | None:
        """Move these visits to these starts if everything then costs so much at the most: what it costs; None where it
        costs more, a rule is against it or somebody else would be pushed, and nothing is changed."""
        search = self._search
        wanted = search.state.visits["start"].copy()
        wanted[[self._index[visit] for visit in moved]] = list(moved.values())
        out = {self._index[visit]: search.take_out(self._index[visit]) for visit in moved}
        put = all(search.adopt(v, int(wanted[v]), lead, second) for v, (_start, lead, second) in out.items())
        if put and self.price <= at_most and np.array_equal(search.state.visits["start"], wanted):
            self._as_it_is.take_over(search)
            return self.price
        search.take_over(self._as_it_is)
        return None
