"""Service records are found by what they have, a member's card say: a keyed mark, noted by the desk itself."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    """Add the column; of what was written before, the front role notes it once it has the key."""
    op.add_column("service_record", sa.Column("has", sa.Text))
    noted = sa.text("has IS NOT NULL")
    op.create_index("service_record_has", "service_record", ["service", "has"], sqlite_where=noted)
    learns = sa.text("has IS NULL AND over IS NULL AND deeds > 0")
    op.create_index("service_record_to_learn", "service_record", ["service", "n"], sqlite_where=learns)
