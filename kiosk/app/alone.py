"""One process of a kind for each state directory: two roles would order the same doors, and talk at the same time."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk.errors import KioskError, LedgerFault


@contextmanager
def alone(lock: Path, what: str) -> Iterator[None]:
    """Meanwhile nobody else is. what: it is, for who comes second. The kernel lets go of the lock however it ends.

    Raises KioskError where another one runs, LedgerFault where nobody can tell: the folder cannot be written and holds
    no lock yet.
    """
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(lock, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise LedgerFault(f"{lock} cannot be made: {error.strerror}; let the kiosk's user write there") from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise KioskError(f"a {what} runs already with {lock.parent}: stop that one first") from None
        except OSError as error:
            raise LedgerFault(f"{lock} cannot be locked: {error.strerror}; put it on a disk of this machine") from error
        yield
    finally:
        os.close(handle)
