"""What a start left for later, done one by one in a child process: files are listened to, texts are put into speech.

The role names the functions here and the child runs them, so what they need is imported inside them.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import Any

from kiosk.app.office import Office
from kiosk.app.orphan import ends_with_its_role
from kiosk.app.places import Places
from kiosk.config.site import Site
from kiosk.errors import DecodeFault, KioskError
from kiosk.rules.broadcast.library import Sound
from kiosk.rules.broadcast.sayings import Saying

NICENESS = 10
LIMIT_S = 180.0  # for one file: an hour of MP3 takes a Pi two minutes
SILENT_DBFS = -120.0

Errand = str | Saying  # a file to listen to, a text to speak


@dataclass(frozen=True, slots=True)
class Done:
    """What came of an errand. path: of the file, "" where no voice could say the text; then `sound.fault` says why."""

    errand: Errand
    path: str
    sound: Sound


@dataclass(frozen=True, slots=True)
class Opened:
    """An office with what is known, and what is still to be done, in the order in which it is needed."""

    office: Office
    errands: tuple[Errand, ...]


def failed(errand: Errand, why: str) -> Done:
    """An errand that came to nothing."""
    return Done(errand, errand if isinstance(errand, str) else "", Sound(0.0, None, SILENT_DBFS, why))


# in the child

_shop: dict[str, Any] = {}


def move_in(places: Places, site: Site) -> None:
    """The child's first act: out of the way of what is on the air, and deaf to Ctrl-C, which is for the role."""
    from kiosk.audio.listening import HeardBook
    from kiosk.audio.speech import voices

    ends_with_its_role()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, _too_long)
    os.nice(NICENESS)
    _shop["book"] = HeardBook(site.root, places.heard)
    _shop["voices"] = voices(site.speech.voices, places.spoken)


def run(errand: Errand) -> Done:
    """Listen to the file, or speak the text. Never raises for what a file or a voice does."""
    try:
        with _limited(LIMIT_S):
            return _heard(errand) if isinstance(errand, str) else _spoken(errand)
    except KioskError as error:
        return failed(errand, str(error))


def write_down() -> None:
    """Keep what was heard so far for the next start."""
    _shop["book"].write()


def go_home() -> None:
    """All is done: keep it, and let the voices go."""
    _shop["book"].write()
    _shop["voices"].close()


def _heard(path: str) -> Done:
    from kiosk.audio.decoder import Decoder

    with Decoder(blocking=True) as decoder:
        return Done(path, path, _shop["book"].hear(decoder, path))


def _spoken(saying: Saying) -> Done:
    from kiosk.app.speech import speakable

    spoken = _shop["voices"].speak(speakable(saying))
    return Done(saying, str(spoken.path), spoken.sound)


@contextmanager
def _limited(seconds: float) -> Iterator[None]:
    """A file on which the decoder hangs must not keep all others waiting. Voices keep a time limit of their own."""
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0.0)


def _too_long(_: int, __: FrameType | None) -> None:
    raise DecodeFault(f"it took longer than {LIMIT_S:.0f} s and was given up: replace it")
