"""Takes what the till left in its drop folder, and deletes what is past its time: one round, in a process of its own.

    python -m kiosk.app.till_taking SITE STATE

Each line that it prints is a sentence for a person to read, as JSON; without a word all is well.
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
from kiosk.app.till_watch import Told, as_line
from kiosk.config.load import load_site
from kiosk.desks.lockers.messages import Fault, Happened
from kiosk.errors import KioskError
from kiosk.sentences import tell
from kiosk.tills.drop_folder import QUARANTINE, Handled


def round_of(where: Places, now: datetime | None = None) -> Iterator[Told]:
    """One round; what people must know. Raises KioskError."""
    site = load_site(where.site)
    at = now or datetime.now(site.zone_info)
    folder = drop_folder(site, where)
    imported_receipts(site, where).purge(kept_since(site, return_desk(site), at))  # first: a bad export never delays it
    folder.tidy(at)
    for handled in folder.take(reading(site, at)):
        yield from told(handled, folder.path)


def told(handled: Handled, folder: Path) -> Iterator[Told]:
    """What a person must know of a file: one that was refused is out of the way, one that is not whole still lies
    there."""
    if handled.mistakes:
        yield Happened(
            tell(
                "the till's export {export} cannot be taken: {first} (mistakes in all: {mistakes})."
                " It lies in {folder}: have it exported anew",
                export=handled.name,
                mistakes=len(handled.mistakes),
                first=str(handled.mistakes[0]),
                folder=folder / QUARANTINE,
            )
        )
    elif handled.overdue:
        yield Fault(
            tell(
                "the till's export {export} is not whole for half an hour: {why}. Have it exported anew",
                export=handled.name,
                why=handled.waits,
            )
        )


def main() -> int:
    """For the process."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # whatever the role's locale is
    try:
        for line in round_of(Places(Path(sys.argv[1]), Path(sys.argv[2]))):
            sys.stdout.write(as_line(line) + "\n")
    except KioskError as error:
        sys.stdout.write(as_line(Fault(str(error))) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
