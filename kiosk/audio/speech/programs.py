"""Running a speech program of the machine: text on its stdin, a deadline, and nothing left behind when it is over."""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import IO

import numpy as np
import soundfile

from kiosk.audio.speech.engine import Voiced
from kiosk.errors import DeviceFault

LONGEST_S = 300.0
MOST_BYTES = 256_000_000  # of any file it writes, so that one gone wild does not fill the disk
_LAST_WORDS = 200
_GONE_S = 5.0


def run(arguments: Sequence[str], text: str, *, limit_s: float, remedy: str) -> str:
    """What the program writes to stdout. Raises DeviceFault; over its time it is killed with all its children."""
    name = Path(arguments[0]).name
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as complaints:
        try:
            process = subprocess.Popen(
                arguments, stdin=subprocess.PIPE, stdout=out, stderr=complaints, start_new_session=True
            )
        except OSError as error:
            raise DeviceFault(f"the program {arguments[0]} cannot be started: {error.strerror}; {remedy}") from error
        with process:
            try:
                with contextlib.suppress(ProcessLookupError):
                    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (MOST_BYTES, MOST_BYTES))
                process.communicate(text.encode(), timeout=limit_s)
            except subprocess.TimeoutExpired as error:
                raise DeviceFault(f"{name} took longer than {limit_s:.0f} s; {remedy}") from error
            finally:
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.killpg(process.pid, signal.SIGKILL)  # children it may have left, and itself
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(_GONE_S)
        if process.returncode != 0:
            raise DeviceFault(f"{name} failed: {_last_words(complaints, process.returncode)}; {remedy}")
        out.seek(0)
        return out.read().decode(errors="replace")


def _last_words(complaints: IO[bytes], code: int) -> str:
    complaints.seek(0, os.SEEK_END)
    complaints.seek(max(0, complaints.tell() - _LAST_WORDS))
    last = complaints.read().decode(errors="replace").strip()
    return last or (f"exit code {code}" if code > 0 else f"ended by {signal.Signals(-code).name}")


def read_voiced(path: Path) -> Voiced:
    """A sound file that a program wrote, its channels mixed to one. Raises DeviceFault."""
    try:
        if soundfile.info(path).duration > LONGEST_S:
            raise DeviceFault(f"{path.name} is longer than {LONGEST_S:.0f} s; no announcement is")
        wave, rate_hz = soundfile.read(path, dtype="float32", always_2d=True)
    except (soundfile.LibsndfileError, OSError) as error:
        raise DeviceFault(f"{path.name} is no sound file: {error}") from error
    return Voiced(np.ascontiguousarray(wave.mean(axis=1), dtype=np.float32), int(rate_hz))
