"""Exports as tills write them, and what they are held against."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from kiosk.rules.returns.receipt import Line, Receipt
from kiosk.rules.returns.receipt_number import NumberForm
from kiosk.tills.export import Reading
from kiosk.tills.imported import ImportedReceipts

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=ZONE)
READING = Reading(NumberForm("R01########"), ZONE, NOW)
HEADING = (
    "number,bought,till,member,invoiced,n,item,barcode,name,category,quantity,unit_price,clearance,appliance,serial"
)
KETTLE = "R0100000001,2026-11-20 14:03:20,03,88001234,1,1,20417,6901234567892,电水壶 1.7L,小家电,1,129.90,0,1,SN-77"
CUPS = "R0100000001,2026-11-20 14:03:20,03,88001234,1,2,30112,,陶瓷杯,陶瓷,4,9.90,1,0,"
MEAT = "R0100000002,2026/11/21 10:00:00,1,,0,1,50001,2150001005353,牛腩,生鲜,0.535,59.80,0,0,"

FIRST = Receipt(
    "R0100000001",
    datetime(2026, 11, 20, 14, 3, 20, tzinfo=ZONE),
    "03",
    (
        Line(1, "20417", "6901234567892", "电水壶 1.7L", "小家电", 1000, 12_990, appliance=True, serial="SN-77"),
        Line(2, "30112", "", "陶瓷杯", "陶瓷", 4000, 990, clearance=True),
    ),
    "88001234",
    invoiced=True,
)
SECOND = Receipt(
    "R0100000002",
    datetime(2026, 11, 21, 10, 0, tzinfo=ZONE),
    "1",
    (Line(1, "50001", "2150001005353", "牛腩", "生鲜", 535, 5980),),
)


def text(*rows: str, heading: str = HEADING) -> str:
    """An export, line by line."""
    return "".join(f"{row}\n" for row in (heading, *rows))


def export(folder: Path, *rows: str, name: str = "day.csv", encoding: str = "utf-8") -> Path:
    """An export on the disk."""
    path = folder / name
    path.write_text(text(*rows), encoding=encoding)
    return path


class OpenVeil:
    """Hides nothing from whoever turns it round."""

    def hide(self, text: str, about: str) -> str:
        return f"{about}:{text[::-1]}"

    def shown(self, hidden: str, about: str) -> str:
        assert hidden.startswith(f"{about}:")
        return hidden.removeprefix(f"{about}:")[::-1]


def receipts_at(folder: Path) -> ImportedReceipts:
    """The receipts that were imported in a folder."""
    return ImportedReceipts(folder / "receipts.sqlite", ZONE, OpenVeil())
