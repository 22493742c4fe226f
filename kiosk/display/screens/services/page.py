"""Have somebody called: who, why, where to; and how the call stands, as long as somebody looks (B11, B12, B20)."""

from __future__ import annotations

from kiosk.display.screens.face import Face, Told
from kiosk.display.screens.scene import N_, Scene
from kiosk.rules.forms.filling import opened
from kiosk.rules.forms.flow import Flow
from kiosk.rules.service.page import SERVICE

STEPS = 4
NEED_NOBODY = N_("Not needed any more")
AT_THE_DESK = N_("Our staff at the main service desk are glad to help you.")


def _begins(scene: Scene) -> Flow:
    return opened(SERVICE.form, chinese=scene.chinese)


def _step(step: int, headline: str, line: str, icon: str, takes_back: str = "") -> Told:
    return Told(headline, line, icon, "fetch", waits=True, step=(step, STEPS), takes_back=takes_back)


FACE = Face(
    id=SERVICE.id,
    rank=20,
    icon="megaphone",
    tone="fetch",
    title=N_("Page someone"),
    line=N_("Over the loudspeakers"),
    begins=_begins,
    told={
        "page.requested": _step(
            1, N_("A colleague is checking it"), N_("Please wait here, or come back later."), "hourglass", NEED_NOBODY
        ),
        "page.waiting": _step(
            2, N_("It will be announced next"), N_("As soon as the music has played to its end."), "hourglass"
        ),
        "page.on-air": _step(3, N_("It is being announced now"), N_("Please listen."), "megaphone"),
        "page.called": _step(
            4, N_("It has been announced"), N_("Please wait where you said, for about two minutes."), "user-sound"
        ),
        "page.reached": Told(
            N_("The person is on the way"), N_("We were glad to help you."), "user-check", step=(STEPS, STEPS)
        ),
        "page.slip": Told(
            N_("Nobody has come yet"),
            N_("We take a message for the person: please come to the main service desk."),
            "chat-circle-text",
            "care",
        ),
        "page.delivered": Told(N_("The message was handed over"), N_("We were glad to help you."), "user-check"),
        "page.withdrawn": Told(N_("The page was cancelled"), N_("We were glad to help you."), "check-circle"),
        "page.lapsed": Told(N_("Nobody has come yet"), AT_THE_DESK, "headset", "care"),
        "page.declined": Told(N_("Please come to the main service desk"), AT_THE_DESK, "headset", "care"),
        "page.declined-why": Told(N_("Please come to the main service desk"), "{why}", "headset", "care"),
        "page.gone": Told(N_("Thank you, it is taken care of"), AT_THE_DESK, "headset", "fetch"),
        "page.by-name": Told(
            N_("We call everybody by name"),
            N_("Without a title or a department: please write the name as it is read out."),
            "user-sound",
            "care",
        ),
        "page.by-name-mended": Told(
            N_("We call everybody by name"), N_("The right form is: {form}. Please write it so."), "user-sound", "care"
        ),
        "page.wrong-name": Told(
            N_("Please check the name"),
            N_("Write it as it is read out, in characters or in letters."),
            "user-sound",
            "care",
        ),
        "page.wrong-plate": Told(
            N_("Please check the number plate"), N_("Write it as 京A·12345, 粤B·D12345 or ABC-1234."), "car", "care"
        ),
    },
)
