"""The screen's process as the front role keeps it: told what is shown, started again when it ends.

The desk's thread never waits for it: what is to be told lies ready for a thread of its own, the newest view alone.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pickle import PicklingError
from types import TracebackType
from typing import Self, cast

from kiosk.app.screen_entry import Started, started
from kiosk.app.screen_values import (
    Aloud,
    BadgeRead,
    CodeRead,
    Dark,
    Lit,
    Logged,
    Over,
    Setting,
    Stands,
    Turned,
    thinned,
)
from kiosk.config.first_look import Glass
from kiosk.desks.lockers.messages import Fault, Mended, Message
from kiosk.desks.service.messages import ServiceMessage
from kiosk.desks.staff.messages import Gone, StaffMessage
from kiosk.ports.touchscreen import FrontView, ReadingVoice
from kiosk.rules.health.starts import SOUND_S, pause_s
from kiosk.sentences import tell

START_S = 60.0  # so long a slow machine may take to show anything
PATIENCE_S = 20.0  # then it hangs: it is ended before the whole role is
END_S = 5.0
log = logging.getLogger(__name__)
TOLD = "the touchscreen: "


def _quiet() -> None:
    """Nobody listens."""


@dataclass(frozen=True, slots=True)
class Behind:
    """Who is behind the screen. post: into the desks' inbox. beats: the window came round. rests: none does."""

    post: Callable[[Message | ServiceMessage | StaffMessage], None]
    beats: Callable[[], None] = _quiet
    rests: Callable[[], None] = _quiet
    voice: ReadingVoice | None = None


