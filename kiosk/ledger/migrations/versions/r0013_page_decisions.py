"""Staff mode: what is decided at the front about a page, for the broadcast role to carry out."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Create the table; one decision at a time waits for a page."""
    op.create_table(
        "page_decision",
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("page", sa.Integer, sa.ForeignKey("page.n"), nullable=False),
        sa.Column("step", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("said", sa.Text, nullable=False),
        sa.Column("over", sa.Text),
    )
    open_one = sa.text("over IS NULL")
    op.create_index("page_decision_once", "page_decision", ["page"], unique=True, sqlite_where=open_one)
    for guard in _GUARDS:
        op.execute(guard)


_GUARDS = (
    """CREATE TRIGGER page_decision_no_delete BEFORE DELETE ON page_decision
            BEGIN SELECT RAISE(ABORT, 'a decision keeps its number'); END""",
    """CREATE TRIGGER page_decision_over_stays BEFORE UPDATE ON page_decision
            WHEN OLD.over IS NOT NULL
            BEGIN SELECT RAISE(ABORT, 'a decision that is over stays over'); END""",
)
