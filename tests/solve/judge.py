"""The compiled search as a judge of rotas, and small changes that make a legal rota just legal or just not.

engine = Engine(problem)
rota = engine.plan(300)
engine.price(rota)                          # what the search itself says, in sixtieths of a penny
engine.price(changed(rota, problem, dice))  # None if it cannot take the rota over as it is
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from random import Random

from scheduler.problem import Problem
from scheduler.rota import Leg, Rota
from scheduler.rules import RULES
from scheduler.rules.base import Rule
from scheduler.solve.model import encode
from scheduler.solve.search import Search
from scheduler.units import DAY, sixtieths


class Engine:
    """A search whose state can be set to any rota. `rules`: those that it was told of."""

    def __init__(self, problem: Problem, rules: Sequence[Rule] = RULES, seed: int = 1) -> None:
        self.problem = problem
        self.model = encode(problem, rules)
        self.search = Search(self.model, seed)
        self._blank = Search(self.model, seed)

    def plan(self, iterations: int) -> Rota:
        """The best rota after so many iterations; its price is `search.price`."""
        self.search.run(iterations, float(sixtieths(900)), float(sixtieths(15)))
        return self.search.rota()

    def price(self, rota: Rota) -> int | None:
        """The search's own price of the rota; None where it cannot be taken over as it is."""
        self.search.take_over(self._blank)
        return None if self.search.start_from(rota) else self.search.price


def legs_of(visit: str, carers: Sequence[str], start: int, problem: Problem) -> list[Leg]:
    """The legs of a visit that begins at `start`, as long as the rules require with these carers, the first leading."""
    asked = problem.visit(visit)
    need = [
        max(rule.least_minutes(asked, problem.carer(carer), problem) for rule in RULES) for carer in carers
    ]
    if len(carers) == 2:
        need = [need[0], asked.together] if asked.together else [max(need)] * 2
    return [Leg(start, who, visit, need[i], second=i == 1) for i, who in enumerate(carers)]


def is_short(rota: Rota, problem: Problem) -> bool:
    """Is some visit shorter than its carers need by what the history says? The checker also counts a carer as known
    from an earlier visit in the same rota; the solver never does, so there alone it asks more than the checker."""
    return any(
        legs[0].minutes < legs_of(id, [leg.carer for leg in legs], legs[0].start, problem)[0].minutes
        for id, legs in rota.legs_by_visit.items()
    )


def moved(rota: Rota, visit: str, start: int) -> Rota:
    """The same rota with the visit at another start."""
    return rota.without([visit]).with_legs(replace(leg, start=start) for leg in rota.of_visit(visit))


def given_to(rota: Rota, visit: str, carers: Sequence[str], start: int, problem: Problem) -> Rota:
    """The same rota with the visit done by these carers at this start."""
    return rota.without([visit]).with_legs(legs_of(visit, carers, start, problem))


# -- changes: each takes a rota and a visit of it ------------------------------------------------------------------


def _nudge(rota: Rota, visit: str, problem: Problem, dice: Random) -> Rota:
    """A minute to a quarter of an hour earlier or later."""
    return moved(
        rota, visit, rota.of_visit(visit)[0].start + dice.choice([-1, 1]) * dice.choice([1, 1, 2, 5, 15])
    )


def _end_of_window(rota: Rota, visit: str, problem: Problem, dice: Random) -> Rota:
    """On an end of its window, or a minute beside it."""
    asked = problem.visit(visit)
    return moved(rota, visit, dice.choice([asked.earliest, asked.latest]) + dice.choice([-1, 0, 0, 1]))


