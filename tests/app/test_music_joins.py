"""Music that is added while the role runs: the back office reads the playlists anew, and the command says so."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.app.back_office import BackOffice
from kiosk.app.broadcast_hatch import broadcast_hatch
from kiosk.app.places import Places
from kiosk.cli import main
from kiosk.desks.broadcast.messages import Fault, Message, MusicChanged, PlanReady, Stocked
from tests import sites
from tests.app.test_back_office import DEADLINE_S, ORDER

Inbox = queue.SimpleQueue[Message]
NEW = "sounds/music/new.wav"


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(sites.write_site(tmp_path / "site"), tmp_path / "state")


@pytest.fixture
def inbox() -> Inbox:
    return queue.SimpleQueue()


@pytest.fixture
def office(places: Places, inbox: Inbox) -> Iterator[BackOffice]:
    with closing(BackOffice(places, None, inbox.put)) as one:
        one.prepare()
        yield one


def a_new_song(places: Places) -> None:
    """Into the folder that the playlist of the day names as a whole."""
    sites.write_tone(places.site / NEW, 0.6, hertz=660.0)


def songs(message: Message) -> set[str]:
    assert isinstance(message, Stocked)
    return {song.clip.path for song in message.material.songs()}


@pytest.mark.rule("B04")
def test_a_song_that_was_added_meanwhile_joins_what_can_be_planned(
    office: BackOffice, inbox: Inbox, places: Places
) -> None:
    a_new_song(places)

    office.read_playlists()
    told = inbox.get(timeout=DEADLINE_S)
    office.order_plan(ORDER)
    planned = inbox.get(timeout=DEADLINE_S)

    assert NEW in songs(told)
    assert isinstance(planned, PlanReady)
    assert NEW in {song.clip.path for song in planned.material.songs()}


def test_what_did_not_change_is_not_planned_anew(office: BackOffice, inbox: Inbox, places: Places) -> None:
    office.read_playlists()
    office.read_playlists()  # while the first reading is under way: it is read once more afterwards
    a_new_song(places)
    office.read_playlists()

    assert NEW in songs(inbox.get(timeout=DEADLINE_S))
    assert inbox.empty()


@pytest.mark.rule("B03")
def test_a_site_that_cannot_be_read_any_more_leaves_the_music_as_it_was(
    office: BackOffice, inbox: Inbox, places: Places
) -> None:
    (places.site / "site.toml").write_text("[store", encoding="utf-8")

    office.read_playlists()
    told = inbox.get(timeout=DEADLINE_S)
    office.order_plan(ORDER)
    planned = inbox.get(timeout=DEADLINE_S)

    assert isinstance(told, Fault)
    assert "the music stays as it was" in told.text
    assert isinstance(planned, PlanReady)


def test_a_role_that_closes_while_the_playlists_are_read_waits_for_nobody(places: Places, inbox: Inbox) -> None:
    office = BackOffice(places, None, inbox.put)
    office.prepare()
    office.read_playlists()

    office.close()
    office.read_playlists()

    assert inbox.empty()


def test_the_command_tells_the_running_role_and_says_so(
    tmp_path: Path, places: Places, inbox: Inbox, capsys: pytest.CaptureFixture[str]
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    words = ["library", "add", str(stick), "--playlist", "closing"]
    where = ["--site", str(places.site), "--state", str(places.state)]
    sites.write_tone(stick / "one.wav", 3.0, hertz=500.0)

    with broadcast_hatch(places.hatch, inbox.put):
        main([*words, *where])
    running = capsys.readouterr().out
    sites.write_tone(stick / "two.wav", 3.0, hertz=600.0)
    main([*words, *where])
    alone = capsys.readouterr().out

    assert inbox.get(timeout=DEADLINE_S) == MusicChanged()
    assert "The running broadcast role lays out the rest of the day" in running
    assert "No broadcast role runs here" in alone
