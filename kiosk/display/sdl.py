"""Waiting for SDL's events without turning in circles: pygame's own wait looks a thousand times a second."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic

import pygame

WAITING_DRIVERS = frozenset(("x11", "wayland"))  # the others poll inside SDL; for them a rest between looks is cheaper
REST_S = 0.008

Wait = Callable[[float], None]


def waiter(driver: str) -> Wait:
    """What waits for the next event, at most so many seconds. Window's thread only."""
    sdl = _library() if driver in WAITING_DRIVERS else None
    return _rest if sdl is None else lambda most_s: _sleep(sdl, most_s)


def _sleep(sdl: ctypes.CDLL, most_s: float) -> None:
    """With no place to put it, the event stays in the queue for pygame."""
    sdl.SDL_WaitEventTimeout(None, max(1, int(most_s * 1000)))


def _rest(most_s: float) -> None:
    """Look every few milliseconds: below what anybody notices under a finger, and next to nothing for the processor."""
    end_s = monotonic() + most_s  # SDL's own count begins anew after fifty days
    while not pygame.event.peek() and monotonic() < end_s:
        pygame.time.wait(max(1, int(min(REST_S, most_s) * 1000)))


def _library() -> ctypes.CDLL | None:
    """The SDL that pygame itself has loaded: another copy would know nothing of its window."""
    if not sys.platform.startswith("linux"):
        return None
    for line in Path("/proc/self/maps").read_text(encoding="utf-8", errors="replace").splitlines():
        path = line.rpartition(" ")[2]
        if "/libSDL2-" in path:
            try:
                sdl = ctypes.CDLL(path)
            except OSError:
                return None
            sdl.SDL_WaitEventTimeout.argtypes = [ctypes.c_void_p, ctypes.c_int]
            return sdl
    return None
