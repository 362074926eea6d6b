"""Small random models with the verbs that no rule of an agency uses yet: those of published instances and promises.

The problem is one of `tests.solve.variety`; what is added is told to the model directly, so no checker knows of it: the
compiled search and CP-SAT are compared with each other.
"""

from __future__ import annotations

from random import Random
from typing import Any

from scheduler.domain import Shift
from scheduler.solve.model import Model, encode
from scheduler.units import HOUR
from tests.solve.variety import a_varied_problem, calm


def a_rich_model(seed: int, **changes: Any) -> Model:
    """A model that belongs to the seed. Prices are a few pence a minute, as those of the rules."""
    dice = Random(f"rich {seed}")
    problem = calm(a_varied_problem(seed, **changes))
    if problem.days == 1:  # as published instances have it: one spell for each carer
        problem = problem.replace(shifts=tuple(_one_spell(carer.id, dice) for carer in problem.carers))
    model = encode(problem)
    # A paid minute more must not be worth anything, or a pause is better missed.
    model.paid_prices[:, :, [1, 3]] = 0
    model.floors.clear()
    for v in range(len(model.client)):
        if dice.random() < 0.6:
            _spans(model, v, dice)
        if dice.random() < 0.3:
            start = dice.randint(int(model.earliest[v]), int(model.earliest[v]) + 60)
            model.charge_moved(v, start, dice.choice([0, 10]), dice.choice([300, 3000]))
    _mates(model, dice)
    model.charge_worst_late(dice.choice([0, 500, 3000]))
    shifts: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for carer, day, start, end in model.shifts:
        shifts.setdefault((carer, day), []).append((start, end))
    idle = dice.choice([0, 0, 60])
    for (carer, day), spells in shifts.items():
        if len(spells) == 1:
            _day(model, carer, day, *spells[0], idle, dice)
    if problem.days == 1:
        model.charge_imbalance(dice.choice([0, 100]))
    for carer in range(len(model.problem.carers)):
        if dice.random() < 0.3:
            model.home_is_free(carer)
    return model


def _one_spell(carer: str, dice: Random) -> Shift:
    return Shift(
        carer, 0, *dice.choice([(7 * HOUR, 22 * HOUR), (7 * HOUR, 14 * HOUR), (11 * HOUR, 21 * HOUR)])
    )


def _spans(model: Model, v: int, dice: Random) -> None:
    first = int(model.earliest[v])
    length = dice.choice([0, 15, 30])
    spans = [(first, first + length)]
    if dice.random() < 0.4:
        later = spans[0][1] + dice.choice([20, 60])
        spans.append((later, later + 15))
    model.start_within(v, spans, dice.choice([None, 60, 600]))


def _mates(model: Model, dice: Random) -> None:
    for c in range(len(model.problem.clients)):
        visits = [v for v in range(len(model.client)) if model.client[v] == c]
        if len(visits) > 1 and dice.random() < 0.4:
            model.together_or_not(*dice.sample(visits, 2))


def _day(model: Model, carer: int, day: int, start: int, end: int, idle: int, dice: Random) -> None:
    if dice.random() < 0.6:
        per_over = dice.choice([None, 100, 1000])
        model.away_between(carer, day, start, end, per_over, from_leave=False)
    if dice.random() < 0.5:
        pause = dice.randint(start, (start + end) // 2)
        model.pause(
            carer, day, pause, min(end, pause + dice.choice([30, 120])), 20, dice.choice([500, 20_000])
        )
    if idle:
        model.charge_worst_idle(carer, day, end - start, idle)
