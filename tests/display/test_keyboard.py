from __future__ import annotations

import os
import sys
import termios
from collections.abc import Iterator

import pytest

from kiosk.display.keyboard import Keyboard, keyboard_for

LFLAG = 3


@pytest.fixture
def terminal() -> Iterator[tuple[int, int]]:
    """The two ends of a terminal: a person's, and a program's."""
    person, program = os.openpty()
    yield person, program
    for end in (person, program):
        os.close(end)


def echoes(fd: int) -> bool:
    return bool(termios.tcgetattr(fd)[LFLAG] & termios.ECHO)


def test_a_key_is_heard_at_once_without_enter_and_not_shown(terminal: tuple[int, int]) -> None:
    person, program = terminal

    with Keyboard(program) as keyboard:
        os.write(person, b"5")

        assert keyboard.typed() == "5"
        assert not echoes(program)


def test_ctrl_c_is_still_an_interruption_and_no_key(terminal: tuple[int, int]) -> None:
    _, program = terminal

    with Keyboard(program):
        assert termios.tcgetattr(program)[LFLAG] & termios.ISIG


def test_the_terminal_is_as_it_was_after_a_usual_end(terminal: tuple[int, int]) -> None:
    before = termios.tcgetattr(terminal[1])

    with Keyboard(terminal[1]):
        assert termios.tcgetattr(terminal[1]) != before

    assert termios.tcgetattr(terminal[1]) == before


@pytest.mark.parametrize("end", [KeyboardInterrupt, ValueError])
def test_the_terminal_is_as_it_was_after_ctrl_c_and_after_a_crash(
    terminal: tuple[int, int], end: type[BaseException]
) -> None:
    before = termios.tcgetattr(terminal[1])

    with pytest.raises(end), Keyboard(terminal[1]):
        raise end

    assert termios.tcgetattr(terminal[1]) == before


def test_arrows_and_other_long_keys_press_nothing(terminal: tuple[int, int]) -> None:
    person, program = terminal

    with Keyboard(program) as keyboard:
        os.write(person, b"\x1b[15~")

        assert keyboard.typed() == ""
        assert keyboard.fd == program


def test_a_terminal_that_hangs_up_has_no_keys_any_more() -> None:
    person, program = os.openpty()
    with Keyboard(program) as keyboard:
        os.close(person)

        assert keyboard.typed() == ""
        assert keyboard.fd is None
        assert keyboard.typed() == ""
    os.close(program)


def test_what_is_no_terminal_has_no_keys() -> None:
    read, write = os.pipe()

    with Keyboard(read) as keyboard:
        assert keyboard.fd is None

    for end in (read, write):
        os.close(end)


def test_a_demo_in_a_pipe_or_without_an_input_reads_no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    assert keyboard_for().fd is None

    monkeypatch.setattr(sys, "stdin", None)

    assert keyboard_for().fd is None
