"""Arrays without their reference counts, for the inside of one compiled call.

Numba counts references wherever an array is taken out of a tuple, with a locked instruction each time; in these loops
that was more than half of all the time. A borrowed array has nobody to count for. It must not outlive the call: its
owner is the Python object that was handed in.
"""

from __future__ import annotations

from typing import Any

from numba import njit
from numba.extending import intrinsic

from scheduler.solve.kernel.layout import Best, Desk, Hints, State, Undo


def _borrowed(typing_context: Any, array: Any) -> Any:
    """The same array, uncounted: numba asks for the type of the answer and the code that makes it."""

    def codegen(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        copy = context.make_array(signature.args[0])(context, builder, arguments[0])
        copy.meminfo = copy.meminfo.type(None)
        return copy._getvalue()

    return array(array), codegen


borrowed: Any = intrinsic(_borrowed)
"""array -> the same array, uncounted."""


@njit(cache=True)
def borrow_state(s: State) -> State:
    """All arrays of a search."""
    return State(
        borrowed(s.visits),
        borrowed(s.rounds),
        borrowed(s.stops),
        borrowed(s.fit),
        borrowed(s.minutes),
        borrowed(s.amounts),
        borrowed(s.pairs),
        borrowed(s.curve),
        borrowed(s.clients),
        borrowed(s.carers),
        borrowed(s.weeks),
        borrowed(s.unpopular),
        borrowed(s.links),
        borrowed(s.spans),
        borrowed(s.coupling),
        borrowed(s.totals),
        borrowed(s.scratch),
        borrowed(s.rng),
    )


@njit(cache=True)
def borrow_undo(u: Undo) -> Undo:
    """All arrays of an undo."""
    return Undo(
        borrowed(u.stamp), borrowed(u.touched), borrowed(u.rounds), borrowed(u.stops), borrowed(u.counts)
    )


@njit(cache=True)
def borrow_hints(h: Hints) -> Hints:
    """All arrays of the hints."""
    return Hints(
        borrowed(h.candidates),
        borrowed(h.near),
        borrowed(h.client_visits),
        borrowed(h.rounds_on),
        borrowed(h.ruin_chance),
    )


@njit(cache=True)
def borrow_desk(d: Desk) -> Desk:
    """All arrays of a desk."""
    return Desk(
        borrowed(d.pool),
        borrowed(d.stamp),
        borrowed(d.found),
        borrowed(d.estimate),
        borrowed(d.places),
        borrowed(d.moved),
        borrowed(d.out),
        borrowed(d.reached),
        borrowed(d.queue),
        borrowed(d.touched),
        borrowed(d.counts),
    )


@njit(cache=True)
def borrow_best(b: Best) -> Best:
    """All arrays of the best so far."""
    return Best(borrowed(b.n), borrowed(b.stops), borrowed(b.total), borrowed(b.dirty))
