from __future__ import annotations

import errno
import json
import os
import pwd
import queue
import socket
import stat
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from kiosk.app.broadcast_hatch import broadcast_hatch, message_of
from kiosk.app.hatch import LONGEST, Hatch, _line, ask, listens
from kiosk.desks.broadcast.messages import Message, PageAsked, Pressed, ScriptAsked, SelfCheckAsked
from kiosk.errors import DeviceFault, LedgerFault
from kiosk.rules.broadcast.paging import PageRequest, Reason, Title, Whom
from kiosk.units import ScriptId, ZoneId

ME = f"login:{pwd.getpwuid(os.getuid()).pw_name}"  # as the kernel says, whoever the caller says to be
PAGE = {"do": "page", "to": "guest", "title": "mr", "name": "王小明", "operator": "anna"}


@pytest.fixture
def inbox() -> queue.SimpleQueue[Message]:
    return queue.SimpleQueue()


@pytest.fixture
def hatch(tmp_path: Path, inbox: queue.SimpleQueue[Message]) -> Iterator[Path]:
    with broadcast_hatch(tmp_path / "state" / "broadcast.sock", inbox.put):
        yield tmp_path / "state" / "broadcast.sock"


def say(path: Path, words: bytes) -> dict[str, Any]:
    """Whatever somebody may write to the socket, and the role's answer."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as calling:
        calling.settimeout(10.0)
        calling.connect(str(path))
        calling.sendall(words)
        calling.shutdown(socket.SHUT_WR)
        answer: dict[str, Any] = json.loads(calling.makefile().readline())
        return answer


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"do": "press", "button": "promo"}, Pressed("promo", ME, 0.0)),
        ({"do": "press", "button": "evacuate", "held_s": 3.5, "operator": "anna"}, Pressed("evacuate", ME, 3.5)),
        ({"do": "script", "script": "promo", "operator": "anna"}, ScriptAsked(ScriptId("promo"), ME)),
        ({"do": "selfcheck", "operator": "anna"}, SelfCheckAsked(ME)),
        (PAGE, PageAsked(PageRequest(Whom.GUEST, Title.MR, "王小明"), ME)),
        (
            {**PAGE, "reason": "vehicle", "place": "B2", "plate": "沪A12345", "zones": ["hall"]},
            PageAsked(
                PageRequest(
                    Whom.GUEST,
                    Title.MR,
                    "王小明",
                    reason=Reason.VEHICLE,
                    place="B2",
                    plate="沪A12345",
                    zones=(ZoneId("hall"),),
                ),
                ME,
            ),
        ),
    ],
)
def test_what_is_asked_at_the_hatch_reaches_the_desk(
    hatch: Path, inbox: queue.SimpleQueue[Message], asked: dict[str, Any], message: Message
) -> None:
    ask(hatch, asked)

    assert inbox.get(timeout=30.0) == message


@pytest.mark.parametrize(
    "words",
    [
        b"",
        b"hello\n",
        b"[]\n",
        b"17\n",
        b'{"do": "dance"}\n',
        b'{"button": "promo"}\n',
        b'{"do": "press"}\n',
        b'{"do": "press", "button": "promo", "held_s": "long"}\n',
        b'{"do": "page", "to": "nobody", "title": "mr", "name": "x"}\n',
        b"\xff\xfe\n",
        b"[" * (LONGEST - 1) + b"\n",
        b'{"do": "press", "button": "evacuate", "held_s": NaN}\n',
        b'{"do": "page-step", "step": "reached", "n": 1e999}\n',
        b'{"do": "\\ud800"}\n',
    ],
)
def test_what_is_not_understood_is_answered_and_changes_nothing(
    hatch: Path, inbox: queue.SimpleQueue[Message], words: bytes
) -> None:
    answer = say(hatch, words)

    assert answer["error"].startswith("not understood")
    assert inbox.empty()
    ask(hatch, {"do": "press", "button": "promo"})  # and the next caller is served


def test_a_caller_who_talks_without_end_is_cut_short_and_the_next_is_served(
    hatch: Path, inbox: queue.SimpleQueue[Message]
) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as calling, suppress(OSError):
        calling.connect(str(hatch))
        calling.sendall(b"x" * (3 * LONGEST))

    ask(hatch, {"do": "press", "button": "promo"})

    assert inbox.get(timeout=30.0) == Pressed("promo", ME, 0.0)


class Dawdler:
    """The other end of a socket, which says a letter every second and a half."""

    def __init__(self) -> None:
        self.mono_s = 0.0
        self.timeout_s: float | None = 2.0

    def gettimeout(self) -> float | None:
        return self.timeout_s

    def settimeout(self, seconds: float) -> None:
        self.timeout_s = seconds

    def recv(self, _: int) -> bytes:
        self.mono_s += 1.5
        return b"x"


def test_a_caller_who_says_a_letter_now_and_then_keeps_nobody_else_waiting() -> None:
    dawdler: Any = Dawdler()

    with pytest.raises(TimeoutError):
        _line(dawdler, LONGEST, lambda: float(dawdler.mono_s))

    assert dawdler.mono_s == 3.0


def test_a_ledger_that_cannot_be_read_is_told_at_the_hatch_and_the_next_is_served(tmp_path: Path) -> None:
    def serve(asked: Mapping[str, Any], _: str) -> Mapping[str, Any]:
        if asked["do"] == "read":
            raise LedgerFault("the ledger is locked: close what else has it open")
        return {"ok": True}

    with Hatch(tmp_path / "front.sock", serve):
        answer = say(tmp_path / "front.sock", b'{"do": "read"}\n')

        assert answer == {"error": "the ledger is locked: close what else has it open"}
        assert ask(tmp_path / "front.sock", {"do": "anything"}) == {"ok": True}


class Crowded:
    """A listening socket of a process that has no file left to open for the first caller."""

    def __init__(self, hatch: Hatch) -> None:
        self.hatch = hatch
        self.caller, self.ours = socket.socketpair()
        self.accepted = 0

    def accept(self) -> tuple[socket.socket, str]:
        self.accepted += 1
        if self.accepted == 1:
            raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))
        if self.accepted == 2:
            return self.ours, ""
        self.hatch.__exit__()
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))


def test_a_hatch_that_could_let_nobody_in_for_a_moment_serves_the_next(tmp_path: Path) -> None:
    hatch = Hatch(tmp_path / "front.sock", lambda asked, operator: {"ok": True})
    crowded = Crowded(hatch)
    crowded.caller.sendall(b'{"do": "anything"}\n')

    hatch._listen(crowded)  # type: ignore[arg-type]

    assert json.loads(crowded.caller.recv(100)) == {"ok": True}
    crowded.caller.close()


def test_a_caller_is_told_what_the_role_did_not_understand(hatch: Path) -> None:
    with pytest.raises(DeviceFault, match="the broadcast role answers: not understood: nobody can dance"):
        ask(hatch, {"do": "dance"})


def test_only_the_owner_and_the_group_may_come_to_the_hatch(hatch: Path) -> None:
    assert stat.S_IMODE(hatch.stat().st_mode) == 0o660


@pytest.mark.parametrize("rights", [0o000, 0o027, 0o077])
def test_who_may_come_to_the_hatch_hangs_on_no_setting_of_the_process_which_other_threads_write_with(
    rights: int, tmp_path: Path, inbox: queue.SimpleQueue[Message], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = os.umask(rights)
    try:
        with monkeypatch.context() as patched:
            patched.delattr(os, "umask")  # a folder that another thread makes meanwhile must stay one to enter
            with broadcast_hatch(tmp_path / "broadcast.sock", inbox.put):
                assert stat.S_IMODE((tmp_path / "broadcast.sock").stat().st_mode) == 0o660
    finally:
        os.umask(before)


def test_a_hatch_that_nobody_opened_says_how_to_begin(tmp_path: Path) -> None:
    assert not listens(tmp_path / "broadcast.sock")
    with pytest.raises(DeviceFault, match=r"no broadcast role listens .*start kiosk run broadcast"):
        ask(tmp_path / "broadcast.sock", {"do": "press", "button": "promo"})


def test_a_socket_that_a_killed_role_left_is_none_and_is_taken_over(
    tmp_path: Path, inbox: queue.SimpleQueue[Message]
) -> None:
    path = tmp_path / "broadcast.sock"
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as left_behind:
        left_behind.bind(str(path))
    assert path.exists()
    assert not listens(path)

    with broadcast_hatch(path, inbox.put):
        assert listens(path)
        ask(path, {"do": "press", "button": "promo"})

    assert inbox.get(timeout=30.0) == Pressed("promo", ME, 0.0)
    assert not path.exists()


def _open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def test_a_hatch_in_a_folder_too_deep_for_a_socket_leaves_nothing_open(
    tmp_path: Path, inbox: queue.SimpleQueue[Message], caplog: pytest.LogCaptureFixture
) -> None:
    deep = tmp_path / ("状态" * 20)
    before = _open_files()

    with broadcast_hatch(deep / "broadcast.sock", inbox.put):
        assert "AF_UNIX path too long" in caplog.text
        assert _open_files() == before


def test_a_role_whose_hatch_cannot_be_made_goes_on_without_it(
    tmp_path: Path, inbox: queue.SimpleQueue[Message], caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "state").write_text("a file where a folder should be")

    with broadcast_hatch(tmp_path / "state" / "broadcast.sock", inbox.put):
        assert "kiosk press and kiosk page will not reach this role" in caplog.text


@pytest.mark.parametrize("asked", [{}, {"do": None}, {"do": "script"}, {"do": "page", "to": "guest"}])
def test_a_request_of_another_form_is_no_message(asked: dict[str, Any]) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        message_of(asked)
