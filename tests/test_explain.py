"""Explanations on tiny problems: the reason is the one there is, and the change that is named places the visit."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest

from scheduler.check import check
from scheduler.domain import Link, Relation, Tie
from scheduler.errors import CareroundError, UnknownName
from scheduler.explain import explain, explain_each, reasons
from scheduler.explain.sentences import HELD
from scheduler.rota import Rota
from scheduler.rules import RULES
from scheduler.rules.base import Level
from scheduler.solve import solve
from scheduler.who_could import trials
from tests.builders import a_carer, a_client, a_leg, a_past_visit, a_problem, a_rota, a_shift, a_visit
from tests.random_problems import a_random_problem

NOTHING = a_rota()
EARLY = a_shift("aled", "07:00", "14:00")


def story(problem, rota=NOTHING, visit="breakfast"):
    [told] = explain(rota, problem, visit=visit)
    return told


def test_nobody_has_the_skill_and_training_is_the_change():
    problem = a_problem([a_visit(skills=frozenset({"hoist"}))])
    told = story(problem)
    assert "hoist" in told.carers["aled"]
    assert told.change is not None
    assert "train Aled in hoist" in told.change.sentence
    trained = problem.replace(carers=(a_carer(skills=frozenset({"hoist"})),))
    assert solve(trained, iterations=50, workers=1).unallocated == 0


def test_the_window_is_missed_by_five_minutes_and_starting_then_is_the_change():
    problem = a_problem(
        [a_visit(start="14:05", slack=0, minutes=30)], shifts=[a_shift("aled", "14:10", "20:00")]
    )
    told = story(problem)
    assert told.change is not None
    assert "14:10" in told.change.sentence
    longer = replace(problem.visits[0], latest=problem.visits[0].latest + 5)
    assert solve(problem, iterations=50, workers=1).unallocated == 1
    assert solve(problem.replace(visits=(longer,)), iterations=50, workers=1).unallocated == 0


def test_a_longer_shift_is_the_change_where_the_window_is_too_far():
    problem = a_problem([a_visit(start="18:00", slack=0)], shifts=[a_shift("aled", "12:00", "16:00")])
    told = story(problem)
    assert told.change is not None
    assert "Aled" in told.change.sentence
    assert "18:30" in told.change.sentence
    longer = problem.replace(shifts=(a_shift("aled", "12:00", "18:30"),))
    assert solve(longer, iterations=50, workers=1).unallocated == 0


def test_a_never_is_nobodys_to_change():
    problem = a_problem([a_visit()], ties=(Tie("mary", "aled", Relation.NEVER, "asked not to"),))
    told = story(problem)
    assert told.change is None
    assert "No single change" in " ".join(told.sentences)


def test_every_carer_is_told_of_once():
    staff = [a_carer(id) for id in ("aled", "beth", "carys")]
    problem = a_problem([a_visit(skills=frozenset({"peg"}))], staff)
    assert set(story(problem).carers) == {"aled", "beth", "carys"}


def test_two_who_are_free_but_never_together():
    """Aled works until 08:00 and Beth from 09:00: each could come, and no double-up is possible."""
    staff = [a_carer("aled"), a_carer("beth")]
    shifts = [a_shift("aled", "07:00", "08:00"), a_shift("beth", "09:00", "12:00")]
    problem = a_problem([a_visit(start="08:15", slack=60, carers=2)], staff, shifts=shifts)
    text = " ".join(story(problem).sentences)
    assert "two carers" in text


def test_a_linked_visit_in_the_way_can_be_moved():
    """Lunch is planned at its earliest; medication four hours before it does not fit until lunch moves."""
    visits = [a_visit("pills", "08:00", slack=30), a_visit("lunch", "12:00", slack=60)]
    link = Link("pills", "lunch", at_least=240)
    problem = a_problem(visits, links=(link,), shifts=[a_shift("aled", "07:45", "18:00")])
    told = story(problem, a_rota(a_leg("lunch", "aled", "11:00")), "pills")
    assert told.change is not None
    assert told.change.sentence == "move the visit to Mary on Mon from 11:00 to 11:45"


def test_a_planned_visit_says_why_this_carer_and_what_another_would_cost():
    """Aled has been before and shares chess; Beth is new and would cost the difference that check() finds."""
    chess = frozenset({"chess"})
    problem = a_problem(
        [a_visit()],
        [a_carer("aled", interests=chess), a_carer("beth")],
        [a_client(interests=chess)],
        history=(a_past_visit("mary", "aled"),),
    )
    rota = a_rota(a_leg())
    told = story(problem, rota)
    text = " ".join(told.sentences)
    assert "chess" in text
    assert "once before" in text
    more = check(a_rota(a_leg(carer="beth")), problem).total - check(rota, problem).total
    assert f"£{more / 6000:.2f}" in told.carers["beth"]


def test_a_carers_week_lists_the_rounds():
    problem = a_problem([a_visit(), a_visit("lunch", "12:00")])
    [told] = explain(a_rota(a_leg(), a_leg("lunch", "aled", "12:00")), problem, carer="aled")
    assert "08:00 Mary, 12:00 Mary" in " ".join(told.sentences)


def test_unknown_ids_are_named():
    problem = a_problem([a_visit()])
    for visit, client, carer in (("nobody", None, None), (None, "nobody", None), (None, None, "nobody")):
        with pytest.raises(UnknownName):
            explain(NOTHING, problem, visit=visit, client=client, carer=carer)


def test_reasons_cover_every_unallocated_visit_and_carry_the_proofs():
    problem = a_problem([a_visit(skills=frozenset({"hoist"})), a_visit("lunch", "12:00")])
    told = reasons(a_rota(a_leg("lunch", "aled", "12:00")), problem, {"breakfast": "Proved so."})
    assert list(told) == ["breakfast"]
    assert told["breakfast"][-1] == "Proved so."
    held = reasons(a_rota(a_leg("lunch", "aled", "12:00")), problem, {"breakfast": "Proved so."}, held=True)
    assert held == {"breakfast": [*told["breakfast"], HELD]}


def test_reasons_are_counted_and_can_be_stopped():
    problem = a_problem([a_visit(id, "08:00", skills=frozenset({"hoist"})) for id in ("one", "two", "three")])
    heard: list[tuple[int, int]] = []

    def go_on(done: int, of: int) -> bool:
        heard.append((done, of))
        return True

    told = reasons(NOTHING, problem, go_on=go_on)
    assert heard == [(0, 3), (1, 3), (2, 3), (3, 3)]
    stopped = reasons(NOTHING, problem, {"three": "Proved so."}, go_on=lambda done, of: done < 1)
    assert stopped["one"] == told["one"]
    untold = "The reasons were worked out for the 1 most urgent of 3 unallocated visits."
    assert (stopped["two"], stopped["three"]) == ([untold], [untold, "Proved so."])


def test_without_carers_there_is_still_an_answer():
    problem = a_problem([a_visit()], carers=[])
    assert story(problem).change is None


@pytest.mark.parametrize("seed", range(25))
def test_a_trial_is_free_exactly_when_the_whole_rota_stays_legal(seed):
    """On random weeks: putting a free carer there breaks nothing new, and what a trial says is broken is broken."""
    problem = a_random_problem(seed)
    rota = solve(problem, iterations=60, workers=1, teams=False, exact=False).rota
    hard = [rule for rule in RULES if rule.level is Level.HARD]
    for visit in [v for v in rota.unallocated(problem) if v.carers == 1 and not v.fixed_carers][:2]:
        for tried in trials(visit, rota, problem).values():
            for trial in list(tried)[::5]:
                leg = a_leg(visit.id, trial.carer.id, trial.start, trial.minutes)
                more: Rota = rota.with_legs([leg])
                assert trial.free == check(more, problem, hard).clean, (visit.id, trial)


def test_the_cheapest_change_is_put_to_the_test_by_planning_again():
    problem = a_problem([a_visit()], shifts=[a_shift("aled", "09:00", "12:00")])
    [told] = explain(NOTHING, problem, visit="breakfast", plan_again=True)
    assert told.change is not None
    assert told.sentences[-1].startswith("Planned again with this change, the visit has a place: ")
    assert "Planned again" not in " ".join(explain(NOTHING, problem, visit="breakfast")[0].sentences)


def test_why_not_one_carer():
    staff = [a_carer(id) for id in ("aled", "beth", "carys", "dai", "elin")]
    problem = a_problem(
        [a_visit()], staff, shifts=[a_shift(id) for id in ("aled", "beth", "carys", "dai", "elin")]
    )
    rota = a_rota(a_leg())
    for id in ("beth", "elin"):
        [told] = explain(rota, problem, visit="breakfast", why_not=id)
        assert list(told.carers) == [id]
        assert "in all." in told.carers[id], (
            "priced, also beyond the few that are priced without being asked for"
        )
    [told] = explain(rota, problem, visit="breakfast", why_not="aled")
    assert told.carers == {"aled": "Aled does come to this visit."}
    with pytest.raises(UnknownName):
        explain(rota, problem, visit="breakfast", why_not="nobody")
    with pytest.raises(CareroundError, match="Name the visit"):
        explain(rota, problem, why_not="beth")


def test_a_story_is_told_before_the_next_one_is_looked_into(monkeypatch):
    """With hundreds of unallocated visits nobody waits for the last one, or cannot stop."""
    asked = []

    def look(visit, *rest):
        asked.append(visit.id)
        return trials(visit, *rest)

    monkeypatch.setattr(sys.modules["scheduler.explain.teller"], "trials", look)
    problem = a_problem([a_visit(), a_visit("lunch", "12:00")])
    stories = explain_each(NOTHING, problem)
    assert next(stories).heading.startswith("breakfast")
    assert asked == ["breakfast"]
    assert [story.heading.partition(":")[0] for story in stories] == ["lunch"]
