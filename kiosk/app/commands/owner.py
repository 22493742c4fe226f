"""A command that root gives works as whoever owns the kiosk's memory: the roles are to write on upon what it made."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk.errors import KioskError


@contextmanager
def as_owner_of(state: Path) -> Iterator[None]:
    """Within, files are read and made as the roles would. Nothing changes for anybody but root. Raises KioskError."""
    owner = state.stat() if state.exists() else None
    if owner is None or os.geteuid() != 0 or owner.st_uid == 0:
        yield
        return
    group = os.getegid()
    os.setegid(owner.st_gid)
    os.seteuid(owner.st_uid)
    try:
        yield
    except PermissionError as error:
        if error.filename is None:
            raise
        raise KioskError(f"{error.filename}: the kiosk's user may not read it: chmod -R a+rX its folder") from error
    finally:
        os.seteuid(0)
        os.setegid(group)