@dataclass
class ScreenKeeper:
    """A context: the process ends with it, whatever it does. first: one that runs already. start: another one.
    patience_s: one that tells nothing for so long hangs. pause: before another is started, by failures in a row.
    end_s: so long an orderly end may take."""

    glass: Glass
    first: Started | None = None
    start: Callable[[Glass], Started] = started
    patience_s: float = PATIENCE_S
    pause: Callable[[int], float] = pause_s
    end_s: float = END_S
    stands: Stands = field(default_factory=Stands)
    _process: BaseProcess | None = None
    _pipe: Connection | None = None
    _setting: Setting | None = None
    _view: FrontView | None = None
    _waiting: deque[Setting | CodeRead | BadgeRead | Over] = field(default_factory=deque)
    _shown: bool = True  # the newest view was sent
    _facts: tuple[object, ...] = ()  # of the view that was sent last
    _began_s: float = 0.0
    _failures: int = 0
    _over: threading.Event = field(default_factory=threading.Event)
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _sending: threading.Lock = field(default_factory=threading.Lock)  # nobody closes a pipe in the middle of it
    _threads: list[threading.Thread] = field(default_factory=list)

    def __enter__(self) -> Self:
        """Started at once: it shows that the role gets ready."""
        self._start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._put(Over())
        if not self._threads:
            self._post()
        process = self._process
        if process is not None:
            process.join(self.end_s)
            if process.is_alive():
                process.kill()  # it may hang in its display
                process.join(self.end_s)
        for thread in self._threads:
            thread.join()

    def serve(self, setting: Setting, behind: Behind) -> None:
        """The desks are there: from now on taps come."""
        self._setting = setting
        self.glass = setting.glass
        self._put(setting)
        for name, job in (("screen", lambda: self._mind(behind)), ("screen's mail", lambda: self._send(behind))):
            thread = threading.Thread(target=job, name=name, daemon=True)
            thread.start()
            self._threads.append(thread)

    def show(self, view: FrontView) -> None:
        """How everything stands now. Desk's thread, which waits for nobody."""
        with self._changed:
            if view != self._view:
                self._view, self._shown = view, False
                self._changed.notify()

    def reads(self, code: str) -> bool:
        """A scanner beside the screen has read something: whether what is open there takes it. Desk's thread."""
        if self.stands.reads:
            self._put(CodeRead(code))
        return self.stands.reads

    def knocks(self, person: str) -> None:
        """A badge of the staff was read beside the screen. Desk's thread."""
        self._put(BadgeRead(person))

    def _put(self, one: Setting | CodeRead | BadgeRead | Over) -> None:
        with self._changed:
            self._waiting.append(one)
            self._changed.notify()

    def _start(self) -> None:
        new = self.first or self.start(self.glass)
        self.first = None
        with self._changed:
            self._process, self._pipe, self._began_s = new.process, new.pipe, time.monotonic()
            self._waiting.clear()
            if self._setting is not None:
                self._waiting.append(self._setting)
            if self._over.is_set():  # meanwhile: who would tell it so may be gone already
                new.process.kill()
            self._shown, self._facts = self._view is None, ()
            self._changed.notify()

    def _mind(self, behind: Behind) -> None:
        """The thread that listens, and starts what has ended again."""
        while not self._over.is_set():
            why = self._heard(behind)
            behind.rests()
            if self._over.is_set() or why == "":
                return
            if self.stands.staffed and self._setting is not None:
                behind.post(Gone(self._setting.seat, "had no screen any more"))
            self.stands = Stands()
            behind.post(Fault(tell("the touchscreen: {fault}; look at the display and its cable", fault=why)))
            sound = time.monotonic() - self._began_s >= SOUND_S
            self._failures = 1 if sound else self._failures + 1
            while not self._over.wait(self.pause(self._failures)):
                try:
                    self._start()
                    break
                except OSError as error:  # no memory for another process, say: there may be some in a moment
                    self._failures += 1
                    cause = f"it cannot be started ({error.strerror})"
                    behind.post(Fault(tell("the touchscreen: {fault}", fault=cause)))

    def _heard(self, behind: Behind) -> str:
        """Listen until the process has ended: why it did, "" where somebody closed its window."""
        process, pipe = self._process, self._pipe
        assert process is not None
        assert pipe is not None
        patience_s, why = START_S, "it ended by itself"
        try:
            while True:
                if not pipe.poll(patience_s):
                    why = "it hangs"
                    break
                self._take(pipe.recv(), behind)
                patience_s = self.patience_s
        except (EOFError, OSError):
            pass
        with self._changed:
            self._pipe = None
        process.join(0.0 if why == "it hangs" else self.end_s)
        if process.is_alive():
            process.kill()
            process.join()
        with self._sending:
            pipe.close()
        return "" if process.exitcode == 0 else why

    def _take(self, value: object, behind: Behind) -> None:
        match value:
            case Turned():
                behind.beats()
            case Stands():
                self.stands = value
            case Aloud(sentences, language) if behind.voice is not None:
                behind.voice.say(sentences, language)
            case Lit():
                behind.post(Mended(TOLD))
            case Dark(why):
                behind.rests()
                behind.post(Fault(tell("the touchscreen: {fault}", fault=why)))
            case Logged(level, name, text):
                logging.getLogger(name).log(level, "%s", text)
            case _:
                behind.post(cast("Message | ServiceMessage | StaffMessage", value))

    def _send(self, behind: Behind) -> None:
        """The thread that sends: it may wait for a process that hangs, and nobody waits for it."""
        told = ""
        while True:
            with self._changed:
                self._changed.wait_for(
                    lambda: (self._pipe is not None and (self._waiting or not self._shown)) or self._done()
                )
                if self._done():
                    return
            why = self._post()
            if why not in ("", told):  # the next may be well; the same is told once
                told = why
                fault = f"it cannot be told how things stand ({why}): begin the front role anew"
                behind.post(Fault(tell("the touchscreen: {fault}", fault=fault)))

    def _done(self) -> bool:
        """Nothing is to be sent any more."""
        return self._over.is_set() and (self._pipe is None or not self._waiting)

    def _post(self) -> str:
        """Send what waits; why something of it could not be, "" for nothing. A process that has ended is told it when
        another is started."""
        with self._changed:
            pipe, view = self._pipe, None if self._shown else self._view
            values: list[object] = [*self._waiting]
            self._waiting.clear()
            if view is not None:
                values.append(replace(view, facts=thinned(view.facts, self._facts)))
            self._shown = True
        if pipe is None:
            return ""
        why = ""
        with self._sending, suppress(OSError):
            for value in values:
                try:
                    pipe.send(value)
                except (PicklingError, TypeError, AttributeError) as error:  # nothing of it has gone out
                    log.exception("a %s cannot be told to the screen", type(value).__name__)
                    why = str(error)
                else:
                    self._knows(pipe, view if isinstance(value, FrontView) else None)
        return why

    def _knows(self, pipe: Connection, view: FrontView | None) -> None:
        """The facts of that view are there, unless another process was started meanwhile."""
        with self._changed:
            if view is not None and pipe is self._pipe:
                self._facts = view.facts
