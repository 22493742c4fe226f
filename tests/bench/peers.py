"""An equal screen drawn by other means, where they are installed: a head, and nine cards with a sign and a line.

KIOSK_PEER_PYTHON names an interpreter that has PySide6 or PyQt, where this one has neither. Run as a script with the
path of a .qml that it is to write, this module draws the screen with Qt Quick.
"""

from __future__ import annotations

import importlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

WIDTH, HEIGHT, COLUMNS = 1280, 800, 3
WORDS = ("存包", "取包", "退换货", "问询", "寻人", "失物招领", "借伞", "投诉与表扬", "评价服务")
PAGE, BRAND, CARD, INK = "#f4f7fe", "#2562ea", "#ffffff", "#1b2340"
FONT = Path(__file__).parents[2] / "kiosk" / "display" / "fonts" / "NotoSansSC-Regular.ttf"
BINDINGS = ("PySide6", "PyQt6", "PySide2", "PyQt5")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True, slots=True)
class Peer:
    """command: draws the screen until it is ended; empty where it is not installed."""

    name: str
    command: Sequence[str]


def peers(folder: Path) -> Iterator[Peer]:
    """Each known one. folder: for what it reads and writes."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    page = folder / "peer.html"
    page.write_text(_html(), encoding="utf-8")
    flags = ("--kiosk", "--no-first-run", "--no-sandbox", f"--user-data-dir={folder / 'chromium'}", page.as_uri())
    yield Peer("Chromium, kiosk", () if browser is None else (browser, *flags))
    python = os.environ.get("KIOSK_PEER_PYTHON", sys.executable)
    drawn = (python, str(Path(__file__)), str(folder / "peer.qml"))
    yield Peer("Qt Quick, software", drawn if _has_qt(python) else ())


def _has_qt(python: str) -> bool:
    tried = f"import importlib.util as u, sys; sys.exit(not any(u.find_spec(one) for one in {BINDINGS}))"
    return subprocess.run([python, "-c", tried], check=False).returncode == 0


def _cards() -> Iterator[tuple[int, int, str]]:
    for place, word in enumerate(WORDS):
        yield 40 + place % COLUMNS * 405, 120 + place // COLUMNS * 220, word


def _html() -> str:
    cards = "".join(f'<div class="card" style="left:{x}px;top:{y}px"><i></i>{word}</div>' for x, y, word in _cards())
    return (
        f"<style>@font-face{{font-family:N;src:url({FONT.as_uri()})}}"
        f"body{{margin:0;background:{PAGE};font:32px N;color:{INK}}}header{{height:90px;background:{BRAND}}}"
        f".card{{position:absolute;width:390px;height:200px;background:{CARD};border-radius:24px;"
        "box-shadow:0 6px 24px #0002;display:flex;align-items:center;justify-content:center;gap:24px}"
        f"i{{width:64px;height:64px;border-radius:32px;background:{BRAND}}}</style><header></header>{cards}"
    )


def _qml() -> str:
    cards = "".join(
        f'Rectangle {{ x: {x}; y: {y}; width: 390; height: 200; radius: 24; color: "{CARD}"; border.color: "#dde3f2"\n'
        f"  Row {{ anchors.centerIn: parent; spacing: 24\n"
        f'    Rectangle {{ width: 64; height: 64; radius: 32; color: "{BRAND}" }}\n'
        f'    Text {{ text: "{word}"; color: "{INK}"; font.pixelSize: 32; font.family: noto.name\n'
        "      anchors.verticalCenter: parent.verticalCenter } } }\n"
        for x, y, word in _cards()
    )
    return (
        f'import QtQuick 2.15\nRectangle {{ width: {WIDTH}; height: {HEIGHT}; color: "{PAGE}"\n'
        f'  FontLoader {{ id: noto; source: "{FONT.as_uri()}" }}\n'
        f'  Rectangle {{ width: parent.width; height: 90; color: "{BRAND}" }}\n{cards}}}\n'
    )


def _draw_with_qt(component: Path) -> None:
    os.environ.setdefault("QT_QUICK_BACKEND", "software")
    parts: dict[str, Any] = {}
    for binding in BINDINGS:
        try:
            for part in ("QtGui", "QtQuick", "QtCore"):
                parts[part] = importlib.import_module(f"{binding}.{part}")
        except ImportError:
            continue
        break
    application = parts["QtGui"].QGuiApplication(sys.argv[:1])
    component.write_text(_qml(), encoding="utf-8")
    view = parts["QtQuick"].QQuickView()
    view.setFlags(parts["QtCore"].Qt.WindowType.FramelessWindowHint)
    view.setSource(parts["QtCore"].QUrl.fromLocalFile(str(component)))
    view.setGeometry(0, 0, WIDTH, HEIGHT)
    view.show()
    application.exec()


if __name__ == "__main__":
    _draw_with_qt(Path(sys.argv[1]))
