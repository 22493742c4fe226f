"""The lockers as the desk knows them: the only place that orders a door open or writes how a locker stands.

Every opening is intent, commit, pulse, observe, commit: what is ordered is in the ledger before the coil has current,
and nothing counts as open before its sensor said so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from kiosk.desks.lockers.notes import DESK, about, opens
from kiosk.desks.lockers.records import Records
from kiosk.errors import LedgerFault
from kiosk.ports.clock import Clock
from kiosk.ports.lockers import (
    BankReport,
    BoardReport,
    DoorRead,
    Energised,
    Entry,
    LockBank,
    LockerBook,
    Note,
    NotPulsed,
    Pulsed,
    Reading,
)
from kiosk.rules.lockers import pulses
from kiosk.rules.lockers.cabinet import Event, Refused, after, assignable, awoken, concerns_staff
from kiosk.rules.lockers.deposit import Deposit
from kiosk.rules.lockers.locker import Assignment, Door, Locker, Size
from kiosk.rules.lockers.pulses import USUAL, Latch, PulseChoices, Stage, Verdict
from kiosk.rules.lockers.shown_tag import TagKind
from kiosk.rules.lockers.unhurried import lengthened
from kiosk.rules.lockers.warrants import (
    ByReservation,
    Warrant,
    objection,
    sentence_of,
)
from kiosk.sentences import N_, tell
from kiosk.units import LockerId

NEW = N_("new to the ledger: look whether it is empty, then put it into service")
HELD_OPEN_S = 120.0
RETRY_S = 1.0  # so often the ledger is tried again
WAITS = N_("records of the lockers wait in memory; do not switch off")

_SENSED = {Reading.CLOSED: Event.CLOSED, Reading.OPEN: Event.OPENED, Reading.UNKNOWN: Event.UNREADABLE}


@dataclass(frozen=True, slots=True)
class Shut:
    """The door stays shut. why: for staff and the log. sentence: the key of what a shopper is told."""

    why: str
    sentence: str = "door.staff"


@dataclass(slots=True)
class Cabinet:
    """The desk's thread only. warn: tells staff once, until withdraw takes back what begins so.

    held_open_s: a door that is open for longer is told of, of the unhurried ones later. in_hand: lockers that a
    shopper is busy with; nobody else is given them. known: the ledger could be read; no door opens before.
    """

    bank: LockBank
    book: LockerBook
    clock: Clock
    warn: Callable[[str], None]
    withdraw: Callable[[str], None]
    choices: PulseChoices = USUAL
    held_open_s: float = HELD_OPEN_S
    records: Records = field(init=False)
    lockers: dict[LockerId, Locker] = field(default_factory=dict)
    deposits: dict[int, Deposit] = field(default_factory=dict)
    in_hand: set[LockerId] = field(default_factory=set)
    unhurried: set[LockerId] = field(default_factory=set)
    _plan: Mapping[LockerId, Size] = field(default_factory=dict)
    known: bool = False
    _next_deposit: int = 0
    _readings: dict[LockerId, Reading] = field(default_factory=dict)
    _latches: dict[LockerId, Latch] = field(default_factory=dict)
    _open_since_s: dict[LockerId, float] = field(default_factory=dict)
    _unwritten: set[LockerId] = field(default_factory=set)
    _tried_s: float = float("-inf")

    def __post_init__(self) -> None:
        self.records = Records(self.book)

    # the beginning

    def begin(self, plan: Mapping[LockerId, Size], now: datetime) -> None:
        """The role starts. plan: the lockers that are wired. Until the ledger could be read, no door opens."""
        self._plan = plan
        self._recall(now)

    def _recall(self, now: datetime) -> None:
        self._tried_s = self.clock.mono_s()
        try:
            found = {locker.id: locker for locker in self.book.lockers()}
            self.deposits = {deposit.n: deposit for deposit in self.book.deposits()}
            self._next_deposit = self.book.next_deposit()
        except LedgerFault as fault:
            self.warn(tell("the lockers stay shut until the ledger can be read: {fault}", fault=fault))
            return
        self.withdraw("the lockers stay shut")
        self.known = True
        for id, size in self._plan.items():
            locker = awoken(found[id], now) if id in found else self._new(id, size, now, found)
            self.lockers[id] = replace(locker, size=size)
        for id, locker in found.items():
            if id not in self._plan and locker.deposit:
                self.lockers[id] = awoken(locker, now)
                self.warn(
                    tell("things are in locker {n}, which is not in site.toml any more: open it with its key", n=id)
                )
        changed = tuple(locker for id, locker in sorted(self.lockers.items()) if locker != found.get(id))
        doubtful = [locker for locker in changed if locker.unconfirmed]
        notes = [Note(DESK, "starts", "the lockers", {"doubtful": str(len(doubtful))})]
        notes += [about(locker, "is doubtful", why=locker.why) for locker in doubtful]
        self.records.keep(Entry(now, changed, (), tuple(notes)))
        self.bank.report()

    def _new(self, id: LockerId, size: Size, now: datetime, found: Mapping[LockerId, Locker]) -> Locker:
        taken = {locker.number for locker in (*found.values(), *self.lockers.values())}
        number = int(id) if int(id) not in taken else max(taken) + 1  # another locker has it as its substitute (L09)
        return Locker(id, size, number, 1, Assignment.OUT_OF_SERVICE, Door.UNKNOWN, now, unconfirmed=True, why=NEW)

    # what attendants ask

    def numbered(self, number: int) -> Locker | None:
        """The locker whose tag says that number now."""
        return next((locker for locker in self.lockers.values() if locker.number == number), None)

    def deposit_in(self, locker: Locker) -> Deposit | None:
        """What lies in it."""
        return self.deposits.get(locker.deposit)

    def free(self, size: Size) -> int:
        """How many lockers of a size can be given now."""
        return len(self._to_give(size))

    def for_staff(self) -> Iterator[tuple[Locker, str]]:
        """The lockers that a person is to look after, each with why."""
        for _, locker in sorted(self.lockers.items()):
            if why := concerns_staff(locker):
                yield locker, why

    def reserve(
        self, size: Size, now: datetime, taken: frozenset[LockerId] = frozenset(), tag: TagKind = TagKind.PLAQUE
    ) -> Locker | Shut:
        """Give a shopper a free locker and open it. taken: not these. tag: what kind the shopper is to get.

        A disk that is full takes nothing new in.
        """
        fit = [locker for locker in self._to_give(size) if locker.id not in taken and self._may_begin(locker.id)]
        if not fit:
            return Shut(tell("no {size} locker is free", size=tell(size.value)), "deposit.full")
        chosen = min(fit, key=lambda locker: (locker.since, locker.id))
        deposit = Deposit(self._next_deposit, chosen.id, chosen.number, chosen.generation, now, tag=tag)
        reserved = replace(_certain(after(chosen, Event.RESERVED, now)), deposit=deposit.n)
        warrant = ByReservation(deposit.n)
        assert objection(reserved, warrant, deposit) is None
        ordered = _certain(after(reserved, Event.ORDERED, now))
        note = opens(ordered, warrant)
        if not self.records.write(Entry(now, (ordered,), (deposit,), (note,))):
            self._tell_of_waiting()
            return Shut(self.records.fault, "deposit.later")
        self._next_deposit += 1
        self.deposits[deposit.n] = deposit
        self._know(ordered)
        self._pulse(chosen.id)
        return ordered

    def open(self, id: LockerId, warrant: Warrant, now: datetime) -> Shut | None:
        """Order a door open, where the warrant allows it: on the disk first, then the coil. None: it is ordered."""
        locker = self.lockers.get(id)
        if locker is None:
            return Shut(tell("locker {n} is not known", n=id))
        found = objection(locker, warrant, self.deposit_in(locker))
        if found is not None:
            return Shut(tell(found.value), sentence_of(found))
        if not self._may_begin(id):
            return Shut(tell("the latch of locker {n} rests or is at work", n=id), "door.wait")
        ordered = _certain(after(locker, Event.ORDERED, now))
        self._know(ordered)
        self.records.keep(Entry(now, (ordered,), (), (opens(ordered, warrant),)))
        self._tell_of_waiting()
        self._pulse(id)
        return None

    def decide(
        self, id: LockerId, event: Event, now: datetime, by: str, *, deposit: Deposit | None = None, why: str = ""
    ) -> str:
        """Something is decided about a locker; "" or why not. deposit: what lies in it, as it stands from now on."""
        found = after(self.lockers[id], event, now, why)
        if isinstance(found, Refused):
            return found.why
        self._keep(found, now, about(found, event.value, by, why=why), deposit)
        return ""

    def renumber(self, id: LockerId, number: int, generation: int, now: datetime, by: str) -> str:
        """Another tag for a locker, of a later generation (L09); "" or why not."""
        locker, other = self.lockers[id], self.numbered(number)
        if other is not None and other.id != id:
            return tell("the number {number} is locker {n}'s", number=number, n=other.id)
        if generation <= locker.generation:
            return tell("the new tag is to be of generation {generation} or later", generation=locker.generation + 1)
        found = after(locker, Event.TAGGED, now)
        if isinstance(found, Refused):
            return found.why
        tagged = replace(found, number=number, generation=generation)
        note = about(tagged, Event.TAGGED.value, by, tag=f"{number}.{generation}")
        if not self.records.write(Entry(now, (tagged,), (), (note,))):
            return tell("another tag counts once it is written down: {fault}", fault=self.records.fault)
        self._know(tagged)
        return ""

    def may_begin(self, id: LockerId) -> bool:
        """Whether its latch takes an order now: it neither rests nor is at work."""
        return self._may_begin(id)

    def at_work(self, id: LockerId) -> bool:
        """Whether the driver has an order for that latch, or is at it."""
        return self._latch(id).stage in (Stage.ASKED, Stage.ENERGISED)

    def revise(self, deposit: Deposit, now: datetime) -> None:
        """A deposit stands otherwise; its locker does not."""
        self.deposits[deposit.n] = deposit
        self.records.keep(Entry(now, (), (deposit,)))

    # what the bank reports, and time

    def hear(self, report: BankReport, now: datetime) -> None:
        """A driver's report. What concerns a locker that nobody knows is left alone."""
        match report:
            case BoardReport(board, why):
                if why:
                    self.warn(tell("lock board {board}: {why}", board=board, why=why))
                else:
                    self.withdraw(f"lock board {board}: ")
            case DoorRead(locker=id, reading=reading):
                self._readings[id] = reading
                if id in self.lockers:
                    self._turn(id, _SENSED[reading], now)
            case Energised(id, mono_s):
                self._latches[id] = pulses.energised(self._latch(id), mono_s)
            case Pulsed(id, mono_s):
                self._latches[id] = pulses.pulsed(self._latch(id), mono_s, self.choices)
            case NotPulsed(id, why):
                self.warn(tell("locker {n}: {why}", n=id, why=why))
                self._latches[id] = pulses.pulsed(self._latch(id), self.clock.mono_s(), self.choices, why)

    def pass_to(self, now: datetime) -> None:
        """Time passed: latches that did not give way, doors left open, records that wait."""
        mono_s = self.clock.mono_s()
        for id in [id for id, latch in self._latches.items() if latch.stage is not Stage.RESTING]:
            self._mind_latch(id, mono_s, now)
        for id, since_s in list(self._open_since_s.items()):
            if self.lockers[id].door is Door.OPEN and mono_s - since_s >= self._held_open_s(id):
                self._turn(id, Event.OVERDUE, now)
        if mono_s - self._tried_s < RETRY_S:
            return
        self._tried_s = mono_s
        if not self.known:
            self._recall(now)
        self.records.retry()
        self._tell_of_waiting()
        if self._unwritten:
            late = tuple(self.lockers[id] for id in sorted(self._unwritten))
            self._unwritten.clear()
            self.records.keep(Entry(now, late))

    def next_due_s(self) -> float | None:
        """When `pass_to` has something to do at the latest, monotonic."""
        latches = [pulses.due_s(latch, self.choices) for latch in self._latches.values()]
        doors = [
            since_s + self._held_open_s(id)
            for id, since_s in self._open_since_s.items()
            if self.lockers[id].door is Door.OPEN
        ]
        return min((due for due in (*latches, *doors) if due is not None), default=None)

    def _mind_latch(self, id: LockerId, mono_s: float, now: datetime) -> None:
        seen = self.lockers[id].door is not Door.OPENING
        told = self._readings.get(id, Reading.UNKNOWN) is not Reading.UNKNOWN
        latch, verdict = pulses.look(self._latches[id], mono_s, seen=seen, told=told, choices=self.choices)
        self._latches[id] = latch
        match verdict:
            case Verdict.PULSE:
                self._pulse(id)
            case Verdict.STUCK:
                self.bank.drop(id)
                self._turn(id, Event.STUCK, now)
            case Verdict.UNSEEN:
                self._turn(id, Event.UNSEEN, now)
            case Verdict.WAIT | Verdict.OPEN:
                pass

    def _turn(self, id: LockerId, event: Event, now: datetime) -> None:
        """What a door did, or did not do: never refused."""
        before = self.lockers[id]
        locker = _certain(after(before, event, now))
        if locker == before:
            return
        self._mind_time(before, locker)
        if locker.unconfirmed and not before.unconfirmed:
            self.warn(tell("locker {n}: {why}", n=id, why=tell(locker.why)))
            self._keep(locker, now, about(locker, "is doubtful", why=locker.why), None)
        elif before.door is Door.OPENING:
            self._keep(locker, now, about(locker, f"is {locker.door.value}"), None)
        else:
            # neither an alarm nor the proof of an order: a bad sensor may say it five times a second
            self.lockers[id] = locker
            self._unwritten.add(id)
        if locker.door is Door.HELD_OPEN:
            self.warn(
                tell("locker {n}: its door has been open for {seconds} s", n=id, seconds=round(self._held_open_s(id)))
            )

    def _held_open_s(self, id: LockerId) -> float:
        return lengthened(self.held_open_s) if id in self.unhurried else self.held_open_s

    def _mind_time(self, before: Locker, locker: Locker) -> None:
        opened = (Door.OPEN, Door.HELD_OPEN)
        if locker.door not in opened:
            self._open_since_s.pop(locker.id, None)
            if before.door in opened:
                self.withdraw(f"locker {locker.id}: its door has been open")
        elif before.door not in opened:
            self._open_since_s[locker.id] = self.clock.mono_s()

    def _know(self, locker: Locker) -> None:
        self.lockers[locker.id] = locker
        self._unwritten.discard(locker.id)
        if not concerns_staff(locker):
            self.withdraw(f"locker {locker.id}: ")

    def _keep(self, locker: Locker, now: datetime, note: Note, deposit: Deposit | None) -> None:
        self._know(locker)
        if deposit is not None:
            self.deposits[deposit.n] = deposit
            if deposit.over is not None:
                del self.deposits[deposit.n]
        changed = () if deposit is None else (deposit,)
        self.records.keep(Entry(now, (locker,), changed, (note,)))

    def _to_give(self, size: Size) -> list[Locker]:
        fit = (locker for locker in self.lockers.values() if locker.size is size and locker.id not in self.in_hand)
        return [locker for locker in fit if assignable(locker)]

    def _latch(self, id: LockerId) -> Latch:
        return self._latches.get(id, Latch())

    def _may_begin(self, id: LockerId) -> bool:
        return pulses.may_begin(self._latch(id), self.clock.mono_s())

    def _pulse(self, id: LockerId) -> None:
        self._latches[id] = pulses.asked(self._latch(id), self.clock.mono_s())
        self.bank.unlock(id)
        if self._readings.get(id) is Reading.OPEN:  # it is pulsed all the same: the sensor may be wrong
            self._turn(id, Event.OPENED, self.clock.now())

    def _tell_of_waiting(self) -> None:
        if self.records.fault:
            self.warn(
                tell("{what}: {fault}", what=tell(WAITS), fault=self.records.fault)
                if self.records.waiting
                else self.records.fault
            )
        else:
            self.withdraw(WAITS)


def _certain(found: Locker | Refused) -> Locker:
    """What the table never refuses."""
    assert isinstance(found, Locker), found
    return found
