"""What is said beside the screen: of a screen all that is new and no number that counts down; what staff listen to."""

from __future__ import annotations

import re

from kiosk.display.spoken import sentences
from kiosk.display.widgets import Screen
from kiosk.ports.touchscreen import ReadingVoice
from kiosk.rules.front.session import Session
from kiosk.rules.front.staff_mode import Listening
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


class Listened:
    """What staff listen to in staff mode, on the output beside the screen. Window's thread."""

    def __init__(self, voice: ReadingVoice) -> None:
        self._voice = voice
        self._last: Listening | None = None

    def follows(self, session: Session) -> None:
        """That is listened to now: begun, begun anew, or left off."""
        wanted = None if session.staff is None else session.staff.listening
        if wanted == self._last:
            return
        self._last = wanted
        if wanted is None:
            self._voice.say((), session.language)
        else:
            self._voice.say((wanted.words,), wanted.language)


def _still(sentence: str) -> str:
    return NUMBERS.sub("0", sentence)
