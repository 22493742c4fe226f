"""What every screen has: the head with the store's name or the procedure's, the foot with the call for staff."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from kiosk.display.parts import Key, Kit, button, choice, dialog, hint, soft, spread, stepper, text
from kiosk.display.screens.scene import Scene, clock, day
from kiosk.display.widgets import (
    Align,
    Box,
    Column,
    Fitting,
    Gap,
    Grow,
    Icon,
    Layers,
    Moving,
    Row,
    Screen,
    Sized,
    Text,
    Touch,
    Widget,
)
from kiosk.rules.front.staff_taps import Knocked
from kiosk.rules.front.taps import Page, Spoke, StaffWanted, StillThere, Understood, Went
from kiosk.rules.service.call import COMING, CallStands
from kiosk.units import LANGUAGES

MOST_STEPS = 5  # for which a narrow head has room beside its title
HOLD_S = 3.0  # on the clock, for staff
STORE_HEAD = 116  # how high it is, as chosen for 1280x800
NAMES = dict(zip(LANGUAGES, ("简体中文", "繁體中文", "English"), strict=True))


def screen(scene: Scene, key: str, head: Widget, content: Widget, foot: Widget, from_px: int = 0) -> Screen:
    """The whole screen, and what lies over it: that staff come, or the question whether somebody is still there.
    from_px: how far down the content begins, where it lies over the foot of the head; 0: below it."""
    kit = scene.kit
    root: Widget = Column((head, Grow(Moving(content)), foot))
    if from_px:
        root = Layers(Column((head, Grow(Gap()))), Column((Gap(height=from_px), Grow(Moving(content)), foot)))
    if scene.session.asked:
        root = dialog(kit, root, still_there(scene))
    elif scene.session.called_s is not None and not scene.session.told:
        root = dialog(kit, root, _staff_come(scene))
    return Screen(key, root, kit.palette.page)


def store_head(scene: Scene) -> Widget:
    """The store's name and the clock."""
    return _band(scene.kit, store_line(scene), STORE_HEAD)


def store_line(scene: Scene) -> Widget:
    """The same, to be put on any band."""
    kit, palette = scene.kit, scene.kit.palette
    size = kit.theme.type_px
    mark = Icon("storefront", kit.px(58), palette.on_band)
    name = partial(Text, scene.store_name, size("lead" if kit.theme.panel.portrait else "head"), palette.on_band, True)
    below = Text(scene.say("Self-service"), size("small"), palette.on_band_soft, lines=1)
    title = Fitting(
        (
            Column((name(lines=1), below), down=Align.CENTRE),
            Column((name(lines=2),), down=Align.CENTRE),
            Text(scene.store_name, size("small"), palette.on_band, True, Align.START, 2),
            Column((name(lines=1, crop=True), below), down=Align.CENTRE),
        )
    )
    time = Column(
        (
            Text(clock(scene.now), size("clock"), palette.on_band, True, Align.END, 1),
            Text(day(scene, scene.now), size("small"), palette.on_band_soft, align=Align.END, lines=1),
        ),
        align=Align.END,
    )
    held = Touch(time, Knocked(), "clock", kit.theme.radius("tile"), hold_s=HOLD_S)
    parts = (Sized(mark, down=Align.CENTRE), Grow(title), Sized(held, down=Align.CENTRE))
    return Row(parts, kit.gap("usual"), Align.FILL)


def flow_head(scene: Scene, title: str, step: int = 0, steps: int = 0) -> Widget:
    """What is going on, and how far it is."""
    kit, palette = scene.kit, scene.kit.palette
    parts: list[Widget] = [Text(title, kit.theme.type_px("head"), palette.on_band, True, lines=1)]
    if kit.theme.panel.portrait and steps > MOST_STEPS:
        steps = 0
    if steps:
        parts.append(stepper(kit, step, steps))
    if not kit.theme.panel.portrait or not steps:
        parts.append(Text(clock(scene.now), kit.theme.type_px("lead"), palette.on_band, True, Align.END, 1))
    return _band(kit, Row(spread(*parts), kit.gap("near")), 92)


def _band(kit: Kit, child: Widget, height: int) -> Widget:
    line = kit.palette.line if kit.palette.border_px > 1 else None
    band = Box(child, kit.palette.band, pad=(kit.gap("edge"), kit.gap("tight")), border=line, border_px=1)
    return Sized(band, height=kit.px(height))


def call_key(scene: Scene) -> Key:
    """Somebody is to come: on every screen."""
    call = scene.view.fact(CallStands)
    if call is not None:
        words = scene.say("Staff are coming") if call.stage == COMING else scene.say("Staff have been told")
    else:
        words = scene.say("Call staff") if scene.session.called_s is None else scene.say("Staff are coming")
    return Key(words, StaffWanted(), "call", "headset", "call staff")


