from __future__ import annotations

import logging
import time
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.audio.decoder import Decoder
from kiosk.audio.listening import hear
from kiosk.audio.speech import voices
from kiosk.audio.speech.command import Command
from kiosk.audio.speech.engine import Engine, Voiced
from kiosk.audio.speech.shelf import Shelf
from kiosk.audio.speech.speaker import REST_S, Patience, Speaker, speaker
from kiosk.errors import DeviceFault
from kiosk.rules.speech.settings import SpeechSettings
from kiosk.units import SAMPLE_RATE_HZ
from tests.audio.speech.voices import PAGE, WELCOME, Hummer, heard, hum, program, read

NEXT_PAGE = "本公司李先生，请与总服务台联系，谢谢。"


class Wait:
    """Monotonic time that passes when it is told to."""

    def __init__(self) -> None:
        self.mono_s = 1000.0

    def __call__(self) -> float:
        return self.mono_s


def test_the_first_voice_that_can_speak_speaks(tmp_path: Path) -> None:
    first, second, third = Hummer("first"), Hummer("second"), Hummer("third")
    first.loses_its_words()
    second.breaks("its model is gone")
    voices = Speaker([first, second, third], Shelf(tmp_path))

    spoken = voices.speak(read(WELCOME))

    assert spoken.engine == "third"
    assert first.said == second.said == ["各位来宾，早上好！"]
    assert third.said == ["各位来宾，早上好！", "欢迎光临和风百货。"]


def test_an_announcement_is_never_said_in_two_voices(tmp_path: Path) -> None:
    class Tiring(Hummer):
        def say(self, *args: object, **kwargs: object) -> Voiced | None:
            if self.said:
                self.breaks("it is hoarse")
            return super().say(*args, **kwargs)  # type: ignore[arg-type]

    voices = Speaker([Tiring("tiring"), second := Hummer("second")], Shelf(tmp_path))

    spoken = voices.speak(read(WELCOME))

    assert spoken.engine == "second"
    assert len(second.said) == 2


def test_a_voice_that_failed_rests_and_is_told_of_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    now = Wait()
    good, last = Hummer("good"), Hummer("last")
    voices = Speaker([good, last], Shelf(tmp_path), mono_s=now)
    good.breaks("the package is missing; install it")

    voices.speak(read(WELCOME))
    voices.speak(read(PAGE))
    now.mono_s += REST_S + 1
    voices.speak(read(NEXT_PAGE))

    assert len(good.said) == 2
    warnings = [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]
    assert warnings == ["the voice good is left out for now: the package is missing; install it"]


def test_a_mended_voice_speaks_again_after_its_rest(tmp_path: Path) -> None:
    now = Wait()
    good, last = Hummer("good"), Hummer("last", hertz=110)
    voices = Speaker([good, last], Shelf(tmp_path), mono_s=now)
    good.breaks("busy")
    voices.speak(read(WELCOME))
    good.is_mended()

    while_resting = voices.speak(read(WELCOME))
    now.mono_s += REST_S + 1
    afterwards = voices.speak(read(WELCOME))

    assert (while_resting.engine, afterwards.engine) == ("last", "good")


def test_what_was_said_before_is_not_said_again(tmp_path: Path) -> None:
    voices = Speaker([hummer := Hummer("hummer")], Shelf(tmp_path))
    first = voices.speak(read(PAGE))
    made = first.path.stat().st_mtime_ns

    again = Speaker([hummer], Shelf(tmp_path)).speak(read(PAGE))

    assert again.path == first.path
    assert again.delivery is None
    assert again.path.stat().st_mtime_ns == made  # what was heard of the library stays valid
    assert len(hummer.said) == 1


def test_another_manner_or_reading_or_voice_is_another_sound(tmp_path: Path) -> None:
    hummer = Hummer("hummer")
    voices = Speaker([hummer], Shelf(tmp_path))
    first = voices.speak(read("单先生"))
    hummer.edition = 2

    faster = voices.speak(read("单先生"))
    other = Speaker([Hummer("other")], Shelf(tmp_path)).speak(read("单先生"))

    assert len({first.path, faster.path, other.path}) == 3


def test_a_kept_sound_serves_while_its_voice_is_broken(tmp_path: Path) -> None:
    good = Hummer("good")
    voices = Speaker([good, Hummer("last")], Shelf(tmp_path))
    kept = voices.speak(read(WELCOME)).path
    good.breaks("gone")
    voices.speak(read(PAGE))

    assert voices.speak(read(WELCOME)).path == kept
    ready = voices.ready(read(WELCOME))
    assert ready is not None
    assert ready.path == kept
    assert voices.ready(read(NEXT_PAGE)) is None


def test_a_voice_that_never_ends_is_cut_off_and_the_next_one_speaks(tmp_path: Path) -> None:
    stuck = Command(str(program(tmp_path / "stuck", "exec tail -f /dev/null")))
    voices = Speaker([stuck, Hummer("last")], Shelf(tmp_path), patience=Patience(0.3, 0.0))
    began_s = time.monotonic()

    spoken = voices.speak(read(WELCOME))

    assert spoken.engine == "last"
    assert time.monotonic() - began_s < 3.0


