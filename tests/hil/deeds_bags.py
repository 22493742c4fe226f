"""Bags are left and fetched while the power goes: no door opens by itself, no bag is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import timedelta

from kiosk.ledger.lockers import LedgerLockers
from kiosk.ledger.store import Ledger
from kiosk.rules.lockers.deposit import Deposit
from kiosk.rules.lockers.locker import Locker
from kiosk.units import LockerId
from tests.hil.deeds import Found, LedgerDeed, sentence_of
from tests.stories.bag_room import SHANGHAI, BagRoom
from tests.stories.bag_story import Held
from tests.stories.test_bags_crash import (
    every_bag_can_be_reached,
    no_door_opens_by_itself,
    staff_know_of_every_door_that_is_not_certain,
)
from tests.stories.worn_bank import Cell, Trap, TrappedBook

Story = Callable[[BagRoom, Held], None]
BEGAN_S = 100.0


@dataclass
class Room:
    """The room as it is, whatever the ledger says, and what the ledger held then."""

    cells: dict[LockerId, Cell]
    held: Held
    printed: dict[LockerId, str]
    passed_s: float
    lockers: tuple[Locker, ...]
    deposits: tuple[Deposit, ...]


@dataclass
class Witness(Trap):
    """Looks at the room before and after each write and each order."""

    saw: Callable[[], None] = lambda: None

    def spring(self) -> None:
        self.saw()


class Bags(LedgerDeed):
    """One of the stories that the role is killed in elsewhere, in a room with a ledger on that disk."""

    def __init__(self, story: Story, *, tickets: bool = False, sure: bool = True) -> None:
        self.name = f"{story.__name__.replace('_', ' ')}, {'tickets' if tickets else 'plaques'}"
        self.sure = sure
        self._story, self._tickets = story, tickets

    def acts(self, ledger: Ledger, acknowledged: Callable[[object], None]) -> None:
        book = LedgerLockers(lambda: ledger, SHANGHAI)
        room = BagRoom(book=book, tickets=self._tickets).in_service()
        held: Held = {}

        def saw() -> None:
            acknowledged(Room(room.cells, held, room.printed, room.seconds - BEGAN_S, book.lockers(), book.deposits()))

        room.trap = room.book.trap = room.bank.trap = Witness(saw=saw)
        saw()
        self._story(room, held)
        saw()

    def differs(self, ledger: Ledger, world: Room | None, next_world: Room | None) -> Iterator[Found]:
        if world is None:
            return
        book = LedgerLockers(lambda: ledger, SHANGHAI)
        stands = (book.lockers(), book.deposits())
        if stands not in [(room.lockers, room.deposits) for room in (world, next_world) if room is not None]:
            yield Found("the lockers stand neither as was acknowledged nor as was about to be", lost=True)
        if book.next_deposit() <= max((lies.n for lies in world.deposits), default=0):
            yield Found("the next deposit gets a number that was given", twice=True)
        room = self.again(world, book)
        if why := sentence_of(lambda: no_door_opens_by_itself(room)):
            yield Found(why, door=True)
        if why := sentence_of(lambda: staff_know_of_every_door_that_is_not_certain(room)):
            yield Found(why, lost=True)
        if why := sentence_of(lambda: every_bag_can_be_reached(room, world.held)):
            yield Found(why, lost=True)

    def again(self, world: Room, book: LedgerLockers) -> BagRoom:
        """The same room, its role not begun yet."""
        room = BagRoom(tickets=self._tickets)
        room.cells.update(deepcopy(world.cells))
        room.printed = dict(world.printed)
        room.seconds += world.passed_s
        room.wall += timedelta(seconds=world.passed_s)
        room.book = TrappedBook(book, room.trap)
        return room
