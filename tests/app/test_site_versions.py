"""A site is switched in one step: at whatever moment the power goes, the store has one whole site or the other."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.app import site_versions
from kiosk.app.places import Places, other_site
from kiosk.app.site_versions import Versions, anchor_of, earlier, held
from kiosk.errors import DeviceFault, KioskError

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def a_site(folder: Path, text: str) -> Path:
    (folder / "sounds").mkdir(parents=True)
    (folder / "site.toml").write_text(text)
    (folder / "sounds" / "song.wav").write_bytes(b"the same song")
    (folder / "sounds" / "new.wav").write_bytes(text.encode())
    return folder


@pytest.fixture
def named(tmp_path: Path) -> Path:
    """A store whose site is a plain folder, as /etc/kiosk of an older installation."""
    return a_site(tmp_path / "etc" / "kiosk", "old")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return a_site(tmp_path / "stick", "new")


def switched(named: Path, source: Path, now: datetime = NOW, step: Callable[[str], None] = lambda name: None) -> None:
    versions = Versions(named, step=step)
    with versions.alone():
        version = versions.admit(versions.take_in(source, now), now, "anna", source)
        versions.switch_to(version)
        versions.let_go(2)


def whole(named: Path) -> str:
    """What the site says, once all of it was found to belong together."""
    text = (named / "site.toml").read_text()
    assert (named / "sounds" / "new.wav").read_text() == text
    assert (named / "sounds" / "song.wav").read_bytes() == b"the same song"
    return text


def test_the_link_is_moved_and_the_one_before_is_kept(named: Path, source: Path) -> None:
    switched(named, source)

    versions = Versions(named)
    assert whole(named) == "new"
    assert named.readlink() == Path("kiosk.d/20261122T080000Z")
    assert [one.path.name for one in versions.all()] == ["first", "20261122T080000Z"]
    assert (versions.all()[1].by, versions.all()[1].source) == ("anna", str(source))
    assert versions.previous is not None
    assert whole(versions.previous) == "old"

    versions.switch_to(versions.previous)

    assert whole(named) == "old"
    assert versions.previous == named.parent / "kiosk.d" / "20261122T080000Z"


def _cut_at(named: Path, source: Path, nth: int) -> None:
    count = 0

    def step(_: str) -> None:
        nonlocal count
        count += 1
        if count == nth:
            os._exit(9)

    switched(named, source, LATER, step)


def steps_of(named: Path, source: Path) -> list[str]:
    names: list[str] = []
    switched(named, source, LATER, names.append)
    return names


@pytest.mark.parametrize("first", [True, False], ids=["a plain folder", "a link already"])
def test_the_power_may_go_at_every_step(tmp_path: Path, first: bool) -> None:
    def store(name: str) -> tuple[Path, Path]:
        named = a_site(tmp_path / name / "kiosk", "old")
        if not first:
            switched(named, a_site(tmp_path / name / "older", "older"))
            switched(named, a_site(tmp_path / name / "again", "old"), NOW.replace(minute=5))
        return named, a_site(tmp_path / name / "stick", "new")

    names = steps_of(*store("whole"))
    found = []
    fork = multiprocessing.get_context("fork")
    for nth, name in enumerate(names, 1):
        named, source = store(f"cut{nth}")
        child = fork.Process(target=_cut_at, args=(named, source, nth))
        child.start()
        child.join()
        assert child.exitcode == 9, f"it went on after {name}"

        found.append((name, whole(named)))

        versions = Versions(named)
        with versions.alone():
            left = [one.name for one in versions.folder.iterdir() if one.name.startswith((".coming", "previous.new"))]
            assert left == [], f"cut at {name}"
        switched(named, source, LATER.replace(minute=30))
        assert whole(named) == "new"
        assert len(list(versions.folder.glob("*T*Z"))) <= 3

    turn = next(at for at, (_, text) in enumerate(found) if text == "new")
    assert {text for _, text in found[:turn]} == {"old"}
    assert {text for _, text in found[turn:]} == {"new"}
    assert "exchange" in names if first else "exchange" not in names


def test_a_sound_that_the_store_has_already_takes_no_room_again(named: Path, source: Path) -> None:
    switched(named, source)

    songs = [one.path / "sounds" / "song.wav" for one in Versions(named).all()]
    assert songs[0].stat().st_ino == songs[1].stat().st_ino
    assert (named / "site.toml").stat().st_nlink == 1


def test_what_was_heard_of_a_sound_is_still_known_of_its_copy(named: Path, source: Path) -> None:
    os.utime(source / "sounds" / "new.wav", ns=(1_000_000_000, 1_700_000_000_123_456_789))

    switched(named, source)

    assert (named / "sounds" / "new.wav").stat().st_mtime_ns == 1_700_000_000_123_456_789


def test_a_file_that_only_the_kiosk_may_read_stays_so(named: Path, source: Path) -> None:
    (named / "site.toml").chmod(0o640)

    switched(named, source)

    assert (named / "site.toml").stat().st_mode & 0o777 == 0o640


def test_old_versions_are_cleared_away_but_none_that_a_role_works_with(named: Path, tmp_path: Path) -> None:
    for hour in range(9, 14):
        with held(named.resolve()) if hour == 10 else held(tmp_path):
            switched(named, a_site(tmp_path / str(hour), str(hour)), NOW.replace(hour=hour))
    assert [one.path.name[9:11] for one in Versions(named).all()] == ["12", "13"]

    with held(named.parent / "kiosk.d" / "20261122T120000Z"):
        for hour in range(14, 17):
            switched(named, a_site(tmp_path / str(hour), str(hour)), NOW.replace(hour=hour))
        assert [one.path.name[9:11] for one in Versions(named).all()] == ["12", "15", "16"]


def test_a_role_that_began_with_a_plain_folder_begins_anew_before_the_first_switch(named: Path, source: Path) -> None:
    with held(named), pytest.raises(KioskError, match="start the roles anew once"):
        switched(named, source)
    assert whole(named) == "old"

    switched(named, source)

    assert whole(named) == "new"


def a_link(source: Path) -> None:
    (source / "schedules").symlink_to("/etc")


def a_pipe(source: Path) -> None:
    os.mkfifo(source / "sounds" / "pipe")


def nothing(source: Path) -> None:
    (source / "site.toml").unlink()


@pytest.mark.parametrize(
    ("harm", "told"), [(a_link, "is a link"), (a_pipe, "neither a file"), (nothing, "holds no site.toml")]
)
def test_what_is_no_site_is_refused(named: Path, source: Path, harm: Callable[[Path], None], told: str) -> None:
    harm(source)

    with pytest.raises(KioskError, match=told):
        switched(named, source)
    assert whole(named) == "old"


def test_what_a_stick_keeps_for_itself_is_left_there(named: Path, source: Path) -> None:
    for hidden in (".Trashes/old.wav", "System Volume Information/x.dat"):
        (source / hidden).parent.mkdir()
        (source / hidden).touch()

    switched(named, source)

    names = {path.name for path in named.resolve().iterdir()}
    assert names == {"site.toml", "sounds", ".version.json"}


def test_links_to_the_site_are_followed_to_where_it_is_kept(named: Path, source: Path, tmp_path: Path) -> None:
    outer = tmp_path / "outer"
    outer.symlink_to(named)

    assert anchor_of(outer) == named
    switched(outer, source)

    assert whole(outer) == "new"
    assert anchor_of(outer) == named
    assert outer.readlink() == named


def test_the_programs_own_folder_is_left_alone() -> None:
    with pytest.raises(KioskError, match="name the store's own site"):
        Versions(site_versions.PROGRAM)
    assert earlier(Places(site_versions.PROGRAM, Path("/state"), site_versions.PROGRAM)) is None


def test_a_disk_that_refuses_leaves_the_site_in_use(tmp_path: Path, source: Path) -> None:
    named = a_site(tmp_path / "etc" / "kiosk", "old")
    (named.parent / "kiosk.d").write_text("in the way")

    with pytest.raises(DeviceFault, match="the site in use stays"):
        switched(named, source)
    assert whole(named) == "old"


def test_a_role_sees_that_another_version_waits(named: Path, source: Path) -> None:
    where = Places(named.resolve(), Path("/state"), named)
    assert other_site(where) == ""
    assert earlier(where) is None

    switched(named, a_site(named.parent / "second", "second"), NOW.replace(hour=7))
    where = Places(named.resolve(), Path("/state"), named)
    switched(named, source)

    assert other_site(where) == "20261122T080000Z"
    assert earlier(where) == named.parent / "kiosk.d" / "20261122T070000Z"
    assert other_site(Places(named.resolve(), Path("/state"))) == ""
