"""What the machine tells of itself: its disk, whether its clock is kept right, its heat and its supply."""

from __future__ import annotations

import ctypes
import os
import tempfile
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

from kiosk.errors import DeviceFault
from kiosk.sentences import tell

_TIME_ERROR = 5  # <sys/timex.h>: the clock is not synchronised
_TIMEX_BYTES = 512  # struct timex is smaller everywhere
THERMAL = Path("/sys/class/thermal/thermal_zone0/temp")
FIRMWARE = Path("/sys/devices/platform/soc/soc:firmware/get_throttled")


def free_bytes(folder: Path) -> int:
    """Room for a user's files. Raises DeviceFault."""
    try:
        status = os.statvfs(folder)
    except OSError as error:
        raise DeviceFault(
            tell("{folder} cannot be looked at: {cause}; is the disk mounted?", folder=folder, cause=error.strerror)
        ) from error
    return status.f_bavail * status.f_frsize


def is_writable(folder: Path) -> bool:
    """Whether a file really can be written there and reaches the disk."""
    try:
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".selfcheck-") as file:
            file.write(b"selfcheck")
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        return False
    return True


def clock_is_synchronised() -> bool | None:
    """What the kernel says of its clock (adjtimex, which any user may ask); None where it says nothing."""
    libc = ctypes.CDLL(None)
    asked = ctypes.create_string_buffer(_TIMEX_BYTES)  # modes = 0: only ask
    with suppress(AttributeError):  # not Linux
        state = int(libc.adjtimex(asked))
        return None if state < 0 else state != _TIME_ERROR
    return None


def built_on(program: Path) -> date:
    """The day on which the program's files were put here: no right clock shows an earlier one. Raises DeviceFault."""
    try:
        return datetime.fromtimestamp(program.stat().st_mtime, UTC).date()
    except OSError as error:
        raise DeviceFault(
            tell(
                "{program} cannot be looked at: {cause}; install the kiosk again", program=program, cause=error.strerror
            )
        ) from error


def celsius(file: Path = THERMAL) -> float | None:
    """Of the processor, None where it is not readable."""
    try:
        return int(file.read_text(encoding="ascii")) / 1000
    except (OSError, ValueError):
        return None


def throttled(file: Path = FIRMWARE) -> int | None:
    """The word of a Pi's firmware about heat and voltage, None elsewhere."""
    try:
        return int(file.read_text(encoding="ascii"), 16)
    except (OSError, ValueError):
        return None
