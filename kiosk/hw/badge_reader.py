"""The reader of badges at the announcer's panel, on a serial port; unplugged, it is told, and waited for."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from functools import partial

from kiosk.hw.badge_frames import BadgeFrames
from kiosk.hw.listening import AGAIN_S, READ_S, Lost, Opened, SerialSource, heard
from kiosk.rules.people.badge import BadgeShown
from kiosk.sentences import tell

log = logging.getLogger(__name__)

REPEAT_S = 2.0  # a badge that stays at the reader is sent many times a second; it is shown once
GARBLED = 3  # frames without sense in a row before somebody is told


class BadgeReader:
    """Posts BadgeShown from a thread of its own. Nothing raises: a port that cannot be used is told by `tell`.

    device: as /dev/ttyUSB0. tell: where a person reads what is wrong, and that it is well again. again_s: patience.
    """

    def __init__(
        self,
        device: str,
        baud: int,
        *,
        post: Callable[[BadgeShown], None],
        tell: Callable[[str], None],
        mono_s: Callable[[], float],
        again_s: float = AGAIN_S,
    ) -> None:
        self._device, self._baud = device, baud
        self._post, self._tell, self._mono_s = post, tell, mono_s
        self._again_s = again_s
        self._closing = threading.Event()
        self._missing = False
        self._last = ("", float("-inf"))
        self._thread = threading.Thread(target=self._run, name="badge-reader", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Let go of the port; twice does no harm."""
        self._closing.set()
        self._thread.join(timeout=2 * READ_S + 1.0)

    def _run(self) -> None:
        frames = BadgeFrames()
        garbled = told = 0
        for news in heard(partial(SerialSource, self._device, self._baud), self._closing, again_s=self._again_s):
            match news:
                case Opened():
                    self._found()
                    frames = BadgeFrames()
                    garbled = told = 0
                    continue
                case Lost(said):
                    self._lost(said)
                    continue
                case data:
                    numbers = frames.feed(data)
            for number in numbers:
                self._shown(number)
            if numbers:
                garbled, told = frames.garbled, 0
            elif frames.garbled - garbled >= GARBLED and not told:
                told = 1
                self._tell(
                    tell(
                        "the badge reader at {device} sends nothing sensible: check baud in [badge]",
                        device=self._device,
                    )
                )

    def _shown(self, number: str) -> None:
        """Once for a badge that is held there; the number itself is logged nowhere."""
        now_s = self._mono_s()
        before, at_s = self._last
        self._last = (number, now_s)
        if number != before or now_s - at_s >= REPEAT_S:
            self._post(BadgeShown(number))

    def _found(self) -> None:
        if self._missing:
            self._tell(tell("the badge reader at {device} is back", device=self._device))
        self._missing = False

    def _lost(self, said: str) -> None:
        if not self._missing:
            remedy = tell("plug it in, or name its port in [badge]; the kiosk's user must be in the group dialout")
            self._tell(
                tell(
                    "the badge reader at {device} cannot be read: {said} ({remedy})",
                    device=self._device,
                    said=said,
                    remedy=remedy,
                )
            )
        self._missing = True
