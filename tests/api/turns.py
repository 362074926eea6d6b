"""Watching that nobody locks in an order in which two could wait for each other: PostgreSQL alone would find that out,
and only when two people are that fast."""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import ORMExecuteState, Session

_held: WeakKeyDictionary[Connection, list[str]] = WeakKeyDictionary()
"""What a transaction holds: "turn", "told" (the audit's lock), and each statement's locked table."""


class WrongOrder(AssertionError):
    """Somebody took the turn late, or went without it."""


def watch() -> None:
    """From here on every transaction of this process is watched."""
    event.listen(Session, "do_orm_execute", _locks)
    event.listen(Engine, "before_cursor_execute", _tells)


def _locks(state: ORMExecuteState) -> None:
    if not state.is_select or getattr(state.statement, "_for_update_arg", None) is None:
        return
    held = _held.setdefault(state.session.connection(), [])
    table = getattr(state.bind_mapper.class_, "__tablename__", "") if state.bind_mapper is not None else ""
    if table == "agencies":
        if "turn" not in held:
            if held:
                raise WrongOrder(f"the turn is taken after {held}")
            held.append("turn")
    elif table == "rotas":
        if held.count("rotas") and "turn" not in held:
            raise WrongOrder("a second rota is locked without the turn")
        if "told" in held and "rotas" not in held:
            raise WrongOrder(
                "a rota is locked after the audit was told: whoever edits it waits for the audit"
            )
        held.append("rotas")


def _tells(connection: Connection, cursor: Any, statement: str, *more: Any) -> None:
    if statement.startswith("INSERT INTO audit"):
        _held.setdefault(connection, []).append("told")
