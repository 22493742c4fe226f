"""What the last start found, kept for the next one: a role that was killed is on the air again without reading a file.

It is believed only while every file and folder that it came from is as it was: the site's, its sounds, the program's
own. A damaged one, or one that somebody else might have written, is as if there were none.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import pickle
import secrets
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import kiosk
from kiosk.app.places import Places

if TYPE_CHECKING:
    from kiosk.app.errands import Opened

log = logging.getLogger(__name__)

Mark = list[int]
_MINE_ALONE = 0o600
_READS = ("open", "os.scandir", "os.listdir")  # what Python says before it does so
_GONE: Mark = []


class Reading:
    """Notes which files and folders below `root` are read, from `begin` on, for the rest of this process's life."""

    def __init__(self, root: Path) -> None:
        self._root = f"{root}{os.sep}"
        self.marks: dict[str, Mark] = {}

    def begin(self) -> None:
        sys.addaudithook(self._hear)

    def _hear(self, event: str, told: tuple[Any, ...]) -> None:
        if event not in _READS or not isinstance(told[0], str | os.PathLike):
            return
        path = os.fspath(told[0])
        if isinstance(path, str) and path.startswith(self._root) and path not in self.marks:
            self.marks[path] = mark(path)  # before it is read: what changes meanwhile is read again


def mark(path: str) -> Mark:
    """What changes whenever a file does, or the list of what is in a folder."""
    try:
        seen = Path(path).stat()
    except OSError:
        return _GONE
    return [seen.st_mtime_ns, seen.st_size, seen.st_ino]


def remember(places: Places, opened: Opened, read: Mapping[str, Mark]) -> None:
    """Keep it for the next start; a disk that refuses makes that one slower, no more."""
    marks = dict(read)
    for path in _beside(opened, places):
        marks.setdefault(path, mark(path))
    body = pickle.dumps(opened)
    head = {
        "site": str(places.site),
        "program": _program(),
        "heard": _digest_of(places.heard),
        "body": _digest(body),
        "marks": marks,
    }
    part = places.recollection.with_name(f"{places.recollection.name}.{secrets.token_hex(4)}")
    try:
        places.state.mkdir(parents=True, exist_ok=True)
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _MINE_ALONE)
        with os.fdopen(handle, "wb") as file:
            file.write(json.dumps(head).encode() + b"\n" + body)
        part.replace(places.recollection)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        log.warning("%s cannot be written (%s): the next start takes seconds longer", part, error.strerror)


def recall(places: Places, marked: Callable[[str], Mark] = mark) -> Opened | None:
    """What the last start found, None where anything it came from has changed."""
    try:
        with places.recollection.open("rb") as file:
            seen = os.fstat(file.fileno())
            if seen.st_uid != os.geteuid() or seen.st_mode & 0o077:
                return None
            head = json.loads(file.readline())
            body = file.read()
        if head["body"] != _digest(body) or head["program"] != _program():
            return None
        if head["heard"] != _digest_of(places.heard) or head["site"] != str(places.site):
            return None  # another version of the site may be in use, and the old one's files are as they were
        if any(marked(path) != was for path, was in head["marks"].items()):
            return None
        opened = pickle.loads(body)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, ImportError, pickle.UnpicklingError):
        return None
    from kiosk.app.errands import Opened  # what nobody remembers needs nothing of it

    return opened if isinstance(opened, Opened) else None


def _beside(opened: Opened, places: Places) -> Iterator[str]:
    """What no Python reads, or only asks for: sounds, and the folders in which anything might be added."""
    root = opened.office.site.root
    sounds = [root / path for path in opened.office.sounds]  # those that were spoken lie elsewhere, whole
    yield from map(str, sounds)
    holds_state = {places.state, *places.state.parents}
    folders = dict.fromkeys([root, root / "schedules", *(sound.parent for sound in sounds)])
    yield from (str(folder) for folder in folders if folder not in holds_state and folder != places.spoken)


def _program() -> str:
    """Which program this is: one that was upgraded may know things by other names."""
    files: Iterable[Path] = sorted(Path(kiosk.__file__).parent.rglob("*.py"))
    marks = [[str(path), *mark(str(path))] for path in files]
    return _digest(json.dumps([sys.version, marks, mark(f"{sys.prefix}/pyvenv.cfg")]).encode())


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def _digest_of(file: Path) -> str:
    try:
        return _digest(file.read_bytes())
    except OSError:
        return ""
