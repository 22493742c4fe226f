"""What a start remembers of the one before: believed while nothing has changed, and not for a moment longer."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from kiosk.app.errands import Opened
from kiosk.app.opening import open_at_once
from kiosk.app.places import Places
from kiosk.app.recollection import Reading, recall, remember
from tests.app.test_opening import a_site


@pytest.fixture(scope="module")
def first_start(tmp_path_factory: pytest.TempPathFactory) -> tuple[Places, Opened]:
    """A start that heard everything and wrote down what it found."""
    places = a_site(tmp_path_factory.mktemp("first"))
    reading = Reading(places.site)
    reading.begin()
    opened = open_at_once(places)
    remember(places, opened, reading.marks)
    return places, opened


@pytest.fixture
def again(first_start: tuple[Places, Opened]) -> Places:
    """Nothing has changed since."""
    places, opened = first_start
    if recall(places) is None:
        remember(places, opened, {str(file): _mark(file) for file in places.site.rglob("*.toml")})
    return places


def _mark(file: Path) -> list[int]:
    seen = file.stat()
    return [seen.st_mtime_ns, seen.st_size, seen.st_ino]


def test_a_start_that_finds_everything_as_it_was_knows_it_at_once(first_start: tuple[Places, Opened]) -> None:
    places, opened = first_start

    known = recall(places)

    assert known is not None
    assert known.office.site == opened.office.site
    assert known.office.sounds == opened.office.sounds
    assert known.errands == opened.errands


def test_nobody_else_may_read_or_write_it(again: Places) -> None:
    assert again.recollection.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "changed", ["site.toml", "schedules/binder.toml", "schedules/playlists.toml", "sounds/music/1.wav"]
)
def test_a_file_that_changed_has_everything_read_again(again: Places, changed: str) -> None:
    file = again.site / changed
    was = file.stat()
    os.utime(file, ns=(was.st_atime_ns, was.st_mtime_ns + 1))

    assert recall(again) is None
    os.utime(file, ns=(was.st_atime_ns, was.st_mtime_ns))


def test_a_song_that_was_added_has_everything_read_again(again: Places) -> None:
    shutil.copy(again.site / "sounds/music/1.wav", again.site / "sounds/music/new.wav")

    assert recall(again) is None
    (again.site / "sounds/music/new.wav").unlink()


def test_a_page_s_file_that_was_added_has_everything_read_again(again: Places) -> None:
    (again.site / "schedules/guide.toml").write_text("", encoding="utf-8")

    assert recall(again) is None
    (again.site / "schedules/guide.toml").unlink()


def test_another_version_of_the_site_is_read_though_the_old_one_is_as_it_was(again: Places, tmp_path: Path) -> None:
    other = Places(shutil.copytree(again.site, tmp_path / "other"), again.state)

    assert recall(other) is None
    assert recall(again) is not None


def test_what_was_listened_to_since_counts(again: Places) -> None:
    known = again.heard.read_text(encoding="utf-8") if again.heard.exists() else None
    again.heard.write_text("{}", encoding="utf-8")

    assert recall(again) is None
    if known is None:
        again.heard.unlink()
    else:
        again.heard.write_text(known, encoding="utf-8")


def test_one_that_others_may_write_is_not_believed(again: Places) -> None:
    again.recollection.chmod(0o620)

    assert recall(again) is None


@pytest.mark.parametrize("cut", [0, 10, -1])
def test_one_that_was_torn_is_not_believed(again: Places, cut: int) -> None:
    again.recollection.write_bytes(again.recollection.read_bytes()[:cut])

    assert recall(again) is None


def test_one_that_was_tampered_with_is_not_believed(again: Places) -> None:
    whole = bytearray(again.recollection.read_bytes())
    whole[-20] ^= 1
    again.recollection.write_bytes(whole)

    assert recall(again) is None


def test_a_disk_that_cannot_be_written_is_told_and_the_store_opens_all_the_same(
    first_start: tuple[Places, Opened], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    places, opened = first_start
    nowhere = Places(places.site, tmp_path / "gone")
    nowhere.state.write_text("a file where the folder should be", encoding="utf-8")

    remember(nowhere, opened, {})

    assert "the next start takes seconds longer" in caplog.text
    assert recall(nowhere) is None
