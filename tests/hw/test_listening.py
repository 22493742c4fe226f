from __future__ import annotations

import termios
import threading
from dataclasses import dataclass

from kiosk.hw.listening import Lost, Opened, heard


@dataclass
class Adapter:
    """A serial adapter that is pulled out between its opening and the first word, and plugged in again."""

    opened: int = 0

    def open(self) -> Adapter:
        self.opened += 1
        if self.opened == 1:
            raise termios.error(5, "Input/output error")  # as pyserial lets it through
        return self

    def read(self) -> bytes:
        return b"1.1"

    def close(self) -> None:
        """Nothing is held."""


def test_a_reader_that_is_pulled_out_while_it_is_opened_is_heard_again_once_it_is_back() -> None:
    news = heard(Adapter().open, threading.Event(), again_s=0.0)

    assert [next(news), next(news), next(news)] == [Lost("Input/output error"), Opened(), b"1.1"]
