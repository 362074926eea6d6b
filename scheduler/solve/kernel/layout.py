"""What the kernel stores: one packed record a thing, so that a trial insertion touches few cache lines.

Times are minutes of the period, money is sixtieths of a penny, places are the rows of the travel matrices (a client's
place is the client's position).
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Records = Any
"""An array of one of the record types below; numba reads its fields as attributes, which numpy's types do not know."""
Int = Any
"""A whole number of compiled code, of whatever width; mypy cannot follow numba there."""
INFEASIBLE = np.int64(2**60)
"""A price that no rota has: 'this cannot be'."""
MAX_STOPS = 48
"""Visits in one round at the most."""
NEVER = -(10**6)
"""A minute long before every period."""
LINKED, PRICED, SPANNED = 1, 2, 4
"""Marks of a stop: linked to other visits; its start has a price beside the target's; only some spans are allowed."""
LATE, IDLE, BUSY = 0, 1, 2
"""Columns of `loads`."""
RICH, REGULAR, SOFT = 3, 4, 5
"""Positions in `coupling`."""
ELSEWHERE, THROUGH, STUBBORN = 0, 1, 2
"""Positions in `knobs`: how often a few visits that were taken out may not go back to the carers who had them; how
often a visit is put back with pushes that run through other rounds, where the problem does not ask for it; how often
an iteration is never given up."""
THROUGH_ROUNDS, ADDED, MOST = 3, 4, 5
"""Positions in a desk's `counts`: pushes run through other rounds; what the pushes of a trial cost so far; what they
may cost, where later is never better."""
MAX_PLACES = 48
"""Positions that are tried for one visit at the most, where positions are looked at rather than rounds."""
MAX_QUEUE = 400
"""Pushes that one trial may take."""
MAX_SPANS = 4
"""Spans of one visit at the most."""
UNKNOWN = 2**50
"""A hope that nothing has been learned about: more than any price."""
SIZES = 16
"""Numbers of visits put back that hopes tell apart; more count as the last."""

VISIT = np.dtype(
    [
        ("unallocated", np.int64),  # price of leaving it out
        ("client", np.int32),
        ("kind", np.int32),  # row in `fit`
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
        ("spans", np.int32),  # how many rows of `spans`
        ("per_late", np.int32),  # price of a minute late, -1: never late
        (
            "promised",
            np.int32,
        ),  # a start that was promised, with the price of being further off than the tolerance
        ("tolerance", np.int32),
        ("moved_price", np.int32),
        ("mate", np.int32),  # planned together with this visit or not at all, or -1
        ("banned", np.int32),  # a carer who may not take it in this iteration, or -1
        ("tentative", np.int32),  # its start in the trial that is under way, or NEVER
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
        ("watch_rest", np.int32),  # 1: the shifts alone do not see to the weekly rest
        ("home_works", np.int32),  # 1: journeys from home and back are work
        ("leave", np.int32),  # from home not before this minute
        ("by", np.int32),  # home by this minute
        ("per_over", np.int32),  # price of a minute later, -1: never later
        ("from_leave", np.int32),  # 1: waiting before the first visit counts, from `leave` on
        ("pause_lo", np.int32),  # the pause starts within these minutes
        ("pause_hi", np.int32),
        ("pause", np.int32),  # its minutes, 0: none is wanted
        ("missed", np.int32),  # price of a day without it
        ("spell", np.int32),  # minutes that are idle unless something fills them, -1: nobody counts
        ("due", np.int32),  # pay that is due for a minute that counts, 0: nobody asks
        ("costs", np.int32),  # row in `amounts`: what journeys cost the carer
        ("n", np.int32),  # state: stops, and what follows from them
        ("work", np.int32),
        ("paid", np.int32),
        ("owed", np.int32),  # all that is due for the round, and what its journeys cost the carer
        ("start", np.int32),
        ("end", np.int32),
        ("leaves", np.int32),
        ("is_home", np.int32),
        ("last_place", np.int32),
        ("stale", np.int32),  # 1: starts have moved since it was last priced
        ("late", np.int32),  # largest lateness of its stops
        ("idle", np.int32),
        ("busy", np.int32),  # contact and travel, home legs too
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
        ("marks", np.int32),  # LINKED | PRICED | SPANNED
        ("second", np.int32),
        ("early", np.int32),  # earliest and latest start by pushing the others
        ("late", np.int32),
        ("arc", np.int32),  # price of getting here and of the minute it starts
        ("travel", np.int32),
        ("counted", np.int32),  # working minutes and paid minutes of the gap before
        ("paid_gap", np.int32),
        ("spent", np.int32),  # what getting here costs the carer
    ]
)

