from __future__ import annotations

import json
import os
import shutil
import stat
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from kiosk.app.commands.who import login_name
from kiosk.app.opening import open_at_once
from kiosk.app.places import Places
from kiosk.audio.decoder import Decoder
from kiosk.audio.inspection import clipped_runs, inspect, longest_hole, silent_ends, true_peak_dbfs
from kiosk.cli import main
from kiosk.config.load import load_site
from kiosk.ledger.audit import lines
from kiosk.ledger.people import PeoplePages
from kiosk.ledger.store import open_ledger
from kiosk.rules.people.person import Person, Right
from kiosk.units import SAMPLE_RATE_HZ, PlaylistId
from tests import sites

COMMENTED = """\
# The music of the house.
[[playlists]]
id = "welcome"
files = ["sounds/welcome.wav"] # one is enough

[[playlists]]
id = "day"
files = [
  "sounds/music/song 1.wav", # Anna likes it
  "sounds/music/song 2.wav"
]

[[playlists]]
id = "closing"
files = ["sounds/closing.wav"]
"""


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(sites.write_site(tmp_path / "site", playlists=COMMENTED), tmp_path / "state")


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """What the department head brings along."""
    folder = tmp_path / "stick"
    sites.write_tone(folder / "spring [live].wav", 3.0, hertz=600)
    sites.write_tone(folder / "jazz/autumn.wav", 2.0, hertz=700)
    (folder / "cover.jpg").write_bytes(b"not music")
    return folder


Add = Callable[..., tuple[int, Any]]


@pytest.fixture
def add(places: Places, capsys: pytest.CaptureFixture[str]) -> Add:
    def run(folder: Path, *words: str) -> tuple[int, Any]:
        capsys.readouterr()
        where = ["--site", str(places.site), "--state", str(places.state)]
        code = main(["library", "add", str(folder), "--json", *words, *where])
        out = capsys.readouterr().out
        return code, json.loads(out) if out else None

    return run


def test_music_is_copied_measured_and_joins_its_playlist(places: Places, stick: Path, add: Add) -> None:
    code, entries = add(stick, "--playlist", "day")

    assert code == 0
    assert [one["path"] for one in entries] == ["sounds/music/jazz/autumn.wav", "sounds/music/spring [live].wav"]
    assert entries[1]["duration_s"] == pytest.approx(3.0, abs=0.05)
    assert entries[1]["true_peak_dbfs"] == pytest.approx(20 * np.log10(6000 / 32768), abs=1.0)
    assert (entries[1]["clipped"], entries[1]["added_to_playlist"]) == (0, True)
    assert load_site(places.site).playlists[PlaylistId("day")][2:] == tuple(one["path"] for one in entries)
    assert (places.site / "sounds/music/spring [live].wav").read_bytes() == (stick / "spring [live].wav").read_bytes()


def test_comments_and_layout_of_the_playlists_stay(places: Places, stick: Path, add: Add) -> None:
    add(stick, "--playlist", "day")
    add(stick, "--playlist", "closing")

    text = (places.site / "schedules/playlists.toml").read_text(encoding="utf-8")

    assert text == COMMENTED.replace(
        '  "sounds/music/song 2.wav"\n',
        '  "sounds/music/song 2.wav",\n  "sounds/music/jazz/autumn.wav",\n  "sounds/music/spring [live].wav",\n',
    ).replace(
        '["sounds/closing.wav"]',
        '["sounds/closing.wav", "sounds/music/jazz/autumn.wav", "sounds/music/spring [live].wav"]',
    )


def test_what_was_measured_is_not_listened_to_again(places: Places, stick: Path, add: Add) -> None:
    add(stick, "--playlist", "day")

    errands = open_at_once(places).errands

    assert not [one for one in errands if isinstance(one, str) and ("autumn" in one or "spring" in one)]


def test_a_pattern_that_covers_the_music_already_is_left_alone(places: Places, stick: Path, add: Add) -> None:
    file = places.site / "schedules/playlists.toml"
    file.write_text(sites.PLAYLISTS.replace("sounds/music/*", "sounds/music/**/*"), encoding="utf-8")
    before = file.read_bytes()

    code, entries = add(stick, "--playlist", "day")

    assert code == 0
    assert not any(one["added_to_playlist"] for one in entries)
    assert file.read_bytes() == before


def test_what_cannot_be_played_is_refused_with_the_reason_and_the_rest_is_taken(
    places: Places, stick: Path, add: Add
) -> None:
    (stick / "broken.mp3").write_bytes(b"no music" * 100)
    (stick / "empty.flac").write_bytes(b"")
    soundfile.write(stick / "silent.wav", np.zeros((SAMPLE_RATE_HZ, 2)), SAMPLE_RATE_HZ)

    code, entries = add(stick)

    assert code == 1
    refused = {Path(one["file"]).name: one["refused"] for one in entries if one["refused"]}
    assert refused.pop("broken.mp3").endswith("decoded: replace the file")
    assert refused == {
        "empty.flac": "empty.flac is empty: copy the file again",
        "silent.wav": "it is silent from beginning to end",
    }
    assert not [one for one in (places.site / "sounds").rglob("*") if one.name in (*refused, "broken.mp3")]
    assert len([one for one in entries if one["path"]]) == 2


