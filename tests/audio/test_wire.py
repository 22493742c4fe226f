from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
import pyaudio
import pytest

from kiosk.audio.ear import Ear
from kiosk.audio.output import SILENT, Patience, Pull, PyAudioStream, SilentStream, Stream, Wire
from kiosk.audio.voice import Mix
from kiosk.errors import DeviceFault
from kiosk.units import SAMPLE_RATE_HZ
from tests.audio.waiting import eventually, let_pass

IN_A_HURRY = Patience(stalled_s=0.2, retry_s=0.1, most_s=0.4, check_s=0.01)


class Card:
    """A sound card that can be unplugged, plugged in again, and can stop without a word."""

    def __init__(self) -> None:
        self.plugged = True
        self.refused = 0
        self.opened: list[CardStream] = []

    def open(self) -> Stream:
        if not self.plugged:
            self.refused += 1
            raise DeviceFault("sound output usb: no such device")
        self.opened.append(CardStream())
        return self.opened[-1]

    def unplug(self) -> None:
        self.plugged = False
        self.stop_silently()

    def stop_silently(self) -> None:
        """PortAudio #930: the stream says that it is active, and takes nothing any more."""
        self.opened[-1].stopped = True

    def plug_in(self) -> None:
        self.plugged = True


class CardStream:
    name = "usb"
    latency_s = 0.046

    def __init__(self) -> None:
        self.underruns = 0
        self.stopped = False
        self.closed = False
        self.started = False
        self._frames = 0

    @property
    def frames(self) -> int:
        """Grows whenever somebody looks, as long as the card works."""
        if not self.stopped:
            self._frames += 1024
        return self._frames

    def start(self) -> None:
        assert not self.closed
        self.started = True

    def close(self) -> None:
        self.closed = True

    @property
    def pulls(self) -> bool:
        return self.started and not self.closed


class Silence(CardStream):
    name = SILENT
    latency_s = 0.0


class Room:
    """A wire between a card and a desk that listens to what it tells."""

    def __init__(self) -> None:
        self.card = Card()
        self.told: list[str] = []
        self.heard: list[bool] = []
        self.latencies: list[float] = []
        self.silences: list[Silence] = []
        self.wire = Wire(
            self.card.open,
            self._silence,
            tell=self.told.append,
            heard=self.heard.append,
            latency=self.latencies.append,
            patience=IN_A_HURRY,
        )

    def _silence(self) -> Stream:
        self.silences.append(Silence())
        return self.silences[-1]


@pytest.fixture
def room() -> Iterator[Room]:
    one = Room()
    yield one
    one.wire.close()


def test_an_open_wire_plays_on_the_card_and_says_nothing(room: Room) -> None:
    room.wire.open()
    room.wire.open()
    let_pass(0.3)

    assert room.wire.name == "usb"
    assert len(room.card.opened) == 1
    assert room.told == []
    assert room.heard == []
    assert room.latencies == [0.046]


def test_a_closed_wire_has_given_the_card_back(room: Room) -> None:
    room.wire.open()

    room.wire.close()
    room.wire.close()

    assert room.card.opened[0].closed
    assert room.wire.name == "closed"


def test_a_wire_may_be_opened_again_the_next_morning(room: Room) -> None:
    room.wire.open()
    room.wire.close()

    room.wire.open()

    assert room.wire.name == "usb"
    assert len(room.card.opened) == 2


def test_without_a_card_the_programme_runs_silently_and_says_so(room: Room) -> None:
    room.card.plugged = False

    room.wire.open()

    assert room.wire.name == SILENT
    assert room.told == [f"sound output usb: no such device. {SILENT}"]


def test_a_card_that_is_plugged_in_later_is_taken(room: Room) -> None:
    room.card.plugged = False
    room.wire.open()

    room.card.plug_in()

    eventually(lambda: room.wire.name == "usb", within_s=30, what="the card plays")
    eventually(lambda: room.told[-1] == "sound output usb is back", within_s=30, what="the desk is told")
    assert all(silence.closed for silence in room.silences)


def test_a_card_that_stops_silently_is_opened_again(room: Room) -> None:
    room.wire.open()

    room.card.stop_silently()

    eventually(lambda: len(room.card.opened) == 2, within_s=30, what="the card is opened again")
    assert "stalled" in room.told[0]
    assert room.card.opened[0].closed
    eventually(lambda: room.wire.name == "usb", within_s=30, what="the card plays again")


def test_while_the_card_is_away_the_silence_is_never_interrupted_to_look_for_it(room: Room) -> None:
    room.card.plugged = False
    room.wire.open()

    eventually(lambda: room.card.refused >= 4, within_s=30, what="the card was looked for again and again")

    assert len(room.silences) == 1
    assert room.silences[0].pulls
    assert room.wire.name == SILENT


