"""That the watch on locks, which all other tests of the desk are under, sees a wrong order."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from api.database.audit import record
from api.database.models import StoredRota
from api.database.tenancy import for_agency, take_turn
from tests.api.turns import WrongOrder


def test_a_turn_that_is_taken_after_the_audit_was_told_is_seen(app):
    with for_agency(app.state.engine, "a", "tests", writes=True) as session:
        take_turn(session)
        record(session, "test", "Nothing", {})
        take_turn(session)  # again: it is held already
    with for_agency(app.state.engine, "a", "tests", writes=True) as session:
        record(session, "test", "Nothing", {})
        with pytest.raises(WrongOrder, match="told"):
            take_turn(session)


def test_a_second_rota_that_is_locked_without_the_turn_is_seen(app, draft):
    one = select(StoredRota).where(StoredRota.id == draft.rpartition("/")[2]).with_for_update()
    with for_agency(app.state.engine, "a", "tests", writes=True) as session:
        take_turn(session)
        session.scalars(one).one()
        session.scalars(one).one()
    with for_agency(app.state.engine, "a", "tests", writes=True) as session:
        session.scalars(one).one()
        with pytest.raises(WrongOrder, match="second rota"):
            session.scalars(one).one()


def test_a_rota_that_is_locked_after_the_audit_was_told_is_seen(app, draft):
    one = select(StoredRota).where(StoredRota.id == draft.rpartition("/")[2]).with_for_update()
    with for_agency(app.state.engine, "a", "tests", writes=True) as session:
        session.scalars(one).one()
        record(session, "test", "Nothing", {})
    with for_agency(app.state.engine, "a", "tests", writes=True) as session:
        record(session, "test", "Nothing", {})
        with pytest.raises(WrongOrder, match="waits for the audit"):
            session.scalars(one).one()
