"""What the desk may rely on, whichever microphone it has: a real capture in its process, or the silent one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import numpy as np
import pytest
import soundfile

from kiosk.audio.capture import CaptureChoices
from kiosk.audio.microphone import MicrophoneLine
from kiosk.audio.silent_mixer import SilentMicrophone, SilentMixer
from kiosk.ports.broadcast import Heard, Microphone, MicrophoneReport
from kiosk.rules.broadcast.material import LIVE, AirClass, Clip
from kiosk.units import frames_in
from tests.audio.pulse import Pulse
from tests.audio.studio import an_item
from tests.audio.waiting import eventually

ANSWER_S = 15.0


class Bench(Protocol):
    microphone: Microphone
    reports: list[MicrophoneReport]

    def begins_to_sound(self) -> None:
        """The mixer comes to the voice."""

    def unplug(self) -> None: ...

    def plug_in(self) -> None: ...

    def close(self) -> None: ...


class SilentBench:
    def __init__(self, _: Path) -> None:
        self.reports: list[MicrophoneReport] = []
        self._mixer = SilentMixer(lambda: 0.0, self._keep)
        self.microphone = SilentMicrophone(self._mixer, self._keep)

    def begins_to_sound(self) -> None:
        self._mixer.lay_over(an_item("talk", Clip(LIVE, 0.0), air_class=AirClass.MICROPHONE))
        self._mixer.advance_to(0.0)

    def unplug(self) -> None:
        self.microphone.unplug()

    def plug_in(self) -> None:
        self.microphone.plug_in()

    def close(self) -> None:
        """Nothing to let go of."""

    def _keep(self, report: object) -> None:
        if isinstance(report, MicrophoneReport):
            self.reports.append(report)


class PulseBench:
    """A null sink's monitor as the microphone. Its process reads the environment when it is started."""

    def __init__(self, folder: Path) -> None:
        self.reports: list[MicrophoneReport] = []
        self._pulse = Pulse(folder / "pulse", ("hall",), ("mic",))
        self._pulse.start()
        self._patch = pytest.MonkeyPatch()
        for name, value in self._pulse.environment.items():
            self._patch.setenv(name, value)
        choices = CaptureChoices("mic", 1, 0.02, folder / "talks", 86_400.0)
        self.line = MicrophoneLine(choices, block_frames=1024, post=self.reports.append)
        self.microphone: Microphone = self.line

    def begins_to_sound(self) -> None:
        source = self.line.source()
        out = np.empty((256, 2), dtype=np.int16)
        eventually(lambda: source.read(out) and self._said(Heard.VOICE), within_s=ANSWER_S, what="the voice begins")

    def unplug(self) -> None:
        self._pulse.crash()

    def plug_in(self) -> None:
        self._pulse.start()

    def close(self) -> None:
        self.line.close()
        self.line.close()
        self._patch.undo()
        self._pulse.crash()

    def hears(self, seconds: float) -> None:
        """So much of what is said comes through."""
        left = frames_in(seconds)

        def is_there() -> bool:
            nonlocal left
            left -= len(self.line.pull())
            return left <= 0

        eventually(is_there, within_s=ANSWER_S, what=f"{seconds} s are heard")

    def _said(self, what: Heard) -> bool:
        return any(report.what is what for report in self.reports)


@pytest.fixture(params=[SilentBench, pytest.param(PulseBench, marks=pytest.mark.sound)], ids=["silent", "pulse"])
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bench]:
    make: Callable[[Path], Bench] = request.param
    one = make(tmp_path)
    yield one
    one.close()


def told(bench: Bench, what: Heard) -> MicrophoneReport:
    """The report, once it comes; it is not told again."""
    eventually(
        lambda: any(one.what is what for one in bench.reports), within_s=ANSWER_S, what=f"it says that {what.value}"
    )
    found = next(one for one in bench.reports if one.what is what)
    bench.reports.remove(found)
    return found


def test_a_talk_from_the_first_look_to_the_end(bench: Bench) -> None:
    bench.microphone.look()
    told(bench, Heard.THERE)
    bench.microphone.listen()
    told(bench, Heard.LISTENS)
    bench.begins_to_sound()
    told(bench, Heard.VOICE)
    bench.microphone.end()

    assert not [one for one in bench.reports if one.what in (Heard.DEAF, Heard.KEPT)]


