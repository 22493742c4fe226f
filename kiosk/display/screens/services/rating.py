"""Rate us: five faces, one touch (S19)."""

from __future__ import annotations

from kiosk.display.screens.face import Face, Told
from kiosk.display.screens.scene import N_, Scene
from kiosk.rules.forms.filling import opened
from kiosk.rules.forms.flow import Flow
from kiosk.rules.service.callback import SERVICE as CALLBACK
from kiosk.rules.service.rating import SERVICE


def _begins(scene: Scene) -> Flow:
    return opened(SERVICE.form, chinese=scene.chinese)


FACE = Face(
    id=SERVICE.id,
    rank=80,
    icon="star",
    tone="ease",
    title=N_("Rate us"),
    line=N_("One touch is enough"),
    begins=_begins,
    told={
        "rating.thanks": Told(
            N_("Thank you for telling us"), N_("It helps us to serve you better every day."), "smiley"
        ),
        "rating.sorry": Told(
            N_("We are sorry to hear that"),
            N_("Thank you for telling us. If you like, somebody calls you within three business days."),
            "smiley-sad",
            "care",
            leads=(N_("Please call me back"), CALLBACK.id),
        ),
    },
)
