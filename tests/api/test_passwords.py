"""Forgotten passwords, tries that are counted wherever they are made, and one account in two agencies."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from api.app import create_app
from api.database.base import now
from api.database.models import Agency, AuditEntry, Invitation, Membership, Role, User
from api.database.tenancy import for_everything
from api.security.passwords import hash_password
from api.settings import Settings
from scheduler.cli.main import main
from tests.api.people import PASSWORD, Person, made, refused

OTHER = "quite other words altogether"


@pytest.fixture
def desk(new_database):
    """A desk of its own: Mair manages "a", Olwen "b"; Efa is a coordinator of "a"; Nia of both."""
    app = create_app(
        Settings(database=new_database(), sign_in_failures=4, sign_ins_per_minute=1000), jobs=False
    )
    kept = hash_password(PASSWORD, "")
    with for_everything(app.state.engine, "tests", writes=True) as session:
        session.add_all([Agency(id=id, name=id.upper()) for id in "ab"])
        for name in ("mair", "olwen", "efa", "nia"):
            session.add(User(id=name, email=f"{name}@example.org", name=name.title(), password_hash=kept))
        session.flush()
        for name, agency, role in (
            ("mair", "a", Role.MANAGER), ("olwen", "b", Role.MANAGER), ("efa", "a", Role.COORDINATOR),
            ("nia", "a", Role.COORDINATOR), ("nia", "b", Role.VIEWER),
        ):  # fmt: skip
            session.add(Membership(user_id=name, agency_id=agency, role=role))
    yield app
    app.state.engine.dispose()


def mair(desk):
    return Person(desk, "mair@example.org")


def secret_for(desk, user, manager=None):
    answer = (manager or mair(desk)).post(f"/agencies/a/members/{user}/password-link")
    return made(answer)["link"].rpartition("/")[2]


def in_the_database(desk, asked):
    with for_everything(desk.state.engine) as session:
        return session.scalar(asked)


# -- forgotten --------------------------------------------------------------------------------------------------------


def test_a_manager_gives_a_link_that_sets_the_password_once(desk):
    efa = Person(desk, "efa@example.org")
    secret = secret_for(desk, "efa")
    made(efa.get("/session"))  # nothing has happened yet
    made(Person(desk).post("/accounts/password", {"link": secret, "password": OTHER}))
    refused(efa.get("/session"), 401)  # whoever was signed in with the old one is not any more
    refused(Person(desk).post("/session", {"email": "efa@example.org", "password": PASSWORD}), 401)
    efa.sign_in("efa@example.org", OTHER)
    refused(
        Person(desk).post("/accounts/password", {"link": secret, "password": PASSWORD}), 404, "used already"
    )
    assert (
        in_the_database(
            desk,
            select(func.count()).select_from(AuditEntry).where(AuditEntry.what == "password set by a link"),
        )
        == 1
    )


def test_a_new_link_ends_the_one_before_and_a_link_expires(desk):
    first, second = secret_for(desk, "efa"), secret_for(desk, "efa")
    refused(Person(desk).post("/accounts/password", {"link": first, "password": OTHER}), 404)
    with for_everything(desk.state.engine, writes=True) as session:
        session.execute(update(Invitation).values(expires_at=now() - timedelta(seconds=1)))
    refused(Person(desk).post("/accounts/password", {"link": second, "password": OTHER}), 404, "expired")


def test_a_link_sets_no_weak_password_and_is_not_used_up_by_one(desk):
    secret = secret_for(desk, "efa")
    refused(Person(desk).post("/accounts/password", {"link": secret, "password": "short"}), 422)
    made(Person(desk).post("/accounts/password", {"link": secret, "password": OTHER}))


def test_nobody_is_let_into_another_agency_by_a_password_link(desk):
    """Else the manager of one agency could read the other's clients."""
    refused(mair(desk).post("/agencies/a/members/nia/password-link"), 409, "another agency")
    secret = secret_for(desk, "efa")
    with for_everything(desk.state.engine, "tests", writes=True) as session:  # she joins it afterwards
        session.add(Membership(user_id="efa", agency_id="b", role=Role.VIEWER))
    refused(
        Person(desk).post("/accounts/password", {"link": secret, "password": OTHER}), 409, "another agency"
    )


def test_a_password_link_is_no_invitation_and_an_invitation_no_password_link(desk):
    secret = secret_for(desk, "efa")
    body = {"link": secret, "email": "new@example.org", "name": "New", "password": PASSWORD}
    refused(Person(desk).post("/accounts", body), 404)
    link = made(mair(desk).post("/agencies/a/invitations", {"role": "viewer"}))["link"].rpartition("/")[2]
    refused(Person(desk).post("/accounts/password", {"link": link, "password": OTHER}), 404)


