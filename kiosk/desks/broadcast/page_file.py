"""The desk's open pages and their rows in the ledger: written at every change, again until the ledger takes them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from kiosk.errors import LedgerFault
from kiosk.ports.broadcast import PageBook
from kiosk.rules.broadcast.material import Announcement
from kiosk.rules.broadcast.page_watch import OVER, Origin, Page, Stage


@dataclass(slots=True)
class OpenPage:
    """A page in somebody's hands.

    ticket: the desk's own mark on it, since a page that the ledger could not take yet has no number. since_s: when its
    stage began, monotonic seconds: a clock that is set hurries nobody. written: its stage in the ledger, None: no row.
    spoken: as it can be aired. key: of its item, "" for none. tries: how often it was put on the air.
    """

    ticket: int
    page: Page
    since_s: float
    written: Page | None = None
    spoken: Announcement | None = None
    key: str = ""
    tries: int = 0
    again: bool = False

    @property
    def name(self) -> str:
        """How logs call it."""
        return f"page {self.page.n}" if self.page.n else "a page"


@dataclass(slots=True)
class PageFile:
    """The pages by ticket, oldest first. The desk's thread only; a ledger that fails is told and tried again."""

    book: PageBook
    mono_s: Callable[[], float]
    fault: str = ""
    _pages: dict[int, OpenPage] = field(default_factory=dict)
    _tickets: int = 0
    _loaded: bool = False

    def __iter__(self) -> Iterator[OpenPage]:
        return iter(tuple(self._pages.values()))

    def with_ticket(self, ticket: int) -> OpenPage | None:
        return self._pages.get(ticket)

    def numbered(self, n: int) -> OpenPage | None:
        return next((one for one in self._pages.values() if one.page.n == n), None)

    def on_air_as(self, key: str) -> OpenPage | None:
        return next((one for one in self._pages.values() if one.key == key), None)

    def take_in(self, page: Page) -> OpenPage:
        """A page that was asked for here: durable when this returns, unless `fault` says why not."""
        opened = self._open(page, self.mono_s())
        self.write()
        return opened

    def look(self, now: datetime) -> tuple[OpenPage, ...]:
        """Pages that came from elsewhere: at first those that an earlier role left, then the front role's requests.

        A request that was withdrawn meanwhile is gone.
        """
        try:
            if not self._loaded:
                found = tuple(self.book.unfinished())
                self._loaded = True
            else:
                found = tuple(self.book.requested())
                self._drop_withdrawn({page.n for page in found})
        except LedgerFault as fault:
            self.fault = str(fault)
            return ()
        if all(opened.page == opened.written for opened in self):
            self.fault = ""
        new = [page for page in found if self.numbered(page.n) is None]
        return tuple(self._arrived(page, now) for page in new)

    def change(self, opened: OpenPage, page: Page) -> None:
        """The page stands otherwise; `write` makes it durable."""
        if page.stage is not opened.page.stage:
            opened.since_s = self.mono_s()
        opened.page = page

    def write(self) -> tuple[OpenPage, ...]:
        """Make durable what has changed; returns what the front role had withdrawn meanwhile. Over is let go of."""
        withdrawn = []
        for opened in self:
            if opened.page != opened.written and not self._written(opened):
                withdrawn.append(opened)
            if opened.page == opened.written and opened.page.stage in OVER:
                del self._pages[opened.ticket]
        return tuple(withdrawn)

    def forget(self, before: datetime) -> int:
        """Take the names out of what was over before then."""
        try:
            return self.book.forget(before)
        except LedgerFault as fault:
            self.fault = str(fault)
            return 0

    def _open(self, page: Page, since_s: float) -> OpenPage:
        self._tickets += 1
        opened = OpenPage(self._tickets, page, since_s)
        self._pages[opened.ticket] = opened
        return opened

    def _arrived(self, page: Page, now: datetime) -> OpenPage:
        opened = self._open(page, self.mono_s() - max(0.0, now.timestamp() - page.since.timestamp()))
        opened.written = page
        return opened

    def _drop_withdrawn(self, requested: set[int]) -> None:
        for opened in self:
            written = opened.written
            undecided = written is not None and written.stage is Stage.REQUESTED and opened.page == written
            if undecided and opened.page.origin is Origin.FRONT and opened.page.n not in requested:
                del self._pages[opened.ticket]

    def _written(self, opened: OpenPage) -> bool:
        """False where the front role was faster and has withdrawn its request."""
        page, written = opened.page, opened.written
        try:
            if written is None:
                page = replace(page, n=self.book.enter(page))
            elif not self.book.keep(page, was=written.stage):
                if (page.origin, written.stage) == (Origin.FRONT, Stage.REQUESTED):
                    opened.page = opened.written = replace(page, stage=Stage.WITHDRAWN)
                    return False
                page = replace(page, n=self.book.enter(page))  # the ledger was damaged, and a fresh one was begun
        except LedgerFault as fault:
            self.fault = str(fault)
            return True
        self.fault = ""
        opened.page = opened.written = page
        return True