def test_a_card_that_stays_away_is_looked_for_less_and_less_often(room: Room) -> None:
    room.card.plugged = False
    room.wire.open()
    let_pass(1.5)

    assert 3 <= room.card.refused <= 7, "at 0, 0.1, 0.3, 0.7, 1.1, 1.5 s and not every 0.1 s"


def test_only_one_stream_pulls_at_any_moment(room: Room) -> None:
    room.wire.open()
    room.card.stop_silently()
    eventually(lambda: len(room.card.opened) == 2, within_s=30, what="the card is opened again")
    eventually(lambda: room.card.opened[1].pulls, within_s=30, what="it plays")

    assert [one.pulls for one in (*room.card.opened, *room.silences)] == [False, True, False]


def test_an_unplugged_card_is_told_and_waited_for(room: Room) -> None:
    room.wire.open()

    room.card.unplug()
    eventually(lambda: room.wire.name == SILENT, within_s=30, what="the programme runs silently")
    room.card.plug_in()

    eventually(lambda: room.wire.name == "usb", within_s=30, what="the card plays again")
    eventually(lambda: room.told[-1] == "sound output usb is back", within_s=30, what="the desk is told")


def test_underruns_are_counted_over_all_streams(room: Room) -> None:
    room.wire.open()
    room.card.opened[0].underruns = 3
    room.card.stop_silently()
    eventually(lambda: len(room.card.opened) == 2, within_s=30, what="the card is opened again")

    room.card.opened[1].underruns = 2

    eventually(lambda: room.wire.underruns == 5, within_s=30, what="both are counted")


# the silent stream


def test_the_silent_stream_pulls_in_real_time() -> None:
    pulled: list[int] = []
    began_s = time.monotonic()
    stream = SilentStream(_counting(pulled), block_frames=441)
    stream.start()
    eventually(lambda: len(pulled) >= 30, within_s=30, what="thirty blocks were pulled")
    took_s = time.monotonic() - began_s
    stream.close()
    stream.close()

    assert took_s >= 0.28
    assert took_s == pytest.approx(len(pulled) * 441 / SAMPLE_RATE_HZ, abs=0.2)
    assert stream.frames == sum(pulled)


def test_after_a_sleep_of_the_machine_the_silent_stream_does_not_race() -> None:
    pulled: list[int] = []
    asleep = threading.Event()

    def pull(frames: int) -> Mix:
        if len(pulled) == 3 and not asleep.is_set():
            asleep.set()
            let_pass(1.3)
        pulled.append(frames)
        return np.zeros((frames, 2), dtype=np.float32)

    stream = SilentStream(pull, block_frames=441)
    stream.start()
    eventually(lambda: len(pulled) > 3, within_s=30, what="it woke up")
    let_pass(0.2)
    stream.close()

    assert len(pulled) < 40


def _counting(pulled: list[int]) -> Pull:
    def pull(frames: int) -> Mix:
        pulled.append(frames)
        return np.zeros((frames, 2), dtype=np.float32)

    return pull


def test_the_desk_is_told_when_nobody_hears_it_and_when_they_do_again(room: Room) -> None:
    room.wire.open()
    room.card.unplug()
    eventually(lambda: room.wire.name == SILENT, within_s=30, what="the wire is silent")
    away = list(room.heard)
    room.card.plug_in()
    eventually(lambda: room.wire.name == "usb", within_s=30, what="the card plays again")
    room.wire.close()

    assert away == [False]
    assert room.heard == [False, True]


def test_a_stream_that_is_opened_again_at_once_was_away_all_the_same(room: Room) -> None:
    room.wire.open()
    room.card.stop_silently()
    eventually(lambda: len(room.card.opened) == 2, within_s=30, what="the card is opened again")
    eventually(lambda: room.heard == [False, True], within_s=30, what="the desk knows")


@pytest.mark.parametrize(
    "open_one", [partial(PyAudioStream, np.zeros, device="", channels=2, block_frames=1024), partial(Ear, "")]
)
def test_a_sound_system_that_does_not_even_begin_is_a_device_that_is_away(
    monkeypatch: pytest.MonkeyPatch, open_one: Callable[[], object]
) -> None:
    def broken() -> None:
        raise OSError(-9999, "Unanticipated host error")

    monkeypatch.setattr(pyaudio.pa, "initialize", broken)

    with pytest.raises(DeviceFault, match=r"default: .*Unanticipated host error; plug it in"):
        open_one()
