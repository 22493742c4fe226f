"""PINs as the ledger keeps them: argon2id, so slow that a stolen ledger is not worth guessing at."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argon2 import PasswordHasher

# The hash of random bytes that nobody kept: looked at where there is no PIN, so that it takes as long.
NOBODYS = "$argon2id$v=19$m=19456,t=3,p=1$ZZPmVK/6V7KMCaHbqDAwvg$cM7ABEL7Ya1BGksjWCdu/s82GLZ4YnwVes7GM8y1L/c"


def hashed(pin: str) -> str:
    """What is kept of a PIN."""
    return _hasher().hash(pin)


def verified(stored: str, pin: str) -> bool:
    """Whether it is that PIN; a tenth of a second on a Pi, whatever the answer."""
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return _hasher().verify(stored, pin)
    except (VerificationError, InvalidHashError):
        return False


def fingerprint(kept: str) -> str:
    """What the register says of a secret that stands elsewhere: a changed one shows."""
    return hashlib.sha256(kept.encode()).hexdigest()


@cache
def _hasher() -> PasswordHasher:
    """Imported when the first PIN is given: the broadcast role looks at few.

    19 MiB, what OWASP asks for at least: more would press on a Pi's memory, and PINs are guarded by their pauses first.
    argon2 lets go of the interpreter's lock, so the music does not wait.
    """
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=3, memory_cost=19 * 1024, parallelism=1)
