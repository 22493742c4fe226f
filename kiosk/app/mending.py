"""Has a damaged ledger mended in a process of its own, while the role goes on: `python -m kiosk.app.mending STATE`."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from kiosk.app.logs import log_to
from kiosk.app.places import Places
from kiosk.errors import LedgerFault
from kiosk.ledger.faults import DamagedLedger
from kiosk.ledger.store import Ledger, open_ledger

log = logging.getLogger(__name__)

AGAIN_S = 30.0  # after a mending that the disk did not allow
IN_VAIN, LATER = 3, 4
MENDING = "is damaged and is being brought back; what happens meanwhile is kept in memory"


class LateLedger:
    """Opens the role's one ledger when it is first asked for, by any thread, and again until that works.

    One that is damaged is mended meanwhile; only where nothing can be made of it and its backups is a fresh one begun.
    """

    def __init__(self, path: Path, mend: Callable[[Path], int], mono_s: Callable[[], float] = time.monotonic) -> None:
        """mend: works on a state directory until it is done, called by a thread of its own; 0 for well done."""
        self._path = path
        self._mend = mend
        self._opened: Ledger | None = None
        self._lock = threading.Lock()
        self._mending: threading.Thread | None = None
        self._in_vain = False
        self._mono_s = mono_s
        self._again_s = float("-inf")

    def __call__(self) -> Ledger:
        """The ledger. Raises LedgerFault while there is none."""
        with self._lock:
            if self._opened is None:
                self._opened = self._open()
            return self._opened

    def close(self) -> None:
        """Let go of it. A mending goes on by itself: it ends whole or not at all."""
        with self._lock:
            if self._opened is not None:
                self._opened.close()

    def _open(self) -> Ledger:
        if self._mending is not None:
            if self._mending.is_alive():
                raise LedgerFault(f"{self._path} {MENDING}")
            self._mending = None
        if not self._in_vain and _is_lost(self._path):
            raise self._begin_to_mend("it is not there, though there are backups of it")
        try:
            return open_ledger(self._path, replace_damaged=self._in_vain)
        except DamagedLedger as damage:
            raise self._begin_to_mend(str(damage)) from damage

    def _begin_to_mend(self, why: str) -> LedgerFault:
        now_s = self._mono_s()
        if now_s < self._again_s:
            return LedgerFault(f"{self._path} {MENDING}: free some space, check the card")
        self._again_s = now_s + AGAIN_S
        log.error("%s: it is being brought back from its own rows and the last backup", why)

        def work() -> None:
            self._in_vain = self._mend(self._path.parent) == IN_VAIN
            if self._in_vain:
                log.error("%s cannot be brought back: a fresh one is begun; kiosk restore FILE helps", self._path)

        self._mending = threading.Thread(target=work, name="mending", daemon=True)
        self._mending.start()
        return LedgerFault(f"{self._path} {MENDING}")


def mend_in_child(state: Path) -> int:
    """The exit code: it takes seconds of computing, and memory that is not kept all day for it."""
    command = [sys.executable, "-m", "kiosk.app.mending", str(state)]
    return subprocess.run(command, stdin=subprocess.DEVNULL, check=False).returncode


def _is_lost(path: Path) -> bool:
    return not path.exists() and any((path.parent / "backups").glob("kiosk-*.tar"))


def main(arguments: list[str]) -> int:
    """Exit code 0: it is whole, whatever it took; 3: nothing can be made of it; 4: not now."""
    from functools import partial

    from kiosk.app.backup import ledgers_of
    from kiosk.ledger.mending import Hopeless, mend

    log_to(None, logging.INFO)
    where = Places(Path(), Path(arguments[0]))
    try:
        mended = mend(where.ledger, partial(ledgers_of, where.state / "backups"), datetime.now(UTC))
    except Hopeless as fault:
        log.error("%s", fault)
        return IN_VAIN
    except LedgerFault as fault:
        log.error("%s", fault)
        return LATER
    if mended.how:
        log.error(
            "%s is back %s; %d lockers are to be looked into; what there was is kept as %s",
            where.ledger, mended.how, mended.lockers, mended.aside or "nothing",
        )  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
