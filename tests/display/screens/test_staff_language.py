"""Staff mode in Chinese says nothing in English: sentences of desks, drivers and the ledger are put together anew."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.app.album import Look, album
from kiosk.display.glyphs import Glyphs
from kiosk.display.marks import Line, opened
from kiosk.display.placing import Placer
from kiosk.rules import service
from kiosk.rules.service.found import found_in
from kiosk.rules.service.service import Service
from kiosk.rules.service.stages import STAGES
from kiosk.units import LANGUAGES, Language

HOUSE = Path(__file__).parents[3] / "kiosk"
COMMAND = re.compile(r"kiosk(?: [a-z][a-z-]*)+")  # what is typed at a terminal is the same in every language
ENGLISH = re.compile(r"[A-Za-z]{2,}(?:['’]s)?(?:[ ,:;]+[A-Za-z]{2,}){1,}")
TELLERS = ("desks/lockers", "desks/service", "desks/staff", "desks/printing", "rules/lockers", "rules/service")
TELLING = {"warn", "_warn", "Notice", "Denied", "Answer", "Shut"}


@pytest.mark.parametrize("language", LANGUAGES[:2])
def test_no_screen_of_staff_mode_says_a_sentence_in_english_to_who_reads_chinese(language: Language) -> None:
    look = Look(language=language)
    placer = Placer(look.panel, Glyphs().measure)

    said = {
        (name, mark.text)
        for name, screen in album(look)
        if name.startswith("staff-")
        for mark in opened(placer.place(screen).marks)
        if isinstance(mark, Line) and ENGLISH.search(COMMAND.sub("", mark.text))
    }

    assert said == set()


def bare(code: str) -> Iterator[str]:
    """What is told as a text alone, so that no screen can say it in another language."""
    for call in ast.walk(ast.parse(code)):
        if not isinstance(call, ast.Call):
            continue
        name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
        if name not in TELLING:
            continue
        for told in call.args:
            if isinstance(told, ast.JoinedStr) or (
                isinstance(told, ast.Constant) and isinstance(told.value, str) and " " in told.value
            ):
                yield ast.unparse(told)


@pytest.mark.parametrize("part", TELLERS)
def test_whoever_tells_staff_something_tells_it_as_a_sentence(part: str) -> None:
    found = [
        (path.name, told)
        for path in sorted((HOUSE / part).glob("*.py"))
        for told in bare(path.read_text(encoding="utf-8"))
    ]

    assert found == []


def test_every_stage_of_every_service_has_words_for_the_screen() -> None:
    stages = set()
    for one in found_in(service, "SERVICE", Service):
        stages |= {one.begins, *one.over, *one.late.values(), *(lapse.to for lapse in one.lapses)}
        stages |= {stage for deed in one.deeds for stage in (*deed.before, deed.to) if stage}

    assert stages - set(STAGES) == set()
