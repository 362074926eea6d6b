"""The tables. Agency data and problems are snapshots that never change; a rota's legs are rows, so that the
database itself can refuse a carer in two places at once."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from api.database.base import Base, Narrowed, OfAgency, id_column, now, one_of
from api.database.repairs import Repair as Repair
from api.database.repairs import Telling as Telling
from api.database.studies import PlannedRun as PlannedRun
from api.database.studies import Study as Study
from api.database.studies import StudyFile as StudyFile


class Role(StrEnum):
    """What somebody may do in an agency; `security/rights.py` says what that is."""

    COMMISSIONER = "commissioner"
    VIEWER = "viewer"
    COORDINATOR = "coordinator"
    MANAGER = "manager"
    CARER = "carer"


class RotaState(StrEnum):
    """Where a rota is in its life. Only a draft can be edited."""

    DRAFT = "draft"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"


class JobState(StrEnum):
    """Where a plan is. `interrupted`: its process was killed more than once; nothing of it was kept."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"
    INTERRUPTED = "interrupted"


OVER = (JobState.DONE, JobState.STOPPED, JobState.FAILED, JobState.INTERRUPTED)


class Agency(Base):
    """One home care provider. `tables_version` counts its imports; 0: there is no data yet."""

    __tablename__ = "agencies"
    audited = ("name", "tables_version")

    id: Mapped[str] = id_column()
    name: Mapped[str] = mapped_column(String(120))
    tables_version: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(default=now)


# -- people who sign in -----------------------------------------------------------------------------------------------


class User(Base):
    """Somebody who signs in. What they may do in which agency is a Membership."""

    __tablename__ = "users"
    audited = ("disabled",)

    id: Mapped[str] = id_column()
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str] = mapped_column(String(255))
    failures: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]
    disabled: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=now)


class PersonKind(StrEnum):
    """What somebody is in the agency's data."""

    CLIENT = "client"
    CARER = "carer"


class Membership(Narrowed, Base):
    """A user's role in an agency. `carer`: who of the agency's carers this is, for the role of that name."""

    __tablename__ = "memberships"
    audited = ("user_id", "agency_id", "role")

    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[Role] = mapped_column(one_of(Role))
    carer: Mapped[str | None] = mapped_column(String(200))


class SignIn(Base):
    """One browser that is signed in; the cookie's secret is kept as a digest only."""

    __tablename__ = "sign_ins"

    id: Mapped[str] = id_column()
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    csrf: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(default=now)
    seen_at: Mapped[datetime] = mapped_column(default=now)


class Invitation(Narrowed, Base):
    """A link that works once: it makes an account with this role, or gives a role here to an account that there is;
    without an agency it is the set-up link of the first user. With `user_id` it sets that user's password anew."""

    __tablename__ = "invitations"
    audited = ("agency_id", "role", "used")

    id: Mapped[str] = id_column()
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    agency_id: Mapped[str | None] = mapped_column(ForeignKey("agencies.id", ondelete="CASCADE"))
    role: Mapped[Role] = mapped_column(one_of(Role))
    expires_at: Mapped[datetime]
    used: Mapped[bool] = mapped_column(default=False)
    carer: Mapped[str | None] = mapped_column(String(200))
    user_id: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))


# -- what is planned --------------------------------------------------------------------------------------------------


class TableSet(OfAgency, Base):
    """All tables of an agency as they were imported: {table: [{column: text}]}, packed JSON, never changed; and what
    was legal but doubtful in them."""

    __tablename__ = "table_sets"
    __table_args__ = (UniqueConstraint("agency_id", "version"),)
    audited = ("version",)

    id: Mapped[str] = id_column()
    version: Mapped[int]
    packed: Mapped[bytes]
    rows: Mapped[int]
    warnings: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    created_at: Mapped[datetime] = mapped_column(default=now)
    created_by: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))


class StoredProblem(OfAgency, Base):
    """A period of an agency, complete: packed JSON of a Problem. It never changes, but for the erasure of a person:
    then its `edition` goes up by one, so that no memory of any server shows the old one. `repair` is the repair whose
    events it holds, empty where it is as the tables say."""

    __tablename__ = "problems"
    __table_args__ = (UniqueConstraint("agency_id", "tables_version", "start", "days", "repair"),)

    id: Mapped[str] = id_column()
    tables_version: Mapped[int]
    start: Mapped[date]
    days: Mapped[int]
    packed: Mapped[bytes]
    warnings: Mapped[list[Any]]
    edition: Mapped[int] = mapped_column(default=1, server_default="1")
    repair: Mapped[str] = mapped_column(String(22), default="")
    created_at: Mapped[datetime] = mapped_column(default=now)


