"""The tables of the bag storage's day: lost tags, signed sheets, notices for people, and what is to be aired."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text, text

from kiosk.ledger.metadata import metadata

lost_tag = Table(
    "lost_tag",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("locker", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("generation", Integer, nullable=False),
    Column("deposit", Integer, nullable=False),
    Column("reported", Text, nullable=False),
    Column("taken_by", Text, nullable=False),
    Column("step", Text, nullable=False),
    Column("since", Text, nullable=False),
    Column("deeds", Integer, nullable=False),  # how many were done: a change counts only upon the one before
    Column("described", Text),
    Column("note_seen", Text),
    Column("matched_by", Text, nullable=False),
    Column("fee_fen", Integer, nullable=False),
    Column("received_fen", Integer, nullable=False),
    Column("cashier", Text, nullable=False),
    Column("copies", Integer, nullable=False),
    Column("signed_by", Text, nullable=False),
    Column("approved_by", Text, nullable=False),
    Column("openings", Integer, nullable=False),
    Column("handed_by", Text, nullable=False),
    Column("kept", Text, nullable=False),
    Column("official", Text, nullable=False),
    Column("tag_found", Integer, nullable=False),
    Column("sealed", Text),  # all that is personal, encrypted; NULL once it is purged
    Column("over", Text),  # since when, NULL while somebody waits for it
    Column("purged", Text),  # since when nothing personal is in it
    Index("lost_tag_open", "n", sqlite_where=text("over IS NULL")),
    Index("lost_tag_to_purge", "over", sqlite_where=text("purged IS NULL")),
)

lost_tag_receipt = Table(
    "lost_tag_receipt",
    metadata,
    Column("n", Integer, primary_key=True),  # 1, 2, 3, … without a gap
    Column("lost_tag", Integer, ForeignKey("lost_tag.n"), nullable=False),
    Column("at", Text, nullable=False),
    Column("fee_fen", Integer, nullable=False),
    Column("received_fen", Integer, nullable=False),
    Column("person", Text, nullable=False),
    Index("lost_tag_receipt_once", "lost_tag", unique=True),
)

lost_tag_slip = Table(
    "lost_tag_slip",
    metadata,
    Column("lost_tag", Integer, ForeignKey("lost_tag.n"), primary_key=True),
    Column("at", Text, nullable=False),
    Column("stage", Text, nullable=False),
)

kept_tag = Table(
    "kept_tag",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("lost_tag", Integer, ForeignKey("lost_tag.n"), nullable=False),
    Column("locker", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("generation", Integer, nullable=False),
    Column("at", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("person", Text, nullable=False),
)

deposit_note = Table(
    "deposit_note",
    metadata,
    Column("deposit", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("sealed", Text, nullable=False),
)

locker_sheet = Table(
    "locker_sheet",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("day", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("begun", Text, nullable=False),
    Column("person", Text, nullable=False),
    Index("locker_sheet_of_day", "day", "kind"),
)

locker_sheet_line = Table(
    "locker_sheet_line",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("sheet", Integer, ForeignKey("locker_sheet.n"), nullable=False),
    Column("at", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("content", Text, nullable=False),  # JSON object: a look or a tick
    Index("locker_sheet_line_of", "sheet", "n"),
)

locker_sheet_signed = Table(
    "locker_sheet_signed",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("sheet", Integer, ForeignKey("locker_sheet.n"), nullable=False),
    Column("day", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("content", Text, nullable=False),  # JSON object: what is signed
    Index("locker_sheet_signed_once", "sheet", unique=True),
    Index("locker_sheet_signed_of_day", "day", "kind"),
)

house_notice = Table(
    "house_notice",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("key", Text, nullable=False),  # what it is about: one open notice of a key at a time
    Column("at", Text, nullable=False),
    Column("for_whom", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("over", Text),
    Column("person", Text, nullable=False),  # who saw to it, "" for nobody yet
    Column("told", Text),  # the text as a sentence in JSON, so that a screen can say it in another language
    Index("house_notice_once", "key", unique=True, sqlite_where=text("over IS NULL")),
)

air_request = Table(
    "air_request",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("key", Text, nullable=False),  # asking again changes nothing
    Column("script", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("asked", Text, nullable=False),
    Column("until", Text, nullable=False),
    Column("stage", Text, nullable=False),
    Column("since", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("over", Text),
    Index("air_request_once", "key", unique=True),
    Index("air_request_open", "n", sqlite_where=text("over IS NULL")),
)


def _append_only(table: str, what: str) -> dict[str, str]:
    return {
        f"{table}_no_{verb.lower()}": f"""
            CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table}
            BEGIN SELECT RAISE(ABORT, '{what}'); END"""
        for verb in ("UPDATE", "DELETE")
    }


GUARDS: Mapping[str, str] = MappingProxyType(
    {
        "lost_tag_no_delete": """
            CREATE TRIGGER lost_tag_no_delete BEFORE DELETE ON lost_tag
            BEGIN SELECT RAISE(ABORT, 'a case of the lost-tag book keeps its number'); END""",
        "lost_tag_over_stays": """
            CREATE TRIGGER lost_tag_over_stays BEFORE UPDATE OF step, since, deeds ON lost_tag
            WHEN OLD.over IS NOT NULL
            BEGIN SELECT RAISE(ABORT, 'a case that is over stays over'); END""",
        **_append_only("lost_tag_receipt", "a receipt is not rewritten"),
        **_append_only("kept_tag", "the book of kept tags is append-only"),
        **_append_only("locker_sheet", "a sheet is not rewritten"),
        **_append_only("locker_sheet_line", "a line of a sheet is not rewritten"),
        **_append_only("locker_sheet_signed", "what is signed is not rewritten"),
        "locker_sheet_line_before_signed": """
            CREATE TRIGGER locker_sheet_line_before_signed BEFORE INSERT ON locker_sheet_line
            WHEN EXISTS (SELECT 1 FROM locker_sheet_signed WHERE sheet = NEW.sheet)
            BEGIN SELECT RAISE(ABORT, 'a signed sheet takes no more lines'); END""",
        "house_notice_no_delete": """
            CREATE TRIGGER house_notice_no_delete BEFORE DELETE ON house_notice
            BEGIN SELECT RAISE(ABORT, 'a notice stays, though it is over'); END""",
        "air_request_no_delete": """
            CREATE TRIGGER air_request_no_delete BEFORE DELETE ON air_request
            BEGIN SELECT RAISE(ABORT, 'a request for the air keeps its number'); END""",
        "air_request_over_stays": """
            CREATE TRIGGER air_request_over_stays BEFORE UPDATE OF stage ON air_request
            WHEN OLD.over IS NOT NULL
            BEGIN SELECT RAISE(ABORT, 'a request for the air that is over stays over'); END""",
    }
)
