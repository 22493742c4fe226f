"""Where a shopper begins: what can be done here, the opening hours, and what makes the screen easier to use."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from math import ceil

from kiosk.display.drawing import blended
from kiosk.display.illustrations import FRONT, NIGHT, open_locker, store_front, tag_before_reader
from kiosk.display.parts import Key, Kit, scroll, text
from kiosk.display.screens.cards import Card, grid, listed, shared_out
from kiosk.display.screens.faces import faces
from kiosk.display.screens.frame import (
    STORE_HEAD,
    body,
    flow_foot,
    flow_head,
    home_foot,
    low,
    screen,
    store_head,
    store_line,
)
from kiosk.display.screens.scene import Scene, clock, day
from kiosk.display.widgets import Align, Box, Column, Fitting, Gap, Grow, Icon, Layers, Row, Screen, Sized, Text, Widget
from kiosk.rules.front.taps import Opened, Page, StoreWanted, Went

SOON = timedelta(minutes=60)
LAP = 56  # how far the cards lie over the head, as chosen for 1280x800
CLOCK = 9  # room for the clock and the date, times the size of their type
EARLY_MIN, LATE_MIN = 60, 15  # from then on minutes are told


def home(scene: Scene) -> Screen:
    """Bags and every other service, each a card: what has no room stands behind the last one."""
    kit, upper_px = scene.kit, _greeting_px(scene)
    shown, _ = shared_out(scene, _cards(scene), upper_px)
    panel = kit.theme.panel
    from_px = kit.px(STORE_HEAD) + upper_px
    if kit.theme.ease.low_reach and (panel.portrait or not panel.low):
        from_px = panel.reach_top
    edge = kit.gap("edge") if panel.scale > 0.7 else kit.gap("wide")
    services = Box(Column((Grow(grid(kit, shown, upper_px)), Gap(height=kit.gap("usual")))), pad=(edge, 0))
    greeting = _greeting(scene)
    head = _welcome(scene, greeting, from_px)
    return replace(screen(scene, "home", head, services, home_foot(scene), from_px), greets=greeting)


def _greeting(scene: Scene) -> Widget:
    kit = scene.kit
    words, hint = scene.say("Welcome, we are glad to help you"), _hours_hint(scene)
    ways = (("title", 1), ("title", 2), ("head", 2), ("lead", 2))
    return Fitting(
        tuple(
            Column(
                (Text(words, kit.theme.type_px(role), kit.palette.on_band, True, lines=lines), hint),
                kit.gap("hair"),
                down=Align.CENTRE,
            )
            for role, lines in ways
        )
    )


def _welcome(scene: Scene, greeting: Widget, height: int) -> Widget:
    """The store's head with a greeting, as high as the cards leave it, and on behind them."""
    kit, palette, panel = scene.kit, scene.kit.palette, scene.kit.theme.panel
    type_px = kit.theme.type_px
    lap = kit.px(LAP) if palette.border_px == 1 else 0
    front_px = kit.px(500 if not panel.portrait else 376 if panel.scale > 0.7 else 280)
    drawn = palette.border_px == 1 and not kit.theme.ease.large_text
    clock_px = 0 if panel.portrait else CLOCK * type_px("small")
    beside = front_px + clock_px
    line = Row((Grow(greeting), Gap(width=beside if drawn else 0)), align=Align.FILL)
    pad = (kit.gap("edge"), kit.gap("tight"))
    over: Widget = Column(
        (Sized(Box(store_line(scene), pad=pad), height=kit.px(STORE_HEAD)), Grow(Box(line, pad=(pad[0], 0)))),
    )
    over = Column((Grow(over), Gap(height=lap)))
    if drawn:
        front = Sized(store_front(palette.band[1]), front_px, round(front_px * FRONT[1] / FRONT[0]), down=Align.END)
        ground = Sized(front, front_px, across=Align.START, widest=front_px)
        stands = Row((Grow(Gap()), ground, Gap(width=clock_px + kit.gap("edge"))), align=Align.FILL)
        over = Layers(Column((Grow(stands), Gap(height=lap))), over)  # it stands on the cards
    edge = palette.line if palette.border_px > 1 else None
    below = kit.gap("near") if palette.border_px > 1 else 0
    return Sized(Box(over, palette.band, border=edge, border_px=1), height=height + lap - below)


def more(scene: Scene) -> Screen:
    """The services that the home screen has no room for."""
    kit = scene.kit
    _, others = shared_out(scene, _cards(scene), _greeting_px(scene))
    if not others:  # what was behind the last card has gone meanwhile
        return home(scene)
    back = Key(scene.say("Back"), Went(Page.HOME), "", "arrow-left", "home")
    every = scroll(kit, [listed(kit, one) for one in others], "services")
    services = Fitting((grid(kit, others, kit.px(70)), every))
    content = low(kit, text(kit, scene.say("More services"), "title", lines=1), services)
    head = flow_head(scene, scene.store_name)
    return screen(scene, "more", head, body(kit, content), flow_foot(scene, (back,)))


def _greeting_px(scene: Scene) -> int:
    """How high the greeting is, about: two lines of it where the panel is narrow."""
    large = 1.25 if scene.kit.theme.ease.large_text else 1.0
    return scene.kit.px((200 if scene.kit.theme.panel.portrait else 132) * large)


