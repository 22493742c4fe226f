from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kiosk.config.load import check_site
from tests.config.locker_mistakes import LOCKER_MISTAKES
from tests.config.mistakes import MISTAKES, Mistake, assert_readable
from tests.config.paging_mistakes import PAGING_MISTAKES
from tests.config.panel_mistakes import PANEL_MISTAKES
from tests.config.zone_mistakes import ZONE_MISTAKES
from tests.sites import FILES, write_site

TODAY = date(2026, 11, 21)
ALL = MISTAKES | PANEL_MISTAKES | PAGING_MISTAKES | ZONE_MISTAKES | LOCKER_MISTAKES


@pytest.mark.parametrize("mistake", ALL.values(), ids=ALL.keys())
def test_a_mistake_is_told_with_its_file_its_place_and_its_remedy(tmp_path: Path, mistake: Mistake) -> None:
    change: dict[str, Any] = {mistake.file: (mistake.old, mistake.new)}
    write_site(tmp_path, **change)

    site, problems = check_site(tmp_path, TODAY)

    for problem in problems:
        assert_readable(problem)
    told = [problem for problem in problems if mistake.what in problem.what and mistake.remedy in problem.remedy]
    assert told, "\n".join(str(problem) for problem in problems)
    assert told[0].file == FILES[mistake.file][0]
    assert told[0].place.startswith(mistake.place)
    assert told[0].severity == mistake.severity
    assert (site is None) or mistake.severity == "warning" or "is not there" in mistake.what or "sound" in told[0].what


@pytest.mark.parametrize(
    ("content", "what", "remedy"),
    [
        (None, "is missing", "copy the demo store's site.toml"),
        ("和风百货".encode("gbk"), "line 1: is not UTF-8 text (it looks like GBK", "UTF-8"),
        (b"# ok\n" + "和风百货".encode("utf-16"), "line 2: is not UTF-8 text", "UTF-8"),
        ("和风百货".encode("utf-16"), "(it looks like UTF-16)", "UTF-8"),
        (b"x = " + b"9" * 5000, "beyond all measure", "digits"),
        (b"x = " + b"[" * 5000, "beyond all measure", "bracket"),
    ],
    ids=["missing", "GBK", "UTF-16 after a line", "UTF-16", "a number of 5000 digits", "5000 brackets"],
)
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, content: bytes | None, what: str, remedy: str) -> None:
    file = write_site(tmp_path) / "site.toml"
    file.unlink()
    if content is not None:
        file.write_bytes(content)

    site, [problem] = check_site(tmp_path)

    assert site is None
    assert_readable(problem)
    assert (problem.file, problem.place) == ("site.toml", "")
    assert what in problem.what
    assert remedy in problem.remedy


def test_a_folder_in_the_place_of_a_file_is_told(tmp_path: Path) -> None:
    file = write_site(tmp_path) / "schedules/binder.toml"
    file.unlink()
    file.mkdir()

    _, [problem] = check_site(tmp_path)

    assert str(problem).startswith("schedules/binder.toml: cannot be read: Is a directory")
