"""Joining the touchscreen to the bag-storage desk: what the desk shows goes to the screens, taps go back as messages.

The desk's thread and the window's meet here in two values only: the view, which is replaced as a whole, and the inbox.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from queue import SimpleQueue
from typing import TYPE_CHECKING, Protocol

from kiosk.app.aloud import Aloud, Listened
from kiosk.app.orders import message_of
from kiosk.app.screen_values import Stands
from kiosk.desks.lockers.messages import (
    Message,
    TimeWanted,
)
from kiosk.desks.lockers.views import Kind, Shown
from kiosk.desks.service.messages import Called, ServiceMessage
from kiosk.desks.staff.messages import StaffMessage
from kiosk.display.dictionary import book, forget_letters
from kiosk.display.handwriting import reader
from kiosk.display.parts import Kit
from kiosk.display.screens.scene import Scene
from kiosk.display.screens.services.guide import forget_questions
from kiosk.display.screens.services.returning import forget_receipt
from kiosk.display.screens.shown import shown
from kiosk.display.screens.stages import STAGES
from kiosk.display.theme import Panel, Theme
from kiosk.display.widgets import Gap, Screen
from kiosk.display.words import words
from kiosk.ports.clock import Clock
from kiosk.ports.staff_view import StaffView
from kiosk.ports.touchscreen import BagStage, FrontView, OpenHours, Outcome
from kiosk.rules.forms.flow import Read
from kiosk.rules.front import session as rule
from kiosk.rules.front.attract import Promotions, next_slide_s, resting
from kiosk.rules.front.counter_case import forget_case
from kiosk.rules.front.ease import Ease
from kiosk.rules.front.session import Business
from kiosk.rules.front.staff_taps import Knocked, StaffGone
from kiosk.rules.front.taps import Acted, Order, Page, StaffWanted, StillThere, Tap
from kiosk.rules.lockers.locker import Size
from kiosk.rules.service.call import COMING, CallStands
from kiosk.rules.service.queue_board import Board
from kiosk.units import LANGUAGES, Language

if TYPE_CHECKING:  # the screen's process does without the desks
    from kiosk.desks.lockers.bag_desk import BagDesk
    from kiosk.desks.lockers.deposits import Deposits
    from kiosk.desks.lockers.retrievals import Retrievals
    from kiosk.desks.service.service_desk import ServiceDesk
    from kiosk.desks.staff.staff_desk import StaffDesk

ASKING = frozenset(("size", "valuables", "check"))  # steps that wait for a tap and nothing else
SOON_S = 0.001
PARTING_S = 8.0
BOARD_S = 20.0
AHEAD = 3  # slides that are made ready; their pictures are large


def stage_at(seat: str, all_shown: Iterable[Shown]) -> BagStage | None:
    """What a screen shows of the desk: a refusal first, then what still goes on, then what is over."""
    here = [one for one in all_shown if one.seat == seat]
    if not here:
        return None
    one = min(here, key=lambda one: (one.kind is not Kind.REFUSAL, one.over))
    return BagStage(one.sentence, one.step, one.number, one.size, one.deadline_s, one.over)


def free_lockers(desk: BagDesk) -> Mapping[Size, int]:
    """How many can be given now, of each size that the store has, the smallest first."""
    sizes = set(desk.plan.values())
    return {size: desk.cabinet.free(size) for size in Size if size in sizes}


def business_of(stage: BagStage | None) -> Business:
    """What a stage means for somebody who stands there."""
    if stage is None:
        return Business.NONE
    if stage.over:
        return Business.OVER
    return Business.ASKS if stage.step in ASKING else Business.ACTS


class Touchscreen:
    """Implements display.window.Face. `tell` is called by the desk's thread, everything else by the window's.

    seat: the screen's name at the desk. post: into the desk's inbox. over: whether the role ends.
    """

    def __init__(
        self,
        panel: Panel,
        clock: Clock,
        post: Callable[[Message | ServiceMessage | StaffMessage], None],
        *,
        seat: str = "screen",
        home: Language = LANGUAGES[0],
        over: Callable[[], bool] = lambda: False,
    ) -> None:
        self._panel, self._clock, self._post, self._seat, self._over = panel, clock, post, seat, over
        self.attract_s = 0.0  # untouched for so long it shows what is on; 0 for never
        self.times = rule.USUAL
        self._view = FrontView()
        self._session = rule.fresh(home, clock.mono_s())
        self._moment: object = None
        self._call: CallStands | None = None
        self._at_work, self._ended_s, self._endings = False, float("-inf"), 0
        self._left = 0
        self._screen = Screen("", Gap(), ((0, 0, 0), (0, 0, 0)))
        self._kit = lru_cache(maxsize=4)(self._kit_of)
        self._codes: SimpleQueue[str] = SimpleQueue()
        self._knocks: SimpleQueue[Knocked | StaffGone] = SimpleQueue()
        self._counted = 0
        self.wake: Callable[[], None] = lambda: None
        self.aloud: Aloud | None = None  # what reads the screen to who wants it; not offered where there is none
        self.listened: Listened | None = None  # what staff listen to

    @property
    def session(self) -> rule.Session:
        return self._session

    def tell(self, view: FrontView) -> None:
        """The desk's state, as it is now. Desk's thread."""
        view = replace(view, speaks=self.aloud is not None)
        if view != self._view:
            self._view = view
            self.wake()

    def reads(self, code: str) -> bool:
        """A scanner beside the screen has read something: whether what is open there takes it. Any thread."""
        if not self.stands.reads:
            return False
        self._codes.put(code)
        self.wake()
        return True

    def knocks(self, badge: str) -> None:
        """A badge of the staff was read beside the screen. Desk's thread."""
        staff = self._session.staff
        signs = staff is not None and staff.signing  # whose badge it is, signs
        leaves = self._session.admitted and not signs
        self._knocks.put(StaffGone("showed a badge") if leaves else Knocked(badge))
        self.wake()

    @property
    def stands(self) -> Stands:
        """Who is there, as the desks must know it; any thread may ask."""
        session = self._session
        flow = session.flow if session.staff is None else session.staff.asks
        reads = flow is not None and flow.writes
        return Stands(reads, session.staff is not None, session.untouched, session.touched_s)

    def unseen(self) -> None:
        """The display went: nobody of the staff stays let in behind it."""
        if self._session.admitted:
            self.tapped(StaffGone("had no display any more"))

    def screen(self) -> Screen:
        """What is to be shown now."""
        view, mono_s = self._view, self._clock.mono_s()
        self._see_call(view, mono_s)
        self._see_end(view, mono_s)
        business = business_of(view.bags)
        staff = view.fact(StaffView)
        while not self._knocks.empty():
            self.tapped(self._knocks.get_nowait())
        answered, admitted = view.outcome is not None, staff is not None
        facts = {"answered": answered, "admitted": admitted}
        self._become(*rule.passed(self._session, business, mono_s, times=self.times, **facts))
        counted = staff.count.told[-1].n if staff is not None and staff.count is not None and staff.count.told else 0
        if counted != self._counted:
            self._counted = counted
            if counted:
                self.touched()  # whoever scans is there, though they touch nothing
        while not self._codes.empty():
            self.tapped(Acted(Read(self._codes.get_nowait())))
        session, now = self._session, self._clock.now()
        counts = session.asked or (view.bags is not None and view.bags.deadline_s is not None)
        rests = resting(session, mono_s, self._rest_s(view), self._slides(view))
        minute, countdown = now.replace(second=0, microsecond=0), round(mono_s, 1) if counts else 0.0
        moment = (session, view, minute, countdown, rests, self._parting(mono_s), self._lit(view, rests))
        if moment != self._moment:
            self._moment, self._screen = moment, self._shown(session, view, mono_s, rests)
            if self.aloud is not None:
                self.aloud.shows(self._screen, session)
        return self._screen

    def _see_call(self, view: FrontView, mono_s: float) -> None:
        """Who has called somebody is shown that somebody is coming, once, wherever they are by then."""
        call = view.fact(CallStands)
        if call != self._call and call is not None and call.stage == COMING:
            self._session = replace(self._session, called_s=mono_s, told=False, touched_s=mono_s, asked=False)
        self._call = call

    def _see_end(self, view: FrontView, mono_s: float) -> None:
        """Whoever has just ended something is reminded of the things that they put down for it (L06)."""
        at_work = view.bags is not None or view.outcome is not None
        if self._at_work and not at_work:
            self._ended_s, self._endings = mono_s, self._endings + 1
        self._at_work = at_work

    def _parting(self, mono_s: float) -> int:
        return self._endings if mono_s < self._ended_s + PARTING_S else 0

    def ahead(self) -> Iterator[Screen]:
        """What may be shown next, so that it can be made ready before anybody waits for it."""
        home = self._session.home
        for page in (Page.FETCH, Page.CODE, Page.EASE):
            yield self._shown(replace(rule.fresh(home, 0.0), page=page), self._view, 0.0)
        for sentence in ("deposit.size", *STAGES):
            stage = BagStage(sentence, sentence.partition(".")[2].replace("-", " "), 1)
            yield self._shown(rule.fresh(home, 0.0), replace(self._view, bags=stage), 0.0)
        promotions = self._view.fact(Promotions)
        for number in range(min(AHEAD, len(promotions.today)) if promotions else 0):
            yield self._shown(rule.fresh(home, 0.0), self._view, 0.0, number)

    def _slides(self, view: FrontView) -> int:
        """How many there are to show; by night the dark screen is one."""
        if view.hours is not None and not view.hours.open_at(self._clock.now()):
            return 1
        if _busy(view):
            return 1
        promotions = view.fact(Promotions)
        return 0 if view.outcome is not None or promotions is None else len(promotions.today)

    def _rest_s(self, view: FrontView) -> float:
        """Untouched for so long the screen shows something else; numbers that are called are looked for sooner."""
        return BOARD_S if _busy(view) else self.attract_s

    def _lit(self, view: FrontView, rests: int | None) -> int:
        """Whether a number that was called a moment ago is lit now: every other second."""
        board = view.fact(Board)
        fresh = rests is not None and board is not None and any(place.fresh for place in board.places)
        return 1 + self._clock.now().second % 2 if fresh else 0

    def _shown(self, session: rule.Session, view: FrontView, mono_s: float, rests: int | None = None) -> Screen:
        kit = self._kit(session.language, session.ease.large_text, session.ease.high_contrast, session.ease.low_reach)
        return shown(
            Scene(
                kit,
                session,
                view,
                self._clock.now(),
                mono_s,
                rule.left_s(session, mono_s, self.times),
                rests,
                self._parting(mono_s),
            )
        )

    def left(self) -> int:
        """See display.window.Face."""
        return self._left

    def press_color(self) -> tuple[int, int, int, int]:
        """What a pressed part is veiled with."""
        return Theme(self._panel, self._session.ease).palette.press

    def tapped(self, tap: Tap) -> None:
        """Somebody tapped."""
        self._become(*rule.after(self._session, tap, self._clock.mono_s()))

    def touched(self) -> None:
        """Somebody reads a list: that is as good as a word."""
        self.tapped(StillThere())

    def due_s(self) -> float:
        """In how many seconds the screen may look different by itself."""
        mono_s, now = self._clock.mono_s(), self._clock.now()
        dues = [60.0 - now.second - now.microsecond / 1e6 + SOON_S]  # the clock's next minute
        due = rule.next_due_s(self._session, mono_s, self.times)
        if due is not None:
            dues.append(due - mono_s + SOON_S)
        slide_s = next_slide_s(self._session, mono_s, self._rest_s(self._view), self._slides(self._view))
        if slide_s is not None:
            dues.append(slide_s + SOON_S)
        if self._lit(self._view, 0):
            dues.append(1.0 - now.microsecond / 1e6 + SOON_S)
        bags = self._view.bags
        if bags is not None and bags.deadline_s is not None and mono_s < bags.deadline_s:
            dues.append((bags.deadline_s - mono_s) % 1.0 + SOON_S)
        return max(SOON_S, min(dues))

    def over(self) -> bool:
        return self._over()

    def _become(self, session: rule.Session, orders: tuple[Order, ...]) -> None:
        """What the session is now. Whoever leaves, nothing is kept of what was written."""
        was, self._session = self._session, session
        if self.listened is not None:
            self.listened.follows(session)
        if session.ease.more_time is not was.ease.more_time:
            self._post(TimeWanted(self._seat, session.ease.more_time))
        wrote = was.flow is not None or was.staff is not None
        writes = session.flow is not None or session.staff is not None
        if (wrote and not writes) or (session.untouched and not was.untouched):
            self._left += 1
            forget_letters()
            forget_questions()
            forget_receipt()
            forget_case()
        self._send(orders)

    def _send(self, orders: tuple[Order, ...]) -> None:
        for order in orders:
            self._post(message_of(order, self._seat, self._clock.mono_s()))
            if isinstance(order, StaffWanted):
                self._post(Called(self._seat, order.about))

    def _kit_of(self, language: Language, large: bool, contrast: bool, reach: bool) -> Kit:
        hand = reader()
        theme = Theme(self._panel, Ease(large, contrast, reach))
        return Kit(theme, words(language), book, None if hand is None else hand.reads)


def _busy(view: FrontView) -> bool:
    """Whether the queue's board has something to show, and nothing else has to be said here."""
    board = view.fact(Board)
    return board is not None and board.busy and view.outcome is None


class Bags(Protocol):
    """Where the screens see the bag storage."""

    @property
    def desk(self) -> BagDesk: ...

    @property
    def deposits(self) -> Deposits: ...

    @property
    def retrievals(self) -> Retrievals: ...


def view_of(
    bags: Bags,
    services: ServiceDesk | None,
    seat: str,
    name: Mapping[Language, str],
    hours: OpenHours | None,
    staff: StaffDesk | None = None,
) -> FrontView:
    """What the screen at a seat is told after each message. Desk's thread."""
    stage = stage_at(seat, (*bags.retrievals.shown(), *bags.deposits.shown()))
    at_work = () if staff is None else staff.facts(seat)
    view = FrontView(name, free_lockers(bags.desk), hours, stage, facts=at_work)
    if services is None:
        return view
    said = services.said(seat)
    outcome = None if said is None else Outcome(said[0], said[1].sentence, said[1].values)
    facts = (*at_work, *services.facts_at(seat))
    return replace(view, services=services.offered, outcome=outcome, facts=facts)
