"""The receipts of the demo store: a till's export whose days are counted back from today."""

from __future__ import annotations

import csv
import os
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

from kiosk.app.places import Places
from kiosk.config.site import Site
from kiosk.ports.drawer import Slip
from kiosk.rules.returns.receipt_number import NumberForm

FILE = "schedules/demo-receipts.csv"
END = "END"
_LONG_AGO_S = 60.0  # nobody writes it any more


def leave_demo_receipts(site: Site, where: Places, today: date) -> Path | None:
    """Put the export where the till would; None where the site has no return desk or no such file. Raises OSError."""
    source = site.root / FILE
    if site.returns is None or site.returns.database is not None or not source.exists():
        return None
    folder = where.state / site.returns.drop
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"demo-{today:%Y%m%d}.csv"
    part = target.with_suffix(".part")
    part.write_text(as_of(source.read_text(encoding="utf-8"), site.returns.form, today), encoding="utf-8")
    settled = part.stat().st_mtime - _LONG_AGO_S
    os.utime(part, (settled, settled))
    return part.rename(target)


def demo_slips(site: Site, today: date) -> tuple[Slip, ...]:
    """Those receipts as shoppers hold them, the newest first; none where they cannot be read."""
    source = site.root / FILE
    if site.returns is None or site.returns.database is not None or not source.exists():
        return ()
    lines = list(csv.DictReader(StringIO(as_of(source.read_text(encoding="utf-8"), site.returns.form, today))))
    bought: dict[str, list[dict[str, str]]] = {}
    for line in lines:
        if line["number"] != END:
            bought.setdefault(line["number"], []).append(line)
    slips = [
        Slip(number, "、".join(line["name"] for line in goods), goods[0]["bought"]) for number, goods in bought.items()
    ]
    return tuple(sorted(slips, key=lambda slip: slip.bought, reverse=True))


def as_of(text: str, form: NumberForm, today: date) -> str:
    """The export as the till would have written it by today. In the file a receipt's number is the end of it, after the
    month and day of purchase, and its time begins with how many days ago that was."""
    rows = list(csv.reader(StringIO(text)))
    number, bought = rows[0].index("number"), rows[0].index("bought")
    for row in rows[1:]:
        ago, _, at = row[bought].partition(" ")
        day = today - timedelta(days=int(ago))
        row[number] = form.fixed + f"{day:%m%d}{row[number]}".rjust(form.digits, "0")[-form.digits :]
        row[bought] = f"{day.isoformat()} {at}"
    out = StringIO()
    csv.writer(out, lineterminator="\n").writerows([*rows, [END, str(len(rows) - 1)]])
    return out.getvalue()
