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

from tests.hil import emulated_store
from tests.hil.container import Container, laid_over
from tests.hil.volatile_disk import HERE

KEPT = HERE / "build" / "hil"
RECIPES = HERE / "tests" / "hil" / "image"
GUEST = HERE / "tests" / "hil" / "guest"
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
    return _made("base", _digest(made_of), lambda folder: _build("root", folder))


def kernel() -> Path:
    """A folder with vmlinuz, initrd.gz and modules, gpio-sim among them."""
    return _made("kernel", _digest((RECIPES / "kernel", RECIPES / "init")), lambda folder: _build("kernel", folder))


@contextlib.contextmanager
def installed() -> Iterator[Path]:
    """The root of a Debian after `tools/install` was run there, with the demo store."""
    root = base() / "root"
    files = subprocess.run(["git", "ls-files", "-z", *PROGRAM], cwd=HERE, capture_output=True, check=True).stdout
    tracked = [HERE / os.fsdecode(name) for name in files.split(b"\0") if name]
    digest = _digest((root.parent / ".made", *tracked))

    def install(folder: Path) -> None:
        with laid_over(root, folder) as merged:
            source = merged / "usr" / "src" / "kiosk"
            source.mkdir(parents=True)
            packed = subprocess.run(["tar", "-c", *files_named(tracked)], cwd=HERE, stdout=subprocess.PIPE, check=True)
            subprocess.run(["tar", "-x", "-C", str(source)], input=packed.stdout, check=True)
            with Container(merged, folder / "console.log", keep=True) as machine:
                said = machine.does("cd /usr/src/kiosk && tools/install", within_s=INSTALL_S)
                (folder / "install.log").write_text(said)

    with laid_over(root, _made("installed", digest, install)) as merged:
        yield merged


def disk() -> Path:
    """A folder with the disk (root.img) of the emulated machine: the real installation, the emulated store."""
    with installed() as root:
        made_of = (
            KEPT / "installed" / ".made",
            kernel() / ".made",
            *sorted(GUEST.iterdir()),
            Path(emulated_store.__file__),
        )
        return _made("disk", _digest([file for file in made_of if file.is_file()]), lambda folder: _disk(root, folder))


def _disk(root: Path, folder: Path) -> None:
    with laid_over(root, folder) as merged:
        shutil.copytree(kernel() / "modules", merged, dirs_exist_ok=True, symlinks=True)
        tools = merged / "usr" / "local" / "lib" / "kiosk-hil"
        tools.mkdir(parents=True)
        for script in GUEST.glob("*.py"):
            shutil.copy(script, tools)
        shutil.copytree(GUEST / "etc", merged / "etc", dirs_exist_ok=True, symlinks=True)
        state, etc = merged / "var" / "lib" / "kiosk", merged / "etc" / "kiosk"
        for old in (state, etc):
            shutil.rmtree(old)
            old.mkdir()
        emulated_store.furnish(etc, state)
        _inside(merged, "/opt/kiosk/.venv/bin/pip install --quiet lgpio")
        _inside(
            merged,
            "systemctl enable --quiet kiosk-hil-agent kiosk-hil-hands kiosk-hil-cabinet && "
            "chown -R kiosk:kiosk /var/lib/kiosk",
        )
        _inside(merged, "runuser -u kiosk -- /opt/kiosk/.venv/bin/kiosk check --site /etc/kiosk --state /var/lib/kiosk")
        subprocess.run(["mke2fs", "-q", "-t", "ext4", "-d", str(merged), str(folder / "root.img"), "3G"], check=True)
    for layer in ("upper", "merged"):
        shutil.rmtree(folder / layer)


def _inside(root: Path, command: str) -> None:
    """In that root, without its systemd."""
    bare = ["systemd-nspawn", "--quiet", "--register=no", "--keep-unit", "--private-network", "--pipe", "-D", str(root)]
    subprocess.run([*bare, "/bin/bash", "-c", command], stdin=subprocess.DEVNULL, check=True)


def files_named(files: Sequence[Path]) -> list[str]:
    more = ("README.md", "CHANGELOG.md", "Makefile", *(one.name for one in HERE.glob("requirements*.lock")))
    return sorted({*(str(file.relative_to(HERE)) for file in files), *more})


def _made(name: str, digest: str, make: Callable[[Path], None]) -> Path:
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


def _build(what: str, folder: Path) -> None:
    subprocess.run([str(RECIPES / what), str(folder)], check=True)


def _digest(files: Sequence[Path]) -> str:
    total = hashlib.sha256()
    for file in sorted(files):
        total.update(f"{file.name}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()
