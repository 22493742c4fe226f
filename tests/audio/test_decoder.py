from __future__ import annotations

import fcntl
import gc
import os
import shutil
import struct
import tempfile
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from kiosk.audio.decoder import AHEAD_BYTES, FRAME_BYTES, Decoder, PcmStream
from kiosk.audio.sources import read_whole
from kiosk.errors import DecodeFault
from kiosk.units import SAMPLE_RATE_HZ, seconds_of
from tests.audio.tapes import by_soundfile, decoded, furthest, noise, signal_to_noise_db, tape, tone
from tests.audio.waiting import eventually, let_pass

BLOCK = 1024  # frames of 16-bit stereo; WAV and Ogg may lose the last one


@pytest.fixture
def decoder() -> Iterator[Decoder]:
    with Decoder(blocking=True) as one:
        yield one


@pytest.mark.parametrize(
    ("name", "subtype", "sides"),
    [
        ("song.flac", None, 2),
        ("studio.flac", "PCM_24", 2),
        ("mono.flac", None, 1),
        ("song.mp3", None, 2),
        ("mono.mp3", None, 1),
    ],
)
def test_flac_and_mp3_arrive_complete_to_the_sample(tmp_path: Path, name: str, subtype: str | None, sides: int) -> None:
    path = tape(tmp_path / name, noise(1.234)[:, :sides], subtype=subtype)

    heard = decoded(path)

    assert furthest(heard, by_soundfile(path)) <= 1


@pytest.mark.parametrize(
    ("name", "subtype", "frame_bytes"),
    [
        ("song.wav", "PCM_16", 4),
        ("studio.wav", "PCM_24", 6),
        ("float.wav", "FLOAT", 8),
        ("old.wav", "PCM_U8", 2),
        ("mono.wav", "PCM_16", 2),
    ],
)
def test_a_wav_is_exact_and_loses_no_more_than_its_last_4096_bytes(
    tmp_path: Path, name: str, subtype: str, frame_bytes: int
) -> None:
    sides = 1 if name == "mono.wav" else 2
    path = tape(tmp_path / name, noise(1.234)[:, :sides], subtype=subtype)
    whole = by_soundfile(path)

    heard = decoded(path)

    assert 0 <= len(whole) - len(heard) <= 4096 // frame_bytes
    assert furthest(heard, whole[: len(heard)]) <= 1


def test_an_ogg_is_a_block_shorter_or_longer_at_most(tmp_path: Path) -> None:
    path = tape(tmp_path / "song.ogg", tone(1.234, 440))

    heard = decoded(path)

    assert abs(round(1.234 * SAMPLE_RATE_HZ) - len(heard)) <= BLOCK
    assert signal_to_noise_db(heard[BLOCK:-BLOCK], 440) > 40


@pytest.mark.parametrize("name", ["song.flac", "song.mp3"])
@pytest.mark.parametrize("rate", [48_000, 22_050])
def test_other_sample_rates_are_brought_to_the_house_rate(tmp_path: Path, name: str, rate: int) -> None:
    path = tape(tmp_path / name, tone(1.5, 1000, rate=rate), rate=rate)

    heard = decoded(path)

    assert 0 <= 1.5 - seconds_of(len(heard)) <= 0.050
    assert signal_to_noise_db(heard[3000:-3000], 1000) > 50


def test_chinese_names_and_spaces_are_names_like_any_other(tmp_path: Path) -> None:
    path = tape(tmp_path / "音乐 [夏] #1 100%.flac", noise(0.2))

    assert len(decoded(path)) == len(by_soundfile(path))


def test_a_missing_file_is_refused_by_name(tmp_path: Path, decoder: Decoder) -> None:
    with pytest.raises(DecodeFault, match=r"song\.mp3 is missing"):
        decoder.open(tmp_path / "song.mp3")


def test_an_empty_file_is_refused(tmp_path: Path, decoder: Decoder) -> None:
    (tmp_path / "song.mp3").touch()

    with pytest.raises(DecodeFault, match=r"song\.mp3 is empty"):
        decoder.open(tmp_path / "song.mp3")


def test_a_folder_named_like_a_song_is_refused(tmp_path: Path, decoder: Decoder) -> None:
    (tmp_path / "song.mp3").mkdir()

    with pytest.raises(DecodeFault, match=r"song\.mp3 is no file"):
        decoder.open(tmp_path / "song.mp3")


def test_a_file_that_may_not_be_read_is_refused(decoder: Decoder) -> None:
    folder = Path(tempfile.mkdtemp(prefix="kiosk-"))  # not tmp_path: another user must get as far as the file
    try:
        folder.chmod(0o755)
        path = tape(folder / "song.flac", noise(0.1))
        path.chmod(0)

        with anybody_but_root(), pytest.raises(DecodeFault, match=r"song\.flac may not be read"):
            decoder.open(path)
    finally:
        shutil.rmtree(folder)


def test_a_file_in_a_folder_that_may_not_be_entered_is_refused(decoder: Decoder) -> None:
    folder = Path(tempfile.mkdtemp(prefix="kiosk-"))
    try:
        path = tape(folder / "song.flac", noise(0.1))
        folder.chmod(0)

        with anybody_but_root(), pytest.raises(DecodeFault, match=r"song\.flac may not be read"):
            decoder.open(path)
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


