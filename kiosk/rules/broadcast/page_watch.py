"""After a page: has the person been reached? Asked every minute; after two without an answer a message is taken (B20).

One total table decides what an event does in a stage; an event that does not fit changes nothing. Wall time, so that a
watch survives a restart in the ledger; a clock that steps back asks nothing twice.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from types import MappingProxyType

from kiosk.rules.broadcast.paging import PageRequest, Reason, called

ASK_EVERY_S = 60.0
MESSAGE_AFTER_S = 120.0


class Stage(Enum):
    """How far a page has come; the values are what the ledger says."""

    WAITING = "waiting"  # to be aired
    CALLED = "called"  # aired, the minutes run
    TAKING = "taking"  # nobody came: the message slip is being written
    SLIP = "slip"  # the slip is written and waits to be delivered
    REACHED = "reached"
    DELIVERED = "delivered"
    WITHDRAWN = "withdrawn"


class Event(Enum):
    """What can happen to a page."""

    AIRED = "aired"
    MINUTE = "minute"  # time passed
    NOT_YET = "not-yet"  # the answer to the question: the person has not come
    ANSWERED = "answered"  # the person was reached
    WRITTEN = "written"  # the message slip is filled in
    DELIVERED = "delivered"  # and handed over, and ticked (S18)
    WITHDRAWN = "withdrawn"  # whoever asked needs nobody any more


_W, _C, _T, _S = Stage.WAITING, Stage.CALLED, Stage.TAKING, Stage.SLIP
_R, _D, _X = Stage.REACHED, Stage.DELIVERED, Stage.WITHDRAWN
_ORDER = (Event.AIRED, Event.MINUTE, Event.NOT_YET, Event.ANSWERED, Event.WRITTEN, Event.DELIVERED, Event.WITHDRAWN)

# A stage's row: the stage after each event of _ORDER. MINUTE leads from CALLED to TAKING only when the time is up.
_ROWS = {
    _W: (_C, _W, _W, _R, _W, _W, _X),
    _C: (_C, _T, _C, _R, _C, _C, _X),
    _T: (_C, _T, _T, _R, _S, _T, _X),
    _S: (_C, _S, _S, _R, _S, _D, _X),
    _R: (_R, _R, _R, _R, _R, _R, _R),
    _D: (_D, _D, _D, _D, _D, _D, _D),
    _X: (_X, _X, _X, _X, _X, _X, _X),
}
TRANSITIONS = MappingProxyType(
    {stage: MappingProxyType(dict(zip(_ORDER, row, strict=True))) for stage, row in _ROWS.items()}
)
OVER = frozenset((Stage.REACHED, Stage.DELIVERED, Stage.WITHDRAWN))


@dataclass(frozen=True, slots=True)
class MessageSlip:
    """A message for somebody who was not reached (S18).

    who: left it. for_whom: is to get it. number: to call back. what: the message. when: the page was aired.
    """

    who: str
    for_whom: str
    number: str
    what: str
    when: datetime


@dataclass(frozen=True, slots=True)
class Watch:
    """A page that somebody waits for.

    caller, number: who asked for it and how they are reached. aired: zone-aware, when it was said last, None before.
    asked: how often it was asked since then whether the person came. slip: what was written, None before.
    """

    request: PageRequest
    caller: str = ""
    number: str = ""
    stage: Stage = Stage.WAITING
    aired: datetime | None = None
    asked: int = 0
    slip: MessageSlip | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask the desk whether the person was reached. minute: 1 for the first time."""

    minute: int


@dataclass(frozen=True, slots=True)
class TakeMessage:
    """Offer the desk a message slip, filled in as far as is known; `what` is for whoever waits to say."""

    draft: MessageSlip


Order = Ask | TakeMessage


def after(
    watch: Watch,
    event: Event,
    now: datetime,
    *,
    slip: MessageSlip | None = None,
    ask_every_s: float = ASK_EVERY_S,
    message_after_s: float = MESSAGE_AFTER_S,
) -> tuple[Watch, tuple[Order, ...]]:
    """The watch after an event, and what the desk is to do. now: zone-aware. slip: with WRITTEN, what was written."""
    stage = TRANSITIONS[watch.stage][event]
    if event is Event.MINUTE:
        return _minute(watch, stage, now, ask_every_s, message_after_s)
    if stage is watch.stage and event is not Event.AIRED:
        return watch, ()
    if event is Event.AIRED and stage is Stage.CALLED:
        return replace(watch, stage=stage, aired=now, asked=0), ()
    if event is Event.WRITTEN and slip is None:
        return watch, ()
    return replace(watch, stage=stage, slip=slip if event is Event.WRITTEN else watch.slip), ()


def _minute(
    watch: Watch, stage: Stage, now: datetime, ask_every_s: float, message_after_s: float
) -> tuple[Watch, tuple[Order, ...]]:
    if watch.stage is not Stage.CALLED or watch.aired is None:
        return watch, ()
    waited_s = now.timestamp() - watch.aired.timestamp()
    if waited_s >= message_after_s:
        return replace(watch, stage=stage), (TakeMessage(draft(watch, watch.aired)),)
    minute = int(waited_s // ask_every_s)
    if minute > watch.asked:
        return replace(watch, asked=minute), (Ask(minute),)
    return watch, ()


def draft(watch: Watch, aired: datetime) -> MessageSlip:
    """The slip as far as it is known."""
    return MessageSlip(watch.caller, called(watch.request), watch.number, _about(watch.request), aired)


def _about(request: PageRequest) -> str:
    """What the page was about, for the slip: the reason's word and the plate."""
    if request.reason is None:
        return ""
    return f"{request.reason.value} {request.plate}" if request.reason is Reason.VEHICLE else request.reason.value
