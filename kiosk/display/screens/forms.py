"""A form that is being filled in: each kind of page as a screen, and what the desk says in the end."""

from __future__ import annotations

from typing import assert_never

from kiosk.display.parts import Key, card, card_pad, hint, pill, soft, text, tile, touch_card
from kiosk.display.screens.face import Face, Told
from kiosk.display.screens.faces import faces
from kiosk.display.screens.frame import body, flow_foot, flow_head, low, screen
from kiosk.display.screens.scene import N_, Scene
from kiosk.display.screens.writing import field, keyboard
from kiosk.display.widgets import Align, Column, Gap, Grow, Row, Screen, Sized, Text, Widget
from kiosk.ports.touchscreen import Outcome
from kiosk.rules.forms.filling import Filling
from kiosk.rules.forms.flow import Back, Chose, Next
from kiosk.rules.forms.form import Choice, Notice, Option, Page, Words
from kiosk.rules.front.taps import Acted, Dismissed

TOLD = {
    "service.later": Told(
        N_("One moment, please"), N_("Please tell our staff: they write it down for you."), "headset", "call"
    ),
    "service.again": Told(
        N_("Once more, please"), N_("Something in the form was not as it should be."), "warning", "care"
    ),
}
MASK = "•"


def form(scene: Scene, face: Face, filling: Filling) -> Screen:
    """The page that is asked now."""
    kit, shown = scene.kit, filling.shown
    keys = [_back(scene, filling)]
    if filling.sent:
        waits = text(kit, scene.say("One moment, please"), "title", Align.CENTRE)
        return _framed(scene, filling, Column((waits,), down=Align.CENTRE), ())
    match shown:
        case None:
            content: Widget = _review(scene, filling)
            keys.append(Key(scene.say(filling.form.send or N_("Send")), Acted(Next()), "brand", "check", "send"))
        case Notice():
            content = _notice(scene, face, shown)
            keys.append(Key(scene.say(shown.agree or N_("Go on")), Acted(Next()), "brand", "check", "agree"))
        case Choice():
            content = _choice(scene, shown)
        case Words():
            return words_page(scene, filling, shown, keys[0])
        case _:
            assert_never(shown)
    return _framed(scene, filling, content, keys)


def _framed(scene: Scene, filling: Filling, content: Widget, keys: list[Key] | tuple[Key, ...]) -> Screen:
    steps = filling.steps
    head = flow_head(scene, scene.say(filling.form.title), min(filling.at + 1, steps), steps if steps > 1 else 0)
    return screen(scene, filling.page, head, body(scene.kit, content), flow_foot(scene, keys))


def _back(scene: Scene, filling: Filling) -> Key:
    if filling.at:
        return Key(scene.say("Back"), Acted(Back()), "", "arrow-left", "back")
    return Key(scene.say("Cancel"), Acted(Back()), "", "x", "back")


def words_page(scene: Scene, filling: Filling, asked: Words, back: Key) -> Screen:
    """Something to write."""
    kit, writing = scene.kit, filling.written
    assert writing is not None
    said: list[Widget] = [text(kit, scene.say(asked.ask), "lead", lines=2)]
    if filling.wrong:
        said.append(Text(scene.say(filling.wrong), kit.theme.type_px("body"), kit.palette.tone("care").ink, lines=2))
    elif asked.line:
        said.append(soft(kit, scene.say(asked.line), "small", lines=2))
    content = Column((*said, field(kit, writing), Grow(keyboard(scene, writing))), kit.gap("near"))
    return _framed(scene, filling, content, (back,))


def _notice(scene: Scene, face: Face, notice: Notice) -> Widget:
    kit = scene.kit
    said: list[Widget] = [text(kit, scene.say(notice.headline), "title", lines=3)]
    if notice.line:
        said.append(soft(kit, scene.say(notice.line), "body", lines=5))
    said += [hint(kit, icon, scene.say(line), face.tone) for icon, line in notice.points]
    sign = Sized(tile(kit, face.icon, face.tone, kit.px(200)), across=Align.CENTRE, down=Align.CENTRE)
    told: Widget = Column(tuple(said), kit.gap("near"), down=Align.CENTRE)
    inner = told if kit.theme.panel.portrait else Row((sign, Grow(told)), kit.gap("wide"), Align.CENTRE)
    return card(kit, inner, "usual")


