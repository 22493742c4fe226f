"""The service desk: records of every service, and what was done to them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Create the tables; each service counts for itself, without a gap."""
    op.create_table(
        "service_record",
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("service", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("stage", sa.Text, nullable=False),
        sa.Column("since", sa.Text, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("due", sa.Text),
        sa.Column("deeds", sa.Integer, nullable=False),
        sa.Column("sealed", sa.Text),
        sa.Column("over", sa.Text),
        sa.Column("purged", sa.Text),
        sa.Column("once", sa.Text),
    )
    op.create_index("service_record_number", "service_record", ["service", "number"], unique=True)
    said = sa.text("once IS NOT NULL")
    op.create_index("service_record_once", "service_record", ["service", "once"], unique=True, sqlite_where=said)
    op.create_index("service_record_open", "service_record", ["n"], sqlite_where=sa.text("over IS NULL"))
    to_purge = sa.text("purged IS NULL")
    op.create_index("service_record_to_purge", "service_record", ["service", "over"], sqlite_where=to_purge)
    op.create_index("service_record_at", "service_record", ["service", "at"])
    op.create_table(
        "service_deed",
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("record", sa.Integer, sa.ForeignKey("service_record.n"), nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("deed", sa.Text, nullable=False),
        sa.Column("sealed", sa.Text),
    )
    op.create_index("service_deed_of_record", "service_deed", ["record", "n"])
    for guard in _GUARDS:
        op.execute(guard)


_GUARDS = (
    """CREATE TRIGGER service_record_in_order BEFORE INSERT ON service_record
            WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM service_record WHERE service = NEW.service)
            BEGIN SELECT RAISE(ABORT, 'the records of a service are numbered in order'); END""",
    """CREATE TRIGGER service_record_no_delete BEFORE DELETE ON service_record
            BEGIN SELECT RAISE(ABORT, 'a record keeps its number'); END""",
    """CREATE TRIGGER service_record_over_stays BEFORE UPDATE OF stage, since, owner, number ON service_record
            WHEN OLD.over IS NOT NULL AND NEW.over IS NULL
            BEGIN SELECT RAISE(ABORT, 'a record that is over stays over'); END""",
    """CREATE TRIGGER service_deed_no_delete BEFORE DELETE ON service_deed
            BEGIN SELECT RAISE(ABORT, 'what was done to a record stays written'); END""",
)
