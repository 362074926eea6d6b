"""A day of a longer period as a problem of its own, made so that no rota of the period costs less than its days.

Prices that days share are shared out: a face costs a day its part (among the days on which the client has visits), and
a paid minute of a carer who is short of hours saves what it saves. Rest between days, links from day to day and even
shares of work are left out. The prices of all days' best rotas and `constant` add up to a bound for the period.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass

import numpy as np

from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rounds import rounds
from scheduler.solve.model import Model


@dataclass(frozen=True)
class Split:
    """One model a day, and what no day can change (sixtieths of a penny)."""

    days: dict[int, Model]
    constant: int


def split(model: Model, rota: Rota) -> Split:
    """Split the period. Any rota gives a valid split, a good one a good split: it says who is short of hours."""
    shared = copy.copy(model)
    days_of = np.ones(len(model.problem.clients), dtype=np.int64)
    for client in range(len(days_of)):
        days_of[client] = max(1, len(set(model.day[model.client == client].tolist())))
    shared.pair_price = model.pair_price // days_of[:, None]
    shared.curve = model.curve // days_of[:, None]
    shared.curve_here = model.curve_here // days_of[:, None]
    days = model.problem.days
    shared.floors = {}  # a day may lack what the pay period has: pay that is missing costs nothing here, which is less
    shared.worst_late, shared.imbalance = model.worst_late // days, model.imbalance if days == 1 else 0
    constant = _hours(shared, model, rota) + _unpopular(shared, model, rota)
    return Split({day: _only(shared, model, day) for day in range(days)}, constant)


def _hours(shared: Model, model: Model, rota: Rota) -> int:
    """Hours short or over as a price of each paid minute. Returns what is left of their prices."""
    constant = 0
    shared.pay_rates = model.pay_rates.copy()
    shared.paid_prices = model.paid_prices.copy()
    shared.paid_prices[:, :, [1, 3]] = 0
    paid = _paid(model, rota)
    for carer, week in np.ndindex(paid.shape):
        below, per_below, above, per_above = (int(x) for x in model.paid_prices[carer, week])
        rate = 0
        if per_below and paid[carer, week] < below:
            constant, rate = constant + per_below * below, rate - per_below
        if per_above and paid[carer, week] > above:
            constant, rate = constant - per_above * above, rate + per_above
        begin = week * 7
        shared.pay_rates[carer, begin : begin + 7] += rate * model.paid_kinds[carer]
    return constant


def _paid(model: Model, rota: Rota) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    """Paid minutes of each carer and week."""
    problem: Problem = model.problem
    paid = np.zeros((len(problem.carers), problem.weeks), dtype=np.int64)
    for work in rounds(rota, problem):
        carer = problem.carer_index[work.carer.id]
        minutes = work.contact, work.travel, work.counted_waiting(int(model.pay_cap[carer]))
        counted = int(np.dot(model.paid_kinds[carer], minutes))
        paid[carer, model.week_of(work.day)] += counted
    return paid


def _unpopular(shared: Model, model: Model, rota: Rota) -> int:
    """The curve of unpopular spells as a straight line that touches it at the rota's number of them."""
    constant = 0
    shared.unpopular_curve = {}
    worked = [(r.carer.id, r.shift.start) for r in rounds(rota, model.problem) if r.shift is not None]
    for carer, curve in model.unpopular_curve.items():
        id, starts = model.problem.carers[carer].id, model.unpopular_starts[carer]
        n = sum(who == id and start in starts for who, start in worked)
        step = curve[max(n, 1)] - curve[max(n, 1) - 1]
        constant += min(point - step * i for i, point in enumerate(curve))
        shared.unpopular_curve[carer] = [step * i for i in range(len(curve))]
    return constant


def _only(shared: Model, model: Model, day: int) -> Model:
    """The model of one day, as far as its rounds and visits do not say it themselves."""
    mine = copy.copy(shared)
    mine.shifts = [shift for shift in model.shifts if shift[1] == day]
    mine.away = {key: away for key, away in model.away.items() if key[1] == day}
    mine.pauses = {key: pause for key, pause in model.pauses.items() if key[1] == day}
    mine.idle = {
        key: (spell, price // model.problem.days)
        for key, (spell, price) in model.idle.items()
        if key[1] == day
    }
    apart = (model.mate >= 0) & (model.day[model.mate] != model.day)
    mine.mate = np.where(apart, -1, model.mate)
    return mine
