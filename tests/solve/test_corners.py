"""Where iterations begin: for a stretch of them around visits of one day that live near each other."""

from types import SimpleNamespace

import numpy as np
import pytest

from scheduler.solve.kernel import corner as kernel
from scheduler.solve.kernel.corner import AREA, STRETCH
from scheduler.solve.model import encode
from scheduler.solve.neighbours import by_day
from scheduler.solve.search import Search
from tests.builders import a_carer, a_problem, a_visit
from tests.solve.test_every_iteration import HOT, held
from tests.solve.variety import a_varied_problem

movable_by_day, corner_at, seed_of = (
    part.py_func for part in (kernel.movable_by_day, kernel.corner_at, kernel.seed_of)
)
WEEK = {"days": 7, "visits": 30, "clients": 5, "carers": 4}


def a_street(places: list[int], days: list[int]):
    """Clients at these points of a street, each with a visit on each of these days, those of one client together."""
    model = SimpleNamespace(
        problem=SimpleNamespace(clients=places),
        client=np.repeat(np.arange(len(places)), len(days)),
        day=np.tile(days, len(places)),
    )
    at = np.array(places)
    return model, np.abs(at[:, np.newaxis] - at).astype(np.int32)


def test_each_days_visits_lie_along_a_way_through_the_town():
    model, minutes = a_street([0, 50, 10, 40, 20, 30], days=[1, 0])
    order = by_day(model, minutes)
    assert model.day[order].tolist() == [0] * 6 + [1] * 6
    assert model.client[order].tolist() == [0, 2, 4, 5, 3, 1] * 2


def test_carers_homes_are_no_stations_of_the_way():
    model, minutes = a_street([0, 50, 10], days=[0])
    with_homes = np.zeros((5, 5), dtype=np.int32)
    with_homes[:3, :3] = minutes
    assert by_day(model, with_homes).tolist() == [0, 2, 1]


def test_a_week_without_anybody_has_no_way():
    model, minutes = a_street([], days=[0])
    assert by_day(model, minutes).tolist() == []


@pytest.fixture(autouse=True)
def drawn_by_numpy(monkeypatch):
    """(The kernel's own dice are called by compiled code only.)"""
    dice = np.random.default_rng(1)
    monkeypatch.setattr(kernel, "below", lambda _, n: dice.integers(n))


@pytest.fixture
def week():
    return Search(encode(a_varied_problem(1, **WEEK)), 1)


def readable(week):
    """The state, with records whose fields Python can read as compiled code does."""
    return week.state._replace(visits=week.state.visits.view(np.recarray))


def told(week, locked=()):
    """Who may be moved, day by day."""
    week.lock(locked)
    movable = np.zeros(len(week.state.visits), np.int64)
    first = np.zeros(len(week.hints.first_of_day), np.int64)
    n = movable_by_day(readable(week), week.hints, movable, first)
    assert first[-1] == n
    return movable, first


def test_who_is_locked_is_never_begun_at(week):
    day = week.state.visits["day"]
    monday, other = np.nonzero(day == 0)[0], np.nonzero(day != 0)[0]
    locked = {*monday, *other[::2]}
    movable, first = told(week, locked)
    for d in range(7):
        its = movable[first[d] : first[d + 1]]
        assert set(its) == set(np.nonzero(day == d)[0]) - locked
    assert first[1] == first[0]


def test_a_seed_is_of_the_corners_day_and_all_of_a_short_day_are(week):
    day = week.state.visits["day"]
    movable, first = told(week)
    busy = int(np.argmax(np.diff(first)))
    last = int(first[busy + 1] - 1)  # the way goes round
    drawn = {int(seed_of(readable(week), movable, first, last)) for _ in range(400)}
    assert drawn == set(np.nonzero(day == busy)[0])


@pytest.mark.parametrize(
    "corner, expected", [(10, range(10, 10 + AREA)), (150, [*range(150, 200), *range(10, AREA - 40)])]
)
def test_of_a_long_day_only_those_from_the_corner_on(corner, expected):
    movable = np.arange(200)
    first = np.array([0, 10, 200])
    state = SimpleNamespace(rng=None, visits=[SimpleNamespace(day=int(v >= 10)) for v in range(200)])
    drawn = {int(seed_of(state, movable, first, corner)) for _ in range(2_000)}
    assert drawn == set(expected)


def test_a_corner_is_drawn_anew_after_a_stretch_and_not_before():
    state = SimpleNamespace(rng=None)
    corners, corner = [], 0
    for it in range(3 * STRETCH):
        corner = corner_at(state, it, 1_000_000, corner)
        corners.append(corner)
    assert len(set(corners)) == 3
    assert corners == [corners[it - it % STRETCH] for it in range(3 * STRETCH)]


def test_a_search_begins_on_one_day_only_in_a_stretch_and_on_others_in_the_next():
    """Ruins of neighbours alone, which are of the same day."""
    days = ("Mon", "Tue", "Wed", "Thu", "Fri")
    visits = [a_visit(f"{day} {hour}", f"{day} {hour}:00") for day in days for hour in ("08", "12", "17")]
    search = Search(encode(a_problem(visits, [a_carer("aled"), a_carer("bea")])), 1)
    search.run(2_000, HOT, HOT)
    assert search.left_over == 0
    search.hints.ruin_chance[:] = np.eye(len(search.hints.ruin_chance))[1]

    def changed(iterations):
        before = held(search)
        search.run(iterations, HOT, HOT)
        after = held(search)
        return {
            visit.day
            for visit in search.model.problem.visits
            if before.of_visit(visit.id) != after.of_visit(visit.id)
        }

    stretches = [changed(STRETCH) for _ in range(16)]
    assert all(len(days) <= 1 for days in stretches), stretches
    assert len(set().union(*stretches)) > 2
    assert len(changed(8 * STRETCH)) > 1
