"""What a disk was told, in order: writes, flushes, and marks of the test; and what may be on it when the power goes."""

from __future__ import annotations

import random
import struct
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import BinaryIO

SECTOR = 512
HEAD = struct.Struct("<BQI")  # kind, where, how many bytes follow


class Kind(Enum):
    WRITE = 1
    FLUSH = 2
    MARK = 3


class Fate(Enum):
    """What becomes of what nobody flushed."""

    NONE = "none of it"
    FIRST = "what was written first"
    ANY = "any sectors of it"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing the disk was told. data: of a write its bytes, of a mark its text."""

    kind: Kind
    at: int = 0
    data: bytes = b""

    def onto(self, file: BinaryIO) -> None:
        file.write(HEAD.pack(self.kind.value, self.at, len(self.data)) + self.data)


@dataclass(frozen=True, slots=True)
class Cut:
    """The power goes when so many steps were done. seed: what chance does to the unflushed."""

    after: int
    fate: Fate = Fate.ANY
    seed: int = 0

    def kept(self, unflushed: list[Step]) -> Iterator[tuple[int, bytes]]:
        """The sectors that reached the medium all the same."""
        chance = random.Random(self.seed)
        sectors = [
            (step.at + at, step.data[at : at + SECTOR]) for step in unflushed for at in range(0, len(step.data), SECTOR)
        ]
        if self.fate is Fate.FIRST:
            yield from sectors[: chance.randint(0, len(sectors))]
        elif self.fate is Fate.ANY:
            share = chance.random()
            yield from (sector for sector in sectors if chance.random() < share)


class DiskLog:
    """The steps of a disk that began as an image."""

    def __init__(self, began: Path, steps: list[Step]) -> None:
        self.began = began
        self.steps = steps

    @classmethod
    def read(cls, began: Path, log: Path) -> DiskLog:
        steps = []
        with log.open("rb") as file:
            while len(head := file.read(HEAD.size)) == HEAD.size:
                kind, at, length = HEAD.unpack(head)
                steps.append(Step(Kind(kind), at, file.read(length)))
        return cls(began, steps)

    def marks(self) -> list[int]:
        """Where marks stand."""
        return [number for number, step in enumerate(self.steps) if step.kind is Kind.MARK]

    def told(self, cut: Cut) -> list[bytes]:
        """What the marks before a cut say, oldest first."""
        return [step.data for step in self.steps[: cut.after] if step.kind is Kind.MARK]

    def coming(self, cut: Cut) -> list[bytes]:
        """What the marks after it would have said."""
        return [step.data for step in self.steps[cut.after :] if step.kind is Kind.MARK]

    def cuts(self, count: int, seed: int) -> list[Cut]:
        """Moments to take the power: half of them right after a mark, the others anywhere; in their order."""
        chance = random.Random(seed)
        marks = self.marks()
        writes = [number for number, step in enumerate(self.steps) if step.kind is not Kind.MARK]
        first, last = marks[0] + 1, len(self.steps)
        found = []
        for number in range(count):
            after = (
                chance.choice(marks) + 1 if number % 2 else chance.choice([w for w in writes if w >= first] or [last])
            )
            found.append(Cut(after, chance.choice((Fate.NONE, Fate.FIRST, Fate.ANY, Fate.ANY)), chance.getrandbits(32)))
        return sorted(found, key=lambda cut: cut.after)

    def disks(self, cuts: list[Cut], folder: Path) -> Iterator[tuple[Cut, Path]]:
        """For each cut, in the order of their moments, the disk as it may be found then; gone after, unless moved."""
        durable = folder / "durable.img"
        copy(self.began, durable)
        done, unflushed = 0, list[Step]()
        with durable.open("r+b") as medium:
            for number, cut in enumerate(sorted(cuts, key=lambda cut: cut.after)):
                for step in self.steps[done : cut.after]:
                    if step.kind is Kind.WRITE:
                        unflushed.append(step)
                    elif step.kind is Kind.FLUSH:
                        for write in unflushed:
                            medium.seek(write.at)
                            medium.write(write.data)
                        unflushed.clear()
                done = cut.after
                medium.flush()
                found = folder / f"found-{number}.img"  # a new one: the kernel may still know the last
                copy(durable, found)
                with found.open("r+b") as image:
                    for at, data in cut.kept(unflushed):
                        image.seek(at)
                        image.write(data)
                yield cut, found
                found.unlink(missing_ok=True)


def copy(source: Path, target: Path) -> None:
    """With its holes: an image is mostly holes."""
    subprocess.run(["cp", "--sparse=always", "--reflink=auto", str(source), str(target)], check=True)
