"""How far a new visit pushes: its neighbours, whoever is linked to those, and so on through as many rounds as it takes.

The plan is only sketched: each visit that has to move gets a `tentative` start. A push later asks only for later
starts, a push earlier only for earlier ones; a trial that would need both for one visit, or that would move the new
visit itself, is given up.
"""

from __future__ import annotations

from typing import Any

from scheduler.solve.kernel.compiled import inner
from scheduler.solve.kernel.layout import ADDED, BUSY, IDLE, LATE, MOST, NEVER, Desk, Int, State
from scheduler.solve.kernel.starts import not_after, not_before, start_price
from scheduler.solve.kernel.ways import way_from, way_until


@inner
def now(s: State, v: Int) -> Any:
    """The visit's start, tentative if it has one."""
    x = s.visits[v]
    return x.start if x.tentative == NEVER else x.tentative


@inner
def stop_of(s: State, to: Int, v: Int) -> Any:
    """Where the visit is in the round, or -1."""
    for i in range(s.rounds[to].n):
        if s.stops[to, i].visit == v:
            return i
    return -1


@inner
def _move(s: State, d: Desk, v: Int, t: Int, later: bool) -> Any:
    """Sketch another start; False if that cannot be, or if those who come later cost too much by now."""
    x = s.visits[v]
    if x.locked == 1 or t < x.lo or t > x.hi:
        return False
    if later:
        d.counts[ADDED] += start_price(s, v, t) - start_price(s, v, now(s, v))
        if d.counts[ADDED] >= d.counts[MOST]:
            return False
    if x.tentative == NEVER:
        d.reached[d.counts[0]] = v
        d.counts[0] += 1
    elif (x.tentative > x.start) != later:
        return False
    x.tentative = t
    if d.counts[1] >= len(d.queue):
        return False
    d.queue[d.counts[1]] = v
    d.counts[1] += 1
    return True


@inner
def _later(s: State, d: Desk, v: Int, t: Int) -> Any:
    return _move(s, d, v, not_before(s, v, t), True)


@inner
def _earlier(s: State, d: Desk, v: Int, t: Int) -> Any:
    return _move(s, d, v, not_after(s, v, t), False)


@inner
def reach(s: State, d: Desk, to: Int, pos: Int, v: Int, t: Int, length: Int) -> Any:
    """Sketch visit `v` at `t` as stop `pos` of round `to`. False if it cannot be; `forget` has to follow in any case.
    `d.reached` then has the visits that move, `d.touched` the rounds that change, `to` first."""
    d.counts[0] = 0
    d.counts[1] = 0
    d.counts[2] = 1
    d.counts[ADDED] = 0
    d.touched[0] = to
    x = s.visits[v]
    r = s.rounds[to]
    if pos < r.n:
        y = s.stops[to, pos]
        need = t + length + way_from(s, r.mode, x.client, y.place, t + length)
        if y.visit == v:
            return False
        if need > now(s, y.visit) and not _later(s, d, y.visit, need):
            return False
    for i in range(x.link, x.link + x.links):
        o = s.links[i, 0]
        if s.visits[o].placed == 1 and now(s, o) < t + s.links[i, 1]:
            if not _later(s, d, o, t + s.links[i, 1]):
                return False
    at = 0
    while at < d.counts[1]:
        u = d.queue[at]
        at += 1
        if not _push_later(s, d, u, to, pos, v, t):
            return False
    if pos > 0:
        y = s.stops[to, pos - 1]
        if y.visit == v:
            return False
        need = t - way_until(s, r.mode, y.place, x.client, t) - y.length
        if need < now(s, y.visit) and not _earlier(s, d, y.visit, need):
            return False
    for i in range(x.link, x.link + x.links):
        o = s.links[i, 0]
        if s.visits[o].placed == 1 and now(s, o) > t + s.links[i, 2]:
            if not _earlier(s, d, o, t + s.links[i, 2]):
                return False
    while at < d.counts[1]:
        u = d.queue[at]
        at += 1
        if not _push_earlier(s, d, u, to, pos, v, t, length):
            return False
    for i in range(d.counts[0]):
        u = d.reached[i]
        y = s.visits[u]
        for side in range(1 + y.double):
            _touch(d, y.round0 if side == 0 else y.round1)
    return True


@inner
def _touch(d: Desk, to: Int) -> None:
    for i in range(d.counts[2]):
        if d.touched[i] == to:
            return
    d.touched[d.counts[2]] = to
    d.counts[2] += 1


@inner
def _push_later(s: State, d: Desk, u: Int, to: Int, pos: Int, v: Int, t: Int) -> Any:
    """Whoever comes after `u`, in its rounds or by a link, comes later too where need be."""
    y = s.visits[u]
    start = now(s, u)
    for side in range(1 + y.double):
        its = y.round0 if side == 0 else y.round1
        i = stop_of(s, its, u)
        if i < 0:
            continue
        r = s.rounds[its]
        end = start + s.stops[its, i].length
        if its == to and i + 1 == pos:
            if end + way_from(s, r.mode, y.client, s.visits[v].client, end) > t:
                return False
        elif i + 1 < r.n:
            z = s.stops[its, i + 1]
            need = end + way_from(s, r.mode, y.client, z.place, end)
            if z.visit == v:
                if need > t:
                    return False
            elif need > now(s, z.visit) and not _later(s, d, z.visit, need):
                return False
    for j in range(y.link, y.link + y.links):
        o = s.links[j, 0]
        need = start + s.links[j, 1]
        if o == v:
            if t < need:
                return False
        elif s.visits[o].placed == 1 and now(s, o) < need and not _later(s, d, o, need):
            return False
    return True


@inner
def _push_earlier(s: State, d: Desk, u: Int, to: Int, pos: Int, v: Int, t: Int, length: Int) -> Any:
    """Whoever comes before `u`, in its rounds or by a link, comes earlier too where need be."""
    y = s.visits[u]
    start = now(s, u)
    for side in range(1 + y.double):
        its = y.round0 if side == 0 else y.round1
        i = stop_of(s, its, u)
        if i < 0:
            continue
        r = s.rounds[its]
        if its == to and i == pos:
            if t + length + way_from(s, r.mode, s.visits[v].client, y.client, t + length) > start:
                return False
        elif i > 0:
            z = s.stops[its, i - 1]
            need = start - way_until(s, r.mode, z.place, y.client, start) - z.length
            if z.visit == v:
                if need < t:
                    return False
            elif need < now(s, z.visit) and not _earlier(s, d, z.visit, need):
                return False
    for j in range(y.link, y.link + y.links):
        o = s.links[j, 0]
        need = start + s.links[j, 2]
        if o == v:
            if t > need:
                return False
        elif s.visits[o].placed == 1 and now(s, o) > need and not _earlier(s, d, o, need):
            return False
    return True


@inner
def show_load(s: State, to: Int) -> None:
    """The round's loads are what they are."""
    r = s.rounds[to]
    s.loads[to, LATE] = r.late
    s.loads[to, IDLE] = r.idle
    s.loads[to, BUSY] = r.busy


@inner
def forget(s: State, d: Desk) -> None:
    """Nothing is sketched any more."""
    for i in range(d.counts[0]):
        s.visits[d.reached[i]].tentative = NEVER
    for i in range(d.counts[2]):
        show_load(s, d.touched[i])
    d.counts[0] = 0
    d.counts[2] = 0
