"""Tells systemd that a role is ready, lives, ends: a datagram each (sd_notify(3)); without systemd, nothing."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Mapping

log = logging.getLogger(__name__)

_USEC = 1_000_000


class Systemd:
    """Whoever supervises this process. Any thread may call; never raises, never waits."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        """environment: NOTIFY_SOCKET, WATCHDOG_USEC and WATCHDOG_PID, as systemd sets them."""
        self._address = environment.get("NOTIFY_SOCKET", "")
        self._watched = environment.get("WATCHDOG_USEC", "") if _is_ours(environment) else ""

    @property
    def watchdog_s(self) -> float | None:
        """How often it wants to hear that the role lives, at the latest; None where it does not ask."""
        return int(self._watched) / _USEC if self._watched.isdigit() and int(self._watched) > 0 else None

    def ready(self) -> None:
        """The start is over."""
        self._say("READY=1")

    def lives(self) -> None:
        """The watchdog begins to count anew."""
        self._say("WATCHDOG=1")

    def status(self, text: str) -> None:
        """What `systemctl status` shows."""
        self._say(f"STATUS={text}")

    def ends(self) -> None:
        """The role closes in order."""
        self._say("STOPPING=1")

    def _say(self, words: str) -> None:
        if not self._address:
            return
        address = f"\0{self._address[1:]}" if self._address.startswith("@") else self._address
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as saying:
                saying.setblocking(False)
                saying.sendto(words.replace("\n", " ").encode(), address)
        except OSError as error:
            log.warning("systemd does not listen at %s: %s", self._address, error)


def _is_ours(environment: Mapping[str, str]) -> bool:
    return environment.get("WATCHDOG_PID", str(os.getpid())) == str(os.getpid())
