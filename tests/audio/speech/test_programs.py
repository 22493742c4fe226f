from __future__ import annotations

import time
from pathlib import Path

import psutil
import pytest
import soundfile

from kiosk.audio.speech.command import Command
from kiosk.audio.speech.engine import Voiced, sentences
from kiosk.audio.speech.espeak import Espeak
from kiosk.errors import DeviceFault
from kiosk.units import Language
from tests.audio.speech.voices import ENGLISH, MANDARIN, WELCOME, hum, program, read
from tests.audio.waiting import eventually


def said(line: str, text: str = WELCOME, *, limit_s: float = 10.0, language: Language = MANDARIN) -> Voiced | None:
    return Command(line).say(sentences(read(text, language))[0], limit_s=limit_s)


def test_a_program_of_the_store_reads_stdin_and_writes_a_wav(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "said.wav", hum(8, rate_hz=16_000), 16_000)
    reader = program(
        tmp_path / "my reader",
        f'cat >"{tmp_path}/text"; echo "$1" >"{tmp_path}/language"; cp "{tmp_path}/said.wav" "$3"',
    )

    voiced = said(f"'{reader}' {{language}} --to {{wav}}")

    assert voiced is not None
    assert (voiced.rate_hz, len(voiced.wave)) == (16_000, len(hum(8, rate_hz=16_000)))
    assert (tmp_path / "text").read_text(encoding="utf-8") == "各位来宾，早上好！\n"
    assert (tmp_path / "language").read_text(encoding="utf-8") == "zh-CN\n"


def test_a_line_without_a_place_for_the_wav_gets_it_at_its_end(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "said.wav", hum(3), 44_100)
    reader = program(tmp_path / "reader", f'cat >/dev/null; cp "{tmp_path}/said.wav" "$1"')

    voiced = said(str(reader))

    assert voiced is not None


def test_a_program_that_never_ends_is_cut_off_with_its_children(tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    stuck = program(tmp_path / "stuck", f'tail -f /dev/null & echo $! $$ >"{pids}.new"; mv "{pids}.new" "{pids}"; wait')
    began_s = time.monotonic()

    with pytest.raises(DeviceFault, match=r"stuck took longer than 1 s.*site\.toml"):
        said(str(stuck), limit_s=0.6)

    assert time.monotonic() - began_s < 3.0
    children = [int(pid) for pid in pids.read_text(encoding="utf-8").split()]
    assert len(children) == 2
    eventually(lambda: not any(_runs(pid) for pid in children), within_s=2.0, what="its processes are gone")


def _runs(pid: int) -> bool:
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("echo no such voice >&2; exit 3", "no such voice"),
        ("exit 3", "exit code 3"),
        ("kill -SEGV $$", "ended by SIGSEGV"),
        ('exec cat /dev/zero >"$1"', "cat: |ended by SIGXFSZ"),
        ("exec yes", "yes: |ended by SIGXFSZ"),
        ("exit 0", "wrote no WAV file"),
        ('echo hello >"$1"', "no sound file"),
        ('exec >"$1"', "no sound file"),
    ],
)
def test_a_program_that_fails_says_why(tmp_path: Path, script: str, told: str) -> None:
    with pytest.raises(DeviceFault, match=told):
        said(str(program(tmp_path / "reader", script)))


@pytest.mark.parametrize("line", ["/no/such/program {wav}", "'unfinished {wav}", "  "])
def test_a_line_that_is_no_program_says_what_to_do(line: str) -> None:
    with pytest.raises(DeviceFault, match=r"site\.toml"):
        said(line)


def test_a_program_may_leave_its_text_unread(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "said.wav", hum(3), 44_100)
    reader = program(tmp_path / "reader", f'exec <&-; cp "{tmp_path}/said.wav" "$1"')

    assert said(str(reader), "您好" * 12_000) is not None


@pytest.mark.parametrize(("text", "language"), [(WELCOME, MANDARIN), ("Good morning.", ENGLISH)])
def test_espeak_says_something_in_both_languages(text: str, language: Language) -> None:
    voiced = Espeak().say(sentences(read(text, language))[0], limit_s=10.0)

    assert voiced is not None
    assert 0.5 < len(voiced.wave) / voiced.rate_hz < 4.0
    assert abs(voiced.wave).max() > 0.05


def test_text_that_looks_like_an_option_is_only_text() -> None:
    assert Espeak().say(sentences(read("-v /etc/passwd", ENGLISH))[0], limit_s=10.0) is not None
