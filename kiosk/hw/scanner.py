"""A scanner of bar codes, QR codes or RFID chips; unplugged, it is told, and waited for."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from kiosk.hw.key_frames import KeyFrames
from kiosk.hw.listening import AGAIN_S, READ_S, KeySource, Lost, Opened, SerialSource, Source, heard
from kiosk.hw.scan_frames import ScanFrames
from kiosk.ports.lockers import ReaderReport, Scanned
from kiosk.sentences import N_, tell

log = logging.getLogger(__name__)

REPEAT_S = 2.0  # a code that stays before the scanner is read many times; it is posted once
GARBLED = 3  # codes without sense in a row before somebody is told
INPUT_DEVICES = "/dev/input/"

Post = Callable[[Scanned | ReaderReport], None]


class Codes(Protocol):
    """Cuts what a device sends into codes."""

    garbled: int

    def feed(self, data: bytes) -> list[str]: ...

    def rest(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Device:
    """What a scanner hangs on. codes: how its bytes become codes, anew whenever it is opened. remedy: if it is lost."""

    open_source: Callable[[], Source]
    codes: Callable[[], Codes]
    remedy: str = N_("plug it in")


class Scanner:
    """Posts Scanned and ReaderReport from a thread of its own. Nothing raises: what is wrong is a ReaderReport.

    What is scanned is logged nowhere: whoever reads it could print the tag.
    """

    def __init__(
        self,
        name: str,
        device: Device,
        *,
        post: Post,
        mono_s: Callable[[], float],
        again_s: float = AGAIN_S,
    ) -> None:
        """name: what site.toml calls it. again_s: before a device that is gone is tried again."""
        self._name = name
        self._device, self._again_s = device, again_s
        self._post, self._mono_s = post, mono_s
        self._why = ""
        self._last = ("", float("-inf"))
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"scanner-{name}", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Let go of the device; twice does no harm."""
        self._stop.set()
        self._thread.join(timeout=2 * READ_S + 1.0)

    def _run(self) -> None:
        codes = self._device.codes()
        sensible = 0  # how many were garbled when the last good one came
        for news in heard(self._device.open_source, self._stop, again_s=self._again_s):
            match news:
                case Opened():
                    codes, sensible = self._device.codes(), 0
                    self._report("")
                case Lost(said):
                    self._report(
                        tell(
                            "the scanner {scanner} cannot be read: {said} ({remedy})",
                            scanner=self._name,
                            said=said,
                            remedy=tell(self._device.remedy),
                        )
                    )
                case b"":
                    codes.rest()
                case data:
                    for text in codes.feed(data):
                        sensible = codes.garbled
                        self._report("")
                        self._scanned(text)
            if codes.garbled - sensible >= GARBLED:
                remedy = tell("check its baud in [[scanners]], and that it ends each code with CR")
                self._report(
                    tell("the scanner {scanner} sends nothing sensible ({remedy})", scanner=self._name, remedy=remedy)
                )

    def _scanned(self, text: str) -> None:
        now_s = self._mono_s()
        before, at_s = self._last
        self._last = (text, now_s)
        if text != before or now_s - at_s >= REPEAT_S:
            self._post(Scanned(self._name, text, now_s))

    def _report(self, why: str) -> None:
        if why != self._why:
            self._why = why
            self._post(ReaderReport(self._name, why))


def device_at(path: str, baud: int) -> Device:
    """Below /dev/input one that types, which is grabbed; any other is a serial port. baud: its speed."""
    where = "plug it in, or name it in [[scanners]]; the kiosk's user must be in the group"
    if path.startswith(INPUT_DEVICES):
        return Device(partial(KeySource, path), KeyFrames, f"{where} input")
    return Device(partial(SerialSource, path, baud), ScanFrames, f"{where} dialout")
