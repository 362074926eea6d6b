"""The desk's first tables, and what the database itself refuses."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from api.database.base import Moment

revision = "0001"
down_revision = None

# A carer of a rota is at one place at a time.
SQLITE_LEGS = """
CREATE TRIGGER legs_overlap_{when} BEFORE {when} ON legs WHEN EXISTS (
  SELECT 1 FROM legs WHERE rota_id = NEW.rota_id AND carer = NEW.carer
  AND start < NEW.start + NEW.minutes AND start + minutes > NEW.start {other})
BEGIN SELECT RAISE(ABORT, 'ex_legs_one_place_at_a_time'); END
"""
POSTGRESQL_LEGS = """
ALTER TABLE legs ADD CONSTRAINT ex_legs_one_place_at_a_time
EXCLUDE USING gist (rota_id WITH =, carer WITH =, int4range(start, start + minutes) WITH &&)
"""

# The audit is added to, never changed.
SQLITE_AUDIT = """
CREATE TRIGGER audit_{when} BEFORE {when} ON audit BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END
"""
POSTGRESQL_AUDIT = """
CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the audit is append-only'; END $$
"""
POSTGRESQL_AUDIT_TRIGGER = """
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only()
"""


def upgrade() -> None:
    """To the newer shape."""
    op.create_table(
        "agencies",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("tables_version", sa.Integer(), nullable=False),
        sa.Column("created_at", Moment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agencies")),
    )
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", Moment(timezone=True), nullable=False),
        sa.Column("agency_id", sa.String(length=22), nullable=True),
        sa.Column("who", sa.String(length=22), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("about", sa.String(length=80), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("before", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit")),
    )
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_agency_id"), ["agency_id"], unique=False)

    op.create_table(
        "users",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("password_hash", sa.String(length=255), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", Moment(timezone=True), nullable=True),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.Column("created_at", Moment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("email", name=op.f("uq_users_email")),
    )
    op.create_table(
        "invitations",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("agency_id", sa.String(length=22), nullable=True),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("expires_at", Moment(timezone=True), nullable=False),
        sa.Column("used", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_invitations_agency_id_agencies"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("digest", name=op.f("uq_invitations_digest")),
    )
    op.create_table(
        "memberships",
        sa.Column("user_id", sa.String(length=22), nullable=False),
        sa.Column("agency_id", sa.String(length=22), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_memberships_agency_id_agencies"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_memberships_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "agency_id", name=op.f("pk_memberships")),
    )
    op.create_table(
        "problems",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("tables_version", sa.Integer(), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.Column("warnings", sa.JSON(), nullable=False),
        sa.Column("created_at", Moment(timezone=True), nullable=False),
        sa.Column("agency_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_problems_agency_id_agencies"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_problems")),
        sa.UniqueConstraint(
            "agency_id",
            "tables_version",
            "start",
            "days",
            name=op.f("uq_problems_agency_id_tables_version_start_days"),
        ),
    )
    with op.batch_alter_table("problems", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_problems_agency_id"), ["agency_id"], unique=False)

    op.create_table(
        "repeatables",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("user_id", sa.String(length=22), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("request", sa.String(length=64), nullable=False),
        sa.Column("made", sa.String(length=22), nullable=False),
        sa.Column("created_at", Moment(timezone=True), nullable=False),
        sa.Column("agency_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_repeatables_agency_id_agencies"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_repeatables_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_repeatables")),
        sa.UniqueConstraint("agency_id", "user_id", "key", name=op.f("uq_repeatables_agency_id_user_id_key")),
    )
    with op.batch_alter_table("repeatables", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_repeatables_agency_id"), ["agency_id"], unique=False)

    op.create_table(
        "sign_ins",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.String(length=22), nullable=False),
        sa.Column("csrf", sa.String(length=64), nullable=False),
        sa.Column("created_at", Moment(timezone=True), nullable=False),
        sa.Column("seen_at", Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_sign_ins_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_ins")),
        sa.UniqueConstraint("digest", name=op.f("uq_sign_ins_digest")),
    )
    with op.batch_alter_table("sign_ins", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_ins_user_id"), ["user_id"], unique=False)

    op.create_table(
        "table_sets",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("created_at", Moment(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=22), nullable=True),
        sa.Column("agency_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_table_sets_agency_id_agencies"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["users.id"], name=op.f("fk_table_sets_created_by_users"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_table_sets")),
        sa.UniqueConstraint("agency_id", "version", name=op.f("uq_table_sets_agency_id_version")),
    )
    with op.batch_alter_table("table_sets", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_table_sets_agency_id"), ["agency_id"], unique=False)

    op.create_table(
        "rotas",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("problem_id", sa.String(length=22), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("notes", sa.String(length=2000), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("made_from", sa.String(length=22), nullable=True),
        sa.Column("created_at", Moment(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=22), nullable=True),
        sa.Column("published_at", Moment(timezone=True), nullable=True),
        sa.Column("agency_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_rotas_agency_id_agencies"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["users.id"], name=op.f("fk_rotas_created_by_users"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["made_from"], ["rotas.id"], name=op.f("fk_rotas_made_from_rotas"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["problem_id"], ["problems.id"], name=op.f("fk_rotas_problem_id_problems")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rotas")),
    )
    with op.batch_alter_table("rotas", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rotas_agency_id"), ["agency_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_rotas_problem_id"), ["problem_id"], unique=False)

    op.create_table(
        "edits",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("rota_id", sa.String(length=22), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("visit", sa.String(length=200), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("price", sa.Integer(), nullable=False),
        sa.Column("undoes", sa.String(length=22), nullable=True),
        sa.Column("undone", sa.Boolean(), nullable=False),
        sa.Column("at", Moment(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=22), nullable=True),
        sa.Column("agency_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_edits_agency_id_agencies"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["by"], ["users.id"], name=op.f("fk_edits_by_users"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["rota_id"], ["rotas.id"], name=op.f("fk_edits_rota_id_rotas"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["undoes"], ["edits.id"], name=op.f("fk_edits_undoes_edits"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edits")),
        sa.UniqueConstraint("rota_id", "version", name=op.f("uq_edits_rota_id_version")),
    )
    with op.batch_alter_table("edits", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_edits_agency_id"), ["agency_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_edits_rota_id"), ["rota_id"], unique=False)

    op.create_table(
        "jobs",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("problem_id", sa.String(length=22), nullable=False),
        sa.Column("request", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("stop_asked", sa.Boolean(), nullable=False),
        sa.Column("progress", sa.JSON(), nullable=False),
        sa.Column("stage", sa.String(length=200), nullable=False),
        sa.Column("claim", sa.String(length=22), nullable=True),
        sa.Column("beat", Moment(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("told", sa.String(length=2000), nullable=False),
        sa.Column("rota_id", sa.String(length=22), nullable=True),
        sa.Column("created_at", Moment(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=22), nullable=True),
        sa.Column("finished_at", Moment(timezone=True), nullable=True),
        sa.Column("agency_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_jobs_agency_id_agencies"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["users.id"], name=op.f("fk_jobs_created_by_users"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["problem_id"], ["problems.id"], name=op.f("fk_jobs_problem_id_problems")),
        sa.ForeignKeyConstraint(
            ["rota_id"], ["rotas.id"], name=op.f("fk_jobs_rota_id_rotas"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
    )
    with op.batch_alter_table("jobs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_jobs_agency_id"), ["agency_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_jobs_state"), ["state"], unique=False)

    op.create_table(
        "legs",
        sa.Column("rota_id", sa.String(length=22), nullable=False),
        sa.Column("visit", sa.String(length=200), nullable=False),
        sa.Column("carer", sa.String(length=200), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("second", sa.Boolean(), nullable=False),
        sa.Column("locked", sa.Boolean(), nullable=False),
        sa.Column("agency_id", sa.String(length=22), nullable=False),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_legs_minutes")),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_legs_agency_id_agencies"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["rota_id"], ["rotas.id"], name=op.f("fk_legs_rota_id_rotas"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("rota_id", "visit", "carer", name=op.f("pk_legs")),
    )
    with op.batch_alter_table("legs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_legs_agency_id"), ["agency_id"], unique=False)
        batch_op.create_index("ix_legs_rota_id_carer_start", ["rota_id", "carer", "start"], unique=False)

    _refuse()


def _refuse() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
        op.execute(POSTGRESQL_LEGS)
        op.execute(POSTGRESQL_AUDIT)
        op.execute(POSTGRESQL_AUDIT_TRIGGER)
        return
    same = "AND NOT (visit = OLD.visit AND carer = OLD.carer AND rota_id = OLD.rota_id)"
    op.execute(SQLITE_LEGS.format(when="INSERT", other=""))
    op.execute(SQLITE_LEGS.format(when="UPDATE", other=same))
    op.execute(SQLITE_AUDIT.format(when="UPDATE"))
    op.execute(SQLITE_AUDIT.format(when="DELETE"))
