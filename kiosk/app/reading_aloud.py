"""Reading the screen aloud: a child process with the store's voices and a small output of its own beside the screen.

The voices take seconds for a new text and what plays may hang; neither may hold up the window, and the broadcast's own
outputs are never used. What was said before is kept on the broadcast's shelf of speech.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from kiosk.app.places import Places
from kiosk.config.site import Site
from kiosk.rules.health.starts import SOUND_S
from kiosk.rules.speech.settings import SpeechSettings
from kiosk.sentences import tell
from kiosk.units import Language

log = logging.getLogger(__name__)

NICENESS = 10
TRIES = 3  # of a voice that ends soon after its start; then the role does without until it starts again
END_S = 2.0
Order = tuple[tuple[str, ...], Language]
Work = Callable[[Connection, SpeechSettings, Path, str, tuple[str, ...]], None]


class ReadingAloud:
    """Implements ports.ReadingVoice. device: the output beside the screen; on_the_air: those of the broadcast. warn:
    tells staff, once. The process is hired when somebody first wants to hear the screen. Close it."""

    def __init__(  # noqa: PLR0913
        self,
        settings: SpeechSettings,
        shelf: Path,
        device: str,
        on_the_air: tuple[str, ...],
        warn: Callable[[str], None],
        *,
        work: Work | None = None,
        mono_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._terms = (settings, shelf, device, on_the_air)
        self._warn, self._tries = warn, TRIES
        self._work = read_on if work is None else work
        self._mono_s, self._hired_s = mono_s, 0.0
        self._told = False
        self._child: BaseProcess | None = None
        self._orders: Connection | None = None

    def say(self, sentences: tuple[str, ...], language: Language) -> None:
        """See ports.ReadingVoice. Window's thread."""
        while self._tries and (sentences or self._orders is not None):
            try:
                (self._orders or self._hired()).send((sentences, language))
                return
            except OSError:
                self._dismiss()
                sound = self._mono_s() - self._hired_s >= SOUND_S
                self._tries = TRIES if sound else self._tries - 1
        if not self._tries and not self._told:
            self._told = True
            self._warn(
                tell(
                    "nobody reads the screen aloud: is the output {device} connected? See the log",
                    device=repr(self._terms[2]),
                )
            )

    def close(self) -> None:
        """The process ends, whatever it does."""
        self._dismiss()

    def _hired(self) -> Connection:
        """Raises OSError where the machine starts no process."""
        self._hired_s = self._mono_s()
        spawn = multiprocessing.get_context("spawn")
        there, self._orders = spawn.Pipe(duplex=False)
        child = spawn.Process(target=self._work, args=(there, *self._terms), name="reading aloud", daemon=True)
        child.start()
        self._child = child
        there.close()
        return self._orders

    def _dismiss(self) -> None:
        orders, child, self._orders, self._child = self._orders, self._child, None, None
        if orders is not None:
            with suppress(OSError):
                orders.close()
        if child is not None:
            child.join(END_S)
            if child.is_alive():
                child.kill()  # it may hang in its device
                child.join(END_S)


@contextmanager
def voice_of(site: Site, where: Places, warn: Callable[[str], None]) -> Iterator[ReadingAloud | None]:
    """The voice of the store's screen; None where no output is named for it."""
    if site.touchscreen is None or not site.touchscreen.sound:
        yield None
        return
    on_the_air = tuple(one.device for one in (site.output, *site.further_outputs))
    with closing(ReadingAloud(site.speech.voices, where.spoken, site.touchscreen.sound, on_the_air, warn)) as voice:
        yield voice


class _Hushed(Exception):
    """Something else is to be said, or nothing."""


class Wanted:
    """What is to be said now: the newest order, whatever was wanted before. Two threads."""

    def __init__(self) -> None:
        self.changed = threading.Event()
        self.over = False
        self._order: Order = ((), Language("en"))

    def hear(self, orders: Connection) -> None:
        """Take orders until nobody gives any."""
        while not self.over:
            try:
                self._order = orders.recv()
            except (EOFError, OSError):
                self.over = True
            self.changed.set()

    def next(self) -> Order:
        """Wait for an order."""
        self.changed.wait()
        self.changed.clear()
        return self._order

    def listens(self, _: float) -> None:
        """Raises where another order came."""
        if self.changed.is_set():
            raise _Hushed


def read_on(
    orders: Connection, settings: SpeechSettings, shelf: Path, device: str, on_the_air: tuple[str, ...]
) -> None:
    """The child: say what is wanted, until nobody wants anything any more."""
    from kiosk.audio import preview  # here: the role itself never loads what only the child needs
    from kiosk.audio.speech import read, voices
    from kiosk.errors import DeviceFault

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the role, which closes in order
    os.nice(NICENESS)
    try:
        output = preview.preview_output(device, on_the_air)
    except DeviceFault as fault:
        log.warning("the screen is not read aloud: %s", fault)
        return
    wanted = Wanted()
    threading.Thread(target=wanted.hear, args=(orders,), name="orders", daemon=True).start()
    voice = voices(settings, shelf)
    try:
        while True:
            sentences, language = wanted.next()
            if wanted.over:
                return
            try:
                for sentence in sentences:
                    wanted.listens(0.0)
                    spoken = voice.speak(read(sentence, language))
                    wanted.listens(0.0)
                    preview.play(preview.kept(spoken.path), output, wanted.listens)
            except _Hushed:
                continue
            except DeviceFault as fault:
                log.warning("the screen is not read aloud: %s", fault)
    finally:
        voice.close()
