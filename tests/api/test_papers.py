"""Letters, statements, schedules and reports on the desk: what the command line writes, and who may see it."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from api.app import create_app
from api.database.models import Agency, Membership, Role, User
from api.database.tenancy import for_everything
from api.security.passwords import hash_password
from api.settings import Settings
from scheduler.report.letters import letters
from scheduler.report.letters.sentences import opening
from scheduler.report.schedules import schedules
from scheduler.true_pay import true_pay
from scheduler.units import pence, pounds
from tests.api.conftest import SMALL, START, rota_body
from tests.api.people import PASSWORD, Person, made, refused


def page_of(draft):
    """The rota's address among the pages."""
    return draft.replace("/agencies/a/", "/a/a/")


@pytest.fixture(scope="session")
def fund(problem):
    """A client who has a fund."""
    return problem.funds[0].client


# -- letters ----------------------------------------------------------------------------------------------------------


def test_a_letter_says_what_the_command_writes(coordinator, draft, planned, problem):
    written = {one.client.id: one for one in letters(planned, problem)}
    letter = made(coordinator.get(f"{draft}/clients/C01/letter"))
    assert letter["opening"] == opening(written["C01"])
    assert len(letter["carers"]) == len(written["C01"].faces)
    assert sum(len(day["visits"]) for day in letter["days"]) == written["C01"].visits


def test_a_letter_tells_what_changed_since_the_publication_before(coordinator, draft, planned):
    made(coordinator.post(f"{draft}/publish", {"notes": ""}, version=1))
    copy = made(coordinator.post("/agencies/a/rotas", {"name": "Next", "copy_of": draft.rpartition("/")[2]}))
    next_one = f"/agencies/a/rotas/{copy['id']}"
    assert made(coordinator.get(f"{next_one}/clients/C01/letter"))["changes"] == [
        ["Your visits are as they were before."]
    ]
    visit = next(leg.visit for leg in planned.legs if leg.visit.startswith("C01"))
    made(coordinator.post(f"{next_one}/edits", {"kind": "unassign", "visit": visit}, version=1))
    changes = made(coordinator.get(f"{next_one}/clients/C01/letter"))["changes"]
    assert "we have no carer yet" in changes[0][0]


@pytest.mark.parametrize("version", ["standard", "large-print", "easy-read"])
def test_a_letter_as_a_page_may_run_nothing_and_load_nothing(coordinator, draft, version):
    answer = coordinator.get(f"{draft}/clients/C01/letter.html?version={version}")
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert "script-src" not in policy
    assert "sandbox" in policy
    assert len(re.findall("<style>", answer.text)) == policy.count("sha256-") == 1


def test_a_letter_as_a_pdf_is_tagged(coordinator, draft, problem):
    answer = coordinator.get(f"{draft}/clients/C01/letter.pdf?version=large-print")
    assert answer.headers["content-type"] == "application/pdf"
    pdf = PdfReader(BytesIO(answer.content))
    root: Any = pdf.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert problem.client("C01").name in "".join(page.extract_text() for page in pdf.pages)


def test_whoever_has_no_letter_is_told_so(coordinator, draft, problem):
    refused(coordinator.get(f"{draft}/clients/C99/letter"), 404)
    refused(coordinator.get(f"{draft}/clients/C01/letter.html?version=braille"), 422)
    busy = {(visit.client, visit.day) for visit in problem.visits}
    client, day = next(
        (one.id, day) for one in problem.clients for day in range(7) if (one.id, day) not in busy
    )
    days = {"name": "A day without", "start": problem.date_of(day).isoformat(), "days": 1}
    id = made(coordinator.post("/agencies/a/rotas", days))["id"]
    refused(coordinator.get(f"/agencies/a/rotas/{id}/clients/{client}/letter"), 404, "no such visit")


# -- funds, schedules, pay --------------------------------------------------------------------------------------------


