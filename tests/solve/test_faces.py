"""What guides the search towards fewer faces: worked by hand, and taken up when the core teams have had their say."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from scheduler.solve import anneal
from scheduler.solve import search as searching
from scheduler.solve.anneal import FEWER_FACES, GUIDED, Clock, Schedule
from scheduler.solve.faces import shares_of_faces
from scheduler.solve.model import encode
from scheduler.solve.search import Search
from scheduler.units import DAY, sixtieths
from tests.builders import a_carer, a_past_visit, a_problem, a_visit
from tests.solve.variety import a_varied_problem

STAFF = ("aled", "beth", "carys", "dai", "elin")


def a_week(*recent: str):
    """Mary has a visit a day: three carers are promised and are enough. Whoever is recent is known."""
    visits = [a_visit(f"day{day}", day * DAY + 540) for day in range(7)]
    past = tuple(a_past_visit("mary", carer) for carer in recent)
    return encode(a_problem(visits, [a_carer(id) for id in STAFF], history=past))


def shares(model, *count: int) -> list[int]:
    return [int(share) for share in shares_of_faces(model, np.array([count], np.int32))[0]]


def test_a_visit_carries_its_share_of_the_last_face():
    """The fourth carer costs £10 for whoever is served worst and £10 above the promise; a new face £15, a known one
    £1.50. Dai is new and comes once: all £35 hang on one visit. Aled comes four times: a quarter of it each."""
    found = shares(a_week(), 4, 1, 1, 1, 0)
    assert found == [sixtieths(3500) // 4, *[sixtieths(3500)] * 3, 0]


def test_a_recent_carer_counts_within_the_promise_whether_or_not_they_come():
    """Without Beth, who came last week, the number in the window stays what it is."""
    found = shares(a_week("beth"), 2, 1, 2, 2, 0)
    assert found[1] == sixtieths(1000 + 150)
    assert found[0] == sixtieths(1000 + 1000 + 1500) // 2


def test_within_what_is_enough_only_the_face_itself_is_shared():
    assert shares(a_week(), 4, 3, 0, 0, 0) == [sixtieths(1500) // 4, sixtieths(1500) // 3, 0, 0, 0]


@pytest.mark.parametrize("share", [0.0, GUIDED - 0.01, GUIDED + 0.01])
def test_core_teams_guide_first_and_fewer_faces_afterwards(share, monkeypatch):
    problem = a_varied_problem(3, days=7, visits=24, clients=4, carers=4)
    search = Search(encode(problem), 1)
    search.guide([(0, 0)], 777)
    heard = []

    def run(n, hot, cold, guide, soft):
        heard.append((guide, search.state.pairs["guide"].copy()))

    monkeypatch.setattr(search, "run", run)
    clock = Clock(None, 1000, done=round(share * 1000))
    with ThreadPoolExecutor(1) as pool:
        anneal._chunk([search], pool, clock, Schedule(0.0))
    [(weight, guide)] = heard
    if share < GUIDED:
        assert weight == pytest.approx(1 - share / GUIDED)
        assert (guide == search.to_teams).all()
        assert set(guide.ravel()) == {0, 777}
    else:
        assert weight == FEWER_FACES
        assert (guide == shares_of_faces(search.model, search.state.pairs["count"])).all()


def test_a_region_is_reckoned_through_every_so_many_times(monkeypatch):
    """Of 16 pairs five are quick enough for each time: once in four times it is. Core teams begin it anew."""
    search = Search(encode(a_varied_problem(3, days=7, visits=24, clients=4, carers=4)), 1)
    monkeypatch.setattr(searching, "PAIRS", 5)
    reckoned = []

    def reckon(model, count):
        reckoned.append(count)
        return search.to_teams

    monkeypatch.setattr(searching, "shares_of_faces", reckon)
    for _ in range(9):
        search.guide_to_fewer_faces()
    assert len(reckoned) == 3
    search.guide_to_teams()
    search.guide_to_fewer_faces()
    assert len(reckoned) == 4
