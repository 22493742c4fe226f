"""Counting the tags at the lockers' own reader: what is read there is counted, and opens nothing meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kiosk.desks.lockers.attendant import Attendant
from kiosk.desks.lockers.counts import IDLE_S, Counts
from kiosk.desks.lockers.messages import Answer, CountBegun, CountLeft, CountLooked, CountSigned, StaffAsked
from kiosk.desks.lockers.staff_counter import StaffCounter
from kiosk.errors import LedgerFault
from kiosk.ledger.store import Ledger
from kiosk.ports.bag_day import CountShown
from kiosk.ports.lockers import Scanned
from kiosk.rules.lockers.census import Hanging
from kiosk.rules.lockers.closing import SheetKind
from kiosk.units import LockerId
from tests.ledger.shop import fresh_ledger
from tests.rules.lockers.lost_tag_people import ANNA, MEI, TAO
from tests.stories.bag_day_room import DayRoom

ONE, TWO, THREE = LockerId(1), LockerId(2), LockerId(3)
READER = "reader"


class CountedRoom(DayRoom):
    """Three lockers, a reader at them and one at the counter. keyless: the tags' keys cannot be read."""

    def __init__(self, ledger: Ledger, *, tickets_only: bool = False) -> None:
        self.tickets_only = tickets_only
        self.day: date | None = date(2026, 11, 23)
        super().__init__(ledger)

    def others(self) -> tuple[Attendant, ...]:
        seats = frozenset() if self.tickets_only else frozenset((READER, "counter"))
        self.counts = Counts(self.sheets, self.hanging, self.person, lambda now: self.day, seats)
        self.counts.seat_of = self.retrievals.seat_of
        self.retrievals.counts_at = self.counts.counts_at
        return (StaffCounter(self.person), *super().others(), self.counts)

    def hanging(self, text: str) -> Hanging | str:
        number, _, generation = text.removeprefix("P").partition(".")
        return Hanging(int(number), int(generation)) if generation.isdecimal() else "not genuine: a forgery"

    def begins_to_count(
        self, kind: SheetKind = SheetKind.EVENING_CENSUS, by: str = MEI.id, seat: str = READER
    ) -> Answer:
        return self.told(lambda reply: StaffAsked(CountBegun(seat, kind, by, reply)))

    def signs(self, by: str = MEI.id, seat: str = READER) -> Answer:
        return self.told(lambda reply: StaffAsked(CountSigned(seat, by, reply)))

    def told(self, asking) -> Answer:  # type: ignore[no-untyped-def] # whatever is asked of staff
        answers: list[Answer] = []
        self.posts(asking(answers.append))
        [answer] = answers
        return answer

    def reads(self, text: str, reader: str = READER) -> CountShown:
        self.posts(Scanned(reader, text, self.mono_s()))
        return self.count()

    def says(self, text: str, at: LockerId | None = None, by: str = MEI.id) -> CountShown:
        self.posts(CountLooked(READER, by, text, at))
        return self.count()

    def last(self) -> tuple[str, bool]:
        """What became of the newest code, and whether it is wrong."""
        told = self.count().told[-1]
        return told.said, told.wrong

    def count(self) -> CountShown:
        [count] = self.counts.shown()
        return count

    def signed(self) -> list[tuple[SheetKind, str]]:
        return [(sheet.kind, sheet.by) for sheet in self.sheets.signed(date(2026, 11, 23))]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with fresh_ledger(tmp_path / "ledger.sqlite") as opened:
        yield opened


@pytest.fixture
def room(ledger: Ledger) -> CountedRoom:
    room = CountedRoom(ledger)
    room.in_service()
    return room


