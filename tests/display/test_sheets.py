"""Sheets in dots and as PDF: everything in its place, nothing over the edge, codes that scanners read."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from zxingcpp import read_barcodes

from kiosk.display import sheet_fonts, sheet_paint
from kiosk.display.fonts import BOLD, RARE, REGULAR, FontMissing, font_path
from kiosk.display.sheet_blocks import LABEL_MM, Bar, Block, Words, blocks
from kiosk.display.sheet_fonts import SLACK, runs, shown, width_mm, wrapped
from kiosk.display.sheet_paint import halves_pdf, page_pdf, png, raster, roll_pdf
from kiosk.rules.printing.document import (
    Align,
    Code,
    Column,
    Document,
    Field,
    Line,
    Rule,
    Sign,
    Size,
    Space,
    Stamp,
    Table,
)
from tests.depth import examples

NAME_OF_60 = "欧阳" * 30
COLUMNS = (Column("编号", 1, Align.RIGHT), Column("品名", 3), Column("金额", 1, Align.CENTRE))
SHEET = Document(
    "退换货单 000123",
    (
        Stamp("副本 COPY " * 5),
        Line("000123", Size.HUGE, True, Align.CENTRE),
        Line("00012345678901234567890", Size.HUGE),
        Line(""),
        Rule(),
        Rule(True),
        Field("顾客", NAME_OF_60, True),
        Field("小票号", "R1"),
        Table(COLUMNS, (("1", NAME_OF_60, "￥ 1.00"),)),
        Table((Column(""), Column("")), (("a", "b"),)),
        Code("RS-000123", 32),
        Sign("顾客签名"),
        Sign("一个很长很长很长很长很长很长很长的签名说明", "李主管"),
        Space(3),
        Line("Supercalifragilisticexpialidocious" * 4, Size.SMALL, align=Align.RIGHT),
    ),
)


def of_dots(document: Document, dots: int) -> Image.Image:
    """What the printer prints."""
    found = raster(document, dots)
    return Image.frombytes("1", (found.width, found.height), bytes(255 - byte for byte in found.rows)).convert("L")


@pytest.mark.parametrize("width", [48.0, 72.0, 186.0])
def test_nothing_stands_over_the_edge_of_the_paper(width: float) -> None:
    for block in blocks(SHEET, width):
        for mark in block.marks:
            match mark:
                case Bar(x, y, across, down):
                    assert min(x, y) >= 0
                    assert x + across <= width + 0.01
                    assert y + down <= block.height + 0.01
                case Words(x, y, text, size, bold, align):
                    length = width_mm(text, size, bold=bold)
                    left = {Align.LEFT: x, Align.CENTRE: x - length / 2, Align.RIGHT: x - length}[align]
                    assert left >= -0.01
                    assert left + length <= width + 0.01
                    assert y <= block.height


@pytest.mark.parametrize("dots", [384, 576])
def test_a_code_is_read_off_the_dots(dots: int) -> None:
    assert [one.text for one in read_barcodes(of_dots(SHEET, dots))] == ["RS-000123"]


def test_a_picture_of_the_sheet_is_what_the_printer_prints_with_a_margin() -> None:
    shown_picture = Image.open(io.BytesIO(png(SHEET, 576)))
    printed = of_dots(SHEET, 576)

    inner = shown_picture.crop((32, 32, 32 + printed.width, 32 + printed.height))

    assert inner.tobytes() == printed.tobytes()


def test_the_pdf_of_a_roll_says_the_same_and_its_code_can_be_scanned() -> None:
    pdf = pypdfium2.PdfDocument(roll_pdf([SHEET, SHEET], 80.0, 576))

    words = pdf[0].get_textpage().get_text_bounded()

    assert len(pdf) == 2
    assert "000123" in words
    assert "小票号" in words
    assert [one.text for one in read_barcodes(pdf[0].render(scale=4).to_pil())] == ["RS-000123"]


@pytest.mark.parametrize("across", [False, True])
def test_a_long_table_goes_on_over_pages_each_under_its_titles(across: bool) -> None:
    rows = tuple((f"{n:06}", f"商品 {n}", "￥ 1.00") for n in range(200))
    sheet = Document("登记簿", (Line("登记簿", Size.LARGE), Table(COLUMNS, rows, Size.SMALL)))

    pdf = pypdfium2.PdfDocument(page_pdf([sheet], across=across))
    pages = [page.get_textpage().get_text_bounded() for page in pdf]

    assert len(pages) > 2
    assert all(page.count("品名") == 1 for page in pages)
    assert [sum(f"{n:06}" in page for page in pages) for n in range(200)] == [1] * 200
    assert f"1 / {len(pages)}" in pages[0]


def words_on(blocks_: list[Block]) -> list[Words]:
    return [mark for block in blocks_ for mark in block.marks if isinstance(mark, Words)]


def test_on_a_page_values_stand_below_each_other_and_an_empty_one_leaves_room_for_a_pen() -> None:
    form = Document("", (Field("姓名", "王小明"), Field("地址", ""), Field("电话", "138")))

    laid = blocks(form, 178.0)
    roll = blocks(form, 72.0)

    assert [one.x for one in words_on(laid)] == [0.0, LABEL_MM, 0.0, 0.0, LABEL_MM]
    assert laid[1].height > 1.2 * laid[0].height
    assert [one.text for one in words_on(roll)] == ["姓名", "王小明", "地址", "–", "电话", "138"]


@pytest.mark.parametrize("width", [48.0, 72.0])
def test_a_number_is_not_torn_apart_where_the_other_columns_have_room(width: float) -> None:
    columns = (Column("单号"), Column("货号"), Column("品名", 3), Column("数量", 0.4, Align.RIGHT))
    table = Table(columns, (("000123", "10023", NAME_OF_60, "12"),))

    texts = [one.text for one in words_on(blocks(Document("", (table,)), width))]

    assert {"单号", "数量", "000123", "10023", "12"} <= set(texts)


def test_where_not_all_have_room_a_title_is_torn_rather_than_a_number() -> None:
    columns = (Column("Slip"), Column("Stage"), Column("Department"), Column("Amount", 1, Align.RIGHT))
    table = Table(columns, (("000123", "stamped", "服装", "129.00"),), Size.SMALL)

    texts = [one.text for one in words_on(blocks(Document("", (table,)), 40.0))]

    assert {"000123", "stamped", "129.00"} <= set(texts)
    assert "Department" not in texts


def test_where_no_column_has_room_to_spare_each_keeps_its_part() -> None:
    columns = tuple(Column("") for _ in range(4))
    table = Table(columns, (("0123456789" * 2,) * 4,))

    marks = words_on(blocks(Document("", (table,)), 48.0))

    assert sorted({round(one.x, 1) for one in marks}) == [0.0, 12.0, 24.0, 36.0]


def test_amounts_end_where_the_papers_text_ends_and_their_sum_is_set_off() -> None:
    columns = (Column("部门"), Column("金额", 1, Align.RIGHT))
    table = Table(columns, (("家电", "129.00"), ("合计", "129.00")), total=True)

    laid = blocks(Document("", (table,)), 178.0)

    ends = [one.x for one in words_on(laid) if one.align is Align.RIGHT]
    assert ends == [178.0] * 3
    assert [one.bold for one in words_on(laid)[2:]] == [False, False, True, True]


def test_a_sum_is_never_on_another_page_than_what_it_sums_up() -> None:
    columns = (Column("部门"), Column("金额", 1, Align.RIGHT))
    summed = Table(columns, (("家电", "129.00"), ("服装", "1.00"), ("合计", "130.00")), total=True)
    filled = tuple(Field("行", str(n)) for n in range(36))

    pages = [
        page.get_textpage().get_text_bounded()
        for n in range(30, 36)
        for page in pypdfium2.PdfDocument(page_pdf([Document("登记簿", (*filled[:n], summed))]))
    ]

    assert all(("家电" in page) == ("合计" in page) for page in pages)
    assert any("家电" in page and "行" not in page for page in pages)


def test_two_copies_share_a_page_and_what_half_a_page_does_not_hold_has_pages_of_its_own() -> None:
    short, long = (
        Document("单 1", (Field("姓名", "王䶮㛃"), Sign("签名"))),
        Document("单 2", (Field("姓名", "王"),) * 40),
    )

    (shared,) = pypdfium2.PdfDocument(halves_pdf([short, short]))
    apart = pypdfium2.PdfDocument(halves_pdf([long, long]))

    assert shared.get_textpage().get_text_range().count("王䶮㛃") == 2
    assert len(apart) == 4
    assert len(pypdfium2.PdfDocument(halves_pdf([short] * 3))) == 2


def test_a_rare_character_is_stood_in_for_and_what_has_no_shape_is_left_out() -> None:
    assert shown("王\U00020bb7\x00\u3000小\t") == "王〓  小 "


def test_a_rare_name_is_printed_in_a_font_that_has_it() -> None:
    name, known = "王䶮㛃", "王小明"

    assert shown(name) == name
    assert runs(f"{name}1", bold=True) == [(BOLD, "王"), (RARE, "䶮㛃"), (BOLD, "1")]
    assert width_mm(name, 3.0) == pytest.approx(width_mm(known, 3.0), rel=0.01)
    for align in Align:
        plain, rare = (Document("", (Line(one, Size.LARGE, align=align),)) for one in (known, name))
        dots, others = (raster(one, 384) for one in (rare, plain))
        assert dots.height == others.height
        assert dots.rows != others.rows
    sheet = Document("", (Line(name, Size.LARGE),))
    text = pypdfium2.PdfDocument(roll_pdf([sheet], 58.0, 384))[0].get_textpage().get_text_range()
    assert text.strip() == name


def test_without_the_font_of_rare_characters_a_sheet_is_printed_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        sheet_fonts, "font_path", lambda weight: tmp_path / "none.ttf" if weight == RARE else font_path(weight)
    )
    caches = (sheet_fonts._font, sheet_fonts._source, sheet_fonts._advance)
    for cache in caches:
        cache.cache_clear()

    assert shown("王䶮") == "王〓"

    for cache in caches:
        cache.cache_clear()


def test_a_comma_never_begins_a_line() -> None:
    lines = wrapped("一二三四五，六七八九十。", 3.0, 15.0 / SLACK + 0.1)

    assert "".join(lines) == "一二三四五，六七八九十。"
    assert not any(line[0] in "，。" for line in lines)


def test_a_number_that_is_too_long_for_its_size_is_made_smaller_and_stays_on_its_line() -> None:
    (block,) = blocks(Document("", (Line("0001234567", Size.HUGE),)), 48.0)

    assert len(block.marks) == 1


@settings(max_examples=examples(60))
@given(st.text(max_size=80), st.floats(6.0, 190.0))
def test_a_wrapped_paragraph_loses_no_letter_and_keeps_within_its_room(text: str, room: float) -> None:
    lines = wrapped(text, 3.0, room)

    kept = "".join(lines).replace(" ", "")
    assert kept == "".join(shown(one) for one in text.splitlines()).replace(" ", "")
    assert all(width_mm(line, 3.0) <= room for line in lines if len(line) > 1)


def test_a_font_that_is_gone_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sheet_fonts, "font_path", lambda weight: tmp_path / "none.ttf")
    monkeypatch.setattr(sheet_paint, "font_path", lambda weight: tmp_path / "none.ttf")
    sheet_paint._face.cache_clear()
    sheet_fonts._font.cache_clear()

    with pytest.raises(FontMissing, match="install the kiosk again"):
        sheet_fonts.use_fonts()
    with pytest.raises(FontMissing, match="install the kiosk again"):
        sheet_paint._face(20, REGULAR)
