from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from kiosk.app.ending import stopped_by_signals


@pytest.fixture(autouse=True)
def at_a_terminal() -> Iterator[None]:
    """Also where nohup runs the tests."""
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, before)


@pytest.mark.rule("B10")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP], ids=lambda number: number.name)
def test_a_role_is_asked_to_close_in_order_whichever_way_its_terminal_or_system_ends_it(number: signal.Signals) -> None:
    before = signal.getsignal(number)
    asked: list[str] = []

    with stopped_by_signals(asked.append):
        os.kill(os.getpid(), number)

    assert asked == [number.name]
    assert signal.getsignal(number) == before


def test_a_role_that_nohup_was_to_keep_running_outlives_its_terminal() -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    asked: list[str] = []

    with stopped_by_signals(asked.append):
        os.kill(os.getpid(), signal.SIGHUP)
        os.kill(os.getpid(), signal.SIGTERM)

    assert asked == ["SIGTERM"]
