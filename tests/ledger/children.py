"""What another process does with the ledger: `python -m tests.ledger.children VERB PATH …`, speaking by lines."""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path

from kiosk.ledger.as_run import AsRunPages
from kiosk.ledger.store import open_ledger
from tests.ledger.values import SHANGHAI, TEN, a_song, played


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def broadcast_until_killed(path: Path) -> None:
    pages = AsRunPages(open_ledger(path), SHANGHAI)
    for n in count(1):
        pages.started(a_song(n))
        say(f"started {a_song(n).key}")
        if n % 2:
            pages.ended(played(a_song(n)))
            say(f"ended {a_song(n).key}")


def write_in_turns(path: Path, name: str, lines: int) -> None:
    with open_ledger(path) as ledger:
        pages = AsRunPages(ledger, SHANGHAI)
        say("ready")
        sys.stdin.readline()
        for n in range(lines):
            pages.note(TEN, name, "counts", str(n), {})
    say("done")


def replace_damaged(path: Path) -> None:
    say("ready")
    sys.stdin.readline()
    with open_ledger(path, replace_damaged=True) as ledger:
        AsRunPages(ledger, SHANGHAI).note(TEN, "front", "is", "there", {})
    say("done")


def open_once(path: Path) -> None:
    open_ledger(path).close()
    say("opened with alembic" if "alembic" in sys.modules else "opened without alembic")


if __name__ == "__main__":
    verb, where, *rest = sys.argv[1:]
    if verb == "broadcast":
        broadcast_until_killed(Path(where))
    elif verb == "replace":
        replace_damaged(Path(where))
    elif verb == "open":
        open_once(Path(where))
    else:
        write_in_turns(Path(where), rest[0], int(rest[1]))