def home_foot(scene: Scene) -> Widget:
    """The languages, what makes the screen easier, and the call for staff."""
    kit = scene.kit
    keys = [Key(NAMES[language], Spoke(language)) for language in LANGUAGES]
    languages = choice(kit, keys, LANGUAGES.index(scene.session.language))
    ease = button(kit, Key("", Went(Page.EASE), "", "person-arms-spread", "ease"))
    if kit.theme.panel.portrait:
        upper = Row(spread(languages, ease))
        return _foot(kit, Column((upper, Row((button(kit, call_key(scene), wide=True),))), kit.gap("near")))
    return _foot(kit, Row((languages, ease, Grow(Gap()), button(kit, call_key(scene))), kit.gap("near")))


def flow_foot(scene: Scene, keys: Sequence[Key], main: Key | None = None) -> Widget:
    """The ways out of a procedure, and the call for staff. main: what is to be pressed, where a low panel has no room
    for it above."""
    kit = scene.kit
    middle = Grow(Gap()) if main is None else button(kit, main, wide=True)
    before, call = tuple(button(kit, key) for key in keys), call_key(scene)
    row = Row((*before, middle, button(kit, call)), kit.gap("near"))
    if scene.session.called_s is None and scene.view.fact(CallStands) is None:
        return _foot(kit, row)
    brief = Row((*before, middle, button(kit, replace(call, text=""))), kit.gap("near"))
    return _foot(kit, Fitting((row, brief)))  # that they come takes more words than to call them


def _foot(kit: Kit, child: Widget) -> Widget:
    palette = kit.palette
    edge = kit.gap("edge") if kit.theme.panel.scale > 0.7 else kit.gap("wide")
    bar = Box(child, (palette.paper, palette.paper), pad=(edge, kit.gap("near")))
    line = Box(Gap(height=palette.border_px), (palette.line, palette.line))
    return Column((line, bar))


def body(kit: Kit, child: Widget) -> Widget:
    """The room between head and foot."""
    edge = kit.gap("edge") if kit.theme.panel.scale > 0.7 else kit.gap("wide")
    return Box(child, pad=(edge, kit.gap("usual")))


def low(kit: Kit, upper: Widget, lower: Widget, foot_rows: int = 1) -> Widget:
    """What is read above what is touched; within reach, where that was asked for. foot_rows: of the foot below."""
    panel = kit.theme.panel
    if not kit.theme.ease.low_reach or (panel.low and not panel.portrait):  # all of a low panel is within reach
        return Column((upper, Grow(lower)), kit.gap("usual"))
    return Column((Grow(Sized(upper, down=Align.CENTRE)), Sized(lower, height=reach(kit, foot_rows))), kit.gap("tight"))


def reach(kit: Kit, foot_rows: int = 1) -> int:
    """How high what is touched above the foot may be in low-reach mode, pixels."""
    panel = kit.theme.panel
    foot = foot_rows * max(panel.target, kit.px(84)) + (foot_rows + 1) * kit.gap("near") + kit.palette.border_px
    return panel.height - panel.reach_top - foot - kit.gap("usual")


def still_there(scene: Scene) -> Widget:
    """The question whether somebody is still there."""
    kit = scene.kit
    left = max(1, round(scene.idle_left_s + 0.499))
    return Column(
        (
            Sized(Icon("hand-waving", kit.px(110), kit.palette.tone("brand").ink), across=Align.CENTRE),
            text(kit, scene.say("Are you still there?"), "title", Align.CENTRE),
            soft(kit, scene.say("This screen restarts in {seconds} s.").format(seconds=left), "body", Align.CENTRE),
            Gap(height=kit.gap("tight")),
            Row((button(kit, Key(scene.say("I am still here"), StillThere(), "brand", "check"), wide=True),)),
        ),
        kit.gap("near"),
    )


def _staff_come(scene: Scene) -> Widget:
    kit, call = scene.kit, scene.view.fact(CallStands)
    headline, line = (
        scene.say("One moment, please"),
        scene.say("Our staff have been told and will be with you at once."),
    )
    if call is not None and call.stage == COMING:
        headline, line = scene.say("Somebody is coming to you"), scene.say("Please wait here for a moment.")
        if call.who:
            headline = scene.say("{name} is coming to you").format(name=call.who)
    return Column(
        (
            Sized(Icon("headset", kit.px(110), kit.palette.tone("call").ink), across=Align.CENTRE),
            Text(headline, kit.theme.type_px("title"), kit.palette.ink, True, Align.CENTRE, 2, crop=True),
            soft(kit, line, "body", Align.CENTRE),
            Gap(height=kit.gap("tight")),
            Row((button(kit, Key(scene.say("Fine"), Understood(), "brand", "check"), wide=True),)),
        ),
        kit.gap("near"),
    )


def hints(kit: Kit, lines: Sequence[tuple[str, str]], tone: str) -> Widget:
    """A list of what to mind, each with its sign."""
    return Column(tuple(hint(kit, icon, words, tone) for icon, words in lines), kit.gap("near"))
