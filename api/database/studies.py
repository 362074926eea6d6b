"""The tables of scenario runs: a question put to an agency's week, the planned weeks that are there so far, and the
report's files."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from api.database.base import Base, OfAgency, id_column, now


class Study(OfAgency, Base):
    """Scenarios of one family, asked of one period. `request` is what was asked (scenarios by name, seeds, effort,
    readings, rate), `clients` how many people have visits in the period. `found` holds the report's sentences once it
    is there. Where it is, the newest of its jobs says."""

    __tablename__ = "studies"
    audited = ("family",)

    id: Mapped[str] = id_column()
    problem_id: Mapped[str] = mapped_column(ForeignKey("problems.id"), index=True)
    family: Mapped[str] = mapped_column(String(60))
    request: Mapped[dict[str, Any]]
    clients: Mapped[int]
    runs: Mapped[int]
    found: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime] = mapped_column(default=now)
    created_by: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))


class PlannedRun(OfAgency, Base):
    """One planned week of a study that has no report yet, packed JSON: what a process that is killed does not lose. It
    goes when the report is there."""

    __tablename__ = "planned_runs"

    study_id: Mapped[str] = mapped_column(ForeignKey("studies.id", ondelete="CASCADE"), primary_key=True)
    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    packed: Mapped[bytes]


class StudyFile(OfAgency, Base):
    """A file of a study's report, compressed. Those with `homes` show dots where people live; beside each of them is
    the same file without."""

    __tablename__ = "study_files"

    study_id: Mapped[str] = mapped_column(ForeignKey("studies.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    homes: Mapped[bool] = mapped_column(primary_key=True)
    packed: Mapped[bytes]
