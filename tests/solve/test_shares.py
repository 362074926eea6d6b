"""Searches that share out the days: nobody touches another's, nothing is lost, and prices stay exact."""

from functools import partial

import numpy as np
import pytest

from scheduler.check import check
from scheduler.solve.anneal import COLD
from scheduler.solve.model import encode
from scheduler.solve.search import Search
from scheduler.solve.shares import Shares
from scheduler.units import sixtieths
from tests.builders import a_carer, a_leg, a_problem, a_rota, a_visit
from tests.solve.test_every_iteration import HOT, held
from tests.solve.variety import a_varied_problem

SEEDS = range(12)
WEEK = {"days": 7, "visits": 24, "clients": 4, "carers": 4}


def a_pair(seed, **changes):
    """A problem of several days, and two searches at the same rota of it."""
    problem = a_varied_problem(seed, **(changes or WEEK))
    model = encode(problem)
    one, two = Search(model, seed), Search(model, seed + 1000)
    one.run(200, HOT, HOT)
    two.take_over(one)
    return problem, one, two


def stops(search, to):
    """What a round is made of now: (visit, start, is second)."""
    of_round = search.state.stops[to, : search.state.rounds["n"][to]]
    return [(int(stop["visit"]), int(stop["start"]), int(stop["second"])) for stop in of_round]


def test_no_work_is_spent_on_days_of_which_all_is_locked():
    """Every visit is planned twenty minutes early, and all but Thursday's are locked: sixteen iterations, which are all
    of one day, are enough to mend that one, whatever the dice say."""
    visits = [a_visit(f"on {day}", f"{day} 08:00") for day in ("Mon", "Tue", "Wed", "Thu", "Fri")]
    model = encode(a_problem(visits, [a_carer("aled")]))
    start = a_rota(*(a_leg(visit.id, "aled", visit.preferred - 20) for visit in visits))
    for seed in SEEDS:
        search = Search(model, seed)
        assert search.start_from(start) == []
        search.lock([0, 1, 2, 4])
        search.run(16, COLD, COLD)
        late = [search.rota().of_visit(visit.id)[0].start - visit.preferred for visit in visits]
        assert late == [-20, -20, -20, 0, -20]


def test_each_changes_its_own_days_only_and_all_of_it_is_brought_together():
    whole = 0
    for seed in SEEDS:
        problem, one, two = a_pair(seed)
        shares = Shares([one, two], seed)
        rounds = range(len(one.state.rounds))
        for _ in range(5):
            before = [stops(one, to) for to in rounds]
            shares.share_out()
            owner = np.where(shares.mine[0], 0, 1)
            assert (shares.mine[0] != shares.mine[1]).all()
            assert set(owner) == {0, 1}
            for day in set(one.state.rounds["day"]):
                assert len(set(owner[one.state.rounds["day"] == day])) == 1
            one.run(600, HOT, HOT)
            two.run(600, HOT, HOT)
            made = [[stops(search, to) for to in rounds] for search in (one, two)]
            assert all(made[1 - owner[to]][to] == before[to] for to in rounds)
            shares.bring_together()
            assert held(one).legs == held(two).legs
            report = check(held(one), problem)
            assert not report.hard, [finding.sentence for finding in report.hard]
            assert int(one.state.totals[0]) == int(two.state.totals[0]) == report.total
            both = all(any(made[i][to] != before[to] for to in rounds) for i in (0, 1))
            whole += both and all(stops(one, to) == made[owner[to]][to] for to in rounds)
    assert whole > len(SEEDS), "both had found something, and the rota has all of it"


@pytest.mark.parametrize("seed", SEEDS)
def test_the_best_is_kept_and_never_gets_worse(seed):
    problem, one, two = a_pair(seed)
    shares = Shares([one, two], seed)
    cold = float(sixtieths(10))
    price = min(one.price, two.price)
    for _ in range(10):
        shares.share_out()
        one.run(30, cold, cold)
        two.run(30, cold, cold)
        shares.bring_together()
        best = min((one, two), key=lambda search: search.price)
        assert best.price <= price
        assert check(best.rota(), problem).total == best.price
        price = best.price


def test_what_was_locked_stays_locked_and_everything_else_is_free_again():
    _, one, two = a_pair(3)
    planned = np.nonzero(one.state.visits["placed"] == 1)[0]
    for search in (one, two):
        search.lock([planned[0]])
    shares = Shares([one, two], 1)
    first = one.state.rounds["lo"].copy()
    shares.share_out()
    assert one.state.visits["locked"].sum() > 1
    shares.bring_together()
    for search in (one, two):
        assert np.nonzero(search.state.visits["locked"])[0].tolist() == [planned[0]]
        assert (search.state.rounds["lo"] == first).all()


def test_where_a_visit_would_lose_its_place_the_better_of_them_is_gone_on_from(monkeypatch):
    """Two rotas that have nothing to do with each other fit together badly."""
    left = []

    def joined(search, *given):
        Search.join(search, *given)
        left.append(search.left_over)

    worse = 0
    for seed in SEEDS:
        _, one, two = a_pair(seed)
        other = Search(one.model, seed, one.packing)
        other.run(300, HOT, HOT)
        shares = Shares([one, two], seed)
        shares.share_out()
        two.take_over(other)
        alone = min((one, two), key=lambda search: search.price_now).left_over
        for search in (one, two):
            monkeypatch.setattr(search, "join", partial(joined, search))
        shares.bring_together()
        assert one.left_over == two.left_over == min(alone, left[-1])
        worse += left[-1] > alone
    assert worse > 0


def test_searches_that_went_their_own_ways_share_out_the_better_rota():
    _, one, two = a_pair(3)
    shares = Shares([one, two], 1)
    shares.share_out()
    shares.bring_together()
    for search in (one, two):
        search.run(100, HOT, HOT)
    shares.go_own_ways()
    worse, better = sorted([one.price_now, two.price_now], reverse=True)
    assert worse > better
    shares.share_out()
    assert one.price_now == two.price_now == better


def test_one_search_or_one_day_cannot_be_shared():
    _, one, two = a_pair(1)
    assert Shares([one, two], 1).possible
    assert not Shares([one], 1).possible
    _, one, two = a_pair(1, days=1, visits=8, clients=3, carers=3)
    assert not Shares([one, two], 1).possible


@pytest.mark.parametrize("open_days", [[3], [2, 5]])
def test_only_days_with_something_to_move_are_shared(open_days):
    """As in a repair: what is planned on other days is locked, and on one of them lies a visit that nobody took."""
    _, one, two = a_pair(4, days=7, visits=210, clients=12, carers=5)
    elsewhere = np.flatnonzero(~np.isin(one.state.visits["day"], open_days))
    for search in (one, two):
        search.lock(elsewhere[1:])
    shares = Shares([one, two], 1)
    assert shares.possible == (len(open_days) > 1)
    for _ in range(6 if shares.possible else 0):
        shares.share_out()
        owners = [set(shares.mine[0][one.state.rounds["day"] == day]) for day in open_days]
        assert sorted(owners, key=min) == [{False}, {True}], "each search has one of the two"
        shares.bring_together()
