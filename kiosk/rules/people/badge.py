"""How one badge is told from another."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BadgeShown:
    """A badge was held to the reader."""

    number: str


def badge_mark(key: bytes, number: str) -> str:
    """What is kept of a badge's number: without the key, which is no part of the ledger, nobody can count up to it."""
    return hmac.new(key, number.encode(), hashlib.sha256).hexdigest()
