"""The screen's server is killed while a bag is being left, and comes back: the lockers never notice."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.audio.waiting import eventually
from tests.stories.front_role import PATIENCE_S, Shop
from tests.stories.test_touch_shop import PANEL, THREE, Shopper, with_screen
from tests.stories.x_display import PRESENT, x_display

pytestmark = pytest.mark.skipif(not PRESENT, reason="Xvfb is not installed")


def told(shop: Shop) -> list[str]:
    status: dict[str, Any] = shop.asks(do="status")["status"]
    return [text for text in status["warnings"] if text.startswith("the touchscreen")]


def test_a_display_that_goes_in_the_middle_of_a_deposit_comes_back_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SDL_VIDEODRIVER", "x11")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    with ExitStack() as stack:
        shop = Shop(tmp_path)
        stack.callback(shop.close)
        with_screen(shop.places.site)
        shop.furnish()
        with x_display(PANEL.width, PANEL.height) as x:
            monkeypatch.setenv("DISPLAY", x.name)
            role = shop.start()
            shopper = Shopper(x)
            shopper.touches(shopper.sees_home(), "store")
            shopper.touches(shopper.sees("deposit.size"), "size small")
            shopper.touches(shopper.sees("deposit.valuables"), "agree")
            shopper.touches(shopper.sees("deposit.check"), "agree")
            shopper.sees("deposit.put-in", THREE)
            x.dies()
            eventually(lambda: told(shop) != [], within_s=PATIENCE_S, what="staff are told")
            shop.bank.push_shut(THREE)  # with nothing to see, the door is heard all the same
            eventually(lambda: shop.stands(THREE)["door"] == "closed", within_s=PATIENCE_S, what="the door is shut")
            assert role.poll() is None
        with x_display(PANEL.width, PANEL.height, x.name) as x:
            shopper = Shopper(x)
            shopper.sees("deposit.tag", THREE)
            eventually(lambda: told(shop) == [], within_s=PATIENCE_S, what="staff are told no more")
            shop.reader.reads(shop.plaque(THREE))
            shopper.sees("deposit.kept", THREE)
            shopper.sees_home()
            logged = shop.stop(role)

    assert role.returncode == 0, logged
    assert shop.coils.given == [THREE]
    assert "Traceback" not in logged
