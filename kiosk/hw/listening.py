"""Listening to a device that may be pulled out: it is opened again and again, and what happens to it is told."""

from __future__ import annotations

import errno
import fcntl
import os
import select
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from termios import error as TermiosError
from typing import Protocol

import serial

AGAIN_S = 2.0  # before a device that is gone is tried again
READ_S = 0.5  # a read comes back at least so often
_EVIOCGRAB = 0x40044590  # linux/input.h: the same on every machine that runs a Pi's kernels
_EVENTS = 64 * 24  # bytes that one read takes at most


class Source(Protocol):
    """An open device."""

    def read(self) -> bytes:
        """What has come, b"" after READ_S of silence. Raises OSError once the device is gone."""

    def close(self) -> None:
        """Let go of the device."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The device is there."""


@dataclass(frozen=True, slots=True)
class Lost:
    """The device cannot be opened, or is gone. said: what the system says of it."""

    said: str


def heard(
    open_source: Callable[[], Source], stop: threading.Event, *, again_s: float = AGAIN_S
) -> Iterator[bytes | Opened | Lost]:
    """What comes from a device until `stop` is set, b"" for silence. Lost comes with every attempt. Never raises."""
    while not stop.is_set():
        try:
            with closing(open_source()) as source:
                yield Opened()
                while not stop.is_set():
                    yield source.read()
        except (OSError, ValueError, TermiosError) as error:  # whatever pyserial lets through of a lost port
            yield Lost(str(getattr(error, "strerror", None) or next(reversed(error.args), error)))
        stop.wait(again_s)


class SerialSource:
    """A serial port, 8N1. Raises OSError or ValueError where it cannot be opened."""

    def __init__(self, device: str, baud: int) -> None:
        self._port = serial.Serial(device, baud, timeout=READ_S, exclusive=True)

    def read(self) -> bytes:
        return bytes(self._port.read(max(1, self._port.in_waiting)))

    def close(self) -> None:
        self._port.close()


def grab(handle: int) -> None:
    """Have an input device for oneself, so that what it types goes nowhere else. Raises OSError."""
    try:
        fcntl.ioctl(handle, _EVIOCGRAB, 1)
    except OSError as error:
        if error.errno == errno.EBUSY:
            raise OSError(errno.EBUSY, "another program has it for itself") from error
        raise


class KeySource:
    """A device of /dev/input, grabbed. Raises OSError where it cannot be opened.

    Python's evdev would do, but comes as source that each Pi would have to compile; one ioctl and one struct are all
    there is to it.
    """

    def __init__(self, device: str, take: Callable[[int], None] = grab) -> None:
        """take: has the open device for oneself."""
        self._handle = os.open(device, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            take(self._handle)
        except OSError:
            os.close(self._handle)
            raise

    def read(self) -> bytes:
        ready, _, _ = select.select([self._handle], [], [], READ_S)
        if not ready:
            return b""
        data = os.read(self._handle, _EVENTS)
        if not data:
            raise OSError(errno.ENODEV, os.strerror(errno.ENODEV))
        return data

    def close(self) -> None:
        os.close(self._handle)
