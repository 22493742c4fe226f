"""The real installation on a whole emulated Debian: kernel lines, a sound card, a screen, a finger."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pygame
import pytest

from kiosk.display.glyphs import Glyphs
from kiosk.display.painter import Painter
from tests.depth import DEEP
from tests.hil import emulated_store as store
from tests.hil import machine_image
from tests.hil.container import eventually
from tests.hil.emulated import LOUD, SLOW_S, TOOLS, EmulatedScreen, heard, moves, pulses, started_again
from tests.hil.machine import Hardware, Machine
from tests.hil.probing import MAY, tried_within
from tests.hil.table import record
from tests.hw.traces import TRACES, Trace
from tests.stories.test_touch_shop import Shopper

SECTION = "whole machine"
LATCH, DOOR = store.LATCHES[store.GIVEN - 1], store.DOORS[store.GIVEN - 1]
PRESSES = [
    trace
    for trace in TRACES
    if trace.name in (("bounce_20ms", "bounce_5ms", "quick_tap") if DEEP else ("bounce_20ms",))
]
SPOKEN_S = store.SOUNDS_S["sounds/speech/member-day.wav"]
LONGEST_SONG_S = max(seconds for file, seconds in store.SOUNDS_S.items() if "music" in file)
LATE = "blocks came too late"

pytestmark = [
    pytest.mark.hil,
    pytest.mark.skipif(bool(machine_image.why_not()), reason=f"an emulated machine {machine_image.why_not()}"),
]


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """A machine that goes on from its first start; each test leaves it able to be on the air."""
    disk = tmp_path_factory.mktemp("machine") / "disk.qcow2"
    shutil.copy(machine_image.on_air() / "disk.qcow2", disk)
    drive = f"file={disk},format=qcow2,cache=unsafe"
    with Machine(Hardware(machine_image.kernel(), drive, snapshot=machine_image.ON_AIR)) as one:
        yield one
        one.leaves_its_log("whole machine")


def test_a_machine_that_was_just_installed_comes_on_the_air_by_itself(machine: Machine) -> None:
    took = json.loads((machine_image.on_air() / "took.json").read_text())

    tenths = heard(machine, 5.0)

    assert min(whole for _, _, whole in tenths) > LOUD, "there is a hole"
    for role in ("broadcast", "front"):
        assert machine.does(f"systemctl show kiosk-{role} -p NRestarts --value") == "0"
        logged = machine.does(f"journalctl -u kiosk-{role} -o cat --no-pager")
        assert "Permission denied" not in logged
        assert LATE not in logged
    for what in ("broadcast ready", "front ready", "first sound"):
        record(
            SECTION,
            (f"first start after the installation: {what}", "after the start of the service", f"{took[what]:.0f} s"),
        )
    record(
        SECTION,
        (
            "first start after the installation: first sound, from the power on",
            "after the power came",
            f"{took['first sound after power']:.0f} s",
        ),
    )


@pytest.mark.parametrize(
    ("role", "own"),
    [
        ("broadcast", {"the pins", "the sound card", "real-time priority"}),
        ("front", {"the pins", "the screen", "what types and points"}),
    ],
)
def test_a_role_reaches_its_own_devices_and_nothing_else(machine: Machine, role: str, own: set[str]) -> None:
    outcome = tried_within(machine, role)

    assert {what for what, refusal in outcome.items() if not refusal} == MAY | own, outcome
    record(SECTION, (f"{role} role reaches for devices", f"has {', '.join(sorted(own))}; the rest is refused", ""))


def test_the_sound_has_real_time_priority_and_nothing_else_of_the_kiosk_has(machine: Machine) -> None:
    threads = machine.does("ps -u kiosk -eLo user,pid,cls,rtprio | awk '$1 == \"kiosk\" {print $2, $3, $4}'")
    broadcast = machine.does("systemctl show kiosk-broadcast -p MainPID --value")

    at_once = [line.split() for line in threads.splitlines() if line.split()[1] in ("RR", "FF")]

    assert at_once == [[broadcast, "RR", "10"]]
    record(SECTION, ("the sound's thread", "real-time priority 10; no other of the kiosk's has any", ""))


def test_the_whole_picture_on_the_screen_is_the_one_that_was_drawn(machine: Machine, tmp_path: Path) -> None:
    """The clock and the greeting at its top apart, which go with the time."""
    screen = EmulatedScreen(machine, tmp_path)
    shopper = Shopper(screen, patience_s=SLOW_S)

    shopper.sees_home()

    below = (0, 190, 1024, 410)
    painter = Painter((1024, 600), Glyphs())
    painter.show(shopper.screen(), None, (0, 0, 0, 0), 0.0)
    assert screen.sees(below) == pygame.image.tobytes(painter.canvas.subsurface(below), "RGB")


@pytest.mark.parametrize("role", ["broadcast", "front"])
def test_no_role_was_ever_slowed_down_for_its_memory(machine: Machine, role: str) -> None:
    folder = f"/sys/fs/cgroup$(systemctl show kiosk-{role} -p ControlGroup --value)"
    told = machine.does(f"cd {folder} && cat memory.peak memory.max memory.events")
    peak, limit, *events = told.split()

    slowed = dict(zip(events[::2], events[1::2], strict=True))

    assert slowed["high"] == slowed["max"] == "0", told
    of = f"{int(peak) >> 20} MB at most, files that were read included, of {int(limit) >> 20} MB"
    record(SECTION, (f"memory of the {role} role and its children", f"{of}; the kernel never slowed it down", ""))


def test_the_two_processes_of_the_front_have_room_under_their_limit(machine: Machine) -> None:
    told = machine.does(
        "for p in $(cat /sys/fs/cgroup$(systemctl show kiosk-front -p ControlGroup --value)/cgroup.procs); "
        "do awk '/^Pss:/ {print $2}' /proc/$p/smaps_rollup; done; systemctl show kiosk-front -p MemoryMax --value"
    )
    *sizes, limit = (int(word) for word in told.split())

    megabytes = sorted((size / 1024 for size in sizes), reverse=True)

    assert sum(megabytes) * 1024 * 1024 < limit * 0.6
    screen, lockers = (f"{size:.0f} MB" for size in megabytes[:2])
    record(
        SECTION, ("the front's memory on a screen without a desktop (PSS)", f"screen {screen}, lockers {lockers}", "")
    )


def late_blocks(machine: Machine) -> int:
    return machine.does("journalctl -u kiosk-broadcast -o cat --no-pager").count(LATE)


@pytest.mark.parametrize("trace", PRESSES, ids=lambda trace: trace.name)
def test_a_button_as_it_was_recorded_airs_its_announcement_once(machine: Machine, trace: Trace) -> None:
    edges = json.dumps(trace.edges)
    late = late_blocks(machine)  # the emulator has its hands full while the roles start
    machine.does(f"nohup sh -c 'sleep 3; {TOOLS}/lines.py play {store.PROMO} \"{edges}\"' > /dev/null 2>&1 &")

    tenths = heard(machine, 2 * LONGEST_SONG_S + SPOKEN_S + 8.0)

    spoken = [at_s for at_s, tone, _ in tenths if tone > LOUD]
    assert spoken, "nobody heard the announcement"
    length_s = spoken[-1] - spoken[0] + 0.1
    assert abs(length_s - SPOKEN_S) < 0.5, "heard twice, or not to its end"
    assert late_blocks(machine) <= late + 1  # one core for both roles, the hand on the lines and the ear at the sound
    what = f"button on its line, {trace.name.replace('_', ' ')}: {len(trace.edges)} edges"
    record(SECTION, (what, f"its announcement of {SPOKEN_S:.1f} s is heard once, {length_s:.1f} s long", ""))


@pytest.mark.rule("L05")
def test_a_bag_is_left_and_fetched_over_kernel_lines_and_a_touched_screen(machine: Machine, tmp_path: Path) -> None:
    shopper = Shopper(EmulatedScreen(machine, tmp_path), patience_s=SLOW_S)
    plaque = json.loads(machine.does("cat /var/lib/kiosk/plaques.json"))[str(store.GIVEN)]

    shopper.touches(shopper.sees_home(), "store")
    shopper.touches(shopper.sees("deposit.size"), "size small")
    shopper.touches(shopper.sees("deposit.valuables"), "agree")
    check = shopper.sees("deposit.check")
    assert pulses(machine) == []
    shopper.touches(check, "agree")
    shopper.sees("deposit.put-in", store.GIVEN)
    assert pulses(machine) == [LATCH]
    machine.does(f"{TOOLS}/lines.py pull {DOOR} down")
    shopper.sees("deposit.tag", store.GIVEN)
    machine.does(f"echo 'scan {plaque}' > /run/hands")
    shopper.sees("deposit.kept", store.GIVEN)

    shopper.touches(shopper.sees_home(), "fetch")
    machine.does(f"echo 'scan {plaque}' > /run/hands")
    eventually(lambda: pulses(machine) == [LATCH] * 2, "the door opens for its tag", SLOW_S)
    machine.does(f"{TOOLS}/lines.py pull {DOOR} down")
    shopper.sees_home()

    assert pulses(machine) == [LATCH] * 2
    current = moves(machine, LATCH)
    longest_s = max(off - on for (on, _, _), (off, _, _) in zip(current[::2], current[1::2], strict=True))
    assert longest_s < 1.0
    record(
        SECTION,
        (
            "a bag left and fetched: touch panel, scanner, latch and door lines",
            f"each screen as it should be, pixel by pixel (KMSDRM); one pulse each time, {longest_s:.2f} s at most",
            "",
        ),
    )


@pytest.mark.rule("B02")
def test_the_equipment_goes_on_and_off_in_order_on_its_lines(machine: Machine) -> None:
    opening = moves(machine, store.SOURCE, store.AMPLIFIER)

    machine.does("systemctl stop kiosk-broadcast")

    closing = moves(machine, store.SOURCE, store.AMPLIFIER)[len(opening) :]
    assert [(line, high) for _, line, high in opening] == [(store.SOURCE, True), (store.AMPLIFIER, True)]
    assert [(line, high) for _, line, high in closing] == [(store.AMPLIFIER, False), (store.SOURCE, False)]
    on_s, off_s = opening[1][0] - opening[0][0], closing[1][0] - closing[0][0]
    assert on_s >= 0.97
    assert off_s >= 0.97
    gaps = f"{on_s:.2f} s between them at opening, {off_s:.2f} s at stop (1 s each asked for)"
    record(SECTION, ("source and amplifier on their lines", f"in order; {gaps}", ""))


@pytest.mark.parametrize(
    ("forgetting", "what"), [(False, "a later start"), (True, "nothing remembered of sounds and texts")]
)
def test_the_broadcast_is_heard_again_after_its_service_starts(machine: Machine, forgetting: bool, what: str) -> None:
    sound_s = started_again(machine, forgetting=forgetting)

    record(SECTION, (f"{what}: first sound", "after the start of the service", f"{sound_s:.0f} s"))


def test_a_role_that_wants_more_memory_than_it_may_have_is_started_again_and_the_log_says_why(machine: Machine) -> None:
    may = machine.does("systemctl show kiosk-front -p MemoryMax --value")
    uptime = "cut -d' ' -f1 /proc/uptime"
    limited_s = float(machine.does(f"systemctl set-property --runtime kiosk-front MemoryMax=60M; {uptime}"))

    machine.waits("test $(systemctl show kiosk-front -p NRestarts --value) -gt 0", "it is ended")
    machine.does(f"systemctl set-property --runtime kiosk-front MemoryMax={may}")
    machine.waits("systemctl is-active --quiet kiosk-front", "it is ready again")

    again_s = float(machine.does(uptime)) - limited_s
    assert "Failed with result 'oom-kill'" in machine.does("journalctl -u kiosk-front -o cat --no-pager")
    assert machine.does("systemctl show kiosk-broadcast -p NRestarts --value") == "0"
    what = "ended, named in the log, ready again; the broadcast goes on"
    record(SECTION, ("memory limit of the front reached", what, f"{again_s:.0f} s"))
