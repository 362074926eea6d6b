"""A new rota's changes, taken one by one into the current one."""

from types import SimpleNamespace
from typing import Any

import pytest

from api.desk import accept as work
from api.desk.accept import needs
from api.desk.changes import Change
from api.routes.accept import asked
from api.routes.common import local_time
from scheduler.domain import Visit
from scheduler.rota import Leg
from scheduler.verdict import candidates, place, verdict
from tests.api.conftest import rota_body
from tests.api.people import made, refused

ROTAS = "/agencies/a/rotas"


def id_of(path):
    return path.rpartition("/")[2]


def legs_of(person, rota):
    return {
        (leg["visit"], leg["carer"], leg["start"], leg["second"])
        for leg in made(person.get(f"{ROTAS}/{rota}"))["legs"]
    }


@pytest.fixture(scope="session")
def moves(planned, problem):
    """Two visits of different clients and days that others could do at the same minute, with those carers."""
    found: list[tuple[Visit, str]] = []
    for visit in problem.visits:
        legs = planned.of_visit(visit.id)
        if visit.carers == 1 and legs and visit.client not in {v.client for v, _ in found}:
            able = candidates(visit, planned, problem, at=legs[0].start)
            if able and visit.day not in {v.day for v, _ in found}:
                found.append((visit, able[0].carer))
        if len(found) == 2:
            return found
    raise AssertionError("the quick rota leaves nobody free")


@pytest.fixture(scope="session")
def swap(planned, problem):
    """A rota in which two carers swap two visits at overlapping times, and neither alone is possible."""
    single = [v for v in problem.visits if v.carers == 1 and planned.of_visit(v.id)]
    for a in single:
        for b in single:
            (one,), (two,) = planned.of_visit(a.id), planned.of_visit(b.id)
            if a.id >= b.id or one.carer == two.carer or not (one.start < two.end and two.start < one.end):
                continue
            after = place(planned, a, [two.carer], one.start, problem)
            after = place(after, b, [one.carer], two.start, problem)
            if not verdict(planned, after, problem).broken:
                return a.id, b.id, after
    raise AssertionError("no two visits can be swapped")


@pytest.fixture
def offer(coordinator, planned, problem, moves, draft):
    """A new rota with both moves, beside the draft: its path."""
    after = planned
    for visit, carer in moves:
        after = place(after, visit, [carer], planned.of_visit(visit.id)[0].start, problem)
    return f"{ROTAS}/{made(coordinator.post(ROTAS, rota_body(after)))['id']}"


def test_one_of_two_changes_is_taken_and_the_other_is_not(coordinator, draft, offer, moves, planned):
    (visit, carer), (other, _) = moves
    found = made(coordinator.get(f"{offer}/offer?into={id_of(draft)}"))
    assert found["into"]["id"] == id_of(draft)
    assert [one["visit"] for one in found["changes"]] == [visit.id, other.id]
    assert all("instead of" in one["sentence"] for one in found["changes"])
    body = {"visits": [visit.id], "into": id_of(draft), "version": 1, "name": "Some of it"}
    said = made(coordinator.post(f"{offer}/take/verdict", body))
    assert (said["light"] in ("green", "amber"), said["missing"]) == (True, [])
    new = made(coordinator.post(f"{offer}/take", body))
    assert (new["name"], new["state"], new["version"]) == ("Some of it", "draft", 1)
    before, after = legs_of(coordinator, id_of(draft)), legs_of(coordinator, new["id"])
    assert {leg[0] for leg in before ^ after} == {visit.id}
    assert [leg[1] for leg in after if leg[0] == visit.id] == [carer]
    prices = [made(coordinator.get(f"{ROTAS}/{id}/check"))["pence"] for id in (id_of(draft), new["id"])]
    assert prices[1] - prices[0] == pytest.approx(said["pence"], abs=1)


def test_all_changes_make_the_new_rota(coordinator, draft, offer):
    new = made(coordinator.post(f"{offer}/take", {"all": True, "into": id_of(draft), "version": 1}))
    assert legs_of(coordinator, new["id"]) == legs_of(coordinator, id_of(offer))


