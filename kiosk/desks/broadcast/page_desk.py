"""An attendant that owns pages from the asking to the end: approved, aired, asked after, or left as a message slip."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from kiosk.desks.broadcast.attendant import Desk
from kiosk.desks.broadcast.messages import (
    AirAsked,
    Answer,
    Message,
    PageAsked,
    PageDecided,
    PageSpoken,
    PageStep,
    Reply,
)
from kiosk.desks.broadcast.page_file import OpenPage, PageFile
from kiosk.desks.broadcast.page_lamps import PageLamps
from kiosk.desks.broadcast.requests import whom
from kiosk.ports.broadcast import Ended, PageBook, Started
from kiosk.rules.broadcast.day import BusinessDay
from kiosk.rules.broadcast.page_check import Refused
from kiosk.rules.broadcast.page_watch import (
    OVER,
    USUAL,
    Event,
    Origin,
    Page,
    PagingChoices,
    Stage,
    Unattended,
    after,
    due_s,
)
from kiosk.rules.broadcast.paging import PageRequest, called, clause
from kiosk.rules.broadcast.panel import Button, ButtonAction
from kiosk.rules.broadcast.programme import Kind
from kiosk.rules.broadcast.rights import Deed
from kiosk.rules.broadcast.starting_over import AGAIN
from kiosk.rules.people.person import Allowed, Denied
from kiosk.sentences import tell
from kiosk.units import ZoneId

LOOK_S = 1.0  # so often the front role's requests are looked for
FORGET_S = 600.0
TWICE_S = 1.0  # two hands that press within it answer one question
TRIES = 2  # so often a page is put on the air that cannot be played
OFF = "the equipment is off; the store is closed"
UNATTENDED = "nobody is in the broadcast room; please ask at the main service desk"

STEPS = {
    ButtonAction.APPROVE: PageStep.APPROVE,
    ButtonAction.DECLINE: PageStep.DECLINE,
    ButtonAction.REACHED: PageStep.REACHED,
}
EVENTS = {
    PageStep.APPROVE: Event.APPROVED,
    PageStep.DECLINE: Event.DECLINED,
    PageStep.REACHED: Event.ANSWERED,
    PageStep.WITHDRAW: Event.WITHDRAWN,
    PageStep.DELIVERED: Event.DELIVERED,
}
DONE = {
    PageStep.APPROVE: "approves",
    PageStep.DECLINE: "declines",
    PageStep.REACHED: "says the person was reached",
    PageStep.WITHDRAW: "withdraws",
    PageStep.DELIVERED: "delivers the message slip",
}


MEANT = {
    PageStep.APPROVE: (Stage.REQUESTED,),
    PageStep.DECLINE: (Stage.REQUESTED,),
    PageStep.REACHED: (Stage.CALLED, Stage.ON_AIR),
    PageStep.WITHDRAW: (),
    PageStep.DELIVERED: (Stage.SLIP,),
}


@dataclass(slots=True)
class PageDesk:
    """order_speech: the office's answer is posted back. day_at: the business day of a moment, None if nobody knows."""

    book: PageBook
    order_speech: Callable[[PageAsked], None]
    day_at: Callable[[datetime], BusinessDay | None]
    zones: Collection[ZoneId]
    choices: PagingChoices = USUAL
    _desk: Desk = field(init=False)
    _file: PageFile = field(init=False)
    _looked_s: float = float("-inf")
    _forgot_s: float = float("-inf")
    _pressed_s: dict[PageStep, float] = field(default_factory=dict)
    _told: str = ""
    _lamps: PageLamps = field(init=False)

    def join(self, desk: Desk) -> None:
        self._desk = desk
        self._lamps = PageLamps(self._as_said)
        self._file = PageFile(self.book, desk.clock.mono_s)
        desk.counter.others.update(dict.fromkeys(STEPS, self._pressed))
        desk.counter.others[ButtonAction.PAGE] = self._page_pressed
        for button in desk.counter.buttons.values():
            if button.page is not None:  # known beforehand, so spoken beforehand
                self.order_speech(PageAsked(self._as_said(button.page), button.id))

    def take(self, message: Message, now: datetime) -> None:
        match message:
            case PageAsked():
                self._asked(message, now)
            case PageSpoken():
                self._spoken(message, now)
            case PageDecided():
                self._decided(message, now)
            case Started(key) if (opened := self._file.on_air_as(key)) is not None:
                self._turn(opened, Event.BEGAN, now)
            case Ended() if (opened := self._file.on_air_as(message.key)) is not None:
                self._ended(opened, message, now)
            case _:
                pass

    def pass_to(self, now: datetime) -> None:
        """Time passed: requests are looked for, questions fall due, what is spoken goes on the air."""
        mono_s = self._desk.clock.mono_s()
        if mono_s - self._looked_s >= LOOK_S:
            self._looked_s = mono_s
            for opened in self._file.look(now):
                self._arrived(opened, now)
            self._follow_staffing(now)
            self._forget(mono_s, now)
        for opened in self._file:
            self._pass(opened, mono_s, now)
            self._air(opened, now)
        self._write(now)
        self._lamps.show(self._desk, tuple(opened.page for opened in self._file))

    def next_wake(self, now: datetime) -> datetime | None:
        dues = [opened.since_s + due for opened in self._file if (due := due_s(opened.page, self.choices)) is not None]
        return self._desk.wall(min(dues), now) if dues else None

    def shown(self) -> tuple[str, ...]:
        """What pages wait for, with names: for the people at the desk, never for a log. Questions first."""
        order = (Stage.CALLED, Stage.REQUESTED, Stage.SLIP)
        pages = [opened.page for stage in order for opened in self._file if opened.page.stage is stage]
        return tuple(sentence for page in pages if (sentence := _sentence(page)))

    # asking

    def _asked(self, asked: PageAsked, now: datetime) -> None:
        operator = self._admitted(asked.operator, f"the page for {whom(asked.request)}", now, asked.reply)
        if operator is not None:
            self._take_in(replace(asked, operator=operator), now)

    def _admitted(self, operator: str, what: str, now: datetime, reply: Reply) -> str | None:
        """Whom the log is to name; None where they may not (B14), which is logged and told."""
        match self._desk.counter.may(operator, Deed.PAGE, now):
            case Allowed(named):
                return named
            case Denied(named, why):
                self._desk.line.refuse(named, what, why, now)
                reply(Answer(why, refused=True))
                return None

    def _take_in(self, asked: PageAsked, now: datetime) -> None:
        verdict = self._desk.counter.page(asked, now, self.zones)
        if isinstance(verdict, Refused):
            asked.reply(Answer(f"{verdict.field}: {verdict.why}", refused=True))
            return
        request = self._as_said(verdict.request)
        same = [one.page for one in self._file if one.page.request == request and one.page.stage is Stage.WAITING]
        why = f"it waits already, as page {same[0].n}" if same else "" if asked.park else self._why_closed(now)
        if why:
            self._desk.line.refuse(asked.operator, f"the page for {whom(request)}", why, now)
            asked.reply(Answer(why, refused=True))
            return
        stage = Stage.REQUESTED if asked.park else Stage.WAITING
        page = Page(request, now, Origin.DESK, asked.operator, now, stage, asked.caller, asked.number)
        opened = self._file.take_in(page)
        self._speak(opened)
        waits = "is prepared; an approval airs it" if asked.park else "is aired as soon as it may"
        asked.reply(Answer(f"{opened.name} {waits}{self._unsafe()}", opened.page.n))

    def _why_closed(self, now: datetime) -> str:
        if self._desk.line.air.stopping:
            return "the broadcast is closing"
        return "" if self._desk.is_open(now) or self._desk.equipment.ready(now) else OFF

    def _arrived(self, opened: OpenPage, now: datetime) -> None:
        """A page from the ledger: of the front role, or from before the role began."""
        page = opened.page
        if page.stage is Stage.REQUESTED and page.origin is Origin.FRONT:
            asked = PageAsked(page.request, "front")
            verdict = self._desk.counter.page(asked, now, self.zones)
            if isinstance(verdict, Refused):
                self._turn(opened, Event.DECLINED, now, why=verdict.why)
                return
            opened.page = replace(page, request=self._as_said(verdict.request))
        if page.stage is Stage.ON_AIR:  # the power went meanwhile: it is read again from its beginning
            self._turn(opened, Event.BROKEN, now)
        if opened.page.stage in (Stage.REQUESTED, Stage.WAITING):
            self._speak(opened)

    def _as_said(self, request: PageRequest) -> PageRequest:
        return replace(request, times=self.choices.times)

    def _speak(self, opened: OpenPage) -> None:
        self.order_speech(PageAsked(opened.page.request, opened.page.operator, ticket=opened.ticket))

    def _spoken(self, spoken: PageSpoken, now: datetime) -> None:
        opened = self._file.with_ticket(spoken.asked.ticket)
        if opened is None or opened.spoken is not None:
            return
        opened.spoken = spoken.announcement
        if spoken.announcement is None:
            self._desk.line.refuse(opened.page.operator, opened.name, spoken.fault, now)
            self._turn(opened, Event.HOPELESS, now, why=spoken.fault)

    # approving, which is for an announcer while one is in the room (B18)

    def _follow_staffing(self, now: datetime) -> None:
        """While nobody is in the room the store's setting decides; a page that an announcer prepared waits for one."""
        waiting = [one for one in self._file if one.page.stage is Stage.REQUESTED and one.page.origin is Origin.FRONT]
        if not waiting or self.choices.unattended is Unattended.WAIT:
            return
        day = self.day_at(now)
        if day is None or day.is_staffed(now):
            return
        airs = self.choices.unattended is Unattended.AIR and not self._why_closed(now)
        for opened in waiting:
            if airs:
                self._turn(opened, Event.APPROVED, now, operator="unattended")
            else:
                self._turn(opened, Event.DECLINED, now, why=UNATTENDED)
            self._note(now, "unattended", "approves" if airs else "declines", opened)

    def _decided(self, decided: PageDecided, now: datetime) -> None:
        """A command decides on a page by its number, or on the only one that waits for it."""
        operator = self._admitted(decided.operator, f"{decided.step.value} page {decided.n or ''}", now, decided.reply)
        if operator is None:
            return
        decided = replace(decided, operator=operator)
        likely = self._likely(decided.step)
        opened = self._file.numbered(decided.n) if decided.n else next(iter(likely), None)
        if opened is None:
            why = f"no page {decided.n} is open" if decided.n else "no page waits for that"
        elif not decided.n and len(likely) > 1:
            why = f"several pages wait for that: name one of {', '.join(str(one.page.n) for one in likely)}"
        else:
            why = self._decide(opened, decided, now)
        if opened is None or why:
            subject = f"page {decided.n}" if decided.n else "a page"
            self._desk.journal.note(now, decided.operator, "is refused", subject, wanted=decided.step.value, why=why)
            decided.reply(Answer(why, refused=True))
        else:
            text = f"{opened.name} is {opened.page.stage.value}{self._unsafe()}"
            decided.reply(Answer(text, opened.page.n))

    def _decide(self, opened: OpenPage, decided: PageDecided, now: datetime) -> str:
        """Carry it out; why it makes no sense, "" where it does."""
        operator = decided.operator if decided.step is PageStep.APPROVE else ""
        if not self._turn(opened, EVENTS[decided.step], now, operator=operator, why=decided.why):
            return f"{opened.name} is {opened.page.stage.value}"
        self._note(now, decided.operator, DONE[decided.step], opened)
        self._write(now)
        return ""

    def _likely(self, step: PageStep) -> list[OpenPage]:
        """The pages that a step is meant for where nobody names one, the one that is asked about first."""
        pages = [one for one in self._file if one.page.stage in MEANT[step]]
        return sorted(pages, key=lambda one: -one.page.questions)

    def _pressed(self, button: Button, operator: str, now: datetime) -> None:
        """A button decides on the page that is shown first; a second hand on it within a second changes nothing."""
        step, mono_s = STEPS[button.action], self._desk.clock.mono_s()
        opened = next(iter(self._likely(step)), None)
        if opened is None:
            self._refuse_press(button, operator, "no page waits for that", now)
        elif mono_s - self._pressed_s.get(step, float("-inf")) < TWICE_S:
            self._refuse_press(button, operator, "it was pressed a moment ago", now)
        else:
            self._pressed_s[step] = mono_s
            self._decide(opened, PageDecided(step, operator), now)

    def _refuse_press(self, button: Button, operator: str, why: str, now: datetime) -> None:
        self._desk.journal.note(now, operator, "is refused", f"button {button.id}", why=why)
        self._desk.happened(tell("button {button}: nothing happened; {why}", button=button.id, why=why))

    def _page_pressed(self, button: Button, operator: str, now: datetime) -> None:
        if button.page is not None:
            self._take_in(PageAsked(button.page, operator), now)

    # airing

    def _air(self, opened: OpenPage, now: datetime) -> None:
        """Put on the air what is spoken and may be, and what fell out of the line before it was heard."""
        if opened.key and not self._desk.counter.holds(opened.key):
            opened.key = ""
        if opened.spoken is None or opened.key or not (opened.again or opened.page.stage is Stage.WAITING):
            return
        counter = self._desk.counter
        counter.open = self._desk.is_open(now)
        item = counter.item(opened.spoken, Kind.PAGE, opened.page.operator, now)
        if counter.in_vain(item, now):
            return  # the store opens, or the one before is over: it is tried again
        opened.key, opened.again = item.key, False
        opened.tries += 1
        self._desk.handle(AirAsked(item))

    def _ended(self, opened: OpenPage, ended: Ended, now: datetime) -> None:
        anew = ended.key.partition(AGAIN)[0] + AGAIN
        opened.key = next((key for key in sorted(self._desk.line.keys()) if key.startswith(anew)), "")
        if opened.key:
            return  # the sound output was away, and the line itself reads it again
        if ended.whole and not ended.cut:
            self._turn(opened, Event.SAID, now)
        elif ended.fault and opened.tries >= TRIES:
            self._turn(opened, Event.HOPELESS, now, why=ended.fault)
        else:
            self._turn(opened, Event.BROKEN, now)

    # what becomes of it

    def _pass(self, opened: OpenPage, mono_s: float, now: datetime) -> None:
        before = opened.page
        elapsed = before.since + timedelta(seconds=mono_s - opened.since_s)  # as if nobody had set the clock
        page = after(before, Event.PASSED, elapsed, choices=self.choices)
        if page.stage is not before.stage:
            self._turn(opened, Event.PASSED, elapsed)
        elif page.questions > before.questions:
            self._file.change(opened, page)
            self._note(now, "broadcast", "asks whether the person was reached", opened, minute=str(page.questions))
            opened.again = self.choices.again

    def _turn(self, opened: OpenPage, event: Event, now: datetime, *, operator: str = "", why: str = "") -> bool:
        """An event happens to a page; whether it changes anything."""
        before = opened.page
        page = after(before, event, now, choices=self.choices, operator=operator, why=why)
        if page is before:
            return False
        self._file.change(opened, replace(page, since=self._desk.clock.now()))
        if opened.key and page.stage in {*OVER, Stage.SLIP}:
            self._desk.counter.let_go(opened.key, self._desk.clock.now())
            opened.key = ""
        if page.slip is not None and before.slip is None:
            self._note(self._desk.clock.now(), "broadcast", "takes a message", opened)
        if page.stage in (Stage.LAPSED, Stage.DECLINED) and event is Event.PASSED:
            self._note(self._desk.clock.now(), "broadcast", f"gives up: {page.stage.value}", opened)
        return True

    def _write(self, now: datetime) -> None:
        for opened in self._file.write():
            if opened.key:
                self._desk.counter.let_go(opened.key, now)
        if self._file.fault and self._file.fault != self._told:
            self._desk.warn(tell("pages are kept in memory only: {fault}", fault=self._file.fault))
        self._told = self._file.fault

    def _forget(self, mono_s: float, now: datetime) -> None:
        if mono_s - self._forgot_s < FORGET_S:
            return
        self._forgot_s = mono_s
        if count := self._file.forget(now - timedelta(seconds=self.choices.names_kept_s)):
            self._desk.journal.note(now, "broadcast", "forgets names", "pages", count=str(count))

    def _note(self, now: datetime, actor: str, action: str, opened: OpenPage, **details: str) -> None:
        self._desk.journal.note(now, actor, action, opened.name, whom=whom(opened.page.request), **details)

    def _unsafe(self) -> str:
        return "; the ledger cannot be written, so a power cut would lose it" if self._file.fault else ""


def _sentence(page: Page) -> str:
    who = called(page.request)
    match page.stage:
        case Stage.REQUESTED:
            return f"page {page.n}: {who}: {clause(page.request)} Approve or decline?"
        case Stage.CALLED if page.questions:
            minutes = f"{page.questions} minute" + ("s" if page.questions > 1 else "")
            return f"page {page.n}: has {who} been reached? It is {minutes} since the page"
        case Stage.SLIP:
            return f"message slip {page.n} for {who} waits to be delivered"
        case _:
            return ""
