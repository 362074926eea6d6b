"""Databases to test the desk with (SQLite always, PostgreSQL where it is installed), and a desk with people at it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

import scenarios
from api import london
from api.app import create_app
from api.database import engine as database_engine
from api.database.migrate import open_database
from api.database.models import Agency, Membership, Role, User
from api.database.tenancy import for_everything
from api.routes.common import local_time
from api.security.passwords import hash_password
from api.settings import Settings
from scheduler.intake.load import load
from scheduler.rota import Rota
from scheduler.solve import solve
from tests.api import postgresql, turns
from tests.api.people import PASSWORD, Person, made
from tests.api.repaired import REPAIRS, ROTAS, run_job

SMALL = Path(scenarios.__file__).parent / "agencies" / "small"
START = date(2026, 11, 23)
_numbers = count()


@pytest.fixture(scope="session", autouse=True)
def patience():
    """A crowd on a slow disk waits its turn for long."""
    database_engine.PATIENCE_MS = 120_000


@pytest.fixture(scope="session", autouse=True)
def watched_turns():
    """A wrong order of locks is a fault on both databases."""
    turns.watch()


@pytest.fixture(autouse=True)
def friday_before(monkeypatch):
    """On the desk's clock it is the Friday before the week of these tests, whenever they run."""
    monkeypatch.setattr(london, "utc_now", lambda: datetime(2026, 11, 20, 9, 0, tzinfo=UTC))


@pytest.fixture(scope="session")
def server():
    """A PostgreSQL server."""
    if postgresql.PROGRAMS is None:
        pytest.skip("There is no PostgreSQL: sudo apt-get install postgresql")
    with postgresql.a_server() as address:
        yield address


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def new_database(request, tmp_path_factory):
    """Makes addresses of empty databases, on both kinds."""

    def make() -> str:
        if request.param == "sqlite":
            return f"sqlite:///{tmp_path_factory.mktemp('database')}/desk.sqlite"
        address = request.getfixturevalue("server")
        name = f"desk_{next(_numbers)}"
        admin = create_engine(f"{address}/postgres", isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        admin.dispose()
        return f"{address}/{name}"

    return make


@pytest.fixture
def engine(new_database):
    """An empty database of the newest shape."""
    engine = open_database(new_database())
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def app(new_database):
    """A desk without its jobs. Agency "a" has somebody of every role, called as it, and the small agency's data;
    agency "b" has a manager called "other" and the same data."""
    settings = Settings(database=new_database(), sign_ins_per_minute=1000, requests_per_minute=1_000_000)
    app = create_app(settings, jobs=False)
    with for_everything(app.state.engine, "tests", writes=True) as session:
        session.add_all([Agency(id="a", name="Agency A"), Agency(id="b", name="Agency B")])
        kept = hash_password(PASSWORD, "")
        people = [(role.value, "a", role) for role in Role] + [("other", "b", Role.MANAGER)]
        for name, _, _ in people:
            session.add(
                User(id=name, email=f"{name}@example.org", name=name.capitalize(), password_hash=kept)
            )
        session.flush()
        for name, agency, role in people:
            carer = "K01" if role is Role.CARER else None
            session.add(Membership(user_id=name, agency_id=agency, role=role, carer=carer))
    for name, agency in (("manager", "a"), ("other", "b")):
        made(
            Person(app, f"{name}@example.org").post(
                f"/agencies/{agency}/imports?start={START}", files=small_files()
            )
        )
    yield app
    app.state.engine.dispose()


def small_files():
    """The small agency's CSV files, as a form sends them."""
    return [("files", (path.name, path.read_bytes())) for path in sorted(SMALL.glob("*.csv"))]


@pytest.fixture(scope="session")
def people(app):
    """Name -> somebody who is signed in: the roles of agency a, and "other" of agency b."""
    names = [role.value for role in Role] + ["other"]
    return {name: Person(app, f"{name}@example.org") for name in names}


@pytest.fixture
def nobody(app):
    """Somebody who is not signed in."""
    return Person(app)


@pytest.fixture
def manager(people):
    """The manager of agency a."""
    return people["manager"]


@pytest.fixture
def coordinator(people):
    """The coordinator of agency a."""
    return people["coordinator"]


@pytest.fixture(scope="session")
def problem():
    """The small agency's week, as the desk reads it."""
    return load(SMALL, START)


@pytest.fixture(scope="session")
def planned(problem) -> Rota:
    """A quick rota of that week."""
    return solve(problem, iterations=600, seed=1, workers=1, exact=False).rota


@pytest.fixture(scope="session")
def base(people, planned, problem):
    """That rota as a draft of agency a: its id. Tests copy it."""
    return made(people["coordinator"].post(ROTAS, rota_body(planned)))["id"]


def rota_body(rota, name="Made by hand"):
    """A rota as the API takes it."""
    legs = [
        {"visit": leg.visit, "carer": leg.carer, "start": local_time(leg.start, rota.start), "minutes": leg.minutes,
         "second": leg.second}
        for leg in rota.legs
    ]  # fmt: skip
    return {"name": name, "start": rota.start.isoformat(), "days": rota.days, "legs": legs}


@pytest.fixture
def draft(coordinator, base):
    """A fresh draft of agency a: its path."""
    id = made(coordinator.post(ROTAS, {"name": "Draft", "copy_of": base}))["id"]
    return f"/agencies/a/rotas/{id}"


@pytest.fixture(scope="session")
def ill(planned):
    """The carer with most to do on Tuesday, and when we are told: at five in the morning."""
    tuesday = [leg for leg in planned.legs if 1440 <= leg.start < 2880]
    carers = [leg.carer for leg in tuesday]
    return {
        "told": "2026-11-24T05:00",
        "kind": "absent",
        "carer": max(sorted(set(carers)), key=carers.count),
    }


@pytest.fixture
def published(coordinator, planned):
    """The week, published: its id."""
    rota = made(coordinator.post(ROTAS, rota_body(planned)))
    made(coordinator.post(f"{ROTAS}/{rota['id']}/publish", {"notes": ""}, version=rota["version"]))
    return rota["id"]


@pytest.fixture
def repaired(app, coordinator, published, ill):
    """A repair with its proposals."""
    begun = made(coordinator.post(f"{ROTAS}/{published}/repairs", {"events": [ill], "iterations": 100}))
    assert begun["state"] == "queued"
    run_job(app, begun["plan"])
    return made(coordinator.get(f"{REPAIRS}/{begun['id']}"))
