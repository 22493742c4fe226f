"""The pages without a file: for tests, rendering and simulation; it can fill up as a disk can."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from kiosk.errors import LedgerFault
from kiosk.rules.broadcast.page_watch import OVER, MessageSlip, Origin, Page, Stage


class MemoryPages:
    """Implements PageBook. `pages` by number; one thread at a time. slips_written: how often, by page."""

    def __init__(self) -> None:
        self.pages: dict[int, Page] = {}
        self.slips: dict[int, MessageSlip] = {}
        self.full = False

    def enter(self, page: Page) -> int:
        """A page that was asked for."""
        self._write()
        n = len(self.pages) + 1
        self.pages[n] = replace(page, n=n)
        self._write_slip(n, page)
        return n

    def keep(self, page: Page, *, was: Stage) -> bool:
        """How the page stands now, where it was at `was`."""
        self._write()
        if self.pages[page.n].stage is not was:
            return False
        if was in OVER:
            raise LedgerFault(f"page {page.n} is over: it stays {was.value}")
        self._write_slip(page.n, page)
        self.pages[page.n] = replace(page, slip=self.slips.get(page.n))
        return True

    def unfinished(self) -> tuple[Page, ...]:
        """Every page that is not over, oldest first."""
        self._read()
        return tuple(page for page in self.pages.values() if page.stage not in OVER)

    def requested(self) -> tuple[Page, ...]:
        """What the front role asks for and nobody has decided on."""
        pages = self.unfinished()
        return tuple(page for page in pages if (page.stage, page.origin) == (Stage.REQUESTED, Origin.FRONT))

    def forget(self, before: datetime) -> int:
        """Take the names out of what was over before then."""
        self._write()
        old = [page for page in self.pages.values() if page.stage in OVER and page.since < before and _names(page)]
        for page in old:
            request = replace(page.request, name="", place="", plate="")
            slip = None if page.slip is None else MessageSlip("", "", "", "", page.slip.when)
            self.pages[page.n] = replace(page, request=request, caller="", number="", why="", slip=slip)
        return len(old)

    def _write_slip(self, n: int, page: Page) -> None:
        if page.slip is not None:
            self.slips.setdefault(n, page.slip)

    def _write(self) -> None:
        if self.full:
            raise LedgerFault("the pages in memory have no room")

    _read = _write


def _names(page: Page) -> bool:
    return any((page.request.name, page.request.plate, page.caller, page.number))
