"""Storing and fetching a bag: each step of the desk's procedure as a screen."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from kiosk.display.illustrations import locker_of_size, tag_before_reader
from kiosk.display.parts import Key, Kit, card, card_pad, number_pad, pill, soft, text, tile
from kiosk.display.screens.frame import body, flow_foot, flow_head, hints, low, screen
from kiosk.display.screens.pictured import WORDS, Pictured, beside, possible, upright
from kiosk.display.screens.scene import N_, Scene, clock, day
from kiosk.display.screens.sheet import disc, drawn, main_above, main_in_foot, on_tone, picture, sheet
from kiosk.display.screens.stages import FETCH, STEPS, STORE, TODAY, Stage, stage_of
from kiosk.display.screens.things import things
from kiosk.display.widgets import Align, Bar, Box, Column, Fitting, Gap, Grow, Row, Screen, Sized, Text, Touch, Widget
from kiosk.ports.touchscreen import BagStage
from kiosk.rules.front.session import CODE_DIGITS
from kiosk.rules.front.taps import Agreed, CodeGiven, Erased, GivenUp, Page, SizeWanted, Typed, Went
from kiosk.rules.lockers.locker import Size

SIZES = {
    Size.SMALL: ("handbag", N_("Small"), N_("A handbag, a helmet")),
    Size.MEDIUM: ("backpack", N_("Medium"), N_("A rucksack, two shopping bags")),
    Size.LARGE: ("suitcase-rolling", N_("Large"), N_("A suitcase, a pushchair")),
}
IN_A_COLUMN = {Size.SMALL: 4, Size.MEDIUM: 2, Size.LARGE: 1}  # lockers of a drawn cabinet


def procedure(scene: Scene, at: BagStage) -> Screen:
    """The step that the desk is at."""
    if at.sentence == "deposit.size":
        return sizes(scene)
    if at.sentence in ("deposit.kind", "deposit.colour"):
        return things(scene, at)
    return stage(scene, at, stage_of(at.sentence))


def sizes(scene: Scene) -> Screen:
    """How large the locker is to be; a size that is taken says so, and cannot be pressed."""
    kit = scene.kit
    choices = _choices(kit, tuple(scene.view.free.items()))
    question = text(kit, scene.say("How large are your things?"), "title", lines=2)
    return screen(
        scene,
        "deposit.size",
        flow_head(scene, scene.say(STORE), 1, STEPS["deposit"]),
        body(kit, low(kit, question, choices)),
        flow_foot(scene, (Key(scene.say("Cancel"), GivenUp(), "", "x", "give up"),)),
    )


@lru_cache(maxsize=4)
def _choices(kit: Kit, free: tuple[tuple[Size, int], ...]) -> Widget:
    """A card for each size, in the richest way that there is place for."""
    ways = [_arranged(kit, [_size(kit, size, left) for size, left in free])]
    if possible(kit) and not kit.theme.ease.low_reach:
        portrait = kit.theme.panel.portrait
        shown = [_pictured(kit, size, left) for size, left in free]
        for words in reversed(WORDS):
            cards = [beside(kit, one, words) if portrait else upright(kit, one, shown, words) for one in shown]
            ways.insert(0, _arranged(kit, [_wanted(kit, *one) for one in zip(free, cards, strict=True)], even=True))
    return Fitting(tuple(ways))


def _arranged(kit: Kit, cards: Sequence[Widget], *, even: bool = False) -> Widget:
    grown = tuple(map(Grow, cards))
    if kit.theme.panel.portrait:
        return Column(grown, kit.gap("tight" if kit.theme.ease.low_reach else "near"), even=even)
    return Row(grown, kit.gap("usual"), Align.FILL)


def _pictured(kit: Kit, size: Size, free: int) -> Pictured:
    """A cabinet with lockers of that size, one of them open where it is free."""
    icon, name, example = SIZES[size]
    tone = "store" if free else "plain"
    cabinet = locker_of_size(kit.palette.tone(tone), IN_A_COLUMN[size], icon if free else "")
    left = _left(kit, free, on_paper=not kit.theme.panel.portrait)
    return Pictured(cabinet, tone, kit.say(name), kit.say(example), left, bool(free))


def _size(kit: Kit, size: Size, free: int) -> Widget:
    """Without a picture."""
    icon, name, example = SIZES[size]
    small = kit.theme.panel.scale < 0.7 or kit.theme.ease.low_reach
    left, tone = _left(kit, free, on_paper=False), "store" if free else "plain"
    named = text(kit, kit.say(name), "head", lines=1)
    words = Column((named, soft(kit, kit.say(example), "body", lines=3)), kit.gap("hair"), down=Align.CENTRE)
    if kit.theme.panel.portrait:
        sign = tile(kit, icon, tone, kit.px(84 if kit.theme.ease.low_reach else 110))
        inner: Widget = Row((sign, Grow(words), left), kit.gap("usual"))
    else:
        upper = Row((tile(kit, icon, tone, kit.px(84 if small else 140)), Grow(Gap()), left), align=Align.START)
        inner = Column((upper, Grow(Gap()), words))
    return _wanted(kit, (size, free), card(kit, inner, card_pad(kit)))


def _left(kit: Kit, free: int, *, on_paper: bool) -> Widget:
    if free:
        return pill(kit, kit.say("{count} free").format(count=free), "good", on_paper=on_paper)
    return pill(kit, kit.say("All taken"), "care", on_paper=on_paper)


def _wanted(kit: Kit, of: tuple[Size, int], sheet: Widget) -> Widget:
    """A size that is free can be touched."""
    size, free = of
    least = kit.theme.panel.target
    touch = Touch(Sized(sheet, least, least), SizeWanted(size), f"size {size.value}", kit.theme.radius("card"))
    return touch if free else sheet


def _hint(scene: Scene, line: str) -> str:
    """In a store that stays open, things are to be fetched by an hour of the lockers' own."""
    by = None if line != TODAY or scene.view.hours is None else scene.view.hours.bags_by
    if by is None:
        return scene.say(line)
    if by.date() == scene.now.date():
        return scene.say("Fetch everything by {time}").format(time=clock(by))
    return scene.say("Fetch everything by {time}, {day}").format(time=clock(by), day=day(scene, by))


