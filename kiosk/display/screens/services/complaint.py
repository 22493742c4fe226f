"""A complaint: what about, where, what happened, what is wished for (S03)."""

from __future__ import annotations

from kiosk.display.screens.face import Face, Told
from kiosk.display.screens.scene import N_, Scene
from kiosk.rules.forms.filling import opened
from kiosk.rules.forms.flow import Flow
from kiosk.rules.service.complaint import SERVICE


def _begins(scene: Scene) -> Flow:
    return opened(SERVICE.form, chinese=scene.chinese)


FACE = Face(
    id=SERVICE.id,
    rank=70,
    icon="chat-text",
    tone="care",
    title=N_("Complaints"),
    line=N_("Answered in three days"),
    begins=_begins,
    told={
        "complaint.thanks": Told(
            N_("Your complaint has been recorded"),
            N_("Your complaint is number {number}. Somebody takes care of it and answers within three business days."),
            "chat-text",
        ),
    },
)
