"""The broadcast role's first moments: what nobody remembers is read while everything else is still imported."""

from __future__ import annotations

from pathlib import Path

from kiosk.app.messenger import Give, Messenger
from kiosk.app.office_opening import OfficeOpening
from kiosk.app.places import Places
from kiosk.app.recollection import recall


def start_broadcast(places: Places) -> None:
    """The whole role. Main thread of a process of its own; raises as run_broadcast does."""
    ledger = _begun(places) if places.nothing_kept else None
    recalled = recall(places)
    opening = OfficeOpening(places, forked=True).opened if recalled is None else lambda: recalled
    from kiosk.app.broadcast import run_broadcast

    if ledger is not None:
        ledger.close()
    run_broadcast(places, opening=opening)


def _begun(places: Places) -> Messenger[None]:
    return Messenger(_begin_ledger, places.ledger, name="ledger", forked_without=())


def _begin_ledger(_: Give[None], path: Path) -> None:
    from kiosk.ledger.store import open_ledger

    open_ledger(path).close()  # what is wrong with it is told by the role, which opens it next
