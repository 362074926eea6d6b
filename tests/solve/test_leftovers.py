"""What the search leaves over, worked out on paper: placed by CP-SAT, or what is told of it."""

from __future__ import annotations

import dataclasses
from importlib import import_module

import pytest

from scheduler.check import check
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.solve.because import not_settled
from scheduler.solve.exact import solve_exactly
from scheduler.solve.kernel.doors import best_place
from scheduler.solve.kernel.layout import INFEASIBLE
from scheduler.solve.leftovers import place_leftovers
from scheduler.solve.model import encode
from scheduler.solve.placing import Placing
from tests.builders import (
    a_carer,
    a_client,
    a_leg,
    a_problem,
    a_rota,
    a_shift,
    a_visit,
    minute,
)
from tests.solve.judge import Engine
from tests.solve.plans import BREAKFAST


def a_chain() -> tuple[Problem, Rota]:
    """The hoist at 08:00 needs Aled, who is at breakfast, which Bethan could do if her tea were half an hour later:
    no insertion helps, a chain of two moves does."""
    visits = [
        a_visit("hoist", "08:00", slack=0, skills=frozenset({"hoist"})),
        a_visit("breakfast", "08:00", slack=0, client="nan"),
        a_visit("tea", "08:00", slack=45, client="olwen"),
    ]
    carers = [a_carer("aled", skills=frozenset({"hoist"})), a_carer("bethan")]
    shifts = [a_shift("aled", "08:00", "08:30"), a_shift("bethan", "08:00", "09:00")]
    return a_problem(visits, carers, shifts=shifts), a_rota(
        a_leg("breakfast", "aled", "08:00"), a_leg("tea", "bethan", "08:00")
    )


def test_the_exact_half_places_what_no_insertion_can():
    problem, rota = a_chain()
    engine = Engine(problem)
    assert engine.price(rota) is not None
    search = engine.search
    assert best_place(search.state, search.hints, search.desk, 0, 0.0, 0.0, True) >= INFEASIBLE
    placing = place_leftovers(engine.model, rota)
    assert (placing.placed, placing.proofs) == (("hoist",), {})
    assert check(placing.rota, problem).clean
    assert {(leg.visit, leg.carer, leg.start - minute("08:00")) for leg in placing.rota.legs} == {
        ("hoist", "aled", 0),
        ("breakfast", "bethan", 0),
        ("tea", "bethan", 30),
    }


def test_what_is_proved_impossible_is_told():
    """Tea cannot wait until half past eight: three visits for two carers, whatever their skills and shifts."""
    problem, rota = a_chain()
    visits = [
        visit if visit.id != "tea" else a_visit("tea", "08:00", slack=29, client="olwen")
        for visit in problem.visits
    ]
    placing = place_leftovers(encode(problem.replace(visits=tuple(visits))), rota)
    assert placing.placed == ()
    assert placing.rota.legs == rota.legs
    assert placing.proofs == {
        "hoist": "Proved by CP-SAT with the rounds of Aled and Bethan on that day free to change and nothing else: no "
        "room beside Nan's visit at 08:00 and Olwen's visit at 08:00, by these rules: Minimum visit length; Visit "
        "window. Without any one of these reasons there would be."
    }


def test_room_that_is_too_dear_is_no_proof_of_no_room():
    """Aled has nothing else to do, and nobody would pay for it."""
    problem = a_problem([BREAKFAST], days=1)
    model, nothing = encode(problem), a_rota(days=1)
    model.unallocated[0] = 0
    assert place_leftovers(model, nothing).proofs["breakfast"] == (
        "Proved by CP-SAT: the rounds of Aled on that day could make room for it, but any such plan costs at least as "
        "much as one that leaves a visit out."
    )
    assert place_leftovers(model, nothing, explain=False).proofs["breakfast"] == (
        "Proved by CP-SAT: with the rounds of Aled on that day rearranged at the best, nothing costs less than "
        "leaving it out."
    )


def test_a_dearer_visit_takes_nobody_elses_carer():
    """For Nan's visit Mary's could be left out, which would cost less. Mary was promised hers."""
    problem = a_problem(
        [a_visit("mary", "08:00", slack=0), a_visit("nan", "08:00", client="nan", slack=0)], days=1
    )
    model, rota = encode(problem), a_rota(a_leg("mary", "aled", "08:00"), days=1)
    model.unallocated[problem.visit_index["nan"]] *= 10
    placing = place_leftovers(model, rota, explain=False)
    assert placing.rota.legs == rota.legs
    assert placing.proofs["nan"] == (
        "Proved by CP-SAT: with the rounds of Aled on that day rearranged at the best, another visit would be "
        "left out instead."
    )
    assert "no room beside Mary's visit at 08:00" in place_leftovers(model, rota).proofs["nan"]


