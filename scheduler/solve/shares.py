"""The searches share out the days among them: each changes only the rounds of its own, and then all that they found
becomes one rota. So two cores search twice as much, where of two searches that each go their own way all but the
better one is thrown away. Whose a day is, is drawn anew each time: a carer's week and a client's team lie across.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from scheduler.solve.records import FAR
from scheduler.solve.search import Search

WORK = 0.1
"""A day counts if it has so much of what the fullest day has of visits that may be moved: in a repair only today does,
though on other days a visit may lie about that nobody could take."""


class Shares:
    """Which rounds each search may change, from `share_out` to `bring_together`. All are of the same model."""

    def __init__(self, searches: Sequence[Search], seed: int) -> None:
        self.searches = searches
        self._dice = np.random.default_rng(seed)
        self.mine: list[NDArray[np.bool_]] = []
        """The rounds of each search, since they were shared out."""
        state = searches[0].state
        self._first, self._locked = state.rounds["lo"].copy(), state.visits["locked"].copy()
        worked, day = np.unique(state.rounds["day"]), state.visits["day"][self._locked == 0]
        free = np.array([(day == one).sum() for one in worked])
        self._days = worked[free >= max(1.0, WORK * free.max(initial=0))]
        """Days with work to share; each other day goes with the next of them."""
        self.possible = 1 < len(searches) <= len(self._days)
        """Are there searches to share, and days enough for all of them?"""
        self._at_one = False
        """Are all searches at the same rota?"""

    def share_out(self) -> None:
        """Draw whose days are whose; from the rota that is best now, if they have gone their own ways."""
        if not self._at_one:
            meet(self.searches)
        days, many = len(self._days), len(self.searches)
        owner = self._dice.permutation(days) * many // days
        of_round = np.searchsorted(self._days, self.searches[0].state.rounds["day"])
        for_round = owner[np.minimum(of_round, days - 1)]
        self.mine = [for_round == i for i in range(many)]
        for search, mine in zip(self.searches, self.mine, strict=True):
            visits, rounds = search.state.visits, search.state.rounds
            away = (visits["placed"] == 1) & ~(mine[visits["round0"]] & mine[visits["round1"]])
            visits["locked"] = self._locked | away
            # Nobody new fits into a round that begins after all.
            rounds["lo"] = np.where(mine, self._first, FAR)

    def bring_together(self) -> None:
        """One rota of what all of them have made of their own rounds; or the best of theirs, if in that one a visit
        has lost its place."""
        for search in self.searches:
            search.state.visits["locked"], search.state.rounds["lo"] = self._locked, self._first
        best = min(self.searches, key=lambda search: search.price_now)
        target = max(self.searches, key=lambda search: search.price_now)
        for search, mine in zip(self.searches, self.mine, strict=True):
            if search is not target:
                target.join(search, mine)
        meet_at(target if target.left_over <= best.left_over else best, self.searches)
        self._at_one = True

    def go_own_ways(self) -> None:
        """From now on the searches' rotas differ."""
        self._at_one = False


def meet(searches: Sequence[Search]) -> None:
    """All go on from the one that is best now."""
    meet_at(min(searches, key=lambda search: search.price_now), searches)


def meet_at(source: Search, searches: Sequence[Search]) -> None:
    """All go on from this one."""
    for search in searches:
        if search is not source:
            search.take_over(source)
