"""Return slips: of which of them the stock's own system was told."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "return_stock_told",
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("day", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("came", sa.Text, nullable=False),
        sa.Column("went", sa.Text, nullable=False),
        sa.Column("undoes", sa.Integer, nullable=False),
    )
    op.create_index("return_stock_told_of_day", "return_stock_told", ["day"])
    for guard in _GUARDS:
        op.execute(guard)


_GUARDS = (
    """CREATE TRIGGER return_stock_told_no_update BEFORE UPDATE ON return_stock_told
            BEGIN SELECT RAISE(ABORT, 'what was told is not rewritten'); END""",
    """CREATE TRIGGER return_stock_told_no_delete BEFORE DELETE ON return_stock_told
            BEGIN SELECT RAISE(ABORT, 'what was told is not rewritten'); END""",
)