def test_of_a_swap_each_needs_the_other_and_one_alone_is_refused(coordinator, draft, swap, planned):
    a, b, after = swap
    new = f"{ROTAS}/{made(coordinator.post(ROTAS, rota_body(after)))['id']}"
    found = {
        one["visit"]: one for one in made(coordinator.get(f"{new}/offer?into={id_of(draft)}"))["changes"]
    }
    assert (found[a]["needs"], found[b]["needs"]) == ([b], [a])
    count = len(made(coordinator.get(f"{ROTAS}?limit=500"))["items"])
    told = refused(
        coordinator.post(f"{new}/take", {"visits": [a], "into": id_of(draft), "version": 1}),
        409,
        found[b]["sentence"],
    )
    assert told["missing"] == [b]
    assert told["broken"][0]["sentence"] in told["detail"]
    assert len(made(coordinator.get(f"{ROTAS}?limit=500"))["items"]) == count
    taken = made(coordinator.post(f"{new}/take", {"visits": [a, b], "into": id_of(draft), "version": 1}))
    assert legs_of(coordinator, taken["id"]) == legs_of(coordinator, id_of(new))


def test_a_chain_needs_what_lies_before_it_and_not_the_other_way(planned, problem):
    """By hand: a carer's visit moves to half past ten, another comes into its place at nine."""
    first, second = problem.visits[0].id, problem.visits[1].id
    k, m = problem.carers[0].id, problem.carers[1].id
    before = planned.without(planned.legs_by_visit).with_legs(
        [Leg(540, k, first, 30), Leg(540, m, second, 30)]
    )
    after = before.without([first, second]).with_legs([Leg(1200, k, first, 30), Leg(540, k, second, 30)])
    assert needs([first, second], before, after, problem) == {first: (), second: (first,)}


def test_a_locked_visit_is_not_taken(coordinator, draft, offer, moves):
    visit = moves[0][0].id
    made(coordinator.post(f"{draft}/edits", {"kind": "lock", "visit": visit}, version=1))
    found = made(coordinator.get(f"{offer}/offer?into={id_of(draft)}"))["changes"]
    assert [one["locked"] for one in found] == [True, False]
    refused(
        coordinator.post(f"{offer}/take", {"visits": [visit], "into": id_of(draft), "version": 2}),
        409,
        "locked",
    )
    new = made(coordinator.post(f"{offer}/take", {"all": True, "into": id_of(draft), "version": 2}))
    legs = made(coordinator.get(f"{ROTAS}/{new['id']}"))["legs"]
    assert [leg["locked"] for leg in legs if leg["visit"] == visit] == [True]
    assert {leg[0] for leg in legs_of(coordinator, new["id"]) ^ legs_of(coordinator, id_of(draft))} == {
        moves[1][0].id
    }


def test_what_was_edited_since_is_told(coordinator, draft, offer, moves):
    visit = moves[0][0].id
    made(coordinator.post(f"{draft}/edits", {"kind": "lock", "visit": moves[1][0].id}, version=1))
    body = {"visits": [visit], "into": id_of(draft), "version": 1}
    assert refused(coordinator.post(f"{offer}/take", body), 412)["version"] == 2


def test_without_the_version_that_was_looked_at_nothing_is_taken(coordinator, draft, offer, moves):
    """Else a rota that somebody changes at this moment would be taken without anybody having seen it."""
    body = {"visits": [moves[0][0].id], "into": id_of(draft)}
    refused(coordinator.post(f"{offer}/take", body), 422, "version")
    refused(coordinator.post(f"{offer}/take/verdict", body), 422, "version")


def test_what_was_changed_between_the_verdict_and_the_writing_is_told(
    coordinator, draft, offer, moves, monkeypatch
):
    """What takes long is done while others can write; so somebody can come between."""

    def and_then_somebody_edits(session, rota, body):
        judged = asked(session, rota, body)
        made(coordinator.post(f"{draft}/edits", {"kind": "lock", "visit": moves[1][0].id}, version=1))
        return judged

    monkeypatch.setattr("api.routes.accept.asked", and_then_somebody_edits)
    body = {"visits": [moves[0][0].id], "into": id_of(draft), "version": 1}
    refused(coordinator.post(f"{offer}/take", body), 412, "Somebody changed")


