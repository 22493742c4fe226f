"""Runs commands on a small store, and keeps what they said."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from kiosk.cli import main
from tests import sites
from tests.short_day import BINDER, DAY_TYPES, SOUNDS_S


@dataclass(frozen=True)
class Said:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Kiosk = Callable[..., Said]


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("state")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    calendar = sites.CALENDAR.replace('"weekend"', '"weekday"')
    return sites.write_site(
        tmp_path_factory.mktemp("site"), sounds_s=SOUNDS_S, day_types=DAY_TYPES, binder=BINDER, calendar=calendar
    )


@pytest.fixture
def kiosk(site: Path, state: Path, capsys: pytest.CaptureFixture[str]) -> Kiosk:
    """Run a command on the small site; `where` overrides its directories."""

    def run(*words: object, where: tuple[Path, Path] = (site, state)) -> Said:
        capsys.readouterr()
        directories = ["--site", str(where[0]), "--state", str(where[1])]
        try:
            code = main([*map(str, words), *directories])
        except SystemExit as end:
            code = int(end.code or 0)
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return run


def moment(text: str) -> datetime:
    """ISO 8601 with zone and milliseconds."""
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d", text), text
    return datetime.fromisoformat(text)
