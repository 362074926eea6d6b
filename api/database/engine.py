"""The engine: SQLite by default, PostgreSQL by its address."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from scheduler.errors import CareroundError

PATIENCE_MS = 15_000
"""So long a writer waits for the writer before it."""
CURE = "Use sqlite:////path/to/careround.sqlite or postgresql+psycopg://user@host/name."


def make_engine(url: str) -> Engine:
    """The engine of that address. Raises CareroundError for an address that is none."""
    try:
        kind = make_url(url).get_backend_name()
    except ArgumentError as error:
        raise CareroundError(f"This is not the address of a database. {CURE}") from error
    if kind == "sqlite":
        return _sqlite(url)
    if kind != "postgresql":
        raise CareroundError(f"The desk keeps its data in SQLite or PostgreSQL, not in {kind}. {CURE}")
    try:
        return create_engine(url, pool_pre_ping=True, pool_size=20, max_overflow=20)
    except ModuleNotFoundError as error:
        raise CareroundError("For PostgreSQL install its driver: pip install 'psycopg[binary]'.") from error


def _sqlite(url: str) -> Engine:
    engine = create_engine(url, pool_size=20, max_overflow=20)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, record: object) -> None:
        connection.isolation_level = None  # the driver would begin too late; `begin` below does it
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")  # what was answered as done survives a power cut
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute(f"PRAGMA busy_timeout={PATIENCE_MS}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A transaction that reads first and writes then would be refused when another one wrote in between.
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine
