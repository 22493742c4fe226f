"""The touchscreen alone, for a bench to touch: tells when its first frame is there, and at its end what frames took."""

from __future__ import annotations

import json
import signal
import sys
import time
from zoneinfo import ZoneInfo

from kiosk.app.touchscreen import Touchscreen
from kiosk.display.screens.faces import faces
from kiosk.display.theme import Panel
from kiosk.display.window import Opening, Window
from kiosk.hw.clock import SystemClock
from kiosk.ports.touchscreen import FrontView
from kiosk.rules.lockers.locker import Size
from kiosk.units import LANGUAGES

NAMES = dict(zip(LANGUAGES, ("和风百货", "和風百貨", "Hefeng Department Store"), strict=True))
FREE = {Size.SMALL: 8, Size.MEDIUM: 5, Size.LARGE: 0}


def main() -> None:
    over = []
    signal.signal(signal.SIGTERM, lambda number, frame: over.append(number))
    panel = Panel(1280, 800, 217.0)
    face = Touchscreen(panel, SystemClock(ZoneInfo("Asia/Shanghai")), lambda message: None, over=lambda: bool(over))
    face.tell(FrontView(NAMES, FREE, services=tuple(faces())))
    frames_ms: list[float] = []
    with Window(Opening(panel, whole=True)) as window:
        window.draw(face)
        began_s = float(sys.argv[1])
        sys.stdout.write(json.dumps({"first_s": time.time() - began_s}) + "\n")
        sys.stdout.flush()
        before_s = 0.0
        while not face.over():
            moving = window.painter.moving
            window.step(face)
            now_s = time.monotonic()
            if moving and window.painter.moving and before_s:
                frames_ms.append(1000.0 * (now_s - before_s))
            before_s = now_s if window.painter.moving else 0.0
    sys.stdout.write(json.dumps({"frames_ms": frames_ms}) + "\n")


if __name__ == "__main__":
    main()
