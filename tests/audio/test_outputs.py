"""The first card's side of the further ones, with their real processes; no sound server is needed."""

from __future__ import annotations

import errno
import os
import subprocess
from collections.abc import Iterator

import numpy as np
import psutil
import pytest

from kiosk.audio import outputs
from kiosk.audio.outputs import Card, FurtherCard, split
from kiosk.audio.voice import Mix
from tests.audio.waiting import eventually

CARD = Card("upstairs", "no such card", 2, 2, 512, 1024)


class Told(list[str]):
    """What the people at the desk are told."""


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def upstairs(told: Told) -> Iterator[FurtherCard]:
    card = FurtherCard(CARD, told.append)
    yield card
    card.close()


def a_block(frames: int) -> Mix:
    return np.arange(frames * 4, dtype=np.float32).reshape(frames, 4)


def processes() -> list[psutil.Process]:
    children = psutil.Process().children()
    return [one for one in children if any("further_card" in word for word in one.cmdline())]


def test_with_one_card_the_mixer_is_pulled_as_it_is() -> None:
    assert split(a_block, 2, []) is a_block


def test_the_first_card_is_given_its_own_channels(upstairs: FurtherCard) -> None:
    block = split(a_block, 2, [upstairs])(100)

    assert (block == a_block(100)[:, :2]).all()
    assert block.flags.c_contiguous


def test_a_card_that_is_not_there_is_told_and_its_zones_are_silent(upstairs: FurtherCard, told: Told) -> None:
    upstairs.open()
    upstairs.open()

    eventually(lambda: told, within_s=20, what="the desk is told")
    eventually(lambda: "away" in upstairs.name, within_s=30, what="the board shows it")
    assert upstairs.device == ""

    assert "sound output no such card" in told[0]
    assert "Its zones are silent" in told[0]
    assert len(processes()) == 1


def test_a_process_that_takes_nothing_holds_nobody_up(upstairs: FurtherCard, told: Told) -> None:
    upstairs.open()
    eventually(processes, within_s=30, what="it runs")
    [process] = processes()
    process.suspend()

    for _ in range(200):  # far more than the pipe holds
        upstairs.push(a_block(1024))

    process.resume()
    assert told == []


def test_a_process_that_ends_is_told_and_the_others_play_on(upstairs: FurtherCard, told: Told) -> None:
    upstairs.open()
    eventually(lambda: "away" in upstairs.name, within_s=20, what="it runs")
    for process in processes():
        process.kill()

    eventually(lambda: "its process ended" in told[-1], within_s=30, what="the desk is told")
    upstairs.push(a_block(1024))
    upstairs.push(a_block(1024))


def test_a_card_whose_process_the_machine_cannot_start_is_told_and_tried_again(
    upstairs: FurtherCard, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_memory(*_: object, **__: object) -> None:
        raise OSError(errno.ENOMEM, os.strerror(errno.ENOMEM))

    monkeypatch.setattr(outputs, "_AGAIN_S", 0.01)
    with monkeypatch.context() as short_of_memory:
        short_of_memory.setattr(subprocess, "Popen", no_memory)
        upstairs.open()
        eventually(lambda: told, within_s=20, what="the desk is told")

    eventually(processes, within_s=30, what="it runs")
    assert told[0] == (
        "sound output upstairs: its process cannot be started (Cannot allocate memory); it is started again"
    )


def test_a_closed_card_s_process_is_gone(upstairs: FurtherCard) -> None:
    upstairs.open()
    eventually(lambda: "away" in upstairs.name, within_s=20, what="it runs")

    upstairs.close()
    upstairs.close()

    eventually(lambda: not processes(), within_s=30, what="it is gone")


def test_a_card_that_was_lost_and_sounds_again_is_told_once_each(told: Told) -> None:
    heard: list[bool] = []
    card = FurtherCard(CARD, told.append, heard.append)

    for words in ('{"heard": true}', '{"heard": false}', '{"heard": false}', '{"heard": true}'):
        card.take(words.encode())

    assert heard == [False, True]


def test_a_card_that_was_away_from_the_start_is_back_when_it_sounds(told: Told) -> None:
    heard: list[bool] = []
    card = FurtherCard(CARD, told.append, heard.append)

    for words in ('{"heard": false}', '{"heard": true}', "no JSON"):
        card.take(words.encode())

    assert heard == [True]
