"""The return desk in staff mode: what is in hand, what can be begun, and the pages that need more than a question."""

from __future__ import annotations

from kiosk.display.parts import Key, Kit, hint, scroll, soft, text
from kiosk.display.screens.answers import answers
from kiosk.display.screens.frame import MOST_STEPS, body, flow_foot, flow_head, low, screen
from kiosk.display.screens.scene import Scene
from kiosk.display.screens.staff.deeds import deed, deeds, sheet_of
from kiosk.display.screens.staff.matters import entry
from kiosk.display.screens.staff.room import empty, headed, room
from kiosk.display.widgets import Align, Column, Grow, Row, Screen, Text, Widget
from kiosk.ports.staff_view import Offered, StaffView
from kiosk.rules.forms.filling import Filling
from kiosk.rules.forms.flow import Back, Chose
from kiosk.rules.forms.form import Choice
from kiosk.rules.front.counter_case import AS_SAID, GRANTED, CounterCase
from kiosk.rules.front.slip_pages import Approval
from kiosk.rules.front.staff_taps import DeedWanted, Room
from kiosk.rules.front.taps import Acted
from kiosk.rules.returns import wording
from kiosk.rules.returns.decision import Outcome
from kiosk.rules.returns.receipt import shown_quantity
from kiosk.rules.service.returning import CHOICES, QUANTITY, REASON, WISH
from kiosk.sentences import N_

SIDE_BY_SIDE = 2
DESK = "returns desk"  # what is begun there, where nothing else is said
HEADLINES = {
    Outcome.ACCEPT: N_("The policy grants it"),
    Outcome.PERSON: N_("You decide: the policy leaves it open"),
    Outcome.REFUSE: N_("The policy does not grant it"),
}
TONES = {
    Outcome.ACCEPT: ("check-circle", "good"),
    Outcome.PERSON: ("users-three", "fetch"),
    Outcome.REFUSE: ("info", "care"),
}
KIOSK_SAID = {
    Outcome.ACCEPT: N_("The kiosk had granted it: explain to the shopper what you have found"),
    Outcome.PERSON: N_("The kiosk had left it to you"),
    Outcome.REFUSE: N_("The kiosk had not granted it: your answers count"),
}


def returns(scene: Scene, view: StaffView) -> Screen:
    """Tickets and slips that are in hand, and what can be begun."""
    kit = scene.kit
    if view.returns is None:
        content: Widget = empty(
            scene, "handshake", scene.say("The return desk is for its clerks, cashiers and supervisors")
        )
        return room(scene, view, "returns", content, Room.RETURNS)
    acts = [_begins(scene, one) for one in view.counter]
    if view.returns:
        count = scene.say("{count} in hand").format(count=len(view.returns))
        shelf: Widget = scroll(kit, [entry(scene, one, Room.RETURNS) for one in view.returns], "returns")
    else:
        count = scene.say("Return desk")
        shelf = empty(scene, "check-circle", scene.say("Nobody waits, and every slip is settled"))
    heading = headed(kit, count)
    if not acts:
        content = Column((heading, Grow(shelf)), kit.gap("near"))
    elif kit.theme.panel.portrait:
        content = Column((heading, Grow(shelf, 3), Grow(deeds(kit, acts, None, "acts"), 2)), kit.gap("near"))
    else:
        sides = Row((Grow(shelf, 6), Grow(deeds(kit, acts, None, "acts"), 4)), kit.gap("usual"), Align.FILL)
        content = Column((heading, Grow(sides)), kit.gap("near"))
    return room(scene, view, "returns", content, Room.RETURNS)


def page(scene: Scene, asks: Filling) -> Screen | None:
    """A page that shows more than what it asks; None for one that any form draws."""
    shown = asks.shown
    if not isinstance(shown, Choice) or asks.sent:
        return None
    match asks.form.pages:
        case CounterCase() as case if shown.id == GRANTED:
            return _granted(scene, asks, shown, case)
        case CounterCase() as case if shown.id == AS_SAID:
            return _as_said(scene, asks, shown, case)
        case Approval():
            return _field(scene, asks, shown)
        case _:
            return None


def _begins(scene: Scene, offered: Offered) -> Key:
    tap = DeedWanted(offered.about or DESK, offered.deed, offered.asks, offered.signs, offered.signer)
    return Key(scene.say(offered.words), tap, offered.tone, offered.icon, offered.deed)


