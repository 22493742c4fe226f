"""The lockers as they stand, in the store's own rows, and the tags that are counted."""

from __future__ import annotations

from kiosk.display.parts import Key, Kit, pill, scroll, soft, text, tile
from kiosk.display.screens.scene import N_, Scene
from kiosk.display.screens.staff.deeds import FLAT, beside, deeds
from kiosk.display.screens.staff.room import empty, headed, key_of, note, room
from kiosk.display.widgets import Align, Bar, Box, Column, Gap, Grow, Icon, Row, Screen, Sized, Text, Touch, Widget
from kiosk.ports.bag_day import CountShown
from kiosk.ports.staff_view import Cell, StaffView
from kiosk.rules.front.staff_taps import DeedWanted, Room, RoomWanted
from kiosk.rules.lockers.closing import SheetKind
from kiosk.rules.lockers.locker import Assignment, Door

TONES = {
    Assignment.FREE: "good",
    Assignment.RESERVED: "brand",
    Assignment.OCCUPIED: "brand",
    Assignment.OVERNIGHT: "ease",
    Assignment.QUARANTINED: "care",
    Assignment.OUT_OF_SERVICE: "plain",
}
SIGNS = {
    Door.OPENING: "door-open",
    Door.OPEN: "door-open",
    Door.HELD_OPEN: "door-open",
    Door.FORCED: "warning",
    Door.JAMMED: "lock-key",
    Door.UNKNOWN: "question",
}
INSIDE = {
    Assignment.RESERVED: "hourglass-medium",
    Assignment.OCCUPIED: "backpack",
    Assignment.OVERNIGHT: "moon-stars",
    Assignment.QUARANTINED: "tag",
    Assignment.OUT_OF_SERVICE: "x",
}
LEGEND = (
    ("good", N_("Free")),
    ("brand", N_("Taken")),
    ("ease", N_("Overnight")),
    ("care", N_("Quarantined")),
    ("call", N_("To be looked at")),
)
COUNT_NAMES = {SheetKind.MORNING_COUNT: N_("Morning count"), SheetKind.EVENING_CENSUS: N_("Evening census")}


def lockers(scene: Scene, view: StaffView) -> Screen:
    """Every door, live."""
    kit = scene.kit
    if not view.cells:
        content: Widget = empty(
            scene, "lockers", scene.say("The lockers are for the bag attendants and the supervisor")
        )
        return room(scene, view, "lockers", content, Room.LOCKERS)
    groups: list[Widget] = []
    for row, place in enumerate(view.rows):
        if cells := [one for one in view.cells if one.row == row]:
            if place:
                groups.append(soft(kit, place, "small", lines=2))
            groups.append(_grid(kit, cells))
    free = sum(one.locker.assignment is Assignment.FREE and not one.why for one in view.cells)
    heading = scene.say("{free} of {count} lockers free").format(free=free, count=len(view.cells))
    right = (key_of(scene, "tag", scene.say("Count the tags"), Room.COUNT, "count"),) if view.counts else ()
    upper: list[Widget] = [headed(kit, heading, *right)]
    if not kit.theme.panel.low and not kit.theme.panel.portrait and not kit.theme.ease.large_text:
        upper.append(Row(tuple(pill(kit, scene.say(words), tone) for tone, words in LEGEND), kit.gap("tight")))
    content = Column((*upper, Grow(scroll(kit, groups, "lockers"))), kit.gap("near"))
    return room(scene, view, "lockers", content, Room.LOCKERS)


