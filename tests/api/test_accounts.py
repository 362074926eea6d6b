"""Signing in and staying out: sessions, CSRF, lock-out, invitations, headers, limits."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select, update

from api.app import create_app
from api.database.base import now
from api.database.models import AuditEntry, Invitation, SignIn, User
from api.database.tenancy import for_everything
from api.security.accounts import ensure_first_user
from api.security.limits import Rate
from api.settings import Settings, from_environment
from scheduler.errors import CareroundError
from tests.api.people import PASSWORD, Person, made, refused


@pytest.fixture
def empty(new_database):
    """Makes desks without anybody."""
    opened = []

    def make(**settings):
        app = create_app(Settings(database=new_database(), **settings), jobs=False)
        opened.append(app)
        return app

    yield make
    for app in opened:
        app.state.engine.dispose()


def first_link(app):
    link = ensure_first_user(app.state.engine, app.state.settings)
    assert link is not None
    return link.rpartition("/")[2]


def join(person, link, email="mair@example.org", password=PASSWORD):
    return person.post("/accounts", {"link": link, "email": email, "name": "Mair", "password": password})


# -- the first user ---------------------------------------------------------------------------------------------------


def test_the_first_user_comes_by_a_link_that_works_once(empty):
    app = empty()
    link = first_link(app)
    nobody = Person(app)
    assert made(join(nobody, link)) == {"email": "mair@example.org"}
    refused(join(nobody, link, "second@example.org"), 404, "used already")
    mair = Person(app, "mair@example.org")
    assert made(mair.post("/agencies", {"name": "Valley Care"}))["role"] == "manager"
    assert ensure_first_user(app.state.engine, app.state.settings) is None


def test_the_forms_keep_to_the_limits_of_the_api(empty):
    app = empty()
    link = first_link(app)
    form = {"name": "Mair", "password": PASSWORD}
    for wrong in ("not an address", "m" * 290 + "@example.org"):
        answer = Person(app).client.post(f"/join/{link}", data={**form, "email": wrong})
        assert answer.status_code == 422
        assert "email" in answer.text
    made(join(Person(app), link))  # the link was not used up
    mair = Person(app, "mair@example.org")
    token = mair.client.headers["X-CSRF-Token"]
    answer = mair.client.post("/agencies", data={"name": "   ", "csrf": token}, follow_redirects=False)
    assert answer.status_code == 422
    assert "name" in answer.text


def test_a_new_start_replaces_the_set_up_link(empty):
    app = empty()
    old, new = first_link(app), first_link(app)
    refused(join(Person(app), old), 404)
    made(join(Person(app), new))


def test_a_set_up_link_expires(empty):
    app = empty()
    link = first_link(app)
    with for_everything(app.state.engine, writes=True) as session:
        session.execute(update(Invitation).values(expires_at=now() - timedelta(seconds=1)))
    refused(join(Person(app), link), 404, "expired")


def test_the_first_user_can_come_from_the_environment(empty):
    app = empty(first_user="Mair@Example.org", first_password=PASSWORD)
    assert ensure_first_user(app.state.engine, app.state.settings) is None
    Person(app, "mair@example.org")


def test_there_is_no_default_account(empty):
    app = empty()
    with for_everything(app.state.engine) as session:
        assert session.scalar(select(func.count(User.id))) == 0


@pytest.mark.parametrize("password", ["short", "aaaaaaaaaaaaaa", "mair@example.org"])
def test_a_password_that_is_easy_to_guess_is_refused(empty, password):
    app = empty()
    link = first_link(app)
    refused(join(Person(app), link, password=password), 422, "password")
    made(join(Person(app), link))  # the link was not used up


def test_settings_from_the_environment():
    given = {
        "DATABASE": "sqlite:///x",
        "PLANS_AT_ONCE": "2",
        "SIGN_INS_PER_MINUTE": "3",
        "REQUESTS_PER_MINUTE": "9",
    }
    found = from_environment({f"CAREROUND_{name}": value for name, value in given.items()})
    assert (found.database, found.plans_at_once) == ("sqlite:///x", 2)
    assert (found.sign_ins_per_minute, found.requests_per_minute) == (3, 9)
    with pytest.raises(CareroundError, match="PLANS_AT_ONCE is 'many'"):
        from_environment({"CAREROUND_PLANS_AT_ONCE": "many"})


# -- signing in -------------------------------------------------------------------------------------------------------


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(nobody):
    answers = [
        nobody.post("/session", {"email": email, "password": "not the right words"})
        for email in ("viewer@example.org", "nobody@example.org")
    ]
    assert answers[0].json() == answers[1].json()
    assert [answer.status_code for answer in answers] == [401, 401]
    assert "set-cookie" not in answers[0].headers


def test_too_many_tries_lock_an_account_for_a_while(empty):
    app = empty(first_user="mair@example.org", first_password=PASSWORD, sign_in_failures=3)
    ensure_first_user(app.state.engine, app.state.settings)
    nobody = Person(app)
    wrong, right = (
        {"email": "mair@example.org", "password": word} for word in ("not the right words", PASSWORD)
    )
    for _ in range(3):
        refused(nobody.post("/session", wrong), 401)
    refused(nobody.post("/session", right), 401, "locked")
    with for_everything(app.state.engine, writes=True) as session:
        session.execute(update(User).values(locked_until=now() - timedelta(seconds=1)))
    made(nobody.post("/session", right))


def test_tries_from_one_place_are_limited_whatever_the_account(empty):
    app = empty(sign_ins_per_minute=3)
    nobody = Person(app)
    for i in range(3):
        refused(nobody.post("/session", {"email": f"{i}@example.org", "password": "x"}), 401)
    answer = nobody.post("/session", {"email": "another@example.org", "password": "x"})
    refused(answer, 429, "Too many")
    assert int(answer.headers["retry-after"]) >= 1


def test_a_change_without_its_csrf_token_is_refused(app):
    viewer = Person(app, "viewer@example.org")
    token = viewer.client.headers.pop("X-CSRF-Token")
    refused(viewer.delete("/sessions"), 403, "x-csrf-token")
    viewer.client.headers["X-CSRF-Token"] = token[:-1] + "!"
    refused(viewer.delete("/sessions"), 403)
    assert viewer.get("/session").status_code == 200


def test_a_change_from_another_site_is_refused(app):
    viewer = Person(app, "viewer@example.org")
    viewer.client.headers["Origin"] = "http://evil.example"
    refused(viewer.delete("/sessions"), 403, "another site")
    refused(viewer.post("/session", {"email": "viewer@example.org", "password": PASSWORD}), 403)
    viewer.client.headers["Origin"] = "http://127.0.0.1:8000"
    assert viewer.delete("/session").status_code == 204


def test_signing_out_ends_the_session_on_the_server(app):
    viewer = Person(app, "viewer@example.org")
    cookies = dict(viewer.client.cookies)
    assert viewer.delete("/session").status_code == 204
    thief = Person(app)
    thief.client.cookies.update(cookies)
    refused(thief.get("/session"), 401)


@pytest.fixture
def leaver(app):
    """A user of agency a's own whom no other test has signed in: her id."""
    with for_everything(app.state.engine, "tests", writes=True) as session:
        kept = session.get_one(User, "viewer").password_hash
        session.add(User(id="leaver", email="leaver@example.org", name="Leaver", password_hash=kept))
    yield "leaver"
    with for_everything(app.state.engine, "tests", writes=True) as session:
        session.execute(delete(SignIn).where(SignIn.user_id == "leaver"))
        session.execute(delete(User).where(User.id == "leaver"))