def test_whoever_runs_the_desk_can_give_a_link_too(desk, capsys, monkeypatch):
    """Also for the only manager, and for somebody of two agencies."""
    monkeypatch.setenv("CAREROUND_DATABASE", desk.state.settings.database)
    assert main(["password", "Nia@Example.org", "--public-url", "https://desk.example"]) == 0
    link = capsys.readouterr().out.strip()
    assert link.startswith("https://desk.example/password/")
    made(Person(desk).post("/accounts/password", {"link": link.rpartition("/")[2], "password": OTHER}))
    assert main(["password", "nobody@example.org"]) != 0


def test_the_pages_do_the_same(desk):
    manager = mair(desk)
    token = manager.client.headers["X-CSRF-Token"]
    page = manager.client.post("/a/a/members/efa/password-link", data={"csrf": token}).text
    secret = page.partition("/password/")[2].partition("<")[0]
    assert "works once" in Person(desk).client.get(f"/password/{secret}").text
    stranger = Person(desk).client
    answer = stranger.post(f"/password/{secret}", data={"password": OTHER}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
    Person(desk).sign_in("efa@example.org", OTHER)
    assert (
        "another agency" in manager.client.post("/a/a/members/nia/password-link", data={"csrf": token}).text
    )


# -- tries ------------------------------------------------------------------------------------------------------------


def test_a_wrong_old_password_counts_as_a_try_to_sign_in(desk):
    efa = Person(desk, "efa@example.org")
    for _ in range(4):
        refused(efa.put("/session/password", {"old": "guessed words", "new": OTHER}), 403)
    refused(efa.put("/session/password", {"old": PASSWORD, "new": OTHER}), 403, "locked")
    refused(Person(desk).post("/session", {"email": "efa@example.org", "password": PASSWORD}), 401, "locked")


def test_tries_at_the_same_moment_are_all_counted(desk):
    body = {"email": "efa@example.org", "password": "guessed words"}
    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(lambda _: Person(desk).post("/session", body).status_code, range(3)))
    assert answers == [401] * 3
    assert in_the_database(desk, select(User.failures).where(User.id == "efa")) == 3


def test_the_own_page_changes_the_password(desk):
    efa = Person(desk, "efa@example.org")
    form = {"csrf": efa.client.headers["X-CSRF-Token"], "old": PASSWORD, "new": OTHER}
    assert "is changed" in efa.client.post("/account/password", data=form).text
    assert "not right" in efa.client.post("/account/password", data=form).text  # the old one is another now
    form = {"csrf": form["csrf"]}
    answer = efa.client.post("/account/sign-out-everywhere", data=form, follow_redirects=False)
    assert answer.headers["location"] == "/sign-in"
    refused(efa.get("/session"), 401)


# -- two agencies -----------------------------------------------------------------------------------------------------


def joined(desk, password, agency="b", manager="olwen@example.org"):
    link = made(Person(desk, manager).post(f"/agencies/{agency}/invitations", {"role": "viewer"}))["link"]
    body = {"link": link.rpartition("/")[2], "email": "efa@example.org", "name": "E", "password": password}
    return Person(desk).post("/accounts", body), body


def test_an_account_that_is_there_gets_a_second_agency_by_its_own_password(desk):
    answer, body = joined(desk, PASSWORD)
    made(answer)
    mine = made(Person(desk, "efa@example.org").get("/agencies"))
    assert [(one["id"], one["role"]) for one in mine] == [("a", "coordinator"), ("b", "viewer")]
    refused(Person(desk).post("/accounts", body), 404, "used already")


def test_with_a_wrong_password_nothing_is_joined_and_the_try_is_counted(desk):
    answer, body = joined(desk, "guessed words")
    refused(answer, 409, "not its password")
    assert in_the_database(desk, select(User.failures).where(User.id == "efa")) == 1
    made(Person(desk).post("/accounts", {**body, "password": PASSWORD}))  # the link was not used up


def test_nobody_gets_a_second_role_in_the_same_agency_by_a_link(desk):
    answer, _ = joined(desk, PASSWORD, "a", "mair@example.org")
    refused(answer, 409, "role in this agency already")
    mine = made(Person(desk, "efa@example.org").get("/agencies"))
    assert [one["role"] for one in mine] == ["coordinator"]


# -- the members' page ------------------------------------------------------------------------------------------------


def test_roles_are_changed_on_the_page_and_the_last_manager_stays(desk):
    manager = mair(desk)
    form = {"csrf": manager.client.headers["X-CSRF-Token"], "role": "viewer"}
    assert manager.client.post("/a/a/members/efa", data=form).status_code == 200
    roles = {one["id"]: one["role"] for one in made(manager.get("/agencies/a/members"))}
    assert roles["efa"] == "viewer"
    assert "last manager" in manager.client.post("/a/a/members/mair", data=form).text
    assert "last manager" in manager.client.post("/a/a/members/mair/remove", data=form).text
    assert manager.client.post("/a/a/members/olwen/remove", data=form).status_code == 404  # of b
    assert manager.client.post("/a/a/members/efa/remove", data=form).status_code == 200
    assert "efa" not in {one["id"] for one in made(manager.get("/agencies/a/members"))}
