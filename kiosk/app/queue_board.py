"""The queue's board for whoever shows it: read from the ledger once a second, on a display of its own where wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import lru_cache

from kiosk.app.bag_day import store_day_of
from kiosk.config.site import Site
from kiosk.desks.service.queue_desk import QueueDesk
from kiosk.display.parts import Kit
from kiosk.display.screens.queue_board import hung
from kiosk.display.screens.scene import Scene
from kiosk.display.theme import Panel, Theme
from kiosk.display.widgets import Screen
from kiosk.display.words import words
from kiosk.errors import LedgerFault
from kiosk.ledger.queue_tickets import LedgerQueue
from kiosk.ledger.store import Ledger
from kiosk.ports.touchscreen import FrontView
from kiosk.rules.front.session import Session
from kiosk.rules.front.taps import Tap
from kiosk.rules.service.queue_board import Board
from kiosk.units import Language

NOTHING = Board()
EACH_S = 12  # a language is shown for so long


def board_watch(site: Site, ledger: Callable[[], Ledger]) -> Callable[[datetime], Board]:
    """The board at a moment; an empty one while the ledger cannot be read, which others tell."""
    desk = QueueDesk(LedgerQueue(ledger, site.zone_info), store_day_of(site))

    @lru_cache(maxsize=1)
    def of_second(now: datetime) -> Board:
        try:
            return desk.board(site.queue.desks, now)
        except LedgerFault:
            return NOTHING

    return lambda now: of_second(now.replace(microsecond=0))


class BoardFace:
    """Implements display.window.Face: the board, in one of the store's languages after the other."""

    def __init__(
        self,
        panel: Panel,
        names: Mapping[Language, str],
        languages: tuple[Language, ...],
        board: Callable[[datetime], Board],
        clock: Callable[[], datetime],
    ) -> None:
        self._board, self._languages, self._clock = board, languages, clock
        self._view = FrontView(names)
        self._kits = {one: Kit(Theme(panel), words(one)) for one in languages}
        self._made: tuple[object, Screen] | None = None

    def screen(self) -> Screen:
        now = self._clock()
        board = self._board(now)
        language = self._languages[int(now.timestamp()) // EACH_S % len(self._languages)]
        lit = now.second % 2 if any(place.fresh for place in board.places) else 0
        moment = (board, language, lit, now.replace(second=0, microsecond=0))
        if self._made is None or self._made[0] != moment:
            scene = Scene(self._kits[language], Session(language=language), self._view, now, 0.0)
            self._made = moment, hung(scene, board)
        return self._made[1]

    def ahead(self) -> Iterator[Screen]:
        return iter(())

    def left(self) -> int:
        return 0

    def press_color(self) -> tuple[int, int, int, int]:
        return (0, 0, 0, 0)

    def tapped(self, tap: Tap) -> None:
        """Nobody touches it."""

    def touched(self) -> None:
        """Nobody touches it."""

    def due_s(self) -> float:
        return 1.001 - self._clock().microsecond / 1e6

    def over(self) -> bool:
        return False
