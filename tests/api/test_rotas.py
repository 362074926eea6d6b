"""Rotas through the API: drafts, copies, publications, what changed; what the planner says of them."""

from collections import Counter

import pytest
from sqlalchemy import event

from scheduler.check import check
from scheduler.cost import cost
from scheduler.explain.sentences import HELD
from scheduler.rounds import rounds
from scheduler.units import pence
from tests.api.conftest import rota_body
from tests.api.people import made, refused

ROTAS = "/agencies/a/rotas"


def test_a_rota_comes_back_as_it_was_sent(coordinator, base, planned):
    answer = coordinator.get(f"{ROTAS}/{base}")
    assert answer.headers["etag"] == '"1-draft"'
    body = answer.json()
    sent = rota_body(planned)["legs"]
    assert [{**leg, "locked": False} for leg in sent] == body["legs"]
    assert (body["start"], body["days"], body["state"], body["version"]) == ("2026-11-23", 7, "draft", 1)
    again = coordinator.get(f"{ROTAS}/{base}", headers={"If-None-Match": '"1-draft"'})
    assert (again.status_code, again.content) == (304, b"")


def test_a_carer_in_two_places_is_kept_in_no_rota(coordinator, planned):
    body = rota_body(planned)
    first, second = (
        body["legs"][0],
        next(leg for leg in body["legs"] if leg["visit"] != body["legs"][0]["visit"]),
    )
    body["legs"] = [first, {**second, "carer": first["carer"], "start": first["start"]}]
    refused(coordinator.post(ROTAS, body), 422, "two places at once")


def test_names_that_nobody_knows_are_refused(coordinator, planned):
    body = rota_body(planned)
    body["legs"][0]["carer"] = "K1O1"
    refused(coordinator.post(ROTAS, body), 404, "no carer called 'K1O1'")


def test_times_of_a_rota_are_local(coordinator, planned):
    body = rota_body(planned)
    body["legs"][0]["start"] += ":00+00:00"
    refused(coordinator.post(ROTAS, body), 422, "without a zone")


def test_a_key_makes_one_rota_however_often_it_is_sent(coordinator, base):
    body, key = {"name": "Once", "copy_of": base}, {"Idempotency-Key": "key-1"}
    first, second = (made(coordinator.post(ROTAS, body, headers=key)) for _ in range(2))
    assert first["id"] == second["id"]
    refused(coordinator.post(ROTAS, {**body, "name": "Other"}, headers=key), 422, "another request")
    assert made(coordinator.post(ROTAS, body))["id"] != first["id"]


def test_rotas_come_in_pages_the_newest_first(coordinator, draft):
    found: list[str] = []
    after: str | None = ""
    while after is not None:
        page = made(coordinator.get(f"{ROTAS}?limit=3&after={after}"))
        found += [rota["id"] for rota in page["items"]]
        after = page["next"]
    assert found[0] == draft.rpartition("/")[2]
    assert len(found) == len(set(found)) == len(made(coordinator.get(f"{ROTAS}?limit=500"))["items"])
    assert made(coordinator.get(f"{ROTAS}?start=2020-01-06"))["items"] == []


def test_a_publication_supersedes_the_one_before_and_cannot_be_changed(coordinator, draft, base):
    earlier = [r["number"] for r in made(coordinator.get(f"{ROTAS}?limit=500"))["items"] if r["number"]]
    refused(coordinator.post(f"{draft}/publish", {"notes": "x"}), 428)
    refused(coordinator.post(f"{draft}/publish", {"notes": "x"}, version=7), 412)
    first = made(coordinator.post(f"{draft}/publish", {"notes": "Bank holiday on Monday."}, version=1))
    assert (first["state"], first["number"], first["notes"]) == (
        "published", max(earlier, default=0) + 1, "Bank holiday on Monday.",
    )  # fmt: skip
    refused(coordinator.post(f"{draft}/publish", {}, version=2), 409)
    visit = made(coordinator.get(draft))["legs"][0]["visit"]
    refused(
        coordinator.post(f"{draft}/edits", {"kind": "unassign", "visit": visit}, version=2), 409, "published"
    )
    refused(coordinator.delete(draft), 409)

    second = f"{ROTAS}/{made(coordinator.post(ROTAS, {'name': 'Next', 'copy_of': first['id']}))['id']}"
    assert made(coordinator.get(f"{second}/changes")) == []
    made(coordinator.post(f"{second}/edits", {"kind": "unassign", "visit": visit}, version=1))
    (change,) = made(coordinator.get(f"{second}/changes"))
    assert (change["visit"], change["kind"]) == (visit, "unallocated")
    assert "has nobody now" in change["sentence"]
    assert made(coordinator.post(f"{second}/publish", {}, version=2))["number"] == first["number"] + 1
    assert made(coordinator.get(draft))["state"] == "superseded"
    since = made(coordinator.get(f"{draft}/changes?since={second.rpartition('/')[2]}"))
    assert [change["kind"] for change in since] == ["planned"]


def test_a_draft_can_be_thrown_away_and_the_audit_tells_it(coordinator, manager, draft):
    assert coordinator.delete(draft).status_code == 204
    refused(coordinator.get(draft), 404)
    refused(coordinator.delete(draft), 404)
    last = made(manager.get("/agencies/a/audit?limit=1"))["items"][0]
    assert (last["what"], last["about"]) == ("delete", f"StoredRota {draft.rpartition('/')[2]}")


