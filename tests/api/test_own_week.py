"""A carer's own account: the own published week, and nothing else."""

import pytest

from api.database.models import Role
from api.security.rights import RIGHTS
from tests.api.people import PASSWORD, Person, made, refused


@pytest.fixture
def carer(people):
    """The account of carer K01."""
    return people["carer"]


def test_a_carer_sees_the_own_published_visits_only(carer, coordinator, draft, planned, problem):
    made(coordinator.post(f"{draft}/publish", {"notes": "Ice on the hills."}, version=1))
    week = made(carer.get("/agencies/a/mine"))[0]
    own = planned.legs_by_carer["K01"]
    assert [(v["start"][-5:], v["minutes"]) for v in week["visits"]] == [
        (f"{leg.start % 1440 // 60:02}:{leg.start % 60:02}", leg.minutes) for leg in own
    ]
    assert (week["notes"], week["paid_minutes"] > 0) == ("Ice on the hills.", True)
    clients = {problem.visit(leg.visit).client for leg in own}
    html = carer.client.get("/a/a/mine").text
    for client in problem.clients:
        assert (client.name in html) == (client.id in clients), client.id
    together = {leg.carer for one in own for leg in planned.of_visit(one.visit)}
    for other in problem.carers:
        if other.id not in together:
            assert other.name not in html
    assert "£" not in html


def test_a_day_that_two_publications_cover_is_told_once_by_the_newer(
    carer, coordinator, draft, planned, problem
):
    """A week is published, and then two of its days anew, without a visit for this carer."""
    made(coordinator.post(f"{draft}/publish", {"notes": "The week."}, version=1))
    body = {"name": "Two days", "start": "2026-11-27", "days": 2}
    id = made(coordinator.post("/agencies/a/rotas", body))["id"]
    made(coordinator.post(f"/agencies/a/rotas/{id}/publish", {"notes": "Two days anew."}, version=1))
    weeks = made(carer.get("/agencies/a/mine?limit=20"))
    days = [visit["start"][:10] for week in weeks for visit in week["visits"]]
    own = {leg.start // 1440 for leg in planned.legs_by_carer["K01"]}
    assert {4, 5} & own
    assert {(problem.date_of(day)).isoformat() for day in own - {4, 5}} == {
        day for day in days if "2026-11-23" <= day <= "2026-11-29"
    }
    old = next(week for week in weeks if week["notes"] == "The week.")
    new = next(week for week in weeks if week["notes"] == "Two days anew.")
    assert (old["days"], old["paid_minutes"]) == (5, None)  # the pay of five days is nobody's sum
    assert (new["start"], new["days"], new["visits"], new["paid_minutes"]) == ("2026-11-27", 2, [], 0)
    html = carer.client.get(f"/a/a/mine?rota={draft.rpartition('/')[2]}").text
    assert "<h2>Fri 27" not in html
    assert "<h2>Sun 29" in html
    copy = {"name": "The week again", "copy_of": draft.rpartition("/")[2]}  # as the other tests know it
    again = made(coordinator.post("/agencies/a/rotas", copy))["id"]
    made(coordinator.post(f"/agencies/a/rotas/{again}/publish", {"notes": ""}, version=1))
    assert [week["days"] for week in made(carer.get("/agencies/a/mine?limit=20"))][-1] == 7


def test_a_draft_is_nothing_to_a_carer(carer, draft):
    assert carer.client.get(f"/a/a/mine?rota={draft.rpartition('/')[2]}").status_code == 404


def test_nobody_else_has_that_page_and_a_carer_has_no_other(people, carer, draft):
    for role in set(Role) - {Role.CARER}:
        refused(people[role.value].get("/agencies/a/mine"), 403)
    assert len(RIGHTS[Role.CARER]) == 1
    for path in ("/agencies/a", "/agencies/a/tables/carers", draft, f"{draft}/measures", f"{draft}/cost"):
        refused(carer.get(path), 403)
    answer = carer.client.get("/", follow_redirects=False)
    assert answer.headers["location"] == "/a/a/mine"


def test_an_invitation_makes_the_account_of_one_carer(app, manager, draft, planned):
    made(manager.post(f"{draft}/publish", {"notes": "As it was planned."}, version=1))
    refused(manager.post("/agencies/a/invitations", {"role": "carer"}), 422, "which carer")
    refused(manager.post("/agencies/a/invitations", {"role": "carer", "carer": "K99"}), 404, "no such carer")
    refused(manager.post("/agencies/a/invitations", {"role": "viewer", "carer": "K02"}), 422, "role carer")
    link = made(manager.post("/agencies/a/invitations", {"role": "carer", "carer": "K02"}))["link"]
    body = {"link": link.rpartition("/")[2], "email": "k02@example.org", "name": "K", "password": PASSWORD}
    made(Person(app).post("/accounts", body))
    own = Person(app, "k02@example.org")
    (member,) = [one for one in made(manager.get("/agencies/a/members")) if one["email"] == "k02@example.org"]
    assert (member["role"], member["carer"]) == ("carer", "K02")
    weeks = made(own.get("/agencies/a/mine"))
    (week,) = [week for week in weeks if week["notes"] == "As it was planned."]
    assert len(week["visits"]) == len(planned.legs_by_carer["K02"])
    refused(manager.put(f"/agencies/a/members/{member['id']}", {"role": "carer"}), 422)
    changed = made(manager.put(f"/agencies/a/members/{member['id']}", {"role": "viewer"}))
    assert changed["carer"] is None
    assert manager.delete(f"/agencies/a/members/{member['id']}").status_code == 204
