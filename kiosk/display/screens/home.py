"""Where a shopper begins: what can be done here, the opening hours, and what makes the screen easier to use."""

from __future__ import annotations

from datetime import timedelta
from math import ceil

from kiosk.display.parts import Key, scroll, soft, text
from kiosk.display.screens.cards import Card, grid, listed, shared_out
from kiosk.display.screens.faces import faces
from kiosk.display.screens.frame import body, flow_foot, flow_head, home_foot, low, screen, store_head
from kiosk.display.screens.scene import Scene, clock, day
from kiosk.display.widgets import Align, Column, Fitting, Grow, Icon, Row, Screen, Sized, Widget
from kiosk.rules.front.taps import Opened, Page, StoreWanted, Went

SOON = timedelta(minutes=60)
EARLY_MIN, LATE_MIN = 60, 15  # from then on minutes are told


def home(scene: Scene) -> Screen:
    """Bags and every other service, each a card: what has no room stands behind the last one."""
    upper_px = _greeting_px(scene)
    shown, _ = shared_out(scene, _cards(scene), upper_px)
    return _home(scene, grid(scene.kit, shown, upper_px))


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


def more(scene: Scene) -> Screen:
    """The services that the home screen has no room for."""
    kit = scene.kit
    _, others = shared_out(scene, _cards(scene), _greeting_px(scene))
    back = Key(scene.say("Back"), Went(Page.HOME), "", "arrow-left", "home")
    every = scroll(kit, [listed(kit, one) for one in others], "services")
    services = Fitting((grid(kit, others, kit.px(70)), every))
    content = low(kit, text(kit, scene.say("More services"), "title", lines=1), services)
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
        room = (left, "store" if free else "care")
        scan = (scene.say("Or scan it right away"), "fetch")
        store, fetch = scene.say("Store a bag"), scene.say("Collect a bag")
        bags = (
            Card("backpack", "store", store, scene.say("Shop with free hands"), StoreWanted(), "store", room),
            Card("lockers", "fetch", fetch, scene.say("Have your tag ready"), _FETCH, "fetch", scan),
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
    """Nobody can shop now: when the doors open."""
    kit, hours = scene.kit, scene.view.hours
    lines: list[Widget] = [
        Sized(Icon("moon-stars", kit.px(170), kit.palette.tone("brand").ink), across=Align.CENTRE),
        text(kit, scene.say("We are closed now"), "title", Align.CENTRE),
    ]
    if hours is not None and scene.now < hours.opens:
        minutes = ceil((hours.opens - scene.now).total_seconds() / 60)
        if minutes <= EARLY_MIN:
            lines[1] = text(
                kit, scene.say("We open in {minutes} minutes").format(minutes=minutes), "title", Align.CENTRE
            )
        when = scene.say("Open {day}, {opens} to {closes}").format(
            day=day(scene, hours.opens), opens=clock(hours.opens), closes=clock(hours.closes)
        )
        lines.append(text(kit, when, "lead", Align.CENTRE))
    lines.append(soft(kit, scene.say("Thank you for your visit. See you again!"), "body", Align.CENTRE))
    content = Column(tuple(lines), kit.gap("near"), down=Align.CENTRE)
    return screen(scene, "closed", store_head(scene), body(kit, content), home_foot(scene))


def _hours_hint(scene: Scene) -> Widget:
    """When the store closes; soon before, as something to mind (L03)."""
    kit, hours = scene.kit, scene.view.hours
    if hours is None or not hours.open_at(scene.now):
        return soft(kit, scene.say("Touch a card to begin"), "body")
    minutes = ceil((hours.closes - scene.now).total_seconds() / 60)
    if hours.closes - scene.now <= SOON:
        words = scene.say("We close at {time}: please fetch your things before").format(time=clock(hours.closes))
        if minutes <= LATE_MIN:
            words = scene.say("We close in {minutes} minutes: please fetch your things").format(minutes=minutes)
        return Row(
            (Icon("clock", kit.px(32), kit.palette.tone("care").ink), Grow(text(kit, words, "body", lines=2))),
            kit.gap("tight"),
        )
    return soft(kit, scene.say("Touch a card to begin · open until {time}").format(time=clock(hours.closes)), "body")
