"""An attendant that takes bags in: one deposit at a seat at a time, each to its end (L01, L05, L06)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime

from kiosk.desks.lockers.attendant import Desk
from kiosk.desks.lockers.cabinet import Shut
from kiosk.desks.lockers.messages import (
    Confirmed,
    DepositAsked,
    Described,
    GaveUp,
    HelpAsked,
    Message,
    SizeChosen,
    TimeWanted,
)
from kiosk.desks.lockers.views import Kind, Shown, sentence
from kiosk.errors import LedgerFault
from kiosk.rules.lockers import cabinet
from kiosk.rules.lockers.deposit import (
    OVER,
    TRANSITIONS,
    Deposit,
    DepositTimes,
    Event,
    Outcome,
    Step,
    patience_s,
)
from kiosk.rules.lockers.locker import Door, Locker, Size
from kiosk.rules.lockers.shown_tag import ShownTag, TagKind
from kiosk.rules.lockers.things import WORDS, Ask, following, note_of
from kiosk.sentences import tell
from kiosk.units import LockerId

LINGER_S = 8.0  # so long an end can be read
SHOPPER = "shopper"

_EVENTS = {
    Door.OPEN: Event.OPENED,
    Door.FORCED: Event.OPENED,
    Door.CLOSED: Event.CLOSED,
    Door.HELD_OPEN: Event.OVERDUE,
    Door.JAMMED: Event.JAMMED,
    Door.UNKNOWN: Event.UNSEEN,
}

Note = Callable[[int, str, datetime], None]
HandOut = Callable[[Locker, Deposit, datetime], None]


def hangs_there(locker: Locker, deposit: Deposit, now: datetime) -> None:
    """The tag is a plaque that hangs in its locker: nothing has to be handed out."""


@dataclass(slots=True)
class Leaving:
    """A deposit as it goes. since_s: when its step began, monotonic. tried: lockers that did not open. asks: what the
    shopper may say of the things before they are checked; said: what was said."""

    seat: str
    since_s: float
    step: Step = Step.SIZE
    size: Size | None = None
    locker: LockerId | None = None
    deposit: int = 0
    door: Door = Door.OPENING
    handed_out: bool = False
    tried: frozenset[LockerId] = frozenset()
    says: str = ""
    asks: Ask | None = None
    said: tuple[str, ...] = ()


@dataclass(slots=True)
class Deposits:
    """hand_out: has a ticket printed for the deposit, or does nothing where plaques hang in the lockers.

    tag: which of the two a shopper gets. note: keeps what the shopper said of the things with the deposit of a number,
    may raise LedgerFault; None: nobody is asked.
    """

    times: DepositTimes = field(default_factory=DepositTimes)
    hand_out: HandOut = hangs_there
    tag: TagKind = TagKind.PLAQUE
    note: Note | None = None
    _desk: Desk = field(init=False)
    _leaving: dict[str, Leaving] = field(default_factory=dict)
    _unhurried: set[str] = field(default_factory=set)  # the seats where somebody asked for more time

    def join(self, desk: Desk) -> None:
        self._desk = desk

    def take(self, message: Message, now: datetime) -> None:
        match message:
            case DepositAsked(seat):
                current = self._leaving.get(seat)
                if current is None or current.step in OVER:
                    self._leaving[seat] = Leaving(seat, self._desk.clock.mono_s())
            case SizeChosen(seat, size):
                if (leaving := self._leaving.get(seat)) is not None and leaving.step is Step.SIZE:
                    leaving.size = size
                    room = self._desk.cabinet.free(size)
                    self._feed(leaving, Event.CHOSEN if room else Event.NO_ROOM, now)
            case Confirmed(seat, step):
                leaving = self._leaving.get(seat)
                if leaving is not None and leaving.step.value == step:  # a tap on what is shown no more says nothing
                    self._confirmed(leaving, now)
            case Described(seat, ask, word):
                leaving = self._leaving.get(seat)
                if leaving is not None and leaving.asks is ask and word in ("", *WORDS[ask]):
                    leaving.said += (word,) if word else ()
                    leaving.asks, leaving.since_s = following(ask, word), self._desk.clock.mono_s()
            case GaveUp(seat):
                if (leaving := self._leaving.get(seat)) is not None:
                    self._feed(leaving, Event.GAVE_UP, now)
            case TimeWanted(seat, more):
                self._unhurried = self._unhurried | {seat} if more else self._unhurried - {seat}
                if (leaving := self._leaving.get(seat)) is not None and leaving.step not in OVER:
                    self._pace(leaving)
            case HelpAsked(seat):
                self._desk.warn(tell("somebody asks for help at {seat}", seat=seat))
            case _:
                pass

    def pass_to(self, now: datetime) -> None:
        """Doors moved, or time passed."""
        mono_s = self._desk.clock.mono_s()
        for leaving in list(self._leaving.values()):
            self._watch_door(leaving, now)
            waited_s = mono_s - leaving.since_s
            if leaving.step in OVER:
                if waited_s >= LINGER_S:
                    del self._leaving[leaving.seat]
                continue
            patience = patience_s(leaving.step, self._times(leaving.seat))
            if patience is not None and waited_s >= patience:
                self._feed(leaving, Event.TIMED_OUT, now)

    def next_wake(self, now: datetime) -> datetime | None:
        dues = [due for leaving in self._leaving.values() if (due := self._due_s(leaving)) is not None]
        return self._desk.wall(min(dues), now) if dues else None

    def shown(self) -> tuple[Shown, ...]:
        """What each seat shows."""
        return tuple(self._shown(leaving) for leaving in self._leaving.values())

    def prove(self, locker: Locker, tag: ShownTag, now: datetime) -> Step | None:
        """The tag of a locker was scanned: what a deposit that waits for it comes to, None where none does."""
        for leaving in self._leaving.values():
            if leaving.locker == locker.id and leaving.step in (Step.TAG, Step.TAG_BACK):
                lies = self._desk.cabinet.deposits[leaving.deposit]
                if tag.kind is not lies.tag or (tag.kind is TagKind.TICKET and tag.deposit != lies.n):
                    return None
                self._feed(leaving, Event.PROVED, now)
                return leaving.step
        return None

    def _confirmed(self, leaving: Leaving, now: datetime) -> None:
        if leaving.asks is not None:  # yes is no answer to that: then rather not
            leaving.asks = None
            return
        if leaving.step is Step.VALUABLES and self.note is not None:
            leaving.asks = Ask.KIND
        if leaving.step is Step.CHECK and leaving.size is not None:
            found = self._desk.cabinet.reserve(leaving.size, now, leaving.tried, self.tag)
            if isinstance(found, Shut):
                self._feed(leaving, Event.NO_ROOM, now)
                leaving.says = found.sentence
                return
            leaving.locker, leaving.deposit, leaving.door = found.id, found.deposit, Door.OPENING
            leaving.handed_out = False
            self._desk.cabinet.in_hand.add(found.id)
            self._pace(leaving)
            self._keep_note(leaving, now)
        self._feed(leaving, Event.CONFIRMED, now)

    def _times(self, seat: str) -> DepositTimes:
        return self.times.unhurried() if seat in self._unhurried else self.times

    def _pace(self, leaving: Leaving) -> None:
        """Its door may stand open for longer, too, as long as whoever needs the time stands there."""
        if leaving.locker is not None:
            unhurried = self._desk.cabinet.unhurried
            (unhurried.add if leaving.seat in self._unhurried else unhurried.discard)(leaving.locker)

    def _keep_note(self, leaving: Leaving, now: datetime) -> None:
        if self.note is None or not leaving.said:
            return
        with suppress(LedgerFault):  # nobody had to say it, and nobody's bag depends on it
            self.note(leaving.deposit, note_of(leaving.said), now)

    def _watch_door(self, leaving: Leaving, now: datetime) -> None:
        if leaving.locker is None or leaving.step in OVER:
            return
        door = self._desk.cabinet.lockers[leaving.locker].door
        if door is leaving.door:
            return
        leaving.door = door
        if (event := _EVENTS.get(door)) is not None:
            self._feed(leaving, event, now)

    def _feed(self, leaving: Leaving, event: Event, now: datetime) -> None:
        step = TRANSITIONS[leaving.step][event]
        if step is leaving.step:
            return
        leaving.step, leaving.since_s, leaving.says = step, self._desk.clock.mono_s(), ""
        if leaving.locker is not None:
            self._act(leaving, leaving.locker, now)

    def _act(self, leaving: Leaving, id: LockerId, now: datetime) -> None:
        """What a step that has just begun does to its locker."""
        deposit = self._desk.cabinet.deposits[leaving.deposit]
        match leaving.step:
            case Step.TAG:
                if deposit.stored is None:
                    deposit = replace(deposit, stored=now)
                    self._desk.cabinet.revise(deposit, now)
                if not leaving.handed_out:
                    leaving.handed_out = True
                    self.hand_out(self._desk.cabinet.lockers[id], deposit, now)
            case Step.KEPT | Step.BACK:
                self._end(id, cabinet.Event.KEPT, replace(deposit, kept=now), now)
            case Step.GONE:
                self._end(id, cabinet.Event.GIVEN_UP, replace(deposit, over=now, outcome=Outcome.GIVEN_UP), now)
            case Step.LEFT:
                self._end(id, cabinet.Event.LEFT, deposit, now)
            case Step.ANOTHER:
                self._end(id, cabinet.Event.GIVEN_UP, replace(deposit, over=now, outcome=Outcome.JAMMED), now)
                leaving.tried |= {id}
                leaving.step, leaving.locker, leaving.says = Step.CHECK, None, sentence(Kind.DEPOSIT, "another")
            case _:
                pass

    def _end(self, id: LockerId, event: cabinet.Event, deposit: Deposit, now: datetime) -> None:
        self._desk.cabinet.in_hand.discard(id)
        self._desk.cabinet.unhurried.discard(id)
        if why := self._desk.cabinet.decide(id, event, now, SHOPPER, deposit=deposit):
            # the door moved in the same moment: then nobody knows what is in it
            self._desk.cabinet.decide(id, cabinet.Event.LEFT, now, SHOPPER, why=why)

    def _due_s(self, leaving: Leaving) -> float | None:
        patience = LINGER_S if leaving.step in OVER else patience_s(leaving.step, self._times(leaving.seat))
        return None if patience is None else leaving.since_s + patience

    def _shown(self, leaving: Leaving) -> Shown:
        locker = None if leaving.locker is None else self._desk.cabinet.lockers[leaving.locker]
        return Shown(
            leaving.seat,
            Kind.DEPOSIT,
            leaving.step.value,
            leaving.says or sentence(Kind.DEPOSIT, (leaving.asks or leaving.step).value),
            0 if locker is None else locker.number,
            leaving.size,
            self._due_s(leaving),
            leaving.step in OVER,
        )
