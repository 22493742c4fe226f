"""The queue before the desks: first come, first served, by number; whoever comes next knows it beforehand (S07)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from types import MappingProxyType

from kiosk.rules.people.person import Person, Right
from kiosk.rules.printing.document import Align, Document, Line, Rule, Size, Space
from kiosk.sentences import N_, Sentence, alias, tell
from kiosk.units import LANGUAGES, Language


class Topic(Enum):
    """What somebody waits for; the values are what the ledger says. Each has its letter and counts by itself."""

    SERVICE = "service"
    RETURNS = "returns"


class Stage(Enum):
    """How far a ticket has come; the values are what the ledger says."""

    WAITING = "waiting"
    CALLED = "called"
    SERVED = "served"
    NO_SHOW = "no-show"
    LEFT = "left"


class Event(Enum):
    """What happens to a ticket; the values are what the audit chain says."""

    CALL = "calls"
    RECALL = "calls again"
    SERVED = "has served"
    NO_SHOW = "gives up calling"
    BACK = "takes back into the queue"
    LEFT = "sees leave"


TRANSITIONS: Mapping[tuple[Stage, Event], Stage] = MappingProxyType(
    {
        (Stage.WAITING, Event.CALL): Stage.CALLED,
        (Stage.WAITING, Event.LEFT): Stage.LEFT,
        (Stage.CALLED, Event.RECALL): Stage.CALLED,
        (Stage.CALLED, Event.SERVED): Stage.SERVED,
        (Stage.CALLED, Event.NO_SHOW): Stage.NO_SHOW,
        (Stage.CALLED, Event.LEFT): Stage.LEFT,
        (Stage.NO_SHOW, Event.BACK): Stage.WAITING,  # with the old number, so before all that came later
    }
)
"""Whatever is not in it changes nothing."""

LETTERS: Mapping[Topic, str] = MappingProxyType({Topic.SERVICE: "A", Topic.RETURNS: "R"})
PATIENCE = timedelta(seconds=60)  # after a call, before somebody counts as not there
CALLS = 2  # so often somebody is called before that


@dataclass(frozen=True, slots=True)
class Ticket:
    """n: the order of all tickets. number: of its topic and day, 1, 2, 3, … desk: that called it, 0 for none yet."""

    n: int
    day: date
    topic: Topic
    number: int
    at: datetime
    stage: Stage
    since: datetime
    desk: int = 0
    calls: int = 0

    @property
    def shown(self) -> str:
        """As it is printed, shown and called."""
        return f"{LETTERS[self.topic]}{self.number:03}"


def after(stage: Stage, event: Event) -> Stage | None:
    """The next stage; None where that cannot happen to such a ticket."""
    return TRANSITIONS.get((stage, event))


def next_for(tickets: Iterable[Ticket], topics: frozenset[Topic]) -> Ticket | None:
    """Whom a desk calls next: the one who waits longest for anything that it does, whichever desks are free."""
    waiting = [ticket for ticket in tickets if ticket.stage is Stage.WAITING and ticket.topic in topics]
    return min(waiting, key=lambda ticket: ticket.n, default=None)


def ahead_of(ticket: Ticket, tickets: Iterable[Ticket]) -> int:
    """How many wait before somebody, for the same desks or others."""
    return sum(one.stage is Stage.WAITING and one.n < ticket.n for one in tickets)


def too_early(ticket: Ticket, now: datetime) -> str:
    """Why somebody does not yet count as not there, "" once they do."""
    if ticket.calls < CALLS:
        return tell("{number} was called once only: call it again first", number=ticket.shown)
    left = ticket.since + PATIENCE - now
    if left <= timedelta():
        return ""
    return tell("{number} was called a moment ago: wait {seconds} s", number=ticket.shown, seconds=left.seconds)


def may_call(who: Person, today: date) -> str:
    """Why somebody may not call numbers, "" where they may."""
    leads = who.rights & {Right.SUPERVISOR, Right.HEAD}
    if not who.removed and (leads or (Right.CLERK in who.rights and who.trained(today))):
        return ""
    if not who.removed and Right.CLERK in who.rights:
        return tell("{name} may not call numbers: {why}", name=who.name, why=who.lacks(today))
    return tell("{name} may not call numbers: a clerk of the service desk or the supervisor may", name=who.name)


_STAGES = {
    Stage.WAITING: N_("waits"),
    Stage.CALLED: N_("is called"),
    Stage.SERVED: N_("was served"),
    Stage.NO_SHOW: N_("did not come"),
    Stage.LEFT: N_("has left"),
}
_TOPICS = {Topic.SERVICE: N_("Enquiries and services"), Topic.RETURNS: N_("Returns")}


def stage_told(stage: Stage) -> Sentence:
    """How a number stands: as the ledger says it for a command, in words on a screen."""
    return alias(_STAGES[stage], stage.value)


def topics_told(topics: Iterable[Topic]) -> tuple[Sentence, ...]:
    """What a desk serves, likewise."""
    return tuple(alias(_TOPICS[topic], topic.value) for topic in Topic if topic in set(topics))


@dataclass(frozen=True, slots=True)
class _Words:
    """With {number}, {desk} and {next} to be filled in."""

    title: str
    come: str
    ready: str
    ahead: str
    hint: str


_WORDS: Mapping[Language, _Words] = MappingProxyType(
    dict(
        zip(
            LANGUAGES,
            (
                _Words(
                    "总服务台",
                    "请{number}号到{desk}号柜台。",
                    "请{next}号做好准备。",
                    "前面还有 {ahead} 位",
                    "请留意叫号。过号请到柜台出示此票。",
                ),
                _Words(
                    "服務台",
                    "請{number}號到{desk}號櫃檯。",
                    "請{next}號準備。",
                    "前面還有 {ahead} 位",
                    "請留意叫號。過號請至櫃檯出示此單。",
                ),
                _Words(
                    "Service desk",
                    "Number {number}, please come to desk {desk}.",
                    "Number {next}, please get ready.",
                    "{ahead} before you",
                    "Please listen for your number. If you missed it, show this at the desk.",
                ),
            ),
            strict=True,
        )
    )
)


def call_text(ticket: Ticket, following: Ticket | None, language: Language) -> str:
    """What is said and shown: serve the first, look to the second (S07)."""
    words = _WORDS[language]
    gap = " " if language == LANGUAGES[2] else ""
    come = words.come.format(number=ticket.shown, desk=ticket.desk)
    return come if following is None else come + gap + words.ready.format(next=following.shown)


def ticket_sheet(ticket: Ticket, ahead: int, store: str, language: Language) -> Document:
    """What whoever waits holds in the hand."""
    words, centre = _WORDS[language], Align.CENTRE
    return Document(
        f"queue ticket {ticket.shown}",
        (
            Line(store, Size.LARGE, bold=True, align=centre),
            Line(words.title, align=centre),
            Rule(),
            Space(2.0),
            Line(ticket.shown, Size.HUGE, bold=True, align=centre),
            Line(words.ahead.format(ahead=ahead), Size.LARGE, align=centre),
            Space(2.0),
            Rule(),
            Line(words.hint, Size.SMALL, align=centre),
            Line(f"{ticket.at:%Y-%m-%d %H:%M}", Size.SMALL, align=centre),
        ),
    )


def board(tickets: Sequence[Ticket]) -> tuple[tuple[Ticket, ...], tuple[Ticket, ...]]:
    """Who is called, the newest call first, and who waits, the first first."""
    called = sorted((one for one in tickets if one.stage is Stage.CALLED), key=lambda one: one.since, reverse=True)
    waiting = sorted((one for one in tickets if one.stage is Stage.WAITING), key=lambda one: one.n)
    return tuple(called), tuple(waiting)
