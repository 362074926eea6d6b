"""The first noun: everything that is needed to plan a period, complete and immutable.

After a Problem exists nothing is fetched, parsed or guessed. A what-if is `problem.replace(...)`.
"""

from __future__ import annotations

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scheduler.domain import Carer, Client, Link, PastVisit, Promise, Relation, Shift, Tie, Visit
from scheduler.errors import DomainError, UnknownName
from scheduler.funds import Fund
from scheduler.settings import Settings
from scheduler.travel.base import Matrix
from scheduler.travel.rush import Spells, spells_of
from scheduler.uk.holidays import bank_holidays
from scheduler.units import WEEK_DAYS


@dataclass(frozen=True, eq=False)
class Problem:
    """`travel` maps a mode to its Matrix over all places: first the clients' in order, then the carers' homes.

    A tie may name a carer who has left: an 'only' still keeps the others away. `published` is what clients were told
    before: a promise may name a visit that has gone (then nothing comes of it) and a carer who has left. `now` is the
    minute of the period at which it is changed, where people are told of a change with less notice the later it is;
    None: all is planned ahead.

    Two problems are the same only if they are one object: comparing thousands of visits by value is never meant.
    """

    start: date
    days: int
    settings: Settings
    clients: tuple[Client, ...]
    carers: tuple[Carer, ...]
    visits: tuple[Visit, ...]
    shifts: tuple[Shift, ...]
    travel: Mapping[str, Matrix]
    links: tuple[Link, ...] = ()
    ties: tuple[Tie, ...] = ()
    history: tuple[PastVisit, ...] = ()
    published: tuple[Promise, ...] = ()
    funds: tuple[Fund, ...] = ()
    travel_source: str = "straight line"
    now: int | None = None

    def __post_init__(self) -> None:
        _unique("client", (c.id for c in self.clients))
        _unique("carer", (c.id for c in self.carers))
        _unique("visit", (v.id for v in self.visits))
        _unique("fund of client", (fund.client for fund in self.funds))
        _unique("promised visit", (promise.visit for promise in self.published))
        self._validate_references()

    def _validate_references(self) -> None:
        for visit in self.visits:
            _known("client", visit.client, self.client_index)
            for carer in visit.fixed_carers:
                _known("carer", carer, self.carer_index)
            if not 0 <= visit.day < self.days:
                raise DomainError(f"Visit {visit.id} is on day {visit.day} of a period of {self.days} days.")
        for link in self.links:
            _known("visit", link.first, self.visit_index)
            _known("visit", link.second, self.visit_index)
        for client in (*(tie.client for tie in self.ties), *(fund.client for fund in self.funds)):
            _known("client", client, self.client_index)
        last: dict[str, Shift] = {}
        for shift in sorted(self.shifts, key=lambda s: (s.carer, s.start)):
            _known("carer", shift.carer, self.carer_index)
            before = last.get(shift.carer)
            if before is not None and shift.start < before.end:
                raise DomainError(
                    f"Carer {shift.carer} has two shifts at once on day {shift.day}: join them."
                )
            last[shift.carer] = shift
        size = len(self.clients) + len(self.carers)
        for mode in {carer.mode for carer in self.carers}:
            if mode not in self.travel or self.travel[mode].minutes.shape != (size, size):
                raise DomainError(
                    f"Travel by {mode} must cover all {size} places (clients, then carers' homes)."
                )

    def replace(self, **changes: Any) -> Problem:
        """Another problem with some parts changed."""
        return dataclasses.replace(self, **changes)

    # -- finding things -------------------------------------------------------------------------------------------

    @cached_property
    def client_index(self) -> dict[str, int]:
        """Client id -> position in `clients`."""
        return {client.id: i for i, client in enumerate(self.clients)}

    @cached_property
    def carer_index(self) -> dict[str, int]:
        """Carer id -> position in `carers`."""
        return {carer.id: i for i, carer in enumerate(self.carers)}

    @cached_property
    def visit_index(self) -> dict[str, int]:
        """Visit id -> position in `visits`."""
        return {visit.id: i for i, visit in enumerate(self.visits)}

    def client(self, id: str) -> Client:
        """The client of that id."""
        return self.clients[_position("client", id, self.client_index)]

    def carer(self, id: str) -> Carer:
        """The carer of that id."""
        return self.carers[_position("carer", id, self.carer_index)]

    def visit(self, id: str) -> Visit:
        """The visit of that id."""
        return self.visits[_position("visit", id, self.visit_index)]

    @cached_property
    def _visits_by_client(self) -> dict[str, NDArray[np.intp]]:
        lists: dict[str, list[int]] = {client.id: [] for client in self.clients}
        for i, visit in enumerate(self.visits):
            lists[visit.client].append(i)
        return {id: np.array(found, dtype=np.intp) for id, found in lists.items()}

    def visits_of(self, client: str) -> NDArray[np.intp]:
        """Positions of the client's visits, in the order of `visits`."""
        return self._visits_by_client[client]

    @cached_property
    def promises(self) -> dict[str, Promise]:
        """Visit id -> what its client was told of it; visits of which nothing was told are absent."""
        told = {promise.visit: promise for promise in self.published}
        return {visit.id: told[visit.id] for visit in self.visits if visit.id in told}

    @cached_property
    def _shifts_by_carer(self) -> dict[str, tuple[Shift, ...]]:
        found: dict[str, list[Shift]] = defaultdict(list)
        for shift in sorted(self.shifts, key=lambda s: s.start):
            found[shift.carer].append(shift)
        return {carer: tuple(shifts) for carer, shifts in found.items()}

    def shifts_of(self, carer: str) -> tuple[Shift, ...]:
        """The carer's shifts by start."""
        return self._shifts_by_carer.get(carer, ())

    def date_of(self, day: int) -> date:
        """The calendar date of a day of the period."""
        return self.start + timedelta(days=day)

    @property
    def weeks(self) -> int:
        """Number of weeks begun, counted in sevens from the first day."""
        return -(-self.days // WEEK_DAYS)

    # -- getting about --------------------------------------------------------------------------------------------

    def place_of_client(self, client: str) -> int:
        """Row of the client's place in the travel matrices."""
        return self.client_index[client]

    def home_of(self, carer: str) -> int:
        """Row of the carer's home in the travel matrices."""
        return len(self.clients) + self.carer_index[carer]

    @cached_property
    def rush(self) -> Spells:
        """The rush hours of the period; none where no matrix knows of them."""
        if all(matrix.rush is None for matrix in self.travel.values()):
            return Spells()
        last = self.date_of(self.days - 1)
        off = bank_holidays(self.settings.nation, self.start, last)
        return spells_of(self.settings.rush_hours, self.start, self.days, off)

    def way(self, mode: str, a: int, b: int, leaving: int) -> int:
        """Minutes of travel from place `a` to place `b` (rows of the matrices) for those who leave at this minute."""
        return self.rush.way(self.travel[mode], a, b, leaving)

    def way_before(self, mode: str, a: int, b: int, arriving: int) -> int:
        """How many minutes before `arriving` at place `b` one has to leave place `a`."""
        return self.rush.way_before(self.travel[mode], a, b, arriving)

    # -- who knows whom -------------------------------------------------------------------------------------------

    @cached_property
    def ties_by_pair(self) -> dict[tuple[str, str], Tie]:
        """(client, carer) -> their relation."""
        return {(tie.client, tie.carer): tie for tie in self.ties}

    def relation(self, client: str, carer: str) -> Relation | None:
        """What the two are to each other, if anything was recorded."""
        tie = self.ties_by_pair.get((client, carer))
        return tie.relation if tie else None

    @cached_property
    def past_visits(self) -> dict[str, Counter[str]]:
        """Client -> carer -> number of past visits, all that the history holds."""
        found: dict[str, Counter[str]] = {client.id: Counter() for client in self.clients}
        for past in self.history:
            if past.client in found:
                found[past.client][past.carer] += 1
        return found

    @cached_property
    def _visited_under_plan(self) -> frozenset[tuple[str, str]]:
        long_ago = min((past.day for past in self.history), default=0)
        begun = {c.id: long_ago if c.plan_from is None else c.plan_from for c in self.clients}
        return frozenset(
            (past.client, past.carer)
            for past in self.history
            if past.client in begun and past.day >= begun[past.client]
        )

    def knows(self, client: str, carer: str) -> bool:
        """Has the carer visited the client before the period? A review of the care plan makes nobody a stranger."""
        return self.past_visits[client][carer] > 0

    def visited_under_plan(self, client: str, carer: str) -> bool:
        """Has the carer visited the client before the period and under the present care plan (as section 8 of the
        Welsh Act of 2016 asks)? Where no date of the plan is recorded, all history counts."""
        return (client, carer) in self._visited_under_plan

    @cached_property
    def recent_carers(self) -> dict[str, frozenset[str]]:
        """Client -> carers seen before the period but within the rolling window that ends with it."""
        first = self.days - self.settings.rolling_days
        found: dict[str, set[str]] = {client.id: set() for client in self.clients}
        for past in self.history:
            if past.client in found and past.day >= first:
                found[past.client].add(past.carer)
        return {client: frozenset(carers) for client, carers in found.items()}


def _unique(kind: str, ids: Iterable[str]) -> None:
    twice = [id for id, count in Counter(ids).items() if count > 1]
    if twice:
        raise DomainError(f"Two {kind}s are called {twice[0]!r}: give each its own id.")


def _known(kind: str, id: str, index: Mapping[str, int]) -> None:
    if id not in index:
        raise UnknownName(kind, id, index)


def _position(kind: str, id: str, index: Mapping[str, int]) -> int:
    _known(kind, id, index)
    return index[id]
