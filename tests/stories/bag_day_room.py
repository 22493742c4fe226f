"""A bank of lockers with the people who work on lost tags, and the hours of a store; on a real ledger."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from kiosk.desks.lockers.attendant import Attendant
from kiosk.desks.lockers.closing_watch import ClosingWatch
from kiosk.desks.lockers.lost_tags import LostTags
from kiosk.desks.lockers.messages import Answer, LostTagOpenAsked
from kiosk.desks.lockers.unseen_here import UnseenHere
from kiosk.errors import LedgerFault
from kiosk.ledger.air_requests import LedgerAirRequests
from kiosk.ledger.lost_tags import LedgerLostTags
from kiosk.ledger.notices import LedgerNotices
from kiosk.ledger.sealed import KEY_BYTES
from kiosk.ledger.seen_warnings import LedgerUnseen
from kiosk.ledger.sheets import LedgerSheets
from kiosk.ledger.store import Ledger
from kiosk.rules.lockers.closing import ClosingChoices, Hours
from kiosk.rules.lockers.lost_tag import USUAL, Case, after, event_of, report
from kiosk.rules.lockers.lost_tag_deeds import Deed, Refused
from kiosk.rules.people.person import Person
from kiosk.units import LockerId, ScriptId
from tests.rules.lockers.lost_tag_people import ANNA, GONE, MEI, PROCEDURE, TAO
from tests.stories.bag_room import SHANGHAI, BagRoom
from tests.stories.worn_bank import Trap

STAFF: dict[str, Person] = {person.id: person for person in (MEI, TAO, ANNA, GONE)}
TO_APPROVAL = 7
BAGS = ScriptId("bags")


class TrappedLostTags(LedgerLostTags):
    """The lost-tag book of the front role, which may be killed before and after every write."""

    def __init__(self, room: DayRoom, trap: Trap) -> None:
        super().__init__(room.opened, SHANGHAI, bytes(KEY_BYTES))
        self.trap = trap

    def keep(self, case: Case, *, was: Case, by: str, action: str) -> Case | None:
        self.trap.spring()
        kept = super().keep(case, was=was, by=by, action=action)
        self.trap.spring()
        return kept


class DayRoom(BagRoom):
    """lost: what staff write the steps into, at any keyboard. The store is open from nine to ten in the evening."""

    def __init__(self, ledger: Ledger, lockers: int = 3, *, unknown: bool = False) -> None:
        """unknown: nobody knows the store's hours."""
        self.ledger = ledger
        self.away = False
        self.unknown = unknown
        self.lost = LedgerLostTags(lambda: ledger, SHANGHAI, bytes(KEY_BYTES))
        self.sheets = LedgerSheets(self.opened, SHANGHAI)
        self.board = LedgerNotices(self.opened, SHANGHAI)
        self.requests = LedgerAirRequests(self.opened, SHANGHAI)
        super().__init__(lockers)

    def opened(self) -> Ledger:
        if self.away:
            raise LedgerFault("the disk is full")
        return self.ledger

    def person(self, id: str) -> Person | None:
        return STAFF.get(id)

    def hours_on(self, day: date) -> Hours | None:
        if self.unknown:
            return None
        nine = datetime(day.year, day.month, day.day, 9, tzinfo=SHANGHAI)
        return Hours(day, nine, nine + timedelta(hours=13))

    def others(self) -> tuple[Attendant, ...]:
        choices = ClosingChoices(page=BAGS)
        return (
            LostTags(TrappedLostTags(self, self.trap), self.person, USUAL),
            ClosingWatch(self.hours_on, self.sheets, self.board, self.requests, choices),
            UnseenHere(LedgerUnseen(self.opened, "front", SHANGHAI)),
        )

    # what staff do

    def loses_the_tag(self, id: LockerId) -> Case:
        """A shopper comes to the counter; a moment later the tag is worth nothing."""
        locker = self.locker(id)
        case = report(id, locker.number, locker.generation, locker.deposit, MEI, self.now())
        assert isinstance(case, Case)
        entered = self.lost.enter(case)
        assert entered is not None
        self.passes(1.5)
        return entered

    def does(self, n: int, deed: Deed, by: Person = MEI) -> Case | Refused:
        """One step, as a command does it."""
        case = self.case(n)
        done = after(case, deed, by, self.now())
        if isinstance(done, Refused):
            return done
        return self.lost.keep(done, was=case, by=by.id, action=event_of(deed).value) or Refused("too late")

    def goes_through(self, n: int, deeds: int = TO_APPROVAL) -> Case:
        """The next steps of the procedure, up to so many of them."""
        for deed, by in PROCEDURE[self.case(n).deeds : deeds]:
            assert isinstance(self.does(n, deed, by), Case)
        return self.case(n)

    def asks_to_open(self, n: int, by: str = "mei") -> Answer:
        return self.answer(LostTagOpenAsked(n, by, self.answers.append))

    def case(self, n: int) -> Case:
        found = self.lost.case(n)
        assert found is not None
        return found

    def clock_jumps(self, **by: float) -> DayRoom:
        self.wall += timedelta(**by)
        self.passes(1.5)
        return self

    def at(self, text: str) -> DayRoom:
        """The wall clock says so, today."""
        hour, _, minute = text.partition(":")
        self.wall = self.wall.replace(hour=int(hour), minute=int(minute), second=0, microsecond=0)
        self.passes(1.5)
        return self
