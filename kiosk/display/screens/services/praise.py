"""Praise: it is passed on (S19)."""

from __future__ import annotations

from kiosk.display.screens.face import Face, Told
from kiosk.display.screens.scene import N_, Scene
from kiosk.rules.forms.filling import opened
from kiosk.rules.forms.flow import Flow
from kiosk.rules.service.praise import SERVICE


def _begins(scene: Scene) -> Flow:
    return opened(SERVICE.form, chinese=scene.chinese)


FACE = Face(
    id=SERVICE.id,
    rank=75,
    icon="heart",
    tone="good",
    title=N_("Compliments"),
    line=N_("We will gladly pass it on"),
    begins=_begins,
    told={
        "praise.thanks": Told(
            N_("Thank you, that makes us happy"), N_("We pass it on to those whom it is about."), "heart"
        ),
    },
)
