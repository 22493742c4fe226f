"""The touchscreen under X11 at 1280x800: first frame, finger to pixel, transitions, rest, memory."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import psutil
import pytest

from kiosk.app.album import PANELS, Look, album
from kiosk.display.glyphs import Glyphs
from kiosk.display.marks import Placed
from kiosk.display.painter import Painter
from kiosk.display.placing import Placer
from kiosk.display.screens.faces import faces
from tests.audio.waiting import let_pass
from tests.bench.figures import Figures
from tests.stories.x_display import PRESENT, XDisplay, x_display

pytestmark = [pytest.mark.bench, pytest.mark.skipif(not PRESENT, reason="Xvfb is not installed")]

SIZE = "1280x800"
TAPS = 60
REST_S = 20.0
STARTS = 4  # the first compiles, and what else runs on the machine takes its share: the quickest counts
PEERS_S = "an equal screen: Chromium 0.8 to 1.1, Kivy 0.7 to 1.0, Qt Quick 0.3 to 0.5"
PEERS_MB = "an equal screen: Chromium 987, Kivy 172, Qt Quick 75"


@pytest.fixture
def x() -> Iterator[XDisplay]:
    panel = PANELS[SIZE]
    with x_display(panel.width, panel.height) as display:
        yield display


def placed() -> dict[str, Placed]:
    placer = Placer(PANELS[SIZE], Glyphs().measure)
    return {name: placer.place(screen) for name, screen in album(Look())}


def centre(screen: Placed, name: str) -> tuple[int, int]:
    left, top, width, height = next(target.rect for target in screen.targets if target.name == name)
    return left + width // 2, top + height // 4


@pytest.fixture(autouse=True)
def compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Modules are compiled once, as they are where the kiosk is installed."""
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    monkeypatch.setenv("PYTHONPYCACHEPREFIX", str(tmp_path / "compiled"))


def begun_child() -> subprocess.Popen[str]:
    command = (sys.executable, "-m", "tests.bench.touch_child", str(time.time()))
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def first_s_of(child: subprocess.Popen[str]) -> float:
    """When its first frame was there; then it is ended."""
    assert child.stdout is not None
    first_s = float(json.loads(child.stdout.readline())["first_s"])
    child.kill()
    child.communicate()
    return first_s


def test_the_touchscreen_under_x11(x: XDisplay, figures: Figures, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", x.name)
    monkeypatch.setenv("SDL_VIDEODRIVER", "x11")
    screens = placed()
    firsts_s = [first_s_of(begun_child()) for _ in range(STARTS)]
    child = begun_child()
    assert child.stdout is not None
    try:
        child.stdout.readline()
        process = psutil.Process(child.pid)
        let_pass(1.0)
        latencies_ms = []
        way = [("services", "fetch"), ("fetch", "type the code"), ("code", "fetch"), ("fetch", "home")]
        for place in range(TAPS):
            screen, name = way[place % len(way)]
            px, py = centre(screens[screen], name)
            spot = (px - 40, py, 1, 1)
            before = x.sees(spot)
            began_s = time.perf_counter()
            x.presses(px, py)
            while x.sees(spot) == before:
                assert time.perf_counter() - began_s < 5.0, (screen, name)
            latencies_ms.append(1000.0 * (time.perf_counter() - began_s))
            x.lets_go()
            let_pass(0.7)
        used_s = sum(process.cpu_times()[:2])
        let_pass(REST_S)
        rest = (sum(process.cpu_times()[:2]) - used_s) / REST_S
        rss_mb = process.memory_info().rss / 1e6
    finally:
        child.terminate()
        told = child.communicate()[0]
    frames_ms = json.loads(told)["frames_ms"]

    latencies_ms.sort()
    late = sum(frame > 1000.0 / 60.0 * 1.5 for frame in frames_ms) / len(frames_ms)
    figures.at_most("touchscreen: process start to the home screen", min(firsts_s), 0.5, "s", note=PEERS_S)
    figures.tell("touchscreen: touch to pixel, median", median(latencies_ms), "ms")
    figures.at_most("touchscreen: touch to pixel, p95", latencies_ms[int(0.95 * len(latencies_ms))], 5.0, "ms")
    figures.at_least("touchscreen: frames a second in transitions", 1000.0 / median(frames_ms), 59.0, "1/s")
    figures.at_most("touchscreen: late frames in transitions", 100.0 * late, 1.0, "%", note=f"of {len(frames_ms)}")
    figures.at_most("touchscreen: processor at rest", 100.0 * rest, 0.1, "%")
    figures.at_most("touchscreen: memory (screen alone)", rss_mb, 110.0, "MB", note=PEERS_MB)
    figures.tell("touchscreen: services on its home screen", len(faces()), "")


def test_painting(figures: Figures) -> None:
    """What a whole screen costs, the first time and again, and what a press costs."""
    screens, glyphs = placed(), Glyphs()
    panel = PANELS[SIZE]
    painter = Painter((panel.width, panel.height), glyphs)

    def took_ms(name: str, pressed: str = "") -> float:
        screen = screens[name]
        target = next((one for one in screen.targets if one.name == pressed), None)
        began_s = time.perf_counter()
        painter.show(screen, target, (0, 0, 0, 40), 0.0)
        return 1000.0 * (time.perf_counter() - began_s)

    figures.tell("touchscreen: home painted for the first time", took_ms("home"), "ms")
    figures.tell("touchscreen: a step painted for the first time", took_ms("deposit.put-in"), "ms")
    again = [took_ms(name) for _ in range(30) for name in ("home", "deposit.put-in")]
    figures.tell("touchscreen: a whole screen painted again, median", median(again), "ms")
    took_ms("home")
    presses = [took_ms("home", pressed) for _ in range(30) for pressed in ("store", "")]
    figures.tell("touchscreen: a card pressed or let go, median", median(presses), "ms")
    placer = Placer(panel, glyphs.measure)
    home = dict(album(Look()))["services"]
    began_s = time.perf_counter()
    placer.place(home)
    figures.tell(
        "touchscreen: home with every service, placed for the first time",
        1000.0 * (time.perf_counter() - began_s),
        "ms",
    )
    tree = dict(album(Look()))["deposit.put-in"]
    began_s = time.perf_counter()
    placer.place(tree)
    figures.tell("touchscreen: a screen placed for the first time", 1000.0 * (time.perf_counter() - began_s), "ms")
