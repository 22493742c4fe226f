"""Alembic's entry: runs the versions on the connection, and in the transaction, that `kiosk.ledger.migrate` began."""

from __future__ import annotations

from alembic import context

from kiosk.ledger.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,  # SQLite can, Alembic does not trust it to
)
context.run_migrations()
