"""The command `kiosk`: arguments in, one call into app, exit code out.

Exit codes: 0 done, 1 found problems, 2 wrong usage, 3 a device failed.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from io import TextIOWrapper

from kiosk.errors import DecodeFault, DeviceFault, KioskError, LedgerFault, SiteError

DONE, PROBLEMS, USAGE, DEVICE = 0, 1, 2, 3


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; every expected error becomes a sentence on stderr and an exit code."""
    from kiosk.cli.parser import (
        parser_of_all,  # each process that a role starts imports this module, and needs no parser
    )

    _write_what_the_terminal_lacks()
    arguments = parser_of_all().parse_args(argv)
    try:
        code: int = arguments.run(arguments)
    except SiteError as error:
        _say(str(error))
        return PROBLEMS
    except (DeviceFault, DecodeFault, LedgerFault) as error:
        _say(str(error))
        return DEVICE
    except KioskError as error:
        _say(str(error))
        return PROBLEMS
    except BrokenPipeError:
        sys.stderr.close()  # the reader of a pipe had enough
        return DONE
    except KeyboardInterrupt:
        return DONE
    return code


def _write_what_the_terminal_lacks() -> None:
    """A name with a character that the terminal's encoding lacks is written with that character's number."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _say(text: str) -> None:
    sys.stderr.write(f"kiosk: {text}\n")
