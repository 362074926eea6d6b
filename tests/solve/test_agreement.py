"""The solver and the checker read every rule alike: to the minute, to the carer, to the sixtieth of a penny.

Three ways, each over many random problems: what the search makes, the checker finds faultless and prices the same;
what is one minute or one carer away from a legal rota, both accept or both refuse; and whatever the kernel does, in
whatever order, its running total stays the price of the rota that it holds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from random import Random
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from scheduler.check import Report, check
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rules import RULES
from scheduler.rules.base import Level, Rule
from scheduler.rules.double_up import DoubleUp
from scheduler.rules.isf_budget import IsfBudget
from scheduler.rules.paid_time import PaidTime
from scheduler.rules.shifts import Shifts
from scheduler.rules.travel import Travel
from scheduler.rules.unallocated import Unallocated
from scheduler.rules.visit_length import VisitLength
from scheduler.rules.worst_served import WorstServed
from scheduler.solve.kernel.doors import best_place, open_change, place, retime, take, undo
from scheduler.solve.kernel.layout import INFEASIBLE, VISIT, Best, State
from tests.solve.judge import Engine, changed, edges, is_short, offers
from tests.solve.variety import a_varied_problem

GROUND = (Travel, Shifts, VisitLength, DoubleUp, Unallocated, PaidTime)
"""What the engine cannot do without: where and when carers are, how long and how many, why to go there at all, and
which minutes are paid (the contracts' and the wishes' hours are counted in those)."""


def judged(engine: Engine, rota: Rota, rules: Sequence[Rule] = RULES) -> Report:
    """The checker's report, after making sure that the engine says the same."""
    report, price = check(rota, engine.problem, rules), engine.price(rota)
    if report.clean and not is_short(rota, engine.problem):
        assert price is not None, "the checker finds nothing hard and the engine refuses"
        assert price == report.total
    else:
        assert price is None, f"the engine accepts: {[finding.sentence for finding in report.hard]}"
    return report


def around(engine: Engine, rota: Rota, dice: Random, some: int, visits: int) -> Iterator[Rota]:
    """Rotas close to a legal one: some random changes; then for so many visits the edges in time and each carer."""
    planned = sorted(rota.legs_by_visit)
    yield from (changed(rota, engine.problem, dice) for _ in range(some))
    for visit in dice.sample(planned, min(visits, len(planned))):
        yield from edges(engine, rota, visit)
        yield from offers(rota, visit, engine.problem)


def test_what_the_search_plans_is_legal_and_costs_what_it_says():
    planned = asked = 0
    for seed in range(120):
        problem = a_varied_problem(seed)
        engine = Engine(problem, seed=seed)
        rota = engine.plan(dice_of(seed).choice([10, 50, 150, 400]))
        report = check(rota, problem)
        assert not report.hard, (seed, [finding.sentence for finding in report.hard])
        assert engine.search.price == report.total, seed
        assert engine.search.unallocated == len(rota.unallocated(problem))
        planned, asked = planned + len(rota.legs_by_visit), asked + len(problem.visits)
    # (In one problem of four a fund is kept to, and does not reach for much.)
    assert planned > 0.35 * asked, "a search that plans nothing agrees with everybody"


def test_both_accept_or_both_refuse():
    """One minute or one carer away from a legal rota."""
    verdicts: Counter[bool] = Counter()
    broken: Counter[str] = Counter()
    for seed in range(48):
        engine = Engine(a_varied_problem(seed), seed=seed)
        rota = engine.plan(300)
        for other in around(engine, rota, dice_of(seed), some=35, visits=3):
            report = judged(engine, other)
            verdicts[report.clean] += 1
            broken.update({finding.rule for finding in report.hard})
    assert 0.2 < verdicts[True] / verdicts.total() < 0.6, verdicts
    assert set(broken) == {rule.name for rule in RULES if rule.level is Level.HARD}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_rule_by_rule(rule: Rule):
    """With only this rule and the ground that the engine stands on, so that a failure names the rule. Goes on until
    rotas broke this rule and no other, or paid its price."""
    rules = [one for one in RULES if isinstance(one, GROUND) or one is rule]
    alone = priced = seed = 0
    while seed < 6 or (rule.level is Level.HARD and alone < 6) or (rule.level is Level.SOFT and priced < 6):
        assert seed < (
            240 if isinstance(rule, IsfBudget | WorstServed) else 80
        ), (  # few are beyond a fund, or that ill served
            f"{alone} rotas broke {rule.name} alone, {priced} paid for it: too few to say anything"
        )
        problem = a_varied_problem(seed)
        if isinstance(rule, IsfBudget):  # in half of them nothing would be cut
            problem = problem.replace(settings=replace(problem.settings, isf_kept=True))
        engine, dice = Engine(problem, rules, seed), dice_of(seed)
        rota = engine.plan(150)
        assert engine.search.price == judged(engine, rota, rules).total
        rota = rota.without([visit for visit in sorted(rota.legs_by_visit) if dice.random() < 0.25])
        for other in around(engine, rota, dice, some=8, visits=6):
            report = judged(engine, other, rules)
            alone += {finding.rule for finding in report.hard} == {rule.name}
            priced += any(finding.price for finding in report.soft if finding.rule == rule.name)
        seed += 1


