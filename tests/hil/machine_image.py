"""The disk and the kernel of the emulated machine, and the machine on the air for the first time: kept in build/hil
until what they are made of changes.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

from tests.hil import emulated, emulated_store, image, machine
from tests.hil.container import laid_over
from tests.hil.image import KEPT, RECIPES, build, digest_of, installed, made
from tests.hil.machine import Hardware, Machine
from tests.hil.volatile_disk import HERE

GUEST = HERE / "tests" / "hil" / "guest"


ON_AIR = "on-air"  # the snapshot's name
MEMORY = "/var/lib/kiosk/broadcast-start.memory"  # what a start found, written once nothing is left to be looked at


def why_not() -> str:
    """What keeps this machine from making them; "" where nothing does."""
    missing = [tool for tool in ("qemu-system-x86_64", "qemu-img", "busybox", "cpio") if shutil.which(tool) is None]
    return image.why_not() or (f"wants {', '.join(missing)}: tools/setup hil" if missing else "")


def kernel() -> Path:
    """A folder with vmlinuz, initrd.gz and modules, gpio-sim among them."""
    return made("kernel", digest_of((RECIPES / "kernel", RECIPES / "init")), lambda folder: build("kernel", folder))


def disk() -> Path:
    """A folder with the disk (root.img) of the emulated machine: the real installation, the emulated store."""
    with installed() as root:
        made_of = (
            KEPT / "installed" / ".made",
            kernel() / ".made",
            *sorted(GUEST.rglob("*")),
            Path(emulated_store.__file__),
        )
        return made("disk", digest_of([file for file in made_of if file.is_file()]), lambda folder: _disk(root, folder))


def on_air() -> Path:
    """A folder with the disk (disk.qcow2) of a machine that is kept as it runs, after its first start, as ON_AIR; and
    what that start took, in its own seconds (took.json)."""
    disk_folder = disk()
    made_of = (disk_folder / ".made", Path(machine.__file__))
    return made("on-air", digest_of(made_of), lambda folder: _on_air(disk_folder / "root.img", folder))


def _on_air(root: Path, folder: Path) -> None:
    own = folder / "disk.qcow2"
    subprocess.run(["qemu-img", "create", "-q", "-f", "qcow2", "-b", str(root), "-F", "raw", str(own)], check=True)
    with Machine(Hardware(kernel(), f"file={own},format=qcow2,cache=writeback")) as started:
        took = emulated.started(started)
        (folder / "took.json").write_text(json.dumps(took))
        started.waits(f"test -s {MEMORY}", "the end of what the back office does")
        started.keeps(ON_AIR)


def _disk(root: Path, folder: Path) -> None:
    with laid_over(root, folder) as merged:
        shutil.copytree(kernel() / "modules", merged, dirs_exist_ok=True, symlinks=True)
        tools = merged / "usr" / "local" / "lib" / "kiosk-hil"
        tools.mkdir(parents=True)
        for script in GUEST.glob("*.py"):
            shutil.copy(script, tools)
        shutil.copytree(GUEST / "etc", merged / "etc", dirs_exist_ok=True, symlinks=True)
        state, etc = merged / "var" / "lib" / "kiosk", merged / "etc" / "kiosk"
        shutil.rmtree(merged / "var" / "log" / "journal", ignore_errors=True)
        shutil.rmtree(state)
        state.mkdir()
        etc.unlink()  # it leads to the demo store
        etc.mkdir()
        emulated_store.furnish(etc, state)
        _inside(merged, "/opt/kiosk/.venv/bin/pip install --quiet lgpio")
        _inside(
            merged,
            "systemctl enable --quiet kiosk-hil-agent kiosk-hil-hands kiosk-hil-cabinet kiosk-hil-ear && "
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
