"""A scanner without a device, for the demo and for tests: what shoppers hold to it is said by a call."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.hw.scanner import REPEAT_S
from kiosk.ports.lockers import ReaderReport, Scanned


class SimulatedScanner:
    """Posts what Scanner would, in the caller's thread."""

    def __init__(
        self, name: str, *, post: Callable[[Scanned | ReaderReport], None], mono_s: Callable[[], float]
    ) -> None:
        self._name = name
        self._post, self._mono_s = post, mono_s
        self._plugged, self._closed = True, False
        self._last = ("", float("-inf"))

    def show(self, text: str) -> None:
        """Somebody holds a code to it; nothing happens while it is unplugged or closed."""
        if not self._plugged or self._closed:
            return
        now_s = self._mono_s()
        before, at_s = self._last
        self._last = (text, now_s)
        if text != before or now_s - at_s >= REPEAT_S:
            self._post(Scanned(self._name, text, now_s))

    def unplug(self) -> None:
        """Its cable is pulled out."""
        self._plug(False, f"the scanner {self._name} cannot be read: it is unplugged (plug it in)")

    def plug_in(self) -> None:
        """Its cable is put back."""
        self._plug(True, "")

    def close(self) -> None:
        """Deaf from now on; twice does no harm."""
        self._closed = True

    def _plug(self, plugged: bool, why: str) -> None:
        if plugged != self._plugged and not self._closed:
            self._plugged = plugged
            self._post(ReaderReport(self._name, why))
