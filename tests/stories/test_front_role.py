"""The front role from outside: a real process, real serial lines, real signals."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from kiosk.app import coils_off
from kiosk.app.backup import back_up
from kiosk.app.hatch import HEALTH, ask, listens
from kiosk.app.places import Places
from kiosk.cli import main
from tests.audio.waiting import eventually
from tests.ledger.values import SHANGHAI
from tests.sites import SITE, write_site
from tests.stories.front_role import LOCKERS, PATIENCE_S, PIN, Shop


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    one = Shop(tmp_path)
    try:
        yield one
    finally:
        one.close()


def given(shop: Shop, count: int) -> None:
    eventually(lambda: len(shop.bank.orders) >= count, within_s=PATIENCE_S, what=f"{count} orders at the board")


def test_a_tag_at_the_reader_opens_its_own_door_and_a_signal_closes_everything_in_order(shop: Shop) -> None:
    shop.furnish()
    role = shop.start()
    assert shop.bank.orders == [], "a start opens nothing"

    shop.reader.reads(shop.plaque(2))

    given(shop, 1)
    assert shop.coils.given == [LOCKERS[1]]
    eventually(lambda: shop.doors()["open"] == [2], within_s=PATIENCE_S, what="the door is seen open")
    logged = shop.stop(role)
    assert role.returncode == 0, logged
    assert shop.coils.on == set()
    assert not listens(shop.places.front_hatch)
    assert "Traceback" not in logged


def test_killed_while_a_coil_has_current_and_started_again_it_opens_no_door_by_itself(shop: Shop) -> None:
    shop.furnish()
    role = shop.start()
    shop.bank.jam(LOCKERS[0])  # the door does not move, so nobody can know whether the pulse was given
    shop.reader.reads(shop.plaque(1))
    given(shop, 1)

    shop.kill(role)
    before = list(shop.bank.orders)
    again = shop.start()

    assert shop.bank.orders == before, "an unlock is never replayed"
    one = shop.stands(1)
    assert (one["assignment"], one["unconfirmed"]) == ("occupied", True)
    assert one["for_staff"]
    assert not shop.stands(2)["for_staff"]
    shop.reader.reads(shop.plaque(1))  # and the bag is not lost for its owner
    given(shop, len(before) + 1)
    assert shop.stop(again).count("Traceback") == 0


def test_a_second_front_role_is_refused_and_the_first_goes_on(shop: Shop) -> None:
    shop.furnish()
    shop.start()

    second = shop.start(up=False)
    _, said = second.communicate(timeout=PATIENCE_S)

    assert second.returncode == 1
    assert "a front role runs already" in said
    assert shop.doors()["doors"] == len(LOCKERS)


def test_a_ledger_that_cannot_be_opened_yet_keeps_the_doors_shut_until_it_can(shop: Shop) -> None:
    shop.places.ledger.mkdir(parents=True)  # a folder in its place
    role = shop.start(up=False)
    eventually(lambda: listens(shop.places.front_hatch), within_s=PATIENCE_S, what="the role is up without a ledger")
    assert shop.doors()["doors"] == 0

    shop.places.ledger.rmdir()

    eventually(lambda: shop.doors()["doors"] == len(LOCKERS), within_s=PATIENCE_S, what="the ledger is there")
    assert shop.bank.orders == []
    assert "the lockers stay shut until the ledger can be read" in shop.stop(role)


def test_staff_open_every_door_in_an_emergency_one_after_another(
    shop: Shop, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shop.furnish()
    shop.start()
    (tmp_path / "pin").write_text(PIN)

    code = main([
        "lockers", "open", "--all", "--emergency", "--why", "fire", "--yes", "--as", "lina",
        "--as-pin-file", str(tmp_path / "pin"),
        "--site", str(shop.places.site), "--state", str(shop.places.state),
    ])  # fmt: skip

    assert code == 0, capsys.readouterr().err
    assert "all 4 doors are open" in capsys.readouterr().out
    assert sorted(shop.coils.given) == list(LOCKERS)
    assert shop.coils.most_at_once == 1


def test_a_killed_roles_coils_are_switched_off_by_a_program_of_their_own(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KIOSK_SITE", str(shop.places.site))
    monkeypatch.setenv("KIOSK_STATE", str(shop.places.state))

    assert coils_off.main() == 0
    assert shop.bank.orders == []

    monkeypatch.setenv("KIOSK_SITE", str(shop.places.state))
    assert coils_off.main() == 3
    assert "site.toml" in capsys.readouterr().err


def test_the_coils_of_a_killed_role_are_known_without_its_site(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.furnish()
    shop.kill(shop.start())
    monkeypatch.setenv("KIOSK_STATE", str(shop.places.state))
    monkeypatch.setenv("KIOSK_SITE", str(shop.places.state))  # where there is none
    asked = shop.bank.asked[1]

    assert coils_off.main() == 0

    eventually(lambda: shop.bank.asked[1] > asked, within_s=PATIENCE_S, what="the board of that role is called")
    assert shop.bank.orders == []


def test_a_store_with_neither_lockers_nor_a_screen_has_no_front_role(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site")

    done = subprocess.run(
        [sys.executable, "-m", "kiosk", "run", "front", "--site", site, "--state", tmp_path / "state"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 1
    assert "has neither [lockers] nor [touchscreen]: the front role has nothing to do" in done.stderr


def test_a_store_with_a_screen_and_no_lockers_has_a_front_role_without_a_word_of_lockers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    where = Places(
        write_site(tmp_path / "site", site=SITE + "[touchscreen]\nwidth_mm = 217.0\nwhole = false\n"),
        tmp_path / "state",
    )
    command = (sys.executable, "-m", "kiosk", "run", "front", "--site", where.site, "--state", where.state)

    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as role:
        eventually(lambda: listens(where.front_hatch), within_s=PATIENCE_S, what="the role is up")
        doors = ask(where.front_hatch, {"do": "doors"}, role="front")
        health = ask(where.front_hatch, {"do": HEALTH}, role="front")
        role.send_signal(signal.SIGTERM)
        logged = role.communicate(timeout=PATIENCE_S)[1]

    assert role.returncode == 0, logged
    assert doors["doors"] == 0
    assert [part["stuck"] for part in health["parts"]] == [False, False]
    assert "WARNING kiosk.desks" not in logged, logged
    assert "Traceback" not in logged


def test_systemd_hears_from_a_real_role_that_it_is_ready_and_lives_and_from_a_hanging_one_nothing(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.furnish()
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        systemd.settimeout(PATIENCE_S)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        monkeypatch.setenv("WATCHDOG_USEC", "30000000")

        role = shop.start()

        heard = {systemd.recv(4096) for _ in range(3)}
        assert heard >= {b"READY=1", b"WATCHDOG=1"}
        told = ask(shop.places.front_hatch, {"do": HEALTH}, role="front")
        assert [(part["part"], part["stuck"]) for part in told["parts"]] == [("the desk", False), ("the screen", False)]
        role.send_signal(signal.SIGABRT)  # as the watchdog does
        logged = role.communicate(timeout=PATIENCE_S)[1]

    assert "Fatal Python error: Aborted" in logged
    assert 'front_loop.py", line' in logged, "where the desk was is told"


@pytest.mark.rule("L11")
def test_the_census_is_scanned_at_the_lockers_own_reader_and_told_at_the_terminal(shop: Shop, tmp_path: Path) -> None:
    shop.furnish()
    shop.start()
    pin = tmp_path / "pin"
    pin.write_text(PIN + "\n")
    where = ("--site", str(shop.places.site), "--state", str(shop.places.state))
    who = ("--as", "lina", "--as-pin-file", str(pin), "--at", "reader")
    command = [sys.executable, "-m", "kiosk", "lockers", "census", *where, *who]
    counting = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    eventually(lambda: shop.counted("reader") == 3, within_s=PATIENCE_S, what="locker 3 is asked for")

    shop.reader.reads(shop.plaque(3))
    eventually(lambda: shop.counted("reader") == 4, within_s=PATIENCE_S, what="locker 4 is asked for")
    assert counting.stdin is not None
    counting.stdin.write("-\n")
    counting.stdin.flush()
    told, _ = counting.communicate(timeout=PATIENCE_S)

    assert counting.returncode == 1, "a tag is missing"
    assert "\alocker 3: tag 3\n" in told
    assert "\a\alocker 4: no tag\n" in told
    assert "  locker 4: tag 4 is missing\n" in told
    assert "the evening census is signed: 1 of 2 tags" in told
    assert shop.bank.orders == [], "no door opened"
    assert shop.counted("reader") is None


def test_a_damaged_ledger_is_brought_back_while_the_role_runs_and_no_door_opens_by_a_guess(shop: Shop) -> None:
    shop.furnish()
    plaque = shop.plaque(1)
    back_up(shop.places, shop.places.state / "backups", datetime.now(SHANGHAI))
    shop.places.ledger.write_bytes(b"garbage" * 3000)

    role = shop.start()

    eventually(lambda: shop.stands(1)["assignment"] == "quarantined", within_s=PATIENCE_S, what="it is back")
    shop.reader.reads(plaque)
    assert [(one["locker"], one["unconfirmed"]) for one in map(shop.stands, LOCKERS)] == [(n, True) for n in LOCKERS]
    logged = shop.stop(role)
    assert shop.bank.orders == [], "the backup is older than what lies in them"
    assert "is damaged" in logged
    assert "4 lockers are to be looked into" in logged
    assert "Traceback" not in logged
