"""When it is hot, when the searches meet, and how often it cools down: by hand."""

import time

import pytest

from scheduler.solve import anneal, solve
from scheduler.solve.anneal import (
    ALONE,
    CHUNK_SECONDS,
    COLD,
    ENOUGH,
    EPOCHS,
    MOST_CYCLES,
    WARM,
    Clock,
    Schedule,
    chunk_seconds,
    schedule_for,
)
from scheduler.solve.model import encode
from scheduler.solve.search import Search
from tests.solve.variety import a_varied_problem


def test_two_coolings_begin_hot_and_end_cold():
    schedule = Schedule(0.0, cycles=2)
    assert [schedule.phase(share) for share in (0.0, 0.25, 0.5, 0.75, 1.0)] == [0.0, 0.5, 0.0, 0.5, 1.0]
    assert schedule.temperature(0.0) == WARM
    assert schedule.temperature(1.0) == pytest.approx(COLD)


def test_a_warm_start_skips_the_heat():
    assert Schedule(0.5).temperature(0.0) == pytest.approx((WARM * COLD) ** 0.5)


def test_a_hotter_beginning_ends_as_cold():
    schedule = Schedule(0.5, heat=10.0)
    assert schedule.temperature(0.0) == pytest.approx(10 * Schedule(0.5).temperature(0.0))
    assert schedule.temperature(1.0) == pytest.approx(COLD)


def test_searches_meet_in_the_second_half_of_each_cooling_but_not_at_its_end():
    schedule = Schedule(0.0, cycles=2, alone=0.5)
    meeting = [epoch for epoch in range(2 * EPOCHS) if schedule.may_meet(epoch)]
    assert meeting == [5, 6, 7, 8, 9, 10, 17, 18, 19, 20, 21, 22]


def test_from_a_good_start_they_meet_all_the_way():
    assert [Schedule(0.0).may_meet(epoch) for epoch in range(EPOCHS)] == [True] * 11 + [False]


def test_epochs_end_where_the_next_begin():
    schedule = Schedule(0.0, cycles=3)
    for epoch in range(3 * EPOCHS - 1):
        assert schedule.epoch(schedule.end((epoch + 0.5) / (3 * EPOCHS)) + 1e-9) == epoch + 1


@pytest.mark.parametrize(
    "iterations_a_visit, cycles, hurried",
    [
        (ENOUGH // 3, 1, True),
        (ENOUGH // 2, 1, False),
        (ENOUGH, 1, False),
        (2 * ENOUGH, 2, False),
        (90 * ENOUGH, MOST_CYCLES, False),
    ],
)
def test_the_more_iterations_a_visit_the_more_coolings(iterations_a_visit, cycles, hurried):
    search = Search(encode(a_varied_problem(1)), 1)
    clock = Clock(None, iterations_a_visit * len(search.state.visits))
    assert schedule_for([search], clock, warm=0.0) == Schedule(0.0, cycles, ALONE, hurried=hurried)
    assert schedule_for([search], clock, warm=0.5) == Schedule(0.5)
    assert schedule_for([search], clock, warm=0.5, heat=3.0) == Schedule(0.5, heat=3.0)
    assert schedule_for([search], clock, warm=0.0, heat=3.0) == Schedule(0.0, cycles, ALONE, 3.0, hurried)


def test_the_pace_tells_where_the_clock_counts():
    search = Search(encode(a_varied_problem(1)), 1)
    search.pace = ENOUGH * len(search.state.visits)
    assert schedule_for([search], Clock(2 * CHUNK_SECONDS, None, exact_share=0.0), warm=0.0).cycles == 2


@pytest.mark.parametrize("times, seconds", [(0.1, 0.1), (1, 0.1), (3, 0.3)])
def test_the_more_visits_the_longer_it_searches_before_it_looks_up(monkeypatch, times, seconds):
    search = Search(encode(a_varied_problem(1)), 1)
    visits = len(search.state.visits)
    monkeypatch.setattr(anneal, "AT_ONCE", visits / times)
    search.pace = 4 * ENOUGH * visits
    assert chunk_seconds(search) == pytest.approx(seconds)
    assert schedule_for([search], Clock(seconds / 2, None, exact_share=0.0), warm=0.0).cycles == 2


def test_each_cooling_but_the_first_starts_afresh(monkeypatch):
    """By the clock as well, as soon as it is known how quick the search is."""
    heard: list[int] = []

    def noted(search):
        heard.append(search.left_over)
        start_afresh(search)
        assert search.left_over == len(search.state.visits)

    start_afresh = Search.start_afresh
    monkeypatch.setattr(Search, "start_afresh", noted)
    problem = a_varied_problem(1)
    for budget in ({"iterations": 3 * ENOUGH * len(problem.visits)}, {"seconds": 2.0}):
        heard.clear()
        if "seconds" in budget:  # enough for all coolings, however slow the machine
            monkeypatch.setattr(anneal, "ENOUGH", 10)
        solve(problem, workers=1, **budget)
        # On a busy machine a moment at which one would begin may pass unseen.
        assert len(heard) == 2 if "iterations" in budget else 1 <= len(heard) < MOST_CYCLES, budget
        assert max(heard) < len(problem.visits)


def test_what_is_kept_for_leftovers_goes_to_the_search_where_nothing_is_left_over():
    clock = Clock(10.0, None, begun=time.monotonic() - 9.5)
    assert clock.share() == 1.0
    clock.whole = True
    assert 0.9 < clock.share() < 1.0
