"""A receipt printer for tests: takes ESC/POS at a pseudo terminal or a socket, and gives back the paper.

It works off its buffer dot row by dot row, stops where it has no paper, its cover is open or somebody pulls the plug,
and answers as the manual of Epson's TM-T88 says: DLE EOT at once, GS r in its turn.
"""

from __future__ import annotations

import os
import pty
import select
import socket
import threading
import tty
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

from PIL import Image
from zxingcpp import read_barcodes

from kiosk.hw.escpos_wire import CLEARED


class Wire(Protocol):
    def fileno(self) -> int: ...

    def read(self) -> bytes: ...

    def write(self, data: bytes) -> None: ...


@dataclass
class Thermal:
    """rows_left: of the roll, in dots. cuts: finished pieces of paper, rows by rows. rows: what hangs out now."""

    width: int = 576
    rows_left: int = 1_000_000
    low: bool = False
    cover_open: bool = False
    cutter_jammed: bool = False
    mute: bool = False
    mute_after_rows: int | None = None
    babbles: bytes = b""
    clears: bool = True
    stop_after_rows: int | None = None  # the cable goes then
    rows: list[bytes] = field(default_factory=list)
    cuts: list[list[bytes]] = field(default_factory=list)
    unknown: list[bytes] = field(default_factory=list)
    unplugged: threading.Event = field(default_factory=threading.Event)
    _buffer: bytearray = field(default_factory=bytearray)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    printed_rows: int = 0

    @property
    def stands(self) -> bool:
        return self.rows_left <= 0 or self.cover_open or self.cutter_jammed

    def take(self, data: bytes) -> bytes:
        """What came over the wire; what it answers."""
        with self._lock:
            if self.babbles:
                return self.babbles
            answers = self._at_once(data)
            answers += self._work()
            silent = self.mute or (self.mute_after_rows is not None and self.printed_rows >= self.mute_after_rows)
            return b"" if silent else answers

    def reload(self) -> bytes:
        """A new roll, and the cover closed; what it says as it goes on."""
        with self._lock:
            self.rows_left, self.cover_open = 1_000_000, False
            return self._work()

    def _at_once(self, data: bytes) -> bytes:
        answers = b""
        at = 0
        while at < len(data):
            if data[at : at + 2] == b"\x10\x04" and at + 2 < len(data):
                answers += bytes((self._status(data[at + 2]),))
                at += 3
            elif data[at : at + 3] == b"\x10\x05\x02":
                at += 3
                if self.clears:
                    self._buffer.clear()
            elif data[at : at + 10] == b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08":
                at += 10
                if self.clears:
                    self._buffer.clear()
                    answers += CLEARED
            elif data[at : at + 4] == b"\x1dv0\x00" and not self._buffer:
                length = self._raster_length(data[at:])
                self._buffer += data[at : at + length]
                at += length
                answers += self._work()
            else:
                self._buffer.append(data[at])
                at += 1
        return answers

    def _raster_length(self, data: bytes) -> int:
        across, down = int.from_bytes(data[4:6], "little"), int.from_bytes(data[6:8], "little")
        return 8 + across * down

    def _status(self, about: int) -> int:
        if about == 1:
            return 0x12 | (0x08 if self.stands else 0)
        if about == 2:
            return 0x12 | 0x04 * self.cover_open | 0x20 * (self.rows_left <= 0) | 0x40 * self.cutter_jammed
        return 0x12 | 0x0C * self.low | 0x60 * (self.rows_left <= 0)

    def _work(self) -> bytes:
        answers = b""
        while self._buffer and not self.stands:
            done = self._command()
            if done is None:
                break
            answers += done
        return answers

    def _command(self) -> bytes | None:
        data = self._buffer
        fixed = {b"\x1b@": 2, b"\x1da": 3, b"\x1dr": 3, b"\x1bd": 3, b"\x1dV": 4}
        if data[:3] == b"\x1dv0":
            return self._raster()
        for head, length in fixed.items():
            if data[:2] == head:
                if len(data) < length:
                    return None
                command = bytes(data[:length])
                del data[:length]
                return self._do(command)
        if len(data) < 2:
            return None
        self.unknown.append(bytes(data[:2]))
        del data[:1]
        return b""

    def _do(self, command: bytes) -> bytes:
        match command[:2]:
            case b"\x1dr":
                return b"\x03" if self.low else b"\x00"
            case b"\x1dV":
                self.cuts.append(self.rows)
                self.rows = []
            case b"\x1bd":
                self.rows += [bytes(self.width // 8)] * (command[2] * 30)
            case _:
                pass
        return b""

    def _raster(self) -> bytes | None:
        data = self._buffer
        if len(data) < 8:
            return None
        across, down = int.from_bytes(data[4:6], "little"), int.from_bytes(data[6:8], "little")
        if len(data) < 8 + across * down:
            return None
        for row in range(down):
            if self.stop_after_rows is not None and self.printed_rows >= self.stop_after_rows:
                self.unplugged.set()
            if self.unplugged.is_set():
                return None
            if self.rows_left <= 0:  # the rest of the band stays in the buffer
                rest = data[8 + row * across : 8 + down * across]
                head = data[:6] + (down - row).to_bytes(2, "little")
                data[: 8 + down * across] = head + rest
                return None
            self.rows.append(bytes(data[8 + row * across : 8 + (row + 1) * across]))
            self.rows_left -= 1
            self.printed_rows += 1
        del data[: 8 + across * down]
        return b""


def picture(rows: list[bytes]) -> Image.Image:
    """A piece of paper."""
    width = len(rows[0]) * 8
    return Image.frombytes("1", (width, len(rows)), bytes(255 - byte for row in rows for byte in row)).convert("L")


def codes(rows: list[bytes]) -> list[str]:
    """What a scanner reads on it."""
    return [one.text for one in read_barcodes(picture(rows))]


@contextmanager
def at_serial(printer: Thermal) -> Iterator[str]:
    """Plugged into a serial port; gives its name."""
    ours, theirs = pty.openpty()
    tty.setraw(theirs)
    name = os.ttyname(theirs)
    stop = threading.Event()

    def serve() -> None:
        while not stop.is_set() and not printer.unplugged.is_set():
            ready, _, _ = select.select([ours], [], [], 0.01)
            if ready:
                try:
                    answer = printer.take(os.read(ours, 65536))
                    os.write(ours, answer)
                except OSError:
                    return
        if printer.unplugged.is_set():
            os.close(ours)
            os.close(theirs)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield name
    finally:
        stop.set()
        thread.join()
        if not printer.unplugged.is_set():
            os.close(ours)
            os.close(theirs)


@contextmanager
def at_network(printer: Thermal, port: int = 0) -> Iterator[int]:
    """Plugged into the network; gives its port. One connection at a time, as such printers have it."""
    listening = socket.create_server(("127.0.0.1", port))
    stop = threading.Event()
    listening.settimeout(0.02)

    def serve() -> None:
        while not stop.is_set():
            try:
                connection, _ = listening.accept()
            except TimeoutError:
                continue
            with connection:
                _talk(connection)

    def _talk(connection: socket.socket) -> None:
        connection.settimeout(0.01)
        while not stop.is_set():
            try:
                data = connection.recv(65536)
                if not data:
                    return
                connection.sendall(printer.take(data))
            except TimeoutError:
                continue
            except OSError:
                return
            if printer.unplugged.is_set():
                return

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listening.getsockname()[1]
    finally:
        stop.set()
        thread.join()
        listening.close()
