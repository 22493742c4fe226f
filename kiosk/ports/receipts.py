"""The port to the receipts of the tills: found by number, never written."""

from __future__ import annotations

from typing import Protocol

from kiosk.rules.returns.receipt import Receipt


class Receipts(Protocol):
    """Any thread may ask; nothing is ever changed in a till."""

    def find(self, number: str) -> Receipt | None:
        """The receipt with a number, as `receipt_number.read` gave it back; None where no till knows it.

        Raises DeviceFault where the source cannot be asked, or what it holds is no receipt: then a person goes on.
        """

    def close(self) -> None:
        """Let go of the source; a second call does nothing."""
