"""A card whose file system gives up in the middle of the day, as ext4 does: the store goes on, and nothing is lost."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path

import pytest

from kiosk.errors import LedgerFault
from kiosk.ledger import audit
from kiosk.ledger.as_run import AsRunPages
from kiosk.ledger.spool import SpooledAsRun
from kiosk.ledger.store import Ledger, open_ledger
from kiosk.ledger.verify import Intact, verify
from tests.ledger.shop import fresh_ledger
from tests.ledger.values import SHANGHAI, TEN, a_song


class Card:
    """A real ext4, on an image, that becomes read-only at its first error."""

    def __init__(self, folder: Path) -> None:
        self.image, self.at = folder / "card.img", folder / "card"
        self.at.mkdir()
        with self.image.open("wb") as file:
            file.truncate(16 << 20)
        subprocess.run(["mkfs.ext4", "-q", "-F", str(self.image)], check=True, capture_output=True)
        self.goes_in()

    def goes_in(self) -> None:
        options = "loop,errors=remount-ro"
        done = subprocess.run(["mount", "-o", options, str(self.image), str(self.at)], capture_output=True, check=False)
        if done.returncode != 0:
            pytest.skip("needs to mount a file system of its own")

    def fails(self) -> None:
        """What the kernel does when the card gives back nonsense."""
        subprocess.run(["mount", "-o", "remount,abort", str(self.at)], check=True, capture_output=True)

    def is_mended(self) -> None:
        """Taken out, checked, put in again, as a reboot does."""
        self.goes_out()
        subprocess.run(["e2fsck", "-p", "-f", str(self.image)], capture_output=True, check=False)
        self.goes_in()

    def goes_out(self) -> None:
        subprocess.run(["umount", str(self.at)], check=False, capture_output=True)


@pytest.fixture
def card(tmp_path: Path) -> Iterator[Card]:
    if os.geteuid() != 0 or shutil.which("mkfs.ext4") is None:
        pytest.skip("needs root, to mount a file system")
    one = Card(tmp_path)
    try:
        yield one
    finally:
        one.goes_out()


def noted(ledger: Ledger) -> list[str]:
    with ledger.read() as connection:
        return [line.subject for line in audit.lines(connection, UTC)]


def test_a_file_system_that_gave_up_is_a_fault_with_a_remedy_and_takes_nothing_with_it(card: Card) -> None:
    with fresh_ledger(card.at / "ledger.sqlite") as ledger:
        spool = SpooledAsRun(AsRunPages(ledger, SHANGHAI), SHANGHAI)
        spool.note(TEN, "anna", "presses", "before", {})
        card.fails()

        spool.note(TEN, "anna", "presses", "meanwhile", {})
        spool.started(a_song())

        assert spool.waiting == 2
        assert "ledger.sqlite" in spool.fault
        assert any(remedy in spool.fault for remedy in ("check the card", "make its disk writable again"))
        assert spool.of_day(TEN.date()) == (a_song(),), "what waits is still known"
        with pytest.raises(LedgerFault), ledger.write() as connection:
            audit.append(connection, audit.Fact(TEN, "anna", "presses", "lost", {}))

    card.is_mended()

    with open_ledger(card.at / "ledger.sqlite") as ledger:
        assert noted(ledger) == ["before"]
        assert isinstance(verify(ledger), Intact)
