"""The real units under a real systemd: a Debian in a container, with the real installation."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from tests.hil import image
from tests.hil.container import Container, eventually
from tests.hil.probing import MAY, put, tried_within
from tests.hil.table import record
from tests.noon import DEMO_ZONE, noon_zone

SECTION = "units"
ROLES = ("broadcast", "front")
ASKED = "kiosk status --lives --site /etc/kiosk --state /var/lib/kiosk >/dev/null && echo yes"

pytestmark = [
    pytest.mark.hil,
    pytest.mark.skipif(bool(image.why_not()), reason=f"a Debian in a container {image.why_not()}"),
]


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Container]:
    with image.installed() as root, Container(root, tmp_path_factory.mktemp("container") / "console.log") as one:
        lives(one)
        yield one


def lives(machine: Container) -> float:
    return eventually(lambda: machine.tries(ASKED) == "yes", "both roles live")


def number(machine: Container, unit: str, what: str) -> int:
    return int(machine.shows(unit, what))


def test_a_machine_that_starts_has_both_roles_ready_before_it_says_so(machine: Container) -> None:
    ready = {role: number(machine, f"kiosk-{role}", "ActiveEnterTimestampMonotonic") for role in ROLES}
    begun = {role: number(machine, f"kiosk-{role}", "ExecMainStartTimestampMonotonic") for role in ROLES}
    reached = number(machine, "kiosk.target", "ActiveEnterTimestampMonotonic")
    disks = number(machine, "local-fs.target", "ActiveEnterTimestampMonotonic")

    for role in ROLES:
        assert disks <= begun[role] < ready[role] <= reached
        assert machine.shows(f"kiosk-{role}", "NRestarts") == "0"
    assert machine.shows("kiosk-housekeeping.timer", "ActiveState") == "active"
    slowest_s = max(ready[role] - begun[role] for role in ROLES) / 1e6
    record(SECTION, ("both roles start with the machine", "ready before the target is reached", f"{slowest_s:.1f} s"))


@pytest.mark.parametrize("role", ROLES)
def test_a_role_and_its_children_are_nobody_special(machine: Container, role: str) -> None:
    group = machine.shows(f"kiosk-{role}", "ControlGroup")
    pids = machine.does(
        f"cat /sys/fs/cgroup/systemd{group}/cgroup.procs /sys/fs/cgroup{group}/cgroup.procs 2>/dev/null; true"
    )
    kiosk = machine.does("id -u kiosk")

    assert machine.shows(f"kiosk-{role}", "MainPID") in pids.split()
    for pid in set(pids.split()):
        status = dict(line.split(":", 1) for line in machine.tries(f"cat /proc/{pid}/status").splitlines())
        if not status:
            continue  # a child that has ended meanwhile
        assert status["Uid"].split() == [kiosk] * 4
        assert {status[name].strip() for name in ("CapEff", "CapPrm", "CapBnd", "CapAmb")} == {"0" * 16}
        assert status["NoNewPrivs"].strip() == "1"
        assert status["Seccomp"].strip() == "2"


@pytest.mark.parametrize("role", ROLES)
def test_what_a_role_must_not_do_it_cannot_do(machine: Container, role: str) -> None:
    outcome = tried_within(machine, role)

    kernels_own = {"real-time priority"}  # some kernels give containers none
    assert {what for what, refusal in outcome.items() if not refusal} - kernels_own == MAY, outcome
    assert role == "broadcast" or outcome["real-time priority"]
    record(
        SECTION, (f"{role} role: {len(outcome)} things tried", "what it must not do is refused, the rest allowed", "")
    )


def test_what_a_role_wrote_and_what_the_installation_made_for_it_is_its_own(machine: Container) -> None:
    assert machine.does("find /var/lib/kiosk ! -user kiosk") == ""
    assert machine.does("find /var/lib/kiosk -perm /o+rwx ! -type s ! -type l") == ""


@pytest.mark.parametrize(("role", "other"), [("front", "broadcast"), ("broadcast", "front")])
def test_a_role_that_hangs_is_killed_and_started_again_and_the_other_goes_on(
    machine: Container, role: str, other: str
) -> None:
    restarts, pid = number(machine, f"kiosk-{role}", "NRestarts"), machine.shows(f"kiosk-{other}", "MainPID")

    machine.does(f"kill -STOP $(systemctl show kiosk-{role} -p MainPID --value)")

    gone_s = eventually(lambda: number(machine, f"kiosk-{role}", "NRestarts") > restarts, "it is started again")
    back_s = gone_s + lives(machine)
    assert machine.shows(f"kiosk-{other}", "MainPID") == pid
    assert "Watchdog timeout" in machine.does(f"journalctl -u kiosk-{role} -o cat --no-pager")
    record(SECTION, (f"{role} role stopped dead (SIGSTOP)", "ended by the watchdog, started again", f"{back_s:.0f} s"))
    assert back_s < 60


def test_a_role_that_crashes_again_and_again_is_tried_again_for_ever_and_lives_once_it_is_mended(
    machine: Container,
) -> None:
    machine.does("mkdir -p /run/systemd/system/kiosk-front.service.d")
    put(
        machine,
        "/run/systemd/system/kiosk-front.service.d/broken.conf",
        "[Service]\nExecStart=\nExecStart=/bin/false\n",
    )
    before = number(machine, "kiosk-front", "NRestarts")

    machine.does("systemctl daemon-reload; kill -9 $(systemctl show kiosk-front -p MainPID --value)")

    took_s = eventually(lambda: number(machine, "kiosk-front", "NRestarts") >= before + 12, "a dozen crashes")
    assert took_s > 12 * 0.25  # RestartSec; a role that gets as far as its own code waits longer each time
    assert machine.shows("kiosk-broadcast", "ActiveState") == "active"
    machine.does("rm /run/systemd/system/kiosk-front.service.d/broken.conf; systemctl daemon-reload")
    back_s = lives(machine)
    record(
        SECTION,
        ("front role crashes at each start", "12 starts, a pause before each; lives once mended", f"{back_s:.0f} s"),
    )


def test_housekeeping_does_its_work_shut_in_as_it_is(machine: Container) -> None:
    began_s = time.monotonic()

    machine.does("systemctl start kiosk-housekeeping")

    record(
        SECTION, ("housekeeping", "a backup, the ledger read, the chain proved", f"{time.monotonic() - began_s:.0f} s")
    )
    assert "the ledger is whole" in machine.does("journalctl -u kiosk-housekeeping -o cat --no-pager")
    assert machine.does("ls /var/lib/kiosk/backups").endswith(".tar")


def test_the_kiosk_stops_in_order(machine: Container) -> None:
    machine.does(f"sed -i 's|{DEMO_ZONE}|{noon_zone()}|' /etc/kiosk/site.toml; systemctl restart kiosk-broadcast")
    on_the_air = "journalctl -u kiosk-broadcast -o cat --no-pager | grep -q 'amplifier on' && echo yes"
    eventually(lambda: machine.tries(on_the_air) == "yes", "the amplifier is on")
    began_s = time.monotonic()

    machine.does("systemctl stop kiosk.target kiosk-broadcast kiosk-front")

    took_s = time.monotonic() - began_s
    for role in ROLES:
        assert machine.shows(f"kiosk-{role}", "ActiveState") == "inactive"
        assert machine.shows(f"kiosk-{role}", "Result") == "success"
    told = machine.does("journalctl -u kiosk-broadcast -o cat --no-pager")
    last = told[told.rindex("amplifier on") :]
    assert last.index("amplifier off") < last.index("source off")
    record(SECTION, ("the kiosk is stopped", "amplifier off, then its source; nothing killed", f"{took_s:.1f} s"))
    machine.does("systemctl start kiosk.target")
    lives(machine)


def test_the_program_can_be_taken_away_and_what_the_store_owns_stays(machine: Container) -> None:
    machine.does("cd /usr/src/kiosk && tools/install --remove")

    assert machine.tries("systemctl list-units --all --no-legend 'kiosk*' | grep -v not-found") == ""
    assert machine.does("ls /var/lib/kiosk/ledger.sqlite /etc/kiosk/site.toml")
    assert machine.tries("ls /opt") == ""
