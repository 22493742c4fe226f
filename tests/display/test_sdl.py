from __future__ import annotations

from itertools import chain, repeat

import pygame
import pytest

from kiosk.display.sdl import REST_S, waiter


def test_a_window_that_is_fifty_days_old_waits_no_longer_than_it_was_told(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = chain([2**32 - 1], repeat(0))  # SDL counts milliseconds in 32 bits
    looks: list[int] = []

    def nothing_comes() -> bool:
        looks.append(1)
        assert len(looks) < 1000
        return False

    monkeypatch.setattr(pygame.time, "get_ticks", lambda: next(ticks))
    monkeypatch.setattr(pygame.event, "peek", nothing_comes)

    waiter("dummy")(5 * REST_S)

    assert looks
