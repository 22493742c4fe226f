from __future__ import annotations

import logging
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import psutil
import pytest

from kiosk.audio.speech import kokoro_model
from kiosk.audio.speech.engine import Sentence, sentences
from kiosk.audio.speech.kokoro import Kokoro
from kiosk.errors import DeviceFault
from kiosk.rules.speech.settings import Manner, SpeechSettings
from kiosk.rules.speech.tokens import Speakable, Word
from kiosk.units import SAMPLE_RATE_HZ, Language
from tests.audio.speech.installed import needs_kokoro
from tests.audio.speech.voices import ENGLISH, MANDARIN, PAGE, read
from tests.audio.waiting import eventually

SHORT = sentences(read("您好！"))[0]
LIMIT_S = 60.0


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("models")


@pytest.fixture
def kokoro(models: Path) -> Iterator[Kokoro]:
    voice = Kokoro(SpeechSettings(), models)
    yield voice
    voice.close()


@needs_kokoro
def test_it_says_a_page_and_an_english_sentence(kokoro: Kokoro) -> None:
    page = kokoro.say(sentences(read(PAGE))[0], limit_s=LIMIT_S)
    hello = kokoro.say(sentences(read("Good morning.", ENGLISH))[0], limit_s=LIMIT_S)

    assert page is not None
    assert hello is not None
    assert page.rate_hz == hello.rate_hz == SAMPLE_RATE_HZ
    assert 4.0 < len(page.wave) / SAMPLE_RATE_HZ < 8.0
    assert 0.4 < len(hello.wave) / SAMPLE_RATE_HZ < 1.6


@needs_kokoro
def test_a_latin_name_in_a_mandarin_page_is_spoken(kokoro: Kokoro) -> None:
    with_name = kokoro.say(sentences(read("请到KFC旁边。"))[0], limit_s=LIMIT_S)
    without = kokoro.say(sentences(read("请到旁边。"))[0], limit_s=LIMIT_S)

    assert with_name is not None
    assert without is not None
    assert len(with_name.wave) > len(without.wave) + 0.3 * SAMPLE_RATE_HZ


@needs_kokoro
def test_the_same_text_is_the_same_sound_in_any_process(kokoro: Kokoro) -> None:
    first = kokoro.say(SHORT, limit_s=LIMIT_S)
    kokoro.close()

    again = kokoro.say(SHORT, limit_s=LIMIT_S)

    assert first is not None
    assert again is not None
    assert np.array_equal(first.wave, again.wave)


@needs_kokoro
def test_its_process_ends_when_nobody_asks_and_comes_back(models: Path) -> None:
    voice = Kokoro(SpeechSettings(idle_s=0.3), models)
    assert voice.say(SHORT, limit_s=LIMIT_S) is not None
    first = voice.process

    eventually(lambda: voice.process is None, within_s=10.0, what="the model's memory is free")
    spoken = voice.say(SHORT, limit_s=LIMIT_S)

    assert spoken is not None
    assert voice.process != first
    voice.close()


@needs_kokoro
def test_a_process_that_was_killed_is_replaced(kokoro: Kokoro) -> None:
    assert kokoro.say(SHORT, limit_s=LIMIT_S) is not None
    killed = kokoro.process
    assert killed is not None
    os.kill(killed, signal.SIGKILL)

    assert kokoro.say(SHORT, limit_s=LIMIT_S) is not None
    assert kokoro.process not in (None, killed)


@needs_kokoro
def test_a_process_that_hangs_is_cut_off(kokoro: Kokoro) -> None:
    assert kokoro.say(SHORT, limit_s=LIMIT_S) is not None
    hung = kokoro.process
    assert hung is not None
    os.kill(hung, signal.SIGSTOP)
    began_s = time.monotonic()

    with pytest.raises(DeviceFault, match="too long"):
        kokoro.say(SHORT, limit_s=0.5)

    assert time.monotonic() - began_s < 3.0
    assert kokoro.process is None
    eventually(lambda: not psutil.pid_exists(hung), within_s=5.0, what="the hung process is gone")


@needs_kokoro
def test_its_process_ends_with_the_process_that_asked(kokoro: Kokoro) -> None:
    assert kokoro.say(SHORT, limit_s=LIMIT_S) is not None
    process = kokoro.process
    assert process is not None

    kokoro.close()
    kokoro.close()

    assert not psutil.pid_exists(process)


@needs_kokoro
def test_a_damaged_model_is_a_fault_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "model.onnx").write_bytes(b"no model")
    voice = Kokoro(SpeechSettings(model=tmp_path / "model.onnx"), tmp_path)

    with pytest.raises(DeviceFault, match=r"cannot be opened.*tools/setup"):
        voice.say(SHORT, limit_s=LIMIT_S)


def test_a_voice_that_is_not_there_is_a_fault_that_names_those_that_are(tmp_path: Path) -> None:
    voice = Kokoro(SpeechSettings(manners={Language("zh-CN"): Manner("zf_nobody")}), tmp_path)

    with pytest.raises(DeviceFault, match=r"no voice zf_nobody; there are af_heart, zf_xiaobei"):
        voice.say(SHORT, limit_s=1.0)


def test_what_the_model_was_never_taught_is_left_to_another_voice(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    odd = Sentence(Speakable(MANDARIN, (Word("omega"),)))
    voice = Kokoro(SpeechSettings(), tmp_path, spelled=lambda words: "Ω")

    with caplog.at_level(logging.WARNING):
        assert voice.say(odd, limit_s=1.0) is None

    assert "never taught" in caplog.text
    assert "omega" not in caplog.text  # a text may hold a name


def test_without_the_packages_it_says_which_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kokoro_model, "PARTS", ("no_such_model_part",))

    with pytest.raises(
        DeviceFault, match=r"not installed \(no_such_model_part\); run tools/setup again, or: pip install"
    ):
        kokoro_model.joined(tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_parts_of_another_model_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "packages" / "another_model_part"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("", encoding="utf-8")
    (package / "part.bin").write_bytes(b"another model")
    monkeypatch.syspath_prepend(tmp_path / "packages")
    monkeypatch.setattr(kokoro_model, "PARTS", ("another_model_part",))

    with pytest.raises(DeviceFault, match="damaged or of another version"):
        kokoro_model.joined(tmp_path / "state")

    assert list((tmp_path / "state").iterdir()) == []


@needs_kokoro
def test_the_model_is_joined_once(tmp_path: Path) -> None:
    path = kokoro_model.joined(tmp_path)
    made = path.stat().st_mtime_ns

    assert kokoro_model.joined(tmp_path) == path
    assert path.stat().st_mtime_ns == made
    assert path.stat().st_size == kokoro_model.BYTES
