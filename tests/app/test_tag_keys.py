from __future__ import annotations

import logging
import os
import stat
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.app.tag_keys import KeyRing, make_keys, read_keys, rotate
from kiosk.errors import DeviceFault
from kiosk.rules.lockers.codes import read, text_of
from kiosk.rules.lockers.verdicts import Reason, Refused
from tests.rules.lockers.tags import NOW, PLAQUE

MONTH = timedelta(days=30)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "locker-tags.key"


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.rule("L02")
def test_the_key_is_made_once_and_is_for_the_service_alone(path: Path) -> None:
    make_keys(path)
    (key,) = read_keys(path)
    make_keys(path)

    assert read_keys(path) == (key,)
    assert mode(path) == 0o600
    assert len(key.secret) == 32
    assert list(path.parent.iterdir()) == [path]


def test_two_stores_have_two_keys(tmp_path: Path) -> None:
    make_keys(tmp_path / "a")
    make_keys(tmp_path / "b")

    assert read_keys(tmp_path / "a")[0].secret != read_keys(tmp_path / "b")[0].secret


def test_a_key_that_others_could_read_is_closed_and_that_is_told(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    make_keys(path)
    path.chmod(0o644)

    with caplog.at_level(logging.WARNING):
        make_keys(path)

    assert mode(path) == 0o600
    assert "kiosk lockers tags rotate" in caplog.text


@pytest.mark.rule("L02")
def test_after_a_rotation_tags_of_the_old_key_count_as_long_as_the_overlap_lasts(path: Path) -> None:
    now = NOW
    make_keys(path)
    ring = KeyRing(path, lambda: now)
    (old,) = ring.accepted()

    new = rotate(path, NOW, MONTH)

    assert [key.id for key in ring.accepted()] == [new.id, old.id]
    assert read(text_of(PLAQUE, old), ring.accepted()) == PLAQUE
    assert mode(path) == 0o600
    now = NOW + MONTH
    assert [key.id for key in ring.accepted()] == [new.id]
    assert read(text_of(PLAQUE, old), ring.accepted()) == Refused(Reason.STRANGE_KEY)


def test_a_leaked_key_is_worth_nothing_at_once(path: Path) -> None:
    make_keys(path)
    ring = KeyRing(path, lambda: NOW)
    (leaked,) = ring.accepted()

    rotate(path, NOW, timedelta(0))

    assert leaked.id not in {key.id for key in ring.accepted()}


def test_no_two_keys_that_count_have_the_same_number_however_often_they_are_rotated(path: Path) -> None:
    make_keys(path)
    for _ in range(15):
        rotate(path, NOW, MONTH)
        ids = [key.id for key in read_keys(path)]
        assert len(set(ids)) == len(ids) <= 10


def test_a_second_rotation_makes_no_older_key_count_longer(path: Path) -> None:
    make_keys(path)
    rotate(path, NOW, timedelta(days=2))
    rotate(path, NOW + timedelta(days=1), MONTH)

    assert [key.until for key in read_keys(path)] == [None, NOW + timedelta(days=31), NOW + timedelta(days=2)]


def test_a_key_that_is_gone_is_not_replaced_behind_the_stores_back(path: Path) -> None:
    with pytest.raises(DeviceFault, match=r"is gone .*backup"):
        make_keys(path, in_use=frozenset((7,)))

    assert not path.exists()
    with pytest.raises(DeviceFault, match="tags cannot be checked"):
        KeyRing(path, lambda: NOW).accepted()


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{}",
        "[]",
        "[1]",
        '[{"id": 1, "key": "00", "until": null}]',
        '[{"id": 11, "key": "' + "00" * 32 + '", "until": null}]',
        '[{"id": 1, "key": "x", "until": null}]',
        '[{"id": 1, "key": "' + "00" * 32 + '", "until": "soon"}]',
        "\x80",
    ],
)
def test_a_damaged_key_file_is_told_with_the_remedy(path: Path, content: str) -> None:
    path.parent.mkdir()
    path.write_text(content, encoding="latin-1")

    with pytest.raises(DeviceFault, match=r"is damaged: put it back from the backup"):
        KeyRing(path, lambda: NOW).accepted()


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    file = tmp_path / "state"
    file.write_text("no folder")

    for act in (lambda: make_keys(file / "key"), lambda: rotate(file / "key", NOW, MONTH)):
        with pytest.raises(DeviceFault, match="let the kiosk's user read and write it"):
            act()


def test_what_root_makes_belongs_to_the_service(path: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("needs root, to be somebody else than the service")
    path.parent.mkdir()
    os.chown(path.parent, 12_345, 12_346)

    make_keys(path)

    assert (path.stat().st_uid, path.stat().st_gid) == (12_345, 12_346)
