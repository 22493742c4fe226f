"""Lost something: asked for by what can be tapped; nothing of what was found is shown (S09)."""

from __future__ import annotations

from kiosk.display.screens.face import Face, Told
from kiosk.display.screens.scene import N_, Scene
from kiosk.rules.forms.filling import opened
from kiosk.rules.forms.flow import Flow
from kiosk.rules.service.lost import SERVICE


def _begins(scene: Scene) -> Flow:
    return opened(SERVICE.form, chinese=scene.chinese)


FACE = Face(
    id=SERVICE.id,
    rank=40,
    icon="binoculars",
    tone="store",
    title=N_("Lost something"),
    line=N_("We help you look for it"),
    begins=_begins,
    told={
        "lost.thanks": Told(
            N_("We look for it"),
            N_("Your report is number {number}. As soon as it is found we call you."),
            "binoculars",
            "store",
        ),
        "lost.maybe": Told(
            N_("Something similar was found"),
            N_("Please come to the service desk with an identity document. Your report is number {number}."),
            "hand-waving",
        ),
    },
)
