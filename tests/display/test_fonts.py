from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.display import fonts
from kiosk.display.fonts import BOLD, REGULAR, FontMissing, font, font_path

ROOT = Path(__file__).resolve().parents[2]
INTERFACE = (
    "悦享百货人民广场店您好需要什么帮助退货换货投诉建议储物柜补打小票呼叫工作人员繁體請於七日內辦理 ♪◆◇●▲▼→·…—–−￥¥①"
)


@pytest.mark.parametrize("weight", [REGULAR, BOLD])
def test_the_fonts_have_every_character_of_the_demo_store(weight: str) -> None:
    texts = [path.read_text("utf-8") for folder in ("schedules", "sounds") for path in (ROOT / folder).rglob("*.toml")]
    characters = sorted({c for text in [INTERFACE, *texts] for c in text if c.isprintable() and ord(c) < 0x10000})

    missing = [
        c for c, metrics in zip(characters, font(20, weight).metrics("".join(characters)), strict=True) if not metrics
    ]

    assert missing == []


@pytest.mark.parametrize("weight", [REGULAR, BOLD])
def test_the_fonts_have_all_of_gb2312_and_the_common_half_of_big5(weight: str) -> None:
    simplified = [bytes((a, b)).decode("gb2312", "ignore") for a in range(0xB0, 0xF8) for b in range(0xA1, 0xFF)]
    traditional = [bytes((a, b)).decode("big5", "ignore") for a in range(0xA4, 0xC6) for b in range(0xA1, 0xFF)]
    characters = "".join({*simplified, *traditional})  # 10,000 glyphs are measured: 0.3 s

    assert all(font(20, weight).metrics(characters))


def test_every_font_comes_with_its_licence_and_stays_small() -> None:
    assert "SIL OPEN FONT LICENSE" in (fonts.FOLDER / "OFL.txt").read_text("utf-8").upper()
    assert all(font_path(weight).stat().st_size < 3_500_000 for weight in (REGULAR, BOLD))


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
