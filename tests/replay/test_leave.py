"""Slack where it matters: by hand, and on random weeks judged in lives that it was not chosen by."""

from __future__ import annotations

import pytest

from scheduler.check import check
from scheduler.errors import DomainError
from scheduler.replay import Chances, curve, draw, robustness
from scheduler.replay.course import Course
from scheduler.replay.leave import leave_slack
from scheduler.solve import solve
from scheduler.units import sixtieths
from tests.builders import a_carer, a_client, a_leg, a_problem, a_rota, a_visit, some_settings
from tests.random_problems import a_random_problem

ALWAYS_40 = Chances(0, 0, 0, 0, overruns=(40,))
"""Each visit runs over by 40 minutes in every life."""


@pytest.fixture
def morning():
    """Aled is with Mary at 08:00 and with Nan, ten minutes away, at 08:40, no minute between; noon is far off."""
    visits = [
        a_visit("mary", "08:00", slack=0),
        a_visit("nan", "08:40", "nan", slack=60),
        a_visit("noon", "12:00", "nan"),
    ]
    problem = a_problem(visits, clients=[a_client("mary"), a_client("nan", 10)])
    return problem, a_rota(
        a_leg("mary", start="08:00"), a_leg("nan", start="08:40"), a_leg("noon", start="12:00")
    )


@pytest.mark.parametrize("pounds, start", [(2, 520), (10, 530)])
def test_ten_minutes_of_waiting_are_paid_for_one_late_visit_where_they_cost_less(morning, pounds, start):
    """They cost 10 x 26p, after which Nan's visit is 30 minutes late, and no more counted as late; noon never is."""
    problem, rota = morning
    found = leave_slack(rota, problem, draw(problem, ALWAYS_40, 3, 1), sixtieths(100 * pounds))
    assert [leg.start for leg in found.legs] == [480, start, 720]


def test_slack_that_saves_nothing_is_taken_back(morning):
    problem, rota = morning
    later = a_rota(a_leg("mary", start="08:00"), a_leg("nan", start="08:50"), a_leg("noon", start="12:00"))
    calm = draw(problem, Chances(0, 0, 0, 0), 3, 1)
    assert leave_slack(later, problem, calm, sixtieths(1000)).legs == rota.legs


def test_a_whole_end_of_a_round_moves_where_no_visit_alone_could():
    """Three visits without a minute between: room before the second is made by moving it and the third."""
    visits = [a_visit(f"v{i}", 480 + 40 * i, f"c{i}", slack=60 if i else 0) for i in range(3)]
    clients = [a_client(f"c{i}", 10 * i) for i in range(3)]
    problem = a_problem(visits, clients=clients, settings=some_settings(waiting_cap=60))
    rota = a_rota(*(a_leg(f"v{i}", start=480 + 40 * i) for i in range(3)))
    overruns = draw(problem, Chances(0, 0, 0, 0, overruns=(35,)), 1, 1)
    overruns.overruns[1:] = 0
    found = leave_slack(rota, problem, overruns, sixtieths(1000))
    assert [leg.start for leg in found.legs] == [480, 525, 565]


def test_both_carers_of_a_double_up_have_the_slack():
    visits = [a_visit("mary", "08:00", slack=0), a_visit("hoist", "08:40", "nan", slack=60, carers=2)]
    staff = [a_carer("aled"), a_carer("bethan", 10)]
    problem = a_problem(visits, staff, clients=[a_client("mary"), a_client("nan", 10)])
    rota = a_rota(
        a_leg("mary", "aled", "08:00"),
        a_leg("hoist", "aled", "08:40"),
        a_leg("hoist", "bethan", "08:40", second=True),
    )
    found = leave_slack(rota, problem, draw(problem, ALWAYS_40, 3, 1), sixtieths(2000))
    assert {leg.start for leg in found.of_visit("hoist")} == {530}
    assert check(found, problem).hard == ()


@pytest.fixture(params=range(6))
def week(request):
    problem = a_random_problem(request.param, visits=24, days=2, clients=6)
    return problem, solve(problem, iterations=300, workers=1, exact=False, teams=False).rota


OFTEN = Chances(60, 25, 30, 50)


def test_it_keeps_all_rules_and_all_rounds_and_pays_in_lives_that_it_was_not_chosen_by(week):
    problem, rota = week
    none, some, more = curve(rota, problem, OFTEN, [sixtieths(2000), sixtieths(500)], lives=2000)
    assert none.rota is rota
    assert (some.price, more.price) == (sixtieths(500), sixtieths(2000))
    for point in (some, more):
        assert check(point.rota, problem).hard == ()
        assert rounds_of(point.rota) == rounds_of(rota)
        assert {(leg.visit, leg.carer, leg.minutes) for leg in point.rota.legs} == {
            (leg.visit, leg.carer, leg.minutes) for leg in rota.legs
        }
    if robustness(rota, problem, OFTEN).late > 0.3:
        assert more.lived.late < none.lived.late
    assert more.lived.late <= some.lived.late + 0.1


def rounds_of(rota):
    return {carer: [leg.visit for leg in legs] for carer, legs in rota.legs_by_carer.items()}


def test_what_would_be_otherwise_is_what_is_then(week):
    """A course with starts moved is the course of the rota with those starts."""
    problem, rota = week
    lives = draw(problem, OFTEN, 40, 1)
    course = Course(rota, problem, lives)
    for visits in course.of_day.values():
        for visit in visits[::2]:
            hi = min([course.start[visit] + 9, *(course.start[id] - 1 for id in course.after(visit))])
            course.move({visit: hi})
    legs = [a_leg(x.visit, x.carer, course.start[x.visit], x.minutes, x.second) for x in rota.legs]
    afresh = Course(a_rota(*legs, days=2), problem, lives)
    assert afresh.start == course.start
    assert all((afresh.begins[id] == course.begins[id]).all() for id in afresh.begins)


def test_same_lives_same_rota(week):
    problem, rota = week
    one, two = (
        leave_slack(rota, problem, draw(problem, OFTEN, 100, 1), sixtieths(1000)).legs for _ in range(2)
    )
    assert one == two


def test_a_rota_that_breaks_a_rule_is_refused(morning):
    problem, _ = morning
    broken = a_rota(a_leg("mary", start="08:00"), a_leg("nan", start="08:20"))
    with pytest.raises(DomainError, match="Plan on from it"):
        leave_slack(broken, problem, draw(problem, ALWAYS_40, 3, 1), 1)
