"""The hatch: a Unix socket through which commands on this machine reach a running role.

File permissions guard it: whoever may write to the state directory's socket is heard. Who asks, the kernel says (the
user of this machine at the other end), or a person proves it with a PIN; what a caller claims besides does not count.
One JSON object a connection, one JSON answer: {"ok": true} with what the role says, {"refused": "…"} or {"error": "…"}.
"""

from __future__ import annotations

import contextlib
import json
import logging
import pwd
import socket
import struct
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Self

from kiosk.errors import DeviceFault, KioskError
from kiosk.rules.people.person import LOGIN

log = logging.getLogger(__name__)

LONGEST = 4096  # bytes of a request
LONGEST_ANSWER = 1 << 20
PATIENCE_S = 2.0
AGAIN_S = 0.2  # after a caller who could not be let in
HEALTH = "health"  # what asks how the role does; the desk is not asked, it may be what is stuck

Prove = Callable[[str, str], str]
"""Why a PIN does not prove a person, "" where it does."""
Serve = Callable[[Mapping[str, Any], str], Mapping[str, Any]]
"""What the role answers to a request of an operator: "login:NAME", or the id of a person who proved it."""


Vitals = Callable[[], Mapping[str, Any]]
"""How the role does, as JSON has it; told to whoever may write to the socket."""


def no_heart() -> Mapping[str, Any]:
    """Nobody looks."""
    return {"parts": []}


def no_register(id: str, pin: str) -> str:
    """Nobody can prove anything."""
    return "this role keeps no register of people"


class Hatch:
    """The role's side: a context manager that has requests served. A socket that cannot be made is told, not raised."""

    def __init__(
        self, path: Path, serve: Serve, *, prove: Prove = no_register, vitals: Vitals = no_heart, without: str = ""
    ) -> None:
        """serve: raises ValueError, KeyError or TypeError for what is not of the form. without: what does not work
        while there is no hatch. All are called by the hatch's own thread.
        """
        self._path = path
        self._serve = serve
        self._prove = prove
        self._vitals = vitals
        self._without = without
        self._socket: socket.socket | None = None
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._path.unlink(missing_ok=True)  # a role that was killed left it; the role's own lock keeps two apart
            self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            self._socket.bind(str(self._path))
            self._path.chmod(0o660)  # before anybody is listened to; a umask would be every other thread's as well
            self._socket.listen(8)
        except OSError as error:
            log.warning("%s: %s: %s", self._path, self._without, error)
            if self._socket is not None:
                self._socket.close()
                self._socket = None
            return self
        self._thread = threading.Thread(target=self._listen, args=(self._socket,), name="hatch", daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        if self._socket is not None:
            self._path.unlink(missing_ok=True)
            with contextlib.suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)
            self._socket.close()
        if self._thread is not None:
            self._thread.join(timeout=PATIENCE_S)

    def _listen(self, listening: socket.socket) -> None:
        while True:
            try:
                caller, _ = listening.accept()
            except OSError as error:
                if self._closing.wait(AGAIN_S):
                    return
                log.warning("%s: %s; whoever calls waits a moment", self._path, error)  # no file left to open, say
                continue
            with caller:
                caller.settimeout(PATIENCE_S)
                with contextlib.suppress(OSError):
                    caller.sendall(_as_line(self._answer(caller)))

    def _answer(self, caller: socket.socket) -> Mapping[str, Any]:
        try:
            asked = json.loads(_line(caller, LONGEST))
            if asked["do"] == HEALTH:
                return {"ok": True, **self._vitals()}
            operator = login_of(caller)
            if claimed := str(asked.get("as", "")):
                if why := self._prove(claimed, str(asked.get("pin", ""))):
                    return {"refused": why}
                operator = claimed
            return self._serve(asked, operator)
        except KioskError as fault:
            return {"error": str(fault)}
        except (ValueError, KeyError, TypeError, AttributeError, OSError, OverflowError, RecursionError) as error:
            return {"error": f"not understood: {error}"}


def login_of(caller: socket.socket) -> str:
    """Who is at the other end, as the kernel knows."""
    _, uid, _ = struct.unpack("3i", caller.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i")))
    try:
        return LOGIN + pwd.getpwuid(uid).pw_name
    except KeyError:  # a user that this machine has no name for
        return f"{LOGIN}{uid}"


def listens(path: Path) -> bool:
    """Whether a role is there; a socket that a killed role left behind is none. One that may not be asked is."""
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as calling:
            calling.settimeout(PATIENCE_S)
            calling.connect(str(path))
    except PermissionError:
        return True
    except OSError:
        return False
    return True


def ask(path: Path, asked: Mapping[str, Any], *, role: str = "broadcast") -> Mapping[str, Any]:
    """The command's side: the answer. Raises DeviceFault where no role listens or it does not understand, KioskError
    for a no."""
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as calling:
            calling.settimeout(2 * PATIENCE_S)
            calling.connect(str(path))
            calling.sendall(_as_line(asked))
            answer = json.loads(_line(calling, LONGEST_ANSWER))
    except PermissionError as error:
        raise DeviceFault(f"{path}: you may not: ask as a user of the group that owns it") from error
    except (OSError, ValueError) as error:
        raise DeviceFault(f"no {role} role listens at {path}: start kiosk run {role} or kiosk demo") from error
    if "refused" in answer:
        raise KioskError(f"refused: {answer['refused']}")
    if "error" in answer:
        raise DeviceFault(f"the {role} role answers: {answer['error']}")
    return dict(answer)


def _as_line(values: Mapping[str, Any]) -> bytes:
    """In ASCII: half a character, which a caller's own words may hold, is written as well."""
    return json.dumps(values).encode("ascii") + b"\n"


def _line(connection: socket.socket, longest: int, mono_s: Callable[[], float] = time.monotonic) -> bytes:
    """What the other end says. Its timeout is for the whole line: a byte now and then keeps nobody else waiting."""
    patience_s = connection.gettimeout() or 0.0
    until_s = mono_s() + patience_s
    line = b""
    while not line.endswith(b"\n"):
        if (left_s := until_s - mono_s()) <= 0.0:
            raise TimeoutError("the line came too slowly")
        connection.settimeout(left_s)
        piece = connection.recv(65_536)
        if not piece:
            break
        line += piece
        if len(line) > longest:
            raise ValueError("too long")
    connection.settimeout(patience_s)
    return line
