"""The life of a page: asked for, approved, aired, asked after each minute, and after two a message slip (B18, B20).

One total table says which stage an event leads to; an event that does not fit changes nothing. A page is a plain value,
so that it survives a restart in the ledger, and every page comes to an end: nothing that was promised is lost.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from types import MappingProxyType

from kiosk.rules.broadcast.paging import PageRequest, called, clause

PREPARED_S = 4 * 3600.0  # so long a page that an announcer has prepared waits for the button
OVERDUE = "nobody could look at it in time; please ask at the main service desk"


class Stage(Enum):
    """How far a page has come; the values are what the ledger says."""

    REQUESTED = "requested"  # waits for an announcer's approval
    WAITING = "waiting"  # is spoken and aired as soon as it may
    ON_AIR = "on-air"
    CALLED = "called"  # was said, the minutes run
    SLIP = "slip"  # nobody came: the message slip waits to be delivered
    REACHED = "reached"
    DELIVERED = "delivered"  # the slip was handed over, and ticked (S18)
    WITHDRAWN = "withdrawn"  # whoever asked needs nobody any more
    DECLINED = "declined"  # not aired, and whoever asked is told why
    LAPSED = "lapsed"  # nobody fetched the slip


class Event(Enum):
    """What can happen to a page."""

    APPROVED = "approved"
    DECLINED = "declined"
    BEGAN = "began"  # its first sample is heard
    SAID = "said"  # it was read to its end
    BROKEN = "broken"  # it was not: an evacuation, the power, the sound device
    PASSED = "passed"  # time
    ANSWERED = "answered"  # the person was reached
    HOPELESS = "hopeless"  # no voice can say it, or it cannot be played
    DELIVERED = "delivered"
    WITHDRAWN = "withdrawn"


class Origin(Enum):
    """Who asked: a person at the broadcast desk, or the front role for a shopper."""

    DESK = "desk"
    FRONT = "front"


class Unattended(Enum):
    """What becomes of a shopper's request while nobody staffs the room (B18); the values are what site.toml says."""

    AIR = "air"
    WAIT = "wait"
    DECLINE = "decline"


_Q, _W, _A, _C, _S = Stage.REQUESTED, Stage.WAITING, Stage.ON_AIR, Stage.CALLED, Stage.SLIP
_R, _D, _X, _N, _L = Stage.REACHED, Stage.DELIVERED, Stage.WITHDRAWN, Stage.DECLINED, Stage.LAPSED
OVER = frozenset((_R, _D, _X, _N, _L))

# A stage's row: the stage after each event, in the order of Event. PASSED leads on only once the time is up.
_ROWS = {
    _Q: (_W, _N, _Q, _Q, _Q, _N, _R, _N, _Q, _X),
    _W: (_W, _N, _A, _C, _W, _S, _R, _S, _W, _X),
    _A: (_A, _A, _A, _C, _W, _A, _R, _S, _A, _X),
    _C: (_C, _C, _C, _C, _C, _S, _R, _C, _C, _X),
    _S: (_S, _S, _S, _S, _S, _L, _R, _S, _D, _X),
    **{stage: (stage,) * len(Event) for stage in OVER},
}
TRANSITIONS = MappingProxyType(
    {stage: MappingProxyType(dict(zip(Event, row, strict=True))) for stage, row in _ROWS.items()}
)


@dataclass(frozen=True, slots=True)
class PagingChoices:
    """The store's choices about pages. Seconds.

    ask_every_s: how often it is asked whether the person was reached; again: the page is said again at each of these.
    message_after_s: when a message is taken instead. patience_s: how long a shopper's request waits for an approval,
    and how long a page waits for the air. times: how often a page is said, 1 to 5. slip_kept_s: how long a slip
    waits to be delivered. names_kept_s: how long names are kept once all is over.
    """

    ask_every_s: float = 60.0
    message_after_s: float = 120.0
    again: bool = False
    patience_s: float = 600.0
    unattended: Unattended = Unattended.WAIT
    times: int = 2
    slip_kept_s: float = 72 * 3600.0
    names_kept_s: float = 24 * 3600.0


USUAL = PagingChoices()


@dataclass(frozen=True, slots=True)
class MessageSlip:
    """A message for somebody who was not reached (S18).

    who: left it. for_whom: is to get it. number: to call back. what: the message. when: the page was aired, or asked
    for if it never could be.
    """

    who: str
    for_whom: str
    number: str
    what: str
    when: datetime


@dataclass(frozen=True, slots=True)
class Page:
    """A page that somebody waits for. Moments are zone-aware.

    n: its number in the ledger, 0 while it has none. operator: who asked, or approved. caller, number: who waits, and
    how they are called back. since: when its stage began. aired: when it was read to its end. questions: how often it
    was asked since then whether the person came. why: it is not aired. slip: what was written, None before.
    """

    request: PageRequest
    asked: datetime
    origin: Origin
    operator: str
    since: datetime
    stage: Stage = Stage.REQUESTED
    caller: str = ""
    number: str = ""
    n: int = 0
    aired: datetime | None = None
    questions: int = 0
    why: str = ""
    slip: MessageSlip | None = None


def after(
    page: Page, event: Event, now: datetime, *, choices: PagingChoices = USUAL, operator: str = "", why: str = ""
) -> Page:
    """The page after an event; the same where it changes nothing. operator: who approves. why: it is not aired.

    A question that is to be asked shows in `questions`, a slip that was written in `slip`.
    """
    stage = TRANSITIONS[page.stage][event]
    if event is Event.PASSED:
        return _passed(page, stage, now, choices)
    if stage is page.stage:
        return page
    return _turned(page, stage, now, operator, why)


def due_s(page: Page, choices: PagingChoices = USUAL) -> float | None:
    """How many seconds after `since` time will do something to the page, None for never."""
    match page.stage:
        case Stage.CALLED:
            return min((page.questions + 1) * choices.ask_every_s, choices.message_after_s)
        case Stage.REQUESTED if page.origin is Origin.DESK:
            return PREPARED_S
        case Stage.REQUESTED | Stage.WAITING:
            return choices.patience_s
        case Stage.SLIP:
            return choices.slip_kept_s
        case _:
            return None


def draft(page: Page) -> MessageSlip:
    """The slip as far as it is known."""
    request = page.request
    return MessageSlip(page.caller, called(request), page.number, clause(request), page.aired or page.asked)


def _passed(page: Page, stage: Stage, now: datetime, choices: PagingChoices) -> Page:
    due = due_s(page, choices)
    waited_s = now.timestamp() - page.since.timestamp()
    if due is None or waited_s < due:
        return page
    if page.stage is Stage.CALLED and waited_s < choices.message_after_s:
        return replace(page, questions=int(waited_s // choices.ask_every_s))
    return _turned(page, stage, now, "", OVERDUE if stage is Stage.DECLINED else "")


def _turned(page: Page, stage: Stage, now: datetime, operator: str, why: str) -> Page:
    called_now = stage is Stage.CALLED
    turned = replace(
        page,
        stage=stage,
        since=now,
        operator=operator or page.operator,
        why=why or page.why,
        aired=now if called_now else page.aired,
        questions=0 if called_now else page.questions,
    )
    return replace(turned, slip=draft(turned)) if stage is Stage.SLIP else turned
