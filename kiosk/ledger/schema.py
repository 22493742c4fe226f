"""What is in the ledger: its tables, and the guards that make the audit chain append-only."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sqlalchemy import REAL, CheckConstraint, Column, ForeignKey, Index, Integer, Table, Text, text

from kiosk.ledger import (
    bag_day_schema,
    pickup_schema,
    printing_schema,
    queue_schema,
    returns_schema,
    service_schema,
    staff_schema,
)
from kiosk.ledger.metadata import metadata as metadata

REVISIONS = (
    "0001",
    "0002",
    "0003",
    "0004",
    "0005",
    "0006",
    "0007",
    "0008",
    "0009",
    "0010",
    "0011",
    "0012",
    "0013",
    "0014",
    "0015",
    "0016",
    "0017",
    "0018",
    "0019",
    "0021",
    "0022",
    "0023",
    "0024",
)  # oldest first, as they are chained
NEWEST = REVISIONS[-1]
VERSION_TABLE = "alembic_version"
NO_HASH = "0" * 64  # stands before the first line of the chain

as_run = Table(
    "as_run",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("day", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("air_class", Text, nullable=False),
    Column("zones", Text, nullable=False),  # JSON array
    Column("due", Text),
    Column("planned_start", Text),
    Column("planned_end", Text),
    Column("real_start", Text),
    Column("real_end", Text),
    Column("phase", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("operator", Text),
    Column("level_dbfs", REAL),
    Index("as_run_once", "day", "key", "real_start", unique=True),
    Index("as_run_on_air", "n", sqlite_where=text("outcome = 'on air'")),
)

audit = Table(
    "audit",
    metadata,
    Column("n", Integer, primary_key=True),  # 1, 2, 3, … without a gap
    Column("at", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("details", Text, nullable=False),  # JSON object
    Column("record", Text),  # the table whose row this line vouches for
    Column("record_n", Integer),
    Column("record_sha256", Text),
    Column("prev", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Index("audit_record_once", "record", "record_n", unique=True, sqlite_where=text("record IS NOT NULL")),
)

audit_head = Table(
    "audit_head",
    metadata,
    Column("id", Integer, CheckConstraint("id = 1", name="audit_head_is_one_row"), primary_key=True),
    Column("lines", Integer, nullable=False),
    Column("hash", Text, nullable=False),
)

page = Table(
    "page",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("origin", Text, nullable=False),
    Column("asked", Text, nullable=False),
    Column("operator", Text, nullable=False),
    Column("whom", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("name", Text, nullable=False),  # this and what else names a person is "" once it is forgotten
    Column("reason", Text),
    Column("place", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("plate", Text, nullable=False),
    Column("zones", Text, nullable=False),  # JSON array
    Column("times", Integer, nullable=False),
    Column("caller", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("stage", Text, nullable=False),
    Column("since", Text, nullable=False),
    Column("aired", Text),
    Column("questions", Integer, nullable=False),
    Column("why", Text, nullable=False),
    Column("over", Text),  # since when, NULL while somebody waits for it
    Column("forgotten", Text),  # since when no name is in it
    Index("page_open", "n", sqlite_where=text("over IS NULL")),
    Index("page_to_forget", "over", sqlite_where=text("forgotten IS NULL")),
)

message_slip = Table(
    "message_slip",
    metadata,
    Column("page", Integer, ForeignKey("page.n"), primary_key=True),  # one page, one slip, one number
    Column("written", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("for_whom", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("page_at", Text, nullable=False),
)

people = Table(
    "people",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", Text, nullable=False),  # the newest row of an id counts; rows are only added
    Column("name", Text, nullable=False),
    Column("rights", Text, nullable=False),  # JSON array
    Column("trained_on", Text),
    Column("trained_until", Text),
    Column("login", Text, nullable=False),
    Column("pin_sha256", Text),  # of what credentials holds: one that was changed by hand does not count
    Column("badge_sha256", Text),
    Column("removed", Integer, nullable=False),
    Index("people_by_id", "id", "n"),
)

credentials = Table(
    "credentials",
    metadata,
    Column("person", Text, primary_key=True),
    Column("pin", Text),  # argon2id
    Column("badge", Text),  # HMAC-SHA256 of the number
    Column("wrong", Integer, nullable=False),
    Column("paused_until", Text),
    Index("credentials_badge", "badge", unique=True),
)

releases = Table(
    "releases",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("script", Text, nullable=False),  # the newest row of a script counts; rows are only added
    Column("digest", Text, nullable=False),
    Column("released", Integer, nullable=False),
    Column("person", Text, nullable=False),
    Index("releases_by_script", "script", "n"),
)

self_check = Table(
    "self_check",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("day", Text, nullable=False),
    Column("occasion", Text, nullable=False),
    Column("begun", Text, nullable=False),
    Column("ended", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("findings", Text, nullable=False),  # JSON array of [topic, result, what], worst first
    Index("self_check_of_day", "day"),
)

locker = Table(
    "locker",
    metadata,
    Column("id", Integer, primary_key=True),  # its position in the bank
    Column("size", Text, nullable=False),
    Column("number", Integer, nullable=False),  # what its tag says
    Column("generation", Integer, nullable=False),
    Column("assignment", Text, nullable=False),
    Column("door", Text, nullable=False),
    Column("since", Text, nullable=False),
    Column("deposit", Integer, nullable=False),  # 0: nothing is in it
    Column("unconfirmed", Integer, nullable=False),
    Column("why", Text, nullable=False),
    Index("locker_by_number", "number", unique=True),  # no tag opens two lockers
)

deposit = Table(
    "deposit",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("locker", Integer, ForeignKey("locker.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("generation", Integer, nullable=False),
    Column("began", Text, nullable=False),
    Column("stored", Text),
    Column("kept", Text),
    Column("over", Text),  # NULL while it lies there
    Column("outcome", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("tag", Text, nullable=False),
    Index("deposit_once", "locker", unique=True, sqlite_where=text("over IS NULL")),  # no locker is given away twice
)

locker_plaque = Table(
    "locker_plaque",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("number", Integer, nullable=False),  # the newest row of a number and generation counts; rows are only added
    Column("generation", Integer, nullable=False),
    Column("key", Integer, nullable=False),  # whose signature the newest print of it bears
    Column("chip", Text),  # the mark of its RFID chip
    Column("withdrawn", Text, nullable=False),  # why it counts no more, "" while it does
    Column("person", Text, nullable=False),
    Index("locker_plaque_by_number", "number", "generation", "n"),
    Index("locker_plaque_chip", "chip", sqlite_where=text("chip IS NOT NULL")),
)

locker_ticket = Table(
    "locker_ticket",
    metadata,
    Column("deposit", Integer, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("day", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("key", Integer, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("mark", Text, nullable=False),  # of the short code
    Column("withdrawn", Text),
    Index("locker_ticket_mark", "mark", unique=True),
)

locker_guesses = Table(
    "locker_guesses",
    metadata,
    Column("entrance", Text, primary_key=True),
    Column("wrong", Text, nullable=False),  # JSON array of [moment, forged], oldest first
    Column("closed", Integer, nullable=False),
)

GUARDS: Mapping[str, str] = MappingProxyType(
    {
        "audit_no_update": """
            CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
            BEGIN SELECT RAISE(ABORT, 'the audit chain is append-only'); END""",
        "audit_no_delete": """
            CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
            BEGIN SELECT RAISE(ABORT, 'the audit chain is append-only'); END""",
        "audit_follows_head": """
            CREATE TRIGGER audit_follows_head BEFORE INSERT ON audit
            WHEN NOT EXISTS (SELECT 1 FROM audit_head WHERE lines = NEW.n - 1 AND hash = NEW.prev)
            BEGIN SELECT RAISE(ABORT, 'an audit line must follow the recorded head'); END""",
        "audit_head_advances": """
            CREATE TRIGGER audit_head_advances BEFORE UPDATE ON audit_head
            WHEN NEW.lines <> OLD.lines + 1
            BEGIN SELECT RAISE(ABORT, 'the head of the audit chain moves one line at a time'); END""",
        "audit_head_no_delete": """
            CREATE TRIGGER audit_head_no_delete BEFORE DELETE ON audit_head
            BEGIN SELECT RAISE(ABORT, 'the head of the audit chain stays'); END""",
        "as_run_over_no_update": """
            CREATE TRIGGER as_run_over_no_update BEFORE UPDATE ON as_run
            WHEN OLD.outcome <> 'on air'
            BEGIN SELECT RAISE(ABORT, 'what is over on the air is not rewritten'); END""",
        "as_run_no_delete": """
            CREATE TRIGGER as_run_no_delete BEFORE DELETE ON as_run
            BEGIN SELECT RAISE(ABORT, 'the as-run log is append-only'); END""",
        "page_no_delete": """
            CREATE TRIGGER page_no_delete BEFORE DELETE ON page
            BEGIN SELECT RAISE(ABORT, 'a page keeps its number'); END""",
        "page_over_stays": """
            CREATE TRIGGER page_over_stays BEFORE UPDATE OF stage, since ON page
            WHEN OLD.over IS NOT NULL
            BEGIN SELECT RAISE(ABORT, 'a page that is over stays over'); END""",
        "message_slip_no_delete": """
            CREATE TRIGGER message_slip_no_delete BEFORE DELETE ON message_slip
            BEGIN SELECT RAISE(ABORT, 'a message slip keeps its number'); END""",
        "people_no_update": """
            CREATE TRIGGER people_no_update BEFORE UPDATE ON people
            BEGIN SELECT RAISE(ABORT, 'the register of people is append-only'); END""",
        "people_no_delete": """
            CREATE TRIGGER people_no_delete BEFORE DELETE ON people
            BEGIN SELECT RAISE(ABORT, 'the register of people is append-only'); END""",
        "releases_no_update": """
            CREATE TRIGGER releases_no_update BEFORE UPDATE ON releases
            BEGIN SELECT RAISE(ABORT, 'the register of releases is append-only'); END""",
        "releases_no_delete": """
            CREATE TRIGGER releases_no_delete BEFORE DELETE ON releases
            BEGIN SELECT RAISE(ABORT, 'the register of releases is append-only'); END""",
        "self_check_no_update": """
            CREATE TRIGGER self_check_no_update BEFORE UPDATE ON self_check
            BEGIN SELECT RAISE(ABORT, 'a self-check is not rewritten'); END""",
        "self_check_no_delete": """
            CREATE TRIGGER self_check_no_delete BEFORE DELETE ON self_check
            BEGIN SELECT RAISE(ABORT, 'self-checks are append-only'); END""",
        **bag_day_schema.GUARDS,
        **pickup_schema.GUARDS,
        **printing_schema.GUARDS,
        **queue_schema.GUARDS,
        **returns_schema.GUARDS,
        **service_schema.GUARDS,
        **staff_schema.GUARDS,
        "locker_no_delete": """
            CREATE TRIGGER locker_no_delete BEFORE DELETE ON locker
            BEGIN SELECT RAISE(ABORT, 'a locker stays in the ledger'); END""",
        "deposit_in_order": """
            CREATE TRIGGER deposit_in_order BEFORE INSERT ON deposit
            WHEN NEW.n <> (SELECT coalesce(max(n), NEW.n - 1) + 1 FROM deposit)
            BEGIN SELECT RAISE(ABORT, 'deposits are numbered in order'); END""",
        "deposit_no_delete": """
            CREATE TRIGGER deposit_no_delete BEFORE DELETE ON deposit
            BEGIN SELECT RAISE(ABORT, 'a deposit keeps its number'); END""",
        "deposit_over_stays": """
            CREATE TRIGGER deposit_over_stays BEFORE UPDATE ON deposit
            WHEN OLD.over IS NOT NULL
            BEGIN SELECT RAISE(ABORT, 'a deposit that is over stays over'); END""",
        "locker_plaque_no_update": """
            CREATE TRIGGER locker_plaque_no_update BEFORE UPDATE ON locker_plaque
            BEGIN SELECT RAISE(ABORT, 'the register of plaques is append-only'); END""",
        "locker_plaque_no_delete": """
            CREATE TRIGGER locker_plaque_no_delete BEFORE DELETE ON locker_plaque
            BEGIN SELECT RAISE(ABORT, 'the register of plaques is append-only'); END""",
        "locker_ticket_stays": """
            CREATE TRIGGER locker_ticket_stays BEFORE UPDATE OF deposit, number, day, mark ON locker_ticket
            BEGIN SELECT RAISE(ABORT, 'a ticket stays as it was issued'); END""",
        "locker_ticket_stays_withdrawn": """
            CREATE TRIGGER locker_ticket_stays_withdrawn BEFORE UPDATE OF withdrawn ON locker_ticket
            WHEN OLD.withdrawn IS NOT NULL
            BEGIN SELECT RAISE(ABORT, 'a ticket that was withdrawn stays withdrawn'); END""",
        "locker_ticket_no_delete": """
            CREATE TRIGGER locker_ticket_no_delete BEFORE DELETE ON locker_ticket
            BEGIN SELECT RAISE(ABORT, 'a ticket keeps its deposit'); END""",
    }
)
