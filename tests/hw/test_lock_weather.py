"""Bad weather on every wire at once: whatever happens, one coil at a time, and each order comes to one end."""

from __future__ import annotations

import os
import random
import time
from collections import Counter

from kiosk.hw.lock_bank import OneCoilBank
from kiosk.ports.lock_limits import SHORTEST_REST_S, BoardKind
from kiosk.ports.lockers import BankReport, DoorRead, NotPulsed, Pulsed, Reading
from kiosk.units import LockerId
from tests.audio.waiting import eventually, let_pass
from tests.depth import DEEP
from tests.hw.board_rig import BoardRig
from tests.hw.lock_rigs import Coils, ExpanderRig, PinRig, Rig

LASTS_S = 120.0 if DEEP else 1.0
PATIENCE_S = 30.0
SEED = int(os.environ.get("KIOSK_SEED", "8"))


def lockers(first: int, count: int) -> list[LockerId]:
    return [LockerId(number) for number in range(first, first + count)]


def spoil(rig: Rig, chance: random.Random) -> None:
    """Something happens to a wire, a board or a door."""
    locker = chance.choice(rig.lockers)
    match chance.randrange(6):
        case 0:
            rig.silence()
        case 1 | 2:
            rig.answer_again()
        case 3:
            rig.force_open(locker)
        case 4:
            rig.push_shut(locker)
        case _ if isinstance(rig, BoardRig):
            rig.garble = chance.randrange(3)
            rig.noise = chance.randbytes(chance.randrange(8))
            rig.think_s = chance.choice((0.0, 0.0, 0.01))
        case _:
            pass


def test_in_bad_weather_one_coil_at_a_time_has_current_and_each_order_comes_to_one_end() -> None:
    chance = random.Random(SEED)
    coils = Coils()
    reports: list[BankReport] = []
    rigs: list[Rig] = [
        PinRig(lockers(1, 3), coils),
        ExpanderRig(lockers(4, 3), coils),
        BoardRig({1: lockers(7, 1), 2: lockers(8, 2)}, coils, kind=BoardKind.GENERIC_8A),
        BoardRig({1: lockers(10, 1), 2: lockers(11, 2)}, coils, kind=BoardKind.KERONG),
        BoardRig({1: lockers(13, 1), 2: lockers(14, 2)}, coils, kind=BoardKind.WINNSEN),
    ]
    all_of_them = [locker for rig in rigs for locker in rig.lockers]
    bank = OneCoilBank(
        [rig.latches(reports.append) for rig in rigs],
        post=reports.append,
        mono_s=time.monotonic,
        rest_s=SHORTEST_REST_S,
    )
    ordered: Counter[LockerId] = Counter()

    def ended() -> Counter[LockerId]:
        return Counter(report.locker for report in list(reports) if isinstance(report, Pulsed | NotPulsed))

    until_s = time.monotonic() + LASTS_S
    while time.monotonic() < until_s:
        spoil(chance.choice(rigs), chance)
        locker = chance.choice(all_of_them)
        if ordered[locker] == ended()[locker]:
            bank.unlock(locker)
            ordered[locker] += 1
        let_pass(0.01)
    for rig in rigs:
        rig.answer_again()
        if isinstance(rig, BoardRig):
            rig.garble, rig.noise, rig.think_s = 0, b"", 0.0
    eventually(lambda: ended() == ordered, within_s=PATIENCE_S, what="every order over")
    for locker in all_of_them:
        bank.unlock(locker)
    eventually(lambda: ended() == ordered + Counter(all_of_them), within_s=PATIENCE_S, what="all open in the end")
    last = {locker: Reading.UNKNOWN for locker in all_of_them}

    def all_open() -> bool:
        last.update({report.locker: report.reading for report in list(reports) if isinstance(report, DoorRead)})
        return set(last.values()) == {Reading.OPEN}

    eventually(all_open, within_s=PATIENCE_S, what=f"every door seen open: {last}")
    bank.close()
    for rig in rigs:
        rig.close()

    assert coils.most_at_once == 1
    assert not coils.on
    assert set(coils.given) <= set(ordered) | set(all_of_them)
