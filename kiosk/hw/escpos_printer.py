"""A receipt printer that speaks ESC/POS: a sheet goes out in bands, each answered for before too many follow.

A sheet counts as printed only once the printer has answered the question that stands after its end. Its last piece is
held back until everything before it was worked off, so what breaks off earlier surely has no end on paper.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from kiosk.errors import DeviceFault, KioskError
from kiosk.hw.escpos_link import Cable, Link
from kiosk.hw.escpos_wire import (
    CLEAR,
    CLEARED,
    END,
    HOW_IT_IS,
    IN_TURN,
    PAPER,
    START,
    WHY_NOT,
    bands,
    condition_of,
    dots_of,
    heard,
    question,
)
from kiosk.ports.printer import Outcome, Raster
from kiosk.rules.printing.document import Document
from kiosk.rules.printing.jobs import Condition, Event

log = logging.getLogger(__name__)

AHEAD = 2  # bands on their way: the motor need not wait, and little can be lost sight of
ANSWER_S = 0.8
BAND_S = 3.0  # then it is asked whether it stands still
STALL_S = 20.0  # a cool-down of its head takes that long
RUBBISH = 3


class _Broken(Exception):
    """A sheet cannot go on; how the printer is."""

    def __init__(self, condition: Condition) -> None:
        super().__init__(condition.value)
        self.condition = condition


class EscposPrinter:
    """Implements ports.printer.Printer. One thread."""

    def __init__(
        self,
        cable: Cable,
        paint: Callable[[Document, int], Raster],
        *,
        dots: int,
        mono_s: Callable[[], float],
        stall_s: float = STALL_S,
    ) -> None:
        """paint: a sheet in dots, for a head so wide. dots: of the head. stall_s: it may stand still so long."""
        self._cable, self._paint, self._dots = cable, paint, dots
        self._mono_s, self._stall_s = mono_s, stall_s
        self._link: Link | None = None
        self._said = ""
        self._rubbish = 0
        self._answered = 0

    def look(self) -> Condition:
        try:
            return self._condition(self._open())
        except DeviceFault as fault:
            return self._lost(fault)

    def print(self, document: Document) -> Outcome:
        try:
            strips = [dots_of(strip) for strip in bands(self._paint(document, self._dots))]
        except KioskError as fault:
            log.error("%s cannot be painted: %s", document.title, fault)
            return Outcome(Event.NOT_BEGUN, Condition.BUSY)
        condition = self.look()
        if not condition.prints or self._link is None:
            return Outcome(Event.NOT_BEGUN, condition)
        ending = False
        try:
            self._answered = self._rubbish = 0
            self._link.send(START)
            for sent, strip in enumerate(strips, 1):
                self._link.send(strip + IN_TURN)
                self._await(self._link, sent - AHEAD + 1)
            self._await(self._link, len(strips))
            ending = True
            self._link.send(END + IN_TURN)
            self._await(self._link, len(strips) + 1)
            return Outcome(Event.DONE, self._condition(self._link))
        except _Broken as broken:
            self._clear()
            return Outcome(Event.LOST_SIGHT if ending else Event.BROKE_OFF, broken.condition)
        except DeviceFault as fault:
            return Outcome(Event.LOST_SIGHT if ending else Event.BROKE_OFF, self._lost(fault))

    def close(self) -> None:
        if self._link is not None:
            self._link.close()
            self._link = None

    def _open(self) -> Link:
        if self._link is None:
            self._link = self._cable.open()
            self._said = ""
        return self._link

    def _lost(self, fault: DeviceFault) -> Condition:
        if str(fault) != self._said:
            log.warning("%s", fault)
            self._said = str(fault)
        self.close()
        return Condition.OFFLINE

    def _condition(self, link: Link) -> Condition:
        """Ask it three questions. Raises DeviceFault where it does not answer at all."""
        while link.receive():
            pass  # what was said before answers something else
        answers = []
        for about in (HOW_IT_IS, WHY_NOT, PAPER):
            link.send(question(about))
            until_s, rubbish = self._mono_s() + ANSWER_S, 0
            while True:
                told = heard(link.receive())
                rubbish += told.rubbish
                if told.status is not None:
                    answers.append(told.status)
                    break
                if rubbish >= RUBBISH:
                    return Condition.GARBLED
                if self._mono_s() > until_s:
                    raise DeviceFault(f"the printer at {self._cable.name} does not answer: look at power and cable")
        return condition_of(*answers)

    def _await(self, link: Link, count: int) -> None:
        """Wait until so many bands were answered for. Raises _Broken, DeviceFault."""
        begun_s = asked_s = self._mono_s()
        while self._answered < count:
            told = heard(link.receive())
            self._answered += told.in_turn
            self._rubbish += told.rubbish
            if self._rubbish >= RUBBISH:
                raise _Broken(Condition.GARBLED)  # its answers cannot be believed any more
            now_s = self._mono_s()
            if told.in_turn:
                begun_s = asked_s = now_s
            elif now_s - asked_s > BAND_S:
                asked_s = now_s
                condition = self._while_waiting(link)
                if not condition.prints:
                    raise _Broken(condition)
                if now_s - begun_s > self._stall_s:
                    raise _Broken(Condition.BUSY)

    def _while_waiting(self, link: Link) -> Condition:
        """How it is, without letting an answer in turn pass by. Raises DeviceFault where it says nothing."""
        answers = []
        for about in (HOW_IT_IS, WHY_NOT, PAPER):
            link.send(question(about))
            until_s = self._mono_s() + ANSWER_S
            while True:
                told = heard(link.receive())
                self._answered += told.in_turn
                self._rubbish += told.rubbish
                if told.status is not None:
                    answers.append(told.status)
                    break
                if self._mono_s() > until_s:
                    raise DeviceFault(f"the printer at {self._cable.name} fell silent: look at power and cable")
        return condition_of(*answers)

    def _clear(self) -> None:
        """What it still holds must not come out once there is paper again."""
        if self._link is None:
            return
        try:
            self._link.send(CLEAR)
            until_s = self._mono_s() + ANSWER_S
            while self._mono_s() < until_s:
                if CLEARED in self._link.receive():
                    return
            log.info("the printer at %s does not say that it threw its buffer away", self._cable.name)
        except DeviceFault as fault:
            self._lost(fault)
