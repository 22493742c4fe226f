"""What goes wrong with files on the line: it is told, and the music goes on."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import psutil
import pytest

from kiosk.audio.decoder import Decoder, PcmStream
from kiosk.audio.manners import BACK_S
from kiosk.audio.mixer import STALL_S
from kiosk.audio.sources import PartsSource, SoundShelf, StreamSource
from kiosk.ports.broadcast import Ended
from kiosk.rules.broadcast.material import AirClass, Clip
from kiosk.units import SAMPLE_RATE_HZ, frames_in
from tests.audio.studio import BLOCK, Shelf, Studio, an_item, as_mix, clip
from tests.audio.tapes import decoded, furthest, noise, tape
from tests.audio.waiting import eventually


class SlowFile:
    """A file whose bytes come when the test says so, as from a failing memory card."""

    def __init__(self, name: str) -> None:
        read_fd, self._write_fd = os.pipe()
        self._stream = PcmStream(Path(name), read_fd, blocking=False, let_go=lambda: None)
        self.parts = PartsSource([("song", 1.0, StreamSource(self._stream))])

    def give(self, samples: np.ndarray[tuple[int, ...], np.dtype[np.int16]]) -> None:
        os.write(self._write_fd, samples.tobytes())

    def end(self) -> None:
        write_fd, self._write_fd = self._write_fd, -1
        if write_fd >= 0:
            os.close(write_fd)


@pytest.fixture
def slow() -> Iterator[SlowFile]:
    file = SlowFile("slow.mp3")
    yield file
    file.end()
    file.parts.close()


@pytest.fixture
def studio(tmp_path: Path, slow: SlowFile) -> Iterator[Studio]:
    with Decoder(blocking=True) as decoder:
        shelf = Shelf(tmp_path, decoder)
        shelf.laid["slow.mp3"] = slow.parts
        with Studio(tmp_path, shelf=shelf) as one:
            yield one


SLOW = Clip("slow.mp3", 5.0)


def test_a_file_that_stalls_is_given_up_and_the_next_one_plays(studio: Studio, slow: SlowFile, tmp_path: Path) -> None:
    following = tape(tmp_path / "next.flac", noise(0.5))
    slow.give(noise(0.3))
    studio.mixer.play(an_item("slow", SLOW), over_s=0)
    studio.mixer.follow(an_item("next", clip(following)))

    studio.hear_until_over("next")

    assert studio.end_of("slow").fault == "nothing came from the file for 2 s"
    assert not studio.end_of("slow").whole
    assert studio.end_of("slow").mono_s == pytest.approx(0.3 + STALL_S, abs=2 * BLOCK / SAMPLE_RATE_HZ)
    assert studio.mixer.starved_blocks > 0


def test_a_file_that_never_gives_anything_is_given_up_too(studio: Studio) -> None:
    studio.mixer.play(an_item("slow", SLOW), over_s=0)

    studio.hear_until_over("slow", at_most_s=STALL_S + 0.1)

    assert studio.course == ["ended slow"]
    assert studio.end_of("slow").level_dbfs is None


def test_a_file_that_hesitates_goes_on_where_it_was(studio: Studio, slow: SlowFile) -> None:
    whole = noise(0.4)
    slow.give(whole[:5000])
    studio.mixer.play(an_item("slow", Clip("slow.mp3", 0.4)), over_s=0)
    studio.hear(1.0)

    slow.give(whole[5000:])
    slow.end()
    studio.hear_until_over("slow")

    sounding = studio.heard[np.abs(studio.heard).max(axis=1) > 0]
    assert furthest(sounding, as_mix(whole[np.abs(whole).max(axis=1) > 0])) == 0
    assert studio.end_of("slow").whole


def test_what_is_laid_over_and_stalls_gives_the_music_back(studio: Studio, tmp_path: Path) -> None:
    music = tape(tmp_path / "music.flac", noise(6.0))
    studio.mixer.play(an_item("music", clip(music)), over_s=0)
    studio.mixer.lay_over(an_item("slow", SLOW, air_class=AirClass.MICROPHONE))

    studio.hear(STALL_S + BACK_S + 0.5)

    assert studio.end_of("slow").fault == "nothing came from the file for 2 s"
    assert furthest(studio.heard[-BLOCK:], as_mix(decoded(music))[: len(studio.heard)][-BLOCK:]) < 1e-6


def test_a_song_that_stalls_while_it_fades_is_over(studio: Studio, slow: SlowFile, tmp_path: Path) -> None:
    call = tape(tmp_path / "call.flac", noise(0.5))
    slow.give(noise(0.2))
    studio.mixer.play(an_item("slow", SLOW), over_s=0)
    studio.hear(0.1)

    studio.mixer.play(an_item("call", clip(call), air_class=AirClass.URGENT), over_s=3.0)
    studio.hear_until_over("call")

    assert studio.end_of("slow").cut
    assert studio.end_of("slow").mono_s < 0.3


def test_a_truncated_song_is_reported_as_damaged(studio: Studio, tmp_path: Path) -> None:
    path = tape(tmp_path / "song.flac", noise(4.0))
    before = clip(path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    studio.mixer.play(an_item("song", before), over_s=0)
    studio.hear_until_over("song")

    end = studio.end_of("song")
    assert not end.whole
    assert not end.cut
    assert "too early: the file is damaged" in end.fault
    assert end.phase == "song"


def test_a_page_whose_prelude_is_missing_is_still_read(studio: Studio, tmp_path: Path) -> None:
    script = tape(tmp_path / "script.flac", noise(0.5))
    page = an_item("page", Clip("chime.wav", 0.5), clip(script), air_class=AirClass.ROUTINE)

    studio.mixer.play(page, over_s=0)
    studio.hear_until_over("page")

    assert furthest(studio.heard[: frames_in(0.5)], as_mix(decoded(script))) < 1e-6
    assert studio.end_of("page").phase == "script"
    assert "prelude: chime.wav is missing" in studio.end_of("page").fault


BAD_FILES = {"missing.mp3": None, "empty.mp3": b"", "text.mp3": b"This is no music.\n" * 200}


@pytest.mark.parametrize("bad", BAD_FILES)
def test_a_follower_that_cannot_be_played_costs_not_a_sample(tmp_path: Path, bad: str) -> None:
    content = BAD_FILES[bad]
    if content is not None:
        (tmp_path / bad).write_bytes(content)
    first, third = tape(tmp_path / "first.flac", noise(2.0, 1)), tape(tmp_path / "third.mp3", noise(0.5, 2))
    with Studio(tmp_path) as studio:
        studio.mixer.play(an_item("first", clip(first)), over_s=0)
        studio.mixer.follow(an_item("bad", Clip(bad, 3.0)))
        named = False
        for _ in range(frames_in(2.6) // BLOCK):
            studio.hear(BLOCK / SAMPLE_RATE_HZ)
            if not named and any(isinstance(one, Ended) and one.key == "bad" for one in studio.reports):
                named = True
                studio.mixer.follow(an_item("third", clip(third)))

        whole = as_mix(np.concatenate([decoded(first), decoded(third)]))
        assert furthest(studio.heard[: len(whole)], whole) < 1e-6
        assert bad in studio.end_of("bad").fault
        assert studio.end_of("bad").phase == ""
        assert studio.course[:2] == ["started first", "ended bad"]


def test_an_item_that_cannot_be_played_at_once_is_reported_within_a_block(studio: Studio) -> None:
    studio.mixer.play(an_item("gone", Clip("gone.mp3", 3.0)), over_s=0)

    studio.hear(BLOCK / SAMPLE_RATE_HZ)

    assert studio.course == ["ended gone"]
    assert "gone.mp3 is missing" in studio.end_of("gone").fault


def test_a_clip_that_is_kept_needs_no_file_any_more(tmp_path: Path) -> None:
    path = tape(tmp_path / "leave.flac", noise(0.5))
    whole = decoded(path)
    with Decoder() as decoder:
        shelf = SoundShelf(tmp_path, decoder)
        shelf.keep("leave.flac")
        path.unlink()
        with Studio(tmp_path, shelf=shelf) as studio:
            for turn in ("once", "again"):
                studio.mixer.play(an_item(turn, Clip("leave.flac", 0.5), air_class=AirClass.URGENT), over_s=0)
                heard = studio.hear_until_over(turn)

                assert furthest(heard[: len(whole)], as_mix(whole)) == 0


def test_closing_the_mixer_lets_go_of_everything(tmp_path: Path) -> None:
    music = tape(tmp_path / "music.flac", noise(3.0))
    with Studio(tmp_path) as studio:
        studio.mixer.play(an_item("music", clip(music)), over_s=0)
        studio.mixer.follow(an_item("next", clip(music)))
        studio.mixer.lay_over(an_item("talk", clip(music), air_class=AirClass.MICROPHONE))
        studio.hear(0.1)
        process = psutil.Process()
        descriptors = process.num_fds()

        studio.mixer.close()
        studio.mixer.close()

        eventually(lambda: process.num_fds() <= descriptors - 3, within_s=30, what="the three files are closed")
