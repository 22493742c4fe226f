"""The promotions' file: dates, lengths, and pictures that cannot be shown."""

from __future__ import annotations

from pathlib import Path

import pygame
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image

from kiosk.config.load import PROMOTIONS, check_site
from kiosk.config.promotions import lies_on_its_side, picture_fault, size_of
from tests.sites import write_site

FILE = """\
[[promotions]]
id = "member-day"
title = { zh-CN = "会员日", zh-TW = "會員日", en = "Member days" }
text = { zh-CN = "双倍积分", zh-TW = "雙倍點數", en = "Double points" }
picture = "pictures/day.png"
icon = "gift"
tone = "care"
valid_from = 2026-11-21
valid_until = 2026-12-04
"""


def picture(path: Path, size: tuple[int, int] = (40, 30)) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    pygame.image.save(pygame.Surface(size, depth=24), path)
    return path


def told(root: Path, text: str) -> list[str]:
    write_site(root)
    (root / PROMOTIONS).write_text(text, encoding="utf-8")
    return [f"{one.place} {one.what}" for one in check_site(root)[1] if one.file == PROMOTIONS]


def test_a_promotion_is_read_with_its_dates_and_its_picture(tmp_path: Path) -> None:
    picture(tmp_path / "pictures" / "day.png")
    assert told(tmp_path, FILE) == []

    site, _ = check_site(tmp_path)
    assert site is not None
    (one,) = site.promotions
    assert (one.id, one.picture, one.tone) == ("member-day", "pictures/day.png", "care")


def test_a_picture_that_is_missing_or_broken_is_told_and_the_words_are_shown_without_it(tmp_path: Path) -> None:
    assert any("is not there" in one for one in told(tmp_path, FILE))
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "day.png").write_bytes(b"GIF89a")
    assert any("no PNG and no JPEG" in one for one in told(tmp_path, FILE))

    site, _ = check_site(tmp_path)
    assert site is not None
    assert site.promotions[0].picture == ""


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        ('icon = "gift"', 'icon = "present"', '"present"'),
        ('tone = "care"', 'tone = "pink"', '"pink"'),
        ("2026-12-04", "2026-11-04", "before valid_from"),
        ('"Member days"', '"' + "M" * 61 + '"', "61 characters"),
        ('"Double points"', '"' + "D" * 161 + '"', "161 characters"),
        ("[[promotions]]", "[[promotion]]", "promotion"),
    ],
)
def test_a_mistake_is_told_where_it_stands(tmp_path: Path, before: str, after: str, what: str) -> None:
    picture(tmp_path / "pictures" / "day.png")
    assert before in FILE

    assert any(what in one for one in told(tmp_path, FILE.replace(before, after, 1)))
    assert check_site(tmp_path)[0] is None


def test_a_title_is_enough(tmp_path: Path) -> None:
    title = 'title = { zh-CN = "会员日", zh-TW = "會員日", en = "Member days" }'
    assert told(tmp_path, f'[[promotions]]\nid = "a"\n{title}\n') == []


def test_the_size_of_a_picture_is_read_from_its_first_bytes(tmp_path: Path) -> None:
    assert size_of(picture(tmp_path / "a.png", (40, 30)).read_bytes()) == (40, 30)
    assert size_of(picture(tmp_path / "a.jpg", (41, 31)).read_bytes()) == (41, 31)
    assert size_of(b"\xff\xd8\xff\xd9") is None
    assert size_of(b"\x89PNG\r\n\x1a\n") is None


def test_a_picture_beyond_measure_is_refused_before_anybody_loads_it(tmp_path: Path) -> None:
    wide = bytearray(picture(tmp_path / "wide.png").read_bytes())
    wide[16:20] = (50_000).to_bytes(4, "big")
    (tmp_path / "wide.png").write_bytes(wide)
    (tmp_path / "heavy.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 8_000_001)

    assert "50000x30" in picture_fault(tmp_path / "wide.png")
    assert "8 MB" in picture_fault(tmp_path / "heavy.png")
    assert picture_fault(picture(tmp_path / "fine.png")) == ""


@pytest.mark.parametrize(("orientation", "fault"), [(None, False), (1, False), (3, True), (6, True), (8, True)])
def test_a_photograph_that_lies_on_its_side_is_told_with_what_to_do(
    tmp_path: Path, orientation: int | None, fault: bool
) -> None:
    exif = Image.Exif()
    if orientation is not None:
        exif[ExifTags.Base.Orientation] = orientation
    Image.new("RGB", (40, 30)).save(tmp_path / "photo.jpg", exif=exif)

    assert ("turn it upright" in picture_fault(tmp_path / "photo.jpg")) is fault


@given(st.binary(max_size=200))
def test_damaged_exif_data_say_nothing_and_break_nothing(data: bytes) -> None:
    assert lies_on_its_side(b"\xff\xd8\xff\xe1Exif\0\0" + data) in (True, False)
    assert not lies_on_its_side(data.replace(b"Exif", b""))
