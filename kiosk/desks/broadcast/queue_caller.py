"""An attendant that has numbers of the queue called aloud, if they are still true when their turn comes (S07)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from kiosk.desks.broadcast.attendant import Desk
from kiosk.desks.broadcast.messages import AirAsked, Message, SayingAsked, SayingSpoken
from kiosk.errors import LedgerFault
from kiosk.ports.broadcast import Ended, Started
from kiosk.ports.queue_calls import QueueCalls
from kiosk.rules.broadcast.material import Announcement
from kiosk.rules.broadcast.programme import Kind
from kiosk.rules.broadcast.starting_over import AGAIN
from kiosk.rules.service.queue_calls import USUAL, Call, Heard, QueueChoices, becomes_of, spoken
from kiosk.units import Language

LOOK_S = 1.0
TRIES = 2  # so often a call is put on the air that cannot be played
QUEUE = "queue"  # who asks for it
UNREAD = "the queue's calls cannot be read"
UNSAID = "the queue's numbers are not called aloud"


@dataclass(slots=True)
class QueueCaller:
    """An attendant. What waits for the end of a song is one announcement of all calls that still count: it is made anew
    whenever one is added or overtaken. What has begun is read to its end (B10). order_speech: SayingSpoken is posted.
    """

    calls: QueueCalls
    order_speech: Callable[[SayingAsked], None]
    languages: tuple[Language, ...]
    choices: QueueChoices = USUAL
    _desk: Desk = field(init=False)
    _looked_s: float = float("-inf")
    _wanted: tuple[Call, ...] = ()  # of the next announcement
    _asked: SayingAsked | None = None
    _spoken: Announcement | None = None
    _key: str = ""  # under which that waits
    _told: dict[str, tuple[Call, ...]] = field(default_factory=dict)  # to the line, by key
    _begun: set[str] = field(default_factory=set)
    _tries: dict[int, int] = field(default_factory=dict)
    _over: dict[int, Heard] = field(default_factory=dict)  # not written down yet

    def join(self, desk: Desk) -> None:
        self._desk = desk

    def take(self, message: Message, now: datetime) -> None:
        match message:
            case SayingSpoken(asked) if asked == self._asked and self._spoken is None:
                self._said(message)
            case Started(key) if key in self._told:
                self._begun.add(key)
            case Ended(key) if key in self._told:
                self._ended(message)
            case _:
                pass

    def pass_to(self, now: datetime) -> None:
        mono_s = self._desk.clock.mono_s()
        if mono_s - self._looked_s < LOOK_S:
            return
        self._looked_s = mono_s
        self._told = {key: calls for key, calls in self._told.items() if self._desk.counter.holds(key)}
        self._begun &= self._told.keys()
        try:
            self._look(now)
        except LedgerFault as fault:
            self._desk.warn(f"{UNREAD}: {fault}")
        else:
            self._desk.withdraw(UNREAD)
        self._air(now)

    def next_wake(self, now: datetime) -> datetime | None:
        return None

    def _look(self, now: datetime) -> None:
        on_air = {call.n for key in self._begun for call in self._told[key]}
        standing = []
        for call in self.calls.unheard():
            became = self._over.get(call.n) or becomes_of(call, now, self.choices)
            if call.n in on_air:
                continue
            if became is Heard.ASKED:
                standing.append(call)
                continue
            self.calls.close(call.n, became, now)
            self._over.pop(call.n, None)
            self._tries.pop(call.n, None)
        self._want(tuple(standing[: self.choices.together]), now)

    def _want(self, calls: tuple[Call, ...], now: datetime) -> None:
        """What is announced next; made anew only where that differs from what waits."""
        if calls == self._wanted:
            return
        if self._key and self._key not in self._begun:
            self._desk.counter.let_go(self._key, now)
        self._wanted, self._asked, self._spoken, self._key = calls, None, None, ""
        if not calls:
            return
        following = self.calls.following(calls[0].ticket.day) if self.choices.ready else None
        name = f"queue/{'+'.join(call.ticket.shown for call in calls)}"
        said = spoken(calls, following, self.languages, ready=self.choices.ready)
        self._asked = SayingAsked(name, said, self.choices.zones)
        self.order_speech(self._asked)

    def _said(self, spoken: SayingSpoken) -> None:
        if spoken.announcement is not None:
            self._spoken = spoken.announcement
            self._desk.withdraw(UNSAID)
            return
        self._desk.warn(f"{UNSAID}: {spoken.fault}")
        self._over.update(dict.fromkeys((call.n for call in self._wanted), Heard.FAILED))

    def _air(self, now: datetime) -> None:
        """Put on the air what is spoken and may be, and what fell out of the line before it was heard."""
        counter = self._desk.counter
        if self._spoken is None or self._key in self._told:
            return
        counter.open = self._desk.is_open(now)
        item = counter.item(self._spoken, Kind.PAGE, QUEUE, now)
        if counter.in_vain(item, now):
            return  # the store opens, or the one before is over: it is tried again until the calls lapse
        self._key = item.key
        self._told[item.key] = self._wanted
        self._desk.handle(AirAsked(item))

    def _ended(self, ended: Ended) -> None:
        calls = self._told.pop(ended.key)
        self._begun.discard(ended.key)
        anew = ended.key.partition(AGAIN)[0] + AGAIN
        again = next((key for key in sorted(self._desk.line.keys()) if key.startswith(anew)), "")
        if again:  # the sound output was away, and the line itself reads it again
            self._told[again] = calls
            self._begun.add(again)
        elif ended.whole and not ended.cut:
            self._over.update(dict.fromkeys((call.n for call in calls), Heard.AIRED))
        elif ended.fault:
            for call in calls:
                self._tries[call.n] = self._tries.get(call.n, 0) + 1
                if self._tries[call.n] >= TRIES:
                    self._over[call.n] = Heard.FAILED