def test_signing_out_everywhere_ends_all_sessions_of_that_person_only(app, leaver):
    first, second, else_one = (
        Person(app, f"{name}@example.org") for name in (leaver, leaver, "commissioner")
    )
    assert first.delete("/sessions").status_code == 204
    refused(second.get("/session"), 401)
    made(else_one.get("/session"))


def test_a_session_ends_when_it_is_not_used_and_after_a_week(app, leaver):
    for column, age in ((SignIn.seen_at, timedelta(hours=9)), (SignIn.created_at, timedelta(days=8))):
        somebody = Person(app, f"{leaver}@example.org")
        made(somebody.get("/session"))
        with for_everything(app.state.engine, writes=True) as session:
            session.execute(update(SignIn).where(SignIn.user_id == leaver).values({column: now() - age}))
        refused(somebody.get("/session"), 401)


def test_a_board_that_only_looks_for_news_keeps_no_session_open(app, leaver):
    """Else a board that is left open for the night would never be locked."""
    somebody, long_ago = Person(app, f"{leaver}@example.org"), now() - timedelta(hours=7)
    for headers, kept in (({"X-Background": "yes"}, True), ({}, False)):
        with for_everything(app.state.engine, writes=True) as session:
            session.execute(update(SignIn).where(SignIn.user_id == leaver).values(seen_at=long_ago))
        made(somebody.get("/session", headers=headers))
        with for_everything(app.state.engine) as session:
            seen = session.scalars(select(SignIn.seen_at).where(SignIn.user_id == leaver)).one()
        assert (seen == long_ago) is kept


