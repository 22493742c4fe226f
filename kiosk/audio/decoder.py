"""Decoding any sound file with libVLC, faster than real time, into the kernel's pipe that is its buffer.

libVLC's stream output (`transcode` into `std{access=fd}`) is not paced by a clock: it decodes some hundred times faster
than real time until the pipe is full, and blocks there. The reader never waits for Python code on another thread, the
end of the file is the end of the pipe, and MP3 and FLAC at 44.1 kHz arrive complete to the sample. (libVLC's memory
output, `amem`, decodes at real time only and reports its end a second early.) WAV and Ogg go through libVLC's
`avformat` demuxer: its smaller blocks let no more than the last 4096 bytes (23 ms of 16-bit stereo) be lost in the
packetizer. Some FLACs (one in six of ours, by chance of their bytes) lose up to 0.2 s of their end there; encoded with
another compression level, or half a block longer, they are whole. Other sample rates lose 12 to 90 ms at the end,
in the resampler, 8 kHz twice as much.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import itertools
import logging
import os
import queue
import select
import stat
import struct
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Self

import vlc

from kiosk.errors import DecodeFault
from kiosk.units import SAMPLE_RATE_HZ

log = logging.getLogger(__name__)

FRAME_BYTES = 4  # two channels of signed 16 bit
AHEAD_BYTES = 1 << 19  # three seconds; an unprivileged pipe may hold 1 MiB
_F_SETPIPE_SZ = 1031  # Linux fcntl.h; named in the fcntl module from Python 3.10 on some builds only
_AVFORMAT_ENDINGS = {".wav", ".ogg", ".oga"}

_INSTANCE_OPTIONS = (
    "--quiet",
    "--no-video",
    "--no-spu",
    "--no-osd",
    "--no-lua",
    "--no-stats",
    "--no-metadata-network-access",
    "--audio-resampler=soxr",  # hands 44.1 kHz through untouched; the default for sout has 28 dB of signal to noise
)


_ON_EVENT = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p)
_WARM_UP_S = 2.0
_SILENCE_BYTES = 44_100  # fits into any pipe
_SILENT_WAV = struct.pack(
    "<4sI8sIHHIIHH4sI",
    *(b"RIFF", _SILENCE_BYTES + 36, b"WAVEfmt ", 16, 1, 2, SAMPLE_RATE_HZ, SAMPLE_RATE_HZ * FRAME_BYTES),
    *(FRAME_BYTES, 16, b"data", _SILENCE_BYTES),
) + bytes(_SILENCE_BYTES)


class PcmStream:
    """One file being decoded: 16-bit stereo at the house rate, read from a pipe. Read and close on one thread."""

    def __init__(self, path: Path, read_fd: int, *, blocking: bool, let_go: Callable[[], None]) -> None:
        self.path = path
        self.fault = ""
        self._let_go = let_go
        self.ended = False
        self.frames_read = 0
        self._fd = read_fd
        self._ahead = b""
        os.set_blocking(read_fd, blocking)

    def read_into(self, out: memoryview) -> int:
        """Copy up to len(out) bytes (a multiple of the frame size); returns the frames copied.

        Fewer than asked for means that no more is decoded yet, or, if `ended`, that there is no more. A blocking
        stream returns fewer only at the end.
        """
        wanted = len(out)
        got = len(self._ahead)
        out[:got] = self._ahead
        while got < wanted and not self.ended:
            try:
                count = os.readv(self._fd, [out[got:]])
            except BlockingIOError:
                break
            if count == 0:
                self._end(got)
            got += count
        frames, odd = divmod(got, FRAME_BYTES)
        self._ahead = bytes(out[got - odd : got]) if odd else b""
        self.frames_read += frames
        return frames

    def _end(self, got: int = 0) -> None:
        self.ended = True
        if not self.fault and self.frames_read + got == 0:
            self.fault = f"{self.path.name} holds no sound that can be decoded: replace the file"

    def promise(self) -> bool | None:
        """Before the first read: whether there is any sound; None while nothing has been decoded yet."""
        if not self._ahead and self.frames_read == 0 and not self.ended:
            with contextlib.suppress(BlockingIOError):
                self._ahead = os.read(self._fd, FRAME_BYTES)
                if not self._ahead:
                    self._end()
        if self._ahead or self.frames_read:
            return True
        return False if self.ended else None

    def close(self) -> None:
        """Stop reading and decoding, at once, without waiting. Closing twice does no harm."""
        fd, self._fd = self._fd, -1
        self.ended = True
        if fd >= 0:
            os.close(fd)  # a decoder blocked in the full pipe wakes up
            self._let_go()


class Decoder:
    """libVLC and the one thread that may call it: players report their end by posting here, never by acting.

    blocking: streams wait for the decoder when read (offline work) instead of returning what is there (the mixer).
    """

    def __init__(self, *, blocking: bool = False) -> None:
        self._blocking = blocking
        self._instance = vlc.Instance(*_INSTANCE_OPTIONS)
        if self._instance is None:
            raise DecodeFault("libVLC does not start: install the packages libvlc5, vlc-plugin-base and libvlc-bin")
        self._open: set[_Playing] = set()
        self._bell = _Bell()
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="decoder", daemon=True)
        self._thread.start()
        if not blocking:
            self._jobs.put(self._warm_up)

    def open(self, path: Path, *, blocking: bool | None = None) -> PcmStream:
        """Begin to decode a file. Raises DecodeFault where the file itself is missing, empty or unreadable.

        blocking: for this stream, where it is to differ from the decoder's others.
        """
        _refuse_unreadable(path)
        return self._begin(path, self._blocking if blocking is None else blocking)

    def close(self) -> None:
        """Let go of libVLC; streams still open are closed, so nobody may be reading them any more."""
        self._jobs.put(None)
        self._thread.join(timeout=5)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _begin(self, path: Path, blocking: bool) -> PcmStream:
        read_fd, write_fd = os.pipe()
        with contextlib.suppress(OSError):  # the user's limit of pipe pages: the usual 64 KiB still play
            fcntl.fcntl(read_fd, _F_SETPIPE_SZ, AHEAD_BYTES)
        playing = _Playing(self._instance, path, write_fd, self._jobs.put, self._open, self._bell)
        stream = PcmStream(path, read_fd, blocking=blocking, let_go=lambda: self._jobs.put(playing.end))
        playing.stream = stream
        self._jobs.put(playing.begin)
        return stream

    def _warm_up(self) -> None:
        """Decode a moment of silence: libVLC loads a hundred libraries, 0.2 s that the first song need not wait."""
        memory = os.memfd_create("silence")
        read_fd, write_fd = os.pipe()
        try:
            os.write(memory, _SILENT_WAV)
            silence = Path(f"/proc/self/fd/{memory}")
            playing = _Playing(self._instance, silence, write_fd, self._jobs.put, self._open, self._bell)
            playing.begin()
            select.select([read_fd], [], [], _WARM_UP_S)
            playing.end()
        finally:
            os.close(read_fd)
            os.close(memory)

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()
        for playing in tuple(self._open):
            if playing.stream is not None:
                playing.stream.close()  # or stopping would wait for room in the pipe
            playing.end()
        self._instance.release()


class _Bell:
    """How libVLC tells that something happened: one callback for every player, each with a number of its own.

    python-vlc makes event managers and callbacks of its own for each player, and frees none of them: 1.7 KB a file.
    """

    def __init__(self) -> None:
        self._calls: dict[int, Callable[[], None]] = {}
        self._numbers = itertools.count(1)
        self._callback = _ON_EVENT(self._ring)

    def attach(self, player: Any, event: Any, call: Callable[[], None]) -> int:
        """Have `call` called, from one of libVLC's threads, when the event happens; returns the number for `detach`."""
        number = next(self._numbers)
        self._calls[number] = call
        vlc.libvlc_event_attach(vlc.libvlc_media_player_event_manager(player), event.value, self._callback, number)
        return number

    def detach(self, player: Any, event: Any, number: int) -> None:
        """No more calls."""
        vlc.libvlc_event_detach(vlc.libvlc_media_player_event_manager(player), event.value, self._callback, number)
        self._calls.pop(number, None)

    def _ring(self, _: int, number: int) -> None:
        call = self._calls.get(number)
        if call is not None:
            call()