def _end_of_shift(rota: Rota, visit: str, problem: Problem, dice: Random) -> Rota:
    """From the beginning or until the end of one of the carer's shifts, or a minute beside it."""
    leg = rota.of_visit(visit)[0]
    shift = dice.choice([shift for shift in problem.shifts_of(leg.carer) if shift.day == leg.start // DAY])
    return moved(
        rota, visit, dice.choice([shift.start, shift.end - leg.minutes]) + dice.choice([-1, 0, 0, 1])
    )


def _apart(rota: Rota, visit: str, problem: Problem, dice: Random) -> Rota:
    """The last of its carers comes a minute earlier or later: of a double-up only the second one."""
    *others, last = rota.of_visit(visit)
    return rota.without([visit]).with_legs([*others, replace(last, start=last.start + dice.choice([-1, 1]))])


def _other_carer(rota: Rota, visit: str, problem: Problem, dice: Random) -> Rota:
    """One of its carers is replaced by anybody."""
    carers = [leg.carer for leg in rota.of_visit(visit)]
    carers[dice.randrange(len(carers))] = dice.choice(problem.carers).id
    return given_to(rota, visit, carers, rota.of_visit(visit)[0].start, problem)


def _swap(rota: Rota, visit: str, problem: Problem, dice: Random) -> Rota:
    """The leading carers of two visits change places."""
    other = dice.choice(sorted(rota.legs_by_visit))
    mine, theirs = ([leg.carer for leg in rota.of_visit(id)] for id in (visit, other))
    mine[0], theirs[0] = theirs[0], mine[0]
    rota = given_to(rota, visit, mine, rota.of_visit(visit)[0].start, problem)
    return rota if visit == other else given_to(rota, other, theirs, rota.of_visit(other)[0].start, problem)


def _swap_roles(rota: Rota, visit: str, problem: Problem, dice: Random) -> Rota:
    """The second carer of a double-up leads."""
    carers = [leg.carer for leg in reversed(rota.of_visit(visit))]
    return given_to(rota, visit, carers, rota.of_visit(visit)[0].start, problem)


def _drop_leg(rota: Rota, visit: str, problem: Problem, dice: Random) -> Rota:
    """One carer does not come: a visit for one is then unallocated, which breaks nothing."""
    legs = list(rota.of_visit(visit))
    legs.pop(dice.randrange(len(legs)))
    return rota.without([visit]).with_legs(legs)


def _add(rota: Rota, visit: str, problem: Problem, dice: Random) -> Rota:
    """A visit that nobody did (else this one) is given to anybody, somewhere in its window."""
    left = rota.unallocated(problem)
    asked = dice.choice(left) if left else problem.visit(visit)
    carers = [dice.choice(problem.carers).id for _ in range(asked.carers)]
    start = dice.choice(
        [asked.earliest, asked.preferred, asked.latest, dice.randint(asked.earliest, asked.latest)]
    )
    return given_to(rota, asked.id, carers, start, problem)


def _unmark(rota: Rota, visit: str, problem: Problem, dice: Random) -> Rota:
    """Both legs of a double-up are marked as leading, or both as the second one's."""
    second = dice.random() < 0.5 and problem.visit(visit).carers == 2
    return rota.without([visit]).with_legs(replace(leg, second=second) for leg in rota.of_visit(visit))


def _shorten(rota: Rota, visit: str, problem: Problem, dice: Random) -> Rota:
    """Its leading carer leaves a minute early; where all of a double-up is done together, both do."""
    lead, *helpers = rota.of_visit(visit)
    leaving = [lead] if problem.visit(visit).together else [lead, *helpers]
    staying = [leg for leg in helpers if leg not in leaving]
    return rota.without([visit]).with_legs(
        [*staying, *(replace(leg, minutes=leg.minutes - 1) for leg in leaving)]
    )


def _leave_early(rota: Rota, visit: str, problem: Problem, dice: Random) -> Rota:
    """The last of its carers leaves a minute early: of a double-up only the second one."""
    *others, last = rota.of_visit(visit)
    return rota.without([visit]).with_legs([*others, replace(last, minutes=last.minutes - 1)])


CHANGES: tuple[Callable[[Rota, str, Problem, Random], Rota], ...] = (
    _nudge,
    _nudge,
    _end_of_window,
    _end_of_shift,
    _apart,
    _other_carer,
    _other_carer,
    _swap,
    _swap_roles,
    _drop_leg,
    _add,
    _unmark,
    _shorten,
    _leave_early,
)


def changed(rota: Rota, problem: Problem, dice: Random) -> Rota:
    """The rota with one thing changed by one minute or one carer, half of the time at a double-up."""
    planned = sorted(rota.legs_by_visit)
    doubles = [visit for visit in planned if problem.visit(visit).carers == 2]
    among = doubles if doubles and dice.random() < 0.5 else planned
    return dice.choice(CHANGES)(rota, dice.choice(among), problem, dice)


def offers(rota: Rota, visit: str, problem: Problem) -> Iterator[Rota]:
    """The visit led by each other carer in turn, all else as it is."""
    leader, *others = (leg.carer for leg in rota.of_visit(visit))
    for carer in problem.carers:
        if carer.id != leader:
            yield given_to(rota, visit, [carer.id, *others], rota.of_visit(visit)[0].start, problem)


def edges(engine: Engine, rota: Rota, visit: str) -> Iterator[Rota]:
    """From a legal rota: the visit moved to the minute at which the engine begins to refuse it, and the minute before
    that; later first, then earlier. Fewer where it does not refuse within a day."""
    begun = rota.of_visit(visit)[0].start
    for way in (1, -1):
        good, bad = 0, 1
        while bad < DAY and engine.price(moved(rota, visit, begun + way * bad)) is not None:
            good, bad = bad, 2 * bad
        if bad >= DAY:
            continue
        while bad - good > 1:
            middle = (good + bad) // 2
            if engine.price(moved(rota, visit, begun + way * middle)) is None:
                bad = middle
            else:
                good = middle
        yield moved(rota, visit, begun + way * good)
        yield moved(rota, visit, begun + way * bad)
