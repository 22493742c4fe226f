"""Files that a person writes on whatever machine they have: an editor of Windows adds a mark before, CRLF behind."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kiosk.app.commands.pin import pin_of
from kiosk.app.events import read_events
from kiosk.app.receipts import till_database
from kiosk.config.first_look import first_look
from kiosk.config.load import load_site
from kiosk.config.playlist_file import add_to_playlist
from kiosk.config.returning import TillDatabase
from kiosk.errors import KioskError
from tests.contracts.test_receipts_contract import COLUMNS, TABLES
from tests.ledger.values import TEN
from tests.sites import SITE, write_site


def as_windows_saves(file: Path) -> Path:
    """The same file, saved by an editor there."""
    text = file.read_text(encoding="utf-8")
    file.write_text(text, encoding="utf-8-sig", newline="\r\n")
    return file


def test_a_pin_is_read_from_its_file(tmp_path: Path) -> None:
    file = tmp_path / "pin"
    file.write_text("735218\n")

    assert pin_of(as_windows_saves(file), "") == "735218"


def test_without_a_terminal_a_pin_is_asked_for_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_terminal(*_: object, **__: object) -> int:
        raise OSError("no such device")

    monkeypatch.setattr(os, "open", no_terminal)
    with Path(os.devnull).open() as nobody:
        monkeypatch.setattr("sys.stdin", nobody)
        with pytest.raises(KioskError, match="no terminal to ask on: name a file that holds it"):
            pin_of(None, "PIN of anna: ")


def test_events_are_read(tmp_path: Path) -> None:
    file = tmp_path / "events.jsonl"
    file.write_text('{"at":"10:05","do":"reset"}\n{"at":"10:06","do":"reset"}\n')

    zone = ZoneInfo("Asia/Shanghai")
    assert len(read_events(as_windows_saves(file), TEN.date(), zone, "all-clear")) == 2


def test_songs_join_a_playlist(tmp_path: Path) -> None:
    root = write_site(tmp_path)
    as_windows_saves(root / "schedules/playlists.toml")

    add_to_playlist(root, "day", ["sounds/music/song 3.wav"])

    assert "song 3.wav" in (root / "schedules/playlists.toml").read_text(encoding="utf-8")


def test_the_screen_is_seen_at_the_first_look(tmp_path: Path) -> None:
    root = write_site(tmp_path, site=SITE + "\n[touchscreen]\nwidth_mm = 217.0\n")
    as_windows_saves(root / "site.toml")

    assert first_look(root) is not None


def test_the_password_of_a_till_is_what_was_written(tmp_path: Path) -> None:
    site = load_site(write_site(tmp_path / "site"))
    password = tmp_path / "password"
    password.write_text("secret\n")
    asked = TillDatabase("mysql+pymysql://kiosk@till/pos", TABLES, COLUMNS, timeout_s=5.0)

    till = till_database(site, replace(asked, password_file=str(as_windows_saves(password))))

    assert till._engine.url.password == "secret"
    till.close()
