"""The microphone as the mixer's process sees it: orders to the process that listens, and its voice as a source."""

from __future__ import annotations

import logging
import multiprocessing
import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

import numpy as np
from numpy.typing import NDArray

from kiosk.audio.capture import BLOCK_BYTES, BLOCK_FRAMES, CaptureChoices, Order, capture
from kiosk.audio.sources import Samples
from kiosk.ports.broadcast import Heard, MicrophoneReport
from kiosk.rules.health.starts import SOUND_S, pause_s
from kiosk.units import frames_in

log = logging.getLogger(__name__)

Voice = NDArray[np.int16]  # shape (frames,)
Work = Callable[[CaptureChoices, Connection, Connection], None]

CHUNK_FRAMES = 256  # handed to the mixer at once: what it has is late for it
EDGE_FRAMES = 64  # so fast a voice fades where it breaks off and begins again: it does not click
JITTER_FRAMES = 256 + EDGE_FRAMES  # so much more than a block is kept, for the two processes run in no step
LAG_FRAMES = frames_in(0.060)  # more than that is behind the speaker's lips: caught up with at once
LAST_FRAMES = frames_in(0.010)  # the voice fades so fast at its end
ANSWER_S = 2.0  # a device may hang the process that asked for it
_ALL_BYTES = (1 << 16) // BLOCK_BYTES * BLOCK_BYTES
_BLOCKS = np.dtype([("listening", "<i4"), ("voice", "<i2", (BLOCK_FRAMES,))])
_NONE: Voice = np.empty(0, dtype=np.int16)
_LAST_FADE = np.linspace(0.0, 1.0, LAST_FRAMES, dtype=np.float32)
_EDGE = np.linspace(0.0, 1.0, EDGE_FRAMES, dtype=np.float32)


class MicrophoneLine:
    """Implements ports.Microphone. block_frames: what the mixer takes at once. post: the inbox, any thread.

    The process begins with it and ends with `close`; one that hangs or dies is replaced. work: its main. pause: before
    another one, by failures in a row after the first.
    """

    def __init__(
        self,
        choices: CaptureChoices,
        *,
        block_frames: int,
        post: Callable[[MicrophoneReport], None],
        work: Work = capture,
        pause: Callable[[int], float] = pause_s,
    ) -> None:
        self.talk = 0
        self.fault = ""
        self.ahead_frames = block_frames + JITTER_FRAMES
        self._choices = choices
        self._post = post
        self._work, self._pause = work, pause
        self._listening = 0
        self._asked_s: float | None = None
        self._hired_s, self._failures = 0.0, 0
        self._over = threading.Event()
        self._spawn = multiprocessing.get_context("spawn")
        self._samples, self._given = self._spawn.Pipe(duplex=False)  # both kept: the next process writes here as well
        os.set_blocking(self._samples.fileno(), False)
        self._lock = threading.Lock()
        self._orders, self._process = self._hire()
        self._thread = threading.Thread(target=self._read_reports, name="microphone", daemon=True)
        self._thread.start()

    # the desk's side

    def look(self) -> None:
        self._order("look", asked=True)

    def listen(self) -> None:
        self.fault = ""
        self._listening += 1
        self._order("listen", asked=True)

    def rest(self) -> None:
        self._order("rest")

    def end(self) -> None:
        self.talk += 1
        self._order("end")
        asked_s = self._asked_s
        if asked_s is not None and time.monotonic() - asked_s > ANSWER_S:
            self._asked_s = None
            log.warning("the microphone's process hangs in its device: a new one takes over")
            self._process.kill()  # its reports end, and whoever reads them hires another

    def record(self, name: str) -> None:
        self._order("record", name=name)

    def close(self) -> None:
        """Let the process go. Twice does no harm."""
        with self._lock:
            if self._over.is_set():
                return
            self._over.set()
        self._order("close")
        self._process.join(ANSWER_S)
        if self._process.is_alive():
            self._process.kill()
        self._thread.join(ANSWER_S)
        self._samples.close()
        self._given.close()

    # the mixer's side, on the audio thread

    def source(self) -> LiveSource:
        """The voice of the talk that is next, or on: from the moment at which the mixer comes to it."""
        return LiveSource(self)

    def pull(self) -> Voice:
        """What has come since the last time, of the present listening only; never waits."""
        try:
            data = os.read(self._samples.fileno(), _ALL_BYTES)
        except OSError:  # nothing, or closed
            return _NONE
        blocks = np.frombuffer(data, dtype=_BLOCKS)
        return np.ravel(blocks["voice"][blocks["listening"] == self._listening])

    def voice_begins(self) -> None:
        """The first of it goes to the mixer."""
        self._post(MicrophoneReport(Heard.VOICE))

    # the process

    def _order(self, what: str, *, name: str = "", asked: bool = False) -> None:
        if asked:
            self._asked_s = time.monotonic()
        order: Order = (what, self._listening, name)
        with suppress(OSError):  # its process ended: the next one begins from rest
            self._orders.send(order)

    def _hire(self) -> tuple[Connection, BaseProcess]:
        """Another process, and the pipe to it. Raises OSError where the machine starts none."""
        ours, theirs = self._spawn.Pipe()
        process = self._spawn.Process(
            target=self._work, args=(self._choices, theirs, self._given), name="microphone", daemon=True
        )
        process.start()
        theirs.close()
        self._hired_s = time.monotonic()
        return ours, process

    def _read_reports(self) -> None:
        while True:
            try:
                report: MicrophoneReport = self._orders.recv()
            except (EOFError, OSError):
                if not self._replace():
                    return
                continue
            self._asked_s = None
            if report.what is Heard.DEAF:
                self.fault = report.text
            self._post(report)

    def _replace(self) -> bool:
        """Another process takes the place of one that ended; False where this is the end.

        The first at once, for somebody may be talking; then ever later, for each costs the mixer's machine a moment.
        """
        why = "its process ended"
        sound = time.monotonic() - self._hired_s >= SOUND_S
        self._failures = 1 if sound else self._failures + 1
        while not self._over.wait(0.0 if self._failures == 1 else self._pause(self._failures - 1)):
            try:
                with self._lock:
                    if self._over.is_set():
                        return False
                    self._process.join(ANSWER_S)
                    self._orders, self._process = self._hire()  # whoever still writes into the old pipe lets go of it
            except OSError as error:
                why = f"its process cannot be started ({error.strerror})"
                self._failures += 1
                continue
            self._asked_s = None
            told = f"microphone: {why}; a new one takes over"
            self.fault = self.fault or told
            self._post(MicrophoneReport(Heard.DEAF, told))
            return True
        return False