def _granted(scene: Scene, asks: Filling, shown: Choice, case: CounterCase) -> Screen:
    """What the policy says to the clerk's answers, and whether the kiosk had said something else."""
    told = dict(asks.answers)
    decision, judged = case.decision(told), case.judged(told)
    assert decision is not None
    assert judged is not None
    kit, phrases, language = scene.kit, case.book.phrases, scene.session.language
    why, then = wording.reason(phrases, decision, language), wording.next_step(phrases, decision, language)
    icon, tone = TONES[decision.outcome]
    lines: list[Widget] = [
        hint(kit, icon, scene.say(HEADLINES[decision.outcome]), tone),
        text(kit, why, "body", lines=12),
    ]
    if then and then != why:
        lines.append(soft(kit, then, "body", lines=12))
    if judged.differs and judged.kiosk is not None:
        lines.append(hint(kit, "warning", scene.say(KIOSK_SAID[judged.kiosk]), "care"))
    return _beside(scene, asks, shown, lines)


def _as_said(scene: Scene, asks: Filling, shown: Choice, case: CounterCase) -> Screen:
    """What the shopper chose at the kiosk: nothing of it is typed twice."""
    kit, said = scene.kit, dict(case.said)
    line = case.line(dict(asks.answers))
    rows = [(scene.say("Quantity"), said.get(QUANTITY, ""))]
    rows += [(scene.say(CHOICES[id].ask), _chosen(scene, CHOICES[id], said.get(id, ""))) for id in (WISH, REASON)]
    lines: list[Widget] = []
    if line is not None:
        bought = scene.say("{count} bought").format(count=shown_quantity(line.quantity_milli))
        lines.append(
            Column((text(kit, line.name, "head", lines=2), soft(kit, bought, "small", lines=1)), kit.gap("hair"))
        )
    lines += [_row(kit, asked, answer) for asked, answer in rows if answer]
    return _beside(scene, asks, shown, lines)


def _field(scene: Scene, asks: Filling, shown: Choice) -> Screen:
    """One field of a slip, as large as it can be read."""
    kit = scene.kit
    value = Text(scene.told(shown.line), kit.theme.type_px("title"), kit.palette.ink, True, lines=4, quiet=True)
    return _beside(scene, asks, Choice(shown.id, shown.ask, shown.options), [value])


def _beside(scene: Scene, asks: Filling, shown: Choice, lines: list[Widget]) -> Screen:
    """What is told, and the answers: beside each other where there is room."""
    kit = scene.kit
    words = scene.told(shown.ask)
    asked = text(kit, words[:1].upper() + words[1:], "title", lines=2)  # a slip's field is a word in a sentence, too
    told = sheet_of(kit, lines)
    options = answers(scene, shown.options) if len(shown.options) <= SIDE_BY_SIDE else _listed(scene, shown)
    if kit.theme.panel.portrait:
        inner: Widget = Column((Grow(told), Grow(options)), kit.gap("near"))
    else:
        inner = Row((Grow(told, 6), Grow(options, 5)), kit.gap("usual"), Align.FILL)
    back = Key(
        scene.say("Back") if asks.at else scene.say("Cancel"),
        Acted(Back()),
        "",
        "arrow-left" if asks.at else "x",
        "back",
    )
    steps = asks.steps
    bars = steps if 1 < steps <= MOST_STEPS * 2 else 0
    head = flow_head(scene, scene.say(asks.form.title), min(asks.at + 1, steps), bars)
    return screen(scene, asks.page, head, body(kit, low(kit, asked, inner)), flow_foot(scene, (back,)))


def _listed(scene: Scene, shown: Choice) -> Widget:
    """Answers one below the other, where they would be narrow side by side."""
    rows = [
        deed(scene.kit, Key(scene.told(one.words), Acted(Chose(one.id)), one.tone, one.icon, f"choose {one.id}"))
        for one in shown.options
    ]
    return scroll(scene.kit, rows, "answers")


def _row(kit: Kit, asked: str, answer: str) -> Widget:
    return Column((soft(kit, asked, "small", lines=2), text(kit, answer, "lead", lines=2)), kit.gap("hair"))


def _chosen(scene: Scene, choice: Choice, id: str) -> str:
    return next((scene.told(one.words) for one in choice.options if one.id == id), "")
