"""The pins of the emulated machine (gpio-sim), and the lockers that hang on them: a latch with current opens its door.

lines.py make CONTACT… | live LATCH:DOOR… LINE… | pull LINE up|down | play LINE EDGES
live writes down in /run/lines when which line went high or low: seconds of the monotonic clock, line, 1 or 0.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from pathlib import Path
from time import monotonic

CHIP = Path("/sys/kernel/config/gpio-sim/kiosk")
LINES = 28
REVISION = (
    "Hardware\t: BCM2835\nRevision\t: c03115\nSerial\t\t: 10000000feedbeef\nModel\t\t: Raspberry Pi 4 Model B Rev 1.5\n"
)
PAUSE = threading.Event()


def make(contacts: list[int]) -> None:
    """A chip with the Pi's lines, and what gpiozero reads of the Pi's board; contacts are open at first."""
    bank = CHIP / "bank0"
    bank.mkdir(parents=True)
    (bank / "num_lines").write_text(str(LINES))
    (bank / "label").write_text("pinctrl-bcm2711")
    (CHIP / "live").write_text("1")
    for contact in contacts:
        pull(contact, "up")
    Path("/run/cpuinfo").write_text(Path("/proc/cpuinfo").read_text() + REVISION)


def line(number: int) -> Path:
    device, chip = (CHIP / "dev_name").read_text().strip(), (CHIP / "bank0" / "chip_name").read_text().strip()
    return Path("/sys/devices/platform") / device / chip / f"sim_gpio{number}"


def pull(number: int, way: str) -> None:
    """down: the contact is closed, to ground."""
    (line(number) / "pull").write_text(f"pull-{way}")


def play(number: int, edges: list[tuple[float, bool]]) -> None:
    """Open and close a contact at those seconds, as it was once recorded."""
    contact = line(number) / "pull"
    began_s = monotonic()
    for at_s, closed in edges:
        left_s = began_s + at_s - monotonic()
        if left_s > 0.003:
            PAUSE.wait(left_s - 0.002)
        while monotonic() < began_s + at_s:
            pass
        contact.write_text("pull-down" if closed else "pull-up")


def live(doors: dict[int, int], watched: list[int]) -> None:
    """Until it is ended: whoever gives a latch current opens its door; each change of an output is written down."""
    for door in doors.values():
        pull(door, "down")
    opened = {number: os.open(line(number) / "value", os.O_RDONLY) for number in (*doors, *watched)}
    stands = dict.fromkeys(opened, b"0")
    with Path("/run/lines").open("a", buffering=1) as told:
        while True:
            for number, value in opened.items():
                found = os.pread(value, 1, 0)
                if found != stands[number]:
                    stands[number] = found
                    told.write(f"{monotonic():.3f} {number} {found.decode()}\n")
                    if number in doors and found == b"1":
                        pull(doors[number], "up")
            PAUSE.wait(0.02)  # a pulse is much longer


def main(verb: str, words: list[str]) -> None:
    if verb == "make":
        make([int(word) for word in words])
    elif verb == "pull":
        pull(int(words[0]), words[1])
    elif verb == "play":
        play(int(words[0]), json.loads(words[1]))
    elif verb == "live":
        pairs = [word.split(":") for word in words if ":" in word]
        live({int(latch): int(door) for latch, door in pairs}, [int(word) for word in words if ":" not in word])
    else:
        raise SystemExit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
