"""The broadcast desk's pages and message slips: kept while somebody waits, without names a day after it is over."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime, tzinfo
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, literal_column, select, update
from sqlalchemy.dialects.sqlite import insert as insert_or

from kiosk.errors import LedgerFault
from kiosk.ledger.schema import message_slip, page
from kiosk.ledger.store import Ledger
from kiosk.ledger.values import from_utc_text, plain, utc_text
from kiosk.rules.broadcast.page_watch import OVER, MessageSlip, Origin, Page, Stage
from kiosk.rules.broadcast.paging import PageRequest, Reason, Title, Whom
from kiosk.sentences import tell
from kiosk.units import Language, ZoneId

_PERSONAL = ("name", "place", "plate", "caller", "number", "why")
_ON_SLIPS = ("who", "for_whom", "number", "what")
_KEPT = ("operator", "stage", "since", "aired", "questions", "why", "over")
_WITH_SLIP = select(page, message_slip.c.who, message_slip.c.for_whom, message_slip.c.number.label("call"),
                    message_slip.c.what, message_slip.c.page_at).outerjoin(message_slip)  # fmt: skip
_OPEN = page.c.over.is_(None)
_REQUESTED = (
    select(page)
    .where(_OPEN, page.c.stage == literal_column("'requested'"), page.c.origin == literal_column("'front'"))
    .order_by(page.c.n)
)
_KEEP = (
    update(page)
    .where(page.c.n == bindparam("at_n"), page.c.stage == bindparam("was"))
    .values({name: bindparam(name) for name in _KEPT})
)


class LedgerPages:
    """Implements PageBook on the ledger. Any thread may call."""

    def __init__(self, ledger: Callable[[], Ledger], zone: tzinfo) -> None:
        """ledger: opens it when it is first needed, raising LedgerFault while it cannot. zone: of times given back."""
        self._ledger = ledger
        self._zone = zone

    def enter(self, wanted: Page) -> int:
        """A page that was asked for; durable when this returns."""
        with self._ledger().write() as connection:
            n = int(connection.execute(insert(page), _row_of(wanted)).lastrowid)
            _write_slip(connection, n, wanted)
        return n

    def keep(self, wanted: Page, *, was: Stage) -> bool:
        """How the page stands now; durable when this returns. A slip is written once, whatever follows."""
        row = {**_row_of(wanted), "at_n": wanted.n, "was": was.value}
        with self._ledger().write() as connection:
            if connection.execute(_KEEP, row).rowcount == 0:
                return False
            _write_slip(connection, wanted.n, wanted)
        return True

    def unfinished(self) -> tuple[Page, ...]:
        """Every page that is not over, oldest first."""
        return self._pages(_WITH_SLIP.where(_OPEN).order_by(page.c.n))

    def requested(self) -> tuple[Page, ...]:
        """What the front role asks for and nobody has decided on, oldest first."""
        return self._pages(_REQUESTED)

    def since(self, moment: datetime) -> tuple[Page, ...]:
        """Every page that is not over or was asked for since then, oldest first, with what names are kept."""
        wanted = _WITH_SLIP.where(_OPEN | (page.c.asked >= utc_text(moment))).order_by(page.c.n)
        return self._pages(wanted)

    def forget(self, before: datetime) -> int:
        """Take the names out of what was over before then; overwritten in the file, not only let go of."""
        due = (page.c.over < utc_text(before)) & page.c.forgotten.is_(None)
        with self._ledger().read() as connection:
            numbers = list(connection.execute(select(page.c.n).where(due)).scalars())
        if not numbers:
            return 0
        no_slip = dict.fromkeys(_ON_SLIPS, "")
        no_names = {**dict.fromkeys(_PERSONAL, ""), "forgotten": utc_text(before)}
        with self._ledger().write() as connection:
            connection.exec_driver_sql("PRAGMA secure_delete=ON")
            connection.execute(update(message_slip).where(message_slip.c.page.in_(numbers)).values(no_slip))
            connection.execute(update(page).where(page.c.n.in_(numbers)).values(no_names))
        return len(numbers)

    def _pages(self, wanted: Any) -> tuple[Page, ...]:
        ledger = self._ledger()
        with ledger.read() as connection:
            return tuple(self._read(connection, wanted, ledger))

    def _read(self, connection: Connection, wanted: Any, ledger: Ledger) -> Iterator[Page]:
        for row in connection.execute(wanted):
            try:
                yield page_of(row, self._zone)
            except (ValueError, TypeError) as error:
                raise LedgerFault(
                    tell(
                        "{ledger}: page {row} makes no sense ({cause}): restore a backup",
                        ledger=ledger.path,
                        row=row.n,
                        cause=error,
                    )
                ) from error


def page_of(row: Row[Any], zone: tzinfo) -> Page:
    """The page that a row tells of. Raises ValueError or TypeError for one that makes no sense."""
    fields = row._mapping
    slip = None
    if fields.get("page_at") is not None:
        at = from_utc_text(fields["page_at"], zone)
        slip = MessageSlip(fields["who"], fields["for_whom"], fields["call"], fields["what"], at)
    request = PageRequest(
        Whom(row.whom),
        Title(row.title),
        row.name,
        None if row.reason is None else Reason(row.reason),
        row.place,
        Language(row.language),
        row.plate,
        tuple(ZoneId(zone_id) for zone_id in json.loads(row.zones)),
        row.times,
    )
    return Page(
        request=request,
        asked=from_utc_text(row.asked, zone),
        origin=Origin(row.origin),
        operator=row.operator,
        since=from_utc_text(row.since, zone),
        stage=Stage(row.stage),
        caller=row.caller,
        number=fields["number"],
        n=row.n,
        aired=row.aired and from_utc_text(row.aired, zone),
        questions=row.questions,
        why=row.why,
        slip=slip,
    )


def _row_of(wanted: Page) -> dict[str, Any]:
    request = wanted.request
    return {
        "origin": wanted.origin.value,
        "asked": utc_text(wanted.asked),
        "operator": plain(wanted.operator),
        "whom": request.whom.value,
        "title": request.title.value,
        "name": plain(request.name),
        "reason": request.reason and request.reason.value,
        "place": plain(request.place),
        "language": request.language,
        "plate": plain(request.plate),
        "zones": json.dumps([plain(zone) for zone in request.zones]),
        "times": request.times,
        "caller": plain(wanted.caller),
        "number": plain(wanted.number),
        "stage": wanted.stage.value,
        "since": utc_text(wanted.since),
        "aired": wanted.aired and utc_text(wanted.aired),
        "questions": wanted.questions,
        "why": plain(wanted.why),
        "over": utc_text(wanted.since) if wanted.stage in OVER else None,
    }


def _write_slip(connection: Connection, n: int, wanted: Page) -> None:
    slip = wanted.slip
    if slip is None:
        return
    row = {
        "page": n,
        "written": utc_text(wanted.since),
        "who": plain(slip.who),
        "for_whom": plain(slip.for_whom),
        "number": plain(slip.number),
        "what": plain(slip.what),
        "page_at": utc_text(slip.when),
    }
    connection.execute(insert_or(message_slip).on_conflict_do_nothing(), row)
