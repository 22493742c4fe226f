"""The Pi's pins: opening the chip, telling what is wrong with a pin, and leaving every output off whatever happens."""

from __future__ import annotations

import atexit
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from gpiozero import GPIOPinInUse, GPIOZeroError, PinFixedPull, PinInvalidPin

from kiosk.errors import DeviceFault
from kiosk.sentences import N_, tell

log = logging.getLogger(__name__)

_LOOK = N_("check the wiring, and that the kiosk's user is in the group gpio")


def open_pins(chip: int | None) -> Any:
    """The pin factory of this Pi. chip: of /dev/gpiochip*; None: the one that leads to the header. Raises DeviceFault.

    Importing lgpio moves the whole process into the directory that LG_WD names, and leaves a pipe there; the process is
    moved back, for the site's paths are relative.
    """
    device = "the pins" if chip is None else f"/dev/gpiochip{chip}"
    before = Path.cwd()
    try:
        from gpiozero.pins.lgpio import LGPIOFactory
    except ImportError as error:
        raise DeviceFault(
            tell("the pins cannot be used: lgpio is not installed (run tools/setup on the Pi)")
        ) from error
    except OSError as error:
        remedy = tell("name a directory that the kiosk may write to in LG_WD, as /run/kiosk")
        raise DeviceFault(
            tell("the pins cannot be used: lgpio cannot leave its pipe anywhere ({remedy})", remedy=remedy)
        ) from error
    finally:
        os.chdir(before)
    try:
        return LGPIOFactory(chip=chip)
    except (GPIOZeroError, OSError, *_lgpio_errors()) as error:
        remedy = tell("put the kiosk's user into the group gpio, or name another chip in [panel]: ls /dev/gpiochip*")
        raise DeviceFault(
            tell("{device} cannot be opened: {said} ({remedy})", device=device, said=_said(error), remedy=remedy)
        ) from error


@contextmanager
def pin_faults(thing: str, pin: int) -> Iterator[None]:
    """Whatever the libraries raise becomes a DeviceFault that names the thing, its pin and a remedy."""
    try:
        yield
    except (GPIOZeroError, OSError, *_lgpio_errors()) as error:
        what, remedy = _explained(error)
        raise DeviceFault(
            tell("the {thing} cannot use GPIO {pin}: {what} ({remedy})", thing=thing, pin=pin, what=what, remedy=remedy)
        ) from error


class OffAtExit:
    """Runs `off` when the interpreter ends or SIGTERM would kill the process, unless `done` was called before.

    A Raspberry Pi's kernel leaves a freed output as it is, so a process that dies must not leave a relay on. A handler
    of SIGTERM that is there already is left alone: it ends the role in order. SIGKILL is for the unit's ExecStopPost.
    """

    def __init__(self, off: Callable[[], None]) -> None:
        self._off = off
        self._process = os.getpid()
        atexit.register(self._leave)
        self._guards = (
            threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
        )
        if self._guards:
            signal.signal(signal.SIGTERM, _end_the_process)

    def done(self) -> None:
        """Everything is off; may be called twice."""
        atexit.unregister(self._leave)
        ours = self._guards and threading.current_thread() is threading.main_thread()
        if ours and signal.getsignal(signal.SIGTERM) is _end_the_process:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)

    def _leave(self) -> None:
        if os.getpid() == self._process:  # a child inherits the registration, not the relays
            self._off()


def quietly(thing: str, act: Callable[[], object]) -> None:
    """Close one thing of many: a broken one is told, and the others still have their turn."""
    try:
        act()
    except (GPIOZeroError, OSError, *_lgpio_errors()) as error:
        log.error("closing the %s: %s", thing, _said(error))


def _end_the_process(number: int, _: FrameType | None) -> None:
    sys.exit(128 + number)


def _lgpio_errors() -> tuple[type[Exception], ...]:
    """lgpio's own error, which gpiozero lets through; lgpio is not to be imported where nobody uses it."""
    error = getattr(sys.modules.get("lgpio"), "error", None)
    return (error,) if isinstance(error, type) and issubclass(error, Exception) else ()


def _explained(error: Exception) -> tuple[str, str]:
    match error:
        case GPIOPinInUse():
            return tell("it is in use already"), tell("give every button, lamp and relay a pin of its own in site.toml")
        case PinInvalidPin():
            return tell("there is no such pin"), tell("write a pin from 4 to 27 in site.toml")
        case PinFixedPull():
            return tell("it has a resistor of its own"), tell("write another pin in site.toml")
        case _ if "busy" in str(error).lower():
            return tell("another program holds it"), tell("stop that program; gpioinfo tells its name")
        case _:
            return _said(error), tell(_LOOK)


def _said(error: Exception) -> str:
    return str(error).strip("'\"") or type(error).__name__
