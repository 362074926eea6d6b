"""A problem is complete, refers to nothing that it does not have, and answers who, where and how far."""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.domain import Link, Promise, Relation, Tie
from scheduler.errors import DomainError, UnknownName
from scheduler.problem import Problem
from scheduler.units import DAY
from tests.builders import (
    a_carer,
    a_client,
    a_past_visit,
    a_problem,
    a_shift,
    a_visit,
    at,
    grid_travel,
    minute,
    some_settings,
)

MARY, NAN = a_client("mary", 3, 4), a_client("nan", 10)
ALED, BETHAN = a_carer("aled"), a_carer("bethan", 5, mode="foot")
VISITS = [a_visit("a", "08:00", "mary"), a_visit("b", "12:00", "nan"), a_visit("c", "Tue 08:00", "mary")]
HISTORY = (
    a_past_visit("mary", "aled", -DAY),
    a_past_visit("mary", "aled", -20 * DAY),
    a_past_visit("mary", "bethan", -7 * DAY),
    a_past_visit("mary", "bethan", -7 * DAY - 1),
    a_past_visit("nan", "bethan", -7 * DAY - 1),
    a_past_visit("gone", "aled", -60),
)


def problem(**changes):
    given = {"carers": [ALED, BETHAN], "clients": [MARY, NAN], "history": HISTORY}
    return a_problem(**{"visits": VISITS, **given, **changes})


@pytest.mark.parametrize(
    "kind, changes",
    [
        ("client", {"visits": (), "clients": [MARY, MARY]}),
        ("carer", {"carers": [ALED, ALED], "shifts": ()}),
        ("visit", {"visits": [VISITS[0], VISITS[0]]}),
    ],
)
def test_two_of_one_id_are_refused(kind, changes):
    if kind == "client":  # the builder knows clients by id and would drop the second
        with pytest.raises(DomainError, match="Two clients are called 'mary'"):
            problem().replace(clients=(MARY, MARY))
        return
    with pytest.raises(DomainError, match=f"Two {kind}s are called"):
        problem(**changes)


@pytest.mark.parametrize(
    "changes, message",
    [
        ({"visits": (a_visit(client="marie"),)}, "no client called 'marie'.*'mary'"),
        ({"visits": (a_visit(fixed_carers=("alex",)),)}, "no carer called 'alex'"),
        ({"links": (Link("a", "z", at_least=1),)}, "no visit called 'z'"),
        ({"links": (Link("z", "a", at_least=1),)}, "no visit called 'z'"),
        ({"ties": (Tie("zoe", "aled", Relation.NEVER),)}, "no client called 'zoe'"),
        ({"shifts": (a_shift("zoe"),)}, "no carer called 'zoe'"),
    ],
)
def test_unknown_names_are_refused_with_the_nearest_ones(changes, message):
    with pytest.raises(UnknownName, match=message):
        problem().replace(**changes)


@pytest.mark.parametrize("days", [0, 1])
def test_a_visit_lies_within_the_period(days):
    with pytest.raises(DomainError, match=f"of a period of {days} days"):
        problem().replace(days=days)
    assert problem().replace(days=2).days == 2


def test_shifts_of_one_carer_may_touch_but_not_overlap():
    touching = (a_shift("aled", "11:00", "13:00"), a_shift("aled", "07:00", "11:00"))
    assert problem(shifts=touching).shifts_of("aled") == touching[::-1]
    with pytest.raises(DomainError, match="Carer aled has two shifts at once on day 0"):
        problem(shifts=(a_shift("aled", "10:59", "13:00"), a_shift("aled", "07:00", "11:00")))
    problem(shifts=(a_shift("aled", "10:59", "13:00"), a_shift("bethan", "07:00", "11:00")))


def test_travel_covers_every_place_by_every_mode_in_use():
    matrix = grid_travel([at(), at()])
    with pytest.raises(DomainError, match="must cover all 4 places"):
        problem().replace(travel={"car": matrix, "foot": matrix})
    travel = {mode: matrix for mode, matrix in problem().travel.items() if mode in ("car", "foot")}
    assert problem().replace(travel=travel).travel.keys() == {"car", "foot"}
    with pytest.raises(DomainError, match="Travel by foot"):
        problem().replace(travel={"car": travel["car"]})


