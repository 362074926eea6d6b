"""Tiny problems solved whole by CP-SAT, which shares no line with the search: the oracle of both model and search."""

from __future__ import annotations

from collections import Counter
from functools import cache

from scheduler import solve
from scheduler.check import Report, check
from scheduler.domain import Visit
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rounds import Round, rounds
from scheduler.solve.exact import Answer, price_exactly, solve_exactly
from scheduler.solve.model import Model
from scheduler.solve.polish import REACH, polish
from scheduler.solve.search import Search
from scheduler.units import sixtieths
from tests.solve.judge import Engine
from tests.solve.rich import a_rich_model
from tests.solve.variety import FRIDAY, a_varied_problem

SEEDS = 50
RICH_SEEDS = 45
"""All that CP-SAT settles within its effort: not all of the next few."""
SHAPES = (
    {"days": 2, "visits": 8},
    {"days": 1, "visits": 8, "carers": 3},
    {"days": 2, "visits": 10, "carers": 5},
    {"days": 7, "visits": 10, "clients": 3, "carers": 3, "start": FRIDAY},
    {"days": 1, "visits": 14, "clients": 5, "carers": 4},
)
RICH = ({"days": 2, "visits": 8}, {"days": 1, "visits": 10, "clients": 5, "carers": 3})


def tiny(seed: int) -> Problem:
    return a_varied_problem(seed, **SHAPES[seed % len(SHAPES)])


@cache
def solved(seed: int) -> tuple[Problem, Answer, Report]:
    """The problem with every shift free, CP-SAT's answer, and what the checker says about it."""
    problem = tiny(seed)
    engine = Engine(problem)
    nothing = Rota(problem.start, problem.days)
    every = [visit.id for visit in problem.visits]
    answer = solve_exactly(engine.model, nothing, engine.search.packing.shifts, every, effort=20.0)
    assert answer.rota is not None, f"seed {seed}: to leave everything unallocated is always possible"
    return problem, answer, check(answer.rota, problem)


def plan_of(seed: int) -> Rota:
    rota = solved(seed)[1].rota
    assert rota is not None
    return rota


def test_the_exact_rota_breaks_no_rule():
    for seed in range(SEEDS):
        assert not solved(seed)[2].hard, seed


def test_the_exact_model_prices_its_rota_as_the_checker_does():
    """But for the contracted hours of carers without any shift, which no plan can change."""
    for seed in range(SEEDS):
        problem, answer, report = solved(seed)
        on_shift = {shift.carer for shift in problem.shifts}
        idle = sum(
            found.price
            for found in report.by_rule().get("contracted_hours", ())
            if found.carer not in on_shift
        )
        assert answer.proven, f"seed {seed}: not settled, gap {answer.gap}"
        assert answer.price + idle == report.total, seed


def test_the_search_takes_the_exact_rota_over_at_the_same_price():
    for seed in range(SEEDS):
        problem, answer, report = solved(seed)
        assert Engine(problem).price(plan_of(seed)) == report.total, seed
        assert answer.unallocated == {visit.id for visit in plan_of(seed).unallocated(problem)}


def test_a_plan_is_as_good_as_the_proven_best():
    """Better would mean that one of the two models is wrong."""
    for seed in range(SEEDS):
        problem, _, report = solved(seed)
        assert solve(problem, seed=1, iterations=4000).report.total == report.total, seed


def test_the_last_minutes_are_found_one_visit_at_a_time():
    """Seed 34: the search alone has everybody where they should be, but not every start. What is locked stays."""
    problem, _, report = solved(34)
    for locked in (False, True):
        search = Engine(problem, seed=1).search
        search.run(2000, float(sixtieths(900)), float(sixtieths(15)))
        search.return_to_best()
        before = search.price
        search.lock(range(len(problem.visits)) if locked else ())
        polish(search)
        assert search.price == (before if locked else report.total)
        assert before > report.total


def test_of_a_window_without_end_the_starts_near_by_are_looked_at(monkeypatch):
    """Where lateness has a price: else one visit would take seconds."""
    problem, *_ = solved(34)
    search = Engine(problem, seed=1).search
    search.run(100, float(sixtieths(900)), float(sixtieths(15)))
    search.return_to_best()
    search.model.latest[:] = 10_000_000
    looked, prices_at = [], search.prices_at

    def noted(visit, starts, lead, second):
        looked.append(len(starts))
        return prices_at(visit, starts, lead, second)

    monkeypatch.setattr(search, "prices_at", noted)
    polish(search)
    assert looked
    assert max(looked) <= 2 * REACH + 1


@cache
def solved_rich(seed: int) -> tuple[Model, Answer]:
    """A model with spans, lateness, promises, mates, pauses, days from home to home and prices that couple all."""
    model = a_rich_model(seed, **RICH[seed % len(RICH)])
    problem = model.problem
    every = [visit.id for visit in problem.visits]
    return model, solve_exactly(model, Rota(problem.start, problem.days), model.shifts, every, effort=20.0)


def test_search_and_exact_model_agree_about_the_verbs_of_published_instances():
    """On the price of the best rota, and of what the search finds, which is never better."""
    equal = 0
    for seed in range(RICH_SEEDS):
        model, answer = solved_rich(seed)
        assert answer.rota is not None
        assert answer.proven, f"seed {seed}: not settled, gap {answer.gap}"
        search = Search(model, seed)
        assert search.start_from(answer.rota) == [], f"seed {seed}: the search refuses the best rota"
        assert search.price == answer.price, seed
        search = Search(model, seed)
        search.run(1000, float(sixtieths(900)), float(sixtieths(15)))
        assert search.price == price_exactly(model, search.rota()), seed
        assert search.price >= answer.price, f"seed {seed}: the search is better than the proven best"
        equal += search.price == answer.price
    assert equal >= 0.4 * RICH_SEEDS


def test_what_is_hard_to_model_occurs():
    """In the best rotas themselves: otherwise the tests above would say nothing about it."""
    seen: Counter[str] = Counter()
    for seed in range(SEEDS):
        problem, rota = solved(seed)[0], plan_of(seed)
        planned = [problem.visit(id) for id in rota.legs_by_visit]
        seen.update(kind for visit in planned for kind in _kinds(visit))
        seen["links"] += sum(
            link.first in rota.legs_by_visit and link.second in rota.legs_by_visit for link in problem.links
        )
        seen["breaks"] += sum(_needs_break(work, problem) for work in rounds(rota, problem))
        seen["several rounds a day"] += len(rounds(rota, problem)) - len(
            {(work.carer.id, work.day) for work in rounds(rota, problem)}
        )
        seen["longer for a stranger"] += sum(
            rota.of_visit(visit.id)[0].minutes > visit.commissioned for visit in planned
        )
    kinds = (
        "locked start",
        "locked carer",
        "double-up",
        "part together",
        "links",
        "breaks",
        "several rounds a day",
    )
    assert all(seen[kind] for kind in (*kinds, "longer for a stranger")), seen


def _kinds(visit: Visit) -> list[str]:
    told = {
        "locked start": visit.fixed_start is not None,
        "locked carer": bool(visit.fixed_carers),
        "double-up": visit.carers == 2 and not visit.together,
        "part together": bool(visit.together),
    }
    return [kind for kind, here in told.items() if here]


def _needs_break(work: Round, problem: Problem) -> bool:
    settings = problem.settings
    return work.end - work.start > (settings.young_break_after if work.carer.young else settings.break_after)
