"""Takes what the till left in its drop folder, and deletes what is past its time: one round, in a process of its own.

    python -m kiosk.app.till_taking SITE STATE

Each line that it prints is for a person to read; without a word all is well.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime
from io import TextIOWrapper
from pathlib import Path

from kiosk.app.places import Places
from kiosk.app.receipts import drop_folder, imported_receipts, kept_since, reading
from kiosk.app.returns import return_desk
from kiosk.config.load import load_site
from kiosk.errors import KioskError
from kiosk.tills.drop_folder import QUARANTINE, Handled


def round_of(where: Places, now: datetime | None = None) -> Iterator[str]:
    """One round; what people must know. Raises KioskError."""
    site = load_site(where.site)
    at = now or datetime.now(site.zone_info)
    folder = drop_folder(site, where)
    imported_receipts(site, where).purge(kept_since(site, return_desk(site), at))  # first: a bad export never delays it
    folder.tidy(at)
    for handled in folder.take(reading(site, at)):
        yield from told(handled, folder.path)


def told(handled: Handled, folder: Path) -> Iterator[str]:
    """What a person must know of a file."""
    if handled.mistakes:
        more = len(handled.mistakes) - 1
        others = f", and {more} more mistake{'s' if more > 1 else ''}" if more else ""
        yield (
            f"the till's export {handled.name} cannot be taken: {handled.mistakes[0]}{others}."
            f" It lies in {folder / QUARANTINE}: have it exported anew"
        )
    elif handled.overdue:
        yield f"the till's export {handled.name} is not whole for half an hour: {handled.waits}. Have it exported anew"


def main() -> int:
    """For the process."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # whatever the role's locale is
    try:
        for line in round_of(Places(Path(sys.argv[1]), Path(sys.argv[2]))):
            sys.stdout.write(line + "\n")
    except KioskError as error:
        sys.stdout.write(str(error).replace("\n", "; ") + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
