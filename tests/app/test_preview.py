from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
import soundfile

from kiosk.app.places import Places
from kiosk.app.speech import unsaid
from kiosk.audio.preview import heard
from kiosk.audio.speech import voices
from kiosk.cli import main
from kiosk.config.load import load_site
from kiosk.rules.broadcast.material import AirClass, Announcement, Clip, rest
from kiosk.units import SAMPLE_RATE_HZ
from tests import sites
from tests.audio.pulse import Pulse

PROJECT = Path(__file__).parents[2]
BOTH = sites.SITE.replace("[speech]\n", '[speech]\nlanguages = ["zh-CN", "en"]\n')
SOUNDS_S = {**sites.SOUNDS_S, "sounds/speech/member-day.wav": 2.0, "sounds/chime.wav": 1.0}


def a_place(root: Path, site: str = BOTH) -> Places:
    return Places(sites.write_site(root / "site", site=site, sounds_s=SOUNDS_S), root / "state")


def words(places: Places, *more: str) -> list[str]:
    return ["binder", "preview", *more, "--site", str(places.site), "--state", str(places.state)]


@pytest.mark.rule("B17")
def test_a_page_is_read_timed_and_its_pronunciation_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(words(a_place(tmp_path), "member-day", "--silent", "--json"))

    page = json.loads(capsys.readouterr().out)
    mandarin, english = page["languages"]
    assert code == 0
    assert mandarin["text"] == "各位来宾，会员日开始了。"
    assert mandarin["pinyin"] == "gèwèi láibīn， huìyuánrì kāishǐ le。"
    assert mandarin["to_mind"] == {"会员日": "huìyuánrì"}
    assert mandarin["estimated_s"] == pytest.approx(10 / 4.2 + 0.25, abs=0.1)
    assert (mandarin["voice"], mandarin["duration_s"]) == ("recording", pytest.approx(2.0, abs=0.05))
    assert (english["voice"], english["fault"]) == ("espeak", "")
    assert 1.0 < english["duration_s"] < 4.0
    assert page["parts"] == ["prelude", "script", "breath", "script-en", "breath", "postlude"]


