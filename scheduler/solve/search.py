"""One search: a state, its best rota so far, and the steps that improve it."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from scheduler.rota import Rota
from scheduler.solve.kernel.change import undo_for
from scheduler.solve.kernel.doors import adopt, join, keep, open_change, run, take, try_starts
from scheduler.solve.kernel.layout import UNKNOWN, State, desk_for
from scheduler.solve.kernel.search import best_for
from scheduler.solve.model import Model
from scheduler.solve.pack import Packing

SIZE, SIZE_APART = 10, 6
"""An iteration takes out up to twice so many visits and a few; and where neither a client's visits nor rounds depend on
each other."""
SIZE_HURRIED = 7
"""The same where there is time for few, in a rich problem (rounds that depend on each other, times to be away): its
iterations are slow."""
BLINK = 0.01
NEVER = np.iinfo(np.int64).max
"""In place of a price: a rule is against it."""


class Search:
    """Ruin and recreate from a seed. Same seed and same calls, same rota."""

    def __init__(self, model: Model, seed: int, packing: Packing | None = None) -> None:
        """`packing`: of the same model, where there is one already."""
        self.model = model
        self.packing = packing or Packing(model)
        self.state = self.packing.state(seed)
        self.undo = undo_for(self.state)
        self.desk = desk_for(self.state)
        self.best = best_for(self.state)
        self.hints = self.packing.hints
        self._hopes_shared = self.desk.relief.copy()
        self.size = SIZE if model.ties_visits or model.rich else SIZE_APART
        self.size_hurried = SIZE_HURRIED if model.rich else self.size
        self.pace = 50
        """Iterations that one chunk of work takes, as far as is known."""
        keep(self.state, self.best)

    @property
    def price(self) -> int:
        """Price of the best rota so far, in sixtieths of a penny."""
        return int(self.best.total[0])

    @property
    def price_now(self) -> int:
        """Price of the rota as it is, in sixtieths of a penny."""
        return int(self.state.totals[0])

    @property
    def left_over(self) -> int:
        """Visits without anybody in the rota as it is."""
        return int((self.state.visits["placed"] == 0).sum())

    @property
    def iterations(self) -> int:
        """Iterations done so far."""
        return int(self.best.total[1])

    @property
    def unallocated(self) -> int:
        """Visits without anybody in the best rota so far."""
        planned = np.arange(self.best.stops.shape[1]) < self.best.n[:, np.newaxis]
        leading = int((planned & (self.best.stops["second"] == 0)).sum())
        return len(self.state.visits) - leading

    def guide(self, teams: Iterable[tuple[int, int]], amount: int) -> None:
        """Make the search prefer these (client, carer) pairs while its `guide` weight is above 0: everybody else
        looks `amount` dearer a visit. The price of a rota is not touched."""
        self.state.pairs["guide"] = amount
        for client, carer in teams:
            self.state.pairs["guide"][client, carer] = 0

    def lock(self, visits: Iterable[int]) -> None:
        """Never take these visits out again."""
        self.state.visits["locked"] = 0
        self.state.visits["locked"][list(visits)] = 1

    def start_from(self, rota: Rota) -> list[str]:
        """Take over as much of a rota as is legal as it is. Returns the ids of visits that are not: left out, or of
        another length. (`scheduler.solve.repair` puts the others right.)"""
        self._adopt(rota)
        self.note_best()
        kept = self.rota()
        return [id for id, legs in rota.legs_by_visit.items() if kept.of_visit(id) != legs]

    def adopt(self, visit: int, start: int, lead: int, second: int) -> bool:
        """Plan the visit at this start in the round `lead` (with that of `second` for a double-up; positions in
        `packing.shifts`). Nobody else is moved; False if a rule is against it, and then nothing is changed."""
        return bool(adopt(self.state, self.undo, self.desk, visit, start, lead, second))

    def take_out(self, visit: int) -> tuple[int, int, int]:
        """Take a planned visit out: its start and its two rounds, as `adopt` wants them to put it back."""
        x = self.state.visits[visit]
        lead = int(x["round0"])
        planned = int(x["start"]), lead, int(x["round1"]) if self.model.double[visit] else lead
        open_change(self.state, self.undo)
        take(self.state, self.undo, visit)
        return planned

    def start_afresh(self) -> None:
        """Take out all that may be moved; the best rota so far is kept as that."""
        visits = self.state.visits
        for v in np.nonzero((visits["placed"] == 1) & (visits["locked"] == 0))[0]:
            self.take_out(int(v))
        self._all_may_differ_from_best()

    def prices_at(self, visit: int, starts: range, lead: int, second: int) -> NDArray[np.int64]:
        """What everything would cost with a visit that is not planned at each of these starts in these rounds; NEVER
        where a rule is against it or somebody else would have to be pushed. Nothing is changed."""
        totals = np.full(len(starts), NEVER, dtype=np.int64)
        try_starts(self.state, self.undo, self.desk, visit, starts.start, lead, second, totals)
        return totals

    def note_best(self) -> None:
        """What is planned now counts as the best rota so far."""
        self._all_may_differ_from_best()
        keep(self.state, self.best)

    def _all_may_differ_from_best(self) -> None:
        rounds = len(self.best.dirty)
        self.best.dirty[:], self.best.changed[:], self.best.total[3] = True, np.arange(rounds), rounds

    def _adopt(self, rota: Rota) -> None:
        problem = self.model.problem
        rounds = {(carer, start): to for to, (carer, _day, start, _end) in enumerate(self.packing.shifts)}
        of_carer: dict[int, list[tuple[int, int, int]]] = {}
        for carer, _day, start, end in self.packing.shifts:
            of_carer.setdefault(carer, []).append((start, end, rounds[carer, start]))
        for id, legs in sorted(rota.legs_by_visit.items(), key=lambda item: item[1][0].start):
            v = problem.visit_index[id]
            where = [
                to
                for leg in legs
                for start, end, to in of_carer.get(problem.carer_index[leg.carer], [])
                if start <= leg.start < end
            ]
            if len(where) == problem.visits[v].carers:
                self.adopt(v, legs[0].start, where[0], where[-1])
        self.part_from_lost_mates()

    def part_from_lost_mates(self) -> None:
        """Of two visits that are planned both or not at all, one that is alone is taken out."""
        placed, mate = self.state.visits["placed"], self.model.mate
        for v in np.nonzero((placed == 1) & (mate >= 0))[0]:
            if not placed[mate[v]]:
                self.take_out(int(v))

    def run(
        self,
        iterations: int,
        warm: float,
        cold: float,
        guide: float = 0.0,
        soft: bool = False,
        hurried: bool = False,
    ) -> None:
        """So many iterations between two temperatures (money units). `soft`: guided by a soft largest idle time;
        `hurried`: there are few iterations for each visit."""
        run(
            self.state,
            self.undo,
            self.hints,
            self.desk,
            self.best,
            iterations,
            warm,
            cold,
            self.size_hurried if hurried else self.size,
            BLINK,
            guide,
            soft,
        )

    def take_over(self, other: Search) -> None:
        """Go on from where another search of the same model is, with this one's own random numbers, and keep the better
        of both best rotas. What either has learned to hope for both know from then on."""
        _copy(other.state, self.state)
        _share_hopes(self, other)
        if other.price < self.price:
            self.best.n[:], self.best.stops[:] = other.best.n, other.best.stops
            self.best.total[0] = other.best.total[0]
        self._all_may_differ_from_best()

    def join(self, other: Search, rounds: NDArray[np.bool_]) -> None:
        """Take over what another search of the same model has in these rounds, and keep the rest."""
        self._all_may_differ_from_best()
        join(self.state, self.undo, self.desk, self.best, other.state, rounds)

    def return_to_best(self) -> None:
        """Make the best rota so far the current one."""
        rota = self.rota()
        fresh = self.packing.state(0)
        _copy(fresh, self.state)
        self._adopt(rota)

    def rota(self) -> Rota:
        """The best rota so far."""
        return self.packing.rota(self.best, self.state)


def _share_hopes(one: Search, other: Search) -> None:
    """Of each visit the hope of whoever has tried it since hopes were shared last: while the days are shared out, only
    one of the two has. The greater one where both have."""
    mine, theirs = one.desk.relief, other.desk.relief
    greater = _greater(mine, theirs)
    greater = np.where(
        mine == one._hopes_shared, theirs, np.where(theirs == other._hopes_shared, mine, greater)
    )
    for search in (one, other):
        search.desk.relief[:] = search._hopes_shared[:] = greater
    one.desk.gain[:] = other.desk.gain[:] = _greater(one.desk.gain, other.desk.gain)


def _greater(mine: NDArray[np.int64], theirs: NDArray[np.int64]) -> NDArray[np.int64]:
    """The greater hope; what nothing is known about does not count."""
    return np.where(mine == UNKNOWN, theirs, np.where(theirs == UNKNOWN, mine, np.maximum(mine, theirs)))


def _copy(source: State, target: State) -> None:
    """Everything but the random numbers, and what all searches share."""
    for name in State._fields:
        ours, theirs = getattr(target, name), getattr(source, name)
        if name != "rng" and ours is not theirs:
            ours[:] = theirs
