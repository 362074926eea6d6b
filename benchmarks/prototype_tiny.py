"""A tiny week in the format of the engine's prototype, with an evaluator of its own: for the smoke and the tests.

Like the prototype's file it offers `W`, `generate` and `evaluate`, and knows nothing of the project. Times are minutes
from Monday 00:00. The evaluator is written from the prototype's description, round by round in plain Python.
"""

from __future__ import annotations

from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import numpy as np

W = {
    "unassigned": 5000.0,
    "travel": 1.0,
    "idle": 1.0,
    "km": 1.4,
    "commute": 0.3,
    "dev": 0.2,
    "under": 0.5,
}
WAITING_CAP, STRETCH, PAUSE, REST, EVER = 60, 360, 20, 660, 10**6
SPELLS = ((420, 840), (960, 1320))
CLIENTS, CARERS, DAYS = 5, 4, 3


def generate(size: str = "M", seed: int = 1) -> Any:
    """Five clients with a morning and an evening visit on three days, some of them double-ups; four carers on
    split shifts. There is one size only."""
    dice = np.random.default_rng(seed)
    week = SimpleNamespace(C=CLIENTS, K=CARERS, xy=dice.uniform(-3, 3, (CLIENTS + CARERS, 2)))
    week.KM = 1.3 * np.hypot(*(week.xy[:, None] - week.xy[None]).transpose(2, 0, 1))
    week.T = np.stack([np.ceil(week.KM * 60 / speed) for speed in (27, 14, 4.8)]).astype(np.int32)
    week.k_mode = np.array([0, 0, 1, 2])
    week.tour = np.array(
        [
            (k, d, d * 1440 + lo, d * 1440 + hi)
            for k in range(CARERS)
            for d in range(DAYS)
            for lo, hi in SPELLS
        ]
    )
    week.k_min, week.k_max = np.full(CARERS, 300), np.full(CARERS, 900)
    double = dice.random(CLIENTS) < 0.3
    rows = []
    for client in range(CLIENTS):
        wishes = dice.integers([440, 980], [760, 1240])
        for day in range(DAYS):
            for wish in day * 1440 + wishes:
                minutes = dice.choice([30, 45, 60])
                rows.append(
                    (client, day, minutes, wish - 20, wish + 20, wish, 1 + double[client], 1 + client % 3)
                )
    table = np.array(rows)
    week.v_cl, week.v_day, week.v_dur, week.v_lo, week.v_hi, week.v_pref, week.v_nl, week.v_prio = table.T
    week.nV, week.nLeg = len(table), int(week.v_nl.sum())
    week.v_leg0 = np.concatenate([[0], np.cumsum(week.v_nl)[:-1]])
    apart = week.v_pref[1::2] - week.v_pref[::2]
    week.gap = np.column_stack(
        [np.arange(0, week.nV, 2), np.arange(1, week.nV, 2), apart - 15, np.full(len(apart), EVER)]
    )
    week.okc = dice.random((CLIENTS, CARERS)) < 0.9
    week.k_skill, week.v_skill = np.array([1, 3, 3, 2]), dice.choice([0, 1, 2], week.nV, p=[0.7, 0.2, 0.1])
    week.ok = week.okc[week.v_cl] & (week.v_skill[:, None] & ~week.k_skill == 0)
    week.aff = 1.5 * dice.integers(0, 3, (CLIENTS, CARERS))
    week.pairc = dice.choice([4.0, 20.0], (CLIENTS, CARERS))
    return week


def evaluate(week: Any, carers: Any, starts: Any) -> tuple[dict[str, int], dict[str, float], dict[str, Any]]:
    """Broken rules, cost by kind, and numbers, of a rota by leg: carer (-1: nobody) and start."""
    broken: dict[str, int] = {}
    cost = dict.fromkeys((*W, "pair", "aff"), 0.0)

    def found(rule: str, is_broken: bool) -> None:
        if is_broken:
            broken[rule] = broken.get(rule, 0) + 1

    planned, pairs = {}, set()
    stops: dict[int, list[tuple[int, int]]] = {k: [] for k in range(week.K)}
    for v in range(week.nV):
        legs = range(week.v_leg0[v], week.v_leg0[v] + week.v_nl[v])
        who, when = [int(carers[leg]) for leg in legs], {int(starts[leg]) for leg in legs}
        if -1 in who:
            found("half", max(who) >= 0)
            cost["unassigned"] += W["unassigned"] * week.v_prio[v]
            continue
        planned[v] = min(when)
        found("sync", len(when) > 1)
        found("same", len(set(who)) < len(who))
        found("tw", not week.v_lo[v] <= planned[v] <= week.v_hi[v])
        cost["dev"] += W["dev"] * abs(planned[v] - week.v_pref[v])
        for k in who:
            found("elig", not week.ok[v, k])
            cost["aff"] += week.aff[week.v_cl[v], k]
            pairs.add((week.v_cl[v], k))
            stops[k].append((planned[v], v))
    for first, second, least, most in week.gap:
        if first in planned and second in planned:
            found("gap", not least <= planned[second] - planned[first] <= most)
    cost["pair"] = sum(week.pairc[pair] for pair in pairs)
    for k in range(week.K):
        _week_of(week, k, sorted(stops[k]), found, cost)
    total = sum(cost.values())
    faces = np.bincount([client for client, _ in pairs], minlength=week.C)
    numbers = {
        "unassigned": week.nV - len(planned),
        "soft": round(total - cost["unassigned"], 1),
        "total": round(total, 1),
        "carers_mean": round(float(faces[faces > 0].mean()), 2) if pairs else 0,
    }
    return broken, cost, numbers


def _week_of(week: Any, k: int, stops: list[tuple[int, int]], found: Any, cost: dict[str, float]) -> None:
    """One carer's shifts, travel, waiting, breaks, rest and hours."""
    minutes, home, worked, last_end = week.T[week.k_mode[k]], week.C + k, 0, -EVER
    spells = [(lo, hi) for carer, _, lo, hi in week.tour if carer == k]
    inside = [s for s in stops if any(lo <= s[0] and s[0] + week.v_dur[s[1]] <= hi for lo, hi in spells)]
    found("shift", len(inside) < len(stops))
    for lo, hi in spells:
        here = [s for s in inside if lo <= s[0] < hi]
        if not here:
            continue
        found("rest", here[0][0] // 1440 > last_end // 1440 and here[0][0] - last_end < REST)
        places = [week.v_cl[v] for _, v in here]
        cost["commute"] += W["commute"] * (minutes[home, places[0]] + minutes[places[-1], home])
        worked += sum(week.v_dur[v] for _, v in here)
        begun = here[0][0]
        for (start, v), (after, w) in pairwise(here):
            way = minutes[week.v_cl[v], week.v_cl[w]]
            gap = after - start - week.v_dur[v] - way
            found("overlap", gap < 0)
            begun = after if gap >= PAUSE else begun
            found("brk", after + week.v_dur[w] - begun > STRETCH)
            waiting = min(max(gap, 0), WAITING_CAP)
            worked += way + waiting
            cost["travel"] += W["travel"] * way
            cost["idle"] += W["idle"] * waiting
            cost["km"] += W["km"] * week.KM[week.v_cl[v], week.v_cl[w]] * (week.k_mode[k] == 0)
        last_end = here[-1][0] + week.v_dur[here[-1][1]]
    found("hours", worked > week.k_max[k])
    cost["under"] += W["under"] * max(0, week.k_min[k] - worked)
