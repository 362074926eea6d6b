"""What the database itself holds: its shape, apart agencies, one place at a time, an audit that cannot be bent."""

import sqlite3
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import delete, func, inspect, select, text, update
from sqlalchemy.exc import DatabaseError, IntegrityError
from sqlalchemy.orm import Session

from api.database.audit import record, verify
from api.database.base import Base
from api.database.migrate import back_up, differences, migrate, open_database
from api.database.models import (
    Agency,
    AuditEntry,
    Job,
    Membership,
    RotaState,
    StoredLeg,
    StoredProblem,
    StoredRota,
    User,
)
from api.database.tenancy import CrossAgency, for_agency, for_everything
from scheduler.errors import CareroundError


@pytest.fixture
def two_agencies(engine):
    """Agencies a and b, each with a problem and a rota that are called as the agency."""
    with for_everything(engine, "tester", writes=True) as session:
        for id in ("a", "b"):
            session.add(Agency(id=id, name=id.upper()))
        session.flush()
        for id in ("a", "b"):
            session.add(a_problem(id))
        session.flush()
        for id in ("a", "b"):
            session.add(StoredRota(id=f"rota-{id}", agency_id=id, problem_id=f"problem-{id}", name=id))
    return engine


def a_problem(agency):
    return StoredProblem(
        id=f"problem-{agency}", agency_id=agency, tables_version=1, start=date(2026, 11, 2), days=7,
        packed=b"", warnings=[],
    )  # fmt: skip


def a_leg(visit, start, minutes=30, carer="aled", rota="rota-a", agency="a"):
    return StoredLeg(
        rota_id=rota, agency_id=agency, visit=visit, carer=carer, start=start, minutes=minutes, second=False
    )


# -- shape ------------------------------------------------------------------------------------------------------------


def test_migrations_and_models_say_the_same(engine):
    assert differences(engine) == []


def test_migrating_twice_changes_nothing(engine):
    assert migrate(engine) is None


def test_a_database_of_a_newer_careround_is_refused(engine):
    with engine.connect() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        connection.commit()
    with pytest.raises(CareroundError, match="newer Careround"):
        migrate(engine)


def test_an_sqlite_file_is_copied_before_it_is_changed(tmp_path):
    file = tmp_path / "desk.sqlite"
    engine = open_database(f"sqlite:///{file}")
    with engine.connect() as connection:  # as an older release would have left it
        connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))
        connection.commit()
    with pytest.raises(CareroundError):
        migrate(engine)
    assert list(tmp_path.glob("*-before-*")) == []
    copy = back_up(engine)
    assert copy is not None
    with sqlite3.connect(copy) as connection:
        assert connection.execute("SELECT count(*) FROM users").fetchone() == (0,)


def test_a_moment_comes_back_in_utc(engine):
    summer = datetime(2026, 7, 1, 12, tzinfo=UTC)
    with for_everything(engine, writes=True) as session:
        session.add(Agency(id="a", name="A", created_at=summer))
    with for_everything(engine) as session:
        assert session.get_one(Agency, "a").created_at == summer
        assert session.get_one(Agency, "a").created_at.utcoffset() == timedelta(0)


# -- agencies apart ---------------------------------------------------------------------------------------------------


def test_a_session_of_an_agency_sees_its_own_rows_only(two_agencies):
    with for_agency(two_agencies, "a", "tester") as session:
        assert [rota.id for rota in session.scalars(select(StoredRota))] == ["rota-a"]
        assert session.get(StoredRota, "rota-b") is None
        assert session.get(Agency, "b") is None
        assert session.scalar(select(func.count(StoredProblem.id))) == 1
        assert session.scalar(select(func.count()).select_from(StoredRota)) == 1


def test_updates_and_deletes_of_an_agency_reach_its_own_rows_only(two_agencies):
    with for_agency(two_agencies, "a", "tester", writes=True) as session:
        session.execute(update(StoredRota).values(name="renamed"))
        session.execute(delete(StoredLeg))
    with for_everything(two_agencies) as session:
        assert session.get_one(StoredRota, "rota-a").name == "renamed"
        assert session.get_one(StoredRota, "rota-b").name == "b"


def test_a_row_of_another_agency_cannot_be_written(two_agencies):
    with pytest.raises(CrossAgency), for_agency(two_agencies, "a", "tester", writes=True) as session:
        session.add(Job(agency_id="b", problem_id="problem-b", request={}))


def test_a_new_row_gets_the_agency_of_its_session(two_agencies):
    with for_agency(two_agencies, "a", "tester", writes=True) as session:
        session.add(Job(id="job", problem_id="problem-a", request={}))
    with for_everything(two_agencies) as session:
        assert session.get_one(Job, "job").agency_id == "a"


def test_members_and_audit_of_another_agency_are_not_there(two_agencies):
    with for_everything(two_agencies, "tester", writes=True) as session:
        session.add(User(id="u", email="u@example.org", name="U", password_hash=""))
        session.flush()
        session.add(Membership(user_id="u", agency_id="b", role="manager"))
    with for_agency(two_agencies, "a", "tester") as session:
        assert session.scalars(select(Membership)).all() == []
        assert {entry.agency_id for entry in session.scalars(select(AuditEntry))} == {"a"}


