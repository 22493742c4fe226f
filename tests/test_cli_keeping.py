"""`kiosk status`, `kiosk backup` and `kiosk restore`, as whoever looks after the kiosk uses them."""

from __future__ import annotations

import errno
import json
import os
import sqlite3
import tarfile
from collections.abc import Callable
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

from kiosk.app.backup import back_up, backups, contents, make_room
from kiosk.app.broadcast_hatch import broadcast_hatch
from kiosk.app.heart import DESK, Heart
from kiosk.app.places import Places
from kiosk.cli import main
from kiosk.ledger import audit
from kiosk.ledger.store import open_ledger

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
PERSONAL = b"\x01" * 32


@pytest.fixture
def where(tmp_path: Path) -> Places:
    """A site and what it remembers."""
    site, state = tmp_path / "site", tmp_path / "state"
    (site / "schedules").mkdir(parents=True)
    (site / "sounds").mkdir()
    (site / "site.toml").write_text('[store]\nname = { en = "Store" }\n')
    (site / "schedules" / "binder.toml").write_text("# nothing\n")
    (site / "sounds" / "song.flac").write_bytes(b"\0" * 100)
    places = Places(site, state)
    with open_ledger(places.ledger) as ledger:
        noted(places, "before", ledger)
    places.service_key.write_bytes(PERSONAL)
    return places


def noted(where: Places, what: str, ledger: Any = None) -> None:
    with (ledger or open_ledger(where.ledger)).write() as connection:
        audit.append(connection, audit.Fact(NOW, "test", what, "nothing", {}))


def actions(where: Places) -> list[str]:
    with open_ledger(where.ledger) as ledger, ledger.read() as connection:
        return [line.action for line in audit.lines(connection, UTC)]


def run(where: Places, *words: str) -> int:
    return main([*words, "--site", str(where.site), "--state", str(where.state)])


def test_a_backup_holds_the_ledger_the_keys_and_the_texts_and_is_for_its_owner_alone(
    where: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(where, "backup") == 0

    (made,) = backups(where.state / "backups")
    assert made.stat().st_mode & 0o777 == 0o600
    assert set(contents(made)) == {
        "ledger.sqlite",
        "keys/service.key",
        "site/site.toml",
        "site/schedules/binder.toml",
    }
    assert "keep it where only the management can read it" in capsys.readouterr().out


def test_what_was_lost_comes_back_from_a_backup_and_what_was_there_is_kept(where: Places) -> None:
    made = back_up(where, where.state / "backups", NOW)
    noted(where, "after")
    where.service_key.write_bytes(b"\x02" * 32)

    assert run(where, "restore", str(made)) == 0

    assert actions(where) == ["before"]
    assert where.service_key.read_bytes() == PERSONAL
    (aside,) = where.state.glob("before-restore-*")
    assert (aside / "service.key").read_bytes() == b"\x02" * 32
    assert (aside / "ledger.sqlite").exists()


def changed(file: Path) -> None:
    raw = bytearray(file.read_bytes())
    raw[raw.index(b"SQLite format 3") + 5000] ^= 0xFF
    file.write_bytes(raw)


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:20_000])


def other(file: Path) -> None:
    with tarfile.open(file, "w") as tar:
        tar.add(Path(__file__), "ledger.sqlite")


def no_archive(file: Path) -> None:
    file.write_text("root:x:0:0:root:/root:/bin/bash\n")


@pytest.mark.parametrize("harm", [changed, cut, other, no_archive])
def test_a_backup_that_is_not_whole_replaces_nothing(
    where: Places, harm: Callable[[Path], None], capsys: pytest.CaptureFixture[str]
) -> None:
    made = back_up(where, where.state / "backups", NOW)
    noted(where, "after")
    harm(made)

    assert run(where, "restore", str(made)) == 3

    said = capsys.readouterr().err
    assert "take another" in said
    assert said.count("\n") == 1
    assert actions(where) == ["before", "after"]
    assert where.service_key.read_bytes() == PERSONAL
    assert list(where.state.glob(".restoring*")) == []


def test_a_backup_that_is_not_there_is_named(where: Places, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(where, "restore", "kiosk-yesterday.tar") == 1

    assert "kiosk-yesterday.tar is no file: name a backup" in capsys.readouterr().err


def test_nothing_is_replaced_under_a_running_role(where: Places, capsys: pytest.CaptureFixture[str]) -> None:
    made = back_up(where, where.state / "backups", NOW)

    with broadcast_hatch(where.hatch, lambda message: None):
        assert run(where, "restore", str(made)) == 1

    assert "stop it first" in capsys.readouterr().err


def test_only_the_newest_backups_are_kept(where: Places) -> None:
    for hour in range(5):
        back_up(where, where.state / "backups", NOW.replace(hour=hour), keep=3)

    assert [one.name for one in backups(where.state / "backups")] == [
        "kiosk-20261122T020000Z.tar",
        "kiosk-20261122T030000Z.tar",
        "kiosk-20261122T040000Z.tar",
    ]


def test_where_the_card_is_full_the_oldest_backups_make_room_and_the_newest_stay(tmp_path: Path) -> None:
    for day in range(1, 9):
        (tmp_path / f"kiosk-2026110{day}T030000Z.tar").write_bytes(b"\0" * 1000)

    def free(folder: Path) -> int:
        return 10_000 - 1000 * len(backups(folder))

    make_room(tmp_path, 4000, free)
    assert [one.name[6:14] for one in backups(tmp_path)] == [f"2026110{day}" for day in range(3, 9)]
    make_room(tmp_path, 9000, free)

    assert [one.name[6:14] for one in backups(tmp_path)] == [f"2026110{day}" for day in range(4, 9)]


def test_without_a_ledger_there_is_nothing_to_back_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["backup", "--state", str(tmp_path)]) == 1
    assert "nothing to back up yet" in capsys.readouterr().err


