"""The versions of a store's site, side by side: a link says which one is in use, and is moved in one step.

/etc/kiosk is the link, /etc/kiosk.d/20261122T084700Z what it points to. A power cut at any moment leaves the link on
one whole version or the other; what was not whole yet is cleared away by whoever comes next.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import filecmp
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kiosk.app.places import Places
from kiosk.config.endings import AUDIO_ENDINGS
from kiosk.errors import DeviceFault, KioskError
from kiosk.ledger.folders import stamp, sync_folder, unused

PROGRAM = Path(__file__).parents[2]
FIRST = "first"  # the version that was there before there were versions
ABOUT = ".version.json"
PREVIOUS = "previous"
_COMING = ".coming-"
_NEW = ".new"
_OF_STICKS = frozenset(("System Volume Information", "lost+found", "$RECYCLE.BIN"))
_AT_CWD, _EXCHANGE = -100, 2  # fcntl.h, linux/fs.h

Step = Callable[[str], None]
"""Told each step by name just before it is taken: who tests power cuts has it end there."""


@dataclass(frozen=True, slots=True)
class Version:
    """path: its folder. made, by and source are "" where nobody wrote them down."""

    path: Path
    made: str
    by: str
    source: str


def anchor_of(named: Path) -> Path:
    """The link or folder that is a site by that name; links that the store itself made to it are followed."""
    path = Path(os.path.abspath(named))  # noqa: PTH100  resolve() would follow the very link that is looked for
    while path.is_symlink():
        target = path.readlink()
        if target.parts[:1] == (f"{path.name}.d",):
            break
        path = Path(os.path.abspath(path.parent / target))  # noqa: PTH100
    return path


def earlier(where: Places) -> Path | None:
    """The version of the site that was in use before the one of these places, None where there is none."""
    if where.named is None or anchor_of(where.named) == PROGRAM:
        return None
    return Versions(where.named).previous


@contextmanager
def held(site: Path) -> Iterator[None]:
    """While a role works with a version, nobody clears it away."""
    try:
        handle = os.open(site, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError:  # what is wrong with the site is told by whoever reads it
        yield
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_SH)
        yield
    finally:
        os.close(handle)


class Versions:
    """Those of one site. One process at a time changes them: `alone`."""

    def __init__(self, named: Path, *, step: Step = lambda name: None) -> None:
        """Raises KioskError where the name is the program's own folder, whose site is the demo."""
        self.anchor = anchor_of(named)
        self.folder = self.anchor.with_name(f"{self.anchor.name}.d")
        self._step = step
        if self.anchor == PROGRAM:
            raise KioskError(f"{PROGRAM} is the program with its demo store: name the store's own site with --site")

    @property
    def in_use(self) -> Path:
        """The folder that a role which starts now works with."""
        return self.anchor.resolve()

    @property
    def previous(self) -> Path | None:
        """The one that was in use before, None where there is none."""
        link = self.folder / PREVIOUS
        target = link.resolve() if link.is_symlink() else None
        return target if target is not None and target.is_dir() and target != self.in_use else None

    def all(self) -> list[Version]:
        """Every one, oldest first."""
        names = sorted(self.folder.iterdir(), key=lambda path: (path.name != FIRST, path.name)) if self._exist else []
        return [_version(path) for path in names if path.is_dir() and not path.is_symlink() and path.name[0] != "."]

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody else changes them meanwhile, and what a power cut left half done is seen to. Raises DeviceFault."""
        with _told(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.folder / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            with _told(self.folder):
                self._mend()
            yield
        finally:
            os.close(handle)

    def take_in(self, source: Path, now: datetime) -> Path:
        """A copy of a folder or stick, not yet a version. Sounds that the version in use has as well take no room.

        Raises KioskError for what is no site's, DeviceFault where the disk refuses.
        """
        coming = self.folder / f"{_COMING}{stamp(now)}"
        files = list(_files_of(source))
        with _told(self.folder):
            self._step("copy")
            coming.mkdir()
            for path in files:
                inside = path.relative_to(source)
                _copied(path, coming / inside, self.in_use / inside)
                self._step("copied one file")
            for folder in (*(one for one in coming.rglob("*") if one.is_dir()), coming):
                folder.chmod(0o755)  # whatever whoever gives the command hides from others
                sync_folder(folder)
        return coming

    def admit(self, coming: Path, now: datetime, by: str, source: Path) -> Path:
        """What was looked at becomes a version; it is not in use yet."""
        target = unused(self.folder / stamp(now))
        about = {"made": now.isoformat(timespec="seconds"), "by": by, "source": str(source)}
        with _told(target):
            with (coming / ABOUT).open("w", encoding="utf-8") as file:
                json.dump(about, file, ensure_ascii=False)
                file.flush()
                os.fsync(file.fileno())
            sync_folder(coming)
            self._step("admit")
            coming.rename(target)
            sync_folder(self.folder)
        return target

    def switch_to(self, version: Path) -> None:
        """The roles that start from now on work with it. Raises DeviceFault; then the old one stays."""
        with _told(self.anchor):
            if not self.anchor.is_symlink():
                self._make_a_link_of_the_folder()
                if not _nobody_holds(self.in_use):
                    raise KioskError(
                        f"a role runs that began with {self.anchor} as a plain folder: start the roles anew once "
                        "(systemctl restart kiosk.target), then switch"
                    )
            was = self.in_use
            self._step("note the previous one")
            self._point(self.folder / PREVIOUS, Path(was.name))
            self._step("switch")
            self._point(self.anchor, Path(self.folder.name) / version.name)
            self._step("switched")

    def let_go(self, keep: int) -> list[str]:
        """Clear away the oldest, `keep` are left; never one in use or just before, nor one that a role works with."""
        spared = {self.in_use, self.previous}
        gone = []
        for version in self.all()[:-keep]:
            if version.path not in spared and _nobody_holds(version.path):
                with _told(version.path):
                    self._step("let go")
                    hidden = version.path.with_name(f"{_COMING}{version.path.name}")  # half of it is no version
                    version.path.rename(hidden)
                    shutil.rmtree(hidden)
                gone.append(version.path.name)
        return gone

    def drop(self, coming: Path) -> None:
        """What was copied is not wanted."""
        shutil.rmtree(coming, ignore_errors=True)

    @property
    def _exist(self) -> bool:
        return self.folder.is_dir()

    def _make_a_link_of_the_folder(self) -> None:
        """The site was a plain folder until now: from now on it is the first version, and nothing else changed."""
        first = self.folder / FIRST
        self._step("the first link")
        first.symlink_to(Path(self.folder.name) / FIRST)  # as it is to be read from the anchor's place
        self._step("exchange")
        _exchange(first, self.anchor)
        sync_folder(self.folder)
        sync_folder(self.anchor.parent)

    def _mend(self) -> None:
        first = self.folder / FIRST
        for link in (self.folder / (PREVIOUS + _NEW), *((first,) if first.is_symlink() else ())):
            link.unlink(missing_ok=True)
        for left in self.folder.glob(f"{_COMING}*"):
            shutil.rmtree(left)

    def _point(self, link: Path, target: Path) -> None:
        fresh = link.with_name(link.name + _NEW)
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(target)
        self._step("the new link is there")
        fresh.replace(link)
        sync_folder(link.parent)


def _version(path: Path) -> Version:
    try:
        about = json.loads((path / ABOUT).read_text(encoding="utf-8"))
        return Version(path, str(about["made"]), str(about["by"]), str(about["source"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Version(path, "", "", "")


def _files_of(source: Path) -> Iterator[Path]:
    """What is copied: nothing hidden, nothing that a stick keeps for itself. Raises KioskError."""
    if not (source / "site.toml").is_file():
        raise KioskError(f"{source} holds no site.toml: name the folder that does")
    try:
        for path in sorted(source.rglob("*")):
            inside = path.relative_to(source)
            if any(part.startswith(".") or part in _OF_STICKS for part in inside.parts):
                continue
            if path.is_symlink():
                raise KioskError(f"{path} is a link: put the file itself there")
            if path.is_file():
                yield path
            elif not path.is_dir():
                raise KioskError(f"{path} is neither a file nor a folder: take it away")
    except OSError as error:
        raise DeviceFault(f"{source} cannot be read: {error.strerror}; look at the stick, or take another") from error


def _copied(path: Path, target: Path, known: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix.lower() in AUDIO_ENDINGS and known.is_file() and filecmp.cmp(path, known, shallow=False):
        os.link(known, target)  # nobody writes into a sound file
        return
    with path.open("rb") as inward, target.open("wb") as out:
        shutil.copyfileobj(inward, out, 1 << 20)
        out.flush()
        os.fsync(out.fileno())
    times = path.stat()
    os.utime(target, ns=(times.st_atime_ns, times.st_mtime_ns))  # so that what was heard of it is still known
    target.chmod(0o644)
    if known.exists():  # one that only the kiosk may read stays so
        as_it_was = known.stat()
        with contextlib.suppress(PermissionError):
            os.chown(target, -1, as_it_was.st_gid)
        target.chmod(as_it_was.st_mode & 0o777)


def _nobody_holds(site: Path) -> bool:
    handle = os.open(site, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(handle)
    return True


def _exchange(one: Path, other: Path) -> None:
    """Two names for each other's file, in one step."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.renameat2(_AT_CWD, os.fsencode(one), _AT_CWD, os.fsencode(other), _EXCHANGE) != 0:
        code = ctypes.get_errno()
        one.unlink()
        raise OSError(code, os.strerror(code), str(other))


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise DeviceFault(
            f"{error.filename or path}: {error.strerror}; make room or permit it (sudo): the site in use stays"
        ) from error
