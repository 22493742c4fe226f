"""The kiosk is installed, upgraded, taken back and removed, on a machine of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.installed import Machine, can_have_mounts_of_its_own

pytestmark = pytest.mark.skipif(
    not can_have_mounts_of_its_own(), reason="wants root, unshare and systemd-sysusers for a machine of its own"
)


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    one = Machine(tmp_path)
    try:
        yield one
    finally:
        one.switches_off()


# each of three starts of both roles takes seconds
def test_an_installation_lives_an_upgrade_that_does_not_is_taken_back_and_nothing_is_lost(machine: Machine) -> None:
    first = machine.checkout("first")

    done = machine.installs(first)

    assert done.returncode == 0, done.stdout + done.stderr
    assert "it lives" in done.stdout
    assert "kiosk:x:" in (machine.folder / "etc" / "passwd").read_text()
    release = (machine.folder / "opt" / "kiosk").readlink()
    assert (machine.folder / "etc" / "kiosk").readlink() == Path("kiosk.d/first")
    assert machine.lives()

    in_the_way = machine.folder / "etc" / "systemd" / "system" / ".new-kiosk-front.service"
    in_the_way.mkdir()

    done = machine.installs(machine.checkout("cut-short"))

    assert done.returncode == 1
    assert "was cut short: back to" in done.stdout, done.stdout + done.stderr
    assert (machine.folder / "opt" / "kiosk").readlink() == release
    assert (machine.folder / "run" / "roles").read_text(), "the roles are started again"
    shutil.rmtree(in_the_way)

    (machine.folder / "etc" / "kiosk" / "mine.txt").write_text("the store's own")
    broken = machine.checkout("broken")
    unit = broken / "systemd" / "kiosk-front.service"
    unit.write_text(unit.read_text().replace("ExecStart=/opt/kiosk/.venv/bin/kiosk run front", "ExecStart=/bin/false"))

    done = machine.installs(broken, KIOSK_PATIENCE_S="3")

    assert done.returncode == 1
    assert "was taken back" in done.stderr, done.stdout + done.stderr
    assert (machine.folder / "opt" / "kiosk").readlink() == release
    assert "run front" in (machine.folder / "etc" / "systemd" / "system" / "kiosk-front.service").read_text()
    assert (machine.folder / "etc" / "kiosk" / "mine.txt").exists()
    assert len(list((machine.folder / "var" / "lib" / "kiosk" / "backups").glob("*.tar"))) == 2

    done = machine.does(first / "tools" / "install", "--remove")

    assert done.returncode == 0, done.stdout + done.stderr
    assert not (machine.folder / "opt" / "kiosk").exists()
    assert list((machine.folder / "etc" / "systemd" / "system").glob("kiosk*")) == []
    assert (machine.folder / "var" / "lib" / "kiosk" / "ledger.sqlite").exists()
    assert (machine.folder / "etc" / "kiosk" / "mine.txt").exists()


def test_an_image_is_furnished_without_starting_anything(machine: Machine, tmp_path: Path) -> None:
    image = tmp_path / "image"
    image.mkdir()

    done = machine.does(machine.checkout("first") / "tools" / "install", "--root", image)

    assert done.returncode == 0, done.stdout + done.stderr
    assert "nothing is started here" in done.stdout
    assert (image / "opt" / "kiosk" / "kiosk" / "__main__.py").exists()
    assert (image / "etc" / "kiosk" / "site.toml").exists()
    assert (image / "etc" / "systemd" / "system" / "kiosk.target").exists()
    assert not (machine.folder / "opt" / "kiosk").exists()
