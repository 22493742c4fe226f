"""A form that is being filled in: each kind of page as a screen, and what the desk says in the end."""

from __future__ import annotations

from typing import assert_never

from kiosk.display.parts import Key, card, hint, scroll, soft, text
from kiosk.display.screens.answers import answers, worded
from kiosk.display.screens.face import Face, Told
from kiosk.display.screens.faces import faces
from kiosk.display.screens.frame import body, flow_foot, flow_head, low, screen
from kiosk.display.screens.scene import N_, Scene
from kiosk.display.screens.sheet import large, main_above, main_in_foot, picture, sheet
from kiosk.display.screens.writing import Asked, writing_screen
from kiosk.display.widgets import Box, Column, Fitting, Gap, Grow, Row, Screen, Text, Widget
from kiosk.ports.touchscreen import Outcome
from kiosk.rules.forms.filling import Filling
from kiosk.rules.forms.flow import Back, Next
from kiosk.rules.forms.form import Choice, Notice, Page, Words
from kiosk.rules.forms.masking import masked
from kiosk.rules.front.taps import Acted, Dismissed, Opened, TakenBack

TOLD = {
    "service.later": Told(
        N_("One moment, please"), N_("Please tell our staff: they will write it down for you."), "headset", "call"
    ),
    "service.again": Told(
        N_("Please look at it once more"), N_("Something in the form needs another look."), "warning", "care"
    ),
    "service.twice": Told(
        N_("We have it already"), N_("We have this on record already. Our staff are glad to help you."), "info", "store"
    ),
}


def form(scene: Scene, face: Face, filling: Filling) -> Screen:
    """The page that is asked now."""
    kit, shown = scene.kit, filling.shown
    back = _back(scene, filling)
    if filling.sent:
        waits = text(kit, scene.say("One moment, please"), "title", lines=2)
        content = sheet(kit, picture(kit, "hourglass-medium", face.tone), (waits,))
        return _framed(scene, filling, content, ())
    match shown:
        case None:
            send = Key(scene.say(filling.form.send or N_("Send")), Acted(Next()), "brand", "check", "send")
            if kit.theme.panel.portrait:
                whole = Column((Grow(_review(scene, filling)), *main_above(kit, send)), kit.gap("usual"))
                return _framed(scene, filling, whole, (back,))
            return _framed(scene, filling, _review(scene, filling), (back,), send)
        case Notice():
            agree = Key(scene.say(shown.agree or N_("Go on")), Acted(Next()), "brand", "check", "agree")
            content = sheet(kit, picture(kit, face.icon, face.tone), _told(scene, face, shown), main_above(kit, agree))
            return _framed(scene, filling, content, (back,), agree if main_in_foot(kit) else None)
        case Choice():
            return _framed(scene, filling, _choice(scene, shown), (back,))
        case Words():
            return words_page(scene, filling, shown, back)
        case _:
            assert_never(shown)


def _framed(scene: Scene, filling: Filling, content: Widget, keys: tuple[Key, ...], main: Key | None = None) -> Screen:
    head = _head(scene, filling)
    return screen(scene, filling.page, head, body(scene.kit, content), flow_foot(scene, keys, main))


def _head(scene: Scene, filling: Filling) -> Widget:
    steps = filling.steps
    return flow_head(scene, scene.say(filling.form.title), min(filling.at + 1, steps), steps if steps > 1 else 0)


def _back(scene: Scene, filling: Filling) -> Key:
    if filling.at:
        return Key(scene.say("Back"), Acted(Back()), "", "arrow-left", "back")
    return Key(scene.say("Cancel"), Acted(Back()), "", "x", "back")


def words_page(scene: Scene, filling: Filling, asked: Words, back: Key) -> Screen:
    """Something to write."""
    writing = filling.written
    assert writing is not None
    note = scene.say(asked.line) if asked.line else ""
    question = Asked(scene.say(asked.ask), note, scene.told(filling.wrong))
    done = Key(scene.say("Go on"), Acted(Next()), "brand", "check", "next")
    return writing_screen(scene, filling.page, _head(scene, filling), question, writing, (back, done))


