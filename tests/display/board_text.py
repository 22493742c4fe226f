"""The board as text."""

from __future__ import annotations

from kiosk.display.board import Frame, frame
from kiosk.ports.broadcast import OnAirReport
from tests.display.airtime import TITLES


def text_of(shown: Frame) -> list[str]:
    return ["".join(segment.text for segment in line) for line in shown.lines]


def whole(report: OnAirReport, width: int = 100, height: int = 30) -> str:
    return "\n".join(text_of(frame(report, width, height, titles=TITLES)))