@pytest.mark.rule("B16")
def test_a_microphone_that_rests_listens_again_when_its_turn_comes(bench: Bench) -> None:
    bench.microphone.listen()
    told(bench, Heard.LISTENS)
    bench.microphone.rest()
    bench.microphone.listen()
    told(bench, Heard.LISTENS)
    bench.begins_to_sound()
    told(bench, Heard.VOICE)


def test_what_is_said_is_kept_under_its_name(bench: Bench) -> None:
    bench.microphone.listen()
    told(bench, Heard.LISTENS)
    bench.begins_to_sound()
    bench.microphone.record("2026-11-23/101500")
    eventually_a_moment(bench)
    bench.microphone.end()

    kept = told(bench, Heard.KEPT)
    assert kept.text.startswith("2026-11-23/101500")
    assert kept.seconds > 0.0


def test_ending_where_nobody_talks_is_harmless(bench: Bench) -> None:
    bench.microphone.end()
    bench.microphone.rest()
    bench.microphone.look()

    told(bench, Heard.THERE)
    assert bench.reports == []


def test_a_microphone_that_is_not_plugged_in_is_named_and_works_once_it_is(bench: Bench) -> None:
    bench.unplug()
    bench.microphone.listen()
    assert "microphone" in told(bench, Heard.DEAF).text
    bench.microphone.end()

    bench.plug_in()
    bench.microphone.listen()
    told(bench, Heard.LISTENS)


def test_a_microphone_that_is_pulled_out_is_told(bench: Bench) -> None:
    bench.microphone.listen()
    told(bench, Heard.LISTENS)
    bench.begins_to_sound()

    bench.unplug()

    assert "microphone" in told(bench, Heard.DEAF).text


def eventually_a_moment(bench: Bench) -> None:
    """A second order is answered only after the first was carried out and some sound has come."""
    if isinstance(bench, PulseBench):
        bench.hears(0.1)


@pytest.mark.sound
def test_the_recording_is_a_file_that_only_its_owner_reads_and_old_ones_go(tmp_path: Path) -> None:
    old = tmp_path / "talks" / "2026-01-01" / "101500.flac"
    old.parent.mkdir(parents=True)
    old.write_bytes(b"fLaC")
    os.utime(old, (0, 0))
    bench = PulseBench(tmp_path)
    try:
        assert told(bench, Heard.PURGED).count == 1
        bench.microphone.listen()
        told(bench, Heard.LISTENS)
        bench.microphone.record("2026-11-23/101500")
        eventually_a_moment(bench)
        bench.microphone.end()
        kept = told(bench, Heard.KEPT)
    finally:
        bench.close()

    path = tmp_path / "talks" / kept.text
    sound, rate = soundfile.read(path)
    assert len(sound) / rate == pytest.approx(kept.seconds, abs=0.001)
    assert path.stat().st_mode & 0o077 == 0
    assert not old.parent.exists()


@pytest.mark.sound
def test_a_folder_that_cannot_be_written_costs_the_recording_and_not_the_talk(tmp_path: Path) -> None:
    (tmp_path / "talks").write_text("a file where the folder should be")
    bench = PulseBench(tmp_path)
    try:
        bench.microphone.listen()
        told(bench, Heard.LISTENS)
        bench.microphone.record("2026-11-23/101500")
        assert "not recorded" in told(bench, Heard.NOT_KEPT).text
        bench.begins_to_sound()
        told(bench, Heard.VOICE)
    finally:
        bench.close()


@pytest.mark.sound
def test_a_process_that_dies_is_replaced(tmp_path: Path) -> None:
    bench = PulseBench(tmp_path)
    try:
        bench.microphone.listen()
        told(bench, Heard.LISTENS)
        bench.line._process.kill()
        assert "a new one takes over" in told(bench, Heard.DEAF).text
        bench.microphone.end()
        bench.microphone.listen()
        told(bench, Heard.LISTENS)
    finally:
        bench.close()


@pytest.mark.sound
def test_a_muted_microphone_is_told_after_a_talk(tmp_path: Path) -> None:
    bench = PulseBench(tmp_path)
    try:
        bench.microphone.listen()
        told(bench, Heard.LISTENS)
        bench.hears(1.8)
        bench.microphone.end()
        assert "nobody was heard" in told(bench, Heard.MUTE).text
    finally:
        bench.close()
