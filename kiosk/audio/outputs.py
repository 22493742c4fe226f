"""All sound outputs of the store: the first card's clock pulls the mixer, and further cards keep up with it."""

from __future__ import annotations

import contextlib
import fcntl
import json
import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import IO

import numpy as np

from kiosk.audio.output import Pull, Wire
from kiosk.audio.voice import Mix
from kiosk.rules.health.starts import SOUND_S

log = logging.getLogger(__name__)

_PIPE_BYTES = 1 << 17  # half a second of a pair of channels, in case its process is busy
_ATOM_BYTES = 4096  # so much goes into a pipe whole or not at all
_GONE_S = 3.0
_AGAIN_S = 5.0
_MOST_S = 60.0


@dataclass(frozen=True, slots=True)
class Card:
    """A further sound output. device: as PortAudio lists it. begin: its first channel within the mix, from 0.

    fed_frames: how many samples come at a time, by the first output's blocks.
    """

    id: str
    device: str
    begin: int
    channels: int
    block_frames: int
    fed_frames: int


class FurtherCard:
    """A further card as the first one sees it: a process, and the pipe to it.

    tell: called with a sentence when it changes. heard: called with False when the card is lost, with True when it
    sounds again after that. Both on a thread of its own.
    Whatever happens over there, `push` takes no longer than copying the samples; a process that ends is started again.
    """

    def __init__(self, card: Card, tell: Callable[[str], None], heard: Callable[[bool], None] = lambda _: None) -> None:
        self.card = card
        self._heard = heard
        self._sounds: bool | None = None  # None: nobody knows yet
        self.report: dict[str, object] = {}
        self._tell = tell
        self._lock = threading.Lock()  # of the pipe: its number may be another file's, once it is closed
        self._pipe: IO[bytes] | None = None
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None
        self._atom = _ATOM_BYTES // (4 * card.channels) * 4 * card.channels

    @property
    def name(self) -> str:
        """What plays there, for the board."""
        return str(self.report.get("name", f"{self.card.id} starts"))

    @property
    def device(self) -> str:
        """What plays there, "" where nothing does."""
        return "" if self.report.get("away", True) else self.name

    @property
    def frames(self) -> int:
        """What the card has taken so far, as its process counts once a second."""
        return int(str(self.report.get("frames", 0)))

    @property
    def underruns(self) -> int:
        """Blocks that came too late, as the process counts them."""
        return int(str(self.report.get("underruns", 0)))

    def open(self) -> None:
        """Start the process. Twice does no harm."""
        if self._thread is None:
            self._closing.clear()
            self.report, self._sounds = {}, None
            self._thread = threading.Thread(target=self._tend, name=f"card {self.card.id}", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """End it: what is in the pipe is not waited for. Twice does no harm."""
        thread, self._thread = self._thread, None
        if thread is not None:
            self._closing.set()
            self._hang_up()
            thread.join(2 * _GONE_S)

    def push(self, mix: Mix) -> None:
        """The next block of the whole mix. Audio thread: never waits; what finds no room over there is lost."""
        samples = mix[:, self.card.begin : self.card.begin + self.card.channels].astype("<f4", order="C").tobytes()
        with self._lock:
            if self._pipe is None:
                return
            with contextlib.suppress(OSError):  # full, or its reader has just ended
                for at in range(0, len(samples), self._atom):
                    os.write(self._pipe.fileno(), samples[at : at + self._atom])

    def _tend(self) -> None:
        wait_s = _AGAIN_S
        while not self._closing.is_set():
            began_s = time.monotonic()
            try:
                what = f"its process ended ({self._lived(self._start())})"
            except OSError as error:
                what = f"its process cannot be started ({error.strerror})"
            if self._closing.is_set():
                return
            self.report = {"name": f"{self.card.id} is started again"}
            self._turns(sounds=False)
            self._tell(f"sound output {self.card.id}: {what}; it is started again")
            if time.monotonic() - began_s >= SOUND_S:
                wait_s = _AGAIN_S
            self._closing.wait(wait_s)
            wait_s = min(2 * wait_s, _MOST_S)

    def _lived(self, process: subprocess.Popen[bytes]) -> int:
        """Hear what it says to its end; its exit code."""
        if process.stdout is not None:
            with process.stdout as words:
                for line in words:
                    self.take(line)
        self._hang_up()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_GONE_S)
        if process.poll() is None:
            process.kill()
        return process.wait()

    def _start(self) -> subprocess.Popen[bytes]:
        """Raises OSError where the machine starts no process."""
        card = self.card
        program = [sys.executable, "-m", "kiosk.audio.further_card", card.device]
        program += [str(number) for number in (card.channels, card.block_frames, card.fed_frames)]
        process = subprocess.Popen(
            program,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is the role's to answer
            bufsize=0,
        )
        assert process.stdin is not None
        os.set_blocking(process.stdin.fileno(), False)
        with contextlib.suppress(OSError):
            fcntl.fcntl(process.stdin.fileno(), fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
        with self._lock:
            self._pipe = process.stdin
        if self._closing.is_set():
            self._hang_up()
        return process

    def _hang_up(self) -> None:
        with self._lock:
            pipe, self._pipe = self._pipe, None
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()

    def _turns(self, *, sounds: bool) -> None:
        before, self._sounds = self._sounds, sounds
        if before is not None and before is not sounds:
            self._heard(sounds)

    def take(self, line: bytes) -> None:
        """A line of what the process says."""
        try:
            words = json.loads(line)
        except ValueError:
            return
        if "tell" in words:
            self._tell(str(words["tell"]))
        elif "heard" in words:
            self._turns(sounds=bool(words["heard"]))
        else:
            late = int(words["underruns"]) - self.underruns
            if late > 0:
                log.warning("sound output %s: %d blocks came too late; see what is busy (top)", self.card.id, late)
            self.report = words


@dataclass(frozen=True, slots=True)
class Outputs:
    """The first output's wire, which pulls, and the further cards, which are fed. Opened and closed together."""

    wire: Wire
    further: Sequence[FurtherCard] = ()

    @property
    def name(self) -> str:
        """What plays now, for the board."""
        return ", ".join([self.wire.name, *(card.name for card in self.further)])

    @property
    def underruns(self) -> int:
        """Blocks that came too late, on any card."""
        return self.wire.underruns + sum(card.underruns for card in self.further)

    def open(self) -> None:
        """Begin to play everywhere."""
        for card in self.further:
            card.open()
        self.wire.open()

    def close(self) -> None:
        """Stop, and give the cards back."""
        self.wire.close()
        for card in self.further:
            card.close()


def split(render: Pull, channels: int, further: Sequence[FurtherCard]) -> Pull:
    """What the first card pulls: its own channels of the mix; the others are pushed on."""
    if not further:
        return render

    def pull(frames: int) -> Mix:
        mix = render(frames)
        for card in further:
            card.push(mix)
        return np.ascontiguousarray(mix[:, :channels])

    return pull
