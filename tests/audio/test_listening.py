from __future__ import annotations

import json
import logging
import os
from pathlib import Path

import numpy as np
import pytest
import soundfile

from kiosk.audio.listening import STRETCH_FRAMES, listen
from kiosk.rules.broadcast.library import Sound
from kiosk.units import SAMPLE_RATE_HZ
from tests.audio.tapes import FULL_SCALE, Samples, decoded, noise, tape, tone


def heard(path: Path) -> Sound:
    return listen(path.parent, [path.name], None)[path.name]


@pytest.mark.parametrize("level_dbfs", [-40.0, -23.0, -6.0])
def test_a_tone_of_1_khz_is_as_loud_as_the_standard_says(tmp_path: Path, level_dbfs: float) -> None:
    """EBU Tech 3341: a stereo sine of 1 kHz reads its peak level in LUFS."""
    sound = heard(tape(tmp_path / "tone.flac", tone(3.0, 1000, level_dbfs=level_dbfs)))

    assert sound.lufs == pytest.approx(level_dbfs, abs=0.1)
    assert sound.peak_dbfs == pytest.approx(level_dbfs, abs=0.1)
    assert sound.duration_s == pytest.approx(3.0, abs=1e-5)
    assert sound.fault == ""


def test_silence_between_does_not_make_a_recording_softer(tmp_path: Path) -> None:
    """The gate of R128: the loudness is that of what is said, not of the pauses."""
    words = tone(2.0, 1000, level_dbfs=-20.0)
    spoken = np.concatenate([words, np.zeros((4 * SAMPLE_RATE_HZ, 2), np.int16), words])

    assert heard(tape(tmp_path / "speech.flac", spoken)).lufs == pytest.approx(-20.0, abs=0.5)


@pytest.mark.parametrize("softer_db", [3.0, 6.0])
def test_a_long_song_measured_by_the_minute_is_as_loud_as_measured_at_once(tmp_path: Path, softer_db: float) -> None:
    """Seconds of work: a song longer than the stretch that is measured at once."""
    loud = tone(1.0, 1000, level_dbfs=-20.0)
    soft = (loud * 10 ** (-softer_db / 20)).astype(np.int16)
    minute = STRETCH_FRAMES // SAMPLE_RATE_HZ
    song = np.concatenate([np.tile(loud, (minute, 1)), np.tile(soft, (minute // 2, 1))])

    at_once = 10 * np.log10((10**-2.0 + 10 ** ((-20.0 - softer_db) / 10) / 2) / 1.5)
    assert heard(tape(tmp_path / "song.flac", song)).lufs == pytest.approx(at_once, abs=0.5)


def test_a_chime_shorter_than_the_measurement_has_a_loudness_too(tmp_path: Path) -> None:
    sound = heard(tape(tmp_path / "chime.flac", tone(0.25, 1000, level_dbfs=-20.0)))

    assert sound.lufs is not None
    assert -26 < sound.lufs < -20


def test_silence_has_no_loudness_and_is_no_fault(tmp_path: Path) -> None:
    sound = heard(tape(tmp_path / "silence.flac", np.zeros((SAMPLE_RATE_HZ, 2), np.int16)))

    assert sound.lufs is None
    assert sound.fault == ""
    assert sound.duration_s == pytest.approx(1.0, abs=1e-5)


def test_the_deepest_sample_counts_as_a_peak_too(tmp_path: Path) -> None:
    song = noise(1.0)
    song[1000] = -FULL_SCALE

    assert heard(tape(tmp_path / "song.flac", song)).peak_dbfs == 0.0


def test_bad_files_are_told_and_never_raise(tmp_path: Path) -> None:
    (tmp_path / "empty.mp3").touch()
    (tmp_path / "text.mp3").write_text("no music\n" * 500, encoding="utf-8")

    sounds = listen(tmp_path, ["missing.mp3", "empty.mp3", "text.mp3"], None)

    assert "missing.mp3 is missing" in sounds["missing.mp3"].fault
    assert "empty.mp3 is empty" in sounds["empty.mp3"].fault
    assert "text.mp3" in sounds["text.mp3"].fault
    assert all(sound.duration_s == 0 for sound in sounds.values())


# memory


class Library:
    """A folder of two songs, and what was listened to each time."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.memory = root / "state" / "heard.json"
        self.names = ["one.flac", "two.flac"]
        for name in self.names:
            self.record(name, noise(0.5))

    def record(self, name: str, samples: Samples) -> None:
        tape(self.root / name, samples)

    def listen(self) -> list[str]:
        """Which files were really listened to."""
        told: list[tuple[int, int, str]] = []
        self.sounds = listen(self.root, self.names, self.memory, lambda done, of, path: told.append((done, of, path)))
        assert [done for done, _, _ in told] == list(range(len(told)))
        return [path for _, _, path in told if path]


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path)


def test_what_was_heard_is_remembered(library: Library) -> None:
    assert library.listen() == library.names
    first = library.sounds

    assert library.listen() == []
    assert library.sounds == first


def test_a_song_that_was_replaced_is_listened_to_again(library: Library) -> None:
    library.listen()
    library.record("two.flac", noise(0.7))

    assert library.listen() == ["two.flac"]
    assert library.sounds["two.flac"].duration_s == pytest.approx(0.7, abs=1e-5)


def test_a_song_of_the_same_size_but_newer_is_listened_to_again(library: Library) -> None:
    library.listen()
    path = library.root / "one.flac"
    stat = path.stat()
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns + 1_000_000))

    assert library.listen() == ["one.flac"]


def test_a_missing_song_that_appears_is_listened_to(library: Library) -> None:
    kept = (library.root / "one.flac").read_bytes()
    (library.root / "one.flac").unlink()
    library.listen()
    assert library.sounds["one.flac"].fault

    (library.root / "one.flac").write_bytes(kept)

    assert library.listen() == ["one.flac"]
    assert not library.sounds["one.flac"].fault


@pytest.mark.parametrize(
    "damage",
    ["", "{", "[]", '{"version": 1}', '{"version": 1, "sounds": {"one.flac": {"size": 1}}}', '{"version": 0}', "\0\0"],
)
def test_a_damaged_memory_is_written_anew(library: Library, damage: str, caplog: pytest.LogCaptureFixture) -> None:
    library.listen()
    library.memory.write_text(damage, encoding="utf-8")

    with caplog.at_level(logging.WARNING):
        assert library.listen() == library.names

    assert json.loads(library.memory.read_text(encoding="utf-8"))["sounds"].keys() == set(library.names)


def test_a_memory_that_cannot_be_written_costs_time_and_nothing_else(
    library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    library.memory.parent.write_text("a file where the folder should be", encoding="utf-8")

    assert library.listen() == library.names

    assert "is listened to again next time" in caplog.text


def test_the_length_that_is_remembered_is_the_length_that_plays(tmp_path: Path) -> None:
    """The planner counts on it: to the sample, whatever the file's own header says."""
    for name in ("song.wav", "song.flac", "song.mp3", "song.ogg"):
        path = tape(tmp_path / name, tone(1.2345, 440))

        assert round(heard(path).duration_s * SAMPLE_RATE_HZ) == len(decoded(path))


def test_loudness_agrees_with_what_a_recording_at_another_rate_says(tmp_path: Path) -> None:
    path = tmp_path / "studio.wav"
    moments = np.arange(3 * 48_000) / 48_000
    soundfile.write(path, 0.1 * np.sin(2 * np.pi * 1000 * moments), 48_000, subtype="PCM_24")

    assert heard(path).lufs == pytest.approx(-20.0, abs=0.5)