def test_a_song_that_is_there_under_another_name_is_not_taken_twice(places: Places, stick: Path, add: Add) -> None:
    shutil.copy(places.site / "sounds/music/song 2.wav", stick / "another name.wav")
    shutil.copy(stick / "jazz/autumn.wav", stick / "z.wav")

    code, entries = add(stick)

    assert code == 1
    assert [one["refused"] for one in entries] == [
        "the same sound as sounds/music/song 2.wav", "", "", "the same sound as sounds/music/jazz/autumn.wav",
    ]  # fmt: skip


def test_nothing_is_ever_overwritten(places: Places, stick: Path, add: Add) -> None:
    sites.write_tone(stick / "song 1.wav", 1.0, hertz=900)
    before = (places.site / "sounds/music/song 1.wav").read_bytes()

    code, entries = add(stick)

    assert code == 1
    assert [one["refused"] for one in entries if one["refused"]] == [
        "another file is at sounds/music/song 1.wav already: rename one of them"
    ]
    assert (places.site / "sounds/music/song 1.wav").read_bytes() == before


def test_taking_the_same_folder_twice_changes_nothing(places: Places, stick: Path, add: Add) -> None:
    add(stick, "--playlist", "day")
    before = (places.site / "schedules/playlists.toml").read_bytes()

    code, entries = add(stick, "--playlist", "day")

    assert code == 0
    assert [one["notes"] for one in entries] == [["was there already"], ["was there already"]]
    assert (places.site / "schedules/playlists.toml").read_bytes() == before


def test_music_that_lies_in_the_site_already_is_taken_in_place(places: Places, add: Add) -> None:
    sites.write_tone(places.site / "sounds/jazz/blue.wav", 1.0, hertz=900)

    code, entries = add(places.site / "sounds/jazz", "--playlist", "day")

    assert code == 0
    assert [one["path"] for one in entries] == ["sounds/jazz/blue.wav"]
    assert "sounds/jazz/blue.wav" in load_site(places.site).playlists[PlaylistId("day")]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--playlist", "dya"), "there is no playlist dya; there are: welcome, day, closing"),
        (("--into", "../elsewhere"), "which does not stay inside the site directory"),
        (("--into", "schedules"), "music belongs below sounds/"),
    ],
)
def test_what_cannot_be_meant_is_told_before_anything_is_copied(
    places: Places, stick: Path, add: Add, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], why: str
) -> None:
    where = ["--site", str(places.site), "--state", str(places.state)]

    code = main(["library", "add", str(stick), *words, *where])

    assert code == 1
    assert why in capsys.readouterr().err
    assert len(list((places.site / "sounds").rglob("*.wav"))) == len(sites.SOUNDS_S)


