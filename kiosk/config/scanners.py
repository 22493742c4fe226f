"""The tables [[scanners]] of site.toml: what reads the tags of the lockers, and where it hangs."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from kiosk.config.findings import Findings, shown
from kiosk.config.schema import Table
from kiosk.config.sections import Sections
from kiosk.config.site import Badge, Scanner
from kiosk.config.values import Id, Line

INPUT_DEVICES = "/dev/input/"


class ScannerTable(Table):
    id: Id = Field(description='name the scanner, as id = "lockers"')
    device: Line = Field(
        description='write its port, as "/dev/ttyACM0", or below /dev/input/by-id/ the scanner that types'
    )
    baud: Literal[1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200] | None = Field(
        default=None, description="write the speed of a serial scanner, as baud = 9600"
    )


def scanners_of(sections: Sections, badge: Badge | None, findings: Findings) -> tuple[Scanner, ...]:
    """The scanners, after telling of devices that two readers would share. badge: the panel's reader."""
    sections.tell_duplicates("scanners")
    taken = {} if badge is None else {badge.device: "the badge reader"}
    scanners = []
    for entry in sections.many("scanners", ScannerTable):
        table, loc = entry.value, entry.loc
        if table.device in taken:
            what = f"{shown(table.device)} is {taken[table.device]} already"
            findings.error(sections.source, (*loc, "device"), what, "give each reader a device of its own")
        if table.baud is not None and table.device.startswith(INPUT_DEVICES):
            what = "a scanner that types has no speed"
            findings.error(sections.source, (*loc, "baud"), what, "take the line out")
        taken.setdefault(table.device, f"the scanner {shown(table.id)}")
        scanners.append(Scanner(table.id, table.device, table.baud or 9600))
    return tuple(scanners)
