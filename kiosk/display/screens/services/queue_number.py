"""A number for the service desk: how many wait, about how long, one touch, and the number as large as there is room."""

from __future__ import annotations

from kiosk.display.parts import Key, hint, soft, text
from kiosk.display.screens.face import Face, Told
from kiosk.display.screens.frame import body, flow_foot, flow_head, screen
from kiosk.display.screens.scene import N_, Scene
from kiosk.display.screens.sheet import large, main_above, main_in_foot, picture, sheet
from kiosk.display.widgets import Screen, Widget
from kiosk.rules.forms.flow import Back, Chose, Flow
from kiosk.rules.front.taps import Acted
from kiosk.rules.service.queue_number import ANOTHER, SERVICE, TAKE, DeskNumbers, NumberOfLate, Queueing

ICON, TONE = "users-three", "store"
TITLE = N_("Service desk number")
MINE = N_("I have one")


def _begins(_: Scene) -> Flow:
    return Queueing()


def _draw(scene: Scene, flow: Flow) -> Screen:
    kit, numbers = scene.kit, scene.view.fact(DeskNumbers)
    if flow.page != f"{SERVICE.id}.{TAKE}":
        waits = (text(kit, scene.say("One moment, please"), "title", lines=2),)
        return _framed(scene, flow, sheet(kit, picture(kit, "hourglass-medium", TONE), waits), ())
    back = Key(scene.say("Back"), Acted(Back()), "", "arrow-left", "back")
    if numbers is None:
        line = scene.say("The numbers cannot be read now. Our staff at the service desk gladly help you.")
        return _framed(scene, flow, _apart(scene, scene.say("Please speak with us"), line), (back,))
    if not numbers.open:
        line = scene.say("Numbers are given out again as soon as a desk opens. Our staff gladly help you until then.")
        return _framed(scene, flow, _apart(scene, scene.say("The service desk is closed just now"), line), (back,))
    late = scene.view.fact(NumberOfLate)
    if late is None:
        main = Key(scene.say("Take a number"), Acted(Chose(TAKE)), "brand", ICON, TAKE)
        return _framed(scene, flow, _queue(scene, numbers, main), (back,), main)
    return _again(scene, flow, late)


def _queue(scene: Scene, numbers: DeskNumbers, main: Key) -> Widget:
    """What somebody wants to know who thinks about waiting."""
    kit = scene.kit
    headline, shown = scene.say("Nobody waits before you"), picture(kit, ICON, TONE)
    if numbers.ahead:
        headline = scene.say("{ahead} wait before you").format(ahead=numbers.ahead)
        shown = large(kit, str(numbers.ahead), TONE)
    about = scene.say("You are called about {minutes} min from now.").format(minutes=numbers.minutes)
    line = about if numbers.minutes else scene.say("You are called at once.")
    said = (
        text(kit, headline, "title", lines=2),
        soft(kit, line, "line", lines=3),
        hint(kit, "megaphone", scene.say("Your number is called. Whoever is next is asked to get ready."), TONE),
    )
    return sheet(kit, shown, said, main_above(kit, main))


def _again(scene: Scene, flow: Flow, late: NumberOfLate) -> Screen:
    """Somebody took a number here a moment ago: the same shopper, or the one before."""
    kit = scene.kit
    said = (
        text(kit, scene.say("{ticket} was taken here a moment ago").format(ticket=late.shown), "title", lines=3),
        soft(kit, scene.say("Is it yours? One number is enough for all that you would like to do."), "line", lines=4),
    )
    mine = Key(scene.say(MINE), Acted(Back()), "", "check", "mine")
    other = Key(scene.say("Take another"), Acted(Chose(ANOTHER)), "brand", ICON, ANOTHER)
    content = sheet(kit, large(kit, late.shown, "care"), said, main_above(kit, other))
    return _framed(scene, flow, content, (mine,), other)


def _apart(scene: Scene, headline: str, line: str) -> Widget:
    kit = scene.kit
    said = (text(kit, headline, "title", lines=3), soft(kit, line, "line", lines=5))
    return sheet(kit, picture(kit, "headset", "care"), said)


def _framed(scene: Scene, flow: Flow, content: Widget, keys: tuple[Key, ...], main: Key | None = None) -> Screen:
    kit = scene.kit
    foot = flow_foot(scene, keys, main if main is not None and main_in_foot(kit) else None)
    head = flow_head(scene, scene.say(TITLE))
    return screen(scene, flow.page, head, body(kit, content), foot)


_COME = N_("{ahead} before you. Please come to the desk that calls your number.")
_BACK = N_("I need it no more")

FACE = Face(
    id=SERVICE.id,
    rank=12,
    icon=ICON,
    tone=TONE,
    title=TITLE,
    line=N_("We call you in your turn"),
    begins=_begins,
    told={
        "queue.ticket": Told(
            N_("Your number is {ticket}"), _COME, ICON, "good", waits=True, takes_back=_BACK, big="{ticket}"
        ),
        "queue.next": Told(
            N_("Your number is {ticket}"),
            N_("You are next: please get ready, and come to the desk that calls your number."),
            ICON,
            "good",
            waits=True,
            takes_back=_BACK,
            big="{ticket}",
        ),
        "queue.called": Told(
            N_("Please come to desk {desk}"),
            N_("Your number {ticket} is called. We are glad to help you there."),
            "signpost",
            "good",
            waits=True,
            big="{ticket}",
        ),
        "queue.back": Told(
            N_("{ticket} is given back"), N_("It is called no more. Thank you for telling us."), "check-circle"
        ),
        "queue.closed": Told(
            N_("The service desk is closed just now"),
            N_("Numbers are given out again as soon as a desk opens. Our staff gladly help you until then."),
            "headset",
            "care",
        ),
        "queue.second": Told(
            N_("{ticket} was taken here a moment ago"),
            N_("Is it yours? One number is enough for all that you would like to do."),
            ICON,
            "care",
            big="{ticket}",
            leads=(N_("Take another"), SERVICE.id),
        ),
    },
    draw=_draw,
)
