"""Lets a deed live on a volatile disk, takes the power again and again, and counts what is wrong after.

In a process with mounts of its own: whoever copies this machine's mounts meanwhile would keep ours alive.
"""

from __future__ import annotations

import pickle
import statistics
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from tests.hil.deeds import Deed, Found
from tests.hil.volatile_disk import HERE, VolatileDisk, empty_disk


@dataclass
class Outcome:
    """Of so many cuts. looked_s: from the disk's mounting to the last proof, one for each cut."""

    cuts: int = 0
    wrong: list[tuple[str, Found]] = field(default_factory=list)
    looked_s: list[float] = field(default_factory=list)

    def count(self, what: str) -> int:
        return len({cut for cut, found in self.wrong if getattr(found, what)})

    def row(self, name: str) -> tuple[str, ...]:
        """As docs/reliability.md has it."""
        counts = (str(self.count(what)) for what in ("lost", "twice", "door"))
        return (name, str(self.cuts), *counts, f"{statistics.median(self.looked_s):.2f} s")


@dataclass(frozen=True, slots=True)
class Order:
    """seed: which moments, and what becomes of what was not flushed."""

    deed: Deed
    folder: Path
    cuts: int
    seed: int
    megabytes: int = 48


def cut_off(order: Order) -> Outcome:
    """Record the deed once, then look at the disk as each of so many power cuts may have left it. Wants root."""
    command = ["unshare", "-m", "--propagation", "private", sys.executable, "-m", "tests.hil.cutting"]
    done = subprocess.run(command, input=pickle.dumps(order), stdout=subprocess.PIPE, cwd=HERE, check=True)
    outcome = pickle.loads(done.stdout)
    assert isinstance(outcome, Outcome)
    return outcome


def carry_out(order: Order) -> Outcome:
    deed = order.deed
    disk = VolatileDisk(order.folder, empty_disk(order.folder / "began.img", order.megabytes))
    with disk.prepared() as path:
        deed.prepare(path)
    with disk.recorded() as path:
        deed.live(path, disk.mark)
    log = disk.log()
    outcome = Outcome()
    for cut, path in disk.after(log, log.cuts(order.cuts, order.seed)):
        began_s = monotonic()
        told, coming = log.told(cut), log.coming(cut)
        near = [pickle.loads(mark) for mark in (told[-1], *coming[:1])]
        for found in deed.look(path, near[:1], near[1:]):
            outcome.wrong.append((str(cut), found))
        outcome.cuts += 1
        outcome.looked_s.append(monotonic() - began_s)
    return outcome


if __name__ == "__main__":
    from tests.hil import cutting  # what is sent back belongs to the module, not to this script

    sys.stdout.buffer.write(pickle.dumps(cutting.carry_out(pickle.load(sys.stdin.buffer))))