def test_another_password_ends_the_other_sessions(empty):
    app = empty(first_user="mair@example.org", first_password=PASSWORD)
    ensure_first_user(app.state.engine, app.state.settings)
    here, there = Person(app, "mair@example.org"), Person(app, "mair@example.org")
    refused(here.put("/session/password", {"old": "wrong", "new": "other words altogether"}), 403)
    assert (
        here.put("/session/password", {"old": PASSWORD, "new": "other words altogether"}).status_code == 204
    )
    made(here.get("/session"))
    refused(there.get("/session"), 401)
    there.sign_in("mair@example.org", "other words altogether")


def test_the_database_holds_no_password_and_no_cookie(app):
    viewer = Person(app, "viewer@example.org")
    cookie = viewer.client.cookies["careround"]
    with for_everything(app.state.engine) as session:
        assert session.get_one(User, "viewer").password_hash.startswith("$argon2id$")
        assert cookie not in session.scalars(select(SignIn.digest)).all()


def test_the_audit_tells_of_signing_in_and_of_refusals_without_addresses(app, nobody):
    nobody.post("/session", {"email": "nobody@example.org", "password": "x"})
    with for_everything(app.state.engine) as session:
        last = session.scalars(select(AuditEntry).order_by(AuditEntry.number.desc()).limit(1)).one()
        assert (last.what, last.about) == ("sign-in refused", "User (unknown)")


# -- inviting ---------------------------------------------------------------------------------------------------------


def test_an_invitation_gives_its_role_in_its_agency_only(app, manager):
    link = made(manager.post("/agencies/a/invitations", {"role": "viewer"}))["link"]
    assert link.startswith("http://127.0.0.1:8000/join/")
    made(join(Person(app), link.rpartition("/")[2], "new@example.org"))
    new = Person(app, "new@example.org")
    assert made(new.get("/agencies")) == [{"id": "a", "name": "Agency A", "role": "viewer"}]
    user = next(m["id"] for m in made(manager.get("/agencies/a/members")) if m["email"] == "new@example.org")
    assert made(manager.put(f"/agencies/a/members/{user}", {"role": "coordinator"}))["role"] == "coordinator"
    assert manager.delete(f"/agencies/a/members/{user}").status_code == 204
    refused(new.get("/agencies/a"), 404)


def test_the_last_manager_stays(manager):
    refused(manager.put("/agencies/a/members/manager", {"role": "viewer"}), 409, "last manager")
    refused(manager.delete("/agencies/a/members/manager"), 409, "last manager")


def test_who_manages_nothing_makes_no_agency(people):
    refused(people["coordinator"].post("/agencies", {"name": "Mine"}), 403)


# -- around every answer ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/session", "/nothing", "/openapi.json"])
def test_every_answer_has_the_security_headers(nobody, path):
    headers = nobody.client.get(path if path.endswith("json") else f"/api/v1{path}").headers
    assert "script-src 'self'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"


def test_a_fault_of_ours_is_told_without_what_it_says(empty, caplog):
    app = empty()

    @app.get("/api/v1/broken")
    def broken():
        raise RuntimeError("Olive Tester fell")

    answer = Person(app).get("/broken")
    refused(answer, 500, "our fault")
    assert answer.headers["content-security-policy"]
    assert "RuntimeError" in caplog.text
    assert "Olive" not in caplog.text + answer.text


def test_the_log_has_the_patterns_of_paths_and_no_names(coordinator, draft, caplog):
    caplog.set_level("INFO", "careround.desk")
    coordinator.get(f"{draft}/explanations?client=C01")
    assert "/rotas/{rota}/explanations 200" in caplog.text
    assert "C01" not in caplog.text


def test_over_https_the_cookie_is_for_this_host_and_https_only(empty):
    app = empty(public_url="https://desk.example", first_user="mair@example.org", first_password=PASSWORD)
    ensure_first_user(app.state.engine, app.state.settings)
    answer = Person(app, base="https://desk.example").post(
        "/session", {"email": "mair@example.org", "password": PASSWORD}
    )
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-careround=")
    for word in ("HttpOnly", "Secure", "SameSite=lax", "Path=/"):
        assert word in cookie
    assert answer.headers["strict-transport-security"]


def test_an_unknown_host_name_is_refused(app):
    stranger = Person(app, base="http://evil.example")
    refused(stranger.get("/session"), 400, "--public-url")


def test_what_is_too_large_is_not_read(empty):
    app = empty(largest_upload=1000)
    refused(Person(app).post("/session", {"email": "x" * 2000, "password": "y"}), 413)


def test_a_rate_lets_a_burst_through_and_then_its_share():
    rate = Rate(60)
    for _ in range(60):
        rate.take("one", at=0.0)
    with pytest.raises(Exception, match="Too many"):
        rate.take("one", at=0.5)
    rate.take("one", at=1.0)  # a second later there is one more
    rate.take("two", at=0.5)  # and others are not concerned
