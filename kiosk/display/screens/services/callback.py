"""Being called back: reached from a rating that was not good, never from the home screen (S19)."""

from __future__ import annotations

from kiosk.display.screens.face import Face, Told
from kiosk.display.screens.scene import N_, Scene
from kiosk.rules.forms.filling import opened
from kiosk.rules.forms.flow import Flow
from kiosk.rules.service.callback import SERVICE


def _begins(scene: Scene) -> Flow:
    return opened(SERVICE.form, chinese=scene.chinese)


FACE = Face(
    id=SERVICE.id,
    rank=81,
    icon="phone",
    tone="care",
    title=N_("Call me back"),
    line=N_("Within three days"),
    begins=_begins,
    told={
        "callback.thanks": Told(
            N_("We call you back"),
            N_("Your matter is number {number}. Somebody calls you within three business days."),
            "phone",
        ),
    },
    card=False,
)
