from __future__ import annotations

import stat
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp

from kiosk.app.slip_printing import SlipPress, kept_in, tickets_of
from kiosk.config.load import load_site
from kiosk.config.site import Site
from kiosk.desks.lockers.deposits import hangs_there
from kiosk.errors import DeviceFault
from kiosk.ports.tags import TicketSlip
from kiosk.rules.lockers.codes import grouped, text_of, typed_code
from kiosk.rules.lockers.deposit import Deposit
from kiosk.units import Language
from tests.audio.waiting import eventually
from tests.desks.lockers.tag_books import RememberedTags
from tests.rules.lockers.tags import KEY, NOW, TICKET, a_locker
from tests.sites import SITE, write_site

PATIENCE_S = 20.0
LOCKER = a_locker()
DEPOSIT = Deposit(TICKET.deposit, LOCKER.id, 17, 3, NOW)
SLIP = TicketSlip(17, text_of(TICKET, KEY), grouped(typed_code(TICKET, KEY)), NOW)


def site_with(tmp_path: Path, tags: str) -> Site:
    rows = '[[lockers.rows]]\nsize = "small"\nlockers = "1-6"\nplace = "left wall"\n'
    return load_site(write_site(tmp_path / "site", site=f"{SITE}\n[lockers]\n{tags}\n{rows}"))


@pytest.mark.rule("L01")
def test_a_store_with_tickets_prints_one_for_a_deposit_and_it_is_issued_before_anybody_holds_it(tmp_path: Path) -> None:
    book, told, slips = RememberedTags(), [""], tmp_path / "slips"
    with tickets_of(site_with(tmp_path, 'tags = "ticket"'), book, told.append, slips) as hand_out:
        hand_out(LOCKER, DEPOSIT, NOW)

        assert list(book.tags) == [TICKET]
        slip = slips / "locker-17.pdf"
        eventually(slip.exists, within_s=PATIENCE_S, what="the slip")

    document = pypdfium2.PdfDocument(slip)
    (code,) = zxingcpp.read_barcodes(document[0].render(scale=200 / 72).to_numpy())
    document.close()
    assert code.text == SLIP.text
    assert stat.S_IMODE(slip.stat().st_mode) == 0o600
    assert told == [""]


def test_a_store_with_plaques_prints_nothing(tmp_path: Path) -> None:
    with tickets_of(site_with(tmp_path, 'tags = "plaque"'), RememberedTags(), print, None) as hand_out:
        assert hand_out is hangs_there
    with tickets_of(load_site(write_site(tmp_path / "none")), RememberedTags(), print, None) as hand_out:
        assert hand_out is hangs_there


def test_a_printer_that_takes_nothing_is_told_with_the_locker_and_the_next_slip_is_tried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setenv("PATH", str(tmp_path))  # without lp
    with tickets_of(site_with(tmp_path, 'tags = "ticket"'), RememberedTags(), told.append, None) as hand_out:
        hand_out(LOCKER, DEPOSIT, NOW)
        hand_out(replace(LOCKER, number=18), replace(DEPOSIT, n=4712, number=18), NOW)
        eventually(lambda: len(told) == 2, within_s=PATIENCE_S, what="told")

    assert told[0].startswith("the ticket of locker 17 is not printed: nothing can be printed from here")
    assert told[1].startswith("the ticket of locker 18 ")


def test_a_ledger_or_a_key_that_is_gone_is_told_and_nothing_is_printed(tmp_path: Path) -> None:
    class NoKeys(RememberedTags):
        def issue_ticket(self, *_: object) -> tuple[str, str]:
            raise DeviceFault("locker-tags.key: tags cannot be checked")

    told: list[str] = []
    with tickets_of(site_with(tmp_path, 'tags = "ticket"'), NoKeys(), told.append, tmp_path / "slips") as hand_out:
        hand_out(LOCKER, DEPOSIT, NOW)

    assert told == ["no ticket for locker 17: locker-tags.key: tags cannot be checked"]
    assert not (tmp_path / "slips").exists()


def test_slips_that_cannot_be_kept_are_told(tmp_path: Path) -> None:
    (tmp_path / "slips").write_text("no folder")
    told: list[str] = []
    with closing(SlipPress("Hefeng", Language("en"), kept_in(tmp_path / "slips"), told.append)) as press:
        press.print_ticket(SLIP)
        eventually(lambda: told, within_s=PATIENCE_S, what="told")

    assert "cannot be written" in told[0]
    press.close()


def test_what_opens_a_locker_is_in_no_log() -> None:
    assert SLIP.text not in repr(SLIP)
    assert SLIP.code not in repr(SLIP)
