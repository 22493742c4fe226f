"""Every service's face, found once: the home screen's cards and what draws a service that is open."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from kiosk.display.screens import services
from kiosk.display.screens.face import Face
from kiosk.rules.service.found import found_in


@cache
def faces() -> Mapping[str, Face]:
    """By the id of the service, in the order of the home screen."""
    found = sorted(found_in(services, "FACE", Face), key=lambda face: face.rank)
    return {face.id: face for face in found}
