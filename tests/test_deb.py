"""The Debian package: what it holds, and how it is installed, upgraded, taken back, removed and purged."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.audio.waiting import eventually
from tests.depth import DEEP
from tests.installed import Machine, can_have_mounts_of_its_own

pytestmark = pytest.mark.skipif(
    not can_have_mounts_of_its_own() or shutil.which("dpkg-deb") is None or not Path("/usr/bin/python3").exists(),
    reason="wants root, unshare, systemd-sysusers, dpkg and Debian's Python",
)
deep = pytest.mark.skipif(not DEEP, reason="installs a package three times: KIOSK_DEEP=1")
NO_DEPENDS = ("--force-depends", "--force-confold", "--path-exclude=/usr/share/doc/*")


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    one = Machine(tmp_path)
    dpkg = one.folder / "var" / "lib" / "dpkg"
    for folder in ("info", "updates", "triggers"):
        (dpkg / folder).mkdir(parents=True)
    for file in ("status", "available"):
        (dpkg / file).touch()
    try:
        yield one
    finally:
        one.switches_off()


def built(machine: Machine, checkout: Path, revision: str) -> Path:
    """The package of a checkout."""
    done = machine.does(
        checkout / "tools" / "deb", machine.folder / "packages", KIOSK_REVISION=revision, KIOSK_DEB_LEVEL="0"
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (package,) = (machine.folder / "packages").glob(f"kiosk_*-{revision}_*.deb")
    return package


def asked(*words: object) -> str:
    return subprocess.run([*map(str, words)], capture_output=True, text=True, check=True).stdout


def test_the_package_brings_the_program_and_what_it_needs_and_nothing_of_the_stores_own(machine: Machine) -> None:
    package = built(machine, machine.checkout("first"), "7")

    control = asked("dpkg-deb", "--info", package)
    assert "Version: 0.1.0-7\n" in control
    assert "libvlc5" in control
    assert "python3-dev" not in control
    names = {line.split()[5].removeprefix("./") for line in asked("dpkg-deb", "--contents", package).splitlines()}
    for name in ("kiosk/__main__.py", "tools/install", "systemd/kiosk.target", "site.toml", ".release"):
        assert f"opt/kiosk.d/package/{name}" in names
    assert not [name for name in names if name.startswith(("etc", "var", "opt/kiosk/")) or "__pycache__" in name]
    owners = {line.split()[1] for line in asked("dpkg-deb", "--contents", package).splitlines()}
    assert owners == {"root/root"}
    script = asked("dpkg-deb", "--info", package, "prerm")
    assert 'if [ "$1" = remove ]' in script, "an upgrade leaves the program that runs where it is"


@deep
def test_a_package_lives_one_that_does_not_is_taken_back_and_only_a_purge_takes_what_the_store_owns(
    machine: Machine,
) -> None:
    opt, etc, state = (machine.folder / name for name in ("opt", "etc", "var/lib/kiosk"))
    first = built(machine, machine.checkout("first"), "1")
    broken = machine.checkout("broken")
    unit = broken / "systemd" / "kiosk-front.service"
    unit.write_text(unit.read_text().replace("ExecStart=/opt/kiosk/.venv/bin/kiosk run front", "ExecStart=/bin/false"))
    second = built(machine, broken, "2")

    done = machine.does("dpkg", *NO_DEPENDS, "--install", first)

    assert done.returncode == 0, done.stdout + done.stderr
    assert "it lives" in done.stdout
    assert (opt / "kiosk").readlink() == Path("kiosk.d/0.1.0-1")
    assert (etc / "kiosk").readlink() == Path("kiosk.d/first")

    done = machine.does("dpkg", *NO_DEPENDS, "--install", second, KIOSK_PATIENCE_S="3")

    assert done.returncode != 0
    assert "was taken back" in done.stderr, done.stdout + done.stderr
    assert (opt / "kiosk").readlink() == Path("kiosk.d/0.1.0-1")
    eventually(machine.lives, within_s=60.0, what="the release before lives again")
    assert len(list((state / "backups").glob("*.tar"))) == 1

    done = machine.does("dpkg", *NO_DEPENDS, "--install", first)
    assert done.returncode == 0, done.stdout + done.stderr

    done = machine.does("dpkg", "--remove", "kiosk")

    assert done.returncode == 0, done.stdout + done.stderr
    assert not (opt / "kiosk").exists()
    assert list((etc / "systemd" / "system").glob("kiosk*")) == []
    assert not (machine.folder / "usr" / "local" / "bin" / "kiosk").is_symlink()
    assert (state / "ledger.sqlite").exists()
    assert (etc / "kiosk" / "site.toml").exists()

    done = machine.does("dpkg", "--purge", "kiosk")

    assert done.returncode == 0, done.stdout + done.stderr
    assert not state.exists()
    assert not (etc / "kiosk").is_symlink()