def test_a_text_file_named_mp3_is_reported_as_no_sound(tmp_path: Path, decoder: Decoder) -> None:
    path = tmp_path / "song.mp3"
    path.write_text("This is no music.\n" * 200, encoding="utf-8")

    with pytest.raises(DecodeFault, match=r"song\.mp3"):
        read_whole(decoder, path)


@pytest.mark.parametrize("name", ["song.flac", "song.mp3", "song.wav"])
def test_a_truncated_file_plays_as_far_as_it_goes(tmp_path: Path, name: str) -> None:
    path = tape(tmp_path / name, noise(2.0))
    whole = by_soundfile(path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    heard = decoded(path)

    assert 0.3 * len(whole) < len(heard) < 0.7 * len(whole)
    sure = len(heard) - 4 * BLOCK  # the frame in which it was cut may sound otherwise
    assert furthest(heard[:sure], whole[:sure]) <= 1


def test_a_stream_cut_in_the_middle_gives_everything_back(tmp_path: Path) -> None:
    path = tape(tmp_path / "song.flac", noise(30.0))
    with Decoder() as decoder:
        process = psutil.Process()
        fds, threads = process.num_fds(), process.num_threads()
        stream = decoder.open(path)
        eventually(lambda: _take(stream, 1000), within_s=30, what="the song begins")

        stream.close()
        stream.close()

        eventually(lambda: process.num_fds() <= fds, within_s=30, what="file descriptors are released")
        eventually(lambda: process.num_threads() <= threads, within_s=30, what="threads have ended")


def test_streams_still_open_when_the_decoder_closes_are_ended(tmp_path: Path) -> None:
    path = tape(tmp_path / "song.flac", noise(30.0))
    process = psutil.Process()
    gc.collect()
    fds, threads = process.num_fds(), process.num_threads()
    with Decoder() as decoder:
        stream = decoder.open(path)
        eventually(lambda: _take(stream, 1000), within_s=30, what="the song begins")

    stream.close()

    eventually(lambda: process.num_threads() <= threads, within_s=30, what="threads have ended")
    eventually(lambda: process.num_fds() <= fds, within_s=30, what="file descriptors are released")


def test_two_hundred_clips_leave_memory_descriptors_and_threads_as_they_were(tmp_path: Path) -> None:
    """Seconds of work: a leak of one player shows only after many."""
    paths = [tape(tmp_path / f"clip{number}{ending}", noise(0.1)) for number, ending in enumerate((".flac", ".mp3"))]
    process = psutil.Process()
    before = process.num_threads()  # whoever runs the tests has some of its own
    with Decoder(blocking=True) as decoder:

        def play(clips: int) -> None:
            for _ in range(clips // 8):
                for stream in [decoder.open(paths[turn % 2]) for turn in range(8)]:
                    while _take(stream, 4096):
                        pass
                    stream.close()

        play(40)
        eventually(lambda: process.num_threads() < before + 7, within_s=30, what="the warm-up is over")
        rss, fds, threads = process.memory_info().rss, process.num_fds(), process.num_threads()

        play(200)

        eventually(lambda: process.num_threads() <= threads, within_s=30, what="threads have ended")
        eventually(lambda: process.num_fds() <= fds, within_s=30, what="file descriptors are released")
        assert process.memory_info().rss - rss < 4_000_000


def test_a_stream_that_nobody_reads_is_not_decoded_on(tmp_path: Path) -> None:
    path = tape(tmp_path / "song.flac", noise(60.0))
    with Decoder() as decoder:
        stream = decoder.open(path)
        waiting = [0]

        def full() -> bool:
            before, waiting[0] = waiting[0], _waiting_bytes(stream)
            return 0 < before == waiting[0]

        eventually(full, within_s=30, what="the pipe is full")
        let_pass(0.1)
        before_s = time.process_time()
        let_pass(0.3)
        spent_s = time.process_time() - before_s

        assert AHEAD_BYTES // 8 <= _waiting_bytes(stream) <= AHEAD_BYTES
        assert spent_s < 0.1
        stream.close()


def test_a_stream_that_has_nothing_yet_does_not_make_the_mixer_wait(tmp_path: Path) -> None:
    path = tape(tmp_path / "song.flac", noise(1.0))
    with Decoder() as decoder:
        stream = decoder.open(path)

        frames = _take(stream, 64)  # at once, before libVLC can have done anything

        assert frames in (0, 64)
        assert not stream.ended
        stream.close()


@contextmanager
def anybody_but_root() -> Iterator[None]:
    """Root may read anything: be nobody for a while."""
    if os.geteuid() != 0:
        yield
        return
    os.setresuid(65_534, 65_534, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)


def _take(stream: PcmStream, frames: int) -> int:
    return stream.read_into(memoryview(bytearray(frames * FRAME_BYTES)))


def _waiting_bytes(stream: PcmStream) -> int:
    answer = fcntl.ioctl(stream._fd, termios.FIONREAD, b"\0" * 4)
    count: int = struct.unpack("i", answer)[0]
    return count