def stage(scene: Scene, at: BagStage, shown: Stage) -> Screen:
    """A step: its picture on one side, what to do on the other."""
    kit = scene.kit
    kind = at.sentence.partition(".")[0]
    storing = kind == "deposit"
    title = scene.say(STORE if storing else FETCH)
    keys: list[Key] = []
    if shown.out:
        icon = "arrow-left" if at.step.startswith("tag") else "x"
        keys.append(Key(scene.say(shown.out), GivenUp(), "", icon, "give up"))
    words: list[Widget] = [text(kit, scene.say(shown.headline), "title", lines=3)]
    if shown.line:
        words.append(soft(kit, scene.say(shown.line), "line", lines=5))
    if shown.hints:
        words += [
            Gap(height=kit.gap("hair")),
            hints(kit, [(icon, _hint(scene, line)) for icon, line in shown.hints], shown.tone),
        ]
    agree = Key(scene.say(shown.agree), Agreed(at.step), "brand", "check", "agree") if shown.agree else None
    waits = _countdown(scene, at, shown)
    lower = (*(() if waits is None else (waits,)), *main_above(kit, agree))
    head = flow_head(scene, title, shown.step, STEPS.get(kind, 0) if shown.step else 0)
    return screen(
        scene,
        at.sentence,
        head,
        body(kit, sheet(kit, _picture(scene, at, shown), words, lower)),
        flow_foot(scene, keys, agree if main_in_foot(kit) else None),
    )


def _picture(scene: Scene, at: BagStage, shown: Stage) -> Widget:
    """The locker's number as large as can be, or a sign."""
    kit = scene.kit
    if not (shown.numbered and at.number):
        return picture(kit, shown.icon, shown.tone)
    look, size = kit.palette.tone(shown.tone), kit.theme.type_px
    lines = (
        Sized(disc(kit, shown.icon, shown.tone, kit.px(128)), across=Align.CENTRE),
        Text(str(at.number), size("number"), look.ink, True, Align.CENTRE, 1),
        Text(scene.say("Locker number"), size("body"), look.ink, False, Align.CENTRE, 1),
    )
    return on_tone(kit, Column(lines), shown.tone)


WHOLE_S = {"tag": 90.0, "tag back": 90.0, "grace": 60.0, "held": 120.0, "take back": 120.0}


def _countdown(scene: Scene, at: BagStage, shown: Stage) -> Widget | None:
    """How long the step still waits, where the shopper should know."""
    if at.deadline_s is None or at.step not in WHOLE_S or (shown.agree and at.step != "grace"):
        return None
    kit, look = scene.kit, scene.kit.palette.tone(shown.tone)
    left_s = max(0, round(at.deadline_s - scene.mono_s))
    words = soft(kit, scene.say("{seconds} s left").format(seconds=left_s), "small", lines=1)
    bar = Bar(left_s / WHOLE_S[at.step], look.strong, kit.palette.line, kit.px(12))
    return Row((Grow(bar), words), kit.gap("near"))


