"""Giving up early: what is hoped for, how it is learned, and that a search without hope hardly does anything."""

import numpy as np
import pytest

from scheduler.solve import pack as pack_module
from scheduler.solve.kernel import hope
from scheduler.solve.kernel.layout import SIZES, UNKNOWN, desk_for
from scheduler.solve.model import encode
from scheduler.solve.search import Search
from scheduler.solve.shares import Shares
from tests.builders import a_carer, a_problem, a_visit
from tests.solve.test_every_iteration import COLD, HOT, held
from tests.solve.test_shares import a_pair
from tests.solve.variety import a_varied_problem

hope_for, learn_relief, learn_no_place, learn_gain = (
    part.py_func for part in (hope.hope_for, hope.learn_relief, hope.learn_no_place, hope.learn_gain)
)
ITERATIONS = 400


def a_search(seed: int = 1) -> Search:
    return Search(encode(a_varied_problem(seed)), seed)


def a_desk():
    """Of a search of two visits at least."""
    return desk_for(a_search().state)


# -- what is learned -----------------------------------------------------------------------------------------------


def test_the_first_relief_is_believed():
    desk = a_desk()
    assert desk.relief[0] == UNKNOWN
    learn_relief(desk, 0, 6_400, True)
    assert (desk.relief[0], desk.relief[1]) == (6_400, UNKNOWN)


def test_a_greater_relief_is_believed_at_once_and_a_smaller_one_little_by_little():
    desk = a_desk()
    learn_relief(desk, 0, 6_400, True)
    learn_relief(desk, 0, 9_600, True)
    assert desk.relief[0] == 9_600
    learn_relief(desk, 0, 3_200, True)
    assert desk.relief[0] == 9_600 - 6_400 // 64


def test_who_may_not_go_back_says_nothing_against_hope_but_something_for_it():
    desk = a_desk()
    learn_relief(desk, 0, 10, False)
    assert desk.relief[0] == UNKNOWN
    learn_relief(desk, 0, 6_400, True)
    learn_relief(desk, 0, 0, False)
    assert desk.relief[0] == 6_400
    learn_relief(desk, 0, 7_000, False)
    assert desk.relief[0] == 7_000


def test_half_of_the_hope_goes_each_time_that_there_is_no_place():
    desk = a_desk()
    learn_relief(desk, 0, 6_400, True)
    learn_no_place(desk, 0, 9_000)
    assert desk.relief[0] == 3_200


def test_what_nothing_is_known_about_begins_with_the_price_of_being_left_out():
    desk = a_desk()
    learn_no_place(desk, 0, 9_000)
    assert desk.relief[0] == 4_500


def test_a_hope_above_that_price_is_halved_as_any_other():
    """To plan a visit may save contracted hours as well; and of two mates one has the price of both."""
    desk = a_desk()
    learn_relief(desk, 0, 6_400, True)
    learn_no_place(desk, 0, 0)
    assert desk.relief[0] == 3_200


def test_gains_are_learned_by_the_number_of_visits():
    desk = a_desk()
    learn_gain(desk, 3, 640)
    learn_gain(desk, 3, 0)
    learn_gain(desk, SIZES + 50, 70)
    learn_gain(desk, SIZES + 50, 90)
    assert desk.gain[3] == 630
    assert desk.gain[-1] == 90
    assert (desk.gain == UNKNOWN).sum() == SIZES - 2


def test_starts_that_are_no_better_in_the_end_are_no_hope():
    desk = a_desk()
    learn_gain(desk, 3, -640)
    assert desk.gain[3] == 0


def test_hope_is_for_those_who_are_not_planned_yet():
    search = a_search()
    desk, visits = search.desk, search.state.visits
    desk.relief[:3], desk.gain[3], desk.gain[:3] = (100, 20, 3), 1_000, 0
    visits["placed"][:3] = (0, 1, 0)
    chosen = np.arange(3)
    state = search.state._replace(visits=visits.view(np.recarray))
    assert hope_for(state, desk, chosen, 0, 3) == 1_103
    assert hope_for(state, desk, chosen, 1, 3) == 1_003
    assert hope_for(state, desk, chosen, 3, 3) == 1_000


def test_who_found_no_place_may_be_brought_along_by_a_mate(monkeypatch):
    monkeypatch.setattr(hope, "_is_over", hope._is_over.py_func)
    search = a_search()
    desk, visits = search.desk, search.state.visits
    desk.relief[:3], desk.gain[3] = (100, 20, 3), 1_000
    visits["placed"][:3] = 0
    visits["mate"][:3] = (1, 0, -1)
    chosen = np.arange(3)
    state = search.state._replace(visits=visits.view(np.recarray))
    assert hope_for(state, desk, chosen, 0, 3) == 1_123
    assert hope_for(state, desk, chosen, 1, 3) == 1_123
    assert hope_for(state, desk, chosen, 2, 3) == 1_003