def test_the_status_says_how_each_part_of_a_role_does(where: Places, capsys: pytest.CaptureFixture[str]) -> None:
    now_s = [0.0]
    heart = Heart("broadcast", {DESK: None}, mono_s=lambda: now_s[0])
    heart.beat(DESK)
    heart.look()
    with broadcast_hatch(where.hatch, lambda message: None, vitals=heart.values):
        now_s[0] = 4_000.0
        assert run(where, "status", "--json") == 1
        stuck = json.loads(capsys.readouterr().out)
        heart.beat(DESK)
        heart.look()
        assert run(where, "status") == 0

    assert stuck["problems"] == [
        "broadcast: the desk: the desk has made no progress for 4000 s: "
        "a driver or the disk keeps it waiting; the role is started again"
    ]
    assert "up 1 h 6 min: the desk works" in capsys.readouterr().out


def test_a_role_that_tells_a_fault_lives_and_is_not_well(where: Places) -> None:
    def vitals() -> dict[str, object]:
        return {"up_s": 1.0, "parts": [], "faults": ["no sound output: look at the cable"]}

    with broadcast_hatch(where.hatch, lambda message: None, vitals=vitals):
        assert run(where, "status") == 1
        assert run(where, "status", "--lives") == 0
    assert run(where, "status", "--lives") == 1


def test_the_status_of_a_machine_on_which_nothing_ever_ran_blames_no_card(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["status", "--site", str(tmp_path), "--state", str(tmp_path / "state")]) == 1

    assert f"disk       {tmp_path / 'state'} is not there: a role makes it when it starts\n" in capsys.readouterr().out


def test_where_only_the_demo_runs_it_is_told_how_that_does_but_no_upgrade_takes_it_for_the_store(
    where: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    with broadcast_hatch(where.demo.hatch, lambda message: None, vitals=lambda: {"up_s": 61.0, "parts": []}):
        assert run(where, "status") == 0
        assert "broadcast  up 1 min" in capsys.readouterr().out
        assert run(where, "status", "--lives") == 1


@pytest.mark.parametrize("text", ["[lockers]\n", "[touchscreen]\nwidth_mm = 217.0\n", "\ufeff[lockers]\r\n", "no TOML"])
def test_the_status_says_which_role_does_not_run(where: Places, capsys: pytest.CaptureFixture[str], text: str) -> None:
    (where.site / "site.toml").write_text(text, encoding="utf-8")

    assert run(where, "status") == 1

    out = capsys.readouterr().out
    assert "no broadcast role listens" in out
    assert "no front role listens" in out
    assert out.endswith("2 wrong\n")


def test_every_night_a_backup_is_made_and_the_whole_ledger_is_read(
    where: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    old = where.state / "ledger.sqlite.before-0008-20200101T000000Z"
    old.touch()
    os.utime(old, (0, 0))

    assert run(where, "housekeeping") == 0

    assert len(backups(where.state / "backups")) == 1
    out = capsys.readouterr().out
    assert "the ledger is whole" in out
    assert f"{old.name} is old and was removed" in out


@pytest.mark.rule("S20")
def test_what_restores_and_power_cuts_left_goes_in_its_time_and_what_is_fresh_stays(where: Places) -> None:
    backed_up = where.state / "backups"
    copy, half = where.state / "before-restore-20200101T000000Z", where.state / ".restoring-20200101T000000Z"
    for folder in (copy, half, backed_up):
        folder.mkdir()
        (folder / "ledger.sqlite").write_bytes(b"SQLite")
    left = [copy, half, backed_up / ".kiosk-1.tar.ab.sqlite", backed_up / "kiosk-1.tar.part"]
    for file in left[2:]:
        file.touch()
    fresh = backed_up / "kiosk-2.tar.part"
    fresh.touch()
    for one in left:
        os.utime(one, (0, 0))

    assert run(where, "housekeeping") == 0

    assert not any(one.exists() for one in left)
    assert fresh.exists()


def test_what_the_night_cannot_remove_is_told(
    where: Places, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    old = where.state / "ledger.sqlite.damaged-20200101T000000Z"
    old.touch()
    os.utime(old, (0, 0))

    def read_only(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(Path, "unlink", read_only)
    code = run(where, "housekeeping")

    assert code == 1
    assert f"{old} is old and cannot be removed: Read-only file system" in capsys.readouterr().err


def test_what_the_night_finds_wrong_is_told_and_the_rest_is_done(
    where: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    with sqlite3.connect(where.ledger) as connection:
        connection.execute("DROP TRIGGER audit_no_update")
        connection.execute("UPDATE audit SET action = 'never' WHERE n = 1")

    assert run(where, "housekeeping") == 1

    assert len(backups(where.state / "backups")) == 1
    err = capsys.readouterr().err
    assert "audit_no_update is missing" in err
    assert "content altered" in err


def test_a_store_without_a_ledger_has_nothing_to_look_after(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["housekeeping", "--state", str(tmp_path)]) == 1
    assert "nothing to look after" in capsys.readouterr().err


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])

    assert ended.value.code == 0
    assert capsys.readouterr().out == f"kiosk {metadata.version('kiosk')}\n"