def test_a_fund_has_its_statement_and_others_have_none(coordinator, draft, fund, problem):
    paper = made(coordinator.get(f"{draft}/clients/{fund}/fund"))
    assert paper["title"] == f"The fund of {problem.client(fund).name}"
    assert ["Budget a week", pounds(problem.funds[0].budget * 60)] in paper["facts"]
    html = coordinator.client.get(f"{page_of(draft)}/clients/{fund}/fund").text
    assert all(sentence in html for sentence in paper["lead"])
    assert coordinator.get(f"{draft}/clients/{fund}/fund.pdf").content.startswith(b"%PDF")
    other = next(one.id for one in problem.clients if one.id not in {f.client for f in problem.funds})
    refused(coordinator.get(f"{draft}/clients/{other}/fund"), 404, "no such fund")
    assert "/fund" in coordinator.client.get(f"{page_of(draft)}/clients/{fund}").text
    assert "/fund" not in coordinator.client.get(f"{page_of(draft)}/clients/{other}").text


def test_a_schedule_and_its_sums_are_those_of_the_command(coordinator, draft, planned, problem):
    one = next(s for s in schedules(planned, problem) if s.lines)
    carer = one.person.carer.id
    paper = made(coordinator.get(f"{draft}/carers/{carer}/schedule"))
    rows = [row for part in paper["sections"][:-1] for table in part["tables"] for row in table["rows"]]
    assert [row[0] for row in rows] == [
        f"{line.start % 1440 // 60:02}:{line.start % 60:02}" for line in one.lines
    ]
    sums = made(coordinator.get(f"{draft}/carers/{carer}/sums"))
    assert sums["expected_pay_pence"] == pence(one.expected_pay)
    assert sums["paid_minutes"] == one.person.sum("paid") == one.paid
    assert sums["metres"] == one.metres
    assert sums["contracted_minutes"] == one.person.contracted
    html = coordinator.client.get(f"{page_of(draft)}/carers/{carer}").text
    assert pounds(one.expected_pay) in html
    assert coordinator.get(f"{draft}/carers/{carer}/schedule.pdf").content.startswith(b"%PDF")


def test_pay_is_everybodys_or_one_carers(coordinator, draft, planned, problem):
    worked = [one for one in true_pay(planned, problem) if one.counted]
    everybody = made(coordinator.get(f"{draft}/pay"))
    table = everybody["sections"][0]["tables"][0]
    assert {row[0] for row in table["rows"]} >= {one.carer.name for one in worked}
    own = made(coordinator.get(f"{draft}/carers/{worked[0].carer.id}/pay"))
    assert {row[0] for row in own["sections"][0]["tables"][0]["rows"]} == {worked[0].carer.name}
    refused(coordinator.get(f"{draft}/carers/K99/pay"), 404)


# -- of everybody -----------------------------------------------------------------------------------------------------


def test_a_commissioner_sees_groups_and_sums_but_no_names(people, coordinator, draft, problem):
    made(coordinator.post(f"{draft}/publish", {"notes": ""}, version=1))
    commissioner = people["commissioner"]
    seen = [
        commissioner.get(f"{draft}/fairness").text,
        commissioner.get("/agencies/a/measures").text,
        *(commissioner.client.get(path).text for path in (
            f"{page_of(draft)}/fairness", f"{page_of(draft)}/measures", "/a/a/measures", "/a/a",
        )),
    ]  # fmt: skip
    for text in seen:
        assert not any(one.name in text for one in (*problem.clients, *problem.carers))
    assert "Cost, rule by rule" not in seen[3]  # what the API keeps from a commissioner
    assert "<dt>Leaves the agency</dt>" not in seen[3]
    assert "Cost, rule by rule" in coordinator.client.get(f"{page_of(draft)}/measures").text
    refused(commissioner.get(f"{draft}/cost"), 403)
    refused(commissioner.get(f"{draft}/continuity"), 403)


