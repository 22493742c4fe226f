"""Rate us: five faces, one touch (S19)."""

from __future__ import annotations

from kiosk.display.screens.face import Face, Told
from kiosk.display.screens.scene import N_, Scene
from kiosk.rules.forms.filling import opened
from kiosk.rules.forms.flow import Flow
from kiosk.rules.service.rating import SERVICE


def _begins(scene: Scene) -> Flow:
    return opened(SERVICE.form, chinese=scene.chinese)


FACE = Face(
    id=SERVICE.id,
    rank=80,
    icon="star",
    tone="ease",
    title=N_("Rate us"),
    line=N_("One touch, thank you"),
    begins=_begins,
    told={
        "rating.thanks": Told(
            N_("Thank you for telling us"), N_("It helps us to serve you better every day."), "smiley"
        ),
    },
)
