"""Every screen in every state: for people to look at, and for tests that check what all of them must keep to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone

from kiosk.app.sample_parts import samples
from kiosk.app.sample_queue import NUMBERS, queue_states
from kiosk.app.sample_returns import COUNTER, return_states
from kiosk.app.sample_store import GUIDE, PROMOTIONS, guide_states
from kiosk.app.staff_album import called_now, many_places, sample_board, staff_states
from kiosk.display.dictionary import book
from kiosk.display.parts import Kit
from kiosk.display.screens.face import Face
from kiosk.display.screens.faces import faces
from kiosk.display.screens.scene import Scene
from kiosk.display.screens.shown import shown
from kiosk.display.screens.stages import STAGES
from kiosk.display.theme import Panel, Theme
from kiosk.display.widgets import Screen
from kiosk.display.words import words
from kiosk.ports.touchscreen import BagStage, FrontView, OpenHours, Outcome
from kiosk.rules.forms.filling import Filling
from kiosk.rules.forms.flow import Act, Chose, Flow, Next, Wrote
from kiosk.rules.forms.form import Choice, Words
from kiosk.rules.front.ease import Ease
from kiosk.rules.front.session import Session
from kiosk.rules.front.taps import Page
from kiosk.rules.lockers.locker import Size
from kiosk.rules.service.call import ASKED as ASKED_FOR
from kiosk.rules.service.call import CallStands
from kiosk.rules.service.choices import Lendable
from kiosk.rules.service.loan import Stock
from kiosk.rules.writing.writing import Kind, Letter
from kiosk.units import LANGUAGES, Language

NOW = datetime(2026, 11, 21, 17, 52, tzinfo=timezone(timedelta(hours=8)))
OPENS, CLOSES = NOW.replace(hour=9, minute=0), NOW.replace(hour=22, minute=0)
TODAY = OpenHours(OPENS, CLOSES)
TOMORROW = OpenHours(OPENS + timedelta(days=1), CLOSES + timedelta(days=1))
ALWAYS = OpenHours(OPENS, None, OPENS.replace(hour=5) + timedelta(days=1))  # the doors stay open
NAMES: Mapping[Language, str] = dict(zip(LANGUAGES, ("和风百货", "和風百貨", "Hefeng Department Store"), strict=True))
VIEW = FrontView(NAMES, {Size.SMALL: 8, Size.MEDIUM: 5, Size.LARGE: 0}, TODAY)
MONO_S = 100.0
LENT = Stock(
    tuple(
        Lendable(icon, dict(zip(LANGUAGES, titles, strict=True)), 20, icon)
        for icon, titles in (
            ("umbrella", ("雨伞", "雨傘", "Umbrella")),
            ("wheelchair", ("轮椅", "輪椅", "Wheelchair")),
            ("baby-carriage", ("婴儿车", "嬰兒車", "Pushchair")),
        )
    ),
    (17, 3, 0),
)
TOLD_WITH = (
    *(("number", "128"), ("form", "来宾王小明先生"), ("why", "请到总服务台")),
    *(("ahead", "12"), ("desk", "2")),
)
TICKETS = {"return": "R128", "queue": "A128"}
ASKED = ("deposit.valuables", "deposit.check", "deposit.another")  # no locker has been given yet

PANELS: Mapping[str, Panel] = {
    "1280x800": Panel(1280, 800, 217.0),
    "1024x600": Panel(1024, 600, 222.0),
    "1024x600-7in": Panel(1024, 600, 154.0),
    "800x480": Panel(800, 480, 154.0),
    "800x1280": Panel(800, 1280, 136.0),
    "480x800": Panel(480, 800, 86.0),
}
EASES: Mapping[str, Ease] = {
    "usual": Ease(),
    "large": Ease(large_text=True),
    "contrast": Ease(high_contrast=True),
    "low": Ease(low_reach=True),
    "large-low": Ease(large_text=True, low_reach=True),
    "large-contrast": Ease(large_text=True, high_contrast=True),
}


@dataclass(frozen=True, slots=True)
class Look:
    """How a screen is looked at. called: while somebody of the staff was told to come."""

    panel: Panel = PANELS["1280x800"]
    language: Language = LANGUAGES[0]
    ease: Ease = EASES["usual"]
    called: bool = False


def states() -> Iterator[tuple[str, Session, FrontView, datetime]]:
    """Each state by its name."""
    nobody = Session()
    yield "home", nobody, VIEW, NOW
    yield "home-late", nobody, VIEW, NOW.replace(hour=21, minute=20)
    yield "home-full", nobody, replace(VIEW, free={Size.SMALL: 0, Size.LARGE: 0}), NOW
    yield "home-no-hours", nobody, replace(VIEW, hours=None), NOW
    yield "home-open-always", nobody, replace(VIEW, hours=ALWAYS), NOW
    kept = BagStage("deposit.kept", "kept", 128, None, None)
    yield "kept-open-always", nobody, replace(VIEW, hours=ALWAYS, bags=kept), NOW
    yield "closed-until-always", nobody, replace(VIEW, hours=replace(TOMORROW, closes=None)), NOW.replace(hour=22)
    yield "closed", nobody, replace(VIEW, hours=TOMORROW), NOW.replace(hour=22, minute=31)
    yield "closed-early", nobody, replace(VIEW, hours=TODAY), NOW.replace(hour=8, minute=35)
    yield "home-closing", nobody, VIEW, NOW.replace(hour=21, minute=50)
    yield "home-parting", nobody, VIEW, NOW
    yield "closed-no-day", nobody, replace(VIEW, hours=TODAY), NOW.replace(hour=22, minute=31)
    yield "ease", replace(nobody, page=Page.EASE), VIEW, NOW
    yield "ease-aloud", replace(nobody, page=Page.EASE), replace(VIEW, speaks=True), NOW
    yield "fetch", replace(nobody, page=Page.FETCH), VIEW, NOW
    yield "code", replace(nobody, page=Page.CODE), VIEW, NOW
    yield "code-typed", replace(nobody, page=Page.CODE, digits="482719035"), VIEW, NOW
    yield "still-there", replace(nobody, page=Page.FETCH, asked=True), VIEW, NOW
    yield "staff-called", replace(nobody, called_s=MONO_S), VIEW, NOW
    yield "staff-coming", replace(nobody, called_s=MONO_S, told=True), VIEW, NOW
    every = replace(VIEW, services=tuple(faces()), facts=(LENT, GUIDE, COUNTER, NUMBERS))
    yield "services", nobody, every, NOW
    yield "services-more", replace(nobody, page=Page.MORE), every, NOW
    for face in faces().values():
        yield from of_service(face, every)
    for sentence in ("deposit.kind", "deposit.colour"):
        yield sentence, nobody, replace(VIEW, bags=BagStage(sentence, "check", 0, Size.SMALL, MONO_S + 30.0)), NOW
    for number in range(len(PROMOTIONS.today)):
        yield f"attract-{number}", nobody, replace(VIEW, facts=(PROMOTIONS,)), NOW
    board = sample_board(NOW)
    alone = replace(board, waiting=board.waiting[:1], missed=(), places=board.places[:1])
    yield "queue", nobody, replace(VIEW, facts=(called_now(board),)), NOW
    yield "queue-one", nobody, replace(VIEW, facts=(alone,)), NOW
    yield "queue-many", nobody, replace(VIEW, facts=(many_places(board),)), NOW
    yield "night", nobody, replace(VIEW, hours=TOMORROW), NOW.replace(hour=22, minute=31)
    for name, session in guide_states():
        yield name, session, every, NOW
    for name, session, facts in return_states():
        yield name, session, replace(every, facts=facts), NOW
    for name, session, facts in queue_states():
        yield name, session, replace(every, facts=facts), NOW
    for sentence in ("deposit.size", *STAGES):
        step = sentence.partition(".")[2].replace("-", " ")
        number = 0 if sentence in ASKED else 128
        stage = BagStage(sentence, step, number, Size.SMALL, MONO_S + 30.0)
        yield sentence, nobody, replace(VIEW, bags=stage), NOW
    yield from staff_states(VIEW, NOW)


def of_service(face: Face, view: FrontView) -> Iterator[tuple[str, Session, FrontView, datetime]]:
    """A service's first page, and everything that its desk may say."""
    kit = Kit(Theme(PANELS["1280x800"]), words(LANGUAGES[0]))
    begun = face.begins(Scene(kit, Session(), view, NOW, MONO_S))
    pages = {flow.page: flow for flow in walked(begun)}
    for name, flow in pages.items():
        yield name, Session(flow=flow), view, NOW
    for sentence in face.told:
        outcome = Outcome(face.id, sentence, (*TOLD_WITH, ("ticket", TICKETS.get(face.id, ""))))
        name = f"{sentence}-told" if sentence in pages else sentence
        yield name, Session(answered=True), replace(view, outcome=outcome), NOW


