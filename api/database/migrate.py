"""Bringing a database to the newest shape: on every start, and on SQLite with a copy of the file first."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text

from api.database.base import Base
from api.database.engine import make_engine
from scheduler.errors import CareroundError

MIGRATIONS = Path(__file__).with_name("migrations")
LOCK = 7_231_947_001
"""Two servers that start at once on one PostgreSQL migrate one after the other."""


def migrate(engine: Engine) -> Path | None:
    """Upgrade to the newest shape; the copy that was made of an SQLite file before, if it had to be changed.

    Raises CareroundError for a database of a newer Careround.
    """
    scripts = ScriptDirectory.from_config(_config())
    head = scripts.get_current_head()
    with engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    known = {script.revision for script in scripts.walk_revisions()}
    if current is not None and current not in known:
        raise CareroundError(
            f"This database was written by a newer Careround (its shape is called {current}): use that one."
        )
    if current == head:
        return None
    copy = back_up(engine) if current is not None else None
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return copy


def differences(engine: Engine) -> list[object]:
    """What the models say and the migrated database does not have, or the other way round."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, Base.metadata))


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    return config


def back_up(engine: Engine) -> Path | None:
    """A whole copy beside the file, by SQLite's own means: also right while somebody writes."""
    file = engine.url.database
    if engine.dialect.name != "sqlite" or not file or file == ":memory:":
        return None
    path = Path(file)
    copy = path.with_name(f"{path.stem}-before-{datetime.now():%Y%m%d-%H%M%S}{path.suffix}")
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    return copy


def open_database(url: str) -> Engine:
    """The engine of a database of the newest shape."""
    engine = make_engine(url)
    migrate(engine)
    return engine
