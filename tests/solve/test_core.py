"""Why a visit has no place: reasons worked out by hand, and on random days each of them shown to be needed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module

import pytest

from scheduler.check import check
from scheduler.domain import Link
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.solve.because import because
from scheduler.solve.core import Reasons, all_reasons, minimal, placed, rules_of, some
from scheduler.solve.exact.listening import solved
from scheduler.solve.leftovers import place_leftovers
from scheduler.solve.model import encode
from scheduler.solve.nearby import Corner, Holds, corner
from tests.builders import a_carer, a_client, a_leg, a_problem, a_rota, a_shift, a_visit
from tests.solve.judge import Engine
from tests.solve.variety import a_varied_problem, calm


def reasons_for(problem: Problem, rota: Rota, visit: str = "x") -> tuple[Corner, Reasons]:
    around = corner(problem, rota, visit, [carer.id for carer in problem.carers], Holds())
    found = minimal(around)
    assert isinstance(found, Reasons)
    return around, found


def one_carer(*visits, end: str = "12:00", **rest) -> Problem:
    """Aled from 08:00; nothing but what a test says is in the way."""
    return a_problem(visits, [a_carer("aled")], shifts=[a_shift("aled", "08:00", end)], days=1, **rest)


# -- by hand ---------------------------------------------------------------------------------------------------------


def test_a_skill_that_nobody_has_is_the_only_reason():
    problem = one_carer(a_visit("x", "09:00", skills=frozenset({"flying"})), a_visit("y", "10:00"))
    around, found = reasons_for(problem, a_rota(a_leg("y", start="10:00"), days=1))
    assert found == some(rules=["skills"])
    assert because(around, found) == (
        "Proved by CP-SAT with the rounds of Aled on that day free to change and nothing else: no room, by this rule: "
        "Skills and training. Without any one of these reasons there would be."
    )


def test_a_visit_longer_than_the_shift():
    problem = one_carer(a_visit("x", "09:00", minutes=241))
    assert reasons_for(problem, a_rota(days=1))[1] == some(rules=["visit_length"], shifts=["aled"])
    assert placed(reasons_for(problem, a_rota(days=1))[0], some(shifts=["aled"]))


def test_two_visits_at_one_time():
    """Both at 09:00 sharp, and if it were for a minute only: the windows and the other visit."""
    problem = one_carer(a_visit("x", "09:00", slack=0), a_visit("y", "09:00", slack=0, client="nan"))
    rota = a_rota(a_leg("y", start="09:00"), days=1)
    assert reasons_for(problem, rota)[1] == some(["visit_window"], visits=["y"])


def test_a_journey_is_the_reason_where_time_would_do_without_it():
    """Half an hour each from 09:00 and from 09:30, and Nan lives a minute away."""
    visits = (a_visit("x", "09:30", slack=0, client="nan"), a_visit("y", "09:00", slack=0))
    problem = one_carer(*visits, clients=[a_client("nan", 1)])
    _, found = reasons_for(problem, a_rota(a_leg("y", start="09:00"), days=1))
    assert found == some(["travel", "visit_length", "visit_window"], visits=["y"])


def test_a_link_is_the_reason():
    """Three hours apart at least, and the window closes after two."""
    problem = one_carer(
        a_visit("y", "08:00", slack=0), a_visit("x", "10:00", slack=0), links=(Link("y", "x", at_least=180),)
    )
    _, found = reasons_for(problem, a_rota(a_leg("y", start="08:00"), days=1))
    assert found == some(["links", "visit_window"], visits=["y"])


def test_two_carers_where_there_is_one_needs_no_other_reason():
    problem = one_carer(a_visit("x", "09:00", carers=2))
    around, found = reasons_for(problem, a_rota(days=1))
    assert found == some()
    assert because(around, found).endswith("no room for two carers.")


def test_a_visit_that_has_a_place_has_no_reasons_but_a_rota_that_shows_it():
    problem = one_carer(a_visit("x", "09:00"))
    around = corner(problem, a_rota(days=1), "x", ["aled"], Holds())
    room = minimal(around)
    assert isinstance(room, Rota)
    assert not check(room, problem).hard
    assert room.of_visit("x")


def test_no_reasons_where_the_time_is_over():
    problem = one_carer(a_visit("x", "09:00", minutes=241))
    around = corner(problem, a_rota(days=1), "x", ["aled"], Holds())
    assert minimal(around, lambda: True) is None


def test_locked_visits_stay_and_are_no_reason_of_their_own():
    """Aled is locked at Nan's from 08:00 to 12:00."""
    problem = one_carer(a_visit("x", "09:00"), a_visit("y", "08:00", "nan", minutes=240))
    rota = a_rota(a_leg("y", start="08:00", minutes=240), days=1)
    around = corner(problem, rota, "x", ["aled"], Holds(frozenset({"y"})))
    assert around.movable == ()
    found = minimal(around)
    assert isinstance(found, Reasons)
    assert found.visits == frozenset()
    assert "aled" in found.shifts or "visit_window" in found.rules


