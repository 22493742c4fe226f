"""A child that is sent for one value: it comes, or what went wrong is told, and nobody waits for what came after."""

from __future__ import annotations

import threading
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.app.messenger import Give, Messenger
from kiosk.app.places import Places
from kiosk.app.site_reading import site_of
from kiosk.errors import KioskError, SiteError


def brings(give: Give[str], name: str) -> None:
    give(f"bread from {name}")
    threading.Event().wait(600.0)


def finds_none(give: Give[str], name: str) -> None:
    raise KioskError(f"{name} is closed")


def gets_lost(give: Give[str], name: str) -> None:
    raise SystemExit(1)


def test_the_value_comes_before_the_child_has_ended() -> None:
    sent: Messenger[str] = Messenger(brings, "Adams", name="errand")

    assert sent.value() == "bread from Adams"
    sent._child.kill()
    sent.close()


def test_what_went_wrong_there_is_raised_here() -> None:
    with (
        closing(Messenger[str](finds_none, "Adams", name="errand")) as sent,
        pytest.raises(KioskError, match="Adams is closed"),
    ):
        sent.value()


def test_a_child_that_went_in_vain_for_somebody_who_is_gone_ends_quietly() -> None:
    sent: Messenger[str] = Messenger(finds_none, "Adams", name="errand")

    sent.close()

    assert sent._child.exitcode == 0


def test_a_child_that_ends_without_a_word_is_waited_for_no_longer() -> None:
    with closing(Messenger[str](gets_lost, "Adams", name="errand")) as sent, pytest.raises(EOFError):
        sent.value()


def test_a_site_that_is_none_is_told_as_ever(tmp_path: Path) -> None:
    with pytest.raises(SiteError):
        site_of(tmp_path)


def test_a_machine_is_new_while_it_has_neither_a_ledger_nor_a_backup_of_one(tmp_path: Path) -> None:
    places = Places(tmp_path, tmp_path)
    new = places.nothing_kept
    (tmp_path / "backups").mkdir()
    (tmp_path / "backups" / "kiosk-20261122.tar").touch()

    assert (new, places.nothing_kept) == (True, False)
