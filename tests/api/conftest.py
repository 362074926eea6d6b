"""Databases to test the desk with: SQLite always, PostgreSQL where it is installed."""

from __future__ import annotations

from itertools import count

import pytest
from sqlalchemy import create_engine, text

from api.database.migrate import open_database
from tests.api import postgresql

_numbers = count()


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
