"""Debians to try the kiosk on, made once and kept in build/hil until what they are made of changes."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tests.hil.container import Container, laid_over
from tests.hil.table import BOOK
from tests.hil.volatile_disk import HERE

KEPT = HERE / "build" / "hil"
RECIPES = HERE / "tests" / "hil" / "image"
PROGRAM = (
    "kiosk",
    "tools",
    "systemd",
    "schedules",
    "sounds",
    "docs",
    "site.toml",
    "pyproject.toml",
    "requirements.lock",
)
SOURCE = "/usr/src/kiosk"
INSTALL_S = 1200.0


def why_not() -> str:
    """What keeps this machine from making them; "" where nothing does."""
    if os.geteuid() != 0:
        return "wants root"
    missing = [tool for tool in ("systemd-nspawn", "mmdebstrap", "nsenter") if shutil.which(tool) is None]
    return f"wants {', '.join(missing)}: tools/setup hil" if missing else ""


def base() -> Path:
    """A Debian on which the kiosk can be installed without a network; a folder `root` in it."""
    made_of = (RECIPES / "root", HERE / "tools" / "packages" / "run.txt", HERE / "requirements.lock")
    return made("base", digest_of(made_of), lambda folder: build("root", folder))


@contextlib.contextmanager
def installed() -> Iterator[Path]:
    """The root of a Debian after `tools/install` was run there, with the demo store."""
    root = base() / "root"
    tracked = program()

    def install(folder: Path) -> None:
        with laid_over(root, folder) as merged:
            unpack(tracked, merged)
            with Container(merged, folder / "console.log", keep=True) as machine:
                said = machine.does(f"cd {SOURCE} && tools/install", within_s=INSTALL_S)
                (folder / "install.log").write_text(said)

    digest = digest_of((root.parent / ".made", *(file for file in tracked if file != BOOK)))  # the book is written here
    with laid_over(root, made("installed", digest, install)) as merged:
        yield merged


def packages(*revisions: int) -> Path:
    """A folder with a Debian package of the program for each revision, made by `tools/deb` on a Debian of its own."""
    root = base() / "root"
    tracked = program()

    def pack(folder: Path) -> None:
        with laid_over(root, folder) as merged:
            unpack(tracked, merged)
            with Container(merged, folder / "console.log", keep=True) as machine:
                for revision in revisions:
                    asked = f"KIOSK_REVISION={revision} KIOSK_DEB_LEVEL=1"
                    machine.does(f"cd {SOURCE} && {asked} tools/deb /root/packages", within_s=INSTALL_S)
        shutil.copytree(folder / "upper" / "root" / "packages", folder / "packages")
        shutil.rmtree(folder / "upper")

    digest = digest_of((root.parent / ".made", *(file for file in tracked if file != BOOK)))  # the book is written here
    return made("packages", f"{digest} {revisions}", pack) / "packages"


def program() -> list[Path]:
    """The files that git knows of what is installed."""
    files = subprocess.run(["git", "ls-files", "-z", *PROGRAM], cwd=HERE, capture_output=True, check=True).stdout
    return [HERE / os.fsdecode(name) for name in files.split(b"\0") if name]


def unpack(tracked: Sequence[Path], root: Path) -> None:
    """Put a copy of the program where an installer would unpack it."""
    source = root / SOURCE.removeprefix("/")
    source.mkdir(parents=True)
    packed = subprocess.run(["tar", "-c", *files_named(tracked)], cwd=HERE, stdout=subprocess.PIPE, check=True)
    subprocess.run(["tar", "-x", "-C", str(source)], input=packed.stdout, check=True)


def files_named(files: Sequence[Path]) -> list[str]:
    more = ("README.md", "CHANGELOG.md", "Makefile", *(one.name for one in HERE.glob("requirements*.lock")))
    return sorted({*(str(file.relative_to(HERE)) for file in files), *more})


def made(name: str, digest: str, make: Callable[[Path], None]) -> Path:
    """The folder of that name; made where it is not of that digest, by one process at a time."""
    folder, stamp = KEPT / name, KEPT / name / ".made"
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / f".{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not stamp.exists() or stamp.read_text() != digest:
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            stamp.write_text(digest)
    return folder


def build(what: str, folder: Path) -> None:
    subprocess.run([str(RECIPES / what), str(folder)], check=True)


def digest_of(files: Sequence[Path]) -> str:
    total = hashlib.sha256()
    for file in sorted(files):
        total.update(f"{file.name}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()