def _choice(scene: Scene, choice: Choice) -> Widget:
    """Few answers side by side, more of them in rows."""
    kit = scene.kit
    said: list[Widget] = [text(kit, scene.say(choice.ask), "title", lines=2)]
    if choice.line:
        said.append(soft(kit, scene.say(choice.line), "body", lines=2))
    options = choice.options
    columns = len(options) if len(options) <= 3 else 3
    if kit.theme.panel.portrait:
        columns = 1 if len(options) <= (3 if kit.theme.ease.low_reach else 5) else 2
    elif len(options) == 5:
        columns = 5
    elif len(options) in (4, 7, 8):
        columns = 4 if len(options) != 4 or not kit.theme.ease.large_text else 2
    rows: list[Widget] = []
    for place in range(0, len(options), columns):
        some = [Grow(_option(scene, one, columns)) for one in options[place : place + columns]]
        some += [Grow(Gap())] * (columns - len(some))
        rows.append(Grow(Row(tuple(some), kit.gap("near"), Align.FILL)))
    return low(kit, Column(tuple(said), kit.gap("hair")), Column(tuple(rows), kit.gap("near")))


def _option(scene: Scene, option: Option, columns: int) -> Widget:
    kit = scene.kit
    words = option.words if option.literal else scene.say(option.words)
    portrait = kit.theme.panel.portrait
    align = Align.START if portrait else Align.CENTRE
    told: list[Widget] = [text(kit, words, "lead", align, lines=2)]
    if option.line:
        told.append(soft(kit, scene.say(option.line), "small", align, lines=2))
    if option.left is not None:
        left = scene.say("{count} left").format(count=option.left) if option.left else scene.say("All lent")
        told.append(Sized(pill(kit, left, "good" if option.left else "care"), across=align))
    block = Column(tuple(told), kit.gap("hair"), down=Align.CENTRE)
    if option.icon:
        spare = not (portrait or kit.theme.panel.low or kit.theme.ease.low_reach)
        size = kit.px(140 if spare else 72)
        sign = tile(kit, option.icon, option.tone, size)
        if portrait:
            inner: Widget = Row((sign, Grow(block)), kit.gap("near"))
        else:
            centred = Sized(sign, across=Align.CENTRE)
            inner = Column((centred, block), kit.gap("near"), down=Align.CENTRE)
    else:
        inner = block
    if option.left == 0:
        return card(kit, inner, card_pad(kit))
    return touch_card(kit, inner, Acted(Chose(option.id)), f"choose {option.id}")


def _review(scene: Scene, filling: Filling) -> Widget:
    """All that was answered, what is personal masked."""
    kit = scene.kit
    answers = dict(filling.answers)
    lines: list[Widget] = [text(kit, scene.say("Is everything right?"), "title", lines=2)]
    for page in filling.pages:
        if (said := answer_of(scene, page, answers.get(page.id, ""))) is not None:
            asked, given = said
            lines.append(
                Row(
                    (Grow(soft(kit, asked, "body", lines=2)), Grow(text(kit, given, "body", Align.END, lines=3))),
                    kit.gap("usual"),
                )
            )
    return card(kit, Column(tuple(lines), kit.gap("near"), down=Align.CENTRE), "usual")


def answer_of(scene: Scene, page: Page, answer: str) -> tuple[str, str] | None:
    """A page and its answer as they are shown once more; None for nothing to show."""
    match page:
        case Choice():
            words = next((one for one in page.options if one.id == answer), None)
            if words is None:
                return None
            return scene.say(page.ask), words.words if words.literal else scene.say(words.words)
        case Words():
            return (scene.say(page.ask), masked(answer) if page.private else answer) if answer else None
        case Notice():
            return None
        case _:
            assert_never(page)


def masked(text: str) -> str:
    """What is personal, as far as its owner knows it again: 138•••••678, 王•."""
    shown = len(text) // 4
    return text[: max(1, shown)] + MASK * max(1, len(text) - max(1, shown) - shown) + (text[-shown:] if shown else "")


def told(scene: Scene, outcome: Outcome) -> Screen:
    """What the desk says in the end."""
    kit = scene.kit
    face = faces().get(outcome.service)
    said = (face.told.get(outcome.sentence) if face else None) or TOLD.get(outcome.sentence, TOLD["service.later"])
    values = dict(outcome.values)
    lines = (
        Sized(tile(kit, said.icon, said.tone, kit.px(170)), across=Align.CENTRE),
        text(kit, scene.say(said.headline).format(**values), "title", Align.CENTRE, lines=2),
        soft(kit, scene.say(said.line).format(**values), "body", Align.CENTRE, lines=4),
    )
    content = card(kit, Column(lines, kit.gap("usual"), down=Align.CENTRE))
    title = scene.say(face.title) if face else scene.store_name
    done = Key(scene.say("Done"), Dismissed(), "brand", "check", "done")
    return screen(scene, outcome.sentence, flow_head(scene, title), body(kit, content), flow_foot(scene, (done,)))
