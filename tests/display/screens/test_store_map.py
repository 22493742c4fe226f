"""The map of a floor: what its signs mean is told where there is room."""

from __future__ import annotations

import pytest

from kiosk.app.album import EASES, PANELS, Look, album
from kiosk.app.sample_store import FACILITIES
from kiosk.display.glyphs import Glyphs
from kiosk.display.marks import Line
from kiosk.display.placing import Placer
from kiosk.units import LANGUAGES

NAMES = [name[0] for _, name, _, _ in FACILITIES]


def told_at(size: str, ease: str = "usual") -> list[list[str]]:
    """Which facilities are named on the map of a floor, and on that of a place."""
    panel = PANELS[size]
    screens = dict(album(Look(panel, LANGUAGES[0], EASES[ease])))
    placer = Placer(panel, Glyphs().measure)
    found = []
    for name in ("guide-floor", "guide-place"):
        placed = placer.place(screens[name])
        assert placed.problems == ()
        lines = [mark.text for mark in placed.marks if isinstance(mark, Line)]
        found.append([one for one in lines if one in NAMES])
    return found


@pytest.mark.rule("S01")
@pytest.mark.parametrize("size", ["1280x800", "800x1280"])
def test_each_sign_of_a_map_is_told_once_the_most_asked_for_first(size: str) -> None:
    for told in told_at(size):
        assert told == ["洗手间", "无障碍洗手间", "电梯", "扶梯"]


def test_a_low_panel_has_the_room_for_the_map_alone() -> None:
    assert told_at("800x480") == [[], []]
