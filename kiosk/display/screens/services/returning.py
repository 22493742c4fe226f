"""Return or exchange: the receipt, its lines as cards, a few questions, the decision in plain words, a number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from kiosk.display.gadgets import toggle
from kiosk.display.parts import Key, button, card, hint, pill, scroll, soft, text, tile, touch_card
from kiosk.display.screens.answers import answers
from kiosk.display.screens.face import Face, Told
from kiosk.display.screens.frame import body, flow_foot, flow_head, low, screen
from kiosk.display.screens.scene import N_, Scene, day
from kiosk.display.screens.sheet import main_above, main_in_foot, picture, sheet
from kiosk.display.screens.writing import Asked, writing_screen
from kiosk.display.widgets import Align, Column, Fitting, Gap, Grow, Icon, Row, Screen, Sized, Text, Widget
from kiosk.rules.forms.flow import Answers, Back, Chose, Flow, Next
from kiosk.rules.forms.money import shown_fen
from kiosk.rules.front.returning import (
    DECISION,
    Finding,
    ReceiptAt,
    ReturnCounter,
    Step,
    answers_of,
    quantities_left,
    step,
    ticked,
    written,
)
from kiosk.rules.front.taps import Acted, Page, Tap, Went
from kiosk.rules.returns import wording
from kiosk.rules.returns.clause import Paper
from kiosk.rules.returns.decision import Decision, Outcome
from kiosk.rules.returns.receipt import PIECE_MILLI, Line, shown_quantity
from kiosk.rules.service.returning import (
    AGAIN,
    CHOICES,
    LINE,
    PAPER_NAMES,
    PAPERS,
    QUANTITY,
    SERVICE,
    TICKET,
    Returning,
    given,
)

STEPS = 5  # the receipt, the line, what is wished and why, how it is, the decision
STEP_OF = {LINE: 2, QUANTITY: 2, "wish": 3, "reason": 3, DECISION: 5}
TONES = {
    Outcome.ACCEPT: ("check-circle", "good"),
    Outcome.PERSON: ("users-three", "fetch"),
    Outcome.REFUSE: ("info", "care"),
}
WRONG = {
    Finding.ANOTHER_STORE: (
        N_("This receipt is from another of our stores"),
        N_("That store takes it back. Our staff gladly tell you the way and the telephone number."),
        "storefront",
    ),
    Finding.NO_RECEIPT: (
        N_("Please use the receipt number"),
        N_("Please scan the barcode of the receipt itself, rather than a member's card or the goods."),
        "scan",
    ),
    Finding.UNKNOWN: (
        N_("Please check the number"),
        N_("The till gave out another one. Receipts of the last minutes may take a moment; a colleague helps at once."),
        "magnifying-glass",
    ),
    Finding.AWAY: (
        N_("A colleague will look for your receipt"),
        N_("Take a number, and keep the receipt at hand: everything else is done at the return desk."),
        "users-three",
    ),
}
HELPED_BY_A_PERSON = (Finding.UNKNOWN, Finding.AWAY)


def _begins(_: Scene) -> Flow:
    return Returning()


def _draw(scene: Scene, flow: Flow) -> Screen:
    counter, found = scene.view.fact(ReturnCounter), scene.view.fact(ReceiptAt)
    if not isinstance(flow, Returning) or not flow.sought:
        return _number(scene, flow if isinstance(flow, Returning) else Returning(), counter)
    if flow.sent or counter is None or found is None or found.asked != flow.sought or found.finding is Finding.SOUGHT:
        return _waits(scene, sent=flow.sent)
    if found.receipt is None:
        return _wrong(scene, found.finding)
    at = _step(counter, found, flow.chosen, scene.now.date())
    if at.decision is not None:
        return _decided(scene, counter, found, flow, at, at.decision)
    if at.page == LINE or at.line is None:
        return _lines(scene, found)
    if at.page == QUANTITY:
        return _quantity(scene, found, flow, at.line)
    if at.page == PAPERS:
        return _papers(scene, flow, at)
    return _choice(scene, at.page)


@lru_cache(maxsize=1)
def _step(counter: ReturnCounter, found: ReceiptAt, chosen: Answers, today: date) -> Step:
    """Made once for what was answered, however often its screen is: it looks through all that may be answered yet."""
    return step(counter.book, found, dict(chosen), today)


def forget_receipt() -> None:
    """Nothing is kept of what somebody has bought."""
    _step.cache_clear()


def _number(scene: Scene, flow: Returning, counter: ReturnCounter | None) -> Screen:
    note = scene.say("The number stands below the barcode.")
    if counter is not None and counter.prefix:
        note = scene.say("The number stands below the barcode; {prefix} may be left out.").format(prefix=counter.prefix)
    asked = Asked(scene.say("Scan your receipt, or type its number"), note)
    back = Key(scene.say("Cancel"), Acted(Back()), "", "x", "back")
    done = Key(scene.say("Go on"), Acted(Next()), "brand", "check", "next")
    return writing_screen(scene, "return.number", _head(scene, 1), asked, flow.written, (back, done))


def _waits(scene: Scene, *, sent: bool) -> Screen:
    line = scene.say("We write it down for the return desk.") if sent else scene.say("We are looking for your receipt.")
    said = (text(scene.kit, scene.say("One moment, please"), "title", lines=2), soft(scene.kit, line, "body"))
    content = sheet(scene.kit, picture(scene.kit, "hourglass-medium", "store"), said)
    return _framed(
        scene, "return.sent" if sent else "return.sought", 5 if sent else 1, content, () if sent else (_back(scene),)
    )


def _wrong(scene: Scene, finding: Finding) -> Screen:
    """What is the matter with the number, and the ways on."""
    kit = scene.kit
    headline, line, icon = WRONG[finding]
    said = (text(kit, scene.say(headline), "title", lines=3), soft(kit, scene.say(line), "body"))
    again = Key(scene.say("Try again"), Acted(Chose(AGAIN)), "brand", "scan", AGAIN)
    ticket = _ticket(scene, Acted(Chose(TICKET)))
    main, other = (ticket, again) if finding in HELPED_BY_A_PERSON else (again, None)
    upper = (
        (Row((button(kit, replace(other, tone=""), wide=True),)),)
        if other is not None and not main_in_foot(kit)
        else ()
    )
    keys = (_back(scene), replace(other, tone="")) if other is not None and main_in_foot(kit) else (_back(scene),)
    content = sheet(kit, picture(kit, icon, "care"), said, (*upper, *main_above(kit, main)))
    return _framed(scene, f"return.{finding.value}", 1, content, keys, main)


def _lines(scene: Scene, found: ReceiptAt) -> Screen:
    kit, receipt = scene.kit, found.receipt
    assert receipt is not None
    if not any(found.left(line) for line in receipt.lines):
        return _all_back(scene)
    asked = text(kit, scene.say("What would you like to bring back?"), "title", lines=2)
    bought = scene.say("Bought on {day}").format(day=day(scene, found.bought_on))
    upper = Column((asked, soft(kit, bought, "body", lines=1)), kit.gap("hair"))
    columns = 1 if kit.theme.panel.portrait or kit.theme.ease.large_text or len(receipt.lines) == 1 else 2
    cards = [_line(scene, found, line) for line in receipt.lines]
    rows = [
        Row(tuple(Grow(one) for one in cards[place : place + columns]), kit.gap("near"), Align.FILL)
        for place in range(0, len(cards), columns)
    ]
    return _framed(scene, "return.line", 2, low(kit, upper, scroll(kit, rows, "lines")), (_back(scene),))


def _line(scene: Scene, found: ReceiptAt, line: Line) -> Widget:
    kit, left = scene.kit, found.left(line)
    ink = kit.palette.ink if left else kit.palette.soft
    price = f"¥ {shown_fen(line.unit_price_fen)} × {shown_quantity(line.quantity_milli)}"
    told: list[Widget] = [
        Text(line.name, kit.theme.type_px("lead"), ink, True, lines=2, crop=True, quiet=True),
        Text(price, kit.theme.type_px("small"), kit.palette.soft, lines=1, crop=True, quiet=True),
    ]
    if not left:
        told.append(Sized(pill(kit, scene.say("Has come back"), "plain"), across=Align.START))
    elif left < line.quantity_milli:
        some = scene.say("{count} left").format(count=shown_quantity(left))
        told.append(Sized(pill(kit, some, "good"), across=Align.START))
    sign = tile(kit, "package" if left else "check", "store" if left else "plain", kit.px(72))
    ends = (Icon("caret-right", kit.px(30), kit.palette.soft),) if left else ()
    inner = Row((sign, Grow(Column(tuple(told), kit.gap("hair"))), *ends), kit.gap("near"))
    if not left:
        return Sized(card(kit, inner, "usual"), down=Align.FILL)
    return touch_card(kit, inner, Acted(Chose(f"{LINE}={line.n}")), f"line {line.n}")


def _all_back(scene: Scene) -> Screen:
    kit = scene.kit
    said = (
        text(kit, scene.say("Everything on this receipt has been returned"), "title", lines=3),
        soft(kit, scene.say("Another receipt may be scanned. A colleague gladly looks at it with you."), "body"),
    )
    again = Key(scene.say("Another receipt"), Acted(Chose(AGAIN)), "brand", "scan", AGAIN)
    content = sheet(kit, picture(kit, "check-circle", "store"), said, main_above(kit, again))
    return _framed(scene, "return.all-back", 2, content, (_back(scene),), again)


def _quantity(scene: Scene, found: ReceiptAt, flow: Returning, line: Line) -> Screen:
    kit, most = scene.kit, quantities_left(found, line)[-1] // PIECE_MILLI
    wanted = flow.answers.get("count", "1")
    count = min(most, int(wanted)) if wanted.isdecimal() and wanted != "0" else 1
    sizes = (kit.theme.type_px("number"), kit.theme.type_px("title"))
    ways = (Text(str(count), size, kit.palette.ink, True, Align.CENTRE, 1) for size in sizes)
    number = Fitting(tuple(Column((one,), down=Align.CENTRE) for one in ways))
    fewer = button(kit, Key("", _counted(max(1, count - 1)), "", "minus", "fewer"))
    more = button(kit, Key("", _counted(min(most, count + 1)), "", "plus", "more pieces"))
    every = Key(scene.say("All {count}").format(count=most), _counted(most), "", "", "all of it")
    keys: list[Widget] = [
        Grow(Gap()),
        Sized(fewer, down=Align.CENTRE),
        Sized(number, kit.px(300), widest=kit.px(300)),
        Sized(more, down=Align.CENTRE),
        Grow(Gap()),
    ]
    stepping = Row(tuple(keys), kit.gap("usual"), Align.FILL)
    done = Key(scene.say("Go on"), Acted(Chose(f"{QUANTITY}={count * PIECE_MILLI}")), "brand", "check", "next")
    name = Text(line.name, kit.theme.type_px("lead"), kit.palette.soft, lines=1, crop=True, quiet=True)
    upper = Column((text(kit, scene.say("How many of them?"), "title", lines=2), name), kit.gap("hair"))
    rows: list[Widget] = [Grow(card(kit, stepping, "usual"))]
    if main_in_foot(kit):
        return _framed(scene, "return.quantity", 2, low(kit, upper, Column(tuple(rows))), (_back(scene), every), done)
    rows.append(Row((Grow(button(kit, every)), Grow(button(kit, done), 2)), kit.gap("near")))
    lower = Column(tuple(rows), kit.gap("near"))
    return _framed(scene, "return.quantity", 2, low(kit, upper, lower), (_back(scene),))


def _counted(count: int) -> Tap:
    return Acted(Chose(f"count={count}"))


def _choice(scene: Scene, page: str) -> Screen:
    choice = CHOICES[page]
    options = [replace(one, id=f"{page}={one.id}") for one in choice.options]
    asked = text(scene.kit, scene.say(choice.ask), "title", lines=2)
    content = low(scene.kit, asked, answers(scene, options))
    return _framed(scene, f"return.{page}", STEP_OF.get(page, 4), content, (_back(scene),))


def _papers(scene: Scene, flow: Returning, at: Step) -> Screen:
    """What else matters: each a switch, so that one touch says that nothing of it is here."""
    kit, here = scene.kit, ticked(flow.answers.get("ticked", ""))
    upper = Column(
        (
            text(kit, scene.say("Which of these have you with you?"), "title", lines=2),
            soft(kit, scene.say("Beside the receipt, they count for this article."), "body", lines=2),
        ),
        kit.gap("hair"),
    )
    rows: list[Widget] = []
    for paper in at.papers:
        on = paper.value in here
        others = here - {paper.value} if on else here | {paper.value}
        words = scene.say(PAPER_NAMES[paper.value])
        rows.append(toggle(kit, words, Acted(Chose(f"ticked={_named(others, at.papers)}")), on=on, name=paper.value))
    done = Key(scene.say("Go on"), Acted(Chose(f"{PAPERS}={_named(here, at.papers)}")), "brand", "check", "next")
    switches = Fitting((Column(tuple(rows), kit.gap("near"), down=Align.CENTRE), scroll(kit, rows, "papers")))
    if not kit.theme.panel.portrait:  # three of them need the room above
        foot = flow_foot(scene, (_back(scene),), done)
        return screen(scene, "return.papers", _head(scene, 4), body(kit, low(kit, upper, switches)), foot)
    lower = Column((Grow(switches), Row((button(kit, done, wide=True),))), kit.gap("near"))
    return _framed(scene, "return.papers", 4, low(kit, upper, lower), (_back(scene),))


def _named(here: frozenset[str], asked: Sequence[Paper]) -> str:
    return written(paper for paper in asked if paper.value in here)


def _decided(
    scene: Scene, counter: ReturnCounter, found: ReceiptAt, flow: Returning, at: Step, decision: Decision
) -> Screen:
    """The decision, its clause in plain words, and what can be done next (R16)."""
    kit, phrases, language = scene.kit, counter.book.phrases, scene.session.language
    icon, tone = TONES[decision.outcome]
    headline = scene.say("This is how we can help")
    if decision.outcome is Outcome.ACCEPT and decision.remedy is not None:
        remedy = wording.remedy_name(phrases.remedies, decision.remedy, language)
        headline = scene.say("Yes, gladly: {remedy}").format(remedy=remedy)
    elif decision.outcome is Outcome.PERSON:
        headline = scene.say("A colleague will decide this with you")
    why, then = wording.reason(phrases, decision, language), wording.next_step(phrases, decision, language)
    said = [Text(headline, kit.theme.type_px("title"), kit.palette.ink, True, lines=3)]
    said.append(Text(why, kit.theme.type_px("body"), kit.palette.ink, lines=12))
    steps = [hint(kit, "navigation-arrow", then, tone)] if then and then != why else []
    words = "Take a number" if decision.outcome is not Outcome.REFUSE else "Speak with a person"
    tap = Acted(Chose(given(answers_of(found, flow.answers, at))))
    main = _ticket(scene, tap, words)
    lower = main_above(kit, main)
    roomy = sheet(kit, picture(kit, icon, tone), (*said, *steps), lower)
    plain = card(
        kit,
        Column((Grow(Column((*said, *steps), kit.gap("near"), down=Align.CENTRE)), *lower), kit.gap("near")),
        "near",
    )
    drawn = Column(
        (Grow(scroll(kit, [card(kit, Column((*said, *steps), kit.gap("near")), "near")], "why")), *lower),
        kit.gap("near"),
    )
    keys = [_back(scene)]
    if not kit.theme.panel.portrait and not main_in_foot(kit):
        keys.append(Key(scene.say("Home"), Went(Page.HOME), "", "house", "home"))
    return _framed(scene, "return.decision", 5, Fitting((roomy, plain, drawn)), keys, main)


def _ticket(scene: Scene, tap: Tap, words: str = "Take a number") -> Key:
    says = {"Take a number": N_("Take a number"), "Speak with a person": N_("Speak with a person")}
    return Key(scene.say(says[words]), tap, "brand", "users-three", TICKET)


def _head(scene: Scene, at: int) -> Widget:
    return flow_head(scene, scene.say(SERVICE.form.title), at, STEPS)


def _back(scene: Scene) -> Key:
    return Key(scene.say("Back"), Acted(Back()), "", "arrow-left", "back")


def _framed(scene: Scene, key: str, at: int, content: Widget, keys: Sequence[Key], main: Key | None = None) -> Screen:
    """main: what is to be pressed; between the others where a panel has little room."""
    foot = flow_foot(scene, keys, main if main is not None and main_in_foot(scene.kit) else None)
    return screen(scene, key, _head(scene, at), body(scene.kit, content), foot)


FACE = Face(
    id=SERVICE.id,
    rank=15,
    icon="package",
    tone="care",
    title=N_("Return or swap"),
    line=N_("Bring your receipt"),
    begins=_begins,
    told={
        "return.ticket": Told(
            N_("Your number is {ticket}"),
            N_("{ahead} before you. Please come to the return desk when it is called, with the goods and the receipt."),
            "users-three",
            "good",
            step=(STEPS, STEPS),
            big="{ticket}",
        ),
        "return.next": Told(
            N_("Your number is {ticket}"),
            N_("You are next. Please come to the return desk when it is called, with the goods and the receipt."),
            "users-three",
            "good",
            step=(STEPS, STEPS),
            big="{ticket}",
        ),
    },
    draw=_draw,
)
