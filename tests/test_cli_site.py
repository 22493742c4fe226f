"""`kiosk site`: what whoever keeps the store's site does at a terminal."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from kiosk.app import role
from kiosk.app.commands.owner import as_owner_of
from kiosk.app.places import Places, places
from kiosk.app.site_versions import Versions
from kiosk.errors import KioskError, SiteError
from kiosk.ledger import audit
from kiosk.ledger.store import open_ledger
from tests.commanded import Kiosk, kiosk, site, state
from tests.ledger.shop import fresh_ledger
from tests.ledger.values import SHANGHAI

__all__ = ["kiosk", "site", "state"]

NOBODY = 65534


@pytest.fixture
def here(site: Path, tmp_path: Path) -> tuple[Path, Path]:
    """A store of its own, with a ledger."""
    named, state = tmp_path / "etc" / "kiosk", tmp_path / "state"
    shutil.copytree(site, named)
    fresh_ledger(state / "ledger.sqlite").close()
    return named, state


@pytest.fixture
def stick(here: tuple[Path, Path], tmp_path: Path) -> Path:
    """The same store under another name."""
    shutil.copytree(here[0], tmp_path / "stick")
    renamed(tmp_path / "stick", "New Store")
    return tmp_path / "stick"


def renamed(site: Path, name: str) -> None:
    text = (site / "site.toml").read_text()
    (site / "site.toml").write_text(text.replace("Hefeng Department Store", name))


def noted(state: Path) -> list[tuple[str, str]]:
    with open_ledger(state / "ledger.sqlite") as ledger, ledger.read() as connection:
        return [(line.action, line.subject) for line in audit.lines(connection, SHANGHAI)]


def test_a_site_is_looked_at_switched_to_and_taken_back(kiosk: Kiosk, here: tuple[Path, Path], stick: Path) -> None:
    named, state = here
    looked = kiosk("site", "check", stick, where=here)
    assert (looked.code, not named.is_symlink()) == (0, True), looked.err

    switched = kiosk("site", "switch", stick, where=here)

    assert switched.code == 0, switched.err
    assert "the next one to start works with it" in switched.out
    assert "New Store" in (named / "site.toml").read_text()
    rows = kiosk("site", "list", "--json", where=here).json
    assert (rows[0]["version"], rows[0]["in_use"], rows[0]["before"]) == ("first", False, True)
    assert (rows[1]["source"], rows[1]["in_use"]) == (str(stick), True)
    assert "in use" in kiosk("site", "list", where=here).out

    back = kiosk("site", "back", where=here)

    assert back.code == 0, back.err
    assert "New Store" not in (named / "site.toml").read_text()
    new = rows[1]["version"]
    assert noted(state) == [("takes in a site", new), ("switches the site", new), ("switches the site", "first")]
    assert kiosk("site", "back", "first", where=here).err == "kiosk: first is in use already\n"
    assert "there is no version other" in kiosk("site", "back", "other", where=here).err


def test_a_site_with_mistakes_is_refused_with_every_one_and_the_old_one_stays(
    kiosk: Kiosk, here: tuple[Path, Path], stick: Path
) -> None:
    (stick / "schedules" / "binder.toml").write_text("nonsense = 1\n")
    (stick / "schedules" / "calendar.toml").write_text("[weekdays]\n")

    said = kiosk("site", "switch", stick, where=here)

    assert said.code == 1
    assert "binder.toml" in said.out
    assert "calendar.toml" in said.out
    assert "stays in use" in said.err
    assert not here[0].is_symlink()


def test_a_sound_that_does_not_decode_is_found_in_the_copy_and_refused(
    kiosk: Kiosk, here: tuple[Path, Path], stick: Path
) -> None:
    (stick / "sounds" / "welcome.wav").write_bytes(b"no sound at all")

    said = kiosk("site", "switch", stick, where=here)

    assert said.code == 1
    assert "sounds/welcome.wav" in said.out
    assert "New Store" not in (here[0] / "site.toml").read_text()
    assert [path.name for path in (here[0].parent / "kiosk.d").iterdir()] == [".lock"]
    assert noted(here[1]) == [("refuses a site", "stick")]


def test_there_is_nothing_to_go_back_to_at_first(kiosk: Kiosk, here: tuple[Path, Path]) -> None:
    said = kiosk("site", "back", where=here)

    assert (said.code, "no earlier site" in said.err) == (1, True)
    assert "is a plain folder" in kiosk("site", "list", where=here).out


def test_a_site_that_was_spoilt_by_hand_does_not_keep_the_store_silent(
    kiosk: Kiosk, here: tuple[Path, Path], stick: Path
) -> None:
    named, state = here
    assert kiosk("site", "switch", stick, where=here).code == 0
    (named / "site.toml").write_text("spoilt")
    begun: list[Places] = []

    def work(where: Places) -> None:
        if "spoilt" in (where.site / "site.toml").read_text():
            raise SiteError(())
        begun.append(where)

    role._begin(work, places(named, state))

    assert [(one.site.name, one.named) for one in begun] == [("first", None)]
    assert role._wanted(places(named, state)) == ("broadcast",)
    assert kiosk("site", "back", where=here).code == 0
    (named / "site.toml").write_text("spoilt")
    with pytest.raises(SiteError):
        role._begin(work, Places(named, state))
    assert Versions(named).in_use.name == "first"


@pytest.mark.skipif(os.geteuid() != 0, reason="wants root, to be somebody else as well")
def test_what_root_had_heard_and_spoken_belongs_to_the_kiosk() -> None:
    with tempfile.TemporaryDirectory(dir="/var/tmp") as folder:
        state, hidden = Path(folder) / "state", Path(folder) / "hidden"
        Path(folder).chmod(0o755)
        state.mkdir()
        hidden.mkdir(mode=0o700)
        os.chown(state, NOBODY, NOBODY)

        with as_owner_of(state):
            (state / "heard.json").touch()

        assert (state / "heard.json").stat().st_uid == NOBODY
        with pytest.raises(KioskError, match="hidden: the kiosk's user may not read it"), as_owner_of(state):
            list(hidden.iterdir())
        assert (os.geteuid(), os.getegid()) == (0, 0)
        with as_owner_of(hidden), as_owner_of(state / "nowhere"):
            assert os.geteuid() == 0
