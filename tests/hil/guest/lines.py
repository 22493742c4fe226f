"""The pins of the emulated machine (gpio-sim), and the lockers that hang on them: a latch with current opens its door.

lines.py make | cabinet LATCH:DOOR… | pull LINE up|down | play LINE EDGES | watch SECONDS LINE…
"""

from __future__ import annotations

import json
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


def make() -> None:
    """A chip with the Pi's lines, and what gpiozero reads of the Pi's board; contacts are open at first."""
    bank = CHIP / "bank0"
    bank.mkdir(parents=True)
    (bank / "num_lines").write_text(str(LINES))
    (bank / "label").write_text("pinctrl-bcm2711")
    (CHIP / "live").write_text("1")
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


def watch(seconds: float, numbers: list[int]) -> list[tuple[float, int, bool]]:
    """When which line changed: seconds of the monotonic clock, line, whether it is high. First how each stands."""
    values = {number: line(number) / "value" for number in numbers}
    stands: dict[int, str] = {}
    told: list[tuple[float, int, bool]] = []
    until_s = monotonic() + seconds
    while monotonic() < until_s:
        for number, path in values.items():
            if (found := path.read_text().strip()) != stands.get(number):
                stands[number] = found
                told.append((round(monotonic(), 3), number, found == "1"))
        PAUSE.wait(0.003)
    return told


def cabinet(pairs: list[tuple[int, int]]) -> None:
    """Until it is ended: whoever gives a latch current opens its door; each pulse is written down."""
    latches = {latch: line(latch) / "value" for latch, _ in pairs}
    for _, door in pairs:
        pull(door, "down")
    had_current = dict.fromkeys(latches, False)
    with Path("/run/pulses").open("a", buffering=1) as pulses:
        while True:
            for latch, door in pairs:
                current = latches[latch].read_text().strip() == "1"
                if current and not had_current[latch]:
                    pulses.write(f"{monotonic():.3f} {latch}\n")
                    pull(door, "up")
                had_current[latch] = current
            PAUSE.wait(0.003)


def main(verb: str, words: list[str]) -> None:
    if verb == "make":
        make()
    elif verb == "pull":
        pull(int(words[0]), words[1])
    elif verb == "play":
        play(int(words[0]), json.loads(words[1]))
    elif verb == "cabinet":
        cabinet([(int(latch), int(door)) for latch, door in (word.split(":") for word in words)])
    elif verb == "watch":
        sys.stdout.write(json.dumps(watch(float(words[0]), [int(word) for word in words[1:]])))
    else:
        raise SystemExit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
