"""Which of a screen's notes are still shown: each for its while, counted from when it was first there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kiosk.display.marks import Mark, Note


class Notes:
    """now_s: monotonic. The window's thread only."""

    def __init__(self) -> None:
        self._since_s: dict[str, float] = {}

    def show(self, notes: Iterable[Note], now_s: float) -> None:
        """These are on the screen now."""
        self._since_s = {note.key: self._since_s.get(note.key, now_s) for note in notes}

    def marks(self, notes: Iterable[Note], now_s: float) -> Iterator[Mark]:
        """What of them is to be seen."""
        for note in notes:
            if self._left_s(note, now_s) > 0:
                yield from note.marks

    def due_s(self, notes: Iterable[Note], now_s: float) -> float:
        """In how many seconds the next of them leaves."""
        left = (self._left_s(note, now_s) for note in notes)
        return min((one for one in left if one > 0), default=float("inf"))

    def _left_s(self, note: Note, now_s: float) -> float:
        return self._since_s.get(note.key, now_s) + note.lasts_s - now_s
