"""Printing a PDF on a printer of this machine (CUPS), at its real size."""

from __future__ import annotations

import os
import re
import subprocess

from kiosk.errors import DeviceFault
from kiosk.sentences import tell

PATIENCE_S = 30.0
_QUEUED = re.compile(r"\b(\S+-\d+) \(")  # lp: "request id is slips-12 (1 file(s))"


class MayBePrinted(DeviceFault):
    """Nobody can say whether the printer's queue has it."""


def print_pdf(content: bytes, printer: str, title: str) -> str:
    """Hand it to the printer's queue; waits for that, not for the paper. printer: its name, "" for the usual one.

    Returns the queue's name for it, "" where it says none. The queue keeps it through power cuts until it is printed.
    Raises MayBePrinted where the queue did not answer, DeviceFault where it took nothing.
    """
    command = ["lp", "-t", title, "-o", "print-scaling=none", *(["-d", printer] if printer else [])]
    try:
        done = subprocess.run(
            command, input=content, capture_output=True, check=False, timeout=PATIENCE_S, env=_in_english()
        )
    except subprocess.TimeoutExpired as error:
        raise MayBePrinted("the printer does not answer (lpstat -p lists them)") from error
    except OSError as error:
        raise DeviceFault(tell("nothing can be printed from here: install cups-client, set up a printer")) from error
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace").strip() or f"exit code {done.returncode}"
        raise DeviceFault(tell("the printer takes nothing: {said} (lpstat -p lists them)", said=said))
    found = _QUEUED.search(done.stdout.decode("utf-8", "replace"))
    return found[1] if found else ""


def still_waits(queued: str) -> bool:
    """Whether what the queue calls so is not on paper yet, as far as the queue says."""
    try:
        command = ["lpstat", "-W", "not-completed", "-o"]
        done = subprocess.run(command, capture_output=True, check=False, timeout=PATIENCE_S, env=_in_english())
    except (OSError, subprocess.TimeoutExpired):
        return False
    return queued in done.stdout.decode("utf-8", "replace").split()


def _in_english() -> dict[str, str]:
    return {**os.environ, "LC_ALL": "C"}