class StoredRota(OfAgency, Base):
    """A rota. `version` goes up by one with every edit, and two edits of one version cannot both land. `number` counts
    the publications of its period; `reasons` are those of the plan that made it, by visit."""

    __tablename__ = "rotas"
    audited = ("state", "number")

    id: Mapped[str] = id_column()
    problem_id: Mapped[str] = mapped_column(ForeignKey("problems.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    state: Mapped[RotaState] = mapped_column(one_of(RotaState), default=RotaState.DRAFT)
    version: Mapped[int] = mapped_column(default=1)
    number: Mapped[int | None]
    notes: Mapped[str] = mapped_column(String(2000), default="")
    reasons: Mapped[dict[str, Any]] = mapped_column(default=dict)
    made_from: Mapped[str | None] = mapped_column(ForeignKey("rotas.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    created_by: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    published_at: Mapped[datetime | None]


class StoredLeg(OfAgency, Base):
    """One carer at one visit. A carer who is in two places at once is refused by the database (see the first
    migration): by an exclusion constraint on PostgreSQL, by triggers on SQLite."""

    __tablename__ = "legs"
    __table_args__ = (
        CheckConstraint("minutes > 0", name="minutes"),
        Index("ix_legs_rota_id_carer_start", "rota_id", "carer", "start"),
    )

    rota_id: Mapped[str] = mapped_column(ForeignKey("rotas.id", ondelete="CASCADE"), primary_key=True)
    visit: Mapped[str] = mapped_column(String(200), primary_key=True)
    carer: Mapped[str] = mapped_column(String(200), primary_key=True)
    start: Mapped[int] = mapped_column(Integer)
    minutes: Mapped[int] = mapped_column(Integer)
    second: Mapped[bool] = mapped_column(default=False)
    locked: Mapped[bool] = mapped_column(default=False)


class Edit(OfAgency, Base):
    """One change of a draft by hand, with the legs of its visit before and after: what undo needs. (The audit names
    the edit, not the visit: a visit's id is the agency's own word, which may be a name, and the audit keeps all.)"""

    __tablename__ = "edits"
    __table_args__ = (UniqueConstraint("rota_id", "version"),)
    audited = ("rota_id", "version", "kind")

    id: Mapped[str] = id_column()
    rota_id: Mapped[str] = mapped_column(ForeignKey("rotas.id", ondelete="CASCADE"), index=True)
    version: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    visit: Mapped[str] = mapped_column(String(200))
    before: Mapped[list[Any]]
    after: Mapped[list[Any]]
    price: Mapped[int] = mapped_column(default=0)
    undoes: Mapped[str | None] = mapped_column(ForeignKey("edits.id", ondelete="SET NULL"))
    undone: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime] = mapped_column(default=now)
    by: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))


class CalendarLink(OfAgency, Base):
    """A link that shows one client's or carer's published visits to whoever has it, until it is revoked. Its secret is
    kept as a digest only."""

    __tablename__ = "calendar_links"
    audited = ("kind", "revoked_at")

    id: Mapped[str] = id_column()
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    kind: Mapped[PersonKind] = mapped_column(one_of(PersonKind))
    person: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(default=now)
    created_by: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    revoked_at: Mapped[datetime | None]


class Job(OfAgency, Base):
    """A plan that waits, runs or is over. `claim` names the one process that may write the result; `beat` is when the
    server last saw that process alive. With `study_id` it plans the runs of that study, and writes its report."""

    __tablename__ = "jobs"
    audited = ("state", "attempts", "rota_id")

    id: Mapped[str] = id_column()
    problem_id: Mapped[str] = mapped_column(ForeignKey("problems.id"))
    study_id: Mapped[str | None] = mapped_column(ForeignKey("studies.id", ondelete="CASCADE"), index=True)
    request: Mapped[dict[str, Any]]
    state: Mapped[JobState] = mapped_column(one_of(JobState), default=JobState.QUEUED, index=True)
    stop_asked: Mapped[bool] = mapped_column(default=False)
    progress: Mapped[list[Any]] = mapped_column(default=list)
    stage: Mapped[str] = mapped_column(String(200), default="")
    claim: Mapped[str | None] = mapped_column(String(22))
    beat: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    told: Mapped[str] = mapped_column(String(2000), default="")
    rota_id: Mapped[str | None] = mapped_column(ForeignKey("rotas.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    created_by: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    finished_at: Mapped[datetime | None]


class Repeatable(OfAgency, Base):
    """What was answered to a creation with an Idempotency-Key: the same request again gets the same answer."""

    __tablename__ = "repeatables"
    __table_args__ = (UniqueConstraint("agency_id", "user_id", "key"),)

    id: Mapped[str] = id_column()
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(200))
    request: Mapped[str] = mapped_column(String(64))
    made: Mapped[str] = mapped_column(String(22))
    created_at: Mapped[datetime] = mapped_column(default=now)


# -- audit ------------------------------------------------------------------------------------------------------------


class AuditEntry(Narrowed, Base):
    """Who did what, when: one link of the chain. `hash` covers everything else and the hash before."""

    __tablename__ = "audit"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    agency_id: Mapped[str | None] = mapped_column(String(22), index=True)
    who: Mapped[str] = mapped_column(String(22))
    what: Mapped[str] = mapped_column(String(40))
    about: Mapped[str] = mapped_column(String(80))
    details: Mapped[dict[str, Any]]
    before: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))
