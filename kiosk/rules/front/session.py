"""A shopper at the touchscreen: what a tap changes, and how everything personal is forgotten once nobody is there.

After a while without a touch the screen asks whether somebody is still there, counts down, and begins anew. While a
door is open, or while a tag is awaited, the shopper is at the lockers and not at the screen: then nothing is asked, and
the procedure ends by its own times.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from kiosk.rules.forms.flow import Act, Flow
from kiosk.rules.front import staff_mode
from kiosk.rules.front.ease import AS_USUAL, Ease
from kiosk.rules.front.staff_mode import StaffMode
from kiosk.rules.front.staff_taps import DeedWanted, Knocked, ListenWanted, QuietWanted, RoomWanted, StaffGone, StaffTap
from kiosk.rules.front.taps import (
    Acted,
    Dismissed,
    Eased,
    Erased,
    GivenUp,
    Opened,
    Order,
    Page,
    Spoke,
    StaffWanted,
    StillThere,
    TakenBack,
    Tap,
    Typed,
    Understood,
    Went,
)
from kiosk.units import LANGUAGES, Language

CODE_DIGITS = 9


class Business(Enum):
    """What the procedure of this screen is about at the moment."""

    NONE = "none"
    ASKS = "asks"  # a question on the screen is open
    ACTS = "acts"  # a door moves, a tag is awaited
    OVER = "over"  # the end is shown


@dataclass(frozen=True, slots=True)
class SessionTimes:
    """Seconds. idle_s: without a touch until it is asked; answer_s: so long the question stands; told_s: so long the
    screen says that staff were called."""

    idle_s: float = 45.0
    answer_s: float = 15.0
    told_s: float = 10.0

    def of(self, ease: Ease) -> SessionTimes:
        """All of it twice as long, for who asked for more time."""
        if not ease.more_time:
            return self
        return SessionTimes(2 * self.idle_s, 2 * self.answer_s, 2 * self.told_s)


USUAL = SessionTimes()


@dataclass(frozen=True, slots=True)
class Session:
    """touched_s: when the screen was last touched, or the procedure last moved; monotonic. asked: "still there?".

    called_s: when staff were called, None for not; told: that was shown long enough, or tapped away. flow: the service
    that is open, before the pages. answered: its desk has answered, and that is shown. staff: somebody of the staff is
    here, or wants to be; admitted: they have proved who they are.
    """

    home: Language = LANGUAGES[0]
    language: Language = LANGUAGES[0]
    page: Page = Page.HOME
    digits: str = ""
    ease: Ease = AS_USUAL
    touched_s: float = 0.0
    asked: bool = False
    called_s: float | None = None
    told: bool = False
    business: Business = Business.NONE
    flow: Flow | None = None
    answered: bool = False
    staff: StaffMode | None = None
    admitted: bool = False

    @property
    def untouched(self) -> bool:
        """Whether nothing tells that anybody was here."""
        return self == fresh(self.home, self.touched_s)


def fresh(home: Language, now_s: float) -> Session:
    """Nobody is known."""
    return Session(home, home, touched_s=now_s)


def after(session: Session, tap: Tap, now_s: float) -> tuple[Session, tuple[Order, ...]]:
    """What a tap makes of the session, and what the desk is told."""
    here = replace(session, touched_s=now_s, asked=False)
    match tap:
        case StillThere():
            return here, ()
        case Went(page):
            return replace(here, page=page, digits="", flow=None), ()
        case Opened(flow):
            read = (Dismissed(),) if session.answered else ()  # it leads on from what was told
            return replace(here, page=Page.HOME, digits="", flow=flow), read
        case Acted(act):
            return _acted(here, act)
        case TakenBack():
            return here, (tap,)
        case Dismissed():
            return replace(here, page=Page.HOME, flow=None), (tap,)
        case Spoke(language):
            return replace(here, language=language), ()
        case Eased(ease):
            return replace(here, ease=ease), ()
        case Typed(digit):
            return replace(here, digits=(here.digits + digit)[:CODE_DIGITS]), ()
        case Erased():
            return replace(here, digits=here.digits[:-1]), ()
        case Understood():
            return replace(here, told=True), ()
        case StaffWanted():
            return replace(here, called_s=now_s, told=False), (tap,)
        case Knocked() | RoomWanted() | DeedWanted() | ListenWanted() | QuietWanted() | StaffGone():
            return _of_staff(here, tap, now_s)
        case _:
            return replace(here, page=Page.HOME, digits="", flow=None), (tap,)


def _of_staff(session: Session, tap: StaffTap, now_s: float) -> tuple[Session, tuple[Order, ...]]:
    if session.staff is None:
        if not isinstance(tap, Knocked) or session.business is not Business.NONE:
            return session, ()
        mode = staff_mode.knocked(tap.badge, chinese=session.language != LANGUAGES[2])
        return replace(fresh(session.home, now_s), language=session.language, staff=mode), ()
    mode_now, orders = staff_mode.tapped(session.staff, tap)
    return (fresh(session.home, now_s) if mode_now is None else replace(session, staff=mode_now)), orders


def _acted(session: Session, act: Act) -> tuple[Session, tuple[Order, ...]]:
    if session.staff is not None:
        mode, orders = staff_mode.acted(session.staff, act)
        return (fresh(session.home, session.touched_s) if mode is None else replace(session, staff=mode)), orders
    if session.flow is None:
        return session, ()
    turn = session.flow.after(act)
    return replace(session, flow=turn.flow), tuple(one for one in (turn.sought, turn.given) if one is not None)


def passed(
    session: Session,
    business: Business,
    now_s: float,
    *,
    answered: bool = False,
    admitted: bool = False,
    times: SessionTimes = USUAL,
) -> tuple[Session, tuple[Order, ...]]:
    """Time passed, or the procedure moved: what the session is now, and what the desk is told.

    answered: the desk of a service has something to say at this screen. admitted: staff have proved who they are.
    """
    times = times.of(session.ease)
    if session.staff is not None or admitted:
        return _staff_passed(session, now_s, admitted, times)
    if answered is not session.answered:
        flow = None if answered else session.flow
        return replace(session, answered=answered, flow=flow, touched_s=now_s, asked=False), ()
    if business is not session.business:
        if business is Business.NONE and session.business is Business.OVER:
            return replace(fresh(session.home, now_s), language=session.language, ease=session.ease), ()
        page = session.page if business is Business.NONE else Page.HOME
        flow = session.flow if business is Business.NONE else None
        there = replace(session, business=business, page=page, digits="", flow=flow, touched_s=now_s, asked=False)
        return there, ()
    if session.called_s is not None and not session.told and now_s >= session.called_s + times.told_s:
        session = replace(session, told=True)
    if business in (Business.ACTS, Business.OVER):
        return replace(session, asked=False), ()
    if session.untouched or now_s < session.touched_s + times.idle_s:
        return session, ()
    if now_s >= session.touched_s + times.idle_s + times.answer_s:
        told = (Dismissed(),) if session.answered else ()
        return fresh(session.home, now_s), (*told, *((GivenUp(),) if business is Business.ASKS else ()))
    return replace(session, asked=True), ()


def _staff_passed(
    session: Session, now_s: float, admitted: bool, times: SessionTimes
) -> tuple[Session, tuple[Order, ...]]:
    """Staff are here: nothing of it stays once they are gone, or once nobody touches the screen any more."""
    if session.staff is None:
        return session, (StaffGone("was gone before the proof was looked at"),)
    if session.admitted and not admitted:
        return fresh(session.home, now_s), ()
    if admitted and not session.admitted:
        return replace(session, staff=staff_mode.admitted(session.staff), admitted=True, touched_s=now_s), ()
    if now_s >= session.touched_s + times.idle_s + times.answer_s:
        return fresh(session.home, now_s), (StaffGone("touched nothing for a minute"),)
    return replace(session, asked=now_s >= session.touched_s + times.idle_s), ()


def left_s(session: Session, now_s: float, times: SessionTimes = USUAL) -> float:
    """How long the question "still there?" still stands."""
    times = times.of(session.ease)
    return max(0.0, session.touched_s + times.idle_s + times.answer_s - now_s)


def next_due_s(session: Session, now_s: float, times: SessionTimes = USUAL) -> float | None:
    """When `passed` has something to do at the latest, None for whenever."""
    own = times.of(session.ease)
    dues = []
    if session.called_s is not None and not session.told:
        dues.append(session.called_s + own.told_s)
    awake = session.staff is not None or session.business in (Business.NONE, Business.ASKS)
    if awake and not session.untouched:
        idle = session.touched_s + own.idle_s
        dues.append(now_s + left_s(session, now_s, times) % 1.0 if session.asked else idle)
    return min(dues, default=None)