@pytest.mark.rule("B17")
def test_a_character_that_no_voice_can_say_is_named_before_anything_is_aired(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    places = Places(
        sites.write_site(tmp_path / "site", site=BOTH, sounds_s=SOUNDS_S, binder=("请离开。", "请𠮷店长离开。")),
        tmp_path / "state",
    )

    main(words(places, "evacuation", "--silent", "--json"))
    mandarin, english = json.loads(capsys.readouterr().out)["languages"]
    main(words(places, "evacuation", "--silent"))
    shown = capsys.readouterr().out
    with closing(voices(load_site(places.site).speech.voices, places.spoken)) as voice:
        waiting = {f"{saying.script} {saying.language}": why for saying, why in unsaid(load_site(places.site), voice)}

    assert mandarin["left_out"] == "no voice can say 𠮷, which is left out; write it otherwise"
    assert english["left_out"] == ""
    assert mandarin["left_out"] in shown
    assert waiting["evacuation zh-CN"] == mandarin["left_out"]


@pytest.mark.rule("B17")
def test_without_an_output_for_previews_the_page_is_still_read_and_the_way_out_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(words(a_place(tmp_path), "member-day"))

    said = capsys.readouterr()
    assert code == 1
    assert "各位来宾，会员日开始了。" in said.out
    assert "mind: 会员日 huìyuánrì" in said.out
    assert "names no [preview] device; add one, or write a file with --out" in said.err


@pytest.mark.rule("B17")
def test_a_page_can_be_written_as_it_would_be_heard(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "preview.flac"

    code = main(words(a_place(tmp_path), "member-day", "--out", str(out), "--json"))

    page = json.loads(capsys.readouterr().out)
    sound, rate = soundfile.read(out)
    assert (code, rate) == (0, SAMPLE_RATE_HZ)
    assert len(sound) / rate == pytest.approx(page["duration_s"], abs=0.1)


def test_a_page_that_is_not_in_the_binder_is_told_with_the_likeliest_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(words(a_place(tmp_path), "memberday"))

    assert code == 1
    assert 'there is no page memberday in the binder; did you mean "member-day"?' in capsys.readouterr().err


def test_a_page_that_no_voice_can_say_is_shown_with_the_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mute = sites.SITE.replace('["espeak"]', '["command"]\ncommand = "/bin/false"')

    code = main(words(a_place(tmp_path, mute), "closing-30"))

    said = capsys.readouterr()
    assert code == 1
    assert "it cannot be heard: no voice: command: false failed: exit code 1" in said.out
    assert "nothing of it can be heard" in said.err


def test_an_out_that_cannot_be_written_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(words(a_place(tmp_path), "member-day", "--out", str(tmp_path / "no/such/folder.flac")))

    assert code == 3
    assert "name a folder that exists" in capsys.readouterr().err


@pytest.mark.rule("B15")
def test_what_is_heard_is_at_the_levels_of_the_store(tmp_path: Path) -> None:
    sites.write_tone(tmp_path / "tone.wav", 1.0)
    clips = (Clip("tone.wav", 1.0, -6.0), rest(0.5), Clip("tone.wav", 1.0, 0.0))

    sound = heard(Announcement("x", AirClass.ROUTINE, clips, ("prelude", "breath", "script")), tmp_path)

    loudest = [float(np.abs(part).max()) for part in (sound[4410:22050], sound[48_000:60_000], sound[88_200:100_000])]
    assert loudest[0] == pytest.approx(loudest[2] / 2, rel=0.01)
    assert loudest[1] == 0.0
    assert loudest[2] == pytest.approx(6000 / 32768, rel=0.01)


# on real sound


@pytest.fixture(scope="module")
def pulse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pulse]:
    with Pulse(tmp_path_factory.mktemp("pulse"), ("hall", "booth")) as server:
        yield server


def previewed(pulse: Pulse, places: Places) -> subprocess.CompletedProcess[str]:
    """In a process of its own: libasound reads its configuration once."""
    command = [sys.executable, "-m", "kiosk", *words(places, "member-day")]
    return subprocess.run(
        command, env=pulse.environment, cwd=PROJECT, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.sound
@pytest.mark.rule("B17")
def test_a_preview_is_heard_on_its_own_output_and_never_in_the_store(pulse: Pulse, tmp_path: Path) -> None:
    site = sites.SITE.replace('device = ""', 'device = "hall"') + '\n[preview]\ndevice = "booth"\n'
    places = a_place(tmp_path, site)

    with pulse.record("hall") as hall, pulse.record("booth") as booth:
        done = previewed(pulse, places)
        in_the_store, in_the_booth = hall.sound, booth.sound

    assert done.returncode == 0, done.stderr
    assert not in_the_store.any()
    audible = np.flatnonzero(np.abs(in_the_booth).max(axis=1))
    assert (audible[-1] - audible[0]) / SAMPLE_RATE_HZ == pytest.approx(1.0 + 2.0 + 0.4 + 1.0, abs=0.2)


@pytest.mark.sound
@pytest.mark.rule("B17")
def test_a_preview_on_the_output_of_the_broadcast_is_refused(pulse: Pulse, tmp_path: Path) -> None:
    site = sites.SITE.replace('device = ""', 'device = "hall"') + '\n[preview]\ndevice = "hal"\n'
    places = a_place(tmp_path, site)

    with pulse.record("hall") as hall:
        done = previewed(pulse, places)
        in_the_store = hall.sound

    assert done.returncode == 3
    assert "[preview] device 'hal' is hall, on which the store broadcasts: a preview is never on the air" in done.stderr
    assert not in_the_store.any()


@pytest.mark.sound
@pytest.mark.rule("B17")
def test_a_preview_on_a_further_output_of_the_broadcast_is_refused(pulse: Pulse, tmp_path: Path) -> None:
    site = sites.SITE.replace("[output]\n", '[[outputs]]\nid = "down"\n').replace('device = ""', 'device = "hall"')
    site += '\n[[outputs]]\nid = "up"\ndevice = "booth"\n\n[preview]\ndevice = "booth"\n'
    site += '\n[[zones]]\nid = "up"\ntitle = { zh-CN = "楼上", zh-TW = "樓上", en = "Upstairs" }\n'
    site += 'output = "up"\nchannels = [1, 2]\nvolume_db = -6.0\n'

    with pulse.record("booth") as booth:
        done = previewed(pulse, a_place(tmp_path, site))
        upstairs = booth.sound

    assert done.returncode == 3, done.stderr
    assert "on which the store broadcasts" in done.stderr
    assert not upstairs.any()


@pytest.mark.sound
def test_a_preview_output_that_is_not_there_is_told_with_those_that_are(pulse: Pulse, tmp_path: Path) -> None:
    done = previewed(pulse, a_place(tmp_path, sites.SITE + '\n[preview]\ndevice = "headphones"\n'))

    assert done.returncode == 3
    assert "sound output headphones: there is none of that name" in done.stderr
    assert "booth" in done.stderr
