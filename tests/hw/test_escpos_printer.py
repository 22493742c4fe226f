"""The driver against a printer that is maltreated, at a serial port and on the network; what is on paper is read."""

from __future__ import annotations

import os
import pty
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from functools import partial

import pytest

from kiosk.display.sheet_paint import raster
from kiosk.errors import KioskError
from kiosk.hw import escpos_printer
from kiosk.hw.escpos_link import network_cable, serial_cable, usb_cable
from kiosk.hw.escpos_printer import EscposPrinter
from kiosk.ports.printer import Outcome, Raster
from kiosk.rules.printing.document import Code, Document, Field, Line, Size
from kiosk.rules.printing.jobs import Condition, Event
from tests.hw.thermal import Thermal, at_network, at_serial, codes

CODE = "RS-000123-259800"
SHEET = Document("slip", (Line("退换货单", Size.LARGE), Code(CODE, 30.0), *[Field("品名", "全自动洗衣机")] * 8))
DONE = Outcome(Event.DONE, Condition.READY)

Plug = Callable[[Thermal], "EscposPrinter"]


@pytest.fixture(autouse=True)
def _hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, seconds in (("BAND_S", 0.1), ("ANSWER_S", 0.15)):
        monkeypatch.setattr(escpos_printer, name, seconds)


@contextmanager
def on_serial(thermal: Thermal) -> Iterator[EscposPrinter]:
    with at_serial(thermal) as port:
        printer = EscposPrinter(serial_cable(port, 115200), raster, dots=thermal.width, mono_s=time.monotonic)
        with closing(printer):
            yield printer


@contextmanager
def on_network(thermal: Thermal) -> Iterator[EscposPrinter]:
    with at_network(thermal) as port:
        cable = network_cable("127.0.0.1", port)
        with closing(EscposPrinter(cable, raster, dots=thermal.width, mono_s=time.monotonic)) as printer:
            yield printer


@pytest.fixture(params=[on_serial, on_network], ids=["serial", "network"])
def plug(request: pytest.FixtureRequest) -> Iterator[Plug]:
    with ExitStack() as stack:
        yield lambda thermal: stack.enter_context(request.param(thermal))


@pytest.mark.parametrize("width", [384, 576], ids=["58 mm", "80 mm"])
def test_what_is_printed_can_be_scanned_off_the_paper_and_is_dot_for_dot_the_sheet(plug: Plug, width: int) -> None:
    thermal = Thermal(width=width)

    outcome = plug(thermal).print(SHEET)

    assert outcome == DONE
    assert thermal.unknown == []
    (paper,) = thermal.cuts
    assert codes(paper) == [CODE]
    wanted = raster(SHEET, width)
    assert b"".join(paper[: wanted.height]) == wanted.rows


def test_one_sheet_after_another_comes_out_each_cut_off(plug: Plug) -> None:
    thermal = Thermal()
    printer = plug(thermal)

    outcomes = [printer.print(SHEET) for _ in range(3)]

    assert outcomes == [DONE] * 3
    assert [codes(paper) for paper in thermal.cuts] == [[CODE]] * 3


@pytest.mark.parametrize(
    ("wrong", "condition"),
    [
        ({"rows_left": 0}, Condition.PAPER_OUT),
        ({"cover_open": True}, Condition.COVER_OPEN),
        ({"cutter_jammed": True}, Condition.CUTTER),
        ({"babbles": b"\xff\xfe\xfd"}, Condition.GARBLED),
        ({"mute": True}, Condition.OFFLINE),
    ],
)
def test_a_printer_that_cannot_print_is_told_and_nothing_of_the_sheet_comes_out(
    plug: Plug, wrong: dict[str, object], condition: Condition
) -> None:
    thermal = Thermal(**wrong)  # type: ignore[arg-type]
    printer = plug(thermal)

    assert printer.look() is condition
    assert printer.print(SHEET) == Outcome(Event.NOT_BEGUN, condition)
    assert thermal.printed_rows == 0


def test_little_paper_is_told_and_still_printed_on(plug: Plug) -> None:
    thermal = Thermal(low=True)

    outcome = plug(thermal).print(SHEET)

    assert outcome == Outcome(Event.DONE, Condition.PAPER_LOW)


