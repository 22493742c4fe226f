"""The bag storage's day: lost tags, receipts, kept tags, signed sheets, notices for people, requests for the air."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Create the tables; numbers are never used twice, and what is signed or over stays so."""
    op.create_table(
        "lost_tag",
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("locker", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("generation", sa.Integer, nullable=False),
        sa.Column("deposit", sa.Integer, nullable=False),
        sa.Column("reported", sa.Text, nullable=False),
        sa.Column("taken_by", sa.Text, nullable=False),
        sa.Column("step", sa.Text, nullable=False),
        sa.Column("since", sa.Text, nullable=False),
        sa.Column("deeds", sa.Integer, nullable=False),
        sa.Column("described", sa.Text),
        sa.Column("note_seen", sa.Text),
        sa.Column("matched_by", sa.Text, nullable=False),
        sa.Column("fee_fen", sa.Integer, nullable=False),
        sa.Column("received_fen", sa.Integer, nullable=False),
        sa.Column("cashier", sa.Text, nullable=False),
        sa.Column("copies", sa.Integer, nullable=False),
        sa.Column("signed_by", sa.Text, nullable=False),
        sa.Column("approved_by", sa.Text, nullable=False),
        sa.Column("openings", sa.Integer, nullable=False),
        sa.Column("handed_by", sa.Text, nullable=False),
        sa.Column("kept", sa.Text, nullable=False),
        sa.Column("official", sa.Text, nullable=False),
        sa.Column("tag_found", sa.Integer, nullable=False),
        sa.Column("sealed", sa.Text),
        sa.Column("over", sa.Text),
        sa.Column("purged", sa.Text),
    )
    op.create_index("lost_tag_open", "lost_tag", ["n"], sqlite_where=sa.text("over IS NULL"))
    op.create_index("lost_tag_to_purge", "lost_tag", ["over"], sqlite_where=sa.text("purged IS NULL"))
    op.create_table(
        "lost_tag_receipt",
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("lost_tag", sa.Integer, sa.ForeignKey("lost_tag.n"), nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("fee_fen", sa.Integer, nullable=False),
        sa.Column("received_fen", sa.Integer, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
    )
    op.create_index("lost_tag_receipt_once", "lost_tag_receipt", ["lost_tag"], unique=True)
    op.create_table(
        "kept_tag",
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("lost_tag", sa.Integer, sa.ForeignKey("lost_tag.n"), nullable=False),
        sa.Column("locker", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("generation", sa.Integer, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
    )
    op.create_table(
        "deposit_note",
        sa.Column("deposit", sa.Integer, primary_key=True),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("sealed", sa.Text, nullable=False),
    )
    op.create_table(
        "locker_sheet",
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("day", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("begun", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
    )
    op.create_index("locker_sheet_of_day", "locker_sheet", ["day", "kind"])
    op.create_table(
        "locker_sheet_line",
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("sheet", sa.Integer, sa.ForeignKey("locker_sheet.n"), nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
    )
    op.create_index("locker_sheet_line_of", "locker_sheet_line", ["sheet", "n"])
    op.create_table(
        "locker_sheet_signed",
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("sheet", sa.Integer, sa.ForeignKey("locker_sheet.n"), nullable=False),
        sa.Column("day", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
    )
    op.create_index("locker_sheet_signed_once", "locker_sheet_signed", ["sheet"], unique=True)
    op.create_index("locker_sheet_signed_of_day", "locker_sheet_signed", ["day", "kind"])
    op.create_table(
        "house_notice",
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("for_whom", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("over", sa.Text),
        sa.Column("person", sa.Text, nullable=False),
    )
    op.create_index("house_notice_once", "house_notice", ["key"], unique=True, sqlite_where=sa.text("over IS NULL"))
    op.create_table(
        "air_request",
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("script", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("asked", sa.Text, nullable=False),
        sa.Column("until", sa.Text, nullable=False),
        sa.Column("stage", sa.Text, nullable=False),
        sa.Column("since", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("over", sa.Text),
    )
    op.create_index("air_request_once", "air_request", ["key"], unique=True)
    op.create_index("air_request_open", "air_request", ["n"], sqlite_where=sa.text("over IS NULL"))
    for trigger in _TRIGGERS:
        op.execute(trigger)


_TRIGGERS = (
    """CREATE TRIGGER lost_tag_no_delete BEFORE DELETE ON lost_tag
    BEGIN SELECT RAISE(ABORT, 'a case of the lost-tag book keeps its number'); END""",
    """CREATE TRIGGER lost_tag_over_stays BEFORE UPDATE OF step, since, deeds ON lost_tag
    WHEN OLD.over IS NOT NULL
    BEGIN SELECT RAISE(ABORT, 'a case that is over stays over'); END""",
    """CREATE TRIGGER lost_tag_receipt_no_update BEFORE UPDATE ON lost_tag_receipt
    BEGIN SELECT RAISE(ABORT, 'a receipt is not rewritten'); END""",
    """CREATE TRIGGER lost_tag_receipt_no_delete BEFORE DELETE ON lost_tag_receipt
    BEGIN SELECT RAISE(ABORT, 'a receipt is not rewritten'); END""",
    """CREATE TRIGGER kept_tag_no_update BEFORE UPDATE ON kept_tag
    BEGIN SELECT RAISE(ABORT, 'the book of kept tags is append-only'); END""",
    """CREATE TRIGGER kept_tag_no_delete BEFORE DELETE ON kept_tag
    BEGIN SELECT RAISE(ABORT, 'the book of kept tags is append-only'); END""",
    """CREATE TRIGGER locker_sheet_no_update BEFORE UPDATE ON locker_sheet
    BEGIN SELECT RAISE(ABORT, 'a sheet is not rewritten'); END""",
    """CREATE TRIGGER locker_sheet_no_delete BEFORE DELETE ON locker_sheet
    BEGIN SELECT RAISE(ABORT, 'a sheet is not rewritten'); END""",
    """CREATE TRIGGER locker_sheet_line_no_update BEFORE UPDATE ON locker_sheet_line
    BEGIN SELECT RAISE(ABORT, 'a line of a sheet is not rewritten'); END""",
    """CREATE TRIGGER locker_sheet_line_no_delete BEFORE DELETE ON locker_sheet_line
    BEGIN SELECT RAISE(ABORT, 'a line of a sheet is not rewritten'); END""",
    """CREATE TRIGGER locker_sheet_signed_no_update BEFORE UPDATE ON locker_sheet_signed
    BEGIN SELECT RAISE(ABORT, 'what is signed is not rewritten'); END""",
    """CREATE TRIGGER locker_sheet_signed_no_delete BEFORE DELETE ON locker_sheet_signed
    BEGIN SELECT RAISE(ABORT, 'what is signed is not rewritten'); END""",
    """CREATE TRIGGER locker_sheet_line_before_signed BEFORE INSERT ON locker_sheet_line
    WHEN EXISTS (SELECT 1 FROM locker_sheet_signed WHERE sheet = NEW.sheet)
    BEGIN SELECT RAISE(ABORT, 'a signed sheet takes no more lines'); END""",
    """CREATE TRIGGER house_notice_no_delete BEFORE DELETE ON house_notice
    BEGIN SELECT RAISE(ABORT, 'a notice stays, though it is over'); END""",
    """CREATE TRIGGER air_request_no_delete BEFORE DELETE ON air_request
    BEGIN SELECT RAISE(ABORT, 'a request for the air keeps its number'); END""",
    """CREATE TRIGGER air_request_over_stays BEFORE UPDATE OF stage ON air_request
    WHEN OLD.over IS NOT NULL
    BEGIN SELECT RAISE(ABORT, 'a request for the air that is over stays over'); END""",
)
