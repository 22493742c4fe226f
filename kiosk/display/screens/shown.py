"""Which screen is shown: the desks' procedures first, then closed hours, then the service or page that was chosen."""

from __future__ import annotations

from dataclasses import replace

from kiosk.display.gadgets import toast
from kiosk.display.screens.attract import by_night, slide
from kiosk.display.screens.bags import code, fetch, procedure
from kiosk.display.screens.ease import ease
from kiosk.display.screens.faces import faces
from kiosk.display.screens.forms import form, told
from kiosk.display.screens.home import closed, home, more
from kiosk.display.screens.queue_board import at_rest
from kiosk.display.screens.scene import Scene
from kiosk.display.screens.staff.mode import staff
from kiosk.display.widgets import Screen
from kiosk.rules.forms.filling import Filling
from kiosk.rules.front.attract import Promotions
from kiosk.rules.front.taps import Page
from kiosk.rules.service.queue_board import Board


def shown(scene: Scene) -> Screen:
    """The screen of a moment."""
    if scene.session.staff is not None:
        return staff(scene, scene.session.staff)
    if scene.view.bags is not None:
        return procedure(scene, scene.view.bags)
    if scene.view.outcome is not None:
        return told(scene, scene.view.outcome)
    if scene.view.hours is not None and not scene.view.hours.open_at(scene.now):
        return closed(scene if scene.resting is None else by_night(scene))
    board = scene.view.fact(Board)
    if scene.resting is not None and board is not None and board.busy:
        return at_rest(scene, board)
    promotions = scene.view.fact(Promotions)
    if scene.resting is not None and promotions is not None and promotions.today:
        number = scene.resting % len(promotions.today)
        return slide(scene, promotions.today[number], number)
    flow = scene.session.flow
    face = faces().get(flow.service) if flow else None
    if flow and face:
        if face.draw is not None:
            return face.draw(scene, flow)
        if isinstance(flow, Filling):
            return form(scene, face, flow)
    pages = {Page.HOME: home, Page.MORE: more, Page.FETCH: fetch, Page.CODE: code, Page.EASE: ease}
    screen = pages[scene.session.page](scene)
    if scene.parting and scene.session.page is Page.HOME and not scene.session.asked:
        words = scene.say("Please take all your things with you")
        return replace(screen, root=toast(scene.kit, screen.root, words, f"parting {scene.parting}", "handbag", "care"))
    return screen