KEPT = np.dtype([("visit", np.int32), ("start", np.int32), ("length", np.int32), ("second", np.int32)])
"""What the best rota keeps of a stop."""
FIT = np.dtype([("length", np.int32), ("charge", np.int32)])  # length 0: this carer never
PAIR = np.dtype([("price", np.int32), ("recent", np.int32), ("count", np.int32), ("guide", np.int32)])
CLIENT = np.dtype(
    [
        ("distinct", np.int64),  # state: carers who come, and the recent ones
        ("here", np.int64),  # state: carers who come
        ("once", np.int64),  # 1: no carer comes twice
    ]
)
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
        ("owed", np.int64),  # state
        ("below", np.int64),
        ("per_below", np.int64),
        ("above", np.int64),
        ("per_above", np.int64),
        ("earned", np.int64),  # by a paid minute, towards what is owed
        ("least", np.int64),  # minutes that are earned at least
        ("first", np.int64),  # the weeks first..past-1 are one pay period
        ("past", np.int64),
        ("per_missing", np.int64),  # price of each unit that a pay period's earnings lack
    ]
)


class State(NamedTuple):
    """All arrays of one search. `totals[0]` is the price of the current rota; `rng[0]` the random state. A rich
    problem has spans, mates, pauses, days from home to home or prices that couple all rounds; in a regular one coming
    earlier is never worse."""

    visits: Records  # VISIT, (visits,)
    rounds: Records  # ROUND, (rounds,)
    stops: Records  # STOP, (rounds, MAX_STOPS)
    fit: Records  # FIT, (kinds of visits, carers)
    minutes: NDArray[np.int16]  # (modes, places, places)
    rush_minutes: NDArray[np.int16]  # the same for who leaves in a rush hour
    rush: NDArray[
        np.int32
    ]  # (minutes, 2): over and left of the rush hour; no rows: there are none (see `ways`)
    amounts: NDArray[np.int32]  # (rates, places, places)
    minutes_to: NDArray[
        np.int16
    ]  # both by where to, then where from: what leads to one place lies side by side
    amounts_to: NDArray[np.int32]
    pairs: Records  # PAIR, (clients, carers)
    curve: NDArray[np.int64]  # (clients, carers + 2): price of so many carers, the recent ones among them
    curve_here: NDArray[np.int64]  # the same, where only who comes counts
    clients: Records  # CLIENT
    carers: Records  # CARER
    weeks: Records  # WEEK, (carers, weeks)
    unpopular: NDArray[np.int64]  # (carers, spells + 1)
    links: NDArray[
        np.int32
    ]  # (2 x links, 4): other, least, most of other's start - own start, 1: in one span
    spans: NDArray[np.int32]  # (visits, MAX_SPANS, 2): first and last start of each span
    loads: NDArray[
        np.int32
    ]  # (rounds, 3): LATE, IDLE, BUSY of each as it is, or in the trial that is under way
    coupling: NDArray[
        np.int64
    ]  # prices of largest lateness, largest idle time, imbalance; rich, regular, soft: 1
    totals: NDArray[np.int64]  # price of the rota, and its part that no round has alone
    scratch: NDArray[np.int64]  # room for the answer of `walk`
    rng: NDArray[np.uint64]


