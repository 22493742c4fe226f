"""Which screen is shown: the desk's procedure first, then closed hours, then the page that the shopper went to."""

from __future__ import annotations

from kiosk.display.screens.bags import code, fetch, procedure
from kiosk.display.screens.home import closed, ease, home
from kiosk.display.screens.scene import Scene
from kiosk.display.widgets import Screen
from kiosk.rules.front.taps import Page


def shown(scene: Scene) -> Screen:
    """The screen of a moment."""
    if scene.view.bags is not None:
        return procedure(scene, scene.view.bags)
    if scene.view.hours is not None and not scene.view.hours.open_at(scene.now):
        return closed(scene)
    return {Page.HOME: home, Page.FETCH: fetch, Page.CODE: code, Page.EASE: ease}[scene.session.page](scene)
