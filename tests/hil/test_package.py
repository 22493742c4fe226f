"""The Debian package is made, installed, upgraded, taken back, removed and purged, under a real systemd."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest

from tests.hil import image
from tests.hil.container import Container, eventually, laid_over
from tests.hil.table import record

LIVES = "kiosk status --lives --site /etc/kiosk --state /var/lib/kiosk >/dev/null && echo yes"
MINE = "/etc/kiosk/mine.txt"
LEDGER = "/var/lib/kiosk/ledger.sqlite"
INSTALL_S = 600.0

pytestmark = [
    pytest.mark.hil,
    pytest.mark.skipif(bool(image.why_not()), reason=f"a Debian in a container {image.why_not()}"),
]


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Container]:
    made, folder = image.packages(1, 2), tmp_path_factory.mktemp("package")
    with laid_over(image.base() / "root", folder) as root:
        shutil.copytree(made, root / "root" / "packages")
        with Container(root, folder / "console.log", keep=True) as one:
            yield one


def package(revision: int) -> str:
    return f"$(echo /root/packages/kiosk_*-{revision}_*.deb)"


def in_use(machine: Container) -> str:
    return machine.does("readlink /opt/kiosk").removeprefix("kiosk.d/")


def lives(machine: Container) -> None:
    eventually(lambda: machine.tries(LIVES) == "yes", "both roles live")


def test_a_package_is_installed_upgraded_taken_back_and_removed_and_the_stores_own_stays(machine: Container) -> None:
    machine.does(f"dpkg -i {package(1)}", within_s=INSTALL_S)
    lives(machine)
    assert in_use(machine).endswith("-1")
    machine.does(f"echo ours > {MINE}")

    said = machine.does(f"dpkg -i {package(2)} 2>&1", within_s=INSTALL_S)
    lives(machine)
    assert in_use(machine).endswith("-2")
    assert "backed up to" in said
    assert machine.does("systemctl is-active kiosk-broadcast kiosk-front") == "active\nactive"

    assert broken(machine)
    lives(machine)
    assert in_use(machine).endswith("-2"), "the release that lives is the one in use"
    assert machine.tries("dpkg-query -W -f '${db:Status-Status}' kiosk") == "half-configured"
    machine.does(f"dpkg -i {package(2)}", within_s=INSTALL_S)  # a good one makes dpkg content again
    lives(machine)

    machine.does("dpkg -r kiosk")
    assert machine.tries("systemctl list-units --all --no-legend 'kiosk*' | grep -v not-found") == ""
    assert machine.tries("ls -d /opt/kiosk* /usr/local/bin/kiosk") == ""
    assert machine.does(f"ls {MINE} {LEDGER}")

    machine.does("dpkg -P kiosk")
    assert machine.tries(f"ls -d /etc/kiosk* /var/lib/kiosk* {MINE}") == ""
    told = "lives; its upgrade keeps the store's own; one that does not live is taken back; purged to nothing"
    record("units", ("the Debian package", told, ""))


def broken(machine: Container) -> str:
    """What dpkg said when a package was installed whose front role does not live."""
    machine.does(
        f"dpkg-deb -R {package(2)} /root/broken && cd /root/broken && "
        "sed -i 's/^\\(Version: .*\\)-2$/\\1-3/' DEBIAN/control && "
        "sed -i 's/-2$/-3/' opt/kiosk.d/package/.release && "
        "sed -i 's|^ExecStart=/opt.*|ExecStart=/bin/false|' opt/kiosk.d/package/systemd/kiosk-front.service && "
        "dpkg-deb -Znone -b /root/broken /root/packages/kiosk_0-3_all.deb && rm -rf /root/broken",
        within_s=INSTALL_S,
    )
    said = machine.does(f"KIOSK_PATIENCE_S=20 dpkg -i {package(3)} 2>&1 && echo installed || true", within_s=INSTALL_S)
    assert "was taken back" in said, said
    assert not said.endswith("installed")
    return said
