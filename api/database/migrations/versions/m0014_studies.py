"""Scenario runs: the question, the planned weeks so far, the files of the report."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from api.database.base import Moment

revision = "0014"
down_revision = "0004"


def upgrade() -> None:
    """To the newer shape."""
    op.create_table(
        "studies",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("problem_id", sa.String(length=22), nullable=False),
        sa.Column("family", sa.String(length=60), nullable=False),
        sa.Column("request", sa.JSON(), nullable=False),
        sa.Column("clients", sa.Integer(), nullable=False),
        sa.Column("runs", sa.Integer(), nullable=False),
        sa.Column("found", sa.JSON(), nullable=False),
        sa.Column("created_at", Moment(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=22), nullable=True),
        sa.Column("agency_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_studies_agency_id_agencies"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["users.id"], name=op.f("fk_studies_created_by_users"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["problem_id"], ["problems.id"], name=op.f("fk_studies_problem_id_problems")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_studies")),
    )
    with op.batch_alter_table("studies", schema=None) as batch_op:
        for column in ("agency_id", "problem_id"):
            batch_op.create_index(batch_op.f(f"ix_studies_{column}"), [column], unique=False)
    _of_a_study("planned_runs", sa.Column("key", sa.String(length=200), nullable=False))
    _of_a_study(
        "study_files",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("homes", sa.Boolean(), nullable=False),
    )
    with op.batch_alter_table("jobs", schema=None) as batch_op:
        batch_op.add_column(sa.Column("study_id", sa.String(length=22), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_jobs_study_id_studies"), "studies", ["study_id"], ["id"], ondelete="CASCADE"
        )
        batch_op.create_index(batch_op.f("ix_jobs_study_id"), ["study_id"], unique=False)


def _of_a_study(table: str, *key: sa.Column[str] | sa.Column[bool]) -> None:
    op.create_table(
        table,
        sa.Column("study_id", sa.String(length=22), nullable=False),
        *key,
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.Column("agency_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f(f"fk_{table}_agency_id_agencies"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["study_id"], ["studies.id"], name=op.f(f"fk_{table}_study_id_studies"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("study_id", *(column.name for column in key), name=op.f(f"pk_{table}")),
    )
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.create_index(batch_op.f(f"ix_{table}_agency_id"), ["agency_id"], unique=False)
