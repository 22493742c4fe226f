"""The tables [[printers]] of site.toml: receipt printers, what they hang on, and what they print."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from kiosk.config.findings import Findings, shown
from kiosk.config.roll_printers import DOTS, RollPrinter
from kiosk.config.schema import Table
from kiosk.config.sections import Entry, Sections
from kiosk.config.site import Badge, Scanner
from kiosk.config.values import Id, Line, refusal

NETWORK_PORT = 9100
_USB = re.compile(r"([0-9a-fA-F]{4}):([0-9a-fA-F]{4})(?::(\S+))?")
_HOST = re.compile(r"([A-Za-z0-9][A-Za-z0-9.-]*)(?::(\d{1,5}))?")


def _usb(text: str) -> str:
    if _USB.fullmatch(text) is None:
        raise refusal("is no USB device", 'write vendor and product as lsusb shows them, as usb = "04b8:0e15"')
    return text


def _network(text: str) -> str:
    found = _HOST.fullmatch(text)
    if found is None or not 0 < int(found[2] or NETWORK_PORT) < 65536:
        raise refusal("is no address", 'write it as network = "192.168.1.60" or "printer.lan:9100"')
    return text


class PrinterTable(Table):
    id: Id = Field(description='name the printer, as id = "desk"')
    serial: Line | None = Field(default=None, description='write its port, as serial = "/dev/ttyUSB0"')
    baud: Literal[9600, 19200, 38400, 57600, 115200] | None = Field(
        default=None, description="write the speed of a serial printer, as baud = 115200"
    )
    usb: Annotated[str, AfterValidator(_usb)] | None = Field(
        default=None, description='write vendor and product, as usb = "04b8:0e15"'
    )
    network: Annotated[str, AfterValidator(_network)] | None = Field(
        default=None, description='write its address, as network = "192.168.1.60"'
    )
    paper: Literal[58, 80] = Field(default=80, description="write the width of its roll, paper = 58 or paper = 80")
    dots: int | None = Field(
        default=None, ge=256, le=832, multiple_of=8, description="write how many dots its head has, as dots = 512"
    )


def printers_of(
    sections: Sections, badge: Badge | None, scanners: tuple[Scanner, ...], findings: Findings
) -> tuple[RollPrinter, ...]:
    """The printers, after telling of those that hang on nothing, on two things, or on something that is taken."""
    sections.tell_duplicates("printers")
    taken = {one.device: f"the scanner {shown(one.id)}" for one in scanners}
    taken |= {} if badge is None else {badge.device: "the badge reader"}
    printers = []
    for entry in sections.many("printers", PrinterTable):
        table, loc = entry.value, entry.loc
        wires = {name: at for name in ("serial", "usb", "network") if (at := getattr(table, name)) is not None}
        if len(wires) != 1:
            what = "hangs on nothing" if not wires else f"hangs on {' and '.join(wires)}"
            findings.error(sections.source, loc, what, "write one of serial, usb and network")
            continue
        (kind, at), *_ = wires.items()
        if at in taken:
            what = f"{shown(at)} is {taken[at]} already"
            findings.error(sections.source, (*loc, kind), what, "give each device a port of its own")
        if table.baud is not None and table.serial is None:
            findings.error(sections.source, (*loc, "baud"), "only a serial printer has a speed", "take the line out")
        taken.setdefault(at, f"the printer {shown(table.id)}")
        printers.append(_printer(entry))
    return tuple(printers)


def _printer(entry: Entry[PrinterTable]) -> RollPrinter:
    table = entry.value
    dots = table.dots or DOTS[table.paper]
    plain = RollPrinter(table.id, table.paper, dots)
    if table.serial is not None:
        return RollPrinter(table.id, table.paper, dots, serial=table.serial, baud=table.baud or 115200)
    if table.usb is not None and (found := _USB.fullmatch(table.usb)):
        usb = (int(found[1], 16), int(found[2], 16), found[3] or "")
        return RollPrinter(table.id, table.paper, dots, usb=usb)
    if table.network is not None and (found := _HOST.fullmatch(table.network)):
        return RollPrinter(table.id, table.paper, dots, network=(found[1], int(found[2] or NETWORK_PORT)))
    return plain