def _told(scene: Scene, face: Face, notice: Notice) -> list[Widget]:
    """What is to be read first."""
    kit = scene.kit
    said: list[Widget] = [text(kit, scene.say(notice.headline), "title", lines=3)]
    if notice.line:
        said.append(soft(kit, scene.say(notice.line), "line", lines=5))
    return said + [hint(kit, icon, scene.say(line), face.tone) for icon, line in notice.points]


def _choice(scene: Scene, choice: Choice) -> Widget:
    """A question, and its answers."""
    kit = scene.kit
    said: list[Widget] = [text(kit, scene.told(choice.ask), "title", lines=2)]
    if choice.line:
        said.append(soft(kit, scene.say(choice.line), "body", lines=2))
    return low(kit, Column(tuple(said), kit.gap("hair")), answers(scene, choice.options))


def _review(scene: Scene, filling: Filling) -> Widget:
    """All that was answered, what is personal masked; more than there is room for is a list."""
    kit = scene.kit
    given = dict(filling.answers)
    lines: list[Widget] = []
    for page in filling.pages:
        if (said := answer_of(scene, page, given.get(page.id, ""))) is not None:
            asked, answer = said
            if lines:
                lines.append(Box(Gap(height=kit.palette.border_px), (kit.palette.line, kit.palette.line)))
            lines.append(_answered(scene, asked, answer))
    title = text(kit, scene.say("Please check your answers"), "title", lines=2)
    whole = card(kit, Column(tuple(lines), kit.gap("near")), "usual")
    drawn = scroll(kit, (whole,), "review")
    return Column((title, Grow(Fitting((whole, drawn)))), kit.gap("near"))


def _answered(scene: Scene, asked: str, answer: str) -> Widget:
    kit = scene.kit
    question = soft(kit, asked, "small", lines=3)
    said = Text(answer, kit.theme.type_px("lead"), kit.palette.ink, True, lines=30, quiet=True)
    if kit.theme.panel.portrait:
        return Column((question, said), kit.gap("hair"))
    return Row((Grow(question, 4), Grow(said, 7)), kit.gap("usual"))


def answer_of(scene: Scene, page: Page, answer: str) -> tuple[str, str] | None:
    """A page and its answer as they are shown once more; None for nothing to show."""
    match page:
        case Choice():
            words = next((one for one in page.options if one.id == answer), None)
            if words is None:
                return None
            return scene.told(page.ask), worded(scene.kit, words)
        case Words():
            return (scene.say(page.ask), masked(answer) if page.private else answer) if answer else None
        case Notice():
            return None
        case _:
            assert_never(page)


def told(scene: Scene, outcome: Outcome) -> Screen:
    """What the desk says in the end."""
    kit = scene.kit
    face = faces().get(outcome.service)
    said = (face.told.get(outcome.sentence) if face else None) or TOLD.get(outcome.sentence, TOLD["service.later"])
    values = dict(outcome.values)
    line = scene.say(said.line).format(**values)
    lines = (
        text(kit, scene.say(said.headline).format(**values), "title", lines=3),
        Text(line, kit.theme.type_px("line"), kit.palette.soft, lines=6, crop=True),
    )
    title = scene.say(face.title) if face else scene.store_name
    done = Key(scene.say("Done"), Dismissed(), "brand", "check", "done")
    shown = large(kit, said.big.format(**values), said.tone) if said.big else picture(kit, said.icon, said.tone)
    content = body(kit, sheet(kit, shown, lines, main_above(kit, done)))
    keys = [Key(scene.say(said.takes_back), TakenBack(), "", "x", "take back")] if said.takes_back else []
    keys += [*_leading_on(scene, said)]
    foot = flow_foot(scene, keys, done if main_in_foot(kit) else None)
    return screen(scene, outcome.sentence, flow_head(scene, title, *said.step), content, foot)


def _leading_on(scene: Scene, said: Told) -> tuple[Key, ...]:
    """What may follow what was told, where the store has it."""
    words, service = said.leads
    face = faces().get(service)
    if face is None or service not in scene.view.services:
        return ()
    return (Key(scene.say(words), Opened(face.begins(scene)), "", face.icon, f"lead to {service}"),)
