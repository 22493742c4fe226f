"""What merely happened stays in the ledger until somebody has seen to it: a role that starts anew tells it again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.ports.seen_warnings import UnseenBook
from kiosk.ports.staff_view import Warned

KEEP = timedelta(days=30)  # what nobody has seen to for so long, nobody will
MOST = 100  # of each role; the log has all of them
LATER_S = 2.0  # before a ledger that could not be read or written is tried again


@dataclass(slots=True)
class Unseen:
    """The desk's thread only. recall: shows what was told before, oldest first. forget: takes down what nobody saw to.

    The ledger follows what the desk tells: one write when something happened, one when it was seen to, none otherwise.
    """

    book: UnseenBook
    recall: Callable[[tuple[Warned, ...]], None]
    forget: Callable[[Warned], None]
    _kept: dict[str, Warned] | None = None
    _tried_s: float = float("-inf")

    def keep(self, warned: Iterable[Warned], now: datetime, mono_s: float) -> bool:
        """Have the ledger say what the desk tells; whether it does. Raises LedgerFault; it is tried again then."""
        told = {one.text: one for one in warned if one.happened}
        if self._kept is not None and told.keys() == self._kept.keys():
            return True
        if mono_s - self._tried_s < LATER_S:
            return False
        self._tried_s = mono_s
        if self._kept is None:
            told = self._recalled(told)
        self._follow(told, now)
        self._tried_s = float("-inf")
        return True

    def _recalled(self, told: dict[str, Warned]) -> dict[str, Warned]:
        before = self.book.unseen()
        self._kept = {one.text: one for one in before}
        self.recall(before)
        return {**self._kept, **{text: one for text, one in told.items() if text not in self._kept}}

    def _follow(self, told: dict[str, Warned], now: datetime) -> None:
        assert self._kept is not None
        left = [one for one in told.values() if now - one.at <= KEEP][-MOST:]
        stays = {one.text: one for one in left}
        fresh = tuple(one for text, one in stays.items() if text not in self._kept)
        over = tuple(text for text in self._kept if text not in stays)
        if fresh or over:
            self.book.change(fresh, over)
        self._kept = stays
        for text, one in told.items():
            if text not in stays:
                self.forget(one)
