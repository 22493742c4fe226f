"""SQLite's and the system's errors, said as one fault that names the file and the remedy."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from kiosk.errors import LedgerFault
from kiosk.sentences import N_, tell


class DamagedLedger(LedgerFault):
    """What is in the file is not what was written; a backup helps, trying again does not."""


class FullDisk(LedgerFault):
    """There is no room; what is written later may find some."""


_FULL = (N_("has no room: the disk is full"), N_("free some space; what waits is written then"))
_READ_ONLY = (N_("is read-only"), N_("make its disk writable again; if it was remounted read-only, check the card"))
_LOCKED = (N_("is locked by another program"), N_("close what else has it open"))
_CARD = (N_("cannot be read or written"), N_("check the card and its file system"))
_NOT_OPENED = (N_("cannot be opened"), N_("check that the folder is there and belongs to the kiosk's user"))
_VAGUE = (_CARD, _NOT_OPENED)
_NEEDED_BYTES = 256 * 1024  # more than SQLite asks for at a time

_SQLITE = {
    sqlite3.SQLITE_CORRUPT: (N_("is damaged"), N_("restore the last backup")),
    sqlite3.SQLITE_NOTADB: (N_("is damaged"), N_("restore the last backup")),
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_BUSY: _LOCKED,
    sqlite3.SQLITE_LOCKED: _LOCKED,
    sqlite3.SQLITE_IOERR: _CARD,
    sqlite3.SQLITE_CANTOPEN: _NOT_OPENED,
    sqlite3.SQLITE_PERM: _NOT_OPENED,
}
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_SYSTEM = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EROFS: _READ_ONLY,
    errno.EIO: _CARD,
    errno.EACCES: _NOT_OPENED,
    errno.EPERM: _NOT_OPENED,
    errno.EEXIST: _NOT_OPENED,
    errno.ENOTDIR: _NOT_OPENED,
}


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Errors of the database and the file system inside become LedgerFault, damage DamagedLedger."""
    try:
        yield
    except LedgerFault:
        raise
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        raise fault_of(path, error) from error


def fault_of(path: Path, error: Exception) -> LedgerFault:
    """The fault that tells a person what happened to the ledger at `path` and what to do."""
    cause = getattr(error, "orig", None) or error
    kind: type[LedgerFault] = LedgerFault
    if isinstance(cause, OSError):
        known = _SYSTEM.get(cause.errno or 0)
    else:
        code = getattr(cause, "sqlite_errorcode", 0) & 0xFF  # the primary code; the rest says where it struck
        known = _SQLITE.get(code)
        kind = DamagedLedger if code in _DAMAGED else LedgerFault
    if known in _VAGUE:
        known = _ailment_of_disk(path) or known
    if known == _FULL:
        kind = FullDisk
    what, remedy = known or (N_("cannot be used"), N_("see the cause"))
    return kind(tell("{path} {what} ({cause}): {remedy}", path=path, what=tell(what), cause=cause, remedy=tell(remedy)))


def _ailment_of_disk(path: Path) -> tuple[str, str] | None:
    # on a full disk SQLite says so for the file itself, but "I/O error" for the index of its journal
    try:
        disk = os.statvfs(path.parent)
    except OSError:
        return None
    if disk.f_flag & os.ST_RDONLY:
        return _READ_ONLY
    return _FULL if disk.f_bavail * disk.f_frsize < _NEEDED_BYTES else None
