"""Pricing against every round that there is, one by one; and the one freedom that it takes."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import numpy as np
from numpy.typing import NDArray

from scheduler.solve.bound.label import NOTHING, Spell, cheapest_rounds


def a_spell(dice: Random, n: int = 5, width: int = 8) -> Spell:
    """Windows so narrow and visits so long that no round can come back to one. A start may be forbidden."""
    lo = np.sort(np.array([dice.randint(0, 60) for _ in range(n)]))
    hi = lo + np.array([dice.randint(0, width) for _ in range(n)])
    minutes = hi - lo + 1
    price = [dice.choice([0, 3, 10, int(NOTHING)]) for _ in range(int(minutes.sum()))]
    return Spell(
        node=np.array(dice.sample(range(n), n)),
        visit=np.arange(n) // 2 if dice.random() < 0.3 else np.arange(n),
        lo=lo,
        hi=hi,
        length=np.array([dice.randint(5, 12) for _ in range(n)]),
        base=np.concatenate(([0], minutes.cumsum()[:-1])),
        start_price=np.array(price),
        fixed=np.array([dice.randint(-20, 20) for _ in range(n)]),
        place=np.array(dice.sample(range(n), n)),
        minutes=np.array([[dice.randint(0, 9) for _ in range(n)] for _ in range(n)], dtype=np.int32),
        amounts=np.array([[dice.randint(0, 30) for _ in range(n)] for _ in range(n)], dtype=np.int32),
        rate=dice.choice([0, 2]),
        out=np.array([dice.randint(0, 30) for _ in range(n)]),
        back=np.array([dice.randint(0, 30) for _ in range(n)]),
        waiting=dice.choice([0, 1, 4]),
        cap=dice.choice([0, 5, 1000]),
    )


def rounds(s: Spell, dual: NDArray[np.int64], before: tuple[int, int] | None = None) -> Iterator[int]:
    """The reduced costs of all ways to go on after a visit and its start; without, of all rounds."""
    for v in range(len(s.node)):
        for t in range(s.lo[v], s.hi[v] + 1):
            own = s.start_price[s.base[v] + t - s.lo[v]]
            if own == NOTHING:
                continue
            own += s.fixed[v] - dual[s.node[v]]
            if before is None:
                own += s.out[v]
            else:
                u, started = before
                way = int(s.minutes[s.place[v], s.place[u]])
                gap = t - started - s.length[u] - way
                if gap < 0 or s.visit[u] == s.visit[v]:
                    continue
                own += way * s.rate + s.amounts[s.place[v], s.place[u]] + s.waiting * min(gap, s.cap)
            yield int(own + s.back[v])
            yield from (int(own + rest) for rest in rounds(s, dual, (v, t)))


def test_the_best_round_is_found():
    several = 0
    for seed in range(150):
        dice = Random(seed)
        s = a_spell(dice)
        dual = np.array([dice.randint(0, 60) for _ in s.node])
        every = sorted(rounds(s, dual))
        costs, stops, nodes, starts = cheapest_rounds(s, dual, 3)
        if not every:
            assert len(costs) == 0
            continue
        assert costs[0] == every[0], seed
        assert set(costs.tolist()) <= set(every)
        assert list(costs) == sorted(costs)
        several += stops[0] > 2
        for cost, n, to, at in zip(costs, stops, nodes, starts, strict=True):
            assert cost == _reduced_cost(s, dual, to[:n], at[:n]), seed
    assert several > 30


def _reduced_cost(
    s: Spell, dual: NDArray[np.int64], nodes: NDArray[np.int64], starts: NDArray[np.int64]
) -> int:
    """Of a round written out: what it says it costs."""
    row = [int(np.nonzero(s.node == node)[0][0]) for node in nodes]
    cost = s.out[row[0]] + s.back[row[-1]] + sum(s.fixed[v] - dual[s.node[v]] for v in row)
    cost += sum(s.start_price[s.base[v] + t - s.lo[v]] for v, t in zip(row, starts, strict=True))
    for i in range(1, len(row)):
        u, v = row[i - 1], row[i]
        way = int(s.minutes[s.place[v], s.place[u]])
        gap = starts[i] - starts[i - 1] - s.length[u] - way
        assert gap >= 0
        cost += way * s.rate + s.amounts[s.place[v], s.place[u]] + s.waiting * min(gap, s.cap)
    return int(cost)


def a_day_with_wide_windows(n: int) -> tuple[Spell, NDArray[np.int64]]:
    """Visits of ten minutes that may start at any of 60, worth 100 each, five minutes and 5 apart."""
    every = np.zeros(n, np.int64)
    s = Spell(
        node=np.arange(n),
        visit=np.arange(n),
        lo=every,
        hi=every + 59,
        length=every + 10,
        base=np.arange(n) * 60,
        start_price=np.zeros(60 * n, np.int64),
        fixed=every,
        place=np.arange(n),
        minutes=np.full((n, n), 5, np.int32),
        amounts=np.zeros((n, n), np.int32),
        rate=1,
        out=every,
        back=every,
        waiting=0,
        cap=0,
    )
    return s, every + 100


def test_nobody_comes_back_at_once():
    """Four visits fit in (starts 0, 15, 30, 45). With two to choose from a round must not go from one to the other and
    back; with three it may come back after two others, and then the bound is only lower than it might be."""
    s, dual = a_day_with_wide_windows(2)
    costs, stops, _, _ = cheapest_rounds(s, dual, 1)
    assert (costs[0], stops[0]) == (-195, 2)
    s, dual = a_day_with_wide_windows(3)
    costs, stops, nodes, _ = cheapest_rounds(s, dual, 1)
    assert (costs[0], stops[0]) == (-385, 4)
    assert nodes[0, 0] == nodes[0, 3]


def test_a_shift_without_visits_has_no_round():
    s, dual = a_day_with_wide_windows(0)
    assert [len(answer) for answer in cheapest_rounds(s, dual, 5)] == [0, 0, 0, 0]


def test_a_visit_that_may_start_at_no_minute_is_in_no_round():
    s, dual = a_day_with_wide_windows(2)
    s.start_price[:60] = NOTHING
    costs, stops, nodes, _ = cheapest_rounds(s, dual, 5)
    assert (costs.tolist(), stops.tolist(), nodes[0, 0]) == ([-100], [1], 1)
