"""How Alembic reaches the database: through the connection that `migrate` gives it."""

from alembic import context

from api.database import models  # noqa: F401  (fills Base.metadata)
from api.database.base import Base

connection = context.config.attributes["connection"]
context.configure(
    connection=connection, target_metadata=Base.metadata, render_as_batch=True, compare_type=True
)
context.run_migrations()
