from __future__ import annotations

from pathlib import Path

import pytest

from tests.hil.table import ASKED, BOOK, Unknown, record, with_row

PAGE = """# Reliability

<!-- cuts -->
| moment | cuts | lost |
|---|---|---|
| deposit | 40 | 0 |
<!-- /cuts -->

The end.
"""


def test_what_was_measured_anew_takes_the_place_of_what_was_measured_before() -> None:
    page = with_row(with_row(PAGE, "cuts", ("boot", "5", "0")), "cuts", ("deposit", "60", "1"))

    assert page == PAGE.replace("| deposit | 40 | 0 |", "| deposit | 60 | 1 |\n| boot | 5 | 0 |")


@pytest.mark.parametrize(("section", "row"), [("faults", ("a", "b", "c")), ("cuts", ("a", "b"))])
def test_a_row_that_fits_no_table_is_refused(section: str, row: tuple[str, ...]) -> None:
    with pytest.raises(Unknown, match=section):
        with_row(PAGE, section, row)


def test_only_make_hil_writes_into_the_book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = tmp_path / "reliability.md"
    book.write_text(PAGE)
    monkeypatch.delenv(ASKED, raising=False)

    record("cuts", ("slip", "7", "0"), book)

    assert book.read_text() == PAGE

    monkeypatch.setenv(ASKED, "1")

    record("cuts", ("slip", "7", "0"), book)

    assert "| slip | 7 | 0 |\n<!-- /cuts -->" in book.read_text()


@pytest.mark.parametrize("section", ["units", "whole machine", "power cuts", "faults"])
def test_the_book_has_a_table_for_whatever_is_measured(section: str) -> None:
    text = BOOK.read_text(encoding="utf-8")

    assert f"<!-- {section} -->\n|" in text
    assert f"<!-- /{section} -->" in text
