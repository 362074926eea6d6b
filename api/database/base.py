"""What all tables share: names for their constraints, and times that know their zone."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import JSON, DateTime, Dialect, Enum, ForeignKey, LargeBinary, MetaData, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from api.ids import new_id

CONVENTION = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
"""Every constraint has a name, so that a migration can change it on any database."""


class Moment(TypeDecorator[datetime]):
    """A moment in UTC. SQLite forgets the zone; here it is given back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment without a zone cannot be stored")
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


def now() -> datetime:
    """This moment, to the microsecond (which is what PostgreSQL keeps)."""
    return datetime.now(UTC)


class Base(DeclarativeBase):
    """Every table. `audited` names the columns whose changes the audit tells; no column with personal data is ever
    among them."""

    metadata = MetaData(naming_convention=CONVENTION)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: Moment,
        dict[str, Any]: JSON,
        list[Any]: JSON,
        bytes: LargeBinary,
        str: String(),
    }
    audited: ClassVar[tuple[str, ...]] = ()


class Narrowed:
    """A table with an `agency_id`: `tenancy.py` shows its rows to that agency only."""

    agency_id: Mapped[Any] = mapped_column(String(22))


class OfAgency(Narrowed):
    """A row that belongs to one agency."""

    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id", ondelete="CASCADE"), index=True)


def one_of(kind: type[StrEnum]) -> Enum:
    """A column that holds one of these words (as text, so that a new word needs no migration)."""
    return Enum(kind, native_enum=False, length=20, values_callable=lambda words: [w.value for w in words])


def id_column() -> Mapped[str]:
    """A primary key that cannot be guessed."""
    return mapped_column(String(22), primary_key=True, default=new_id)
