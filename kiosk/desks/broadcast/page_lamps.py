"""What the lamps of the buttons that concern pages say."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from kiosk.desks.broadcast.attendant import Desk
from kiosk.rules.broadcast.page_watch import Page, Stage
from kiosk.rules.broadcast.paging import PageRequest
from kiosk.rules.broadcast.panel import Button, ButtonAction, Lamp


@dataclass(slots=True)
class PageLamps:
    """as_said: the request of a button's page as it is aired. Worked out anew only where a page has changed."""

    as_said: Callable[[PageRequest], PageRequest]
    _lit: tuple[Page, ...] | None = None

    def show(self, desk: Desk, pages: tuple[Page, ...]) -> None:
        """A lamp blinks where its button would make a difference; that of a page is lit while it is heard."""
        if pages == self._lit:
            return
        self._lit = pages
        for button in desk.counter.buttons.values():
            if (lamp := self._lamp(button, pages)) is not None:
                desk.lamps[button.id] = lamp

    def _lamp(self, button: Button, pages: Collection[Page]) -> Lamp | None:
        if button.action in (ButtonAction.APPROVE, ButtonAction.DECLINE):
            return _blinks(any(page.stage is Stage.REQUESTED for page in pages))
        if button.action is ButtonAction.REACHED:
            return _blinks(any(page.stage is Stage.CALLED and page.questions for page in pages))
        if button.page is None:
            return None
        request = self.as_said(button.page)
        stages = {page.stage for page in pages if page.request == request}
        return Lamp.ON if Stage.ON_AIR in stages else _blinks(Stage.WAITING in stages)


def _blinks(waits: bool) -> Lamp:
    return Lamp.WAIT if waits else Lamp.OFF
