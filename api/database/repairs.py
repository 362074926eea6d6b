"""The tables of repairs: what happened on a day, which ways on were proposed, and who was told what."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from api.database.base import Base, OfAgency, id_column, now


class Repair(OfAgency, Base):
    """One repair of a published rota. `minute` is the moment of it, in minutes of the period; `events` are those that
    are new with it (an earlier repair of the day has its own), `sentences` and `notes` what is said of them.
    `proposals` grows while they are looked for: name, label, the draft rota of each, and its figures. `applied` is the
    rota that was published of it; `undone`: the rota before holds again."""

    __tablename__ = "repairs"
    audited = ("rota_id", "applied", "undone")

    id: Mapped[str] = id_column()
    rota_id: Mapped[str] = mapped_column(ForeignKey("rotas.id", ondelete="CASCADE"), index=True)
    job_id: Mapped[str | None] = mapped_column(ForeignKey("jobs.id", ondelete="SET NULL"))
    minute: Mapped[int] = mapped_column(Integer)
    events: Mapped[list[Any]]
    sentences: Mapped[list[Any]]
    notes: Mapped[list[Any]]
    proposals: Mapped[list[Any]] = mapped_column(default=list)
    applied: Mapped[str | None] = mapped_column(ForeignKey("rotas.id", ondelete="SET NULL"), index=True)
    undone: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=now)
    created_by: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))


class Telling(OfAgency, Base):
    """One person to tell because a rota was published in place of another: the sentence to say, and the tick when it
    was said. `who` is client or carer; `minute` is when the first thing changes for them."""

    __tablename__ = "tellings"

    id: Mapped[str] = id_column()
    rota_id: Mapped[str] = mapped_column(ForeignKey("rotas.id", ondelete="CASCADE"), index=True)
    who: Mapped[str] = mapped_column(String(20))
    person: Mapped[str] = mapped_column(String(200))
    name: Mapped[str] = mapped_column(String(200))
    minute: Mapped[int] = mapped_column(Integer)
    sentence: Mapped[str] = mapped_column(String(4000))
    told_at: Mapped[datetime | None]
    told_by: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
