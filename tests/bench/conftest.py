from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.app.office import Office
from kiosk.app.opening import open_office
from kiosk.app.places import Places
from tests.bench.figures import Figures

PROJECT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def figures(pytestconfig: pytest.Config) -> Iterator[Figures]:
    """Where a benchmark leaves its figures; shown at the end of the run."""
    one = Figures()
    yield one
    one.publish()


@pytest.fixture(scope="session")
def demo_places(tmp_path_factory: pytest.TempPathFactory) -> Places:
    return Places(PROJECT, tmp_path_factory.mktemp("demo-state"))


@pytest.fixture(scope="session")
def demo_office(demo_places: Places) -> Office:
    return open_office(demo_places)
