"""A USB printer behind pyusb's own seam: a backend in memory, where libusb would be."""

from __future__ import annotations

import array
import time
from types import SimpleNamespace
from typing import Any

import pytest
import usb.backend
import usb.core

from kiosk.display.sheet_paint import raster
from kiosk.errors import DeviceFault
from kiosk.hw.escpos_link import usb_cable
from kiosk.hw.escpos_printer import EscposPrinter
from kiosk.ports.printer import Outcome
from kiosk.rules.printing.document import Code, Document
from kiosk.rules.printing.jobs import Condition, Event
from tests.hw.thermal import Thermal, codes

SHEET = Document("slip", (Code("RS-1"),))


class Bus(usb.backend.IBackend):  # type: ignore[misc]
    """One printer whose pipes are not where the library expects them."""

    def __init__(self, thermal: Thermal) -> None:
        self.thermal = thermal
        self.answers = bytearray()
        self.there = True

    def enumerate_devices(self) -> list[object]:
        return [self] if self.there else []

    def get_device_descriptor(self, device: object) -> Any:
        numbers = {"idVendor": 0x04B8, "idProduct": 0x0E15, "bNumConfigurations": 1, "bDeviceClass": 0}
        rest = ("bLength", "bDescriptorType", "bDeviceSubClass", "bDeviceProtocol", "bMaxPacketSize0", "bcdUSB")
        more = ("bcdDevice", "iManufacturer", "iProduct", "iSerialNumber")
        places = {"address": 1, "bus": 1, "port_number": 1, "port_numbers": (1,), "speed": 3}
        return SimpleNamespace(**dict.fromkeys((*rest, *more), 0), **numbers, **places)

    def get_configuration_descriptor(self, device: object, number: int) -> Any:
        if number:
            raise IndexError(number)
        names = ("bLength", "bDescriptorType", "wTotalLength", "iConfiguration", "bmAttributes", "bMaxPower")
        values = dict.fromkeys(names, 0)
        return SimpleNamespace(bNumInterfaces=1, bConfigurationValue=1, extra_descriptors=[], **values)

    def get_interface_descriptor(self, device: object, interface: int, other: int, configuration: int) -> Any:
        if interface or other:
            raise IndexError(interface)
        names = ("bLength", "bDescriptorType", "bInterfaceNumber", "bAlternateSetting", "bInterfaceSubClass")
        values = dict.fromkeys((*names, "bInterfaceProtocol", "iInterface"), 0)
        return SimpleNamespace(bNumEndpoints=3, bInterfaceClass=7, extra_descriptors=[], **values)

    def get_endpoint_descriptor(self, device: object, endpoint: int, interface: int, other: int, c: int) -> Any:
        address, kind = ((0x83, 3), (0x81, 2), (0x02, 2))[endpoint]
        names = ("bLength", "bDescriptorType", "bInterval", "bRefresh", "bSynchAddress")
        values = dict.fromkeys(names, 0)
        return SimpleNamespace(
            bEndpointAddress=address, bmAttributes=kind, wMaxPacketSize=64, extra_descriptors=[], **values
        )

    def open_device(self, device: object) -> object:
        return self

    def close_device(self, handle: object) -> None:
        pass

    def set_configuration(self, handle: object, value: int) -> None:
        pass

    def get_configuration(self, handle: object) -> int:
        return 1

    def claim_interface(self, handle: object, interface: int) -> None:
        pass

    def release_interface(self, handle: object, interface: int) -> None:
        pass

    def reset_device(self, handle: object) -> None:
        pass

    def bulk_write(self, handle: object, endpoint: int, interface: int, data: Any, timeout: int) -> int:
        assert endpoint == 0x02
        if not self.there:
            raise usb.core.USBError("no such device")
        self.answers += self.thermal.take(bytes(data))
        return len(data)

    def bulk_read(self, handle: object, endpoint: int, interface: int, buffer: Any, timeout: int) -> int:
        assert endpoint == 0x81
        if not self.there:
            raise usb.core.USBError("no such device")
        if not self.answers:
            raise usb.core.USBTimeoutError("nothing", -7, 110)
        given = self.answers[: len(buffer)]
        del self.answers[: len(given)]
        buffer[: len(given)] = array.array("B", given)
        return len(given)


def at_usb(bus: Bus) -> EscposPrinter:
    return EscposPrinter(usb_cable(0x04B8, 0x0E15, backend=bus), raster, dots=576, mono_s=time.monotonic)


def test_a_usb_printer_prints_whichever_its_pipes_are() -> None:
    bus = Bus(Thermal())
    printer = at_usb(bus)

    outcome = printer.print(SHEET)
    printer.close()

    assert outcome == Outcome(Event.DONE, Condition.READY)
    assert codes(bus.thermal.cuts[0]) == ["RS-1"]


def test_a_usb_printer_that_is_pulled_out_is_told_and_found_again() -> None:
    bus = Bus(Thermal())
    printer = at_usb(bus)
    first = printer.look()
    bus.there = False
    away = printer.look()
    bus.there = True

    assert [first, away, printer.look()] == [Condition.READY, Condition.OFFLINE, Condition.READY]


def test_a_machine_without_libusb_says_what_to_install() -> None:
    class Nothing(Bus):
        def enumerate_devices(self) -> list[object]:
            raise usb.core.NoBackendError("no backend")

    with pytest.raises(DeviceFault, match="install libusb"):
        usb_cable(1, 2, backend=Nothing(Thermal())).open()
