from __future__ import annotations

import json
import os
import pwd
import socket
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.app.broadcast_hatch import broadcast_hatch
from kiosk.app.hatch import Hatch, ask
from kiosk.desks.broadcast.messages import (
    Message,
    PageAsked,
    Pressed,
    RegisterChanged,
    ScriptAsked,
    SignedIn,
    SignedOut,
)
from kiosk.errors import DeviceFault, KioskError

ME = "login:" + pwd.getpwuid(os.getuid()).pw_name
PAGE = {"do": "page", "to": "guest", "title": "mr", "name": "王小明"}


class Role:
    """The role behind the hatch: what reached it, whose PINs are right, what it objects to."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.got: list[Message] = []
        self.proofs: list[tuple[str, str]] = []
        self.objection = ""

    def prove(self, id: str, pin: str) -> str:
        self.proofs.append((id, pin))
        return "" if pin == "482913" else "wrong PIN"

    def opened(self) -> Hatch:
        return broadcast_hatch(self.path, self.got.append, prove=self.prove, object_to=lambda message: self.objection)


@pytest.fixture
def role(tmp_path: Path) -> Iterator[Role]:
    one = Role(tmp_path / "hatch")
    with one.opened():
        yield one


@pytest.mark.rule("B14")
def test_whoever_asks_is_who_the_kernel_says_and_not_who_they_say(role: Role) -> None:
    ask(role.path, {"do": "press", "button": "promo", "operator": "the head of the department"})
    ask(role.path, {"do": "script", "script": "member-day"})
    ask(role.path, PAGE)

    press, script, page = role.got
    assert press == Pressed("promo", ME, 0.0)
    assert isinstance(script, ScriptAsked)
    assert isinstance(page, PageAsked)
    assert script.operator == page.operator == ME
    assert role.proofs == []


@pytest.mark.rule("B14")
def test_a_person_is_who_the_pin_proves(role: Role) -> None:
    ask(role.path, {"do": "press", "button": "promo", "as": "anna", "pin": "482913"})

    assert role.got == [Pressed("promo", "anna", 0.0)]


@pytest.mark.rule("B14")
def test_a_wrong_pin_presses_nothing(role: Role) -> None:
    with pytest.raises(KioskError, match="refused: wrong PIN"):
        ask(role.path, {"do": "press", "button": "promo", "as": "anna", "pin": "111111"})

    assert role.got == []


@pytest.mark.rule("B14")
def test_what_the_desk_will_refuse_is_told_at_once_and_still_reaches_it_for_the_log(role: Role) -> None:
    role.objection = "eve may not page somebody: an announcer may"

    with pytest.raises(KioskError, match="refused: eve may not page somebody"):
        ask(role.path, PAGE)

    assert len(role.got) == 1


def test_signing_in_and_out_and_a_changed_register_reach_the_desk(role: Role) -> None:
    ask(role.path, {"do": "sign-in", "as": "anna", "pin": "482913"})
    ask(role.path, {"do": "sign-in"})
    ask(role.path, {"do": "sign-out"})
    ask(role.path, {"do": "register-changed"})

    assert role.got == [SignedIn("anna"), SignedIn(ME), SignedOut(), RegisterChanged()]


@pytest.mark.parametrize("said", [b"", b"{", b"[]\n", b"3\n", b'{"do":"dance"}\n', b'{"do":"press"}\n', b"x" * 5000])
def test_what_is_not_understood_is_answered_and_the_hatch_stays_open(role: Role, said: bytes) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as caller:
        caller.connect(str(role.path))
        caller.sendall(said)
        caller.shutdown(socket.SHUT_WR)
        answer = json.loads(caller.makefile("rb").readline())

    assert answer["error"].startswith("not understood")
    ask(role.path, {"do": "sign-out"})
    assert role.got == [SignedOut()]


def test_strangers_to_the_group_cannot_reach_the_hatch(role: Role) -> None:
    assert stat.S_IMODE(role.path.stat().st_mode) & stat.S_IRWXO == 0


def test_where_no_role_listens_the_caller_is_told_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(DeviceFault, match="start kiosk run broadcast"):
        ask(tmp_path / "nowhere", {"do": "sign-out"})


def test_a_role_without_a_register_takes_nobodys_pin(tmp_path: Path) -> None:
    got: list[Message] = []
    with broadcast_hatch(tmp_path / "hatch", got.append), pytest.raises(KioskError, match="keeps no register"):
        ask(tmp_path / "hatch", {"do": "sign-in", "as": "anna", "pin": "482913"})

    assert got == []
