"""One contract for every scanner: serial by a real pty pair, keys by a pipe of kernel events, simulated."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Protocol

import pytest

from kiosk.hw.key_frames import KeyFrames
from kiosk.hw.listening import KeySource, SerialSource
from kiosk.hw.scan_frames import ScanFrames
from kiosk.hw.scanner import REPEAT_S, Device, Scanner, device_at
from kiosk.hw.simulated_scanner import SimulatedScanner
from kiosk.ports.lockers import ReaderReport, Scanned
from kiosk.rules.lockers.codes import text_of
from tests.audio.waiting import eventually, let_pass
from tests.hw.cables import InputDevice, Port, typed
from tests.hw.panels import HandClock
from tests.rules.lockers.tags import KEY, PLAQUE

PATIENCE_S = 30.0
CODE = text_of(PLAQUE, KEY)


class Bench(Protocol):
    """A scanner, its cable and the codes before it."""

    posted: list[Scanned | ReaderReport]
    clock: HandClock

    def show(self, text: str) -> None: ...

    def unplug(self) -> None: ...

    def plug_in(self) -> None: ...

    def close(self) -> None: ...


class WiredBench:
    """A driver on a cable of this machine."""

    def __init__(
        self, cable: Port | InputDevice, device: Callable[[str], Device], sent: Callable[[str], bytes], *, plugged: bool
    ) -> None:
        self.posted: list[Scanned | ReaderReport] = []
        self.clock = HandClock()
        self._cable, self._sent = cable, sent
        if plugged:
            cable.plug_in()
        self.scanner = Scanner(
            "door", device(str(cable.name)), post=self.posted.append, mono_s=self.clock.mono_s, again_s=0.02
        )

    def show(self, text: str) -> None:
        self._cable.send(self._sent(text))

    def unplug(self) -> None:
        self._cable.pull_out()

    def plug_in(self) -> None:
        self._cable.plug_in()

    def close(self) -> None:
        self.scanner.close()
        self._cable.close()


class SimulatedBench:
    """The simulated scanner."""

    def __init__(self, *, plugged: bool) -> None:
        self.posted: list[Scanned | ReaderReport] = []
        self.clock = HandClock()
        self.scanner = SimulatedScanner("door", post=self.posted.append, mono_s=self.clock.mono_s)
        if not plugged:
            self.scanner.unplug()
        self.show, self.unplug = self.scanner.show, self.scanner.unplug
        self.plug_in, self.close = self.scanner.plug_in, self.scanner.close


def serial_device(path: str) -> Device:
    return Device(partial(SerialSource, path, 9600), ScanFrames)


def key_device(path: str) -> Device:
    return Device(partial(KeySource, path, lambda _: None), KeyFrames)


Build = Callable[..., Bench]


@pytest.fixture(params=["serial", "keys", "simulated"])
def build(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Build]:
    benches: list[Bench] = []

    def build(*, plugged: bool = True) -> Bench:
        kinds: dict[str, Callable[[], Bench]] = {
            "serial": lambda: WiredBench(Port(tmp_path), serial_device, lambda t: t.encode() + b"\r", plugged=plugged),
            "keys": lambda: WiredBench(InputDevice(tmp_path), key_device, typed, plugged=plugged),
            "simulated": lambda: SimulatedBench(plugged=plugged),
        }
        benches.append(kinds[request.param]())
        return benches[-1]

    yield build
    for bench in benches:
        bench.close()


def codes(bench: Bench) -> list[str]:
    return [one.text for one in bench.posted if isinstance(one, Scanned)]


def reports(bench: Bench) -> list[str]:
    return [one.why for one in bench.posted if isinstance(one, ReaderReport)]


def shown_until_read(bench: Bench, text: str) -> None:
    """Held there until it is read: what comes before a port is open is thrown away."""
    shown_until(bench, text, lambda: codes(bench)[-1:] == [text])


def shown_until(bench: Bench, text: str, condition: Callable[[], object]) -> None:
    """Held there until something comes of it."""

    def came() -> object:
        bench.show(text)
        return condition()

    eventually(came, within_s=PATIENCE_S, what=f"something of {text!r}")


def posts(bench: Bench, count: int) -> None:
    eventually(lambda: len(bench.posted) >= count, within_s=PATIENCE_S, what=f"{count} messages")


def test_a_code_is_posted_as_it_stands_there_with_its_scanner_and_its_moment(build: Build) -> None:
    bench = build()

    shown_until_read(bench, CODE)

    assert bench.posted == [Scanned("door", CODE, bench.clock.now_s)]


def test_a_code_that_is_held_there_is_posted_once_and_again_when_it_comes_again(build: Build) -> None:
    bench = build()
    shown_until_read(bench, CODE)
    for _ in range(10):
        bench.show(CODE)
    bench.show("18")
    posts(bench, 2)
    bench.clock.sleep(REPEAT_S)
    bench.show("18")
    posts(bench, 3)

    assert codes(bench) == [CODE, "18", "18"]


def test_codes_of_two_shoppers_at_once_come_one_after_the_other(build: Build) -> None:
    bench = build()
    shown_until_read(bench, "1")

    bench.show("2")
    bench.show("3")
    posts(bench, 3)

    assert codes(bench) == ["1", "2", "3"]


def test_a_scanner_that_is_unplugged_is_told_once_and_reads_again_when_it_is_back(build: Build) -> None:
    bench = build()
    shown_until_read(bench, "1")

    bench.unplug()
    eventually(lambda: len(reports(bench)) == 1, within_s=PATIENCE_S, what="told")
    bench.plug_in()
    eventually(lambda: len(reports(bench)) == 2, within_s=PATIENCE_S, what="told that it is back")
    shown_until_read(bench, "2")

    lost, back = reports(bench)
    assert "the scanner door cannot be read: " in lost
    assert "(plug it in" in lost
    assert back == ""
    assert codes(bench) == ["1", "2"]


def test_a_scanner_that_is_not_there_at_the_start_is_waited_for(build: Build) -> None:
    bench = build(plugged=False)
    posts(bench, 1)

    bench.plug_in()
    shown_until_read(bench, CODE)

    assert len(reports(bench)) == 2
    assert codes(bench) == [CODE]


def test_a_closed_scanner_is_deaf_and_closes_again_without_harm(build: Build) -> None:
    bench = build()
    shown_until_read(bench, "1")
    scanner = bench.scanner  # type: ignore[attr-defined] # the driver alone, its cable stays

    scanner.close()
    scanner.close()
    bench.show("2")

    assert codes(bench) == ["1"]


class Script:
    """A device that says what it is told to, then nothing for good."""

    def __init__(self, *said: bytes) -> None:
        self._said = list(said)

    def read(self) -> bytes:
        if not self._said:
            let_pass(0.01)
        return self._said.pop(0) if self._said else b""

    def close(self) -> None:
        pass


@pytest.mark.parametrize(
    ("said", "frames"),
    [((b"1\r", b"2", b"", b"3\r"), ScanFrames), ((typed("1"), typed("2", b""), b"", typed("3")), KeyFrames)],
    ids=["serial", "keys"],
)
def test_a_code_whose_end_never_came_is_forgotten_after_a_silence(
    said: tuple[bytes, ...], frames: type[ScanFrames | KeyFrames]
) -> None:
    posted: list[Scanned | ReaderReport] = []
    device = Device(lambda: Script(*said), frames)
    with closing(Scanner("door", device, post=posted.append, mono_s=HandClock().mono_s)):
        eventually(lambda: len(posted) == 2, within_s=PATIENCE_S, what="two codes")

    assert [one.text for one in posted if isinstance(one, Scanned)] == ["1", "3"]


def test_a_scanner_at_another_speed_sends_nonsense_and_that_is_told_until_it_makes_sense(tmp_path: Path) -> None:
    bench = WiredBench(Port(tmp_path), serial_device, lambda text: text.encode("latin-1"), plugged=True)
    shown_until(bench, "\xf8\x80\r", lambda: reports(bench))
    shown_until(bench, "17\r", lambda: codes(bench))

    assert "sends nothing sensible (check its baud" in reports(bench)[0]
    assert reports(bench)[1:] == [""]
    bench.close()


def test_an_input_device_is_had_for_oneself_or_not_at_all(tmp_path: Path) -> None:
    cable = InputDevice(tmp_path)
    grabbed: list[int] = []
    bench = WiredBench(
        cable, lambda path: Device(partial(KeySource, path, grabbed.append), KeyFrames), typed, plugged=True
    )
    shown_until_read(bench, "1")
    bench.close()
    cable.plug_in()

    with pytest.raises(OSError, match="Inappropriate ioctl"):
        KeySource(str(cable.name))

    assert len(grabbed) == 1
    cable.close()


@pytest.mark.parametrize(
    ("path", "group"), [("/dev/input/by-id/no-such-kbd", "group input"), ("/dev/ttyNoSuchPort", "group dialout")]
)
def test_what_hangs_where_is_told_by_its_path(path: str, group: str) -> None:
    posted: list[Scanned | ReaderReport] = []
    scanner = Scanner("door", device_at(path, 9600), post=posted.append, mono_s=HandClock().mono_s)
    eventually(lambda: posted, within_s=PATIENCE_S, what="told")
    scanner.close()

    (report,) = posted
    assert isinstance(report, ReaderReport)
    assert "No such file" in report.why
    assert group in report.why