@pytest.mark.rule("L11")
def test_each_plaque_is_scanned_at_its_locker_and_the_census_is_signed(room: CountedRoom) -> None:
    assert not room.begins_to_count().refused
    assert (room.count().at, room.count().seen, room.count().lockers) == (ONE, 0, 3)

    first = room.reads("P1.1")
    assert (first.at, first.seen) == (TWO, 1)
    assert room.last() == ("locker 1: tag 1", False)
    room.reads("P2.1")
    last = room.reads("P3.1")

    assert (last.at, last.found, last.expected, last.differences) == (None, 3, 3, ())
    assert room.signs().text == "the evening census is signed: 3 of 3 tags are where they should be"
    assert room.signed() == [(SheetKind.EVENING_CENSUS, MEI.id)]
    assert room.counts.shown() == ()


@pytest.mark.rule("L02")
@pytest.mark.rule("L11")
def test_while_the_tags_are_counted_at_a_reader_they_open_nothing_there_and_everything_elsewhere(
    room: CountedRoom,
) -> None:
    _, tag = room.leaves_a_bag("li's bag")
    opened = len(room.unlocked)
    room.begins_to_count()

    room.reads(tag)
    assert len(room.unlocked) == opened, "it was counted"
    assert room.count().differences[0] == "locker 1: tag 1 is here, though its shopper should hold it"
    room.passes(3)
    room.posts(Scanned("counter", tag, room.mono_s()))

    assert len(room.unlocked) == opened + 1, "the other reader serves its shopper"


@pytest.mark.rule("L10")
def test_a_missing_tag_is_said_by_hand_and_the_manager_is_told_as_the_count_is_signed(room: CountedRoom) -> None:
    room.begins_to_count(SheetKind.MORNING_COUNT)
    room.reads("P1.1")

    room.says("-")
    assert room.last() == ("locker 2: no tag", True)
    room.reads("P3.1")

    assert room.count().differences == ("locker 2: tag 2 is missing",)
    assert room.signs().text.endswith("tags are missing, and the manager is told")
    assert any("1 of 3 tags are not there" in one.text for one in room.board.hanging())


@pytest.mark.rule("L11")
def test_a_tag_at_another_locker_is_told_at_once_and_listed(room: CountedRoom) -> None:
    room.begins_to_count()

    other = room.reads("P2.1")

    assert room.last() == ("locker 1: tag 2", True)
    assert other.differences == ("locker 1: tag 1 is missing", "locker 2: tag 2 hangs at locker 1")
    again = room.says("P1.1", at=ONE)
    assert again.differences == ()
    assert again.at is TWO


def test_a_tag_that_the_reader_reads_twice_is_counted_once(room: CountedRoom) -> None:
    room.begins_to_count()
    room.reads("P1.1")

    assert room.reads("P1.1").seen == 1
    assert room.last() == ("read already", False)
    assert room.says("-").at is THREE
    assert room.says("-").at is None, "two empty hooks are two"


def test_a_code_that_cannot_be_believed_is_asked_for_once_more_and_then_listed(room: CountedRoom) -> None:
    room.begins_to_count()

    assert room.reads("rubbish").at is ONE
    assert room.last() == ("locker 1: not genuine: a forgery; scan it once more", True)
    listed = room.reads("rubbish")

    assert room.last() == ("locker 1: not genuine: a forgery; it is listed", True)
    assert listed.at is TWO


def test_what_is_read_once_all_were_looked_at_changes_nothing(room: CountedRoom) -> None:
    room.begins_to_count()
    for text in ("P1.1", "P2.1", "P3.1"):
        room.reads(text)

    more = room.reads("P2.1")

    assert more.found == 3
    assert room.last() == ("every locker was looked at: sign it", True)
    room.says("P9.1", at=LockerId(9))
    assert room.last() == ("there is no locker 9", True)
    for _ in range(9):
        room.reads("P2.1")
    assert [one.n for one in room.count().told] == list(range(7, 15)), "the last ones are told"


def test_a_count_that_was_cut_short_goes_on_where_it_was_whoever_goes_on(room: CountedRoom) -> None:
    room.begins_to_count()
    room.reads("P1.1")
    room.power_goes()
    assert room.counts.shown() == ()

    room.begins_to_count(by=TAO.id, seat="counter")

    assert (room.count().at, room.count().seen, room.count().by) == (TWO, 1, TAO.id)
    room.posts(Scanned("counter", "P2.1", room.mono_s()))
    assert room.count().at is THREE


