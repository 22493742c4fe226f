"""What staff see to at the touchscreen is taken down at the broadcast desk: the roles meet in the ledger alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.app.office import Office
from kiosk.desks.broadcast.messages import Fault, Happened
from kiosk.desks.broadcast.seen_at_the_front import SeenAtTheFront
from kiosk.errors import LedgerFault
from kiosk.ledger.seen_warnings import LedgerSeenWarnings, LedgerUnseen
from kiosk.ledger.store import Ledger
from kiosk.ledger.verify import Intact, verify
from kiosk.ports.staff_view import Warned
from tests.ledger.shop import fresh_ledger
from tests.ledger.values import SHANGHAI
from tests.stories.shop import Shop

BROKE_OFF, STUCK = "the back office ended unexpectedly", "button talk: it is stuck"


class Seeing:
    """A broadcast desk, and the front role's side of the ledger."""

    def __init__(self, shop: Shop, ledger: Ledger) -> None:
        self.shop, self.ledger, self.away = shop, ledger, ""
        self.words = LedgerSeenWarnings(self._opened)
        self.starts(shop, "09:20")
        shop.announcer.handle(Fault(STUCK))
        shop.announcer.handle(Happened(BROKE_OFF))

    def starts(self, shop: Shop, at: str) -> None:
        """The broadcast role begins on the same ledger, in a store of which nothing else is left."""
        self.shop = shop
        shop.attendants = (SeenAtTheFront(self.words, LedgerUnseen(self._opened, "broadcast", SHANGHAI)),)
        shop.opens_at(at).ticks().passes(60)

    def _opened(self) -> Ledger:
        if self.away:
            raise LedgerFault(self.away)
        return self.ledger

    @property
    def shown(self) -> set[str]:
        return {BROKE_OFF, STUCK} & set(self.shop.announcer.warnings)

    def sees(self, text: str) -> None:
        told = next((one for one in self.shop.announcer.warned if one.text == text), None)
        assert told is not None
        self.words.see(told, "bea", self.shop.now)


@pytest.fixture
def desk(office: Office, tmp_path: Path) -> Iterator[Seeing]:
    with fresh_ledger(tmp_path / "ledger.sqlite") as ledger:
        yield Seeing(Shop(office), ledger)


def test_what_staff_have_seen_to_is_taken_down_within_seconds_and_the_audit_says_who(desk: Seeing) -> None:
    desk.sees(BROKE_OFF)
    desk.shop.passes(4)

    assert desk.shown == {STUCK}
    assert desk.words.waiting() == ()
    with desk.ledger.read() as connection:
        told = connection.exec_driver_sql("SELECT actor, action FROM audit ORDER BY n DESC LIMIT 1").one()
    assert tuple(told) == ("bea", "has seen to")
    assert isinstance(verify(desk.ledger), Intact)


def test_a_fault_stays_until_it_is_mended_whatever_is_said_of_it(desk: Seeing) -> None:
    desk.sees(STUCK)
    desk.words.see(Warned("nothing of the kind", desk.shop.now), "bea", desk.shop.now)
    desk.shop.passes(4)

    assert desk.shown == {STUCK, BROKE_OFF}
    assert desk.words.waiting() == ()


def test_while_the_ledger_is_away_nothing_is_taken_down_and_afterwards_it_is(desk: Seeing) -> None:
    desk.sees(BROKE_OFF)
    desk.away = "the disk is gone"
    desk.shop.passes(4)
    assert desk.shown == {STUCK, BROKE_OFF}
    assert any("the disk is gone" in text for text in desk.shop.announcer.warnings)

    desk.away = ""
    desk.shop.passes(4)

    assert desk.shown == {STUCK}
    assert not any("the disk is gone" in text for text in desk.shop.announcer.warnings)


def test_what_happened_before_a_crash_is_told_by_the_next_start_with_the_time_at_which_it_was(
    desk: Seeing, office: Office
) -> None:
    (told,) = (one for one in desk.shop.announcer.warned if one.happened)

    desk.starts(Shop(office), "11:00")

    assert told in desk.shop.announcer.warned
    assert desk.shown == {BROKE_OFF}, "what is broken tells itself again, if it still is"


def test_what_staff_saw_to_while_the_broadcast_role_was_down_does_not_come_up_again(
    desk: Seeing, office: Office
) -> None:
    desk.sees(BROKE_OFF)

    desk.starts(Shop(office), "11:00")

    assert desk.shown == set()
    desk.starts(Shop(office), "12:00")
    assert desk.shown == set()