def walked(begun: Flow) -> Iterator[Flow]:
    """A form page by page, each answered as somebody might; another flow as it begins."""
    flow: Flow | None = begun
    while isinstance(flow, Filling) and not flow.sent:
        yield flow
        match flow.shown:
            case Choice(options=options):
                act: Act = Chose(next((one.id for one in options if one.left != 0), ""))
            case Words(kind=kind):
                sample = "13800138000" if kind is Kind.DIGITS else "A kind word"
                for sign in sample:
                    flow = flow.after(Wrote(Letter(sign))).flow or flow
                act = Next()
            case _:
                act = Next()
        before, flow = flow, flow.after(act).flow
        if flow == before or (isinstance(flow, Filling) and flow.wrong):
            return
    if flow is begun:
        yield flow


def resting_at(name: str) -> int | None:
    """The slide, in a state in which nobody has touched the screen for long."""
    return 0 if name.split("-")[0] in ("night", "queue") else int(name[-1]) if name.startswith("attract-") else None


def album(look: Look) -> Iterator[tuple[str, Screen]]:
    """Every screen by its name, looked at so."""
    say = words(look.language)
    usual_reach = replace(look.ease, low_reach=False)  # staff mode has no other
    for name, session, view, now in states():
        ease = look.ease if session.staff is None else usual_reach
        kit = Kit(Theme(look.panel, ease), say, book)
        seen = replace(session, language=look.language, ease=ease)
        view = replace(view, facts=(*view.facts, CallStands("screen", ASKED_FOR))) if look.called else view
        yield name, shown(Scene(kit, seen, view, now, MONO_S, 12.0, resting_at(name), int(name == "home-parting")))
    nobody = Session(language=look.language, ease=look.ease)
    yield from samples(Scene(Kit(Theme(look.panel, look.ease), say, book), nobody, VIEW, NOW, MONO_S))
