"""The queue as everybody sees it from afar: the numbers that are called, where to, and who comes next (S07)."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.display.parts import card, soft, text
from kiosk.display.screens.frame import home_foot, screen, store_head
from kiosk.display.screens.scene import N_, Scene
from kiosk.display.widgets import Align, Box, Column, Fitting, Gap, Grow, Icon, Row, Screen, Sized, Text, Touch, Widget
from kiosk.rules.front.taps import Page, Went
from kiosk.rules.service.queue import Ticket, Topic
from kiosk.rules.service.queue_board import SHOWN, Board, Place, minutes

TOPICS = {Topic.SERVICE: N_("Enquiries and services"), Topic.RETURNS: N_("Returns")}
BIG = {1: 240, 2: 190, 3: 130, 4: 96}  # how high a number is set, by how many there are one below the other
MOST = (8, 6, 4, 2)  # so many desks have room, or fewer
EVEN = 2  # seconds: a fresh number is lit in every other one


def at_rest(scene: Scene, board: Board) -> Screen:
    """While nobody touches the screen; any touch leads home."""
    room = _room(scene, board)
    if not scene.kit.theme.ease.low_reach:
        room = Touch(room, Went(Page.HOME), "begin", scene.kit.theme.radius("card"))
    return screen(scene, "queue", store_head(scene), _within(scene, room), home_foot(scene))


def hung(scene: Scene, board: Board) -> Screen:
    """On a display of its own, which nobody touches."""
    root = Column((store_head(scene), Grow(_within(scene, _room(scene, board)))))
    return Screen("queue-board", root, scene.kit.palette.page)


def _within(scene: Scene, room: Widget) -> Widget:
    kit = scene.kit
    edge = kit.gap("wide") if kit.theme.panel.scale < 0.7 or kit.theme.panel.portrait else kit.gap("edge")
    return Box(room, pad=(edge, kit.gap("usual")))


def _room(scene: Scene, board: Board) -> Widget:
    kit = scene.kit
    places, following = _places(scene, board), _following(scene, board)
    if kit.theme.panel.portrait:
        return Column((Grow(places, 3), Grow(following, 2)), kit.gap("usual"), even=True)
    return Row((Grow(places, 5), Grow(following, 3)), kit.gap("usual"), Align.FILL)


def _places(scene: Scene, board: Board) -> Widget:
    """Each desk with whom it serves; those that serve somebody, where not all have room."""
    counts = sorted({min(len(board.places), most) for most in MOST}, reverse=True)
    choices = tuple(_some(scene, board, count) for count in counts)
    return choices[0] if len(choices) == 1 else Fitting(choices)


def _some(scene: Scene, board: Board, count: int) -> Widget:
    kit = scene.kit
    called = sorted(board.places, key=lambda one: (one.ticket is None, not one.fresh))[:count]
    found = sorted(called, key=lambda one: one.desk)
    columns = 1 if len(found) <= max(BIG) else 2
    size = BIG[-(-len(found) // columns)]
    rows = [found[at : at + columns] for at in range(0, len(found), columns)]
    lines = [
        Grow(Row(tuple(Grow(_place(scene, one, size)) for one in row), kit.gap("near"), Align.FILL)) for row in rows
    ]
    return Column(tuple(lines), kit.gap("near"), even=True)


def _place(scene: Scene, place: Place, size: int) -> Widget:
    kit, palette, type_px = scene.kit, scene.kit.palette, scene.kit.theme.type_px
    tone = palette.tone("brand" if place.ticket is not None else "plain")
    lit = place.fresh and scene.now.second % EVEN == 0
    fill, ink = (tone.strong, tone.on) if lit else (palette.paper, tone.ink)
    second = ink if lit else palette.soft
    label = scene.say("Desk {desk}").format(desk=place.desk)
    if place.ticket is None:
        shown, high = scene.say("Free") if place.open else scene.say("Closed"), kit.px(min(size, 54))
    else:
        shown, high = place.ticket.shown, kit.px(size)

    def laid(share: float, *, beside: bool) -> Widget:
        number = Text(shown, max(round(high * share), type_px("lead")), ink, True, Align.CENTRE, 1)
        below = max(type_px("head"), round(0.3 * high * share))  # where to go is half of what is told
        desk = Text(label, type_px("head") if beside else below, second, True, Align.CENTRE, 1)
        if beside:
            sign = Icon("signpost", round(type_px("head") * 1.1), second)
            return Row((Grow(number), Sized(sign, down=Align.CENTRE), desk), kit.gap("tight"))
        return Column((number, desk), down=Align.CENTRE)

    ways = [laid(share, beside=beside) for share in (1.0, 0.8, 0.6, 0.45) for beside in (True, False)]
    number = Text(shown, type_px("body"), ink, True, Align.CENTRE, 1, crop=True)
    below = Text(label, type_px("small"), second, False, Align.CENTRE, 1, crop=True)
    inner = Fitting((*ways, Column((number, below), down=Align.CENTRE)))
    border = tone.strong if place.fresh else palette.line
    pad = (kit.gap("near"), kit.gap("hair"))
    width = max(palette.border_px, kit.px(4) if place.fresh else 1)
    return Box(
        inner, (fill, fill), kit.theme.radius("card"), pad, border, width, kit.px(12),
        palette.shadow,
    )  # fmt: skip


def _following(scene: Scene, board: Board) -> Widget:
    """Who gets ready, who else waits, how long it may take, and who was missed."""
    kit = scene.kit
    first = board.following
    if first is None:
        words = text(kit, scene.say("Nobody waits"), "head", Align.CENTRE, 2)
        return card(kit, Column((words,), down=Align.CENTRE), "usual")
    ready = (
        soft(kit, scene.say("Please get ready"), "body", Align.CENTRE, 2),
        Text(first.shown, kit.px(84), kit.palette.tone("good").ink, True, Align.CENTRE, 1),
    )
    waits = [
        soft(kit, f"{scene.say(TOPICS[topic])} · {_about(scene, wait_s)}", "small", Align.CENTRE, 2)
        for topic, wait_s in board.waits_s
    ]
    lines: list[Widget] = [*ready, Gap(height=kit.gap("tight"))]
    others = board.waiting[1:SHOWN]
    if others:
        lines += [soft(kit, scene.say("Then"), "small", Align.CENTRE, 1), _numbers(scene, others)]
    lines += [Grow(Gap()), *waits]
    if board.missed:
        missed = scene.say("Missed: please show your ticket at a desk")
        numbers = "  ".join(one.shown for one in board.missed)
        lines.append(Text(f"{missed}  {numbers}", kit.theme.type_px("small"), kit.palette.tone("care").ink, False,
                          Align.CENTRE, 3, crop=True))  # fmt: skip
    whole = Column(tuple(lines), kit.px(6))
    short = Column((*ready, Grow(Gap()), *waits[:2]), kit.px(6))
    return card(kit, Fitting((whole, short, Column(ready, kit.px(6), down=Align.CENTRE))), "usual")


def _numbers(scene: Scene, tickets: Sequence[Ticket]) -> Widget:
    kit = scene.kit
    rows = [
        Row(
            tuple(Grow(text(kit, one.shown, "head", Align.CENTRE, 1)) for one in tickets[at : at + 3]), kit.gap("tight")
        )
        for at in range(0, len(tickets), 3)
    ]
    return Column(tuple(rows), kit.px(4))


def _about(scene: Scene, wait_s: float) -> str:
    return scene.say("About {minutes} min").format(minutes=minutes(wait_s))
