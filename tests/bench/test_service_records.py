"""Members stand in the service desk's book for years: what is looked at each minute must not open them all."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.ledger.service_records import LedgerServiceRecords
from kiosk.rules.service.member import SERVICE as MEMBER
from kiosk.rules.service.record import Record
from tests.bench.figures import Figures
from tests.ledger.shop import fresh_ledger
from tests.ledger.values import SHANGHAI
from tests.rules.service.services import TEN

pytestmark = pytest.mark.bench

MEMBERS, LOANS = 5_000, 20


def test_what_waits_beside_thousands_of_members(figures: Figures, tmp_path: Path) -> None:
    with fresh_ledger(tmp_path / "ledger.sqlite") as ledger:
        book = LedgerServiceRecords(lambda: ledger, SHANGHAI, b"k" * 32)
        for n in range(MEMBERS):
            told = {"name": "王建国", "phone": f"138{n:08}", "birthday": "0308", "greetings": "yes"}
            book.enter(Record("member", 0, TEN, "li", "issued", TEN, told), over=False)
        for n in range(LOANS):
            book.enter(
                Record("loan", 0, TEN, "screen", "lent", TEN, {"thing": "umbrella", "phone": str(n)}), over=False
            )

        every_ms = _ms(lambda: len(book.waiting()), MEMBERS + LOANS)
        awaited_ms = _ms(lambda: len(book.waiting([("member", one) for one in MEMBER.rests])), LOANS)
        loans_ms = _ms(lambda: len(book.waiting_of("loan")), LOANS)

    figures.tell(f"every open record, {MEMBERS} members among them", every_ms, "ms", note="a command's listing")
    figures.at_most(
        "what waits for somebody, beside them", awaited_ms / every_ms, 0.1, "of it", note=f"{awaited_ms:.1f} ms"
    )
    figures.at_most("one service's open records", loans_ms / every_ms, 0.05, "of it", note=f"{loans_ms:.1f} ms")


def _ms(counts: Callable[[], int], expected: int) -> float:
    took_s = []
    for _ in range(5):
        begun_s = time.perf_counter()
        assert counts() == expected
        took_s.append(time.perf_counter() - begun_s)
    return min(took_s) * 1000
