"""Who proves PINs for the screen, and whose a badge is."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.app.admission import badge_key
from kiosk.app.front_loop import Inbox
from kiosk.app.front_people import FrontPeople
from kiosk.app.places import Places
from kiosk.app.staff_wiring import Badges, badges_of, prover, rows_of
from kiosk.config.bag_storage import Lockers, Place
from kiosk.desks.staff.messages import Proved
from kiosk.desks.staff.staff_desk import Proof
from kiosk.errors import LedgerFault
from kiosk.ledger.people import PeoplePages
from kiosk.ledger.store import Ledger
from kiosk.rules.lockers.locker import Size
from kiosk.rules.people.person import Person, Right
from kiosk.units import LockerId
from tests.ledger.shop import fresh_ledger
from tests.ledger.values import TEN

LINA = Person("lina", "Li Na", frozenset({Right.SUPERVISOR}))
PIN, BADGE = "482913", "0004711"


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path / "site", tmp_path / "state")


@pytest.fixture
def ledger(places: Places) -> Iterator[Ledger]:
    with fresh_ledger(places.ledger) as one:
        PeoplePages(one, badge_key(places.badge_key)).add(LINA, "test", TEN, pin=PIN, badge=BADGE)
        yield one


def people(ledger: Ledger) -> FrontPeople:
    return FrontPeople(lambda: ledger, lambda: TEN)


def test_a_proof_is_looked_at_by_a_thread_of_its_own_and_answered_for_its_turn(ledger: Ledger) -> None:
    inbox: Inbox = queue.SimpleQueue()

    with prover(people(ledger), inbox) as prove:
        prove(Proof("screen", 7, "lina", PIN))
        right = inbox.get(timeout=10)
        prove(Proof("screen", 8, "lina", "000000"))
        wrong = inbox.get(timeout=10)

    assert right == Proved("screen", 7, "lina", "")
    assert isinstance(wrong, Proved)
    assert wrong.why


@pytest.mark.rule("B14")
def test_wrong_pins_at_the_screen_are_counted_with_those_of_the_hatch(ledger: Ledger) -> None:
    ones = people(ledger)
    inbox: Inbox = queue.SimpleQueue()
    for _ in range(3):
        ones.prove("lina", "000000")

    with prover(ones, inbox) as prove:
        for turn in range(3):
            prove(Proof("screen", turn, "lina", "111111"))
        answers = [inbox.get(timeout=10) for _ in range(3)]

    assert [isinstance(one, Proved) and "too many wrong PINs" in one.why for one in answers] == [False, False, True]


def test_a_badge_is_its_owners_while_they_work_here(ledger: Ledger, places: Places) -> None:
    badge = badges_of(places, people(ledger), lambda text: None)

    assert badge(BADGE) == "lina"
    assert badge("0004712") == ""
    assert badge("") == ""
    assert badge("7" * 4096) == ""
    PeoplePages(ledger, b"").remove("lina", "test", TEN)
    assert badge(BADGE) == ""


def test_without_the_register_no_badge_counts(places: Places) -> None:
    def away() -> Ledger:
        raise LedgerFault("the disk is full")

    assert Badges(FrontPeople(away, lambda: TEN), b"key")(BADGE) == ""


def test_a_badge_key_that_is_damaged_is_told_and_no_badge_counts(ledger: Ledger, places: Places) -> None:
    places.badge_key.write_bytes(b"short")
    told: list[str] = []

    badge = badges_of(places, people(ledger), told.append)

    assert badge(BADGE) == ""
    assert "is damaged" in told[0]


def test_lockers_stand_in_the_rows_that_the_store_built() -> None:
    where = {1: "left", 2: "left", 3: "right", 4: "left"}
    choices = Lockers({LockerId(id): Place(Size.SMALL, place) for id, place in where.items()})

    assert rows_of(choices) == (("left", (1, 2, 4)), ("right", (3,)))
