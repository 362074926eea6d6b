"""Calendar links: one a person, unguessable, revocable, and showing no more than it should."""

from datetime import timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import select

from api.app import create_app
from api.database.models import AuditEntry, CalendarLink
from api.database.tenancy import for_everything
from api.desk import calendars
from api.settings import Settings
from scheduler.report.feeds import NOBODY_YET
from tests.api.people import Person, made, refused

CALENDARS = "/agencies/a/calendars"


@pytest.fixture(autouse=True)
def the_week_is_never_too_long_ago(monkeypatch):
    monkeypatch.setattr(calendars, "BACK", timedelta(days=36_500))


@pytest.fixture
def published(coordinator, draft):
    """The small agency's week, published."""
    return made(coordinator.post(f"{draft}/publish", {}, version=1))["id"]


def link_of(person, kind, id):
    return made(person.post(CALENDARS, {"kind": kind, "person": id}))


def path_of(link):
    return link["link"].removeprefix("http://127.0.0.1:8000")


def entries(answer):
    assert answer.status_code == 200, answer.text
    return Calendar.from_ical(answer.content).walk("VEVENT")


def test_a_client_sees_the_published_visits_and_first_names_only(
    coordinator, nobody, published, planned, problem
):
    client = problem.clients[0]
    answer = nobody.client.get(path_of(link_of(coordinator, "client", client.id)))
    assert answer.headers["content-type"].startswith("text/calendar")
    assert answer.headers["cache-control"] == "no-store"
    assert "noindex" in answer.headers["x-robots-tag"]
    assert b"BEGIN:VTIMEZONE" in answer.content
    found = entries(answer)
    assert len(found) == len(problem.visits_of(client.id))
    starts = sorted(
        leg.start for i in problem.visits_of(client.id) for leg in planned.of_visit(problem.visits[i].id)
        if not leg.second
    )  # fmt: skip
    told = sorted(e.decoded("dtstart") for e in found if str(e["summary"]) != NOBODY_YET)
    assert [(at.date() - problem.start).days * 1440 + at.hour * 60 + at.minute for at in told] == starts
    for carer in problem.carers:
        assert carer.name not in answer.text
        assert carer.name.split()[-1] not in answer.text
    for other in problem.clients:
        assert other.name not in answer.text
        assert other.place.label not in answer.text
    visit = problem.visits[problem.visits_of(client.id)[0]]
    assert all(task not in answer.text for task in visit.tasks)


def test_a_carer_sees_the_own_rounds_and_no_task_and_no_other_client(
    coordinator, nobody, published, planned, problem
):
    carer = problem.carers[0]
    answer = nobody.client.get(path_of(link_of(coordinator, "carer", carer.id)))
    own = planned.legs_by_carer[carer.id]
    assert len(entries(answer)) == len(own)
    clients = {problem.visit(leg.visit).client for leg in own}
    text = answer.text.replace("\r\n ", "")
    assert all((client.name in text) == (client.id in clients) for client in problem.clients)
    assert not any(task.replace("_", " ") in text for visit in problem.visits for task in visit.tasks)
    assert "£" not in text


def test_a_calendar_goes_back_four_weeks(app, coordinator, published, problem, monkeypatch):
    monkeypatch.undo()
    secret = link_of(coordinator, "client", problem.clients[0].id)["link"].rpartition("/")[2]
    link = calendars.known(app.state.engine, secret.removesuffix(".ics"))
    assert link is not None
    last = problem.date_of(problem.days - 1)
    for weeks_later, shown in ((timedelta(weeks=4), True), (timedelta(weeks=4, days=1), False)):
        found = calendars.content(app.state.engine, link, last + weeks_later)
        assert (b"BEGIN:VEVENT" in found) == shown


def test_what_is_not_published_is_not_shown(coordinator, nobody, published, problem, planned):
    """A later draft changes nothing until it is published."""
    path = path_of(link_of(coordinator, "carer", problem.carers[0].id))
    before = nobody.client.get(path).content
    later = made(coordinator.post("/agencies/a/rotas", {"name": "Later", "copy_of": published}))["id"]
    visit = planned.legs_by_carer[problem.carers[0].id][0].visit
    made(
        coordinator.post(f"/agencies/a/rotas/{later}/edits", {"kind": "unassign", "visit": visit}, version=1)
    )
    assert nobody.client.get(path).content == before
    made(coordinator.post(f"/agencies/a/rotas/{later}/publish", {}, version=2))
    assert len(entries(nobody.client.get(path))) == before.count(b"BEGIN:VEVENT") - 1


def test_a_new_link_ends_the_old_one_and_a_revoked_one_is_not_there(coordinator, nobody, published, problem):
    client = problem.clients[1].id
    first, second = link_of(coordinator, "client", client), link_of(coordinator, "client", client)
    refused(nobody.client.get(path_of(first)), 404)
    assert nobody.client.get(path_of(second)).status_code == 200
    mine = [one for one in made(coordinator.get(CALENDARS)) if one["person"] == client]
    assert [one["id"] for one in mine] == [second["id"]]
    assert "link" not in mine[0]
    assert coordinator.delete(f"{CALENDARS}/{second['id']}").status_code == 204
    gone = nobody.client.get(path_of(second))
    told = refused(gone, 404)
    assert told == refused(nobody.client.get("/calendar/neverGivenOut.ics"), 404)
    assert (gone.headers["cache-control"], gone.headers["x-robots-tag"]) == ("no-store", "noindex, nofollow")
    refused(coordinator.delete(f"{CALENDARS}/{second['id']}"), 404)


def test_the_secret_is_long_and_kept_as_a_digest_only_and_the_audit_tells_of_it(app, coordinator, problem):
    link = link_of(coordinator, "client", problem.clients[2].id)
    secret = link["link"].rpartition("/")[2].removesuffix(".ics")
    assert len(secret) * 6 >= 128
    coordinator.delete(f"{CALENDARS}/{link['id']}")
    with for_everything(app.state.engine) as session:
        kept = session.get_one(CalendarLink, link["id"])
        assert secret not in str([getattr(kept, c.key) for c in CalendarLink.__table__.columns])
        about = f"CalendarLink {link['id']}"
        told = session.scalars(
            select(AuditEntry).where(AuditEntry.about == about).order_by(AuditEntry.number)
        ).all()
    assert [(one.what, one.who) for one in told] == [("create", "coordinator"), ("change", "coordinator")]


def test_links_are_given_out_for_people_who_are_there(coordinator, people):
    refused(coordinator.post(CALENDARS, {"kind": "client", "person": "C999"}), 404, "no such client")
    refused(coordinator.post(CALENDARS, {"kind": "carer", "person": "C01"}), 404, "no such carer")


def test_who_asks_too_often_waits(tmp_path):
    settings = Settings(database=f"sqlite:///{tmp_path}/desk.sqlite", calendars_per_minute=2)
    app = create_app(settings, jobs=False)
    stranger = Person(app)
    for _ in range(2):
        refused(stranger.client.get("/calendar/guess.ics"), 404)
    answer = stranger.client.get("/calendar/other.ics")
    refused(answer, 429)
    assert int(answer.headers["retry-after"]) > 0
    app.state.engine.dispose()