class _Playing:
    """One libVLC player from its first to its last call; every method runs on the decoder's thread.

    register: holds it while it plays.
    """

    def __init__(
        self,
        instance: Any,
        path: Path,
        write_fd: int,
        post: Callable[[Callable[[], None]], None],
        register: set[_Playing],
        bell: _Bell,
    ) -> None:
        self.stream: PcmStream | None = None
        self._register = register
        self._instance = instance
        self._path = path
        self._write_fd = write_fd
        self._post = post
        self._player: Any = None
        self._bell = bell
        self._rings: list[tuple[Any, int]] = []

    def begin(self) -> None:
        media = self._instance.media_new_path(str(self._path))
        media.add_option(
            f":sout=#transcode{{vcodec=none,scodec=none,acodec=s16l,samplerate={SAMPLE_RATE_HZ},channels=2}}"
            f":std{{access=fd,mux=raw,dst={self._write_fd}}}"
        )
        if self._path.suffix.lower() in _AVFORMAT_ENDINGS:
            media.add_option(":demux=avformat,any")
        self._player = self._instance.media_player_new()
        self._player.set_media(media)
        media.release()
        for event, act in (
            (vlc.EventType.MediaPlayerEndReached, self.end),
            (vlc.EventType.MediaPlayerEncounteredError, self._fail),
        ):
            self._rings.append((event, self._bell.attach(self._player, event, partial(self._post, act))))
        self._register.add(self)
        if self._player.play() != 0:
            self._fail()

    def end(self) -> None:
        """Whoever comes first: the file's end, an error, or the reader letting go; later calls find nothing to do."""
        player, self._player = self._player, None
        if player is None:
            return
        self._register.discard(self)
        for event, number in self._rings:
            self._bell.detach(player, event, number)
        player.stop()  # writes what the encoder still holds, so the pipe is closed after it
        os.close(self._write_fd)
        player.release()

    def _fail(self) -> None:
        if self.stream is not None and self._player is not None:
            self.stream.fault = f"{self._path.name} cannot be decoded: replace the file"
        self.end()


def _refuse_unreadable(path: Path) -> None:
    try:
        status = path.stat()
    except PermissionError as error:
        raise DecodeFault(f"{path.name} may not be read: give the kiosk's user the right to read {path}") from error
    except OSError as error:
        raise DecodeFault(f"{path.name} is missing: put the file at {path} or take it out of the schedule") from error
    if not stat.S_ISREG(status.st_mode):
        raise DecodeFault(f"{path.name} is no file: put a sound file at {path} or take it out of the schedule")
    if status.st_size == 0:
        raise DecodeFault(f"{path.name} is empty: copy the file again")
    if not os.access(path, os.R_OK):
        raise DecodeFault(f"{path.name} may not be read: give the kiosk's user the right to read {path}")
