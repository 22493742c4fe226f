"""The handbook names what stands on the screen as it stands there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

HERE = Path(__file__).parents[1]
HANDBOOK = (HERE / "docs" / "handbook.zh-CN.md").read_text(encoding="utf-8")

CATALOGUE = HERE / "kiosk" / "display" / "locale" / "zh_CN" / "LC_MESSAGES" / "touchscreen.po"


@pytest.fixture(scope="module")
def on_the_screen() -> set[str]:
    with CATALOGUE.open("rb") as file:
        return {message.string for message in read_po(file) if isinstance(message.string, str)}


@pytest.mark.parametrize("words", sorted(set(re.findall("「([^」]+)」", HANDBOOK))))
def test_what_the_handbook_says_to_press_stands_on_the_screen(words: str, on_the_screen: set[str]) -> None:
    assert words in on_the_screen


def test_the_handbook_has_a_section_for_everybody_who_stands_at_the_desks() -> None:
    sections = re.findall(r"^## (.+)$", HANDBOOK, flags=re.MULTILINE)

    assert sections == ["人人都要知道的", "播音员", "服务台", "退换货", "存包处", "当值主管", "出了故障"]
