from __future__ import annotations

import os
from pathlib import Path

import pytest

from kiosk.app.places import places
from kiosk.errors import KioskError

NOBODY = 54321  # a container may run as a user that its machine does not know


@pytest.fixture(autouse=True)
def homeless(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("HOME", "XDG_STATE_HOME", "KIOSK_STATE", "KIOSK_SITE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(os, "getuid", lambda: NOBODY)


def test_a_user_without_a_home_is_told_to_name_a_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.app.places.INSTALLED_STATE", Path("/nowhere"))

    with pytest.raises(KioskError, match="this user has no home: name a folder with --state"):
        places(None, None)


def test_nobody_asks_for_a_home_where_the_state_has_a_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert places(None, tmp_path).state == tmp_path

    monkeypatch.setattr("kiosk.app.places.INSTALLED_STATE", tmp_path)
    assert places(None, None).state == tmp_path