class Hints(NamedTuple):
    """What the search knows beforehand. Rows end with -1."""

    candidates: NDArray[np.int32]  # (visits, most): rounds that could take the visit
    possible: NDArray[np.int64]  # (visits,): how many those are
    near: NDArray[np.int32]  # (visits, 40): visits of the same day, nearest in place and time first
    client_visits: NDArray[np.int32]  # (clients, most)
    by_day: NDArray[np.int32]  # (visits,): all visits, day by day, each day's on a way through the town
    first_of_day: NDArray[np.int64]  # (days + 1,): where each day begins in `by_day`
    rounds_on: NDArray[np.int32]  # (carers, days, most): rounds of a carer on a day
    ruin_chance: NDArray[np.float64]  # how often each ruin is chosen, adds up to 1
    knobs: NDArray[np.float64]  # ELSEWHERE, THROUGH, STUBBORN


class Desk(NamedTuple):
    """Room to work in, so that the loop allocates nothing. `out` is the answer of an insertion: round, stop, start,
    round and stop of the second carer, minutes of the leading and of the second carer."""

    pool: NDArray[np.int64]  # (rounds,): rounds looked at for one visit
    stamp: NDArray[
        np.int64
    ]  # (rounds + 1,): visit number at which a round was put into the pool; the last counts
    found: NDArray[np.int64]  # (rounds + 1,): the pool's best, by estimate
    estimate: NDArray[np.int64]
    places: NDArray[
        np.int64
    ]  # (MAX_PLACES,): stops that go with the rounds in `found`, where positions are looked at
    moved: NDArray[np.int64]  # (MAX_STOPS + 1,)
    out: NDArray[np.int64]  # (7,)
    reached: NDArray[np.int64]  # (visits,): visits that a trial moves
    queue: NDArray[np.int64]  # those that are still to push others
    touched: NDArray[np.int64]  # (rounds,): rounds that a trial changes
    counts: NDArray[np.int64]  # how many are in these three; then see THROUGH_ROUNDS
    relief: NDArray[np.int64]  # (visits,): what may be hoped for from putting each back, see `hope`
    gain: NDArray[np.int64]  # (SIZES,): what may be hoped for from better starts, by visits put back


class Undo(NamedTuple):
    """Copies of all rounds touched since `open_change`, and of the visits taken out or put in."""

    stamp: NDArray[np.int64]  # (rounds + 1,): number of the change that touched it last; the last cell counts
    touched: NDArray[np.int64]  # (rounds,)
    rounds: Records  # ROUND, by position in `touched`
    stops: Records  # STOP
    counts: NDArray[np.int64]  # [touched rounds, totals before]


class Best(NamedTuple):
    """The best rota so far, and what changed since it was kept."""

    n: NDArray[np.int64]  # (rounds,)
    stops: Records  # KEPT
    total: NDArray[np.int64]  # [price, iterations, improvements, rounds in `changed`]
    dirty: NDArray[np.bool_]  # (rounds,)
    changed: NDArray[np.int64]  # (rounds,): the dirty ones


def desk_for(s: State) -> Desk:
    """A desk of the right size."""
    n = len(s.rounds) + 1
    return Desk(
        np.zeros(n, np.int64),
        np.zeros(n, np.int64),
        np.zeros(max(n, MAX_PLACES), np.int64),
        np.zeros(max(n, MAX_PLACES), np.int64),
        np.zeros(MAX_PLACES, np.int64),
        np.zeros(MAX_STOPS + 1, np.int64),
        np.zeros(7, np.int64),
        np.zeros(len(s.visits) + 1, np.int64),
        np.zeros(MAX_QUEUE, np.int64),
        np.zeros(n, np.int64),
        np.zeros(6, np.int64),
        np.full(len(s.visits), UNKNOWN, np.int64),
        np.full(SIZES, UNKNOWN, np.int64),
    )
