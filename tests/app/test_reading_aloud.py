from __future__ import annotations

import errno
import multiprocessing.util
import os
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from shutil import which

import numpy as np
import pytest

from kiosk.app.album import MONO_S, NOW, VIEW, Look, album
from kiosk.app.aloud import Aloud
from kiosk.app.reading_aloud import TRIES, ReadingAloud
from kiosk.display.parts import Kit
from kiosk.display.screens.scene import Scene
from kiosk.display.screens.shown import shown
from kiosk.display.spoken import MOST, sentences
from kiosk.display.theme import Theme
from kiosk.display.widgets import Screen
from kiosk.display.words import words
from kiosk.ports.touchscreen import BagStage
from kiosk.rules.front.ease import Ease
from kiosk.rules.front.session import Session
from kiosk.rules.front.taps import Page
from kiosk.rules.speech.settings import SpeechSettings
from kiosk.units import LANGUAGES, Language
from tests.app.touching import Hand
from tests.app.voices import ends_at_once
from tests.audio.pulse import Pulse
from tests.audio.waiting import eventually
from tests.stories.bag_room import BagRoom

CHINESE, ENGLISH = LANGUAGES[0], LANGUAGES[2]
ESPEAK = SpeechSettings(engines=("espeak",))


@dataclass
class Listener:
    """Implements ReadingVoice; keeps what was said."""

    heard: list[tuple[tuple[str, ...], Language]] = field(default_factory=list)

    def say(self, said: tuple[str, ...], language: Language) -> None:
        self.heard.append((said, language))


def screen_of(session: Session, stage: BagStage | None = None, mono_s: float = MONO_S) -> Screen:
    kit = Kit(Theme(Look().panel), words(session.language))
    return shown(Scene(kit, session, replace(VIEW, bags=stage), NOW, mono_s, 12.0))


def of(name: str, language: Language = ENGLISH) -> tuple[str, ...]:
    return sentences(dict(album(Look(language=language)))[name])


def test_a_screen_is_said_from_its_headline_down_and_neither_the_clock_nor_the_foot() -> None:
    said = of("deposit.valuables")

    assert said[0] == "Keep valuables with you"
    assert len(said) > 3
    assert not any("17:52" in one or "Call staff" in one or "Hefeng" in one for one in said)


def test_a_card_is_one_sentence_and_keys_for_typing_are_none() -> None:
    assert "Collect a bag, Have your tag ready, Or scan it right away" in of("home")
    assert not any(len(one) == 1 for one in of("code"))


def test_a_question_over_the_screen_is_all_that_is_said() -> None:
    assert of("still-there")[0] == "Are you still there?"
    assert not any("Scan" in one for one in of("still-there"))


def test_what_somebody_typed_is_never_said() -> None:
    assert not any(any(sign.isdigit() for sign in one) for one in of("code-typed"))


def test_nobody_has_to_listen_to_four_hundred_entries() -> None:
    assert len(of("part-list")) == MOST


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_screen_has_something_to_say_in_every_language(language: Language) -> None:
    assert [name for name, screen in album(Look(language=language)) if not sentences(screen)] == []


def test_nothing_is_said_unless_somebody_asked_for_it() -> None:
    voice = Listener()

    Aloud(voice).shows(screen_of(Session()), Session())

    assert voice.heard == []


def test_the_next_screen_is_said_and_a_countdown_is_not() -> None:
    voice = Listener()
    aloud = Aloud(voice)
    session = Session(language=ENGLISH, ease=Ease(aloud=True))
    tag = BagStage("deposit.tag", "tag", 128, None, MONO_S + 90.0)

    for mono_s in (MONO_S, MONO_S + 1.0, MONO_S + 2.0):
        aloud.shows(screen_of(session, tag, mono_s), session)
    aloud.shows(screen_of(replace(session, page=Page.FETCH)), session)

    assert len(voice.heard) == 2
    assert voice.heard[0][0][0] == "128"
    assert voice.heard[1][0][0] == "Scan your tag"


def test_what_comes_over_the_same_screen_is_said_alone() -> None:
    voice = Listener()
    aloud = Aloud(voice)
    session = Session(language=ENGLISH, page=Page.FETCH, ease=Ease(aloud=True))

    aloud.shows(screen_of(session), session)
    aloud.shows(screen_of(replace(session, asked=True)), session)

    assert voice.heard[1][0][0] == "Are you still there?"


