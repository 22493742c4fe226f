from __future__ import annotations

from pathlib import Path

import pytest

import tests.depth  # noqa: F401  before any property is made

HERE = Path(__file__).parent
BY_THE_CLOCK = ("app", "audio", "bench", "contracts", "hw", "stories")  # real sound, real processes, real lines


@pytest.hookimpl(tryfirst=True)  # before xdist looks who belongs together
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What runs by the real clock runs one after the other, in one process; the others share out the rest."""
    for item in items:
        parts = item.path.relative_to(HERE).parts
        if parts[0] in BY_THE_CLOCK or len(parts) == 1 or item.get_closest_marker("sound") is not None:
            item.add_marker(pytest.mark.xdist_group("clock"))
