"""The demo's lockers as a newcomer meets them: its front role in a process of its own, at the end of the demo's day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kiosk.app.demo import is_over
from kiosk.app.demo_day import DemoDay
from kiosk.app.demo_lockers import lockers_beside
from kiosk.app.demo_staff import LEAD, PIN
from kiosk.app.hatch import ask
from kiosk.app.places import Places
from kiosk.ledger.air_requests import LedgerAirRequests
from kiosk.ledger.lockers import LedgerLockers
from kiosk.ledger.store import open_ledger
from kiosk.ports.lockers import Entry
from kiosk.ports.lockers_report import LockersReport
from kiosk.rules.lockers.deposit import Deposit
from kiosk.rules.lockers.locker import Assignment, Door, Locker, Size
from kiosk.units import LockerId
from tests.audio.waiting import eventually
from tests.display.airtime import on_air
from tests.ledger.values import SHANGHAI
from tests.sites import SITE, write_site

PATIENCE_S = 40.0
MINUTES = 3
FIRST = LockerId(1)
ROWS = """
[lockers]
reminder_page = "closing-30"

[[lockers.rows]]
size = "small"
lockers = "1-2"
place = "left wall"
"""


class Newcomer:
    """Somebody who plays with a demo."""

    def __init__(self, places: Places, day: DemoDay, newest: Callable[[], LockersReport | None]) -> None:
        self.places, self.day = places, day
        self._newest = newest
        self._seen: LockersReport | None = None

    def report(self) -> LockersReport:
        self._seen = self._newest() or self._seen
        return self._seen or LockersReport(datetime.now(SHANGHAI))

    def locker(self) -> Locker | None:
        return next((one for one in self.report().lockers if one.id == FIRST), None)

    def plays(self, verb: str, what: str = "") -> None:
        ask(self.places.front_hatch, {"do": "play", "verb": verb, "what": what}, role="front")

    def doors(self) -> list[int]:
        return list(ask(self.places.front_hatch, {"do": "doors"}, role="front")["open"])

    def hands_out(self) -> None:
        asked = {"do": "open", "lockers": [1], "purpose": "hand out", "as": LEAD.id, "pin": PIN}
        ask(self.places.front_hatch, asked, role="front")

    def is_told_how(self) -> bool:
        return any("--purpose hand-out --as lead" in text for text in self.report().warnings)

    def waits_for(self, assignment: Assignment) -> None:
        def stands() -> bool:
            return (one := self.locker()) is not None and one.assignment is assignment

        eventually(stands, within_s=PATIENCE_S, what=assignment.value)


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    """A bag was left in locker 1 two minutes ago."""
    monkeypatch.delenv("DISPLAY", raising=False)  # no window in the way
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    places = Places(write_site(tmp_path / "site", site=SITE + ROWS), tmp_path / "state")
    began = datetime.now(SHANGHAI) - timedelta(minutes=2)
    with open_ledger(places.ledger) as ledger:
        taken = Locker(FIRST, Size.SMALL, FIRST, 1, Assignment.OCCUPIED, Door.CLOSED, began, deposit=1)
        lies = Deposit(1, FIRST, FIRST, 1, began, stored=began, kept=began)
        LedgerLockers(lambda: ledger, SHANGHAI).write(Entry(began, (taken,), (lies,)))
    return places


@contextmanager
def demo(places: Places, opened_s: float) -> Iterator[Newcomer]:
    """A demo of three minutes that opened so long ago."""
    opens = datetime.now(SHANGHAI).replace(microsecond=0) - timedelta(seconds=opened_s)
    day = DemoDay(opens, MINUTES)
    with lockers_beside(places, day) as newest:
        yield Newcomer(places, day, newest)


@pytest.mark.rule("L03")
def test_the_demos_shoppers_are_reminded_before_its_doors_close(places: Places) -> None:
    with demo(places, opened_s=100) as newcomer, open_ledger(places.ledger) as ledger:
        requests = LedgerAirRequests(lambda: ledger, SHANGHAI)

        eventually(requests.waiting, within_s=PATIENCE_S, what="the broadcast is asked")

        assert [one.script for one in requests.waiting()] == ["closing-30"]
        assert (one := newcomer.locker()) is None or one.assignment is Assignment.OCCUPIED


@pytest.mark.rule("L04")
def test_what_stays_in_the_demos_lockers_is_handed_out_by_its_supervisor_before_it_ends(places: Places) -> None:
    with demo(places, opened_s=60.0 * MINUTES + 5) as newcomer:
        closed = replace(on_air(), now=newcomer.day.closes, phase="opens at 09:00:00", amplifier_on=False)
        newcomer.waits_for(Assignment.OVERNIGHT)
        assert not is_over(newcomer.day, closed, newcomer.report()), "the demo stays for what is to be handed out"
        eventually(newcomer.is_told_how, within_s=PATIENCE_S, what="the board says how to hand it out")
        newcomer.plays("scan", "1")
        assert newcomer.doors() == [], "its tag opens it no more"

        newcomer.hands_out()
        eventually(lambda: newcomer.doors() == [1], within_s=PATIENCE_S, what="the door is open")
        newcomer.plays("take", "1")
        newcomer.plays("shut", "1")

        newcomer.waits_for(Assignment.FREE)
        assert is_over(newcomer.day, closed, newcomer.report())
        assert not is_over(newcomer.day, replace(closed, amplifier_on=True), newcomer.report()), (
            "its power goes off first"
        )
        early = replace(closed, now=newcomer.day.opens)
        assert not is_over(newcomer.day, early, newcomer.report()), "it has not opened yet"
        assert is_over(newcomer.day, closed, None), "a store without lockers waits for nobody"
