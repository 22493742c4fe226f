"""A shopper may say by two taps what is left: it is there should the tag be lost, and gone once the bag is (L07)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.desks.lockers.lost_tags import FORGET_S
from kiosk.desks.lockers.messages import Confirmed, DepositAsked, Described, SizeChosen
from kiosk.ledger.lockers import LedgerLockers
from kiosk.ledger.store import Ledger
from kiosk.ports.lockers import Entry
from kiosk.rules.lockers.things import COLOURS, KINDS, Ask, following, note_of
from kiosk.units import LockerId
from tests.ledger.full_disk_child import bag_in, fetched
from tests.ledger.shop import ask, fresh_ledger
from tests.stories.bag_day_room import DayRoom
from tests.stories.bag_room import SMALL, TEN

SEAT = "screen"


class AskingRoom(DayRoom):
    """Its deposits are lines of the ledger as well, as notes are kept with those."""

    def asks_what(self) -> None:
        self.deposits.note = self.lost.note
        self.posts(DepositAsked(SEAT), SizeChosen(SEAT, SMALL), Confirmed(SEAT, "valuables"))

    def says(self, what: Ask, word: str) -> str:
        self.posts(Described(SEAT, what, word))
        return self.sentence(SEAT)

    def note(self, deposit: int = 1) -> str:
        return self.lost.note_of(deposit)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with fresh_ledger(tmp_path / "ledger.sqlite") as opened:
        yield opened


@pytest.fixture
def room(ledger: Ledger) -> AskingRoom:
    room = AskingRoom(ledger)
    room.in_service()
    return room


@pytest.mark.rule("L07")
def test_two_taps_say_what_is_left_and_staff_find_it_with_the_deposit(room: AskingRoom) -> None:
    room.asks_what()
    assert room.sentence(SEAT) == "deposit.kind"

    assert room.says(Ask.KIND, "backpack") == "deposit.colour"
    assert room.says(Ask.COLOUR, "black") == "deposit.check"
    assert room.note() == "", "nothing is kept before something is left"
    room.posts(Confirmed(SEAT, "check"))

    assert room.note() == "双肩包 (backpack), 黑色 (black)"
    assert b"backpack" not in Path(room.ledger.path).read_bytes(), "sealed"


@pytest.mark.parametrize("said", [[(Ask.KIND, "")], [(Ask.KIND, "parcel"), (Ask.COLOUR, "")], []])
def test_nobody_has_to_say(room: AskingRoom, said: list[tuple[Ask, str]]) -> None:
    room.asks_what()

    for what, word in said:
        room.says(what, word)
    if not said:
        room.posts(Confirmed(SEAT, "check"))  # yes, in the demo
    assert room.sentence(SEAT) == "deposit.check"
    room.posts(Confirmed(SEAT, "check"))

    assert room.unlocked == [LockerId(1)]
    assert room.note() == ("包裹 (parcel)" if len(said) == 2 else "")


def test_what_was_not_offered_or_is_not_asked_says_nothing(room: AskingRoom) -> None:
    room.asks_what()

    assert room.says(Ask.COLOUR, "black") == "deposit.kind"
    assert room.says(Ask.KIND, "a bomb") == "deposit.kind"
    room.posts(Described("elsewhere", Ask.KIND, "parcel"))
    assert room.sentence(SEAT) == "deposit.kind"


def test_whoever_says_something_has_as_long_as_ever_for_the_next_question(room: AskingRoom) -> None:
    room.asks_what()
    room.passes(50)
    room.says(Ask.KIND, "parcel")

    room.passes(50)

    assert room.sentence(SEAT) == "deposit.colour"


def test_a_store_that_does_not_ask_shows_no_such_screen(room: AskingRoom) -> None:
    room.posts(DepositAsked(SEAT), SizeChosen(SEAT, SMALL), Confirmed(SEAT, "valuables"))

    assert room.sentence(SEAT) == "deposit.check"


def test_a_full_disk_keeps_no_note_and_the_bag_all_the_same(room: AskingRoom) -> None:
    room.asks_what()
    room.says(Ask.KIND, "parcel")
    room.says(Ask.COLOUR, "red")
    room.lost = type(room.lost)(room.opened, room.wall.tzinfo, bytes(32))  # type: ignore[arg-type] # it has a zone
    room.deposits.note = room.lost.note
    room.away = True

    room.posts(Confirmed(SEAT, "check"))

    assert room.unlocked == [LockerId(1)]


@pytest.mark.rule("S20")
def test_what_was_said_is_deleted_once_the_bag_is_fetched_unless_its_tag_was_lost(room: AskingRoom) -> None:
    for n in (1, 2, 3):
        room.lost.note(n, "双肩包 (backpack)", room.now())
    book = LedgerLockers(lambda: room.ledger, TEN.tzinfo)  # type: ignore[arg-type] # it has a zone
    for n in (1, 2, 3):
        locker, lies = bag_in(n, TEN)
        book.write(Entry(TEN, (locker,), (lies,)))
        if n < 3:
            book.write(fetched(n, TEN))
    id, _ = room.leaves_a_bag("li's bag")
    assert room.loses_the_tag(id).deposit == 1

    room.passes(FORGET_S + 2)

    assert (bool(room.note(1)), room.note(2), bool(room.note(3))) == (True, "", True)
    room.passes(FORGET_S + 2)
    assert len(ask(Path(room.ledger.path), "SELECT deposit FROM deposit_note")) == 2


def test_every_word_that_is_offered_can_be_noted() -> None:
    for kind in KINDS:
        for colour in COLOURS:
            assert note_of((kind, colour)).count("(") == 2
    assert following(Ask.KIND, "parcel") is Ask.COLOUR
    assert following(Ask.COLOUR, "red") is None
