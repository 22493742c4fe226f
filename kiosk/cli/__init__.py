"""The command `kiosk`: arguments in, one call into app, exit code out.

Exit codes: 0 done, 1 found problems, 2 wrong usage, 3 a device failed, 130 somebody interrupted it.
"""

from __future__ import annotations

import errno
import sys
from collections.abc import Sequence

from kiosk.errors import DecodeFault, DeviceFault, KioskError, LedgerFault, SiteError

DONE, PROBLEMS, USAGE, DEVICE, INTERRUPTED = 0, 1, 2, 3, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; every expected error becomes a sentence on stderr and an exit code."""
    # each process that a role starts imports this module, and needs none of it
    from kiosk.cli.parser import parser_of_all
    from kiosk.cli.streams import Unwritten, given_up, made_usable

    made_usable()
    arguments = parser_of_all().parse_args(argv)
    try:
        code: int = arguments.run(arguments)
        sys.stdout.flush()
    except SiteError as error:
        _say(str(error))
        return PROBLEMS
    except (DeviceFault, DecodeFault, LedgerFault) as error:
        _say(str(error))
        return DEVICE
    except KioskError as error:
        _say(str(error))
        return PROBLEMS
    except Unwritten as error:
        given_up()
        if error.errno == errno.EPIPE:  # the reader of a pipe had enough
            return DONE
        _say(f"what it says cannot be written: {error.strerror}")
        return DEVICE
    except KeyboardInterrupt:
        return INTERRUPTED
    return code


def _say(text: str) -> None:
    sys.stderr.write(f"kiosk: {text}\n")
