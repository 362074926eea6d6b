"""Calendar links, and who of the agency's carers an account is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from api.database.base import Moment

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("memberships", sa.Column("carer", sa.String(length=200), nullable=True))
    op.add_column("invitations", sa.Column("carer", sa.String(length=200), nullable=True))
    op.create_table(
        "calendar_links",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("person", sa.String(length=200), nullable=False),
        sa.Column("created_at", Moment(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=22), nullable=True),
        sa.Column("revoked_at", Moment(timezone=True), nullable=True),
        sa.Column("agency_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"],
            ["agencies.id"],
            name=op.f("fk_calendar_links_agency_id_agencies"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["users.id"], name=op.f("fk_calendar_links_created_by_users"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_links")),
        sa.UniqueConstraint("digest", name=op.f("uq_calendar_links_digest")),
    )
    with op.batch_alter_table("calendar_links", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_calendar_links_agency_id"), ["agency_id"], unique=False)
