"""What one shopper, the supervisor and a bad latch do to a bank in turn, for whatever may cut it off."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.desks.lockers.messages import Care
from kiosk.rules.lockers.cabinet import Event
from kiosk.rules.lockers.warrants import Purpose
from kiosk.units import LockerId
from tests.stories.bag_room import BagRoom
from tests.stories.worn_bank import Latch

ONE, TWO, THREE = LockerId(1), LockerId(2), LockerId(3)
Held = dict[str, str]  # whose bag, and the tag they hold


def leave_and_fetch(room: BagRoom, held: Held) -> None:
    """A deposit, a retrieval, and once more for a forgotten thing."""
    id = room.begins()
    tag = room.puts_in(id, "li's bag")
    held["li's bag"] = tag
    room.shuts(id)
    held["li's bag"] = tag = room.printed.get(id, tag)
    room.scans(tag).passes(5).scans(tag).passes(0.5)
    room.takes_out(id)
    room.shuts(id).passes(3).scans(tag).passes(0.5).shuts(id).passes(61)


def give_up(room: BagRoom, held: Held) -> None:
    """Once at the open door, once after it was closed."""
    id = room.begins()
    room.gives_up().shuts(id).passes(10)
    id = room.begins()
    tag = room.puts_in(id, "wang's bag")
    held["wang's bag"] = tag
    room.shuts(id)
    held["wang's bag"] = tag = room.printed.get(id, tag)
    room.gives_up().passes(2).scans(tag).passes(0.5)
    room.takes_out(id, tag)
    room.shuts(id).passes(61)


def bad_latches(room: BagRoom, held: Held) -> None:
    """One jams, the next is weak."""
    room.breaks(ONE, latch=Latch.JAMMED).breaks(TWO, latch=Latch.WEAK)
    room.asks().confirms("check").passes(10).confirms("check").passes(3)
    tag = room.puts_in(room.given(), "zhao's bag")
    held["zhao's bag"] = tag
    room.shuts(TWO)
    held["zhao's bag"] = tag = room.printed.get(TWO, tag)
    room.scans(tag)


def walk_away(room: BagRoom, held: Held) -> None:
    """The door stays open, a bag in it."""
    id = room.begins()
    held["qian's bag"] = room.puts_in(id, "qian's bag")
    room.passes(250).shuts(id)


def staff(room: BagRoom, held: Held) -> None:
    """A lost tag, an overnight bag, and the emergency."""
    one, lost = room.leaves_a_bag("sun's bag")
    held["sun's bag"] = lost
    two, tag = room.leaves_a_bag("zhou's bag", "right")
    held["zhou's bag"] = tag
    held["sun's bag"] = ""
    room.cares(Care.QUARANTINE, one, "tag lost")
    room.passes(5).opens(one, Purpose.HAND_OUT, "lost tag 1")
    room.passes(0.5).takes_out(one)
    room.shuts(one)
    room.renumbers(one, 101, 2)
    room.desk.cabinet.decide(two, Event.STAYED, room.now(), "closing")
    room.passes(5).opens(two, Purpose.HAND_OUT)
    room.passes(0.5).takes_out(two, tag)
    room.shuts(two).passes(5)
    room.leaves_a_bag("wu's bag")
    room.passes(5).opens_all()
    room.passes(5)


STORIES: tuple[Callable[[BagRoom, Held], None], ...] = (leave_and_fetch, give_up, bad_latches, walk_away, staff)