def test_what_cp_sat_had_no_time_for_is_not_called_needed(monkeypatch):
    """Whether the visit's length matters is never told: it stays among the reasons, and the sentence says so."""
    problem = one_carer(a_visit("x", "09:00", minutes=241))
    around = corner(problem, a_rota(days=1), "x", ["aled"], Holds())

    def slow(corner, reasons, *rest):
        return placed(corner, reasons, *rest) if "visit_length" in reasons.rules else None

    monkeypatch.setattr(import_module("scheduler.solve.core"), "placed", slow)
    found = minimal(around)
    assert isinstance(found, Reasons)
    assert found == replace(some(["visit_length"], shifts=["aled"]), needed=False)
    assert because(around, found).endswith(
        "(In the time given it is not known whether each of these reasons is needed.)"
    )


def test_no_reasons_where_the_last_question_was_cut_short(monkeypatch):
    """What is asked last says nothing, because it was over meanwhile."""
    problem = one_carer(a_visit("x", "09:00", minutes=241))
    around = corner(problem, a_rota(days=1), "x", ["aled"], Holds())
    ended = []

    def last(corner, reasons, *rest):
        if reasons.shifts:
            return placed(corner, reasons, *rest)
        ended.append("over")
        return None

    monkeypatch.setattr(import_module("scheduler.solve.core"), "placed", last)
    assert minimal(around, lambda: bool(ended)) is None
    assert ended == ["over"], "shifts come last"


def test_a_question_hears_that_it_is_over(monkeypatch):
    """Both of `placed` and `solve_exactly`: what CP-SAT is given is what the caller asks."""
    problem = one_carer(a_visit("x", "09:00", minutes=241))
    given: list[Callable[[], bool]] = []

    def unknown(solver, model, over):
        given.append(over)
        return solved(solver, model, lambda: True)

    for module in ("scheduler.solve.core", "scheduler.solve.exact.solve"):
        monkeypatch.setattr(import_module(module), "solved", unknown)
    says = [False]
    place_leftovers(encode(problem), a_rota(days=1), stopped=lambda: says[0])
    assert len(given) > 1, "for a place, and for reasons"
    assert not any(over() for over in given)
    says[0] = True
    assert all(over() for over in given)


# -- random days -----------------------------------------------------------------------------------------------------


def corners(seed: int) -> list[Corner]:
    """Around each unallocated visit of a varied problem planned in haste."""
    problem = calm(a_varied_problem(seed))
    rota = Engine(problem, seed=seed).plan(100)
    found = []
    for visit in rota.unallocated(problem):
        on_shift = [c.id for c in problem.carers if any(s.day == visit.day for s in problem.shifts_of(c.id))]
        found.append(corner(problem, rota, visit.id, on_shift[:3], Holds()))
    return found


def test_without_any_one_reason_there_is_room():
    """The rota that shows it is judged by the checker, by the rules that are left and with the shifts that are left."""
    seen: Counter[str] = Counter()
    for seed in range(0, 24, 3):
        for around in corners(seed)[:3]:
            reasons = minimal(around)
            if not isinstance(reasons, Reasons):
                continue
            assert reasons.needed
            assert placed(around, reasons) is False
            for one in reasons.each():
                fewer = reasons.without(one)
                rota = placed(around, fewer)
                assert isinstance(rota, Rota), (seed, around.visit, one)
                eased = around.eased("travel" in fewer.rules, fewer.shifts)
                assert not check(rota, eased, rules_of(fewer)).hard, (seed, around.visit, one)
                assert all(rota.of_visit(id) for id in (around.visit, *fewer.visits))
                seen.update([*one.rules, *("a visit" for _ in one.visits), *("a shift" for _ in one.shifts)])
    assert len(seen) > 6, seen
    assert min(seen["a visit"], seen["a shift"], seen["visit_window"]) > 0, seen


@pytest.mark.parametrize("seed", [7, 8])
def test_the_search_finds_no_place_either(seed):
    """With all reasons, on the corner as a problem of its own."""
    without = [around for around in corners(seed) if placed(around, all_reasons(around)) is False][:2]
    assert without
    for around in without:
        rota = Engine(around.problem, seed=seed).plan(500)
        kept = {*around.movable, around.visit}
        stays = all(rota.of_visit(id) for id in kept | set(around.rota.legs_by_visit))
        assert not stays, around.visit


def test_the_reasons_are_among_the_proofs_of_a_plan():
    problem = calm(a_varied_problem(7))
    rota = Engine(problem, seed=7).plan(100)
    placing = place_leftovers(encode(problem), rota)
    assert any("Without any one of these reasons" in proof for proof in placing.proofs.values())
    plain = place_leftovers(encode(problem), rota, explain=False)
    assert not any("Without any one of these reasons" in proof for proof in plain.proofs.values())
    assert set(plain.proofs) == set(placing.proofs)
