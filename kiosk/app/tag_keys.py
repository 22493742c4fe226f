"""The keys that the tags of the lockers are signed with: made at installation, readable by the service alone, rotated.

A key file that is gone is never silently replaced while tags hang in the store: they would all be worth nothing.
"""

from __future__ import annotations

import json
import logging
import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from kiosk.errors import DeviceFault
from kiosk.rules.lockers.codes import accepted
from kiosk.rules.lockers.tags import KEY_BYTES, TagKey
from kiosk.sentences import tell

log = logging.getLogger(__name__)

_MINE_ALONE = 0o600
_IDS = 10


class KeyRing:
    """The keys as the file has them now: read again when it was changed, so that a rotation reaches a running role."""

    def __init__(self, path: Path, now: Callable[[], datetime]) -> None:
        """now: the store's clock; any thread may call. Raises nothing yet."""
        self._path = path
        self._now = now
        self._seen: tuple[int, int, int] | None = None
        self._held: tuple[TagKey, ...] = ()

    def accepted(self) -> tuple[TagKey, ...]:
        """Those that count now, the one that signs first. Raises DeviceFault."""
        try:
            found = self._path.stat()
        except OSError as error:
            raise _unreadable(self._path, error) from error
        seen = (found.st_ino, found.st_mtime_ns, found.st_size)
        if seen != self._seen:
            self._held = read_keys(self._path)
            self._seen = seen
        return accepted(self._held, self._now())


def make_keys(path: Path, *, in_use: frozenset[int] = frozenset()) -> None:
    """Make the first key where there is none yet. in_use: the keys of tags that were issued. Raises DeviceFault."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            _keep_to_oneself(path)
            return
        if in_use:
            remedy = tell(
                "put it back from the backup; else begin anew: kiosk lockers tags rotate --at-once, print every plaque"
            )
            raise DeviceFault(
                tell("{path}: the key of the tags in the store is gone ({remedy})", path=path, remedy=remedy)
            )
        _write(path, (_new_key(()),), only_if_new=True)
    except DeviceFault:
        raise
    except OSError as error:
        raise _unreadable(path, error) from error


def rotate(path: Path, now: datetime, overlap: timedelta) -> TagKey:
    """Sign with a new key from now on; the one before counts for `overlap` longer. Raises DeviceFault."""
    try:
        before = accepted(read_keys(path), now)[: _IDS - 1] if path.exists() else ()
        new = _new_key(before)
        older = [replace(key, until=min(key.until or now + overlap, now + overlap)) for key in before]
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, (new, *older), only_if_new=False)
    except DeviceFault:
        raise
    except OSError as error:
        raise _unreadable(path, error) from error
    return new


def read_keys(path: Path) -> tuple[TagKey, ...]:
    """Every key of the file, newest first. Raises DeviceFault."""
    try:
        rows = json.loads(path.read_text(encoding="ascii"))
        keys = tuple(_key(row) for row in rows)
    except OSError as error:
        raise _unreadable(path, error) from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise _damaged(path) from error
    whole = keys and len({key.id for key in keys}) == len(keys)
    if not whole or any(len(key.secret) != KEY_BYTES or not 0 <= key.id < _IDS for key in keys):
        raise _damaged(path)
    return keys


def _key(row: Any) -> TagKey:
    until = row["until"]
    return TagKey(int(row["id"]), bytes.fromhex(row["key"]), None if until is None else datetime.fromisoformat(until))


def _new_key(before: tuple[TagKey, ...]) -> TagKey:
    """A key whose id none of the others has; the first one of a store begins anywhere, so that stores differ."""
    taken = {key.id for key in before}
    first = (before[0].id + 1) % _IDS if before else secrets.randbelow(_IDS)
    id = next(number % _IDS for number in range(first, first + _IDS) if number % _IDS not in taken)
    return TagKey(id, secrets.token_bytes(KEY_BYTES))


def _write(path: Path, keys: tuple[TagKey, ...], *, only_if_new: bool) -> None:
    """Whole or not there, whoever else writes at the same moment, and on the disk when this returns."""
    rows = [{"id": key.id, "key": key.secret.hex(), "until": key.until and key.until.isoformat()} for key in keys]
    part = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _MINE_ALONE)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            json.dump(rows, file)
            file.flush()
            os.fsync(file.fileno())
        _give_to_the_service(part)
        if only_if_new:
            with suppress(FileExistsError):
                os.link(part, path)
        else:
            part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _give_to_the_service(part: Path) -> None:
    """What root makes belongs to whom the folder belongs: the service is to read it."""
    if os.geteuid() == 0:
        owner = part.parent.stat()
        os.chown(part, owner.st_uid, owner.st_gid)


def _keep_to_oneself(path: Path) -> None:
    if path.stat().st_mode & 0o077:
        path.chmod(_MINE_ALONE)
        log.warning(
            "%s was readable by others and is not any more: kiosk lockers tags rotate, if any of them might", path
        )


def _unreadable(path: Path, error: OSError) -> DeviceFault:
    remedy = tell("let the kiosk's user read and write it")
    return DeviceFault(
        tell(
            "{path}: tags cannot be checked: {cause} ({remedy})",
            path=path,
            cause=error.strerror or error,
            remedy=remedy,
        )
    )


def _damaged(path: Path) -> DeviceFault:
    return DeviceFault(
        tell("{path} is damaged: put it back from the backup, else kiosk lockers tags rotate --at-once", path=path)
    )