# -- what a search does with it ------------------------------------------------------------------------------------


def changes(search: Search, relief: int, gain: int) -> int:
    """How many iterations change the rota, with these hopes before each."""
    many, before = 0, held(search).legs
    for _ in range(ITERATIONS):
        search.desk.relief[:], search.desk.gain[:] = relief, gain
        search.run(1, HOT, HOT)
        now = held(search).legs
        many, before = many + (now != before), now
    return many


@pytest.fixture
def never_stubborn(monkeypatch):
    """No iteration goes on against all hope."""
    monkeypatch.setattr(pack_module, "KNOBS", (*pack_module.KNOBS[:2], 0.0))


def test_without_hope_every_iteration_is_given_up(never_stubborn):
    search = a_search()
    search.run(200, HOT, HOT)
    assert changes(search, UNKNOWN, UNKNOWN) > 40
    assert changes(search, -UNKNOWN, -UNKNOWN) == 0


def test_hope_for_either_is_hope(never_stubborn):
    search = a_search()
    search.run(200, HOT, HOT)
    assert changes(search, UNKNOWN, 0) > 20
    assert changes(search, 0, UNKNOWN) > 20


def test_a_stubborn_iteration_goes_on_without_hope():
    """About three in a hundred: of four hundred some."""
    search = a_search()
    search.run(200, HOT, HOT)
    assert 1 <= changes(search, -UNKNOWN, -UNKNOWN) <= 40


def test_what_is_given_up_thaws():
    """No hope at all to begin with: stubborn iterations find out what there is."""
    search = a_search()
    search.run(200, HOT, HOT)
    search.desk.relief[:], search.desk.gain[:] = 0, 0
    search.run(2_000, HOT, HOT)
    placed = search.state.visits["placed"] == 1
    assert (search.desk.relief[placed] > 0).mean() > 0.9


def test_a_search_learns_what_a_visit_is_worth():
    """One visit, one carer, one place for it: the price of an empty rota less that of the whole one."""
    problem = a_problem([a_visit("mary")], [a_carer("aled")])
    search = Search(encode(problem), 1)
    empty = search.price
    search.run(50, COLD, COLD)
    assert search.unallocated == 0
    assert search.desk.relief[0] == empty - search.price > 0


def test_nothing_is_left_behind_by_what_is_given_up(never_stubborn):
    """Several iterations a run, so that what a run keeps for the next of its iterations is seen, too."""
    for seed in range(6):
        search = a_search(seed)
        search.run(300, HOT, HOT)
        before = everything(search)
        for _ in range(20):
            search.desk.relief[:], search.desk.gain[:] = -UNKNOWN, -UNKNOWN
            search.run(10, HOT, HOT)
        assert everything(search) == before
        assert (search.state.visits["banned"] == -1).all()


def everything(search: Search) -> dict[str, bytes]:
    """The state as it is, byte for byte; but for the dice, and stops behind the last one of a round."""
    state = search.state
    held_stops = [state.stops[to, : state.rounds["n"][to]].tobytes() for to in range(len(state.rounds))]
    apart = {"rng", "scratch", "stops", "loads"}
    return {name: getattr(state, name).tobytes() for name in state._fields if name not in apart} | {
        "stops": b"".join(held_stops)
    }


def test_searches_that_meet_believe_the_one_that_has_tried():
    one, two = a_search(), Search(a_search().model, 2)
    one.take_over(two)
    one.desk.relief[:4] = (5, UNKNOWN, 7, 9)
    two.desk.relief[:4] = (6, 8, UNKNOWN, 9)
    one.desk.gain[0], two.desk.gain[0] = 3, 2
    one.take_over(two)
    for search in (one, two):
        assert list(search.desk.relief[:5]) == [6, 8, 7, 9, UNKNOWN]
        assert search.desk.gain[0] == 3
    one.desk.relief[0], two.desk.relief[1] = 2, 3
    two.take_over(one)
    for search in (one, two):
        assert list(search.desk.relief[:4]) == [2, 3, 7, 9], "hopes fall where they were not fulfilled"


def test_hopes_fall_while_the_days_are_shared_out():
    _, one, two = a_pair(1)
    shares = Shares([one, two], 1)
    shares.share_out()
    mine = np.flatnonzero(one.state.visits["locked"] == 0)
    one.desk.relief[:] = two.desk.relief[:] = 10**9
    two.take_over(one)
    one.desk.relief[mine] = 5
    shares.bring_together()
    assert (one.desk.relief[mine] == 5).all()
    assert (two.desk.relief[mine] == 5).all()