@pytest.mark.rule("L11")
def test_it_is_not_signed_before_every_locker_was_looked_at(room: CountedRoom) -> None:
    room.begins_to_count()
    room.reads("P1.1")

    assert room.signs().text == "nobody has looked at lockers 2, 3 yet"
    assert room.signs(seat="counter").text == "nothing is counted at counter"
    assert room.signed() == []
    assert room.count().at is TWO, "and it goes on"


def test_only_whoever_counts_says_what_hangs_there_or_leaves_off(room: CountedRoom) -> None:
    room.begins_to_count()

    assert room.says("-", by=TAO.id).seen == 0
    room.posts(CountLeft(READER, TAO.id))
    assert room.count().seen == 0

    room.posts(CountLeft(READER, MEI.id))
    assert room.counts.shown() == ()
    room.posts(CountLeft(READER, MEI.id))


def test_a_count_with_which_nobody_goes_on_leaves_the_reader_to_the_shoppers(room: CountedRoom) -> None:
    _, tag = room.leaves_a_bag("li's bag")
    opened = len(room.unlocked)
    room.begins_to_count()
    assert room.desk.next_wake() is not None

    room.passes(IDLE_S + 1)
    room.posts(Scanned(READER, tag, room.mono_s()))

    assert room.counts.shown() == ()
    assert len(room.unlocked) == opened + 1


def test_who_may_not_count_where_nothing_can_be_counted_or_what_is_no_count_is_refused(room: CountedRoom) -> None:
    assert "may not count the tags" in room.begins_to_count(by=ANNA.id).text
    assert room.begins_to_count(seat="moon").text == "nobody can scan at 'moon': there is counter, reader"
    assert "is no count of tags" in room.begins_to_count(SheetKind.EVENING_TIDY).text
    room.day = None
    assert room.begins_to_count().refused
    assert room.counts.shown() == ()


def test_rights_are_looked_at_by_the_sheet_as_well(room: CountedRoom) -> None:
    told: list[Answer] = []
    room.posts(CountBegun(READER, SheetKind.EVENING_CENSUS, ANNA.id, told.append))
    room.begins_to_count()
    room.posts(CountSigned(READER, "nobody", told.append))

    assert [answer.refused for answer in told] == [True, True]
    assert told[1].text == "nobody knows them"


def test_where_tickets_are_printed_no_tags_are_counted(ledger: Ledger) -> None:
    room = CountedRoom(ledger, tickets_only=True)

    assert room.begins_to_count().text == "tickets are printed here: no tags hang at the lockers"


def test_before_the_ledger_could_be_read_nothing_is_counted(room: CountedRoom) -> None:
    room.desk.cabinet.known = False

    assert room.begins_to_count().text.startswith("the ledger cannot be read")


def test_on_a_full_disk_nothing_is_counted_that_is_not_written_down(room: CountedRoom) -> None:
    room.begins_to_count()
    room.away = True

    lost = room.reads("P1.1")
    assert (lost.at, lost.seen) == (ONE, 0)
    assert room.last() == ("it is not counted, scan it again: the disk is full", True)
    assert room.signs().text.startswith("it cannot be signed now")
    assert room.begins_to_count(seat="counter").text.startswith("nothing can be counted")

    room.away = False
    assert room.reads("P1.1").seen == 1


def test_without_the_keys_of_the_tags_nothing_is_believed(room: CountedRoom) -> None:
    def keyless(text: str) -> Hanging | str:
        raise LedgerFault("the keys are gone")

    room.begins_to_count()
    room.counts.hanging = keyless

    assert room.reads("P1.1").seen == 0
    assert room.last() == ("it is not counted, scan it again: the keys are gone", True)


def test_another_person_at_the_same_seat_takes_the_count_over(room: CountedRoom) -> None:
    room.begins_to_count()
    room.reads("P1.1")

    room.begins_to_count(by=TAO.id)

    assert (room.count().by, room.count().seen) == (TAO.id, 1)
