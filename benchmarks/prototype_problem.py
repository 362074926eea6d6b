"""The prototype's week as a Problem with its rules, and a Rota as the prototype's own evaluator reads it.

One thing is a little stricter here, so that a rota of ours is always one of the prototype's: a carer must get from
one round of a day to the next in time, also in the hours off between them.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from benchmarks.prototype_rules import (
    LEAST_URGENT,
    Affinity,
    Kilometres,
    LeastHours,
    MostHours,
    Nobody,
    OnTheWay,
    Pairs,
    Rest,
    units,
)
from scheduler.domain import Carer, Client, Link, Place, Relation, Shift, Tie, Visit
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rules import Rule, rule
from scheduler.settings import Policy, default_settings
from scheduler.travel.base import Matrix

MONDAY = date(2026, 11, 2)
"""The week has no date: any Monday will do."""
MODES = ("car", "bicycle", "foot")
EVER = 10**6
"""The prototype's word for a distance without a limit."""
SAME_IN_THE_PROJECT = (
    "relations",
    "skills",
    "visit_length",
    "visit_window",
    "double_up",
    "links",
    "travel",
    "shifts",
    "breaks",
    "punctuality",
    "home_travel",
)
KILOMETRES_A_DEGREE = 111.0


class Week(Protocol):
    """A week of the prototype (its class `Inst`): counts, and arrays by visit (`v_`), carer (`k_`) or both; skills
    are bits."""

    C: int
    K: int
    nV: int  # noqa: N815 - the prototype's name
    nLeg: int  # noqa: N815 - the prototype's name
    xy: NDArray[np.float64]
    KM: NDArray[np.float64]
    T: NDArray[np.int32]
    k_mode: NDArray[np.int64]
    k_min: NDArray[np.int64]
    k_max: NDArray[np.int64]
    tour: NDArray[np.int64]
    gap: NDArray[np.int64]
    v_cl: NDArray[np.int64]
    v_day: NDArray[np.int64]
    v_dur: NDArray[np.int64]
    v_lo: NDArray[np.int64]
    v_hi: NDArray[np.int64]
    v_pref: NDArray[np.int64]
    v_nl: NDArray[np.int64]
    v_prio: NDArray[np.int64]
    v_skill: NDArray[np.int64]
    k_skill: NDArray[np.int64]
    v_leg0: NDArray[np.int64]
    okc: NDArray[np.bool_]
    aff: NDArray[np.float64]
    pairc: NDArray[np.float64]


class Prototype(Protocol):
    """The prototype's file as a module: `W` are its prices in units, by name."""

    W: dict[str, float]

    def generate(self, size: str, seed: int) -> Week:
        """A week of that size."""

    def evaluate(self, week: Week, carers: Any, starts: Any) -> tuple[dict[str, int], Any, dict[str, Any]]:
        """Broken rules, cost by kind, and numbers, of a rota given by leg."""


def problem_of(week: Week, prices: dict[str, float]) -> Problem:
    """The week as a Problem; `prices` as in `Prototype.W`."""
    return Problem(
        start=MONDAY,
        days=7,
        settings=replace(
            default_settings(MONDAY),
            policy=Policy.NONE,
            waiting_cap=60,
            break_after=360,
            break_minutes=20,
            prices={
                "punctuality.minute": round(units(prices["dev"]) / 60),
                "home_travel.minute": round(units(prices["commute"]) / 60),
            },
        ),
        clients=tuple(Client(f"c{c}", f"c{c}", _place(week, c)) for c in range(week.C)),
        carers=tuple(
            Carer(
                id=f"k{k}",
                name=f"k{k}",
                home=_place(week, week.C + k),
                mode=MODES[week.k_mode[k]],
                skills=_skills(week.k_skill[k]),
                contracted=int(week.k_min[k]),
                most=int(week.k_max[k]),
            )
            for k in range(week.K)
        ),
        visits=tuple(_visit(week, v) for v in range(week.nV)),
        shifts=tuple(Shift(f"k{k}", int(day), int(lo), int(hi)) for k, day, lo, hi in week.tour),
        travel={mode: _matrix(week, m) for m, mode in enumerate(MODES)},
        ties=tuple(Tie(f"c{c}", f"k{k}", Relation.NEVER) for c, k in np.argwhere(~week.okc)),
        links=tuple(_link(*row) for row in week.gap.tolist()),
        travel_source="the prototype's",
    )


def rules_of(week: Week, prices: dict[str, float]) -> tuple[Rule, ...]:
    """All that the prototype asks, with its prices as in `Prototype.W`."""
    return (
        Rest(),
        MostHours(),
        *(rule(name) for name in SAME_IN_THE_PROJECT),
        Nobody(units(prices["unassigned"])),
        OnTheWay(units(prices["travel"]), units(prices["idle"])),
        Kilometres(units(prices["km"])),
        Pairs(np.rint(week.pairc * units(1)).astype(np.int64)),
        Affinity(np.rint(week.aff * units(1)).astype(np.int64)),
        LeastHours(units(prices["under"])),
    )


def by_leg(rota: Rota, week: Week) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Carer (-1: nobody) and start (-1) of each leg, as the prototype numbers them."""
    carers = np.full(week.nLeg, -1, dtype=np.int64)
    starts = np.full(week.nLeg, -1, dtype=np.int64)
    for id, legs in rota.legs_by_visit.items():
        first = int(week.v_leg0[int(id[1:])])
        for i, leg in enumerate(legs):
            carers[first + i], starts[first + i] = int(leg.carer[1:]), leg.start
    return carers, starts


def _place(week: Week, place: int) -> Place:
    x, y = week.xy[place]
    return Place(float(y) / KILOMETRES_A_DEGREE, float(x) / KILOMETRES_A_DEGREE)


def _visit(week: Week, v: int) -> Visit:
    return Visit(
        id=f"v{v}",
        client=f"c{week.v_cl[v]}",
        day=int(week.v_day[v]),
        earliest=int(week.v_lo[v]),
        latest=int(week.v_hi[v]),
        preferred=int(week.v_pref[v]),
        commissioned=int(week.v_dur[v]),
        skills=_skills(week.v_skill[v]),
        priority=LEAST_URGENT - int(week.v_prio[v]),
        carers=int(week.v_nl[v]),
    )


def _skills(bits: int) -> frozenset[str]:
    return frozenset(f"skill {i}" for i in range(int(bits).bit_length()) if bits >> i & 1)


def _matrix(week: Week, mode: int) -> Matrix:
    metres = np.rint(week.KM * 1000).astype(np.int32)
    return Matrix(minutes=np.array(week.T[mode], dtype=np.int32), metres=metres)


def _link(first: int, second: int, least: int, most: int) -> Link:
    return Link(
        first=f"v{first}",
        second=f"v{second}",
        at_least=least if least > -EVER else None,
        at_most=most if most < EVER else None,
    )