def test_a_repeated_request_gives_the_same_draft_also_after_an_edit(coordinator, draft, offer, moves):
    body = {"visits": [moves[0][0].id], "into": id_of(draft), "version": 1}
    key = {"Idempotency-Key": f"take {draft}"}
    first = made(coordinator.post(f"{offer}/take", body, headers=key))
    made(coordinator.post(f"{draft}/edits", {"kind": "lock", "visit": moves[1][0].id}, version=1))
    assert made(coordinator.post(f"{offer}/take", body, headers=key))["id"] == first["id"]
    refused(coordinator.post(f"{draft}/take", body, headers=key), 422, "another request")


def test_what_is_missing_is_looked_for_in_a_bounded_number_of_tries(planned, problem, monkeypatch):
    """Where only all of two hundred changes together break nothing, leaving out each in turn would take minutes."""
    ids = [visit.id for visit in problem.visits]
    offered = {
        id: work.Offered(Change(id, "", "carer", ""), problem.visit(id).day, (), False, False) for id in ids
    }
    side: Any = SimpleNamespace(problem=problem, rota=planned)
    comparison = work.Comparison(side, side, planned, tuple(offered.values()))
    tries = []

    def breaks(_, visits):
        tries.append(len(visits))
        return len(visits) < len(ids)

    monkeypatch.setattr(work, "_breaks", breaks)
    assert set(work._missing(comparison, ids[:1], offered)) == set(ids[1:])
    assert len(tries) == work.MOST_TRIES


def test_what_makes_no_sense_is_refused(coordinator, draft, offer, moves, problem):
    same = next(v.id for v in problem.visits if v.id not in {one.id for one, _ in moves})
    refused(
        coordinator.post(f"{offer}/take", {"visits": [same], "into": id_of(draft), "version": 1}),
        422,
        "same way",
    )
    refused(coordinator.post(f"{offer}/take", {"visits": [], "into": "nothing", "version": 1}), 404)
    refused(
        coordinator.post(f"{offer}/take", {"visits": [], "into": id_of(draft), "version": 1}),
        422,
        "at least one",
    )
    body = {"name": "Other days", "start": "2026-11-30", "days": 7, "legs": []}
    other = made(coordinator.post(ROTAS, body))["id"]
    refused(coordinator.get(f"{offer}/offer?into={other}"), 422, "different days")


def test_a_plan_is_compared_with_the_rota_it_began_with(coordinator, base, draft, moves, problem, planned):
    """`draft` was copied of `base`: without `into` that is the current one."""
    visit, carer = moves[0]
    start = local_time(planned.of_visit(visit.id)[0].start, problem.start)
    wish = {"kind": "place", "visit": visit.id, "carers": [carer], "start": start}
    made(coordinator.post(f"{draft}/edits", wish, version=1))
    found = made(coordinator.get(f"{draft}/offer"))
    assert found["into"]["id"] == base
    assert [one["visit"] for one in found["changes"]] == [visit.id]


def test_the_page_takes_what_is_ticked_and_says_what_is_missing(coordinator, draft, swap):
    a, b, after = swap
    new = made(coordinator.post(ROTAS, rota_body(after)))["id"]
    path, token = f"/a/a/rotas/{new}/compare", coordinator.client.headers["X-CSRF-Token"]
    page = coordinator.client.get(f"{path}?into={id_of(draft)}").text
    assert page.count('name="visits"') == 2
    form = {"csrf": token, "into": id_of(draft), "version": "1", "visits": [a]}
    answer = coordinator.client.post(path, data=form)
    assert answer.status_code == 409
    assert "Needed by what you ticked." in answer.text
    answer = coordinator.client.post(path, data={**form, "visits": [a, b]}, follow_redirects=False)
    assert answer.status_code == 303
    assert legs_of(coordinator, id_of(answer.headers["location"])) == legs_of(coordinator, new)
