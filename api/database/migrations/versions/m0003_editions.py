"""Editions of problems, doubts about imported data, and links that set a password anew."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """To the newer shape."""
    op.add_column("problems", sa.Column("edition", sa.Integer(), server_default="1", nullable=False))
    op.add_column("table_sets", sa.Column("warnings", sa.JSON(), server_default="[]", nullable=False))
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.add_column(sa.Column("user_id", sa.String(length=22), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_invitations_user_id_users"), "users", ["user_id"], ["id"], ondelete="CASCADE"
        )
