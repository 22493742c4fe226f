"""Clerks in processes of their own: `python -m tests.ledger.slip_children PATH CLERK COUNT`, speaking by lines."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from kiosk.ledger.return_slips import LedgerReturnSlips
from kiosk.ledger.store import open_ledger
from kiosk.rules.returns.slip import Slip
from tests.rules.returns.slips import FILLING, KEY, NOW, SHANGHAI, SOCKS, filled


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def clerk(path: Path, name: str, count: int) -> None:
    """Take back socks of one receipt, one piece a slip, as often as the book lets it."""
    one = replace(filled(replace(FILLING, line=3, scanned=SOCKS.item)), clerk=name, filled=NOW)
    with open_ledger(path) as ledger:
        book = LedgerReturnSlips(lambda: ledger, SHANGHAI, KEY)
        say("ready")
        sys.stdin.readline()
        for n in range(count):
            receipt = (
                one if n % 2 else replace(one, receipt=f"R{name}{n}")
            )  # every second one from a receipt of its own
            kept = book.fill(receipt)
            say(f"{kept.number} {kept.receipt}" if isinstance(kept, Slip) else "refused")
    say("done")


if __name__ == "__main__":
    clerk(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