def test_what_was_cheapest_is_not_said_of_another_rota(monkeypatch):
    """Two hours find no place in rounds of one; then the hoist is placed, and those rounds are others."""
    problem, rota = a_chain()
    long = a_visit("long", "08:00", client="olwen", minutes=120, slack=0, priority=1)
    model = encode(problem.replace(visits=(*problem.visits, long)))
    asked = []

    def noted(model, rota, free, extra, *rest):
        asked.append(extra)
        return solve_exactly(model, rota, free, extra, *rest)

    monkeypatch.setattr(import_module("scheduler.solve.leftovers"), "solve_exactly", noted)
    plain = place_leftovers(model, rota, explain=False)
    assert plain.placed == ("hoist",)
    assert asked == [["long"], ["hoist"], ["long"]], "once more, beside the rounds of now"
    assert plain.proofs["long"].startswith(
        "Proved by CP-SAT: with the rounds of Aled and Bethan on that day rearranged"
    )
    monkeypatch.setattr(import_module("scheduler.solve.leftovers"), "MOST", 2)
    assert place_leftovers(model, rota, explain=False).proofs["long"] == (
        "Rearranging the rounds of Aled and Bethan on that day was tried and made no room; that there is none is "
        "not proved."
    )
    monkeypatch.undo()
    told = place_leftovers(model, rota)
    assert told.placed == ("hoist",)
    assert told.proofs["long"].startswith(
        "Proved by CP-SAT with the rounds of Aled and Bethan on that day free to change and nothing else"
    )


def test_proofs_of_rounds_are_not_told_of_another_rota():
    _, rota = a_chain()
    other = a_rota(*[leg for leg in rota.legs if leg.visit != "tea"])
    proofs = {
        "hoist": "Proved by CP-SAT: ...",
        "flying": "It takes a carer, and 0 may.",
        "tea": "Proved, too.",
    }
    placing = Placing(rota, (), proofs, {"hoist": ["Aled"], "tea": ["Bethan"]})
    assert placing.told_of(rota) == {"hoist": proofs["hoist"], "flying": proofs["flying"]}
    assert placing.told_of(other) == {
        "hoist": not_settled(["Aled"]),
        "flying": proofs["flying"],
        "tea": not_settled(["Bethan"]),
    }


def test_a_stop_is_heard_between_two_leftovers(monkeypatch):
    """After the first of two the second is not tried, and nobody looks for reasons."""
    problem = a_problem(
        [a_visit(id, "08:00", id, minutes=120) for id in ("one", "two")],
        shifts=[a_shift("aled", "08:00", "09:00")],
    )
    asked = []

    def noted(*given):
        asked.append(given[3])
        return solve_exactly(*given)

    monkeypatch.setattr(import_module("scheduler.solve.leftovers"), "solve_exactly", noted)
    placing = place_leftovers(encode(problem), a_rota(), stopped=lambda: bool(asked))
    assert asked == [["one"]]
    assert placing.proofs.keys() == {"one"}
    assert "Without any one" not in placing.proofs["one"]
    both = place_leftovers(encode(problem), a_rota())
    assert both.proofs.keys() == {"one", "two"}
    assert "Without any one" in both.proofs["one"]


def test_a_fixed_start_outside_the_window_is_told_as_that():
    visit = dataclasses.replace(a_visit("x", "09:00", slack=0), fixed_start=minute("12:00"))
    placing = place_leftovers(encode(a_problem([visit])), a_rota())
    assert placing.proofs == {"x": "Its fixed start lies outside its window."}


def test_whoever_must_come_is_among_those_whose_rounds_are_freed():
    """Four others live nearer to Mary's; the care plan names Aled for the hoist, which takes two. He is at Nan's then,
    where anybody could go."""
    near = [a_carer(f"near {i}") for i in range(5)]
    visits = [
        a_visit("hoist", "08:00", "mary", slack=0, carers=2, fixed_carers=("aled",)),
        a_visit("other", "08:00", "nan", slack=0),
    ]
    problem = a_problem(visits, [a_carer("aled", 60), *near], [a_client("mary"), a_client("nan", 60)])
    placing = place_leftovers(encode(problem), a_rota(a_leg("other", "aled", "08:00")))
    assert placing.placed == ("hoist",)
    assert "aled" in {leg.carer for leg in placing.rota.of_visit("hoist")}


def test_whoever_must_come_and_is_not_there_is_the_reason():
    carers = [a_carer("aled"), a_carer("bethan"), a_carer("carys")]
    shifts = [a_shift("aled", "12:00", "16:00"), a_shift("bethan"), a_shift("carys")]
    problem = a_problem([a_visit("hoist", "08:00", carers=2, fixed_carers=("aled",))], carers, shifts=shifts)
    assert place_leftovers(encode(problem), a_rota()).proofs == {
        "hoist": "Aled must be one of the two, and may not do it or is not on shift at that time."
    }


@pytest.mark.parametrize(
    "changes, reason",
    [
        ({"skills": frozenset({"flying"})}, "It takes a carer, and 0 of 2 may do it at all."),
        ({"carers": 2, "skills": frozenset({"hoist"})}, "It takes two carers, and 1 of 2 may do it at all."),
        (
            {"preferred": 1200, "earliest": 1200, "latest": 1200},
            "It takes a carer: 1 may do it, and 0 of them are on shift at that time.",
        ),
    ],
)
def test_the_reason_is_counted_where_too_few_carers_come_into_question(changes, reason):
    problem, rota = a_chain()
    hoist = dataclasses.replace(problem.visits[0], **changes)
    placing = place_leftovers(encode(problem.replace(visits=(hoist, *problem.visits[1:]))), rota)
    assert placing.proofs["hoist"] == reason
