from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.config.load import check_site
from kiosk.config.site import Site
from tests.config.mistakes import assert_readable
from tests.depth import examples
from tests.sites import FILES, write_site

LITERALS = [
    *("540", "-1", "1e400", "nan", "inf", "true", "0x10", "9" * 400, '""', '" "', '"x"', "'''a'''", '"\\u0000"'),
    *(
        "[]",
        "{}",
        "[[]]",
        "[{}]",
        "[1, 2, 3]",
        '["hall", "hall"]',
        "{ start = 1 }",
        '{ en = "" }',
        '{ zh-CN = "没有" }',
    ),
    *("09:00:00", "23:59:59.999", "2026-02-28", "2026-11-21T09:00:00", "2026-11-21T09:00:00+08:00", "0001-01-01"),
    *('"../.."', '"/"', '"sounds/**"', '"["', '"*"', '"sounds/music"', '"a\\\\b"', '"1h"', '"999999h"', '"0s"'),
    *('"evacuation"', '"member-day"', '"weekday"', '"day"', '"UTC"', '"Asia"', '"../etc/passwd"', f'"{"x" * 300}"'),
]
VALUE = re.compile(r"(?<== )(\"[^\"\n]*\"|[^\n,{}\[\]]+?)(?=[\n,}\]]| })")


@st.composite
def changed_files(draw: st.DrawFn) -> tuple[str, str]:
    """A file of a valid site after one to three changes that a tired person, or a cat, might make."""
    key = draw(st.sampled_from(sorted(FILES)))
    text = FILES[key][1]
    for _ in range(draw(st.integers(1, 3))):
        match draw(st.sampled_from(["value", "line", "character", "swap"])):
            case "value":
                values = list(VALUE.finditer(text))
                found = draw(st.sampled_from(values)) if values else None
                if found:
                    text = text[: found.start()] + draw(st.sampled_from(LITERALS)) + text[found.end() :]
            case "line":
                lines = text.splitlines(keepends=True)
                at = draw(st.integers(0, len(lines)))
                text = "".join(lines[:at] + lines[at + 1 :])
            case "character":
                at = draw(st.integers(0, len(text)))
                text = text[:at] + draw(st.text(max_size=3)) + text[at + draw(st.integers(0, 2)) :]
            case _:
                lines = text.splitlines(keepends=True)
                order = draw(st.permutations(range(len(lines))).map(lambda order: order[:2])) if len(lines) > 1 else []
                for first, second in pairwise(order):
                    lines[first], lines[second] = lines[second], lines[first]
                text = "".join(lines)
    return key, text


@pytest.fixture(scope="module")
def shared_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_site(tmp_path_factory.mktemp("site"))


@settings(max_examples=examples(300), suppress_health_check=[HealthCheck.too_slow])
@given(change=changed_files())
def test_whatever_is_typed_into_a_file_the_answer_is_a_site_or_sentences(
    shared_site: Path, change: tuple[str, str]
) -> None:
    key, text = change
    file, whole = FILES[key]
    path = shared_site / file
    try:
        path.write_bytes(text.encode("utf-8", "surrogatepass"))

        site, problems = check_site(shared_site, date(2026, 11, 21))
    finally:
        path.write_text(whole, encoding="utf-8")

    assert isinstance(site, Site) or any(problem.severity == "error" for problem in problems)
    for problem in problems:
        assert_readable(problem)
