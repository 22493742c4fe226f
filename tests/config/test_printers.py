from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.config.load import check_site, load_site
from kiosk.config.roll_printers import RollPrinter
from tests.sites import SITE, write_site

SERIAL = '\n[[printers]]\nid = "desk"\nserial = "/dev/ttyUSB0"\n'
USB = '\n[[printers]]\nid = "till"\nusb = "04b8:0E15:J3"\npaper = 58\n'
NETWORK = '\n[[printers]]\nid = "queue"\nnetwork = "printer.lan"\ndots = 512\n'
SCANNER = '\n[[scanners]]\nid = "lockers"\ndevice = "/dev/ttyUSB0"\n'
BADGE = '\n[badge]\ndevice = "/dev/ttyUSB0"\n'


def test_printers_become_plain_values(tmp_path: Path) -> None:
    site = load_site(write_site(tmp_path, site=SITE + SERIAL + USB + NETWORK))

    assert site.printers == (
        RollPrinter("desk", 80, 576, serial="/dev/ttyUSB0", baud=115200),
        RollPrinter("till", 58, 384, usb=(0x04B8, 0x0E15, "J3")),
        RollPrinter("queue", 80, 512, network=("printer.lan", 9100)),
    )


def test_a_store_may_have_none(tmp_path: Path) -> None:
    assert load_site(write_site(tmp_path)).printers == ()


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        ('\n[[printers]]\nid = "desk"\n', 'printer[1] "desk"', "hangs on nothing"),
        (SERIAL + 'network = "a"\n', 'printer[1] "desk"', "hangs on serial and network"),
        (SERIAL + SERIAL.replace("desk", "till"), 'printer[2] "till".serial', 'is the printer "desk" already'),
        (SERIAL + SCANNER, 'printer[1] "desk".serial', 'is the scanner "lockers" already'),
        (SERIAL + BADGE, 'printer[1] "desk".serial', "is the badge reader already"),
        (USB + "baud = 9600\n", 'printer[1] "till".baud', "only a serial printer has a speed"),
        (USB.replace("04b8", "epson"), 'printer[1] "till".usb', "is no USB device"),
        (NETWORK.replace("printer.lan", "a:99999"), 'printer[1] "queue".network', "is no address"),
        (NETWORK.replace("512", "511"), 'printer[1] "queue".dots', "is the number 511"),
        (SERIAL + "paper = 76\n", 'printer[1] "desk".paper', "is the number 76"),
        (SERIAL + SERIAL.replace("USB0", "USB1"), 'printer[2] "desk".id', 'the id "desk" is taken'),
    ],
)
def test_a_printer_that_cannot_be_is_told_with_its_place(tmp_path: Path, text: str, place: str, what: str) -> None:
    site, problems = check_site(write_site(tmp_path, site=SITE + text))

    assert site is None
    assert [str(problem) for problem in problems if place in problem.place and what in problem.what]
