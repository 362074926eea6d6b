"""Edits by hand: the verdict before, landing, undo, locks, and many people at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from api.routes.common import local_time
from scheduler.check import check
from scheduler.rota import Leg
from scheduler.units import pence
from scheduler.verdict import candidates
from tests.api.conftest import rota_body
from tests.api.people import Person, made, refused


@pytest.fixture(scope="session")
def single(planned, problem):
    """A planned visit of one carer whom another could replace."""
    return next(
        visit for visit in problem.visits
        if visit.carers == 1 and planned.of_visit(visit.id) and candidates(visit, planned, problem)
    )  # fmt: skip


def wish(visit, carer, start, problem):
    return {"kind": "place", "visit": visit.id, "carers": [carer], "start": local_time(start, problem.start)}


def legs_of(person, draft, visit):
    return [leg for leg in made(person.get(draft))["legs"] if leg["visit"] == visit.id]


def test_candidates_are_those_of_the_planner(coordinator, draft, planned, problem, single):
    found = made(coordinator.get(f"{draft}/candidates", params={"visit": single.id}))
    wanted = candidates(single, planned, problem)
    assert [(one["carer"], one["verdict"]["pence"]) for one in found] == [
        (one.carer, pence(one.verdict.price)) for one in wanted
    ]
    assert found[0]["name"] == problem.carer(found[0]["carer"]).name


def test_a_verdict_says_what_the_edit_then_costs(coordinator, draft, planned, problem, single):
    one = made(coordinator.get(f"{draft}/candidates", params={"visit": single.id}))[0]
    body = {"kind": "place", "visit": single.id, "carers": [one["carer"]], "start": one["start"]}
    said = made(coordinator.post(f"{draft}/verdict", body))
    assert said["light"] in ("green", "amber")
    before = made(coordinator.get(f"{draft}/check"))["pence"]
    edit = coordinator.post(f"{draft}/edits", body, version=1)
    assert edit.headers["etag"] == '"2-draft"'
    assert made(edit)["pence"] == said["pence"]
    assert made(coordinator.get(f"{draft}/check"))["pence"] - before == pytest.approx(said["pence"], abs=1)
    (leg,) = legs_of(coordinator, draft, single)
    assert (leg["carer"], leg["start"]) == (one["carer"], one["start"])
    assert one["name"] in edit.json()["sentence"]


def test_what_breaks_a_rule_does_not_land(coordinator, draft, planned, problem, single):
    carer = planned.of_visit(single.id)[0].carer
    body = wish(single, carer, single.latest + 1, problem)
    said = made(coordinator.post(f"{draft}/verdict", body))
    assert said["light"] == "red"
    problem_json = refused(coordinator.post(f"{draft}/edits", body, version=1), 409, said["broken"][0])
    assert "visit_window" in [finding["rule"] for finding in problem_json["broken"]]
    assert made(coordinator.get(draft))["version"] == 1


def test_undo_goes_back_step_by_step(coordinator, draft, planned, problem, single):
    was = legs_of(coordinator, draft, single)
    made(coordinator.post(f"{draft}/edits", {"kind": "unassign", "visit": single.id}, version=1))
    assert legs_of(coordinator, draft, single) == []
    best = candidates(single, planned.without([single.id]), problem)[0]
    made(coordinator.post(f"{draft}/edits", wish(single, best.carer, best.start, problem), version=2))
    made(coordinator.post(f"{draft}/undo", version=3))
    assert legs_of(coordinator, draft, single) == []
    assert "Undone" in made(coordinator.post(f"{draft}/undo", version=4))["sentence"]
    assert legs_of(coordinator, draft, single) == was
    refused(coordinator.post(f"{draft}/undo", version=5), 409, "nothing to undo")
    edits = made(coordinator.get(f"{draft}/edits"))["items"]
    assert [(edit["kind"], edit["undone"]) for edit in edits] == [
        ("undo", False), ("undo", False), ("place", True), ("unassign", True),
    ]  # fmt: skip
    assert sum(edit["pence"] for edit in edits) == 0


def test_undo_takes_nothing_of_a_colleagues_back_without_a_word(coordinator, manager, draft, single):
    """Two people edit one rota; one of them presses Undo."""
    made(coordinator.post(f"{draft}/edits", {"kind": "lock", "visit": single.id}, version=1))
    told = refused(
        manager.post(f"{draft}/undo", version=2), 409, "by Coordinator, not by you: Locked the visit"
    )
    assert told["by"] == "Coordinator"
    assert made(coordinator.get(draft))["version"] == 2
    made(manager.post(f"{draft}/undo?anybodys=true", version=2))
    edits = made(coordinator.get(f"{draft}/edits"))["items"]
    assert [(edit["kind"], edit["by"]) for edit in edits] == [("undo", "Manager"), ("lock", "Coordinator")]
    assert legs_of(coordinator, draft, single)[0]["locked"] is False


def test_a_locked_visit_stays_until_it_is_unlocked(coordinator, draft, single):
    unassign = {"kind": "unassign", "visit": single.id}
    made(coordinator.post(f"{draft}/edits", {"kind": "lock", "visit": single.id}, version=1))
    assert legs_of(coordinator, draft, single)[0]["locked"]
    refused(coordinator.post(f"{draft}/edits", unassign, version=2), 409, "unlock it first")
    refused(coordinator.post(f"{draft}/verdict", unassign), 409)
    made(coordinator.post(f"{draft}/edits", {"kind": "unlock", "visit": single.id}, version=2))
    made(coordinator.post(f"{draft}/edits", unassign, version=3))
    refused(coordinator.post(f"{draft}/edits", {"kind": "lock", "visit": single.id}, version=4), 409)


def test_what_is_so_already_is_no_change(coordinator, draft, planned, problem, single):
    """A second click on Lock, a bar put back where it was: the version stays, and Undo takes back what was done."""
    lock = {"kind": "lock", "visit": single.id}
    made(coordinator.post(f"{draft}/edits", lock, version=1))
    refused(
        coordinator.post(f"{draft}/edits", lock, version=2), 409, "It is so already: nothing was changed."
    )
    assert made(coordinator.get(draft))["version"] == 2
    assert made(coordinator.post(f"{draft}/undo", version=2))["version"] == 3
    assert legs_of(coordinator, draft, single)[0]["locked"] is False
    refused(
        coordinator.post(f"{draft}/edits", {**lock, "kind": "unlock"}, version=3), 409, "It is so already"
    )
    leg = planned.of_visit(single.id)[0]
    back = wish(single, leg.carer, leg.start, problem)
    refused(coordinator.post(f"{draft}/edits", back, version=3), 409, "It is so already")
    assert made(coordinator.get(draft))["version"] == 3


def test_wishes_that_make_no_sense_are_refused(coordinator, draft, problem, single):
    two = {"kind": "place", "visit": single.id, "carers": ["K01", "K02"], "start": "2026-11-23T08:00"}
    refused(coordinator.post(f"{draft}/verdict", two), 422, "one carer")
    refused(coordinator.post(f"{draft}/verdict", {"kind": "place", "visit": single.id}), 422, "who comes")
    refused(coordinator.post(f"{draft}/verdict", {"kind": "unassign", "visit": "nothing"}), 404)
    refused(coordinator.post(f"{draft}/verdict", {**two, "carers": ["nobody"]}), 404)
    refused(
        coordinator.post(f"{draft}/verdict", {**two, "carers": ["K01"], "start": "2027-03-01T08:00"}), 422
    )


def test_of_two_edits_of_one_version_one_is_told_of_the_conflict(
    coordinator, manager, draft, planned, problem
):
    first, second = [visit for visit in problem.visits if planned.of_visit(visit.id)][:2]
    made(coordinator.post(f"{draft}/edits", {"kind": "unassign", "visit": first.id}, version=1))
    body = refused(manager.post(f"{draft}/edits", {"kind": "unassign", "visit": second.id}, version=1), 412)
    assert body["version"] == 2
    made(manager.post(f"{draft}/edits", {"kind": "unassign", "visit": second.id}, version=2))


def test_of_many_edits_at_once_none_is_lost(app, coordinator, draft, planned, problem):
    """Each thread takes its visits away one by one and looks again when somebody was faster: in the end all are gone,
    each by one edit of its own version."""
    visits = [visit.id for visit in problem.visits if planned.of_visit(visit.id)][:40]
    staff = [Person(app, f"{name}@example.org") for name in ("coordinator", "manager") * 2]

    def take_away(person, own):
        conflicts = 0
        for visit in own:
            while True:
                version = int(person.get(draft).json()["version"])
                answer = person.post(f"{draft}/edits", {"kind": "unassign", "visit": visit}, version=version)
                if answer.status_code == 201:
                    break
                refused(answer, 412)
                conflicts += 1
        return conflicts

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(take_away, staff, [visits[i::4] for i in range(4)]))
    edits = made(coordinator.get(f"{draft}/edits?limit=500"))["items"]
    assert sorted(edit["visit"] for edit in edits) == sorted(visits)
    assert [edit["version"] for edit in edits] == list(range(len(visits) + 1, 1, -1))
    left = {leg["visit"] for leg in made(coordinator.get(draft))["legs"]}
    assert left == set(planned.legs_by_visit) - set(visits)


def test_a_rota_that_was_broken_before_can_still_be_mended(coordinator, planned, problem, single):
    late = [Leg(single.latest + 30, leg.carer, leg.visit, leg.minutes) for leg in planned.of_visit(single.id)]
    broken = planned.without(planned.legs_by_visit).with_legs(late)
    assert not check(broken, problem).clean
    id = made(coordinator.post("/agencies/a/rotas", rota_body(broken)))["id"]
    body = wish(single, late[0].carer, single.preferred, problem)
    said = made(coordinator.post(f"/agencies/a/rotas/{id}/verdict", body))
    assert said["light"] == "green"
