from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

import tests.depth  # noqa: F401  before any property is made

BY_THE_CLOCK = (
    "tests.audio.pulse",
    "tests.stories.x_display",
    "tests.stories.front_role",
)  # real sound, windows, roles


@lru_cache
def scope_of(module: str) -> str:
    """What runs by the clock runs one after the other, in one process; the other modules are shared out."""
    text = (Path(__file__).parents[1] / module).read_text(encoding="utf-8")
    return "by the clock" if any(name in text for name in BY_THE_CLOCK) else module


def module_of(nodeid: str) -> str:
    return nodeid.partition("::")[0]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: scope_of(module_of(item.nodeid)) != "by the clock")  # it takes longest: it begins first


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> object:
    from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped, unused-ignore]

    class ByTheClock(LoadScopeScheduling):  # type: ignore[misc]
        def _split_scope(self, nodeid: str) -> str:
            return scope_of(module_of(nodeid))

    config.option.loadscopereorder = False  # in the order of above, not by how many they are
    return ByTheClock(config, log)
