"""The front role from its start to a screen that answers, its memory, and an equal screen drawn by peers, in turns."""

from __future__ import annotations

import os
import shutil
import subprocess
import sysconfig
import venv
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter

import psutil
import pytest

from tests.audio.waiting import eventually, let_pass
from tests.bench.figures import Figures
from tests.bench.peers import HEIGHT, WIDTH, peers
from tests.noon import DEMO_ZONE, noon_zone
from tests.stories.x_display import PRESENT, XDisplay, x_display

pytestmark = [pytest.mark.bench, pytest.mark.skipif(not PRESENT, reason="Xvfb is not installed")]

STARTS = 10
PATIENCE_S = 60.0
SETTLED_S = 3.0
PROJECT = Path(__file__).parents[2]
MIDDLE, HEAD, NOTHING = (640, 300, 1, 1), (600, 4, 1, 1), bytes(3)


@dataclass(slots=True)
class Started:
    """What was measured of one that draws, once for each start. Memory of all its processes, what they share counted
    once (pss) or for each of them (rss)."""

    firsts_s: list[float] = field(default_factory=list)
    homes_s: list[float] = field(default_factory=list)
    rss_mb: list[float] = field(default_factory=list)
    pss_mb: list[float] = field(default_factory=list)
    processes: int = 0


@pytest.fixture
def x() -> Iterator[XDisplay]:
    with x_display(WIDTH, HEIGHT) as display:
        yield display


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An interpreter that finds the kiosk as an installed one does: without what a developer has besides."""
    where = tmp_path_factory.mktemp("installed") / "venv"
    venv.create(where, symlinks=True)
    lib = Path(sysconfig.get_path("purelib", vars={"base": str(where), "platbase": str(where)}))
    (lib / "kiosk.pth").write_text(f"{PROJECT}\n{sysconfig.get_path('purelib')}\n", encoding="utf-8")
    return where / "bin" / "python"


@pytest.fixture
def environment(x: XDisplay, tmp_path: Path) -> Mapping[str, str]:
    """Modules are compiled once, as they are where the kiosk is installed."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    compiled = {"PYTHONPYCACHEPREFIX": str(tmp_path / "compiled")}
    return {**bare, **compiled, "DISPLAY": x.name, "SDL_VIDEODRIVER": "x11", "QT_QPA_PLATFORM": "xcb"}


@contextmanager
def begun(command: Sequence[str], environment: Mapping[str, str], x: XDisplay) -> Iterator[psutil.Process]:
    """It runs; afterwards nothing of it is left, nor of what it drew."""
    drawing = psutil.Popen(command, env=dict(environment), stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        yield drawing
    finally:
        children = drawing.children(recursive=True)
        drawing.terminate()
        drawing.wait(PATIENCE_S)
        psutil.wait_procs(children, PATIENCE_S)
        eventually(lambda: x.sees(MIDDLE) == NOTHING, within_s=PATIENCE_S, what="the screen is dark")


def until(seen: Callable[[], bool]) -> float:
    """When that was so, looked at every two milliseconds."""
    began_s = perf_counter()
    while not seen():
        assert perf_counter() - began_s < PATIENCE_S
        let_pass(0.002)
    return perf_counter()


def start(into: Started, command: Sequence[str], environment: Mapping[str, str], x: XDisplay, *, wakes: bool) -> None:
    """wakes: it shows that it gets ready first."""
    began_s = perf_counter()
    with begun(command, environment, x) as drawing:
        into.firsts_s.append(until(lambda: NOTHING not in (x.sees(MIDDLE), x.sees(HEAD))) - began_s)
        if wakes:
            first = x.sees(HEAD)
            into.homes_s.append(until(lambda: x.sees(HEAD) != first) - began_s)
        let_pass(SETTLED_S)
        used = [one.memory_full_info() for one in (drawing, *drawing.children(recursive=True))]
        into.rss_mb.append(sum(one.rss for one in used) / 1e6)
        into.pss_mb.append(sum(one.pss for one in used) / 1e6)
        into.processes = len(used)


def a_site(root: Path) -> Path:
    """The demo store with a touchscreen, where it is noon: closed, it would show less."""
    for part in ("schedules", "sounds"):
        shutil.copytree(PROJECT / part, root / part)
    text = (PROJECT / "site.toml").read_text(encoding="utf-8")
    text = text.replace(DEMO_ZONE, noon_zone(), 1)
    (root / "site.toml").write_text(text + "\n[touchscreen]\nwidth_mm = 217.0\n", encoding="utf-8")
    return root


def test_the_front_role_lights_its_screen_up(
    x: XDisplay, figures: Figures, environment: Mapping[str, str], python: Path, tmp_path: Path
) -> None:
    where = ("--site", str(a_site(tmp_path / "site")), "--state", str(tmp_path / "state"))
    role = (str(python), "-m", "kiosk", "run", "front", *where)
    installed = [peer for peer in peers(tmp_path) if peer.command]
    missing = [peer.name for peer in peers(tmp_path) if not peer.command]
    ours, theirs = Started(), {peer.name: Started() for peer in installed}
    start(Started(), role, environment, x, wakes=True)  # compiles, and makes the ledger
    for _ in range(STARTS):
        start(ours, role, environment, x, wakes=True)
        for peer in installed:
            start(theirs[peer.name], peer.command, environment, x, wakes=False)

    how = f"median of {STARTS}; quickest {min(ours.firsts_s):.2f}"
    figures.at_most("front role: start to its first frame", median(ours.firsts_s), 0.5, "s", note=how)
    how = f"median; quickest {min(ours.homes_s):.2f}"
    figures.tell("front role: start to the home screen", median(ours.homes_s), "s", note=how)
    how = f"{ours.processes} processes"
    figures.at_most("front role with its screen: memory, shared once", max(ours.pss_mb), 110.0, "MB", note=how)
    figures.tell("front role with its screen: sum of RSS", max(ours.rss_mb), "MB", note=how)
    for name, one in theirs.items():
        how = f"beside it, in turns; {one.processes} processes"
        figures.tell(f"an equal screen, {name}: start to its first frame", median(one.firsts_s), "s", note=how)
        figures.tell(f"an equal screen, {name}: memory, shared once", max(one.pss_mb), "MB", note=how)
        figures.tell(f"an equal screen, {name}: sum of RSS", max(one.rss_mb), "MB", note=how)
    for name in missing:
        figures.tell(f"an equal screen, {name}", 0.0, "", note="not installed")
