"""What the codes on slips and pick-up cards say: a number, with a mark that nobody makes up without the store's key."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass

from kiosk.rules.returns.slip import Slip, numbered

_CODE = re.compile(r"RS(\d{6,})-([A-Z2-7]{8})")
_CARD = re.compile(r"PC(\d{6,})-[A-Z2-7]{8}")


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


def card_code(number: int, receipt: str, key: bytes) -> str:
    """What the QR code of a pick-up card says."""
    return f"PC{numbered(number)}-{_hashed(f'pick-up card {number} {receipt}', key)}"


def card_number(text: str) -> int:
    """The number in such a code, not yet believed; 0 for what is no card's."""
    found = _CARD.fullmatch(text.strip().upper())
    return 0 if found is None else int(found[1])


def _mark(slip: Slip, key: bytes) -> str:
    return _hashed(f"return slip {slip.number} {slip.kind.value} {slip.amount_fen} {slip.receipt} {slip.line}", key)


def _hashed(said: str, key: bytes) -> str:
    return base64.b32encode(hmac.new(key, said.encode(), hashlib.sha256).digest())[:8].decode("ascii")
