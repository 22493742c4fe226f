"""Printing a PDF on a printer of this machine (CUPS), at its real size."""

from __future__ import annotations

import subprocess

from kiosk.errors import DeviceFault

PATIENCE_S = 30.0


def print_pdf(content: bytes, printer: str, title: str) -> None:
    """Hand it to the printer's queue; waits for that, not for the paper. printer: its name, "" for the usual one.

    Raises DeviceFault.
    """
    command = ["lp", "-t", title, "-o", "print-scaling=none", *(["-d", printer] if printer else [])]
    try:
        done = subprocess.run(command, input=content, capture_output=True, check=False, timeout=PATIENCE_S)
    except subprocess.TimeoutExpired as error:
        raise DeviceFault("the printer takes nothing: it does not answer (lpstat -p lists them)") from error
    except OSError as error:
        raise DeviceFault("nothing can be printed from here: install cups-client, set up a printer") from error
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace").strip() or f"exit code {done.returncode}"
        raise DeviceFault(f"the printer takes nothing: {said} (lpstat -p lists them)")
