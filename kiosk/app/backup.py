"""A backup of everything that the kiosk knows and cannot make again: the ledger, the keys, the site's own texts."""

from __future__ import annotations

import hashlib
import io
import json
import logging
import os
import secrets
import shutil
import tarfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from kiosk.app.hatch import listens
from kiosk.app.places import Places
from kiosk.errors import KioskError, LedgerFault
from kiosk.hw.machine import free_bytes
from kiosk.ledger.faults import translated
from kiosk.ledger.files import copy_ledger, schema_version
from kiosk.ledger.folders import make_folder, stamp, sync_folder, unused
from kiosk.ledger.mending import doubt_lockers, lockers_alike
from kiosk.ledger.store import Ledger, open_ledger
from kiosk.ledger.verify import Broken, verify

log = logging.getLogger(__name__)

MANIFEST, LEDGER, SITE, KEYS = "manifest.json", "ledger.sqlite", "site", "keys"
TEXTS = (".toml", ".m3u", ".m3u8", ".csv")  # of the site; its sounds are kept where they came from
LARGEST = 1 << 34
LEAST = 5  # of the backups stay, whatever room there is
SPARE_BYTES = 200_000_000  # of the card, for whoever else writes on it
_MINE_ALONE = 0o600


def back_up(where: Places, folder: Path, now: datetime, *, keep: int = 14) -> Path:
    """Write kiosk-<moment>.tar while the roles run, readable by its owner alone; older ones beyond `keep` are removed.

    It holds the keys too: whoever has it can read what is personal. Whole or not there. Raises LedgerFault where the
    ledger is damaged or the folder cannot be written; then the newest of the older ones stay.
    """
    with translated(folder):
        make_folder(folder)
        make_room(folder, 2 * where.ledger.stat().st_size + SPARE_BYTES if where.ledger.exists() else 0)
        target = unused(folder / f"kiosk-{stamp(now)}.tar")
        part = target.with_name(f"{target.name}.part")
        copy = target.with_name(f".{target.name}.{secrets.token_hex(4)}.sqlite")
        try:
            copy_ledger(where.ledger, copy)
            members = {LEDGER: copy, **dict(_keys(where)), **dict(_texts(where))}
            handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _MINE_ALONE)
            with os.fdopen(handle, "wb") as file:
                _pack(file, members, now)
                file.flush()
                os.fsync(file.fileno())
            part.rename(target)
            sync_folder(folder)
        finally:
            part.unlink(missing_ok=True)
            copy.unlink(missing_ok=True)
    for old in backups(folder)[:-keep]:
        old.unlink(missing_ok=True)
    return target


def make_room(folder: Path, needed_bytes: int, free: Callable[[Path], int] = free_bytes) -> None:
    """The oldest backups go before the next one fills the card, on which the roles write as well; the newest stay.

    free: how much room a folder's disk has.
    """
    for old in backups(folder)[:-LEAST]:
        if free(folder) >= needed_bytes:
            return
        log.warning("%s is let go of: there is no room for another backup beside it", old)
        old.unlink(missing_ok=True)


def backups(folder: Path) -> list[Path]:
    """Every backup of a folder, oldest first."""
    return sorted(folder.glob("kiosk-*.tar"))


def bring_back(file: Path, where: Places, now: datetime) -> Path:
    """Put ledger and keys of a backup into the state directory; returns the folder to which what was there went.

    Everything is looked at before anything is replaced. Raises KioskError where a role runs or there is no such file,
    LedgerFault where the backup is not whole; then nothing has changed.
    """
    if not file.is_file():
        raise KioskError(f"{file} is no file: name a backup, kiosk-*.tar")
    for hatch, role in ((where.hatch, "broadcast"), (where.front_hatch, "front")):
        if listens(hatch):
            raise KioskError(f"the {role} role runs: stop it first (systemctl stop kiosk-{role}), then bring back")
    with translated(where.ledger):
        make_folder(where.state)
        aside = unused(where.state / f"before-restore-{stamp(now)}")
        fresh = unused(where.state / f".restoring-{stamp(now)}")
        fresh.mkdir()
        try:
            _unpack(file, fresh)
            _look_at(fresh / LEDGER, where.ledger, now)
            put_back = (*sorted((fresh / KEYS).glob("*")), fresh / LEDGER)
            for one in put_back:
                _sync(one)
            _keep_aside(where, aside)
            for one in put_back:
                one.rename(where.state / one.name)
            for name in set(_key_names(where)) - {one.name for one in put_back}:
                (where.state / name).unlink()
            sync_folder(where.state)
        finally:
            _remove(fresh)
    return aside


def ledgers_of(folder: Path, into: Path) -> Iterator[tuple[str, Path]]:
    """The ledger of each backup of a folder, the newest first; one that is not whole is told and left out."""
    for file in reversed(backups(folder)):
        ledger = into / f"{file.stem}.sqlite"
        try:
            with tarfile.open(file) as tar:
                about = {name: about for name, _, about in _members(tar, file)}[LEDGER]
                content = tar.extractfile(about)
                assert content is not None  # it was looked at
                with ledger.open("wb") as out:
                    shutil.copyfileobj(content, out, 1 << 20)
        except (tarfile.TarError, OSError, EOFError, KeyError, LedgerFault) as error:
            log.warning("%s is no whole backup (%s): an earlier one is taken", file, error)
            continue
        yield file.name, ledger


