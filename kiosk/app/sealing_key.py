"""The keys of what is personal in the books of the ledger: made at installation, readable by the service alone."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from kiosk.errors import DeviceFault
from kiosk.ledger.sealed import KEY_BYTES
from kiosk.sentences import tell

_MINE_ALONE = 0o600


def sealing_key(path: Path) -> bytes:
    """The key, made where there is none yet. Raises DeviceFault where it can be neither read nor made.

    A key that is gone takes what was sealed with it: the slips on paper stay, and the cases' numbers and receipts.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            _make(path)
        if path.stat().st_mode & 0o077:
            path.chmod(_MINE_ALONE)
        key = path.read_bytes()
    except OSError as error:
        remedy = tell("let the kiosk's user read and write it")
        raise DeviceFault(
            tell(
                "{path}: its book cannot be worked on: {cause} ({remedy})",
                path=path,
                cause=error.strerror or error,
                remedy=remedy,
            )
        ) from error
    if len(key) != KEY_BYTES:
        raise DeviceFault(
            tell("{path} is damaged: put it back from the backup; without it open cases begin anew", path=path)
        )
    return key


def _make(path: Path) -> None:
    """Whole or not there, whoever else makes it at the same moment, and on the disk when this returns."""
    part = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _MINE_ALONE)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        if os.geteuid() == 0:  # what root makes belongs to whom the folder belongs: the service is to read it
            owner = part.parent.stat()
            os.chown(part, owner.st_uid, owner.st_gid)
        with suppress(FileExistsError):
            os.link(part, path)
    finally:
        part.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
