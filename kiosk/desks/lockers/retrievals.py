"""An attendant that gives bags back: a tag is scanned, checked, and its own door opens (L02, L06)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from kiosk.desks.lockers.attendant import Desk
from kiosk.desks.lockers.cabinet import Shut
from kiosk.desks.lockers.deposits import LINGER_S, Deposits
from kiosk.desks.lockers.messages import Confirmed, Message, OpenAllAsked, TimeWanted
from kiosk.desks.lockers.views import Kind, Shown, sentence
from kiosk.errors import LedgerFault
from kiosk.ports.lockers import Entry, Note, ReaderReport, Scanned, TagCheck
from kiosk.rules.lockers import cabinet, deposit
from kiosk.rules.lockers.locker import Door, Locker
from kiosk.rules.lockers.retrieval import OVER, TRANSITIONS, Event, RetrievalTimes, Step
from kiosk.rules.lockers.shown_tag import ShownTag, TagRefused
from kiosk.rules.lockers.warrants import ByTag, ByTagAgain, Objection
from kiosk.sentences import tell
from kiosk.units import LockerId

AGAIN_S = 900.0  # a tag that is shown so soon after its things were fetched may have been photographed
TAG = "tag"

_EVENTS = {
    Door.OPEN: Event.OPENED,
    Door.FORCED: Event.OPENED,
    Door.CLOSED: Event.CLOSED,
    Door.HELD_OPEN: Event.OVERDUE,
    Door.JAMMED: Event.STUCK,
    Door.UNKNOWN: Event.UNSEEN,
}


def nowhere(seat: str) -> bool:
    """Nobody counts tags anywhere."""
    return False


@dataclass(slots=True)
class Fetching:
    """A retrieval as it goes. since_s: when its step began; grace_s: when the grace is over; monotonic."""

    seat: str
    tag: ShownTag
    locker: LockerId
    deposit: int
    since_s: float
    step: Step = Step.OPENING
    door: Door = Door.OPENING
    grace_s: float | None = None
    again: int = 0


@dataclass(slots=True)
class Refusal:
    """A tag that opened nothing. says: the key of what its bearer is told."""

    says: str
    why: str
    since_s: float
    noted_s: float


@dataclass(slots=True)
class Retrievals:
    """check: what a scanned text is. deposits: one of them may be waiting for the tag. seats: the screen of a reader,
    where it is not its own. counts_at: what is read at a seat is counted just now, and opens nothing."""

    check: TagCheck
    deposits: Deposits
    times: RetrievalTimes = field(default_factory=RetrievalTimes)
    seats: Mapping[str, str] = field(default_factory=dict)
    counts_at: Callable[[str], bool] = nowhere
    _desk: Desk = field(init=False)
    _fetching: dict[LockerId, Fetching] = field(default_factory=dict)
    _refused: dict[str, Refusal] = field(default_factory=dict)
    _fetched_s: dict[LockerId, float] = field(default_factory=dict)
    _unhurried: set[str] = field(default_factory=set)  # the seats where somebody asked for more time

    def join(self, desk: Desk) -> None:
        self._desk = desk

    def take(self, message: Message, now: datetime) -> None:
        match message:
            case Scanned(reader, text):
                if not self.counts_at(self.seat_of(reader)):
                    self._scanned(self.seat_of(reader), text, now)
            case Confirmed(seat, step):
                for fetching in list(self._fetching.values()):
                    if fetching.seat == seat and fetching.step.value == step:
                        self._feed(fetching, Event.CONFIRMED, now)
            case TimeWanted(seat, more):
                self._unhurried = self._unhurried | {seat} if more else self._unhurried - {seat}
                for fetching in self._fetching.values():
                    if fetching.seat == seat and fetching.step not in OVER:
                        self._pace(fetching)
            case OpenAllAsked():
                self._leave_all(now)
            case ReaderReport(reader, why):
                if why:
                    self._desk.warn(tell("reader {reader}: {why}", reader=reader, why=why))
                else:
                    self._desk.withdraw(f"reader {reader}: ")
            case _:
                pass

    def pass_to(self, now: datetime) -> None:
        """Doors moved, or time passed."""
        mono_s = self._desk.clock.mono_s()
        for fetching in list(self._fetching.values()):
            self._watch_door(fetching, now)
            due = self._due_s(fetching)
            if due is not None and mono_s >= due:
                if fetching.step in OVER:
                    del self._fetching[fetching.locker]
                else:
                    self._feed(fetching, Event.TIMED_OUT, now)
        for seat, refusal in list(self._refused.items()):
            if mono_s - refusal.since_s >= LINGER_S:
                del self._refused[seat]

    def next_wake(self, now: datetime) -> datetime | None:
        dues = [due for one in self._fetching.values() if (due := self._due_s(one)) is not None]
        dues += [refusal.since_s + LINGER_S for refusal in self._refused.values()]
        return self._desk.wall(min(dues), now) if dues else None

    def shown(self) -> tuple[Shown, ...]:
        """What each seat shows, refusals first."""
        refusals = (
            Shown(seat, Kind.REFUSAL, "", one.says, deadline_s=one.since_s + LINGER_S, over=True)
            for seat, one in self._refused.items()
        )
        return (*refusals, *(self._shown(one) for one in self._fetching.values()))

    def seat_of(self, reader: str) -> str:
        """Where whoever uses a reader stands."""
        return self.seats.get(reader, reader)

    # a tag

    def _scanned(self, seat: str, text: str, now: datetime) -> None:
        try:
            verdict = self.check(text, seat, now)
        except LedgerFault as fault:
            self._desk.happened(tell("tags cannot be checked: {fault}", fault=fault))
            self._refuse(seat, "a tag", str(fault), "door.staff", now)
            return
        if isinstance(verdict, TagRefused):
            self._refuse(seat, "a tag", verdict.why, verdict.sentence, now)
            return
        locker = self._desk.cabinet.numbered(verdict.number)
        if not self._desk.cabinet.known:
            self._refuse(seat, _named(verdict), "the ledger cannot be read", "door.staff", now)
        elif locker is None:
            self._refuse(seat, _named(verdict), "no locker has that number", "tag.refused", now)
        else:
            self._show(seat, verdict, locker, now)

    def _show(self, seat: str, tag: ShownTag, locker: Locker, now: datetime) -> None:
        running = self._fetching.get(locker.id)
        if running is not None and running.tag == tag and running.step not in OVER:
            self._again(running, seat, now)
            return
        if tag.generation == locker.generation:
            proved = self.deposits.prove(locker, tag, now)
            if proved is deposit.Step.KEPT:
                return
        self._fetch(seat, tag, locker, now)

    def _fetch(self, seat: str, tag: ShownTag, locker: Locker, now: datetime) -> None:
        shut = self._desk.cabinet.open(locker.id, ByTag(tag), now)
        if shut is not None:
            self._refuse(seat, _named(tag), shut.why, shut.sentence, now)
            self._suspect(locker, shut)
            return
        self._refused.pop(seat, None)
        self._desk.cabinet.in_hand.add(locker.id)
        n = self._desk.cabinet.lockers[locker.id].deposit
        self._fetching[locker.id] = Fetching(seat, tag, locker.id, n, self._desk.clock.mono_s())
        self._pace(self._fetching[locker.id])

    def _again(self, fetching: Fetching, seat: str, now: datetime) -> None:
        """The same tag once more: it is in a hurry, forgot something, or the door was not seen to open."""
        match fetching.step:
            case Step.BLIND:
                shut = self._desk.cabinet.open(fetching.locker, ByTag(fetching.tag), now)
            case Step.GRACE if fetching.again < self.times.again:
                shut = self._desk.cabinet.open(fetching.locker, ByTagAgain(fetching.tag), now)
            case Step.GRACE:
                shut = Shut(tell("it was opened again often enough"), "door.staff")
            case _:
                return
        if shut is not None:
            self._refuse(seat, _named(fetching.tag), shut.why, shut.sentence, now)
            return
        fetching.again += fetching.step is Step.GRACE
        fetching.door = Door.OPENING
        self._feed(fetching, Event.SHOWN, now)

    def _refuse(self, seat: str, what: str, why: str, says: str, now: datetime) -> None:
        mono_s, before = self._desk.clock.mono_s(), self._refused.get(seat)
        if before is not None and before.why == why and mono_s - before.noted_s < LINGER_S:
            before.since_s = mono_s  # a reader that babbles must not fill the disk
            return
        self._refused[seat] = Refusal(says, why, mono_s, mono_s)
        self._desk.cabinet.records.keep(Entry(now, notes=(Note(TAG, "is refused", what, {"why": why, "at": seat}),)))

    def _suspect(self, locker: Locker, shut: Shut) -> None:
        fetched_s = self._fetched_s.get(locker.id)
        if shut.why == Objection.NOTHING_IN.value and fetched_s is not None:
            if self._desk.clock.mono_s() - fetched_s < AGAIN_S:
                self._desk.happened(
                    tell(
                        "tag {number} was shown again after its things were fetched: it may have been photographed",
                        number=locker.number,
                    )
                )
        elif shut.why == Objection.QUARANTINED.value:
            self._desk.happened(
                tell("tag {number} was shown, which was reported lost: see who has it", number=locker.number)
            )

    # the procedure

    def _watch_door(self, fetching: Fetching, now: datetime) -> None:
        locker = self._desk.cabinet.lockers[fetching.locker]
        if fetching.step in OVER:
            return
        if fetching.grace_s is None and locker.deposit != fetching.deposit:
            self._end(fetching)  # staff have seen to it meanwhile
            return
        if locker.door is fetching.door:
            return
        fetching.door = locker.door
        if (event := _EVENTS.get(locker.door)) is not None:
            self._feed(fetching, event, now)

    def _feed(self, fetching: Fetching, event: Event, now: datetime) -> None:
        step = TRANSITIONS[fetching.step][event]
        if step is fetching.step:
            return
        before, fetching.step, fetching.since_s = fetching.step, step, self._desk.clock.mono_s()
        match step:
            case Step.GRACE:
                self._fetched(fetching, now)
            case Step.DONE:
                if before is Step.BLIND:
                    self._fetched(fetching, now)
                self._end(fetching)
            case Step.JAMMED:
                self._end(fetching)
            case Step.UNSURE:
                self._desk.cabinet.decide(fetching.locker, cabinet.Event.LEFT, now, TAG)
                self._end(fetching)
            case _:
                pass

    def _leave_all(self, now: datetime) -> None:
        """In an emergency everybody goes: a door that somebody shuts later does not say that the things are out."""
        for fetching in [one for one in self._fetching.values() if one.step not in OVER]:
            fetching.step = Step.UNSURE
            self._desk.cabinet.decide(fetching.locker, cabinet.Event.LEFT, now, TAG)
            self._end(fetching)

    def _fetched(self, fetching: Fetching, now: datetime) -> None:
        desk = self._desk
        if fetching.grace_s is None:
            fetching.grace_s = desk.clock.mono_s() + self.times.grace_s
            self._fetched_s[fetching.locker] = desk.clock.mono_s()
        if (lies := desk.cabinet.deposits.get(fetching.deposit)) is not None:
            over = replace(lies, over=now, outcome=deposit.Outcome.FETCHED)
            desk.cabinet.decide(fetching.locker, cabinet.Event.FETCHED, now, TAG, deposit=over)

    def _end(self, fetching: Fetching) -> None:
        if fetching.step not in OVER:
            fetching.step = Step.DONE
        fetching.since_s = self._desk.clock.mono_s()
        self._desk.cabinet.in_hand.discard(fetching.locker)
        self._desk.cabinet.unhurried.discard(fetching.locker)

    def _pace(self, fetching: Fetching) -> None:
        """Its door may stand open for longer as long as whoever needs the time stands there."""
        unhurried = self._desk.cabinet.unhurried
        (unhurried.add if fetching.seat in self._unhurried else unhurried.discard)(fetching.locker)

    def _due_s(self, fetching: Fetching) -> float | None:
        match fetching.step:
            case Step.GRACE:
                return fetching.grace_s
            case Step.BLIND:
                times = self.times.unhurried() if fetching.seat in self._unhurried else self.times
                return fetching.since_s + times.blind_s
            case step if step in OVER:
                return fetching.since_s + LINGER_S
            case _:
                return None

    def _shown(self, fetching: Fetching) -> Shown:
        return Shown(
            fetching.seat,
            Kind.RETRIEVAL,
            fetching.step.value,
            sentence(Kind.RETRIEVAL, fetching.step.value),
            fetching.tag.number,
            self._desk.cabinet.lockers[fetching.locker].size,
            self._due_s(fetching),
            fetching.step in OVER,
        )


def _named(tag: ShownTag) -> str:
    return f"{tag.kind.value} {tag.number}.{tag.generation}"
