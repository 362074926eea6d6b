"""Repairs of a published rota, and who was told what."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from api.database.base import Moment

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    with op.batch_alter_table("problems", schema=None) as batch_op:
        batch_op.add_column(sa.Column("repair", sa.String(length=22), nullable=False, server_default=""))
        batch_op.drop_constraint(op.f("uq_problems_agency_id_tables_version_start_days"), type_="unique")
        batch_op.create_unique_constraint(
            op.f("uq_problems_agency_id_tables_version_start_days_repair"),
            ["agency_id", "tables_version", "start", "days", "repair"],
        )
    op.create_table(
        "repairs",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("rota_id", sa.String(length=22), nullable=False),
        sa.Column("job_id", sa.String(length=22), nullable=True),
        sa.Column("minute", sa.Integer(), nullable=False),
        sa.Column("events", sa.JSON(), nullable=False),
        sa.Column("sentences", sa.JSON(), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("proposals", sa.JSON(), nullable=False),
        sa.Column("applied", sa.String(length=22), nullable=True),
        sa.Column("undone", sa.Boolean(), nullable=False),
        sa.Column("created_at", Moment(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=22), nullable=True),
        sa.Column("agency_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_repairs_agency_id_agencies"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["applied"], ["rotas.id"], name=op.f("fk_repairs_applied_rotas"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["users.id"], name=op.f("fk_repairs_created_by_users"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["job_id"], ["jobs.id"], name=op.f("fk_repairs_job_id_jobs"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["rota_id"], ["rotas.id"], name=op.f("fk_repairs_rota_id_rotas"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_repairs")),
    )
    with op.batch_alter_table("repairs", schema=None) as batch_op:
        for column in ("agency_id", "applied", "rota_id"):
            batch_op.create_index(batch_op.f(f"ix_repairs_{column}"), [column], unique=False)
    op.create_table(
        "tellings",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("rota_id", sa.String(length=22), nullable=False),
        sa.Column("who", sa.String(length=20), nullable=False),
        sa.Column("person", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("minute", sa.Integer(), nullable=False),
        sa.Column("sentence", sa.String(length=4000), nullable=False),
        sa.Column("told_at", Moment(timezone=True), nullable=True),
        sa.Column("told_by", sa.String(length=22), nullable=True),
        sa.Column("agency_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_tellings_agency_id_agencies"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["rota_id"], ["rotas.id"], name=op.f("fk_tellings_rota_id_rotas"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["told_by"], ["users.id"], name=op.f("fk_tellings_told_by_users"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tellings")),
    )
    with op.batch_alter_table("tellings", schema=None) as batch_op:
        for column in ("agency_id", "rota_id"):
            batch_op.create_index(batch_op.f(f"ix_tellings_{column}"), [column], unique=False)