def test_a_voice_that_swallows_words_is_not_believed(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    class Swallowing(Hummer):
        def say(self, *args: object, **kwargs: object) -> Voiced | None:
            return Voiced(hum(1), SAMPLE_RATE_HZ)

    spoken = Speaker([Swallowing("swallowing"), Hummer("last")], Shelf(tmp_path)).speak(read(PAGE))

    assert spoken.engine == "last"
    assert "was heard for 23 syllables" in caplog.text


def test_without_any_voice_every_reason_is_told(tmp_path: Path) -> None:
    first, second = Hummer("first"), Hummer("second")
    first.breaks("it is hoarse")
    second.loses_its_words()
    voices = Speaker([first, second], Shelf(tmp_path))

    for _ in range(2):  # the second time while it rests
        with pytest.raises(DeviceFault, match=r"first: it is hoarse; second has no words for it"):
            voices.speak(read(PAGE))
    with pytest.raises(DeviceFault, match="none is configured"):
        Speaker([], Shelf(tmp_path)).speak(read(PAGE))


@pytest.mark.parametrize("text", ["", "。！？", "☃"])
def test_a_text_without_words_is_a_fault(tmp_path: Path, text: str) -> None:
    with pytest.raises(DeviceFault, match="nothing to say"):
        Speaker([Hummer("hummer")], Shelf(tmp_path)).speak(read(text))


def test_closing_closes_every_voice(tmp_path: Path) -> None:
    engines = [Hummer("one"), Hummer("two")]

    Speaker(engines, Shelf(tmp_path)).close()

    assert all(engine.closed for engine in engines)


def test_the_order_of_the_store_is_kept_and_engines_without_their_setting_are_left_out(tmp_path: Path) -> None:
    def names(settings: SpeechSettings) -> list[str]:
        engines: tuple[Engine, ...] = speaker(settings, tmp_path, read)._engines
        return [engine.name for engine in engines]

    assert names(SpeechSettings()) == ["kokoro", "espeak"]
    assert names(SpeechSettings(command="reader", recorded=tmp_path)) == ["recorded", "kokoro", "command", "espeak"]
    assert names(SpeechSettings(engines=("espeak", "kokoro"))) == ["espeak", "kokoro"]
    with pytest.raises(ValueError, match=r"no speech engine 'piper'; there are recorded, kokoro, command, espeak"):
        speaker(SpeechSettings(engines=("piper",)), tmp_path, read)


def test_a_page_that_is_said_twice_is_made_once(tmp_path: Path) -> None:
    voices = Speaker([hummer := Hummer("hummer")], Shelf(tmp_path))

    spoken = voices.speak(read("来宾王先生，请您到总服务台。来宾王先生，请您到总服务台。谢谢。"))

    assert hummer.said == ["来宾王先生，请您到总服务台。", "谢谢。"]
    assert spoken.sound.duration_s > 2 * 13 * 0.24


def test_a_sound_that_only_a_lesser_voice_has_said_is_ready_but_not_the_best(tmp_path: Path) -> None:
    good, last = Hummer("good"), Hummer("last", hertz=110)
    good.breaks("its model is gone")
    fallen_back = Speaker([good, last], Shelf(tmp_path)).speak(read(WELCOME))
    good.is_mended()
    voices = Speaker([good, last], Shelf(tmp_path))

    ready = voices.ready(read(WELCOME))
    better = voices.speak(read(WELCOME))
    afterwards = voices.ready(read(WELCOME))

    assert (fallen_back.engine, fallen_back.instead) == ("last", "good: its model is gone")
    assert ready is not None
    assert (ready.engine, ready.instead) == ("last", "good has not said it yet")
    assert (better.engine, better.instead) == ("good", "")
    assert afterwards is not None
    assert (afterwards.engine, afterwards.instead) == ("good", "")


def test_what_is_kept_tells_its_level_without_being_listened_to(tmp_path: Path) -> None:
    Speaker([Hummer("hummer")], Shelf(tmp_path)).speak(read(WELCOME))

    ready = Speaker([Hummer("hummer")], Shelf(tmp_path)).ready(read(WELCOME))

    assert ready is not None
    with Decoder(blocking=True) as decoder:
        heard_of = hear(decoder, ready.path)
    assert heard_of.lufs is not None
    assert ready.sound.lufs == pytest.approx(heard_of.lufs, abs=0.1)
    assert ready.sound.peak_dbfs == pytest.approx(heard_of.peak_dbfs, abs=0.1)
    assert ready.sound.duration_s == heard_of.duration_s


def test_the_voices_speak_with_what_is_installed(tmp_path: Path) -> None:
    settings = SpeechSettings(engines=("espeak",))
    with closing(voices(settings, tmp_path / "state" / "spoken")) as voice:
        path = voice.speak(read("您好")).path
        again = voice.speak(read("您好")).path
    with closing(voices(settings, tmp_path / "other" / "spoken")) as voice:
        elsewhere = voice.speak(read("您好")).path

    assert len(heard(path)) > 0.2 * SAMPLE_RATE_HZ
    assert again == path
    assert elsewhere.name == path.name
