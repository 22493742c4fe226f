"""A full disk takes nothing new in and still gives everything back; one that cannot be read opens nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from kiosk.desks.lockers.messages import Care
from kiosk.desks.lockers.records import ROOM, Records
from kiosk.errors import LedgerFault
from kiosk.ledger.memory_lockers import MemoryLockers
from kiosk.ports.lockers import Entry, Note
from kiosk.rules.lockers.deposit import Outcome
from kiosk.rules.lockers.locker import Assignment, Door, Locker
from kiosk.rules.lockers.shown_tag import TagVerdict
from kiosk.rules.lockers.warrants import Purpose
from kiosk.units import LockerId
from tests.stories.bag_room import SMALL, TEN, BagRoom

ONE, TWO = LockerId(1), LockerId(2)


class Unreadable(MemoryLockers):
    """A ledger that cannot be read for a while."""

    unreadable = True

    def lockers(self) -> tuple[Locker, ...]:
        if self.unreadable:
            raise LedgerFault("the ledger cannot be opened; check that the folder is there")
        return super().lockers()


@pytest.fixture
def room() -> BagRoom:
    return BagRoom().in_service()


def test_a_full_disk_takes_no_new_bag_and_says_come_later(room: BagRoom) -> None:
    room.memory.full = True

    room.asks().confirms("check")

    assert room.sentence() == "deposit.later"
    assert room.unlocked == []
    assert room.desk.cabinet.free(SMALL) == 3
    assert any("no room" in text for text in room.desk.warnings)


def test_a_full_disk_still_gives_back_and_writes_it_down_later(room: BagRoom) -> None:
    id, tag = room.leaves_a_bag("li's bag")
    room.passes(5).memory.full = True

    room.scans(tag).passes(0.5)
    assert room.takes_out(id, tag) == "li's bag"
    room.shuts(id).passes(61)
    assert room.memory.all_deposits[1].over is None
    assert any("do not switch off" in text for text in room.desk.warnings)
    room.memory.full = False
    room.passes(2)

    assert room.memory.all_deposits[1].outcome is Outcome.FETCHED
    assert room.memory.kept[id] == room.locker(id)
    assert not room.desk.warnings


def test_while_records_wait_nobody_is_given_the_locker_that_was_given_back(room: BagRoom) -> None:
    id, tag = room.leaves_a_bag()
    room.passes(5).memory.full = True
    room.scans(tag).passes(0.5)
    room.takes_out(id, tag)
    room.shuts(id).passes(61)

    room.asks().confirms("check")

    assert room.sentence() == "deposit.later"
    assert room.unlocked == [id, id]


def test_a_disk_that_fills_up_while_a_bag_goes_in_does_not_lose_it(room: BagRoom) -> None:
    id, tag = room.bag_behind_its_door("li's bag")
    room.memory.full = True
    room.scans(tag)
    assert room.locker(id).assignment is Assignment.OCCUPIED

    room.memory.full = False
    room.power_goes()  # before anything was written

    assert room.memory.kept[id].assignment is Assignment.OCCUPIED
    assert id in room.staff_list()
    room.passes(5).scans(tag).passes(0.5)
    assert room.takes_out(id) == "li's bag"


def test_a_tag_that_was_given_back_before_a_power_cut_on_a_full_disk_counts_as_out_still(room: BagRoom) -> None:
    id, tag = room.leaves_a_bag()
    room.passes(5).memory.full = True
    room.scans(tag).passes(0.5)
    room.takes_out(id, tag)
    room.shuts(id)

    room.power_goes()

    assert room.locker(id).assignment is Assignment.OCCUPIED  # the evening's census finds its tag hanging there
    assert room.desk.cabinet.free(SMALL) == 2


def test_on_a_full_disk_a_lost_tag_is_locked_out_at_once_and_another_tag_waits(room: BagRoom) -> None:
    id, tag = room.leaves_a_bag()
    room.memory.full = True

    assert "waits in memory" in room.cares(Care.QUARANTINE, id, "tag lost").text
    room.passes(5).scans(tag)
    assert room.sentence("reader") == "tag.refused"
    assert room.renumbers(TWO, 102, 2).refused
    assert not room.opens(id, Purpose.HAND_OUT, "lost tag 1").refused


def test_a_ledger_that_cannot_be_read_opens_nothing_until_it_can() -> None:
    book = Unreadable()
    room = BagRoom(book=book)
    room.scans("P1.1").passes(5)
    assert room.sentence("reader") == "door.staff"
    assert room.desk.cabinet.lockers == {}
    assert any("stay shut until the ledger can be read" in text for text in room.desk.warnings)

    book.unreadable = False
    room.passes(2)

    assert len(room.desk.cabinet.lockers) == 3
    assert not room.desk.warnings
    assert room.unlocked == []


class UnreadTags(BagRoom):
    """Whether a tag is still issued cannot be asked for a while."""

    fails = False

    def check(self, text: str, seat: str, now: datetime) -> TagVerdict:
        if self.fails:
            raise LedgerFault("the ledger cannot be read; check the card")
        return super().check(text, seat, now)


def test_a_tag_that_cannot_be_checked_opens_nothing() -> None:
    room = UnreadTags()
    room.in_service()
    id, tag = room.leaves_a_bag()
    room.fails = True

    room.passes(5).scans(tag)

    assert room.sentence("reader") == "door.staff"
    assert room.unlocked == [id]
    assert "tags cannot be checked: the ledger cannot be read; check the card" in room.desk.warnings


def test_what_waits_is_written_before_what_came_later() -> None:
    book = MemoryLockers()
    records = Records(book)
    occupied = Locker(ONE, SMALL, 1, 1, Assignment.OCCUPIED, Door.CLOSED, TEN)
    free = Locker(ONE, SMALL, 1, 1, Assignment.FREE, Door.CLOSED, TEN)
    book.full = True
    records.keep(Entry(TEN, (occupied,)))
    book.full = False

    assert records.write(Entry(TEN, (free,)))

    assert records.retry()
    assert book.lockers() == (free,)


def test_notes_alone_do_not_fill_the_memory_too() -> None:
    book = MemoryLockers()
    book.full = True
    records = Records(book)

    for n in range(ROOM + 50):
        records.keep(Entry(TEN, notes=(Note("tag", "is refused", "a tag", {"n": str(n)}),)))
    records.keep(Entry(TEN, (Locker(ONE, SMALL, 1, 1, Assignment.FREE, Door.CLOSED, TEN),)))

    assert records.waiting == ROOM + 1
    book.full = False
    assert records.retry()
    assert len(book.notes) == ROOM


@pytest.mark.parametrize("hours", [-30, -12, 14, 48])
def test_a_clock_that_jumps_over_midnight_cuts_nobody_off(room: BagRoom, hours: int) -> None:
    id = room.begins()
    tag = room.puts_in(id, "li's bag")
    room.wall += timedelta(hours=hours)
    room.passes(2)
    assert room.sentence() == "deposit.put-in"
    room.shuts(id).scans(tag)
    room.wall -= timedelta(hours=hours)

    room.passes(5).scans(tag).passes(0.5)

    assert room.takes_out(id, tag) == "li's bag"
    room.shuts(id).passes(61)
    assert room.desk.cabinet.free(SMALL) == 3