def _cards(scene: Scene) -> tuple[Card, ...]:
    """Everything that can be done here."""
    bags: tuple[Card, ...] = ()
    if scene.view.free:
        free = sum(scene.view.free.values())
        left = scene.say("{count} lockers free").format(count=free) if free else scene.say("All lockers taken")
        room = (left, "store" if free else "care")
        scan = (scene.say("Or scan it right away"), "fetch")
        store, fetch = scene.say("Store a bag"), scene.say("Collect a bag")
        bags = (
            Card(
                "backpack", "store", store, scene.say("Shop with free hands"), StoreWanted(), "store", room, open_locker
            ),
            Card("lockers", "fetch", fetch, scene.say("Have your tag ready"), _FETCH, "fetch", scan, tag_before_reader),
        )
    known = faces()
    offered = (face for id, face in known.items() if face.card and id in scene.view.services)
    return (
        *bags,
        *(
            Card(face.icon, face.tone, scene.say(face.title), scene.say(face.line), Opened(face.begins(scene)), face.id)
            for face in offered
        ),
    )


_FETCH = Went(Page.FETCH)


def closed(scene: Scene) -> Screen:
    """Nobody can shop now: when the doors open, and the store by night."""
    kit, hours, palette, panel = scene.kit, scene.view.hours, scene.kit.palette, scene.kit.theme.panel
    drawn = palette.border_px == 1
    ink, faint = (palette.on_band, palette.on_band_soft) if drawn else (palette.ink, palette.soft)
    at = Align.START if drawn and not panel.portrait else Align.CENTRE

    def said(words: str, role: str, lines: int = 6) -> Text:
        return replace(text(kit, words, role, at, lines), color=ink if role != "body" else faint)

    title = scene.say("We are closed now")
    lines: list[Widget] = []
    if hours is not None and scene.now < hours.opens:
        minutes = ceil((hours.opens - scene.now).total_seconds() / 60)
        if minutes <= EARLY_MIN:
            title = scene.say("We open in {minutes} minutes").format(minutes=minutes)
        closes = hours.closes_soon(scene.now)
        if closes is None:
            when = scene.say("Open {day} from {opens}").format(day=day(scene, hours.opens), opens=clock(hours.opens))
        else:
            when = scene.say("Open {day}, {opens} to {closes}").format(
                day=day(scene, hours.opens), opens=clock(hours.opens), closes=clock(closes)
            )
        lines.append(said(when, "lead"))
    lines.append(said(scene.say("Thank you for your visit. See you again!"), "body"))
    if not drawn:
        moon = Sized(Icon("moon-stars", kit.px(170), palette.tone("brand").ink), across=Align.CENTRE)
        told = Column((moon, said(title, "title"), *lines), kit.gap("near"), down=Align.CENTRE)
        return screen(scene, "closed", store_head(scene), body(kit, told), home_foot(scene))
    told = Column((said(title, "title"), *lines), kit.gap("near"), down=Align.CENTRE)
    front = store_front(blended(palette.band[1], NIGHT, 0.75))
    street = Column((Grow(Gap()), Sized(front, height=kit.px(340 if panel.portrait else 290))))  # on the foot
    night = (NIGHT, palette.band[1])
    if panel.portrait:
        content: Widget = Column((Grow(body(kit, told), 3), Grow(street, 4)))
    else:
        content = Row((Grow(body(kit, told), 4), Grow(street, 5), Gap(width=kit.gap("edge"))), align=Align.FILL)
    made = screen(scene, "closed", store_head(scene), Box(content, night), home_foot(scene))
    return replace(made, ground=night)


def _hours_hint(scene: Scene) -> Widget:
    """When the store closes; soon before, as something to mind (L03)."""
    kit, hours = scene.kit, scene.view.hours
    if hours is None or not hours.open_at(scene.now):
        return _soft(kit, scene.say("Touch a card to begin"))
    closes = hours.closes_soon(scene.now)
    if closes is None:
        return _soft(kit, scene.say("Touch a card to begin · open day and night"))
    minutes = ceil((closes - scene.now).total_seconds() / 60)
    if closes - scene.now <= SOON:
        words = scene.say("We close at {time}: please fetch your things before").format(time=clock(closes))
        if minutes <= LATE_MIN:
            words = scene.say("We close in {minutes} minutes: please fetch your things").format(minutes=minutes)
        look = kit.palette.tone("care")
        told = Text(words, kit.theme.type_px("small"), look.ink, True, lines=3)
        icon = Icon("clock", round(kit.theme.type_px("small") * 1.4), look.ink)
        fill, pad = (look.tile, look.tile), (kit.gap("near"), kit.px(5))
        pill = Box(Row((icon, Grow(told)), kit.gap("tight")), fill, kit.theme.radius("tile"), pad)
        return Sized(pill, across=Align.START)
    return _soft(kit, scene.say("Touch a card to begin · open until {time}").format(time=clock(closes)))


def _soft(kit: Kit, words: str) -> Widget:
    return Text(words, kit.theme.type_px("body"), kit.palette.on_band_soft, lines=2)
