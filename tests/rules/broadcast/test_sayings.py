from __future__ import annotations

import pytest

from kiosk.rules.broadcast.material import AirClass, Script
from kiosk.rules.broadcast.sayings import page_sayings, script_sayings
from kiosk.units import Language, ScriptId

MANDARIN, TAIWAN, ENGLISH = Language("zh-CN"), Language("zh-TW"), Language("en")
TEXT = {MANDARIN: "各位来宾", ENGLISH: "Dear customers"}
BOTH = (MANDARIN, ENGLISH)


def script(name: str, air_class: AirClass = AirClass.ROUTINE, **more: object) -> Script:
    return Script(ScriptId(name), {}, TEXT, air_class, **more)  # type: ignore[arg-type]


def test_what_saves_lives_is_spoken_first_then_the_binder_in_its_order() -> None:
    binder = [script("b"), script("a"), script("child", AirClass.URGENT), script("fire", AirClass.EVACUATION)]

    assert [saying.what for saying in script_sayings(binder)] == ["fire", "child", "b", "a"]


def test_a_page_is_spoken_in_the_languages_in_which_it_is_heard_and_has_no_recording() -> None:
    page = script("promo", languages=BOTH, recordings={MANDARIN: "sounds/promo.flac"})

    assert [(saying.language, saying.text) for saying in script_sayings([page])] == [(ENGLISH, "Dear customers")]


@pytest.mark.parametrize(
    ("wanted", "heard"),
    [
        ((MANDARIN,), (MANDARIN,)),
        ((ENGLISH, MANDARIN), (ENGLISH, MANDARIN)),
        ((TAIWAN,), (MANDARIN,)),
        ((), (MANDARIN,)),
    ],
)
def test_a_page_is_heard_in_the_languages_it_has_else_in_its_first(
    wanted: tuple[Language, ...], heard: tuple[Language, ...]
) -> None:
    assert script("promo", languages=wanted).said_in == heard


def test_a_page_without_any_words_is_heard_in_no_language() -> None:
    assert Script(ScriptId("empty"), {}, {}, AirClass.ROUTINE).said_in == ()


@pytest.mark.rule("B11")
def test_guests_with_frequent_names_are_called_at_once() -> None:
    mr, ms = page_sayings(["王"], MANDARIN)

    assert mr.text == "来宾王先生，请您到总服务台。来宾王先生，请您到总服务台。谢谢。"
    assert ms.text.startswith("来宾王小姐")
    assert (mr.names, mr.script, mr.what) == (("王",), None, "page 王")
