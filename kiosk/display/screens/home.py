"""Where a shopper begins: what can be done here, the opening hours, and what makes the screen easier to use."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from kiosk.display.parts import Key, Kit, pill, soft, text, tile, touch_card
from kiosk.display.screens.cards import Card, grid, shared_out
from kiosk.display.screens.faces import faces
from kiosk.display.screens.frame import body, flow_foot, flow_head, home_foot, low, screen, store_head
from kiosk.display.screens.scene import Scene, clock, day
from kiosk.display.widgets import Align, Column, Gap, Grow, Icon, Row, Screen, Sized, Widget
from kiosk.rules.front.taps import Ease, Eased, Opened, Page, StoreWanted, Tap, Went

SOON = timedelta(minutes=60)


def home(scene: Scene) -> Screen:
    """The services, each a card."""
    if scene.view.services:
        return _many(scene)
    kit = scene.kit
    free = sum(scene.view.free.values())
    room = pill(kit, scene.say("{count} lockers free").format(count=free), "store")
    if not free:
        room = pill(kit, scene.say("All lockers taken"), "care")
    store = Service("backpack", "store", scene.say("Store a bag"), scene.say("Shop with free hands"), StoreWanted())
    fetch = Service("lockers", "fetch", scene.say("Fetch a bag"), scene.say("Have your tag ready"), Went(Page.FETCH))
    scan = pill(kit, scene.say("Or scan it right away"), "fetch")
    cards = (Grow(_card(kit, store, room, "store")), Grow(_card(kit, fetch, scan, "fetch")))
    if kit.theme.panel.portrait:
        services: Widget = Column(cards, kit.gap("near"))
    else:
        services = Row(cards, kit.gap("wide"), Align.FILL)
    return _home(scene, services)


def _home(scene: Scene, services: Widget) -> Screen:
    kit = scene.kit
    greeting = Column(
        (
            text(kit, scene.say("Welcome, we are glad to help you"), "title", lines=2),
            _hours_hint(scene),
        ),
        kit.gap("hair"),
    )
    return screen(
        scene,
        "home",
        store_head(scene),
        body(kit, low(kit, greeting, services, 2 if kit.theme.panel.portrait else 1)),
        home_foot(scene),
    )


def _many(scene: Scene) -> Screen:
    """Bags and every other service: what has no room stands behind the last card."""
    upper_px = _greeting_px(scene)
    shown, _ = shared_out(scene, _cards(scene), upper_px)
    return _home(scene, grid(scene.kit, shown, upper_px))


def more(scene: Scene) -> Screen:
    """The services that the home screen has no room for."""
    kit = scene.kit
    _, others = shared_out(scene, _cards(scene), _greeting_px(scene))
    back = Key(scene.say("Back"), Went(Page.HOME), "", "arrow-left", "home")
    content = low(kit, text(kit, scene.say("More services"), "title", lines=1), grid(kit, others, kit.px(70)))
    head = flow_head(scene, scene.store_name)
    return screen(scene, "more", head, body(kit, content), flow_foot(scene, (back,)))


def _greeting_px(scene: Scene) -> int:
    """How high the greeting is, about: two lines of it where the panel is narrow."""
    large = 1.25 if scene.kit.theme.ease.large_text else 1.0
    return scene.kit.px((190 if scene.kit.theme.panel.portrait else 116) * large)


def _cards(scene: Scene) -> tuple[Card, ...]:
    """Everything that can be done here."""
    bags: tuple[Card, ...] = ()
    if scene.view.free:
        free = sum(scene.view.free.values())
        left = scene.say("{count} lockers free").format(count=free) if free else scene.say("All lockers taken")
        bags = (
            Card("backpack", "store", scene.say("Store a bag"), left, StoreWanted(), "store"),
            Card("lockers", "fetch", scene.say("Fetch a bag"), scene.say("Have your tag ready"), _FETCH, "fetch"),
        )
    known = faces()
    offered = (face for id, face in known.items() if id in scene.view.services)
    return (
        *bags,
        *(
            Card(face.icon, face.tone, scene.say(face.title), scene.say(face.line), Opened(face.begins(scene)), face.id)
            for face in offered
        ),
    )


_FETCH = Went(Page.FETCH)


def closed(scene: Scene) -> Screen:
    """Nobody can shop now: when the doors open."""
    kit, hours = scene.kit, scene.view.hours
    lines: list[Widget] = [
        Sized(Icon("moon-stars", kit.px(170), kit.palette.tone("brand").ink), across=Align.CENTRE),
        text(kit, scene.say("We are closed now"), "title", Align.CENTRE),
    ]
    if hours is not None and scene.now < hours.opens:
        when = scene.say("Open {day}, {opens} to {closes}").format(
            day=day(scene, hours.opens), opens=clock(hours.opens), closes=clock(hours.closes)
        )
        lines.append(text(kit, when, "lead", Align.CENTRE))
    lines.append(soft(kit, scene.say("Thank you for your visit. See you again!"), "body", Align.CENTRE))
    content = Column(tuple(lines), kit.gap("near"), down=Align.CENTRE)
    return screen(scene, "closed", store_head(scene), body(kit, content), home_foot(scene))


def ease(scene: Scene) -> Screen:
    """Larger, stronger, lower: each switched by one tap."""
    kit, chosen = scene.kit, scene.session.ease
    switches = (
        ("text-aa", scene.say("Larger text"), chosen.large_text, replace(chosen, large_text=not chosen.large_text)),
        (
            "circle-half",
            scene.say("Stronger contrast"),
            chosen.high_contrast,
            replace(chosen, high_contrast=not chosen.high_contrast),
        ),
        (
            "arrow-line-down",
            scene.say("Lower buttons"),
            chosen.low_reach,
            replace(chosen, low_reach=not chosen.low_reach),
        ),
    )
    cards = tuple(Grow(_switch(scene, icon, words, on, Eased(to))) for icon, words, on, to in switches)
    portrait = kit.theme.panel.portrait
    services: Widget = Column(cards, kit.gap("near")) if portrait else Row(cards, kit.gap("usual"), Align.FILL)
    greeting = text(
        kit, scene.say("What makes this screen easier for you?"), "title" if not portrait else "head", lines=2
    )
    keys = [Key(scene.say("Done"), Went(Page.HOME), "brand", "check", "home")]
    if chosen != Ease():
        keys.append(Key(scene.say("As before"), Eased(Ease()), "", "", "as before"))
    return screen(
        scene,
        "ease",
        flow_head(scene, scene.say("Easier to use")),
        body(kit, low(kit, greeting, services)),
        flow_foot(scene, keys),
    )


class Service:
    """One of the things that can be done here."""

    def __init__(self, icon: str, tone: str, title: str, line: str, tap: Tap) -> None:
        self.icon, self.tone, self.title, self.line, self.tap = icon, tone, title, line, tap


def _card(kit: Kit, service: Service, remark: Widget, name: str) -> Widget:
    """A service: its sign, what it is called, what it brings. In a low room the sign stands beside the words."""
    words = Column(
        (text(kit, service.title, "title", lines=2), soft(kit, service.line, "body", lines=2)), kit.gap("hair")
    )
    chevron = Icon("caret-right", kit.px(36), kit.palette.soft)
    if kit.theme.panel.scale < 0.7 or kit.theme.panel.portrait or kit.theme.ease.low_reach:
        little = kit.theme.ease.low_reach
        sign = tile(kit, service.icon, service.tone, kit.px(100 if little else 124))
        below: tuple[Widget, ...] = () if little else (Gap(height=kit.gap("tight")), _left(remark))
        inner: Widget = Row((sign, Grow(Column((words, *below))), chevron), kit.gap("usual"))
    else:
        sign = tile(kit, service.icon, service.tone, kit.px(148))
        upper = Row((sign, Grow(Gap()), remark), align=Align.START)
        inner = Column((upper, Grow(Gap()), Row((Grow(words), chevron), kit.gap("near"), Align.END)))
    return touch_card(kit, inner, service.tap, name)


def _left(child: Widget) -> Widget:
    return Sized(child, across=Align.START)


def _switch(scene: Scene, icon: str, words: str, on: bool, tap: Tap) -> Widget:
    kit = scene.kit
    state = pill(kit, scene.say("On") if on else scene.say("Off"), "good" if on else "plain", "check" if on else "")
    if kit.theme.panel.portrait or kit.theme.panel.scale < 0.7 or kit.theme.ease.low_reach:
        size = kit.px(84)
    else:
        size = kit.px(124)
    sign = tile(kit, icon, "ease", size)
    label = text(kit, words, "lead", lines=2)
    if kit.theme.panel.portrait:
        inner: Widget = Row((sign, Grow(label), state), kit.gap("usual"))
    else:
        inner = Column((_left(sign), Grow(Gap()), label, _left(state)), kit.gap("near"))
    return touch_card(kit, inner, tap, icon)


def _hours_hint(scene: Scene) -> Widget:
    """When the store closes; soon before, as something to mind (L03)."""
    kit, hours = scene.kit, scene.view.hours
    if hours is None or not hours.open_at(scene.now):
        return soft(kit, scene.say("Touch a card to begin"), "body")
    if hours.closes - scene.now <= SOON:
        words = scene.say("We close at {time}: please fetch your things before").format(time=clock(hours.closes))
        return Row(
            (Icon("clock", kit.px(34), kit.palette.tone("care").ink), Grow(text(kit, words, "body", lines=2))),
            kit.gap("tight"),
        )
    return soft(kit, scene.say("Touch a card to begin · open until {time}").format(time=clock(hours.closes)), "body")
