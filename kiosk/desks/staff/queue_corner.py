"""The queue in staff mode: a desk calls the next number, calls it again, settles it, opens and closes (S07)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from kiosk.desks.service.queue_desk import NotSo, QueueDesk
from kiosk.desks.staff.corner import Said
from kiosk.ports.staff_view import Kind, Matter, Offered
from kiosk.rules.people.person import Person
from kiosk.rules.service.queue import LETTERS, Event, Ticket, Topic, may_call
from kiosk.rules.service.queue_board import EVERYTHING, Board, Place
from kiosk.sentences import N_, tell

CALL = Offered("next", N_("Call the next number"), "megaphone", "good")
CLOSE = Offered("close", N_("Close this desk"), "lock-key")
OPENS: Mapping[str, tuple[frozenset[Topic], Offered]] = {
    "open": (EVERYTHING, Offered("open", N_("Open this desk for everybody"), "door-open", "good")),
    "open-service": (
        frozenset({Topic.SERVICE}),
        Offered("open-service", N_("Open it for enquiries and services only"), "door-open"),
    ),
    "open-returns": (
        frozenset({Topic.RETURNS}),
        Offered("open-returns", N_("Open it for returns only"), "door-open"),
    ),
}
EVENTS: Mapping[str, tuple[Event, Offered]] = {
    "recall": (Event.RECALL, Offered("recall", N_("Call it again"), "megaphone")),
    "served": (Event.SERVED, Offered("served", N_("Settled, call nobody yet"), "check", "good")),
    "no-show": (Event.NO_SHOW, Offered("no-show", N_("Nobody came"), "x", "care")),
    "left": (Event.LEFT, Offered("left", N_("The shopper has left"), "sign-out", "care")),
}
BACK = Offered("back", N_("They are here now: next one called"), "check", "good")
SERVES = {
    EVERYTHING: N_("For everybody"),
    frozenset({Topic.SERVICE}): N_("For enquiries and services"),
    frozenset({Topic.RETURNS}): N_("For returns"),
}
TOPICS = {letter: topic for topic, letter in LETTERS.items()}


@dataclass(slots=True)
class QueueCorner:
    """Implements Corner. desks: how many the store has. Nothing is shown on a day on which nobody took a number."""

    desk: QueueDesk
    desks: int
    name: str = "queue"

    def matters(self, who: Person, now: datetime) -> tuple[Matter, ...]:
        if may_call(who, now.date()):
            return ()
        board = self.desk.board(self.desks, now)
        if not board.busy and not board.missed and all(place.open for place in board.places):
            return ()
        return matters_of(board, self.name)

    def opened(self, thing: str, who: Person, now: datetime) -> Matter | None:
        if may_call(who, now.date()):
            return None
        everything = matters_of(self.desk.board(self.desks, now), self.name)
        return next((one for one in everything if one.key == f"{self.name} {thing}"), None)

    def do(self, thing: str, deed: str, told: Mapping[str, str], who: Person, now: datetime) -> Said:
        if not thing.isdecimal():
            return self._back(thing, deed, who, now)
        desk = int(thing)
        if deed == CALL.deed:
            called = self.desk.call_next(desk, EVERYTHING, who, now)
            return Said(called.why, refused=True) if isinstance(called, NotSo) else Said(N_("The number is called"))
        if deed == CLOSE.deed or deed in OPENS:
            wrong = self.desk.open(desk, OPENS[deed][0] if deed in OPENS else frozenset(), who, now)
            return Said(N_("It is noted")) if wrong is None else Said(wrong.why, refused=True)
        there = self.desk.at(desk, now)
        if there is None or deed not in EVENTS:
            return Said(N_("Somebody has seen to it"), refused=True)
        return self._noted(there.topic, there.number, EVENTS[deed][0], who, now)

    def _back(self, thing: str, deed: str, who: Person, now: datetime) -> Said:
        topic, number = TOPICS.get(thing[:1]), thing[1:]
        if topic is None or not number.isdecimal() or deed != BACK.deed:
            return Said(N_("Somebody has seen to it"), refused=True)
        return self._noted(topic, int(number), Event.BACK, who, now)

    def _noted(self, topic: Topic, number: int, event: Event, who: Person, now: datetime) -> Said:
        done = self.desk.do(topic, number, event, who, now)
        return Said(done.why, refused=True) if isinstance(done, NotSo) else Said(N_("It is noted"))


def matters_of(board: Board, name: str = "queue") -> tuple[Matter, ...]:
    """Each desk with what it may do now, and the numbers that nobody came for."""
    missed = tuple(_missed(name, one) for one in board.missed)
    return (*(_place(name, place, board) for place in board.places), *missed)


def _place(name: str, place: Place, board: Board) -> Matter:
    waiting = [one for one in board.waiting if one.topic in place.topics]
    there = place.ticket
    if not place.open:
        title, deeds = tell("Desk {desk} is closed", desk=place.desk), [offered for _, offered in OPENS.values()]
    elif there is None:
        title = tell("Desk {desk} is free", desk=place.desk)
        deeds = [*([CALL] if waiting else []), CLOSE, *_others(place.topics)]
    else:
        title = tell("Desk {desk}: number {number}", desk=place.desk, number=there.shown)
        deeds = [*([CALL] if waiting else []), *(offered for _, offered in EVENTS.values())]
    return Matter(
        f"{name} {place.desk}",
        Kind.QUEUE,
        title,
        line=" · ".join(one.shown for one in waiting[:6]),
        at=None if there is None else there.since,
        pressing=place.open and there is None and bool(waiting),
        deeds=tuple(deeds),
        tags=(SERVES[place.topics],) if place.open else (),
    )


def _others(topics: frozenset[Topic]) -> list[Offered]:
    """What else an open desk may serve."""
    return [offered for served, offered in OPENS.values() if served != topics]


def _missed(name: str, ticket: Ticket) -> Matter:
    title = tell("Number {number} did not come", number=ticket.shown)
    return Matter(f"{name} {ticket.shown}", Kind.QUEUE, title, at=ticket.since, deeds=(BACK,))
