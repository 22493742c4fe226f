"""The document a shopper shows who has lost a tag (L07)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class DocumentKind(Enum):
    """What can be shown; the values are what commands and the ledger say."""

    IDENTITY_CARD = "identity-card"  # 居民身份证 and 港澳台居民居住证: 18 digits, the last one checks
    PASSPORT = "passport"
    TRAVEL_PERMIT = "travel-permit"  # 回乡证, 台胞证
    OTHER = "other"  # a driving licence, an officer's card: whatever the store accepts


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it was shown. number: as `shown` gave it back. It is personal: for no log and no audit line."""

    kind: DocumentKind
    number: str

    @property
    def masked(self) -> str:
        """As much of the number as a screen may show: enough to compare, too little to use."""
        return self.number[:2] + "*" * max(0, len(self.number) - 4) + self.number[-2:] if len(self.number) > 4 else "**"
