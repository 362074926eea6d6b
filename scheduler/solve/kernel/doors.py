"""What Python calls: each door borrows the tuples once, and everything behind it goes by their addresses."""

from __future__ import annotations

from typing import Any

from numpy.typing import NDArray

from scheduler.solve.kernel import adopt as _adopt
from scheduler.solve.kernel import change as _change
from scheduler.solve.kernel import join as _join
from scheduler.solve.kernel import retime as _retime
from scheduler.solve.kernel import search as _search
from scheduler.solve.kernel import tries as _tries
from scheduler.solve.kernel.borrow import borrow
from scheduler.solve.kernel.compiled import door
from scheduler.solve.kernel.coupling import coupled
from scheduler.solve.kernel.layout import Best, Desk, Hints, Int, Records, State, Undo
from scheduler.solve.kernel.routes import refresh


@door
def run(
    s: State,
    u: Undo,
    h: Hints,
    d: Desk,
    best: Best,
    iterations: Int,
    warm: float,
    cold: float,
    size: Int,
    blink: float,
    guide: float,
    soft: bool,
) -> None:
    """So many iterations, the temperature falling evenly (in its logarithm) from `warm` to `cold` (money units)."""
    _search.search(
        borrow(s),
        borrow(u),
        borrow(h),
        borrow(d),
        borrow(best),
        iterations,
        warm,
        cold,
        size,
        blink,
        guide,
        soft,
    )


@door
def keep(s: State, best: Best) -> None:
    """The current rota is the best."""
    _search.keep(borrow(s), borrow(best))


@door
def adopt(s: State, u: Undo, d: Desk, v: Int, start: Int, lead: Int, second: Int) -> Any:
    """Place visit `v` at `start` in round `lead` (and `second` for a double-up). False if that breaks a rule."""
    return _adopt.adopt(borrow(s), borrow(u), borrow(d), v, start, lead, second)


@door
def join(s: State, u: Undo, d: Desk, best: Best, other: State, theirs: NDArray[Any]) -> None:
    """Take over what the other state has in the rounds marked as `theirs`."""
    _join.join(borrow(s), borrow(u), borrow(d), borrow(best), borrow(other), theirs)


@door
def try_starts(
    s: State, u: Undo, d: Desk, v: Int, lo: Int, lead: Int, second: Int, totals: NDArray[Any]
) -> None:
    """What everything costs with visit `v` at each start from `lo` on; see `kernel.tries`."""
    _tries.try_starts(borrow(s), borrow(u), borrow(d), v, lo, lead, second, totals)


@door
def reckon(s: State) -> None:
    """Price a state with nothing planned: its total is so far what does not depend on rounds."""
    state = borrow(s)
    for to in range(len(s.rounds)):
        refresh(state, to)
        s.totals[0] += s.rounds[to].cost
    s.totals[1] = coupled(state)
    s.totals[0] += s.totals[1]


# -- single moves, for whoever wants to look at each -----------------------------------------------------------------


@door
def open_change(s: State, u: Undo) -> None:
    """From here on `undo` brings everything back."""
    _change.open_change(borrow(s), borrow(u))


@door
def take(s: State, u: Undo, v: Int) -> None:
    """Take a visit out of its round or rounds."""
    _change.take(borrow(s), borrow(u), v)


@door
def best_place(s: State, h: Hints, d: Desk, v: Int, blink: float, guide: float, wide: bool) -> Any:
    """Cheapest place for a visit: the price, and where in the desk's `out`."""
    return _search.best_place(borrow(s), borrow(h), borrow(d), v, blink, guide, wide)


@door
def place(s: State, u: Undo, d: Desk, v: Int) -> Any:
    """Put a visit where `best_place` said; False if that cannot be after all."""
    return _change.place(borrow(s), borrow(u), borrow(d), v)


@door
def retime(s: State, u: Undo, to: Int) -> None:
    """Better starts in one round."""
    _retime.retime_round(borrow(s), borrow(u), to)


@door
def change_is_legal(s: State, u: Undo) -> Any:
    """All rounds touched keep every rule."""
    return _change.change_is_legal(borrow(s), borrow(u))


@door
def undo(s: State, u: Undo, visits: NDArray[Any], before: Records, n: Int) -> None:
    """Bring back the rounds touched and the first `n` of `visits`, whose records are in `before`."""
    _change.undo(borrow(s), borrow(u), visits, before, n)
