"""The power of a whole machine goes: while it starts, while a bag is left, right after that, and at an open door."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.audio.waiting import let_pass
from tests.depth import DEEP
from tests.hil import emulated_store as store
from tests.hil import machine_image
from tests.hil.disk_log import Cut, Fate
from tests.hil.emulated import SLOW_S, TOOLS, EmulatedScreen, pulses, started
from tests.hil.machine import Hardware, Machine
from tests.hil.table import record
from tests.hil.volatile_disk import VolatileDisk, why_not
from tests.stories.test_touch_shop import Shopper

DAYS = 6 if DEEP else 1
THERE = "--site /etc/kiosk --state /var/lib/kiosk"

pytestmark = [
    pytest.mark.hil,
    pytest.mark.skipif(
        bool(machine_image.why_not() or why_not()),
        reason=f"a machine whose power goes {machine_image.why_not() or why_not()}",
    ),
]


class Power:
    """The same disk through one power cut after another; it loses what nobody flushed."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._folder, self._seed = folder, seed
        self._disk = machine_image.disk() / "root.img"
        self.cuts = 0

    def until_cut(self, live: Callable[[Machine], None]) -> None:
        """Start the machine, live, and take its power."""
        folder = self._folder / str(self.cuts)
        folder.mkdir()
        disk = VolatileDisk(folder, self._disk)
        with disk.served() as served:
            hardware = Hardware(machine_image.kernel(), f"file={served},format=raw,cache=writeback,file.locking=off")
            with Machine(hardware) as machine:
                live(machine)
        log = disk.log()
        for _, found in log.disks([Cut(len(log.steps), Fate.ANY, seed=self._seed + self.cuts)], folder):
            self._disk = found.rename(self._folder / "after.img")
        shutil.rmtree(folder)
        self.cuts += 1


class Day:
    """A shopper of a machine whose power goes, and what is known of it. chance: when it goes."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._folder, self._chance = folder, random.Random(seed)
        self.given = 0
        self.on_air_s: list[float] = []

    def starts(self, machine: Machine) -> None:
        let_pass(self._chance.uniform(1.0, 60.0))

    def begins_to_leave_a_bag(self, machine: Machine) -> None:
        shopper = self._comes_back(machine)
        steps = self._chance.randrange(1, 5)
        self._agrees(shopper, steps)
        machine.does(f"sleep {self._chance.uniform(0.0, 1.5):.2f}")

    def leaves_a_bag(self, machine: Machine) -> None:
        shopper = self._comes_back(machine)
        latch, door = store.LATCHES[self.given - 1], store.DOORS[self.given - 1]
        self._agrees(shopper, 4)
        shopper.sees("deposit.put-in", self.given)
        assert pulses(machine) == [latch]
        machine.does(f"{TOOLS}/lines.py pull {door} down")
        shopper.sees("deposit.tag", self.given)
        self._shows_its_tag(machine)
        shopper.sees("deposit.kept", self.given)

    def fetches_it(self, machine: Machine) -> None:
        left_at, latch = self.given, store.LATCHES[self.given - 1]
        self._comes_back(machine)
        self.given = left_at
        assert self.lockers[left_at]["assignment"] == "occupied"
        self._finds_the_ledger_whole(machine)
        self._shows_its_tag(machine)
        machine.waits(f"grep -q ' {latch} 1$' /run/lines", "the door opens for its tag")
        assert pulses(machine) == [latch]
        machine.does(f"sleep {self._chance.uniform(0.0, 0.5):.2f}")

    def is_looked_into(self, machine: Machine) -> None:
        left_at = self.given
        self._comes_back(machine)
        assert self.lockers[left_at]["for_staff"], "nobody saw whether the bag was taken"
        self._finds_the_ledger_whole(machine)

    def _finds_the_ledger_whole(self, machine: Machine) -> None:
        machine.does("systemctl start kiosk-housekeeping")
        assert "the ledger is whole" in machine.does("journalctl -u kiosk-housekeeping -o cat --no-pager")

    def _comes_back(self, machine: Machine) -> Shopper:
        """By itself, with every door shut."""
        self.on_air_s.append(started(machine)["first sound after power"])
        told = json.loads(
            machine.does(f"echo {store.PIN} | kiosk lockers status --json {THERE} --as lina --as-pin-file -")
        )
        self.lockers = {one["locker"]: one for one in told["lockers"]}
        assert pulses(machine) == []
        assert {one["door"] for one in self.lockers.values()} == {"closed"}, told
        free = [one for one in told["lockers"] if one["assignment"] == "free" and not one["unconfirmed"]]
        if free:
            self.given = min(free, key=lambda one: (one["since"], one["locker"]))["locker"]
        shopper = Shopper(EmulatedScreen(machine, self._folder), patience_s=SLOW_S)
        shopper.free = len(free)
        return shopper

    def _agrees(self, shopper: Shopper, steps: int) -> None:
        shopper.touches(shopper.sees_home(), "store")
        asked = (("deposit.size", "size small"), ("deposit.valuables", "agree"), ("deposit.check", "agree"))
        for sentence, answer in asked[: steps - 1]:
            shopper.touches(shopper.sees(sentence), answer)

    def _shows_its_tag(self, machine: Machine) -> None:
        plaque = json.loads(machine.does("cat /var/lib/kiosk/plaques.json"))[str(self.given)]
        machine.does(f"echo 'scan {plaque}' > /run/hands")


@pytest.mark.parametrize("seed", range(DAYS))
def test_a_machine_whose_power_goes_is_on_the_air_again_with_every_bag_and_no_open_door(
    tmp_path: Path, seed: int
) -> None:
    power, day = Power(tmp_path, seed), Day(tmp_path, seed)

    for live in (day.starts, day.begins_to_leave_a_bag, day.leaves_a_bag, day.fetches_it):
        power.until_cut(live)
    if DEEP:  # the door was open when the power went
        power.until_cut(day.is_looked_into)

    again = f"{sorted(day.on_air_s)[len(day.on_air_s) // 2]:.0f} s of the emulated machine, from the power on"
    what = (
        f"a whole machine: it starts, a bag is being left, is kept{', its door is open' if DEEP else ''} (seed {seed})"
    )
    record("power cuts", (what, str(power.cuts - 1), "0", "0", "0", again))