def test_a_session_that_names_no_agency_is_a_fault(two_agencies):
    with Session(two_agencies) as session, pytest.raises(CrossAgency):
        session.scalars(select(StoredRota)).all()


# -- one place at a time ----------------------------------------------------------------------------------------------


def test_the_database_refuses_a_carer_in_two_places(two_agencies):
    with for_agency(two_agencies, "a", "tester", writes=True) as session:
        session.add(a_leg("breakfast", 480))
    with (
        pytest.raises(DatabaseError, match="one_place"),
        for_agency(two_agencies, "a", "tester", writes=True) as session,
    ):
        session.add(a_leg("wash", 509))


def test_visits_that_touch_other_carers_and_other_rotas_are_no_double_booking(two_agencies):
    with for_agency(two_agencies, "a", "tester", writes=True) as session:
        session.add_all([a_leg("breakfast", 480), a_leg("wash", 510), a_leg("breakfast", 480, carer="beth")])
        session.add(StoredRota(id="second", problem_id="problem-a", name="another draft"))
        session.flush()
        session.add(a_leg("wash", 485, rota="second"))


def test_a_leg_that_is_moved_into_another_is_refused(two_agencies):
    with for_agency(two_agencies, "a", "tester", writes=True) as session:
        session.add_all([a_leg("breakfast", 480), a_leg("wash", 540)])
    with (
        pytest.raises(DatabaseError, match="one_place"),
        for_agency(two_agencies, "a", "tester", writes=True) as session,
    ):
        session.execute(update(StoredLeg).where(StoredLeg.visit == "wash").values(start=500))
    with for_agency(two_agencies, "a", "tester", writes=True) as session:  # a little later is not itself
        session.execute(update(StoredLeg).where(StoredLeg.visit == "wash").values(start=550))


def test_a_visit_of_no_minutes_is_refused(two_agencies):
    with pytest.raises(IntegrityError), for_agency(two_agencies, "a", "tester", writes=True) as session:
        session.add(a_leg("breakfast", 480, minutes=0))


# -- audit ------------------------------------------------------------------------------------------------------------


def test_changes_are_told_by_whom_and_what(two_agencies):
    with for_agency(two_agencies, "a", "beth", writes=True) as session:
        session.get_one(StoredRota, "rota-a").state = RotaState.PUBLISHED
    with for_everything(two_agencies) as session:
        last = session.scalars(select(AuditEntry).order_by(AuditEntry.number.desc()).limit(1)).one()
        assert (last.who, last.what, last.about) == ("beth", "change", "StoredRota rota-a")
        assert last.details == {"state": ["draft", "published"]}
        assert list(verify(session)) == []


def test_what_is_rolled_back_is_not_told(two_agencies):
    with for_agency(two_agencies, "a", "x") as session:
        session.get_one(StoredRota, "rota-a").name = "gone"
        session.flush()
        session.rollback()
    with for_everything(two_agencies) as session:
        assert session.scalars(select(AuditEntry).where(AuditEntry.who == "x")).all() == []


@pytest.mark.parametrize("statement", ["UPDATE audit SET who = 'nobody'", "DELETE FROM audit"])
def test_the_database_refuses_to_change_the_audit(two_agencies, statement):
    with pytest.raises(DatabaseError, match="append-only"), two_agencies.begin() as connection:
        connection.execute(text(statement))


def test_a_changed_entry_and_a_missing_one_are_found(two_agencies):
    with for_everything(two_agencies, "tester", writes=True) as session:
        for i in range(4):
            record(session, "sign-in failed", f"User {i}", {})
    with two_agencies.begin() as connection:
        last = connection.scalar(text("SELECT max(number) FROM audit"))
        for trigger in ("audit_UPDATE", "audit_DELETE"):
            if two_agencies.dialect.name == "sqlite":
                connection.execute(text(f"DROP TRIGGER {trigger}"))
        if two_agencies.dialect.name == "postgresql":
            connection.execute(text("ALTER TABLE audit DISABLE TRIGGER ALL"))
        connection.execute(text(f"UPDATE audit SET who = 'nobody' WHERE number = {last - 2}"))
        connection.execute(text(f"DELETE FROM audit WHERE number = {last - 1}"))
    with for_everything(two_agencies) as session:
        broken = [(found.number, found.reason) for found in verify(session)]
    assert broken == [
        (last - 2, "it was changed"),
        (last - 1, f"entry {last - 1} is missing"),
        (last, "it does not follow the entry before it"),
    ]


def test_no_personal_data_is_audited():
    told = {f"{c.class_.__name__}.{name}" for c in Base.registry.mappers for name in c.class_.audited}
    assert not told & {
        "User.email",
        "User.name",
        "User.password_hash",
        "TableSet.packed",
        "StoredProblem.packed",
    }
    for mapper in Base.registry.mappers:
        assert set(mapper.class_.audited) <= set(inspect(mapper.class_).columns.keys())