def fetch(scene: Scene) -> Screen:
    """The tag is to be scanned, or its code typed."""
    kit = scene.kit
    said = (
        text(kit, scene.say("Scan your tag"), "title", lines=2),
        soft(kit, scene.say("Hold its code before the scanner, about a hand away."), "line", lines=4),
    )
    shown = picture(kit, "scan", "fetch")
    if possible(kit):
        shown = drawn(kit, tag_before_reader(kit.palette.tone("fetch")), "fetch")
    typed = Key(scene.say("Type the code of a slip"), Went(Page.CODE), "brand", "keyboard", "type the code")
    back = Key(scene.say("Back"), Went(Page.HOME), "", "arrow-left", "home")
    head = flow_head(scene, scene.say(FETCH), 1, STEPS["retrieval"])
    return screen(
        scene,
        "fetch",
        head,
        body(kit, sheet(kit, shown, said, main_above(kit, typed))),
        flow_foot(scene, (back,), typed if main_in_foot(kit) else None),
    )


def code(scene: Scene) -> Screen:
    """The nine digits below the bars of a slip."""
    kit, digits = scene.kit, scene.session.digits
    whole = len(digits) == CODE_DIGITS
    shown = " ".join(digits[at : at + 3].ljust(3, "–") for at in range(0, CODE_DIGITS, 3))
    line = kit.palette.tone("fetch").ink if digits else kit.palette.line
    field = Box(
        Text(
            shown,
            kit.theme.type_px("clock"),
            kit.palette.ink if digits else kit.palette.soft,
            True,
            Align.CENTRE,
            1,
            quiet=True,
        ),
        (kit.palette.paper, kit.palette.paper),
        kit.theme.radius("tile"),
        (kit.gap("near"), kit.gap("near")),
        line,
        max(2, kit.palette.border_px),
    )
    title = text(kit, scene.say("Type the code"), "title", lines=2)
    if kit.theme.ease.low_reach and kit.theme.panel.low and not kit.theme.panel.portrait:
        told: Widget = Row((Grow(title), Grow(field)), kit.gap("usual"))
    else:
        where = soft(kit, scene.say("The nine digits are printed below the bars."), "body", lines=3)
        told = Column((title, where, Gap(height=kit.gap("tight")), field), kit.gap("tight"), down=Align.CENTRE)
    content = _beside_pad(scene, told, CodeGiven(digits) if whole else None)
    back = Key(scene.say("Back"), Went(Page.FETCH), "", "arrow-left", "fetch")
    head = flow_head(scene, scene.say(FETCH), 1, STEPS["retrieval"])
    return screen(scene, "code", head, body(kit, content), flow_foot(scene, (back,)))


def _beside_pad(scene: Scene, told: Widget, done: CodeGiven | None) -> Widget:
    """The pad beside the words, or below them; with as few rows as the room and the reach want."""
    kit = scene.kit
    theme = kit.theme
    key_height = max(theme.panel.target, kit.px(94))
    digit = [Key(str(number), Typed(str(number)), name=f"digit {number}") for number in range(10)]
    erase = Key("", Erased(), "plain", "backspace", "erase")
    give = Key("", done, "brand", "check", "give code") if done else Key("", Typed(""), "plain", "check", "give code")
    if theme.panel.portrait and theme.ease.low_reach:
        pad = number_pad(kit, [*digit[1:4], erase, *digit[4:7], digit[0], *digit[7:], give], 4, theme.panel.target)
        return Column((Grow(told), pad), kit.gap("near"))
    if theme.panel.portrait:
        pad = number_pad(kit, [*digit[1:], erase, digit[0], give], 3, key_height)
        return Column((Grow(told), pad), kit.gap("usual"))
    if theme.ease.low_reach:
        pad = number_pad(kit, [*digit[1:6], erase, *digit[6:], digit[0], give], 6, theme.panel.target)
        return Column((Grow(told), pad), kit.gap("near"))
    if theme.panel.height - theme.panel.target - kit.px(200) < 4 * (theme.panel.target + kit.px(10)):
        pad = number_pad(kit, [*digit[1:4], erase, *digit[4:7], digit[0], *digit[7:], give], 4, theme.panel.target)
    else:
        pad = number_pad(kit, [*digit[1:], erase, digit[0], give], 3, key_height)
    return Row((Grow(told, 6), Grow(Sized(pad, down=Align.CENTRE), 7)), kit.gap("wide"), Align.FILL)
