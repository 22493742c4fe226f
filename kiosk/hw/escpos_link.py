"""The cable to a receipt printer: serial, USB or network, by python-escpos; opened late, and again after a loss."""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from termios import error as TermiosError
from typing import Any, Protocol

from kiosk.errors import DeviceFault

READ_S = 0.05
WRITE_S = 5.0
DIRECTION, TRANSFER = 0x80, 0x03  # the bits of an endpoint that tell which way it goes, and how


class Link(Protocol):
    """An open cable. Every call raises DeviceFault once it is gone."""

    def send(self, data: bytes) -> None:
        """Hand over all of it."""

    def receive(self) -> bytes:
        """What has come, b"" after READ_S of silence."""

    def close(self) -> None:
        """Let go. Never raises."""


class EscposLink:
    """A device of python-escpos. Silence is what its reading raises or returns when nothing came."""

    def __init__(self, device: Any, silence: tuple[type[Exception], ...], *, ends: bool) -> None:
        """device: open. ends: nothing read means that the other side has gone, as at a socket."""
        self._device, self._silence, self._ends = device, silence, ends

    def send(self, data: bytes) -> None:
        try:
            self._device._raw(data)
        except (OSError, ValueError, TermiosError) as error:
            raise DeviceFault(f"the printer's cable is gone: {error}") from error

    def receive(self) -> bytes:
        try:
            data = bytes(self._device._read())
        except self._silence:
            return b""
        except (OSError, ValueError, TypeError, TermiosError) as error:
            raise DeviceFault(f"the printer's cable is gone: {error}") from error
        if not data and self._ends:
            raise DeviceFault("the printer has ended the connection")
        return data

    def close(self) -> None:
        with suppress(OSError, ValueError, TermiosError):  # it is gone already
            self._device.close()


@dataclass(frozen=True, slots=True)
class Cable:
    """How a printer is reached, and how a cable to it is made anew. Raises DeviceFault where there is none."""

    name: str
    open: Callable[[], Link]


def serial_cable(device: str, baud: int) -> Cable:
    """A serial port, 8N1. The printer's own flow control is not used: no more than it can hold is ever on its way."""
    return Cable(device, partial(_serial, device, baud))


def network_cable(host: str, port: int = 9100) -> Cable:
    """A printer on the network."""
    return Cable(f"{host}:{port}", partial(_network, host, port))


def usb_cable(vendor: int, product: int, serial: str = "", backend: object = None) -> Cable:
    """A USB printer. serial: its serial number, where several are alike. backend: of pyusb, None for libusb."""
    return Cable(f"usb {vendor:04x}:{product:04x}", partial(_usb, vendor, product, serial, backend))


def _serial(device: str, baud: int) -> Link:
    from escpos.printer import Serial

    printer = Serial(device, baudrate=baud, timeout=READ_S, dsrdtr=False, profile="default")
    _opened(printer, device, "plug it in, or name its port in [[printers]]; the kiosk's user must be in group dialout")
    printer.device.write_timeout = WRITE_S
    return EscposLink(_Port(printer), (), ends=False)


class _Port:
    """The library waits for sixteen bytes; here the first one is enough."""

    def __init__(self, printer: Any) -> None:
        self._printer = printer

    def _raw(self, data: bytes) -> None:
        self._printer._raw(data)

    def _read(self) -> bytes:
        port = self._printer.device
        return bytes(port.read(max(1, port.in_waiting)))

    def close(self) -> None:
        port, self._printer.device = self._printer.device, False  # its own way to close waits for what is not sent yet
        port.close()


def _network(host: str, port: int) -> Link:
    from escpos.printer import Network

    printer = Network(host, port=port, timeout=WRITE_S)
    try:
        printer.device = socket.create_connection((host, port), WRITE_S)  # the library's own leaks one that fails
    except OSError as error:
        remedy = "switch it on, look at its network cable and its address in [[printers]]"
        raise DeviceFault(f"{host}:{port} cannot be reached: {error.strerror or error} ({remedy})") from error
    printer.device.settimeout(READ_S)
    return _Socket(printer, (TimeoutError,), ends=True)


class _Socket(EscposLink):
    """Sending may take longer than listening."""

    def send(self, data: bytes) -> None:
        self._device.device.settimeout(WRITE_S)
        try:
            super().send(data)
        finally:
            self._device.device.settimeout(READ_S)


def _usb(vendor: int, product: int, serial: str, backend: object) -> Link:
    import usb.core
    from escpos.printer import Usb

    which = {"serial_number": serial} if serial else {}
    within = {} if backend is None else {"backend": backend}
    printer = Usb(vendor, product, usb_args={**which, **within}, timeout=int(WRITE_S * 1000))
    where = f"the USB printer {vendor:04x}:{product:04x}"
    _opened(printer, where, "plug it in, install libusb-1.0-0; the kiosk's user must be in group lp")
    try:
        printer.in_ep, printer.out_ep = _endpoints(printer.device)
    except usb.core.USBError as error:
        raise DeviceFault(f"{where} cannot be used: {error} (plug it in again)") from error
    return EscposLink(_Pipes(printer), (usb.core.USBTimeoutError,), ends=False)


class _Pipes:
    """The library waits a second for an answer; here a moment is enough."""

    def __init__(self, printer: Any) -> None:
        self._printer = printer

    def _raw(self, data: bytes) -> None:
        self._printer._raw(data)

    def _read(self) -> bytes:
        return bytes(self._printer.device.read(self._printer.in_ep, 64, int(READ_S * 1000)))

    def close(self) -> None:
        self._printer.close()


def _endpoints(device: Any) -> tuple[int, int]:
    """Where the printer listens and answers; 0x82 and 0x01 are usual, and wrong for many."""
    into, out = 0x82, 0x01
    for interface in device.get_active_configuration():
        for endpoint in interface:
            if endpoint.bmAttributes & TRANSFER != 2:  # bulk
                continue
            if endpoint.bEndpointAddress & DIRECTION:
                into = endpoint.bEndpointAddress
            else:
                out = endpoint.bEndpointAddress
    return into, out


def _opened(printer: Any, where: str, remedy: str) -> None:
    from escpos.exceptions import Error

    try:
        printer.open()
    except (Error, OSError, ValueError, TermiosError) as error:
        said = " ".join(str(error.__cause__ or error.__context__ or error).split())
        raise DeviceFault(f"{where} cannot be opened: {said} ({remedy})") from error