def test_a_board_that_has_not_changed_costs_no_reading_of_its_legs(app, coordinator, draft):
    etag = coordinator.get(f"{draft}/board").headers["ETag"]
    asked = []

    def listen(connection, cursor, statement, *rest):
        asked.append(statement)

    event.listen(app.state.engine, "before_cursor_execute", listen)
    try:
        answer = coordinator.get(f"{draft}/board", headers={"If-None-Match": etag})
    finally:
        event.remove(app.state.engine, "before_cursor_execute", listen)
    assert (answer.status_code, answer.headers["ETag"]) == (304, etag)
    assert asked
    assert not [statement for statement in asked if "FROM legs" in statement]


def test_the_board_shows_every_visit_and_leg(coordinator, draft, planned, problem):
    board = made(coordinator.get(f"{draft}/board"))
    assert len(board["visits"]) == len(problem.visits)
    assert sum(len(visit["legs"]) for visit in board["visits"]) == len(planned.legs)
    drawn = {
        (visit["id"], board["carers"][carer]["id"], start, minutes)
        for visit in board["visits"]
        for carer, start, minutes, _ in visit["legs"]
    }
    assert drawn == {(leg.visit, leg.carer, leg.start, leg.minutes) for leg in planned.legs}
    assert len(board["shifts"]) == len(problem.shifts)
    by_visit = {visit["id"]: visit["runs"] for visit in board["visits"]}
    for trip in rounds(planned, problem):
        areas = Counter(problem.client(stop.visit.client).area for stop in trip.stops)
        (area, part) = next(
            iter({run for run in by_visit[trip.stops[0].visit.id] if run.endswith(part_of(trip))})
        ).split(", ")
        assert areas[area] == max(areas.values())
        assert all(f"{area}, {part}" in by_visit[stop.visit.id] for stop in trip.stops)


def part_of(trip):
    return "morning" if trip.start % 1440 < 720 else "afternoon" if trip.start % 1440 < 960 else "evening"


def test_check_cost_and_measures_are_the_planners(coordinator, draft, planned, problem):
    report = check(planned, problem)
    found = made(coordinator.get(f"{draft}/check"))
    assert (found["hard"], found["pence"]) == (len(report.hard), pence(report.total))
    assert found["unallocated"] == len(planned.unallocated(problem))
    assert len(found["findings"]) == len(report.findings)
    assert made(coordinator.get(f"{draft}/check?level=hard"))["findings"] == []
    told = made(coordinator.get(f"{draft}/cost"))
    assert (told["total"], told["money"]) == (cost(planned, problem).total, cost(planned, problem).money)
    assert sum(line["pence"] for line in told["lines"]) == pytest.approx(
        told["total"], abs=len(told["lines"])
    )
    measures = {one["name"]: one["value"] for one in made(coordinator.get(f"{draft}/measures"))}
    assert measures["visits"] == len(problem.visits)


def test_a_commissioner_sees_sums_without_any_name(people, draft, problem):
    commissioner = people["commissioner"]
    told = commissioner.get(f"{draft}/measures").text
    for name in [*(c.name for c in problem.clients), *(c.name for c in problem.carers)]:
        assert name not in told
    for path in ("", "/board", "/check", "/cost", "/explanations"):
        refused(commissioner.get(draft + path), 403)


def test_explanations(coordinator, draft, planned, problem):
    visit = planned.legs[0].visit
    (story,) = made(coordinator.get(f"{draft}/explanations", params={"visit": visit}))
    assert len(story["carers"]) == len(problem.carers) - len(planned.of_visit(visit))
    locked = next(id for id in planned.legs_by_visit if id != visit)
    made(coordinator.post(f"{draft}/edits", {"kind": "unassign", "visit": visit}, version=1))
    (story,) = made(coordinator.get(f"{draft}/explanations", params={"visit": visit}))
    assert HELD not in story["sentences"]
    made(coordinator.post(f"{draft}/edits", {"kind": "lock", "visit": locked}, version=2))
    (story,) = made(coordinator.get(f"{draft}/explanations", params={"visit": visit}))
    assert story["sentences"][-1] == HELD
    refused(coordinator.get(f"{draft}/explanations?visit=nothing"), 404)
    refused(coordinator.get(f"{draft}/explanations?visit={visit}&client=C01"), 422)


def test_a_publication_is_set_beside_the_one_before_it(coordinator, draft, planned):
    """On its own page too: what carers and families were told otherwise."""
    made(coordinator.post(f"{draft}/publish", {"notes": ""}, version=1))
    id = made(coordinator.post("/agencies/a/rotas", {"name": "Next", "copy_of": draft.rpartition("/")[2]}))[
        "id"
    ]
    path, visit = f"/agencies/a/rotas/{id}", planned.legs[0].visit
    made(coordinator.post(f"{path}/edits", {"kind": "unassign", "visit": visit}, version=1))
    as_draft = made(coordinator.get(f"{path}/changes"))
    assert [(one["visit"], one["kind"]) for one in as_draft] == [(visit, "unallocated")]
    number = made(coordinator.post(f"{path}/publish", {"notes": ""}, version=2))["number"]
    assert made(coordinator.get(f"{path}/changes")) == as_draft
    for page in ("changes", "publish"):
        html = coordinator.client.get(f"/a/a/rotas/{id}/{page}").text
        assert as_draft[0]["sentence"].replace("'", "&#39;") in html
        assert f"publication no. {number - 1}" in html
    first = min(
        (one for one in made(coordinator.get("/agencies/a/rotas?limit=500"))["items"] if one["number"] == 1),
        key=lambda one: one["start"],
    )
    assert made(coordinator.get(f"/agencies/a/rotas/{first['id']}/changes")) == []  # nothing held before it
