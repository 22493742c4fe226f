"""The front role, killed again and again while doors are asked for, and its reader pulled out. KIOSK_KILLS: 100."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.app.fault_lamp import faults_in
from kiosk.app.hatch import HEALTH, ask
from kiosk.errors import KioskError
from kiosk.ledger.store import open_ledger
from kiosk.ledger.verify import Intact, verify
from kiosk.units import LockerId
from tests.audio.waiting import eventually, let_pass
from tests.hil.on_air import RESTART_S, told
from tests.hil.table import record
from tests.stories.front_role import PATIENCE_S, Shop

pytestmark = pytest.mark.hil

KILLS = int(os.environ.get("KIOSK_KILLS", "100"))
SHOWN_S = 100.0


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    with closing(Shop(tmp_path)) as one:
        one.furnish()
        yield one


def opens(shop: Shop, locker: int) -> bool:
    """The supervisor looks into a locker; whether the role said that it opens it."""
    try:
        return bool(shop.asks(do="open", lockers=[locker], purpose="look"))
    except (KioskError, OSError):  # it was killed meanwhile
        return False


def test_killed_a_hundred_times_while_doors_are_asked_for_none_opens_by_itself_and_no_bag_is_lost(shop: Shop) -> None:
    chance = random.Random(11)
    back: list[float] = []
    acknowledged = 0
    role = shop.start()
    for _ in range(KILLS):
        locker = chance.choice((3, 4))
        shop.bank.push_shut(LockerId(locker))
        before = len(shop.bank.orders)
        acknowledged += opens(shop, locker)
        let_pass(chance.uniform(0.0, 0.4))
        shop.kill(role)
        ordered = list(shop.bank.orders)
        assert len(ordered) - before <= 1
        began_s = time.monotonic()
        let_pass(RESTART_S)
        role = shop.start()
        back.append(time.monotonic() - began_s)
        assert shop.bank.orders == ordered, "an unlock is never replayed"
    stands = {number: shop.stands(number)["assignment"] for number in (1, 2)}
    logged = shop.stop(role)

    record("faults", ("front role killed", "staff see doors that are unconfirmed", str(KILLS),
                      f"at the doors again {told(back)} at load {os.getloadavg()[0]:.0f}"))  # fmt: skip
    with open_ledger(shop.places.ledger) as ledger:
        assert isinstance(verify(ledger), Intact)
    assert stands == {1: "occupied", 2: "occupied"}
    assert acknowledged > KILLS // 2
    assert len(shop.bank.orders) >= acknowledged, "what was answered was ordered"
    assert shop.coils.most_at_once <= 1
    assert "Traceback" not in logged


def test_a_reader_that_is_pulled_out_is_a_fault_that_says_what_to_do(shop: Shop) -> None:
    role = shop.start()
    os.close(shop.reader._slave)
    os.close(shop.reader.master)
    began_s = time.monotonic()

    def faults() -> tuple[str, ...]:
        return faults_in(ask(shop.places.front_hatch, {"do": HEALTH}, role="front"))

    eventually(faults, within_s=SHOWN_S, what="the reader is missed")
    shown_s = time.monotonic() - began_s
    (fault,) = faults()
    shop.reader.__post_init__()  # so that the shop can be closed; the port has another name now
    logged = shop.stop(role)

    record("faults", ("reader pulled out", "the log, the screen, the fault lamp", "1", f"seen after {shown_s:.1f} s"))
    assert fault.startswith("reader reader: ")
    assert fault.split(": ", 1)[1] in logged
    assert "plug" in fault or "cable" in fault
    assert PATIENCE_S < SHOWN_S
