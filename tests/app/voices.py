"""Voices that fail, for the process that is to be one: it imports no more than this."""

from __future__ import annotations

from multiprocessing.connection import Connection
from pathlib import Path

from kiosk.rules.speech.settings import SpeechSettings


def ends_at_once(
    orders: Connection, settings: SpeechSettings, shelf: Path, device: str, others: tuple[str, ...]
) -> None:
    """A voice whose output is not there."""