def contents(file: Path) -> dict[str, str]:
    """Each member of a backup with its sum; each was looked at. Raises LedgerFault where it is not whole."""
    try:
        with tarfile.open(file) as tar:
            return {name: digest for name, digest, _ in _members(tar, file)}
    except (tarfile.TarError, OSError, EOFError) as error:
        raise LedgerFault(f"{file} is no whole backup ({_short(error)}): take another one") from error


def _pack(file: io.BufferedWriter, members: dict[str, Path], now: datetime) -> None:
    sums = {}
    with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for name, path in members.items():
            content = path.read_bytes() if name != LEDGER else None
            sums[name] = _sum(path) if content is None else hashlib.sha256(content).hexdigest()
            if content is None:
                tar.add(path, name, filter=_plain)
            else:
                _add(tar, name, content)
        _add(tar, MANIFEST, json.dumps({"made": now.isoformat(), "sums": sums}, indent=1).encode())


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    about = tarfile.TarInfo(name)
    about.size, about.mode = len(content), _MINE_ALONE
    tar.addfile(about, io.BytesIO(content))


def _plain(about: tarfile.TarInfo) -> tarfile.TarInfo:
    about.uid = about.gid = 0
    about.uname = about.gname = ""
    about.mode = _MINE_ALONE
    return about


def _members(tar: tarfile.TarFile, file: Path) -> Iterator[tuple[str, str, tarfile.TarInfo]]:
    listed = tar.extractfile(MANIFEST) if MANIFEST in tar.getnames() else None
    if listed is None:
        raise LedgerFault(f"{file} is no backup of a kiosk: it has no {MANIFEST}; take another file")
    sums = dict(json.loads(listed.read())["sums"])
    for about in tar.getmembers():
        if about.name == MANIFEST:
            continue
        content = tar.extractfile(about) if about.isfile() and about.size <= LARGEST else None
        digest = hashlib.sha256()
        while content is not None and (piece := content.read(1 << 20)):
            digest.update(piece)
        if content is None or sums.pop(about.name, "") != digest.hexdigest():
            raise LedgerFault(f"{file}: {about.name} is not what was backed up: take another backup")
        yield about.name, digest.hexdigest(), about
    if sums:
        raise LedgerFault(f"{file}: {', '.join(sorted(sums))} is missing: take another backup")


def _unpack(file: Path, folder: Path) -> None:
    """Ledger and keys alone: a site is put back by whoever keeps it, after a look."""
    try:
        with tarfile.open(file) as tar:
            for name, _, about in list(_members(tar, file)):
                if name == LEDGER or (name.startswith(f"{KEYS}/") and name.count("/") == 1):
                    tar.extract(about, folder, filter="data")
                    (folder / name).chmod(_MINE_ALONE)
    except (tarfile.TarError, EOFError, ValueError, KeyError) as error:
        raise LedgerFault(f"{file} is no whole backup ({_short(error)}): take another one") from error


def _look_at(ledger: Path, replaced: Path, now: datetime) -> None:
    if schema_version(ledger) is None:
        raise LedgerFault("the backup holds no ledger: take another one")
    opened = open_ledger(ledger)  # one of an older program is brought up to date here, before anything is replaced
    try:
        if wrong := opened.check():
            raise LedgerFault(f"the ledger in the backup is damaged ({wrong[0]}): take an earlier one")
        verdict = verify(opened)
        if not isinstance(verdict, Broken) and not lockers_alike(ledger, replaced):
            doubt_lockers(opened, now)  # whose bags lie in them now, it cannot know
    finally:
        opened.close()
    if isinstance(verdict, Broken):
        raise LedgerFault(f"the ledger in the backup is not as it was written ({verdict}): take an earlier one")


def _keep_aside(where: Places, aside: Path) -> None:
    """What is there keeps its place until the other takes it: whenever the power goes, there is a ledger."""
    if where.ledger.exists():
        Ledger(where.ledger).close()  # its journal is folded in: beside another ledger it would be taken for that one's
    aside.mkdir()
    for name in (LEDGER, *_key_names(where)):
        if (where.state / name).exists():
            os.link(where.state / name, aside / name)
    sync_folder(aside)
    for left in [one for one in where.state.glob(f"{LEDGER}*") if one.name != LEDGER]:
        left.rename(aside / left.name)
    sync_folder(where.state)


def _sync(file: Path) -> None:
    with file.open("rb") as opened:
        os.fsync(opened.fileno())


def _key_names(where: Places) -> tuple[str, ...]:
    return tuple(sorted(path.name for path in where.state.glob("*.key")))


def _keys(where: Places) -> Iterator[tuple[str, Path]]:
    for name in _key_names(where):
        path = where.state / name
        if path.is_file() and not path.is_symlink():  # a key that has a place of its own is not brought onto the card
            yield f"{KEYS}/{name}", path


def _texts(where: Places) -> Iterator[tuple[str, Path]]:
    for path in sorted(where.site.rglob("*")):
        inside = path.relative_to(where.site)
        hidden = any(part.startswith(".") for part in inside.parts)
        if path.suffix in TEXTS and path.is_file() and not hidden and inside.parts[0] in ("site.toml", "schedules"):
            yield f"{SITE}/{inside.as_posix()}", path


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _remove(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    folder.rmdir()


def _short(error: Exception) -> str:
    """What tarfile says, without each of the ways in which it tried."""
    return str(error).partition("\n")[0].rstrip(":")
