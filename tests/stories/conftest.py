from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.app.office import Office, clip_paths
from kiosk.config.load import load_site
from kiosk.config.site import Site
from kiosk.rules.broadcast.library import Sound
from kiosk.units import LANGUAGES, ScriptId
from tests import sites
from tests.stories.shop import Shop

SONGS = 30
SPOKEN = {"closing-30": 18.0, "lost-child": 14.0, "evacuation": 12.0}
SITE = sites.SITE + '\n[[buttons]]\nid = "next"\naction = "next-song"\n'


def invented(path: str) -> Sound:
    """How long a file lasts, as if somebody had listened to it."""
    if "/music/" in path:
        number = int("".join(one for one in path if one.isdigit()))
        return Sound(61.0 + (number * 3779) % 229 + (number * 613) % 1000 / 1000, -20.0, -3.0)
    seconds = {"sounds/welcome.wav": 150.0, "sounds/closing.wav": 145.0, "sounds/chime.wav": 2.5}
    return Sound(seconds.get(path, SPOKEN.get(Path(path).stem, 16.25)), -20.0, -3.0)


def office_of(site: Site) -> Office:
    spoken = {(ScriptId(name), LANGUAGES[0]): f"/spoken/{name}.wav" for name in SPOKEN}
    return Office(site, {path: invented(path) for path in (*clip_paths(site), *spoken.values())}, spoken)


@pytest.fixture(scope="session")
def make_site(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Site]:
    """A site of thirty songs; keywords as for `sites.write_site`."""
    sounds_s = {path: 0.01 for path in sites.SOUNDS_S if "/music/" not in path}
    sounds_s |= {f"sounds/music/song {number}.wav": 0.01 for number in range(1, SONGS + 1)}

    def make(**changes: str | tuple[str, str]) -> Site:
        return load_site(
            sites.write_site(tmp_path_factory.mktemp("site"), sounds_s=sounds_s, **{"site": SITE, **changes})
        )

    return make


@pytest.fixture(scope="session")
def site(make_site: Callable[..., Site]) -> Site:
    return make_site()


@pytest.fixture(scope="session")
def office(site: Site) -> Office:
    return office_of(site)


@pytest.fixture
def shop(office: Office) -> Shop:
    return Shop(office)


@pytest.fixture
def berlin(site: Site) -> Shop:
    """The same store where clocks are changed."""
    return Shop(office_of(replace(site, time_zone="Europe/Berlin")))
