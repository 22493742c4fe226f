"""A bank of lockers in virtual time: its latches, sensors, tags and disk do what they do to us, as verbs."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from kiosk.desks.lockers.attendant import Attendant
from kiosk.desks.lockers.bag_desk import BagDesk
from kiosk.desks.lockers.deposits import Deposits
from kiosk.desks.lockers.messages import (
    Answer,
    Care,
    CareAsked,
    Confirmed,
    DepositAsked,
    GaveUp,
    Message,
    OpenAllAsked,
    OpenAsked,
    RenumberAsked,
    SizeChosen,
    Tick,
)
from kiosk.desks.lockers.retrievals import Retrievals
from kiosk.desks.lockers.staff import Staff
from kiosk.desks.lockers.views import Shown
from kiosk.ledger.memory_lockers import MemoryLockers
from kiosk.ports.lockers import Entry, LockerBook, Scanned
from kiosk.rules.lockers.deposit import Deposit, DepositTimes
from kiosk.rules.lockers.locker import Locker, Size
from kiosk.rules.lockers.lost_tag import LostTagWarrant
from kiosk.rules.lockers.pulses import PulseChoices
from kiosk.rules.lockers.retrieval import RetrievalTimes
from kiosk.rules.lockers.shown_tag import ShownTag, TagKind, TagRefused, TagVerdict
from kiosk.rules.lockers.warrants import Purpose
from kiosk.units import LockerId
from tests.rules.lockers.lost_tag_people import gone_through
from tests.stories.worn_bank import Cell, Latch, Sensor, Trap, TrappedBook, WornBank

SHANGHAI = ZoneInfo("Asia/Shanghai")
TEN = datetime(2026, 11, 23, 10, 0, tzinfo=SHANGHAI)
SMALL = Size.SMALL


class BagRoom:
    """The role in virtual time. tickets: each deposit gets a printed one; otherwise plaques hang in the lockers."""

    def __init__(self, lockers: int = 3, *, book: LockerBook | None = None, tickets: bool = False) -> None:
        self.seconds = 100.0
        self.wall = TEN
        self.tickets = tickets
        self.printed: dict[LockerId, str] = {}
        self.memory = MemoryLockers()
        self.trap = Trap()
        self.book = TrappedBook(book or self.memory, self.trap)
        self.cells = {LockerId(n): Cell(plaque="" if tickets else f"P{n}.1") for n in range(1, lockers + 1)}
        self.unlocked: list[LockerId] = []
        self.answers: list[Answer] = []
        self.inbox: deque[Message] = deque()
        self.starts()

    # the role

    def now(self) -> datetime:
        return self.wall

    def mono_s(self) -> float:
        return self.seconds

    def starts(self) -> BagRoom:
        self.inbox.clear()
        self.bank = WornBank(self.cells, self.inbox.append, self.mono_s, self.trap, self.order)
        self.deposits = Deposits(DepositTimes(), self.hand_out, TagKind.TICKET if self.tickets else TagKind.PLAQUE)
        self.retrievals = Retrievals(self.check, self.deposits, RetrievalTimes())
        self.staff = Staff()
        self.desk = BagDesk(
            self,
            self.bank,
            self.book,
            dict.fromkeys(self.cells, SMALL),
            (self.deposits, self.retrievals, self.staff, *self.others()),
            PulseChoices(),
        )
        self.desk.begin()
        return self.settles()

    def others(self) -> tuple[Attendant, ...]:
        """Who else works at the desk."""
        return ()

    def in_service(self) -> BagRoom:
        """Somebody has looked into every locker of a new bank."""
        for id in self.cells:
            self.cares(Care.EMPTY, id)
        return self

    def power_goes(self) -> BagRoom:
        """And comes back: coils are off, the role begins anew; doors and bags are as they were."""
        self.trap.at = None
        return self.starts()

    def order(self, id: LockerId) -> None:
        self.unlocked.append(id)

    def check(self, text: str, seat: str, now: datetime) -> TagVerdict:
        """P7.1 is a plaque, T7.1.12 a ticket; anything else is nobody's."""
        kind = {"P": TagKind.PLAQUE, "T": TagKind.TICKET}.get(text[:1])
        parts = text[1:].split(".")
        if kind is None or not all(part.isdecimal() for part in parts) or len(parts) != (2 + (kind is TagKind.TICKET)):
            return TagRefused("the signature is not ours")
        return ShownTag(kind, *map(int, parts))

    def hand_out(self, locker: Locker, deposit: Deposit, now: datetime) -> None:
        if self.tickets:
            self.printed[locker.id] = f"T{locker.number}.{locker.generation}.{deposit.n}"

    # time

    def posts(self, *messages: Message) -> BagRoom:
        """What comes in now, one after another, before anything moves."""
        self.inbox.extend(messages)
        return self.settles()

    def settles(self) -> BagRoom:
        """What is in the inbox, and what the bank says at once to it."""
        while self.inbox or (self.bank.orders and self.bank.busy is None):
            self.bank.run()
            while self.inbox:
                self.desk.handle(self.inbox.popleft())
        return self

    def passes(self, seconds: float) -> BagRoom:
        end_s = self.seconds + seconds
        while self.seconds < end_s:
            due_s = self.bank.due_s()
            wake = self.desk.next_wake()
            wake_s = end_s if wake is None else self.seconds + max(0.01, (wake - self.wall).total_seconds())
            step_s = min(end_s, self.seconds + 1.0, wake_s, end_s if due_s is None else due_s) - self.seconds
            self.seconds += step_s
            self.wall += timedelta(seconds=step_s)
            self.bank.run()
            self.posts(Tick())
        return self

    # people

    def asks(self, seat: str = "screen") -> BagRoom:
        """To the notice about the belongings: size, no valuables."""
        return self.posts(DepositAsked(seat), SizeChosen(seat, SMALL), Confirmed(seat, "valuables"))

    def asks_until(self, step: str, seat: str = "screen") -> BagRoom:
        """As far as a step on the screen."""
        self.posts(DepositAsked(seat))
        if step != "size":
            self.posts(SizeChosen(seat, SMALL))
        return self.confirms("valuables") if step == "check" else self

    def confirms(self, step: str, seat: str = "screen") -> BagRoom:
        return self.posts(Confirmed(seat, step))

    def gives_up(self, seat: str = "screen") -> BagRoom:
        return self.posts(GaveUp(seat))

    def given(self, seat: str = "screen") -> LockerId:
        """The locker that the shopper at a seat was given."""
        found = self.deposits._leaving[seat].locker
        assert found is not None
        return found

    def begins(self, seat: str = "screen") -> LockerId:
        """A shopper asks, and the door is open."""
        self.asks(seat).confirms("check", seat).passes(0.5)
        return self.given(seat)

    def puts_in(self, id: LockerId, bag: str) -> str:
        """Puts a bag in, takes the plaque; the plaque, or "" where tickets are printed."""
        cell = self.cells[id]
        assert cell.open
        assert not cell.bag
        cell.bag = bag
        tag, cell.plaque = cell.plaque, ""
        return tag

    def takes_out(self, id: LockerId, plaque: str = "") -> str:
        """Takes the bag out, hangs the plaque back."""
        cell = self.cells[id]
        assert cell.open
        bag, cell.bag = cell.bag, ""
        if plaque.startswith("P"):
            cell.plaque = plaque
        return bag

    def shuts(self, id: LockerId) -> BagRoom:
        self.cells[id].open = False
        self.bank.tell(id)
        return self.settles()

    def pulls(self, id: LockerId) -> BagRoom:
        """Somebody gets a door open by force, or a latch has not caught."""
        self.cells[id].open = True
        self.bank.tell(id)
        return self.settles()

    def scans(self, *texts: str, reader: str = "reader") -> BagRoom:
        return self.posts(*(Scanned(reader, text, self.seconds) for text in texts))

    def bag_behind_its_door(self, bag: str, seat: str = "screen") -> tuple[LockerId, str]:
        """The door is closed, the tag not shown yet: the locker and the tag."""
        id = self.begins(seat)
        tag = self.puts_in(id, bag)
        self.shuts(id)
        return id, self.printed.get(id, tag) if self.tickets else tag

    def leaves_a_bag(self, bag: str = "li's bag", seat: str = "screen") -> tuple[LockerId, str]:
        """A whole deposit: the locker and the tag."""
        id, tag = self.bag_behind_its_door(bag, seat)
        self.scans(tag)
        return id, tag

    def breaks(self, id: LockerId, latch: Latch | None = None, sensor: Sensor | None = None) -> BagRoom:
        """A latch or a sensor ages, or is mended."""
        self.cells[id].latch = latch or self.cells[id].latch
        self.cells[id].sensor = sensor or self.cells[id].sensor
        self.bank.tell(id)
        return self.settles()

    # staff

    def cares(self, care: Care, id: LockerId, why: str = "") -> Answer:
        return self.answer(CareAsked(care, id, "bao", why, self.answers.append))

    def opens(self, id: LockerId, purpose: Purpose, procedure: str = "") -> Answer:
        """procedure: with the warrant of the lost-tag procedure, which is done."""
        if procedure:
            return self.opens_for_lost_tag(id)
        return self.answer(OpenAsked(id, "chen", purpose, procedure, self.answers.append))

    def opens_for_lost_tag(self, id: LockerId) -> Answer:
        """As LostTags does it, once the case is approved; the things are handed over when the door is closed."""
        case = replace(gone_through(7), locker=id, deposit=max(1, self.locker(id).deposit), since=self.now())
        shut = self.desk.cabinet.open(id, LostTagWarrant(case, self.now()), self.now())
        if shut is None:
            self.staff._handing[id] = "chen"
            self.desk.cabinet.in_hand.add(id)
        self.answers.append(Answer("" if shut is None else shut.why, refused=shut is not None))
        self.settles()
        return self.answers[-1]

    def opens_all(self) -> Answer:
        return self.answer(OpenAllAsked("chen", "fire", self.answers.append))

    def renumbers(self, id: LockerId, number: int, generation: int) -> Answer:
        return self.answer(RenumberAsked(id, number, generation, "chen", self.answers.append))

    def answer(self, message: Message) -> Answer:
        self.posts(message)
        return self.answers[-1]

    # what is seen

    def locker(self, id: LockerId) -> Locker:
        return self.desk.cabinet.lockers[id]

    def shown(self, seat: str = "screen") -> list[Shown]:
        return [one for one in (*self.retrievals.shown(), *self.deposits.shown()) if one.seat == seat]

    def sentence(self, seat: str = "screen") -> str:
        """The newest that a seat says, "" for nothing."""
        found = self.shown(seat)
        return found[0].sentence if found else ""

    @property
    def entries(self) -> list[Entry]:
        """What was written to the ledger."""
        return self.book.entries

    def staff_list(self) -> dict[LockerId, str]:
        return {locker.id: why for locker, why in self.desk.cabinet.for_staff()}
