from __future__ import annotations

import sys
import threading
from collections.abc import Callable

import pytest

from kiosk.app.fallen import MOST, Fallen

TILLS = "a part of the program has stopped (tills): begin the role anew once nobody needs it; see the log"


def ended(name: str, work: Callable[[], object]) -> None:
    thread = threading.Thread(target=work, name=name)
    thread.start()
    thread.join()


def stumbles() -> None:
    raise ValueError("nobody thought of that")


def test_a_thread_that_ends_by_a_mistake_is_told_to_staff_and_to_the_fault_lamp_and_logged_with_its_place(
    caplog: pytest.LogCaptureFixture,
) -> None:
    told: list[str] = []

    with Fallen("front", told.append) as fallen:
        assert fallen.faults() == ()
        ended("tills", stumbles)

        assert told == [TILLS]
        assert fallen.faults() == (TILLS,)
    assert "the thread tills of the front role has ended" in caplog.text
    assert "in stumbles" in caplog.text


def test_a_thread_that_ends_as_it_should_is_not_missed() -> None:
    told: list[str] = []

    with Fallen("front", told.append) as fallen:
        ended("tills", lambda: None)
        ended("sheet", sys.exit)

        assert (told, fallen.faults()) == ([], ())


def test_one_that_stumbles_again_and_again_is_told_once_and_many_fill_no_memory() -> None:
    told: list[str] = []

    with Fallen("front", told.append) as fallen:
        for _ in range(3):
            ended("tills", stumbles)
        assert told == [TILLS]

        for number in range(2 * MOST):
            ended(f"caller {number}", stumbles)
        assert len(fallen.faults()) == MOST


def test_once_the_role_is_over_mistakes_are_told_as_before() -> None:
    before, heard = threading.excepthook, list[str]()
    threading.excepthook = lambda end: heard.append(str(end.exc_value))
    try:
        with Fallen("front", lambda told: None):
            pass
        ended("another", stumbles)
    finally:
        threading.excepthook = before

    assert heard == ["nobody thought of that"]
