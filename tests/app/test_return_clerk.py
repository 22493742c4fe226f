"""The return desk at the touchscreen as a site has it: its receipts, its queue, its printer."""

from __future__ import annotations

import queue
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.app.places import Places
from kiosk.app.printing import print_queue
from kiosk.app.receipts import imported_receipts, reading
from kiosk.app.service_wiring import service_desk, services_of
from kiosk.app.site_reading import site_of
from kiosk.config.site import Site
from kiosk.desks.service.messages import FormGiven, LookUpAsked
from kiosk.ledger.queue_tickets import LedgerQueue
from kiosk.ledger.store import Ledger
from kiosk.rules.front.returning import Finding, ReceiptAt
from kiosk.rules.service.returning import SERVICE
from tests.ledger.shop import fresh_ledger
from tests.sites import SITE, write_site
from tests.tills.exports import CUPS, FIRST, KETTLE, NOW, export

RETURNS = '\n[returns]\nreceipt_number = "R01########"\n'
PRINTER = '\n[[printers]]\nid = "desk"\nnetwork = "127.0.0.1:1"\n'
PROJECT = Path(__file__).parents[2]


class Still:
    """Implements Clock: always now."""

    def now(self):  # type: ignore[no-untyped-def]  # as Clock
        return NOW

    def mono_s(self) -> float:
        return 0.0


def site_with(folder: Path, more: str) -> Site:
    root = write_site(folder / "site", site=SITE + more)
    shutil.copy(PROJECT / "schedules/returns.toml", root / "schedules/returns.toml")
    return site_of(root)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with fresh_ledger(tmp_path / "ledger.sqlite") as opened:
        yield opened


def test_a_site_without_a_return_desk_offers_no_returns(tmp_path: Path) -> None:
    assert SERVICE.id not in services_of(site_with(tmp_path, ""))
    assert SERVICE.id in services_of(site_with(tmp_path / "other", RETURNS))


@pytest.mark.rule("R07")
@pytest.mark.rule("S07")
def test_a_receipt_is_found_in_the_tills_exports_and_a_ticket_waits_to_be_printed(
    tmp_path: Path, ledger: Ledger
) -> None:
    site, places = site_with(tmp_path, RETURNS + PRINTER), Places(tmp_path / "site", tmp_path)
    imported_receipts(site, places).take(export(tmp_path, KETTLE, CUPS), reading(site, NOW))
    woken: queue.SimpleQueue[bool] = queue.SimpleQueue()
    warnings: list[str] = []
    desk = service_desk(site, places, lambda: ledger, Still(), warnings.append, lambda: woken.put(True))
    assert desk is not None

    desk.handle(LookUpAsked("screen", SERVICE.id, FIRST.number))
    assert woken.get(timeout=10.0)
    desk.pass_to(NOW)
    found = next(one for one in desk.facts_at("screen") if isinstance(one, ReceiptAt))
    desk.handle(FormGiven("screen", SERVICE.id, {"receipt": FIRST.number, "outcome": "person"}))

    assert (found.finding, found.back) == (Finding.FOUND, ())
    assert [one.shown for one in LedgerQueue(lambda: ledger, site.zone_info).of_day(NOW.date())] == ["R001"]
    assert len(print_queue(places, lambda: ledger, site.zone_info).open_jobs()) == 1
    said = desk.said("screen")
    assert said is not None
    assert said[1].sentence == "return.next"
    assert warnings == []


def test_a_ticket_that_cannot_be_printed_is_shown_all_the_same(
    tmp_path: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    site, places = site_with(tmp_path, RETURNS + PRINTER), Places(tmp_path / "site", tmp_path)
    warnings: list[str] = []
    desk = service_desk(site, places, lambda: ledger, Still(), warnings.append)
    assert desk is not None
    places.print_key.mkdir()  # no key can be read there

    desk.handle(FormGiven("screen", SERVICE.id, {"outcome": "person"}))

    said = desk.said("screen")
    assert said is not None
    assert said[1].values[0] == ("ticket", "R001")
    assert warnings
    assert warnings[0].startswith("ticket R001 is not printed: ")