class LiveSource:
    """Implements sources.Source: silence until the microphone delivers, then its voice, until the talk is over."""

    def __init__(self, line: MicrophoneLine) -> None:
        self.fault = ""
        self._line = line
        self._talk = line.talk
        self._ahead = _NONE
        self._live = False
        self._over = False
        self._rises = True  # it begins, at first or after a gap

    @property
    def ended(self) -> bool:
        return len(self._ahead) == 0 and (self._over or (not self._live and self._line.talk != self._talk))

    @property
    def called_off(self) -> bool:
        return not self._live and self._line.talk != self._talk

    def promise(self) -> bool | None:
        return True

    def read(self, out: Samples) -> int:
        if self._line.talk != self._talk:
            self._come_to_an_end()
        elif len(self._ahead) < (CHUNK_FRAMES if self._live else self._line.ahead_frames):
            self._catch_up()
        if not self._live and not self._over:
            if len(self._ahead) < self._line.ahead_frames:
                return _silence(out)
            self._ahead = self._ahead[-self._line.ahead_frames :]
            self._live = True
            self._line.voice_begins()
        return self._hand_over(out)

    def close(self) -> None:
        self._over, self._ahead = True, _NONE

    def _hand_over(self, out: Samples) -> int:
        """The next of what came. The last of it waits: it fades where nothing follows it in time."""
        left = len(self._ahead)
        if self._rises and left < CHUNK_FRAMES and not self._over:
            return 0
        breaks_off = left <= EDGE_FRAMES and not self._over
        count = min(len(out), CHUNK_FRAMES, left if breaks_off or self._over else left - EDGE_FRAMES)
        voice, self._ahead = self._ahead[:count], self._ahead[count:]
        if self._rises:
            voice = _faded(voice, _EDGE)
        if breaks_off:
            voice = _faded(voice[::-1], _EDGE)[::-1]
        self._rises = breaks_off
        out[:count] = voice[:, None]
        return count

    def _catch_up(self) -> None:
        came = self._line.pull()
        if len(came):
            self._ahead = np.concatenate([self._ahead, came])
        if len(self._ahead) > self._line.ahead_frames + LAG_FRAMES:
            self._ahead = self._ahead[-self._line.ahead_frames :]

    def _come_to_an_end(self) -> None:
        """What was said until now is heard, its last moment fading: whatever the supply does next is not."""
        if self._over:
            return
        self._over = True
        self.fault = self._line.fault
        if self._live:
            self._catch_up()
            self._ahead = _faded(self._ahead[::-1], _LAST_FADE)[::-1]
        else:
            self._ahead = _NONE


def _faded(voice: Voice, course: NDArray[np.float32]) -> Voice:
    """The voice with its beginning on that course, as far as it goes."""
    faded = voice.astype(np.float32)
    faded[: len(course)] *= course[: len(voice)]
    return faded.astype(np.int16)


def _silence(out: Samples) -> int:
    count = min(len(out), CHUNK_FRAMES)
    out[:count] = 0
    return count
