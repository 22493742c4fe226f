from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from kiosk.display import plaque_sheet
from kiosk.display.fonts import FontMissing
from kiosk.display.plaque_sheet import (
    GAP_MM,
    MARGIN_MM,
    MARK_MM,
    Paper,
    PlaquePrint,
    Size,
    TicketPrint,
    places,
    plaque_sheets,
    ticket_slip,
)
from kiosk.rules.lockers.codes import grouped, text_of, typed_code
from kiosk.rules.lockers.tags import Plaque
from kiosk.units import LANGUAGES, Language
from tests.rules.lockers.tags import KEY, NOW, TICKET

STORE = "和风百货"


def printed(number: int, generation: int = 1) -> PlaquePrint:
    return PlaquePrint(number, generation, text_of(Plaque(number, generation), KEY))


def pages(content: bytes) -> Iterator[tuple[list[zxingcpp.Barcode], str, tuple[float, float]]]:
    """Each page's codes, its words, and its size in millimetres."""
    document = pypdfium2.PdfDocument(content)
    for page in document:
        codes = zxingcpp.read_barcodes(page.render(scale=200 / 72).to_numpy())
        width, height = page.get_size()
        yield codes, page.get_textpage().get_text_range(), (width / 72 * 25.4, height / 72 * 25.4)
    document.close()


@pytest.mark.rule("L01")
@pytest.mark.parametrize("size", Size)
def test_the_longest_numbers_are_read_back_in_both_codes_and_by_people(size: Size) -> None:
    plaque = printed(9999, 999)

    ((codes, words, _),) = pages(plaque_sheets([plaque], STORE, size))

    kinds = {"QRCode"} if size is Size.FOB else {"QRCode", "Code128"}
    assert {(code.format.name, code.text) for code in codes} == {(kind, plaque.text) for kind in kinds}
    assert STORE in words
    assert "存包柜" in words
    assert "9999" in words
    if size is not Size.FOB:
        assert plaque.text in words.replace(" ", "")


@pytest.mark.parametrize("paper", Paper)
def test_more_plaques_than_a_page_holds_go_on_the_next_one(paper: Paper) -> None:
    wanted = [printed(number) for number in range(1, 23)]

    found = list(pages(plaque_sheets(wanted, STORE, Size.CARD, paper)))

    assert len(found) == 3
    assert {code.text for codes, _, _ in found for code in codes} == {plaque.text for plaque in wanted}
    assert all(size == pytest.approx(paper.value, abs=0.1) for _, _, size in found)


@given(st.integers(0, 60), st.sampled_from(Size), st.sampled_from(Paper))
def test_no_plaque_and_none_of_its_cut_marks_lies_on_another_one_or_off_the_paper(
    count: int, size: Size, paper: Paper
) -> None:
    width, height, _ = size.value
    found = places(count, size, paper)

    assert len(found) == count
    for place in found:
        assert MARGIN_MM - 1e-6 <= place.x_mm <= paper.value[0] - MARGIN_MM - width + 1e-6
        assert MARGIN_MM - 1e-6 <= place.y_mm <= paper.value[1] - MARGIN_MM - height + 1e-6
    for one, other in combinations(found, 2):
        apart = max(abs(one.x_mm - other.x_mm) - width, abs(one.y_mm - other.y_mm) - height)
        assert one.page != other.page or apart >= GAP_MM - 1e-6
    assert 2 * MARK_MM < GAP_MM


def test_the_same_plaques_make_the_same_sheet() -> None:
    assert plaque_sheets([printed(1)], STORE, Size.CARD) == plaque_sheets([printed(1)], STORE, Size.CARD)


@pytest.mark.rule("L01")
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_slip_of_a_deposit_has_its_number_its_code_and_what_to_type(language: Language) -> None:
    ticket = TicketPrint(17, text_of(TICKET, KEY), grouped(typed_code(TICKET, KEY)), NOW)

    (((code,), words, (width, _)),) = pages(ticket_slip(ticket, STORE, language))

    assert code.text == ticket.text
    assert {STORE, "17", ticket.code, "2026-11-23 15:00"} <= {line.strip() for line in words.splitlines()}
    assert width == pytest.approx(58.0, abs=0.1)


def test_a_font_that_is_gone_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(plaque_sheet, "font_path", lambda weight: tmp_path / f"{weight}.ttf")

    with pytest.raises(FontMissing, match="install the kiosk again"):
        plaque_sheets([printed(1)], STORE, Size.CARD)
