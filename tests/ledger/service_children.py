"""What another process does with the service desk's book: `python -m tests.ledger.service_children PATH NAME COUNT`."""

from __future__ import annotations

import sys
from dataclasses import replace
from itertools import count
from pathlib import Path

from kiosk.ledger.service_records import LedgerServiceRecords
from kiosk.ledger.store import open_ledger
from kiosk.ports.service import Beside
from kiosk.rules.service.record import Done, Record
from tests.ledger.values import SHANGHAI
from tests.rules.service.services import TEN, begun

KEY = b"k" * 32


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def until_killed(book: LedgerServiceRecords) -> None:
    """Records and deeds without end; each is told once it is durable."""
    for n in count(1):
        record = book.enter(begun(phone=str(n)), over=False)
        assert isinstance(record, Record)
        say(f"entered {record.number} {n}")
        done = Done(TEN, "wang", "take", {"why": str(n)})
        if book.keep(replace(record, stage="taken", history=(done,)), was=record, over=False):
            say(f"kept {record.number} {n}")


def together(book: LedgerServiceRecords, name: str, often: int) -> None:
    """At the same moment as another, some of it what only one of both may say."""
    say("ready")
    sys.stdin.readline()
    for n in range(often):
        book.enter(begun(phone=f"{name} {n}"), over=False, beside=Beside(None, TEN, once=f"receipt {n}"))
        book.enter(begun(phone=f"{name} {n}"), over=False)
    say("done")


if __name__ == "__main__":
    where, who, times = sys.argv[1:]
    with open_ledger(Path(where)) as ledger:
        records = LedgerServiceRecords(lambda: ledger, SHANGHAI, KEY)
        if int(times):
            together(records, who, int(times))
        else:
            until_killed(records)