@pytest.fixture
def handful(new_database):
    """A desk of its own whose agency visits one client: somebody of each of two roles."""
    app = create_app(Settings(database=new_database(), sign_ins_per_minute=1000), jobs=False)
    with for_everything(app.state.engine, "tests", writes=True) as session:
        session.add(Agency(id="a", name="Agency A"))
        kept = hash_password(PASSWORD, "")
        for role in (Role.MANAGER, Role.COMMISSIONER):
            session.add(User(id=role, email=f"{role}@example.org", name=role, password_hash=kept))
            session.flush()
            session.add(Membership(user_id=role, agency_id="a", role=role))
    files = []
    for name in ("clients", "carers", "shifts", "visits"):
        lines = (SMALL / f"{name}.csv").read_text(encoding="utf-8").splitlines()
        wanted = lines[:2] if name == "visits" else lines
        files.append(("files", (f"{name}.csv", "\n".join(wanted).encode())))
    manager = Person(app, "manager@example.org")
    made(manager.post(f"/agencies/a/imports?start={START}", files=files))
    yield manager, Person(app, "commissioner@example.org")
    app.state.engine.dispose()


def test_sums_of_a_handful_of_clients_are_kept_from_a_commissioner(handful):
    """Of one client's visits every sum is that client's own."""
    manager, commissioner = handful
    body = {"name": "Few", "start": START.isoformat(), "days": 7}
    id = made(manager.post("/agencies/a/rotas", body))["id"]
    made(manager.post(f"/agencies/a/rotas/{id}/publish", {"notes": ""}, version=1))
    refused(commissioner.get(f"/agencies/a/rotas/{id}/measures"), 403, "Fewer than 5 clients")
    assert made(commissioner.get("/agencies/a/measures"))["weeks"][0]["values"] is None
    assert "too few" in commissioner.client.get("/a/a/measures").text
    assert commissioner.client.get(f"/a/a/rotas/{id}/measures").status_code == 403
    assert made(manager.get(f"/agencies/a/rotas/{id}/measures"))
    assert made(manager.get("/agencies/a/measures"))["weeks"][0]["values"]


def test_measures_over_weeks_are_those_of_each_published_rota(coordinator, draft):
    made(coordinator.post(f"{draft}/publish", {"notes": ""}, version=1))
    own = {one["name"]: one["value"] for one in made(coordinator.get(f"{draft}/measures"))}
    found = made(coordinator.get("/agencies/a/measures?weeks=60"))
    week = next(one for one in found["weeks"] if draft.endswith(one["rota"]))
    assert week["values"] == own
    assert [one["name"] for one in found["measures"]] == list(own)
    starts = [one["start"] for one in found["weeks"]]
    assert starts == sorted(starts, reverse=True)
    assert len({(one["start"], one["days"]) for one in found["weeks"]}) == len(starts)  # none is superseded
    assert f"/rotas/{week['rota']}/measures" in coordinator.client.get("/a/a/measures").text


def test_an_id_with_a_slash_has_its_pages(people, planned, problem):
    """An agency's own words for its people may hold anything."""
    other = people["other"]
    clients = made(other.get("/agencies/b/tables/clients?limit=500"))["items"]
    visits = made(other.get("/agencies/b/tables/visits?limit=500"))["items"]
    new = {**clients[0], "client": "12/2026 B&B", "name": "Slash Tester"}
    version = made(other.get("/agencies/b/tables"))["version"]
    made(other.put("/agencies/b/tables/clients", {"rows": [*clients, new]}, version=version))
    own = {**visits[0], "client": new["client"], "visit": "slash"}
    made(other.put("/agencies/b/tables/visits", {"rows": [*visits, own]}, version=version + 1))
    id = made(other.post("/agencies/b/rotas", rota_body(planned)))["id"]
    for path in ("12/2026%20B%26B", "12%2F2026%20B%26B"):
        assert "Slash Tester" in other.client.get(f"/a/b/rotas/{id}/clients/{path}").text
        assert "Slash Tester" in other.client.get(f"/a/b/people/client/{path}").text
        assert made(other.get(f"/agencies/b/rotas/{id}/clients/{path}/letter"))["name"] == "Slash Tester"
    made(other.put("/agencies/b/tables/visits", {"rows": visits}, version=version + 2))
    made(other.put("/agencies/b/tables/clients", {"rows": clients}, version=version + 3))
