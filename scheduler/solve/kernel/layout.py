"""What the kernel stores: one packed record a thing, so that a trial insertion touches few cache lines.

Times are minutes of the period, money is sixtieths of a penny, places are the rows of the travel matrices (a client's
place is the client's position).
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

INFEASIBLE = np.int64(2**60)
"""A price that no rota has: 'this cannot be'."""
MAX_STOPS = 48
"""Visits in one round at the most."""
NEVER = -(10**6)
"""A minute long before every period."""

VISIT = np.dtype(
    [
        ("unallocated", np.int64),  # price of leaving it out
        ("client", np.int32),
        ("day", np.int32),
        ("lo", np.int32),  # window of its start
        ("hi", np.int32),
        ("target", np.int32),
        ("per_minute", np.int32),  # price of a minute away from the target
        ("double", np.int32),  # 1: takes two carers
        ("together", np.int32),  # minutes of the second carer, 0: all
        ("must", np.int32),  # a carer who must be one of the two, or -1
        ("link", np.int32),  # first row in `links`, and how many
        ("links", np.int32),
        ("locked", np.int32),  # 1: the search never takes it out
        ("start", np.int32),  # state: where it is now
        ("placed", np.int32),
        ("round0", np.int32),
        ("round1", np.int32),
    ]
)

ROUND = np.dtype(
    [
        ("cost", np.int64),  # state: all prices that depend on this round alone
        ("carer", np.int32),
        ("mode", np.int32),  # row in `minutes`
        ("legs", np.int32),  # row in `amounts`
        ("home", np.int32),
        ("day", np.int32),
        ("week", np.int32),
        ("lo", np.int32),
        ("hi", np.int32),
        ("contact", np.int32),  # pay a minute
        ("travel", np.int32),
        ("waiting", np.int32),
        ("cap", np.int32),  # minutes of a gap that are paid
        ("work_cap", np.int32),  # minutes of a gap that count as working time
        ("home_price", np.int32),
        ("break_after", np.int32),
        ("break_minutes", np.int32),
        ("unpopular", np.int32),
        ("full_week", np.int32),
        ("n", np.int32),  # state: stops, and what follows from them
        ("work", np.int32),
        ("paid", np.int32),
        ("start", np.int32),
        ("end", np.int32),
        ("leaves", np.int32),
        ("is_home", np.int32),
        ("last_place", np.int32),
    ]
)

STOP = np.dtype(
    [
        ("visit", np.int32),
        ("start", np.int32),
        ("length", np.int32),
        ("place", np.int32),
        ("lo", np.int32),  # a double-up is an anchor: lo = hi = start
        ("hi", np.int32),
        ("target", np.int32),
        ("per_minute", np.int32),  # 0 for the second carer: counted once
        ("linked", np.int32),
        ("second", np.int32),
        ("early", np.int32),  # earliest and latest start by pushing the others
        ("late", np.int32),
        ("arc", np.int32),  # price of getting here and of the minute it starts
        ("travel", np.int32),
        ("counted", np.int32),  # working minutes and paid minutes of the gap before
        ("paid_gap", np.int32),
    ]
)

FIT = np.dtype([("length", np.int32), ("charge", np.int32)])  # length 0: this carer never
PAIR = np.dtype([("price", np.int32), ("recent", np.int32), ("count", np.int32), ("guide", np.int32)])
CLIENT = np.dtype([("distinct", np.int64)])
CARER = np.dtype(
    [
        ("first", np.int32),  # rounds first..last-1, by start
        ("last", np.int32),
        ("rest", np.int32),
        ("weekly_rest", np.int32),
        ("worked_until", np.int32),
        ("unpopular", np.int32),  # state: unpopular rounds worked
        ("counts_contact", np.int32),  # which minutes are paid hours
        ("counts_travel", np.int32),
        ("counts_waiting", np.int32),
    ]
)
WEEK = np.dtype(
    [
        ("limit", np.int64),
        ("work", np.int64),  # state
        ("paid", np.int64),  # state
        ("below", np.int64),
        ("per_below", np.int64),
        ("above", np.int64),
        ("per_above", np.int64),
    ]
)


class State(NamedTuple):
    """All arrays of one search. `totals[0]` is the price of the current rota; `rng[0]` the random state."""

    visits: NDArray[Any]  # VISIT, (visits,)
    rounds: NDArray[Any]  # ROUND, (rounds,)
    stops: NDArray[Any]  # STOP, (rounds, MAX_STOPS)
    fit: NDArray[Any]  # FIT, (visits, carers)
    minutes: NDArray[np.int16]  # (modes, places, places)
    amounts: NDArray[np.int32]  # (rates, places, places)
    pairs: NDArray[Any]  # PAIR, (clients, carers)
    curve: NDArray[np.int64]  # (clients, carers + 1): price of so many distinct carers
    clients: NDArray[Any]  # CLIENT
    carers: NDArray[Any]  # CARER
    weeks: NDArray[Any]  # WEEK, (carers, weeks)
    unpopular: NDArray[np.int64]  # (carers, spells + 1)
    links: NDArray[np.int32]  # (2 x links, 3): other, least, most of other's start - own start
    totals: NDArray[np.int64]
    rng: NDArray[np.uint64]
