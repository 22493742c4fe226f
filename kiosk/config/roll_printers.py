"""What a store chose about its receipt printers, as plain values that any process can hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

DOTS: Mapping[int, int] = MappingProxyType({58: 384, 80: 576})  # 203 dpi: 48 and 72 mm


@dataclass(frozen=True, slots=True)
class RollPrinter:
    """A receipt printer. paper_mm: of its roll. dots: of its head. One of serial (a port, with its baud), usb (vendor,
    product and, where several are alike, the serial number) and network (host and port) is given."""

    id: str
    paper_mm: int
    dots: int
    serial: str = ""
    baud: int = 115200
    usb: tuple[int, int, str] | None = None
    network: tuple[str, int] | None = None