def _grid(kit: Kit, cells: list[Cell]) -> Widget:
    panel = kit.theme.panel
    edge = kit.gap("wide") if panel.scale < 0.7 or panel.portrait else kit.gap("edge")
    aside = 0 if panel.portrait else panel.target + 2 * kit.px(6)
    wide = panel.width - 2 * edge - kit.gap("usual") - aside - kit.px(24)
    gap, least = kit.px(10), _cell_px(kit)
    columns = max(2, (wide + gap) // (least + gap))
    rows: list[Widget] = []
    for place in range(0, len(cells), columns):
        some: list[Widget] = [Grow(_cell(kit, one)) for one in cells[place : place + columns]]
        some += [Grow(Gap())] * (columns - len(some) if len(cells) > columns else 0)
        rows.append(Row(tuple(some), gap, Align.FILL))
    return Column(tuple(rows), gap)


def _cell_px(kit: Kit) -> int:
    return max(kit.theme.panel.target, kit.px(104))


def _cell(kit: Kit, cell: Cell) -> Widget:
    locker, palette = cell.locker, kit.palette
    tone = "call" if cell.why and locker.assignment is not Assignment.QUARANTINED else TONES[locker.assignment]
    if locker.assignment is Assignment.OUT_OF_SERVICE and not cell.locker.unconfirmed:
        tone = "plain"
    look = palette.tone(tone)
    size = kit.theme.type_px("small")
    icon = SIGNS.get(locker.door) or INSIDE.get(locker.assignment, "")
    alarm = locker.door in (Door.FORCED, Door.JAMMED) and palette.border_px == 1
    fill, ink = (look.strong, look.on) if alarm else (look.tile, look.ink)
    words: list[Widget] = [Text(str(locker.id), kit.theme.type_px("lead"), ink, True, Align.CENTRE, 1)]
    if icon:
        words.append(Sized(Icon(icon, round(size * 1.4), ink), across=Align.CENTRE))
    body = Box(
        Column(tuple(words), 0, down=Align.CENTRE),
        (fill, fill),
        kit.theme.radius("tile"),
        (kit.px(4), kit.px(4)),
        look.ink if cell.why else palette.line,
        3 if cell.why else palette.border_px,
    )
    least = _cell_px(kit)
    key = f"locker {locker.id}"
    return Touch(
        Sized(body, least, kit.theme.panel.target), RoomWanted(Room.LOCKERS, key), key, kit.theme.radius("tile")
    )


def count(scene: Scene, view: StaffView) -> Screen:
    """Which count is to begin, or how far the one has come that goes on here."""
    if view.count is None:
        return _begin(scene, view)
    kit, going = scene.kit, view.count
    asked: list[Widget] = [soft(kit, scene.say(COUNT_NAMES[going.kind]), "body", lines=1)]
    if going.at is None:
        asked.append(text(kit, scene.say("Every locker was looked at"), "title", lines=3))
    else:
        asked.append(text(kit, scene.say("Scan the tag at locker {n}").format(n=going.at), "title", lines=3))
    share = going.seen / going.lockers if going.lockers else 0.0
    seen = scene.say("{seen} of {count} lockers").format(seen=going.seen, count=going.lockers)
    asked += [
        Bar(share, kit.palette.tone("brand").strong, kit.palette.line, kit.px(14)),
        soft(kit, seen, "small", lines=1),
    ]
    told = [_told(kit, scene.told(one.said), one.wrong) for one in reversed(going.told)]
    told += [_told(kit, scene.told(one), True) for one in going.differences] if going.at is None else []
    keys, later = _acts(scene, going)
    return room(scene, view, "count-going", beside(kit, [*asked, *told], deeds(kit, keys, later)), Room.LOCKERS)


def _told(kit: Kit, said: str, wrong: bool) -> Widget:
    look = kit.palette.tone("care" if wrong else "good")
    size = kit.theme.type_px("body")
    icon = Icon("warning" if wrong else "check", round(size * 1.2), look.ink)
    return Row((icon, Grow(Text(said, size, kit.palette.ink, lines=3, crop=True))), kit.gap("near"))


def _acts(scene: Scene, going: CountShown) -> tuple[list[Key], Key]:
    about = Room.COUNT.value
    act = Key(scene.say("No tag hangs there"), DeedWanted(about, "nothing"), "care", "x", "nothing")
    if going.at is None:
        act = Key(scene.say("Sign the count"), DeedWanted(about, "sign"), "good", "check", "sign")
    return [act], Key(scene.say("Go on later"), DeedWanted(about, "leave"), FLAT, "clock", "later")


def _begin(scene: Scene, view: StaffView) -> Screen:
    kit = scene.kit
    keys = [
        Key(scene.say(one.words), DeedWanted(Room.COUNT.value, one.deed), "", one.icon, one.deed) for one in view.counts
    ]
    back = Key(scene.say("Back"), RoomWanted(Room.LOCKERS), FLAT, "arrow-left", "back")
    told = Column(
        (
            Sized(tile(kit, "tag", "brand", kit.px(120)), across=Align.START),
            text(kit, scene.say("Count the tags"), "title", lines=2),
            note(kit, scene.say("Scan the tag at each locker, in order. The reader opens nothing meanwhile."), 5),
        ),
        kit.gap("near"),
    )
    return room(scene, view, "count", beside(kit, [told], deeds(kit, keys, back)), Room.LOCKERS)
