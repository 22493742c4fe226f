from __future__ import annotations

import struct
from pathlib import Path

import pygame
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.display.coverage import Coverage
from kiosk.display.fonts import BOLD, REGULAR, font_path
from kiosk.display.glyphs import Glyphs


@pytest.mark.parametrize("weight", [REGULAR, BOLD])
def test_a_font_tells_what_it_has_and_what_not(weight: str) -> None:
    font = Coverage(font_path(weight))

    assert all(character in font for character in "A您號℃～歐")
    assert not any(character in font for character in "ก\ue000\ud83d𪛖")


def test_what_is_no_font_has_nothing(tmp_path: Path) -> None:
    whole = font_path(REGULAR).read_bytes()
    for name, data in {"empty": b"", "text": b"no font at all, " * 9, "torn": whole[:300], "head": whole[:12]}.items():
        (tmp_path / name).write_bytes(data)
        assert "A" not in Coverage(tmp_path / name), name
    assert "A" not in Coverage(tmp_path / "missing")


def test_the_first_font_of_a_collection_counts(tmp_path: Path) -> None:
    whole = font_path(REGULAR).read_bytes()
    tables = struct.unpack_from(">H", whole, 4)[0]
    moved = bytearray(whole)
    for place in range(12, 12 + 16 * tables, 16):
        struct.pack_into(">I", moved, place + 8, struct.unpack_from(">I", whole, place + 8)[0] + 16)
    (tmp_path / "all.ttc").write_bytes(b"ttcf" + struct.pack(">III", 0x10000, 1, 16) + bytes(moved))

    assert "您" in Coverage(tmp_path / "all.ttc")


@given(st.binary(max_size=200))
def test_any_bytes_are_read_without_a_word(data: bytes) -> None:
    class Bytes:
        def read_bytes(self) -> bytes:
            return b"\x00\x01\x00\x00\x00\x01" + bytes(6) + b"cmap" + data

    Coverage(Bytes())  # type: ignore[arg-type]  # a file that needs no disk


@pytest.mark.parametrize("unseen", ["\u200b", "\u200d", "\ufeff", "\u00ad", "\u202e", "\u2060", "\ufe0f"])
def test_what_comes_along_unseen_with_a_text_from_a_page_is_drawn_as_nothing(unseen: str) -> None:
    glyphs = Glyphs()
    plain = glyphs.line("香水", 25, False, (0, 0, 0))

    copied = glyphs.line(f"{unseen}香{unseen}水", 25, False, (0, 0, 0))

    assert glyphs.measure(f"{unseen}香{unseen}水", 25, False) == glyphs.measure("香水", 25, False)
    assert pygame.image.tobytes(copied, "RGBA") == pygame.image.tobytes(plain, "RGBA")
    assert glyphs.measure(unseen, 25, False) == 0
    assert glyphs.line(unseen, 25, False, (0, 0, 0)).get_width() == 1
