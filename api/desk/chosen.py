"""What an agency chose in its table of settings, and the prices that hold for it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.database.models import Agency
from api.desk.tables import current
from scheduler.rules import RULES
from scheduler.rules.base import Price


@dataclass(frozen=True)
class Chosen:
    """`own`: (setting, value) as typed; `prices`: (label of the rule, its price, what the agency says instead)."""

    own: list[tuple[str, str]]
    prices: list[tuple[str, Price, str]]


def chosen(session: Session) -> Chosen:
    """By the newest tables; an agency without data has the defaults."""
    version = session.scalars(select(Agency.tables_version)).one()
    rows = current(session)[1].get("settings", []) if version else []
    own = [(row.get("setting", ""), row.get("value", "")) for row in rows]
    yours = dict(own)
    prices = [(rule.label, price, yours.get(price.name, "")) for rule in RULES for price in rule.prices]
    return Chosen(own, prices)
