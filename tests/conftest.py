from __future__ import annotations

from typing import Any

import pytest

import tests.depth  # noqa: F401  before any property is made

BY_THE_CLOCK = ("app", "audio", "bench", "contracts", "hw", "stories")  # real sound, real processes, real lines


def scope_of(nodeid: str) -> str:
    """What runs by the real clock runs one after the other, in one process; the other modules are shared out."""
    module = nodeid.partition("::")[0]
    parts = module.removeprefix("tests/").split("/")
    return "by the clock" if len(parts) == 1 or parts[0] in BY_THE_CLOCK else module


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> object:
    from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped, unused-ignore]

    class ByTheClock(LoadScopeScheduling):  # type: ignore[misc]
        def _split_scope(self, nodeid: str) -> str:
            return scope_of(nodeid)

    return ByTheClock(config, log)
