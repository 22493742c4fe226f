"""What of a screen is said when: all of another screen, what is new of the same one, and no number that counts down."""

from __future__ import annotations

import re

from kiosk.display.spoken import sentences
from kiosk.display.widgets import Screen
from kiosk.ports.touchscreen import ReadingVoice
from kiosk.rules.front.session import Session
from kiosk.units import Language

NUMBERS = re.compile(r"\d+")


class Aloud:
    """Window's thread."""

    def __init__(self, voice: ReadingVoice) -> None:
        self._voice = voice
        self._on = False
        self._last: tuple[str, Language] = ("", Language(""))
        self._known: frozenset[str] = frozenset()

    def shows(self, screen: Screen, session: Session) -> None:
        """That screen is shown now."""
        if not session.ease.aloud:
            if self._on:
                self._on = False
                self._last, self._known = ("", session.language), frozenset()
                self._voice.say((), session.language)
            return
        said = sentences(screen)
        here = (screen.key, session.language)
        new = said if here != self._last else tuple(one for one in said if _still(one) not in self._known)
        self._on, self._last, self._known = True, here, frozenset(map(_still, said))
        if new:
            self._voice.say(new, session.language)


def _still(sentence: str) -> str:
    return NUMBERS.sub("0", sentence)
