"""Where the front role asks for a page and sees how it stands; the broadcast role looks for it every second (B18)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, tzinfo

from sqlalchemy import select, update

from kiosk.ledger.pages import LedgerPages
from kiosk.ledger.schema import page
from kiosk.ledger.store import Ledger
from kiosk.ledger.values import from_utc_text, utc_text
from kiosk.rules.broadcast.page_watch import Origin, Page, Stage
from kiosk.rules.broadcast.paging import PageRequest


@dataclass(frozen=True, slots=True)
class Standing:
    """How a request stands, and since when. why: it was declined, in words that a shopper may read."""

    stage: Stage
    why: str
    since: datetime


class PageRequests:
    """The front role's side of the pages. Any thread may call. Raises LedgerFault."""

    def __init__(self, ledger: Callable[[], Ledger], zone: tzinfo) -> None:
        """ledger: opens it when it is first needed. zone: on whose clocks times are given back."""
        self._ledger = ledger
        self._zone = zone
        self._pages = LedgerPages(ledger, zone)

    def ask(self, request: PageRequest, now: datetime, *, caller: str = "", number: str = "", by: str = "front") -> int:
        """Ask for a page; durable when this returns its number. `page_check` has accepted the request: the broadcast
        desk checks it again and declines what it cannot say. caller, number: who waits, and how to call them back."""
        return self._pages.enter(Page(request, now, Origin.FRONT, by, now, caller=caller, number=number))

    def state(self, n: int) -> Standing | None:
        """How page n stands, None where there is none of that number."""
        with self._ledger().read() as connection:
            row = connection.execute(select(page.c.stage, page.c.why, page.c.since).where(page.c.n == n)).first()
        return None if row is None else Standing(Stage(row.stage), row.why, from_utc_text(row.since, self._zone))

    def withdraw(self, n: int, now: datetime) -> bool:
        """The person came, or the shopper left: whether it was in time, before anybody decided on it."""
        moment = utc_text(now)
        with self._ledger().write() as connection:
            done = connection.execute(
                update(page)
                .where(page.c.n == n, page.c.stage == Stage.REQUESTED.value)
                .values(stage=Stage.WITHDRAWN.value, since=moment, over=moment)
            )
            return done.rowcount == 1