def test_another_language_says_it_all_again() -> None:
    voice = Listener()
    aloud = Aloud(voice)
    session = Session(language=ENGLISH, ease=Ease(aloud=True))

    aloud.shows(screen_of(session), session)
    aloud.shows(screen_of(replace(session, language=CHINESE)), replace(session, language=CHINESE))

    assert voice.heard[1] == (of("home", CHINESE), CHINESE)


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hand]:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    hand = Hand(BagRoom().in_service())
    with hand.window:
        yield hand


def test_who_has_no_voice_is_not_offered_one(hand: Hand) -> None:
    hand.taps("ease")

    assert "speaker-high" not in [target.name for target in hand.looks().targets]


def test_a_shopper_has_the_screen_read_until_it_begins_anew(hand: Hand) -> None:
    voice = Listener()
    hand.face.aloud = Aloud(voice)

    hand.taps("ease", "speaker-high", "home")
    assert [said[0] for said, _ in voice.heard] == [of("ease", CHINESE)[0], of("home", CHINESE)[0]]
    hand.waits(70.0)

    assert hand.face.session.untouched
    assert voice.heard[-1] == ((), CHINESE)


def test_who_asked_for_more_time_has_it_at_the_lockers_too_until_they_are_gone(hand: Hand) -> None:
    hand.taps("ease", "hourglass-medium", "home", "store")
    hand.waits(61.0)
    assert hand.room.shown("screen") != [], "the desk waits for the answer, too"

    hand.waits(260.0)

    assert hand.face.session.untouched
    assert hand.room.deposits._unhurried == set()


def test_who_asked_for_more_time_is_asked_later_and_has_twice_as_long_to_answer(hand: Hand) -> None:
    hand.taps("ease", "hourglass-medium", "home", "fetch")

    hand.waits(80.0)
    assert "still-there" not in hand.looks().key
    assert not hand.face.session.asked
    hand.waits(12.0)
    assert hand.face.session.asked
    hand.waits(25.0)
    assert hand.face.session.asked
    hand.waits(6.0)

    assert hand.face.session.untouched


def test_a_voice_that_ends_is_told_once_and_holds_nobody_up(tmp_path: Path) -> None:
    told: list[str] = []
    with closing(ReadingAloud(ESPEAK, tmp_path, "booth", (), told.append, work=ends_at_once)) as voice:

        def says() -> bool:
            voice.say(("One moment",), ENGLISH)
            return bool(told)

        eventually(says, within_s=30.0, what="staff are told")
        voice.say(("One moment",), ENGLISH)

    assert len(told) == 1
    assert "booth" in told[0]


def test_a_voice_that_ends_after_a_good_while_is_followed_by_another_however_often(tmp_path: Path) -> None:
    told: list[str] = []
    hours = count(step=3600)
    voice = ReadingAloud(
        ESPEAK, tmp_path, "booth", (), told.append, work=ends_at_once, mono_s=lambda: float(next(hours))
    )
    with closing(voice):
        for _ in range(TRIES + 1):
            voice.say(("One moment",), ENGLISH)
            assert voice._child is not None
            voice._child.join(30.0)

    assert told == []


def test_a_machine_that_starts_no_process_goes_without_the_voice_and_tells_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_memory(*_: object) -> int:
        raise OSError(errno.ENOMEM, os.strerror(errno.ENOMEM))

    monkeypatch.setattr(multiprocessing.util, "spawnv_passfds", no_memory)
    told: list[str] = []
    with closing(ReadingAloud(ESPEAK, tmp_path, "booth", (), told.append, mono_s=lambda: 1.0)) as voice:
        voice.say(("One moment",), ENGLISH)

    assert len(told) == 1


@pytest.fixture
def pulse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pulse]:
    with Pulse(tmp_path / "pulse", ("hall", "booth")) as server:
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
        yield server


@pytest.mark.skipif(which("espeak-ng") is None or which("pulseaudio") is None, reason="no voice, or no ear")
def test_the_screen_is_heard_beside_it_and_never_in_the_store(pulse: Pulse, tmp_path: Path) -> None:
    with (
        pulse.record("hall") as hall,
        pulse.record("booth") as booth,
        closing(ReadingAloud(ESPEAK, tmp_path / "shelf", "booth", ("hall",), lambda text: None)) as voice,
    ):
        voice.say(("Please scan your tag", "Hold it before the scanner", "And then wait"), ENGLISH)
        eventually(lambda: np.abs(booth.sound).max(initial=0.0) > 0.02, within_s=30.0, what="it is heard")
        voice.say((), ENGLISH)
        eventually(lambda: np.abs(booth.sound[-22050:]).max() < 0.001, within_s=30.0, what="it is quiet again")

        assert np.abs(hall.sound).max() == 0.0
