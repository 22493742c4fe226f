"""What a store lives through in years: killed roles, full disks, clocks that jump, cables that are pulled out.

For each: how long nothing is heard, one line in the log with what to do, and nothing lost. KIOSK_KILLS: how often each
role is killed, 100 unless told.
"""

from __future__ import annotations

import os
import random
import resource
import signal
import sqlite3
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil
import pytest

from kiosk.ledger.store import open_ledger
from kiosk.ledger.verify import Intact, verify
from tests.audio.waiting import eventually, let_pass
from tests.hil.on_air import Store, told
from tests.hil.table import record
from tests.ledger.shop import small_disk

pytestmark = [pytest.mark.hil, pytest.mark.sound]

KILLS = int(os.environ.get("KIOSK_KILLS", "100"))
BACK_S = 3.0
SHOWN_S = 100.0
FAKETIME = next(iter(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1")), None)


def nothing_is_lost(store: Store, playing: list[str]) -> None:
    """The chain is whole, no line stands twice, and whatever was on at a kill stands in the log."""
    with open_ledger(store.places.ledger) as ledger:
        assert isinstance(verify(ledger), Intact)
    rows = _rows(store, "select key, real_start, outcome from as_run")
    heard = Counter(key for key, start, _ in rows if start)
    assert [key for key, times in heard.items() if times > 1] == []
    assert set(playing) <= set(heard)
    assert [key for key, _, outcome in rows if outcome == "on air"] == []


def crowded() -> float:
    """How many processes want each core: a second lasts as much longer."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


def on_now(store: Store) -> list[str]:
    """What the ledger says is on the air."""
    return [key for (key,) in _rows(store, "select key from as_run where real_end is null and real_start is not null")]


def _rows(store: Store, query: str) -> list[tuple[str, ...]]:
    connection = sqlite3.connect(f"file:{store.places.ledger}?mode=ro", uri=True, timeout=10)
    try:
        return list(connection.execute(query))
    finally:
        connection.close()


def kill_again_and_again(store: Store, times: int) -> tuple[list[float], list[str]]:
    """How long nothing was heard after each kill, and what was on at each."""
    chance = random.Random(7)
    silences: list[float] = []
    playing: list[str] = []
    for _ in range(times):
        let_pass(chance.uniform(0.0, 4.0))
        playing += on_now(store)
        silences.append(store.silent_s(store.is_killed()))
    return silences, playing


def test_a_broadcast_role_that_is_killed_again_and_again_is_back_on_the_air_at_once(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.opens()
        silences, playing = kill_again_and_again(store, KILLS)
        phase = _rows(store, "select kind from as_run order by n desc limit 1")
        store.stop()

    record(
        "faults",
        (
            "broadcast role killed",
            "systemd's line; music, at its place in the day",
            str(KILLS),
            f"{told(silences)} at load {os.getloadavg()[0]:.0f}",
        ),
    )
    nothing_is_lost(store, playing)
    assert sorted(silences)[len(silences) // 2] <= BACK_S * crowded()
    assert phase[0][0] in ("music", "filler")  # and not the welcome of the morning


def test_a_full_disk_leaves_the_store_on_the_air_and_is_made_up_for(tmp_path: Path) -> None:
    with small_disk(tmp_path / "card", 6_000) as card, Store(tmp_path, state=card / "state") as store:
        store.opens()
        at_s = time.time()
        hog = card / "hog"
        _fill(hog)
        store.says("has no room: the disk is full .*: free some space", within_s=SHOWN_S)
        eventually(
            lambda: any("wait in memory" in why for why in store.health().get("lamp", {}).get("why", ())),
            within_s=SHOWN_S, what="the fault lamp is lit",
        )  # fmt: skip
        shown_s = time.time() - at_s
        waited = store.silent_s(at_s)
        hog.unlink()
        eventually(
            lambda: "wait in memory" not in str(store.health().get("faults", "wait in memory")),
            within_s=SHOWN_S, what="the ledger takes its lines again",
        )  # fmt: skip
        store.stop()
        nothing_is_lost(store, [])

    record("faults", ("disk full", f"the log, the fault lamp after {shown_s:.0f} s", "1", f"{waited:.1f} s"))
    assert waited == 0.0


def _fill(hog: Path) -> None:
    with hog.open("wb", buffering=0) as out:
        for size in (65_536, 4096, 512):
            try:
                while out.write(bytes(size)) == size:
                    pass
            except OSError:
                continue


@pytest.mark.parametrize(
    ("name", "step"),
    [
        ("an hour ahead", timedelta(hours=1)),
        ("an hour back", timedelta(hours=-1)),
        ("ten years ahead", timedelta(days=3652)),
        ("ten years back", timedelta(days=-3652)),
    ],
)
def test_a_clock_that_is_set_leaves_the_store_on_the_air(tmp_path: Path, name: str, step: timedelta) -> None:
    if FAKETIME is None:
        pytest.skip("needs libfaketime")
    offset = tmp_path / "offset"
    offset.write_text("+0s\n", encoding="utf-8")
    faked = {
        "LD_PRELOAD": str(FAKETIME), "FAKETIME_TIMESTAMP_FILE": str(offset), "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1", "FAKETIME_DISABLE_SHM": "1", "FAKETIME_DONT_RESET": "1",
    }  # fmt: skip
    with Store(tmp_path, environment=faked) as store:
        store.opens()
        at_s, since = time.time(), len(store.logged())
        new = tmp_path / "new"
        new.write_text(f"{step.total_seconds():+.0f}s\n", encoding="utf-8")
        new.replace(offset)
        line = store.says(r"the clock was set by [+-]\d+ s; the day is planned anew", since=since)
        let_pass(3.0)
        silent = store.silent_s(at_s)
        due = datetime.now(UTC) + step
        newest = _rows(store, "select at from audit order by n desc limit 1")[0][0]
        store.stop()

    record("faults", (f"clock set {name}", "the log: the day is planned anew", "1", f"{silent:.1f} s"))
    assert "the clock was set" in line
    assert silent <= BACK_S
    assert abs((datetime.fromisoformat(newest) - due).total_seconds()) < 60.0


def test_a_sound_card_that_is_pulled_out_and_put_back_is_heard_again_by_itself(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.opens()
        at_s, since = time.time(), len(store.logged())
        store.pulse.crash()
        store.says("sound output .*(stalled|plug it in)", since=since)
        eventually(
            lambda: "lit" in store.health().get("lamp", {}).get("says", ""),
            within_s=SHOWN_S, what="the fault lamp is lit",
        )  # fmt: skip
        shown_s = time.time() - at_s
        store.pulse.start()
        back_s = time.time()
        store.is_recorded()
        store.is_heard()
        waited = time.time() - back_s
        store.says("sound output .* is back", since=since)
        store.stop()

    record("faults", ("sound card pulled out", f"the log, the fault lamp after {shown_s:.0f} s", "1",
                      f"{waited:.1f} s after it is back"))  # fmt: skip
    assert shown_s <= SHOWN_S


def test_an_output_that_stalls_is_opened_again(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.opens()
        since = len(store.logged())
        server = store.pulse.process_id
        os.kill(server, signal.SIGSTOP)
        try:
            store.says("stalled for .* s: it is opened again", since=since)
        finally:
            os.kill(server, signal.SIGCONT)
        back_s = time.time()
        store.is_heard()
        waited = time.time() - back_s
        store.stop()

    record("faults", ("sound output stalls", "the log", "1", f"{waited:.1f} s after it goes on"))


def test_a_role_that_may_have_no_more_memory_is_started_again(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.opens()
        role = psutil.Process(store.role.pid)
        at_s = time.time()
        room = role.memory_info().vms
        resource.prlimit(role.pid, resource.RLIMIT_AS, (room, room))
        eventually(lambda: _gone(role) or time.time() - at_s > 45.0, within_s=60.0, what="the next song begins")
        ended = _gone(role)
        if ended:
            store.begins_again()
        silent = store.silent_s(at_s)
        store.stop()

    how = "ended and started again" if ended else "went on with what it had"
    record("faults", ("memory limit reached", f"the log; it {how}", "1", f"{silent:.1f} s"))
    assert silent <= 10.0
    nothing_is_lost(store, [])


def _gone(role: psutil.Process) -> bool:
    return not role.is_running() or role.status() == psutil.STATUS_ZOMBIE