def test_a_what_if_is_a_replace_and_leaves_the_old_problem_alone():
    old = problem()
    new = old.replace(visits=old.visits[:1])
    assert (len(new.visits), len(old.visits)) == (1, 3)
    assert new != old
    assert isinstance(new, Problem)
    assert new.visits_of("nan").tolist() == []


def test_things_are_found_by_id():
    p = problem()
    assert (p.client("nan"), p.carer("bethan"), p.visit("c")) == (NAN, BETHAN, VISITS[2])
    assert p.visits_of("mary").tolist() == [0, 2]
    assert p.shifts_of("aled")[1] == a_shift("aled", "Tue 00:00", "Tue 24:00")
    assert problem(shifts=()).shifts_of("aled") == ()
    with pytest.raises(UnknownName, match=r"no client called 'nann'.*'nan'"):
        p.client("nann")


def test_days_and_weeks():
    assert problem().date_of(6) == date(2026, 11, 8)
    assert [problem(days=days).weeks for days in (7, 8, 14)] == [1, 2, 2]


def test_places_are_the_clients_and_then_the_homes():
    """Mary (3, 4), Nan (10, 0), Aled (0, 0), Bethan (5, 0)."""
    p = problem()
    assert (p.place_of_client("nan"), p.home_of("aled"), p.home_of("bethan")) == (1, 2, 3)
    assert p.travel["car"].minutes[p.home_of("bethan"), p.place_of_client("mary")] == 6
    assert p.travel["foot"].minutes[p.home_of("bethan"), p.place_of_client("nan")] == 20
    assert p.travel["foot"].metres[p.home_of("bethan"), p.place_of_client("nan")] == 5000


def test_relations():
    p = problem(ties=[Tie("mary", "aled", Relation.NEVER)])
    assert p.relation("mary", "aled") is Relation.NEVER
    assert p.relation("nan", "aled") is None


def test_an_only_may_name_somebody_who_has_left():
    """The person's wish still stands, and keeps the others away."""
    assert problem(ties=(Tie("mary", "zoe", Relation.ONLY),)).relation("mary", "zoe") is Relation.ONLY


def test_who_knows_whom_and_who_came_under_the_present_care_plan():
    p = problem()
    assert p.past_visits["mary"] == {"aled": 2, "bethan": 2}
    assert p.knows("mary", "bethan")
    assert not p.knows("nan", "aled")
    reviewed = problem(clients=[a_client("mary", plan_from=-7), NAN])
    assert reviewed.past_visits["mary"] == {"aled": 2, "bethan": 2}
    yesterday = problem(clients=[a_client("mary", plan_from=-1), NAN])
    assert yesterday.knows("mary", "bethan")
    assert yesterday.visited_under_plan("mary", "aled")
    assert not yesterday.visited_under_plan("mary", "bethan")
    first_day = problem(clients=[a_client("mary", plan_from=0), NAN])
    assert not first_day.visited_under_plan("mary", "aled")


def test_the_rolling_window_ends_with_the_period():
    """Fourteen days that end on Sunday began seven days before this Monday."""
    assert problem().recent_carers == {"mary": {"aled", "bethan"}, "nan": set()}
    narrow = problem(settings=some_settings(rolling_days=8))
    assert narrow.recent_carers == {"mary": {"aled"}, "nan": set()}


# -- what was published ----------------------------------------------------------------------------------------------


def test_promises_are_found_by_visit_and_one_of_a_visit_that_has_gone_is_dropped():
    told = Promise("c", minute("Tue 08:00"), ("aled",))
    published = problem(published=(Promise("gone", 600, ("aled",)), told))
    assert published.promises == {"c": told}
    assert problem().promises == {}


def test_a_visit_is_promised_once_and_by_carers_who_are_named_once():
    told = Promise("a", 480, ("aled",))
    with pytest.raises(DomainError, match="Two promised visits are called 'a'"):
        problem(published=(told, told))
    for carers in ((), ("aled", "aled")):
        with pytest.raises(DomainError, match=r"Promise of visit a: .*name each carer once"):
            Promise("a", 480, carers)
