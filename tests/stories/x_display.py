"""An X server without a screen, with a hand that really clicks (XTEST) and an eye that reads its pixels."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from shutil import which

from Xlib import X
from Xlib.display import Display
from Xlib.ext import xtest

from kiosk.display.marks import Rect

PRESENT = which("Xvfb") is not None


class XDisplay:
    """name: for DISPLAY."""

    def __init__(self, name: str, server: subprocess.Popen[bytes]) -> None:
        self.name, self._server = name, server
        self._display = Display(name)
        self._open = True

    def dies(self) -> None:
        """As if somebody had pulled the plug."""
        self.close()
        self._server.kill()
        self._server.wait()

    def clicks(self, x: int, y: int) -> None:
        self.presses(x, y)
        self.lets_go()

    def lets_go(self) -> None:
        self._input(X.ButtonRelease, 1)

    def presses(self, x: int, y: int) -> None:
        xtest.fake_input(self._display, X.MotionNotify, x=x, y=y)
        self._input(X.ButtonPress, 1)

    def moves(self, x: int, y: int) -> None:
        """The hand, wherever it holds the button or not."""
        xtest.fake_input(self._display, X.MotionNotify, x=x, y=y)
        self._display.sync()

    def turns_wheel(self) -> None:
        """One notch down, where the hand is."""
        self._input(X.ButtonPress, 5)
        self._input(X.ButtonRelease, 5)

    def sees(self, rect: Rect) -> bytes:
        """The pixels there, as RGB."""
        image = self._display.screen().root.get_image(*rect, X.ZPixmap, 0xFFFFFFFF)
        data = image.data
        whole = bytearray(len(data) // 4 * 3)
        whole[0::3], whole[1::3], whole[2::3] = data[2::4], data[1::4], data[0::4]
        return bytes(whole)

    def close(self) -> None:
        if self._open:
            self._open = False
            self._display.close()

    def _input(self, kind: int, button: int) -> None:
        xtest.fake_input(self._display, kind, button)
        self._display.sync()


@contextmanager
def x_display(width: int, height: int, number: str = "", *, second: str = "") -> Iterator[XDisplay]:
    """A server of its own, on a display number that it finds itself unless told (":7"). second: another display beside
    it, as "1920x1080"."""
    reading, writing = os.pipe()
    beside = ("-screen", "1", f"{second}x24") if second else ()
    command = ("-displayfd", str(writing), "-screen", "0", f"{width}x{height}x24", *beside, "-nolisten", "tcp")
    server = subprocess.Popen(
        ["Xvfb", *filter(None, [number]), *command],
        pass_fds=(writing,),
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as told:
        found = told.readline().strip()
    try:
        display = XDisplay(f":{found}", server)
        try:
            yield display
        finally:
            display.close()
    finally:
        server.terminate()
        server.wait()
