"""Borrow something: what there is and how many are left (S10)."""

from __future__ import annotations

from kiosk.display.screens.face import Face, Told
from kiosk.display.screens.scene import N_, Scene
from kiosk.rules.forms.filling import opened
from kiosk.rules.forms.flow import Flow
from kiosk.rules.service.loan import SERVICE, Stock, form_of


def _begins(scene: Scene) -> Flow:
    stock = scene.view.fact(Stock) or Stock((), ())
    return opened(form_of(stock), chinese=scene.chinese)


FACE = Face(
    id=SERVICE.id,
    rank=50,
    icon="umbrella",
    tone="fetch",
    title=N_("Borrow"),
    line=N_("Umbrellas, wheelchairs"),
    begins=_begins,
    told={
        "loan.thanks": Told(
            N_("It is reserved for you"),
            N_("Please fetch it at the service desk within half an hour, with number {number}."),
            "umbrella",
        ),
        "loan.none-left": Told(
            N_("All on loan at the moment"),
            N_("Please ask our staff: they know when one comes back."),
            "umbrella",
            "store",
        ),
    },
)
