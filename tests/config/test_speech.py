from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kiosk.config.load import check_site, load_site
from kiosk.config.speaking import FREQUENT_SURNAMES, Preview, Speech
from kiosk.rules.speech.settings import Manner
from kiosk.units import Language
from tests.sites import BINDER, SITE, write_site

TODAY = date(2026, 11, 21)
MANDARIN, TAIWAN, ENGLISH = Language("zh-CN"), Language("zh-TW"), Language("en")
QUIET = SITE.replace('[speech]\nengines = ["espeak"]\n', "")
WHOLE = """
[speech]
engines = ["recorded", "command"]
languages = ["zh-CN", "en"]
breath = "1500ms"
recorded = "sounds/speech/inventory"
command = "my-voice --out {wav}"
patience = "40s"
patience_per_syllable = "2s"
surnames = ["欧阳", "王", "王"]

[speech.voices]
zh-TW = { voice = "zf_xiaoxiao" }
en = { voice = "af_heart", speed = 1.0 }

[preview]
device = "Headphones"
"""
RECORDED = 'recording = "sounds/speech/member-day.wav"'


def test_without_a_word_about_speech_the_house_speaks_as_it_always_did(tmp_path: Path) -> None:
    site = load_site(write_site(tmp_path, site=QUIET))

    assert site.speech == Speech()
    assert site.speech.voices.engines == ("recorded", "kokoro", "command", "espeak")
    assert site.speech.languages == (MANDARIN,)
    assert site.speech.surnames == FREQUENT_SURNAMES
    assert site.preview == Preview("")


def test_a_store_chooses_its_voices_its_languages_and_its_patience(tmp_path: Path) -> None:
    root = write_site(tmp_path, site=QUIET + WHOLE)
    (root / "sounds/speech/inventory").mkdir()
    (root / "sounds/speech/inventory/inventory.toml").write_text("", encoding="utf-8")

    site = load_site(root)

    speech, voices = site.speech, site.speech.voices
    assert voices.engines == ("recorded", "command")
    assert voices.recorded == root / "sounds/speech/inventory"
    assert voices.command == "my-voice --out {wav}"
    assert (voices.limit_s, voices.per_syllable_s, speech.breath_s) == (40.0, 2.0, 1.5)
    assert voices.manner(TAIWAN) == Manner("zf_xiaoxiao", 1.0)
    assert voices.manner(ENGLISH) == Manner("af_heart", 1.0)
    assert voices.manner(MANDARIN) == Manner("zf_xiaobei", 0.95)  # as the house has it
    assert speech.languages == (MANDARIN, ENGLISH)
    assert speech.surnames == ("欧阳", "王")
    assert site.preview == Preview("Headphones")
    assert all(script.languages == (MANDARIN, ENGLISH) for script in site.binder)


def test_a_page_has_languages_and_recordings_of_its_own(tmp_path: Path) -> None:
    own = 'languages = ["en", "zh-CN"]\nrecording.zh-CN = "sounds/speech/member-day.wav"'

    page = load_site(write_site(tmp_path, binder=(RECORDED, own))).binder[0]

    assert page.languages == page.said_in == (ENGLISH, MANDARIN)
    assert page.recordings == {MANDARIN: "sounds/speech/member-day.wav"}


def test_a_plain_recording_is_one_in_the_first_language_of_the_page(tmp_path: Path) -> None:
    page = load_site(write_site(tmp_path, binder=(RECORDED, RECORDED + '\nlanguages = ["en"]'))).binder[0]

    assert page.recordings == {ENGLISH: "sounds/speech/member-day.wav"}


@pytest.mark.parametrize(
    ("written", "place", "what", "severity"),
    [
        ('[speech]\nengines = ["piper"]', "speech.engines[1]", 'is "piper", which is not known here', "error"),
        ("[speech]\nengines = []", "speech.engines", "is an empty list", "error"),
        ('[speech]\nengines = ["command"]', "speech.engines", "there is no command line", "error"),
        ('[speech]\ncommand = "a \'b"', "speech.command", "cannot be read: No closing quotation", "error"),
        ('[speech]\ncommand = " "', "speech.command", "is blank", "error"),
        ('[speech]\nlanguages = ["de"]', "speech.languages[1]", "is not known here", "error"),
        ('[speech]\npatience = "10min"', "speech.patience", "too large", "error"),
        ('[speech]\nrecorded = "sounds/speech"', "speech.recorded", "holds no inventory.toml", "error"),
        ('[speech.voices]\nen = { voice = "a", speed = 9.0 }', "speech.voices.en.speed", "too large", "error"),
        (
            '[preview]\ndevice = "USB"\n[output]\ndevice = "USB"',
            "preview.device",
            "the output of the broadcast",
            "error",
        ),
        ('[preview]\noutput = "USB"', "preview.output", "unknown key", "error"),
    ],
)
def test_a_mistake_about_speech_is_told_with_its_place(
    tmp_path: Path, written: str, place: str, what: str, severity: str
) -> None:
    quiet = QUIET.replace('[output]\ndevice = ""\n', "[output]\n") if "[output]" in written else QUIET
    text = quiet.replace("[output]\n", "") + "\n" if "[output]" in written else quiet
    root = write_site(tmp_path, site=text.replace("channels = 2\nblock_frames = 1024\n", "") + "\n" + written)

    _, problems = check_site(root, TODAY)

    told = [one for one in problems if one.place.startswith(place) and what in one.what]
    assert [one.severity for one in told] == [severity], "\n".join(map(str, problems))


def test_a_language_for_which_a_page_has_no_words_is_told(tmp_path: Path) -> None:
    binder = BINDER.replace(', en = "Please leave now."', "")

    _, problems = check_site(
        write_site(tmp_path, site=QUIET + '\n[speech]\nlanguages = ["zh-CN", "en"]\n', binder=binder), TODAY
    )

    told = [one for one in problems if "is to be heard in en" in one.what]
    assert [one.place for one in told] == ['script[4] "evacuation".languages (line 29)']
    assert told[0].severity == "warning"


def test_a_recording_in_one_language_that_is_not_there_is_spoken_instead(tmp_path: Path) -> None:
    both = (
        'languages = ["zh-CN", "en"]\n' + RECORDED.replace("= ", "= { zh-CN = ") + ', en = "sounds/speech/gone.wav" }'
    )

    site, problems = check_site(write_site(tmp_path, binder=(RECORDED, both)), TODAY)

    assert site is not None
    assert site.binder[0].recordings == {MANDARIN: "sounds/speech/member-day.wav"}
    assert [one.place for one in problems if "spoken instead" in one.what] == [
        'script[1] "member-day".recording.en (line 11)'
    ]