def test_a_folder_without_music_is_told(places: Places, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty").mkdir()

    codes = [
        main(["library", "add", str(tmp_path / name), "--site", str(places.site), "--state", str(places.state)])
        for name in ("empty", "gone")
    ]

    said = capsys.readouterr().err
    assert codes == [1, 1]
    assert "holds no sound file" in said
    assert "is no folder" in said


def test_who_added_music_stands_in_the_log(places: Places, stick: Path, add: Add) -> None:
    with open_ledger(places.ledger):
        pass

    add(stick, "--playlist", "day")

    zone = load_site(places.site).zone_info
    with open_ledger(places.ledger) as ledger, ledger.read() as connection:
        (line,) = [one for one in lines(connection, zone) if one.action == "adds music"]
    assert line.details == {"files": "2", "playlist": "day"}


@pytest.mark.rule("B04")
def test_somebody_who_is_not_the_department_head_adds_no_music(
    places: Places, stick: Path, add: Add, capsys: pytest.CaptureFixture[str]
) -> None:
    zone = load_site(places.site).zone_info
    with open_ledger(places.ledger) as ledger:
        today = datetime.now(zone)
        anna = Person("anna", "Anna", frozenset({Right.ANNOUNCER}), trained_on=today.date(), login=login_name())
        assert isinstance(PeoplePages(ledger, b"key").add(anna, "root", today), Person)

    code, _ = add(stick, "--playlist", "day")

    assert code == 1
    assert not (places.site / "sounds/music/autumn.wav").exists()
    with open_ledger(places.ledger) as ledger, ledger.read() as connection:
        (line,) = [one for one in lines(connection, zone) if one.action == "is refused"]
    assert (line.actor, line.subject) == ("anna", "the music library")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_site_that_may_not_be_written_is_told(places: Places, stick: Path, add: Add) -> None:
    (places.site / "sounds/music").chmod(stat.S_IRUSR | stat.S_IXUSR)

    code, _ = add(stick)

    assert code == 3


def test_clipping_gaps_and_softness_are_noted(places: Places, tmp_path: Path, add: Add) -> None:
    seconds = np.arange(3 * SAMPLE_RATE_HZ) / SAMPLE_RATE_HZ
    tone = np.sin(2 * np.pi * 440 * seconds)
    loud = np.repeat(np.clip(2 * tone, -1, 1)[:, None], 2, axis=1)
    soft = np.repeat(0.003 * tone[:, None], 2, axis=1)
    gap = np.concatenate([loud[: SAMPLE_RATE_HZ // 2] * 0.2, np.zeros((3 * SAMPLE_RATE_HZ, 2))])
    (tmp_path / "new").mkdir()
    for name, wave in (("1 loud", loud), ("2 soft", soft), ("3 gap", gap)):
        soundfile.write(tmp_path / f"new/{name}.wav", wave, SAMPLE_RATE_HZ)

    _, entries = add(tmp_path / "new")

    told = [" ".join(one["notes"]) for one in entries]
    assert told[0].startswith("clipped 52")  # both channels, both halves of 1,320 waves, less the ends
    assert "lifted by 12 dB only" in told[1]
    assert told[2] == "3.0 s of silence at its end are a hole in the programme: cut them"


@pytest.mark.rule("B03")
def test_a_song_with_a_long_silence_within_is_noted_and_so_is_one_that_mono_loudspeakers_would_lose(
    places: Places, tmp_path: Path, add: Add
) -> None:
    rng = np.random.default_rng(4)
    sound = np.repeat(rng.normal(0, 0.1, SAMPLE_RATE_HZ)[:, None], 2, axis=1)
    hidden = np.concatenate([sound, np.zeros((7 * SAMPLE_RATE_HZ, 2)), sound])
    rest = np.concatenate([sound, np.zeros((3 * SAMPLE_RATE_HZ, 2)), sound])
    weak = rng.normal(0, 0.03, (SAMPLE_RATE_HZ, 2))
    waves = {"1 hidden": hidden, "2 rest": rest, "3 against": sound * (1, -1), "4 nearly": sound * (1, -1) + weak}
    wide = rng.normal(0, 0.1, (SAMPLE_RATE_HZ, 2))
    (tmp_path / "new").mkdir()
    for name, wave in {**waves, "5 wide": wide}.items():
        soundfile.write(tmp_path / f"new/{name}.wav", wave, SAMPLE_RATE_HZ)

    _, entries = add(tmp_path / "new")

    told = [" ".join(one["notes"]) for one in entries]
    assert told[0] == "7.0 s of silence from 0:01 on are a hole in the programme: cut it there"
    assert told[1] == told[4] == ""
    assert told[2].startswith("its sides cancel each other: nearly all of it is lost")
    assert told[3].startswith("its sides cancel each other: 14 dB is lost")
    assert [entries[0]["longest_silence_s"], entries[4]["mono_loss_db"]] == pytest.approx([7.0, 3.0], abs=0.1)


def test_a_peak_between_two_samples_is_found() -> None:
    quarter = np.sin(2 * np.pi * (np.arange(4 * SAMPLE_RATE_HZ) / 4 + 1 / 8))  # its tops lie between the samples
    quarter *= np.hanning(len(quarter))  # an abrupt end would overshoot
    samples = np.repeat(np.round(20_000 * quarter)[:, None], 2, axis=1).astype(np.int16)

    sample_peak = 20 * np.log10(np.abs(samples).max() / 32768)

    assert true_peak_dbfs(samples) == pytest.approx(20 * np.log10(20_000 / 32768), abs=0.1)
    assert true_peak_dbfs(samples) > sample_peak + 2.5


def test_what_is_no_sound_has_no_measures(tmp_path: Path) -> None:
    (tmp_path / "bad.wav").write_bytes(b"no")

    with Decoder(blocking=True) as decoder:
        found = inspect(decoder, tmp_path / "bad.wav")

    assert found.sound.fault
    assert found.true_peak_dbfs == -120.0


def test_single_full_samples_are_no_clipping() -> None:
    samples = np.zeros((100, 2), dtype=np.int16)
    samples[10:12, 0] = 32767
    samples[20:25, 1] = -32768
    samples[30:33, 0] = 32767

    assert clipped_runs(samples) == 2
    assert silent_ends(samples) == (10, 67)
    assert silent_ends(np.zeros((7, 2), dtype=np.int16)) == (7, 0)
    assert longest_hole(samples) == (12, 8)
    assert longest_hole(samples[20:25]) == longest_hole(np.zeros((7, 2), dtype=np.int16)) == (0, 0)