def test_paper_that_ends_in_the_middle_breaks_the_sheet_off_and_nothing_of_it_comes_out_later(plug: Plug) -> None:
    thermal = Thermal(rows_left=200)
    printer = plug(thermal)

    broke = printer.print(SHEET)
    torn = thermal.printed_rows
    thermal.reload()
    again = printer.print(SHEET)

    assert broke == Outcome(Event.BROKE_OFF, Condition.PAPER_OUT)
    assert torn == 200
    assert again == DONE
    (paper,) = thermal.cuts
    wanted = raster(SHEET, thermal.width)
    assert b"".join(paper[200 : 200 + wanted.height]) == wanted.rows
    assert codes(paper[200:]) == [CODE]


def test_a_cover_opened_in_the_middle_breaks_the_sheet_off(plug: Plug) -> None:
    thermal = Thermal(rows_left=150)
    printer = plug(thermal)
    begin = thermal.take

    def opened(data: bytes) -> bytes:
        answer = begin(data)
        if thermal.rows_left <= 0:
            thermal.cover_open = True
        return answer

    thermal.take = opened  # type: ignore[method-assign]

    assert printer.print(SHEET) == Outcome(Event.BROKE_OFF, Condition.COVER_OPEN)


def test_a_cable_pulled_in_the_middle_breaks_the_sheet_off(plug: Plug) -> None:
    thermal = Thermal(stop_after_rows=120)
    printer = plug(thermal)

    outcome = printer.print(SHEET)

    assert outcome == Outcome(Event.BROKE_OFF, Condition.OFFLINE)
    assert printer.look() in (Condition.OFFLINE, Condition.READY)


def test_a_printer_that_falls_silent_after_the_last_dot_leaves_it_open_whether_it_printed(plug: Plug) -> None:
    rows = raster(SHEET, 576).height
    thermal = Thermal()
    printer = plug(thermal)
    begin = thermal.take

    def silent_at_the_end(data: bytes) -> bytes:
        answer = begin(data)
        return b"" if thermal.cuts else answer

    thermal.take = silent_at_the_end  # type: ignore[method-assign]

    outcome = printer.print(SHEET)

    assert outcome == Outcome(Event.LOST_SIGHT, Condition.OFFLINE)
    assert thermal.printed_rows == rows


def test_a_printer_that_begins_to_talk_nonsense_is_not_believed(plug: Plug) -> None:
    thermal = Thermal()
    printer = plug(thermal)
    begin = thermal.take

    def mad(data: bytes) -> bytes:
        answer = begin(data)
        return b"\x00\xff\x00\xff\x00\xff" if thermal.printed_rows > 60 else answer

    thermal.take = mad  # type: ignore[method-assign]

    assert printer.print(SHEET) == Outcome(Event.BROKE_OFF, Condition.GARBLED)


def test_a_printer_that_stands_still_without_a_reason_is_given_up_after_a_while(plug: Plug) -> None:
    thermal = Thermal()
    printer = plug(thermal)
    printer._stall_s = 0.3
    begin = thermal.take

    def stuck(data: bytes) -> bytes:
        answer = begin(data)
        return answer.replace(b"\x00", b"") if thermal.printed_rows > 60 else answer

    thermal.take = stuck  # type: ignore[method-assign]

    assert printer.print(SHEET) == Outcome(Event.BROKE_OFF, Condition.BUSY)


def test_a_printer_that_was_switched_off_is_found_again(plug: Plug) -> None:
    thermal = Thermal()
    printer = plug(thermal)
    thermal.mute = True
    away = printer.look()
    thermal.mute = False

    assert [away, printer.look(), printer.print(SHEET)] == [Condition.OFFLINE, Condition.READY, DONE]


def test_a_printer_that_is_not_there_is_looked_for_each_time() -> None:
    ours, theirs = pty.openpty()
    nobody = os.ttyname(theirs)
    os.close(ours)
    os.close(theirs)
    cables = (serial_cable(nobody, 9600), network_cable("127.0.0.1", 1), usb_cable(0x04B8, 0x0202))

    for cable in cables:
        printer = EscposPrinter(cable, raster, dots=384, mono_s=time.monotonic)
        assert printer.look() is Condition.OFFLINE
        assert printer.print(SHEET) == Outcome(Event.NOT_BEGUN, Condition.OFFLINE)
        printer.close()


def test_a_sheet_that_cannot_be_painted_stays_in_the_queue() -> None:
    def unpaintable(document: Document, dots: int) -> Raster:
        raise KioskError("the font is gone")

    printer = EscposPrinter(network_cable("127.0.0.1", 1), partial(unpaintable), dots=384, mono_s=time.monotonic)

    assert printer.print(SHEET).end is Event.NOT_BEGUN
