"""What the code on a slip says: its number, with a mark that nobody makes up without the store's key (R12)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass

from kiosk.rules.returns.slip import Slip, numbered

_CODE = re.compile(r"RS(\d{6,})-([A-Z2-7]{8})")


@dataclass(frozen=True, slots=True)
class Scanned:
    """A code that was read off a slip, not yet believed."""

    number: int
    mark: str


def code_of(slip: Slip, key: bytes) -> str:
    """What its QR code says."""
    return f"RS{numbered(slip.number)}-{_mark(slip, key)}"


def scanned(text: str) -> Scanned | None:
    """The number and mark in a code; None for what is no slip's."""
    found = _CODE.fullmatch(text.strip().upper())
    return None if found is None else Scanned(int(found[1]), found[2])


def genuine(code: Scanned, slip: Slip, key: bytes) -> bool:
    """Whether this store printed that code for that slip, with that amount."""
    return code.number == slip.number and hmac.compare_digest(code.mark, _mark(slip, key))


def _mark(slip: Slip, key: bytes) -> str:
    said = f"return slip {slip.number} {slip.kind.value} {slip.amount_fen} {slip.receipt} {slip.line}".encode()
    return base64.b32encode(hmac.new(key, said, hashlib.sha256).digest())[:8].decode("ascii")
