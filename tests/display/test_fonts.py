from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pygame.image
import pytest

from kiosk.display import fonts
from kiosk.display.fonts import BOLD, RARE, REGULAR, FontMissing, font, font_path

ROOT = Path(__file__).resolve().parents[2]
BLACK = (0, 0, 0)
PHONEMES = frozenset("ŋəʌˈ")  # the voice reads them, nobody sees them
INTERFACE = (
    "悦享百货人民广场店您好需要什么帮助退货换货投诉建议储物柜补打小票呼叫工作人员繁體請於七日內辦理 ♪◆◇●▲▼→·…—–−￥¥①"
)


def lacking(characters: Iterable[str], weight: str) -> list[str]:
    """Those that are drawn as what the font has no glyph for: metrics are told for these as well."""
    face = font(20, weight)

    def drawn(char: str) -> bytes:
        return pygame.image.tobytes(face.render(char, True, BLACK), "RGBA")

    known = list(characters)
    box, size = drawn("\ue000"), face.metrics("\ue000")[0]
    alike = [char for char, metrics in zip(known, face.metrics("".join(known)), strict=True) if metrics == size]
    return [char for char in alike if drawn(char) == box]


@pytest.mark.parametrize("weight", [REGULAR, BOLD])
def test_the_fonts_have_every_character_of_the_demo_store(weight: str) -> None:
    texts = [path.read_text("utf-8") for folder in ("schedules", "sounds") for path in (ROOT / folder).rglob("*.toml")]
    characters = sorted({c for text in [INTERFACE, *texts] for c in text if c.isprintable() and ord(c) < 0x10000})

    assert set(lacking(characters, weight)) <= PHONEMES


@pytest.mark.parametrize("weight", [REGULAR, BOLD])
@pytest.mark.parametrize("char", ["𠮷", "龘", "𫖮", "ก"])
def test_a_character_that_the_font_lacks_is_seen_as_a_box_in_its_place(weight: str, char: str) -> None:
    name = font(40, weight).render(f"王{char}明", True, BLACK)

    box = font(40, weight).render(char, True, BLACK).get_bounding_rect()
    assert lacking([char], weight) == [char]
    assert box.width > 20
    assert box.height > 20
    assert name.get_width() == pytest.approx(3 * 40, abs=3)


@pytest.mark.parametrize("weight", [REGULAR, BOLD])
def test_the_fonts_have_all_of_gb2312_and_the_common_half_of_big5(weight: str) -> None:
    simplified = [bytes((a, b)).decode("gb2312", "ignore") for a in range(0xB0, 0xF8) for b in range(0xA1, 0xFF)]
    traditional = [bytes((a, b)).decode("big5", "ignore") for a in range(0xA4, 0xC6) for b in range(0xA1, 0xFF)]
    characters = {*"".join(simplified), *"".join(traditional)}  # 10,000 glyphs are measured: 0.3 s

    assert lacking(characters, weight) == []


def test_every_font_comes_with_its_licence_and_stays_small() -> None:
    assert "SIL OPEN FONT LICENSE" in (fonts.FOLDER / "OFL.txt").read_text("utf-8").upper()
    assert all(font_path(weight).stat().st_size < 3_500_000 for weight in (REGULAR, BOLD))
    assert font_path(RARE).stat().st_size < 3_000_000


@pytest.mark.parametrize("kept", [0, 7, 12, 100, 200_000], ids=lambda kept: f"{kept} bytes left")
def test_a_damaged_font_is_named_with_the_remedy(kept: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "NotoSansSC-Bold.ttf").write_bytes(font_path(BOLD).read_bytes()[:kept])
    monkeypatch.setattr(fonts, "FOLDER", tmp_path)

    with pytest.raises(FontMissing, match=r"NotoSansSC-Bold\.ttf .*install the kiosk again"):
        font(20, BOLD)


def test_a_missing_font_is_named_with_the_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "FOLDER", tmp_path)

    with pytest.raises(FontMissing, match=r"NotoSansSC-Regular\.ttf .*install the kiosk again"):
        font(20)