def dice_of(seed: int) -> Random:
    return Random(f"agreement {seed}")


# -- the kernel's running total ------------------------------------------------------------------------------------


class Moves:
    """The kernel's own moves on one search, each followed by a look at what it says it costs."""

    def __init__(self, problem: Problem, seed: int) -> None:
        self.problem = problem
        self.engine = Engine(problem, seed=seed)
        self.engine.plan(200)
        self.search = self.engine.search
        self.search.return_to_best()
        self.s, self.u = self.search.state, self.search.undo

    @property
    def total(self) -> int:
        """The price as the kernel keeps it."""
        return int(self.s.totals[0])

    def current(self) -> Rota:
        """The rota that the state holds now, which need not be the best one."""
        n = self.s.rounds["n"].astype(np.int64)
        best = Best(n, self.s.stops, self.s.totals, np.zeros(len(n), np.bool_), np.zeros(0, np.int64))
        return self.search.packing.rota(best, self.s)

    def promise(self, visit: int, blink: float) -> int:
        """What the kernel says that the best place for the visit costs, each round overlooked with chance `blink`; the
        place is on the search's desk."""
        return int(best_place(self.s, self.search.hints, self.search.desk, visit, blink, 0.0, True))

    def copy(self) -> dict[str, bytes]:
        """Everything that the state says, as bytes. What lies behind the last stop of a round is nobody's, and so is
        the start of a visit that is not planned."""
        arrays: Iterable[NDArray[Any]] = self.s
        live = {
            name: array.copy()
            for name, array in zip(State._fields, arrays, strict=True)
            if name not in ("rng", "scratch")
        }
        for round, n in enumerate(live["rounds"]["n"]):
            live["stops"][round, n:] = np.zeros(1, live["stops"].dtype)
        return {name: array.tobytes() for name, array in live.items()}

    def assert_exact(self) -> None:
        """The total is the price of the rota, and the rota is legal."""
        report = check(self.current(), self.problem)
        assert not report.hard, [finding.sentence for finding in report.hard]
        assert self.total == report.total


def test_every_move_of_the_kernel_is_priced_exactly():
    """Random visits out, the best place promised and taken, neighbours pushed and retimed, and a look after each move;
    then mostly all undone, and nothing is left of it."""
    done: Counter[str] = Counter()
    for seed in range(16):
        moves, dice = Moves(a_varied_problem(seed), seed), dice_of(seed)
        for _ in range(16):
            before = moves.copy()
            chosen = dice.sample(range(len(moves.s.visits)), 6)
            records = np.zeros(len(chosen), VISIT)
            records[:] = moves.s.visits[chosen]
            open_change(moves.s, moves.u)
            done.update(_out_and_in(moves, chosen, dice))
            for round in moves.u.touched[: moves.u.counts[0]]:
                old = moves.total
                retime(moves.s, moves.u, round)
                moves.assert_exact()
                done["retimed" if old != moves.total else "in time"] += 1
            if dice.random() < 0.7:
                undo(moves.s, moves.u, np.array(chosen), records, len(chosen))
                done["undone"] += 1
                assert moves.copy() == before
                moves.assert_exact()
    assert min(done[what] for what in ("taken", "placed", "pushed", "retimed", "undone")) > 8, done
    assert done.total() > 1500, done


def _out_and_in(moves: Moves, chosen: list[int], dice: Random) -> Counter[str]:
    done: Counter[str] = Counter()
    for visit in chosen:
        if moves.s.visits[visit]["placed"]:
            take(moves.s, moves.u, visit)
            moves.assert_exact()
            done["taken"] += 1
    for visit in dice.sample(chosen, len(chosen)):
        promised, old, rota = moves.promise(visit, dice.choice([0.0, 0.5])), moves.total, moves.current()
        if promised < INFEASIBLE:
            place(moves.s, moves.u, moves.search.desk, visit)
            moves.assert_exact()
            if not moves.s.visits[visit][
                "double"
            ]:  # of a double-up each carer is priced as if the other did not come
                assert moves.total - old == promised - int(moves.s.visits[visit]["unallocated"])
            done["placed"] += 1
            done["pushed"] += any(
                moves.current().of_visit(id) != legs for id, legs in rota.legs_by_visit.items()
            )
    return done
