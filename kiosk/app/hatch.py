"""The hatch: a Unix socket through which commands on this machine reach the running broadcast role.

File permissions guard it: whoever may write to the state directory's socket is heard. Who asks, the kernel says (the
user of this machine at the other end), or a person proves it with a PIN; what a caller claims besides does not count.
One JSON object a connection, one JSON answer: {"ok": true}, with what the desk says to a page, {"refused": "…"} or
{"error": "…"}. The role reads it without pydantic, to stay small.
"""

from __future__ import annotations

import contextlib
import json
import logging
import math
import os
import pwd
import queue
import socket
import struct
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Self

from kiosk.desks.broadcast.duty import LOGIN
from kiosk.desks.broadcast.messages import (
    Answer,
    Message,
    MusicChanged,
    PageAsked,
    PageDecided,
    PageStep,
    Pressed,
    RegisterChanged,
    ScriptAsked,
    SelfCheckAsked,
    SignedIn,
    SignedOut,
)
from kiosk.errors import DeviceFault, KioskError
from kiosk.rules.broadcast.paging import PageRequest, Reason, Title, Whom
from kiosk.units import LANGUAGES, Language, ScriptId, ZoneId

log = logging.getLogger(__name__)

LONGEST = 4096
PATIENCE_S = 2.0


class Hatch:
    """The role's side: a context manager that posts what comes in. A socket that cannot be made is told, not raised."""

    def __init__(
        self,
        path: Path,
        post: Callable[[Message], None],
        *,
        prove: Callable[[str, str], str] = lambda id, pin: "this role keeps no register of people",
        object_to: Callable[[Message], str] = lambda message: "",
    ) -> None:
        """prove: why a PIN does not prove a person, "" where it does. object_to: what the desk will say against it.

        Both are called by the hatch's own thread.
        """
        self._path = path
        self._post = post
        self._prove = prove
        self._object_to = object_to
        self._socket: socket.socket | None = None
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._path.unlink(missing_ok=True)  # a role that was killed left it; the ledger's lock keeps roles apart
            self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            before = os.umask(0o117)
            try:
                self._socket.bind(str(self._path))
            finally:
                os.umask(before)
            self._socket.listen(8)
        except OSError as error:
            log.warning("%s: kiosk press and kiosk page will not reach this role: %s", self._path, error)
            self._socket = None
            return self
        self._thread = threading.Thread(target=self._serve, args=(self._socket,), name="hatch", daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._socket is not None:
            self._path.unlink(missing_ok=True)
            with contextlib.suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)
            self._socket.close()
        if self._thread is not None:
            self._thread.join(timeout=PATIENCE_S)

    def _serve(self, listening: socket.socket) -> None:
        while True:
            try:
                caller, _ = listening.accept()
            except OSError:  # closed
                return
            with caller:
                caller.settimeout(PATIENCE_S)
                with contextlib.suppress(OSError):
                    caller.sendall(json.dumps(self._answer(caller), ensure_ascii=False).encode() + b"\n")

    def _answer(self, caller: socket.socket) -> dict[str, Any]:
        try:
            asked = json.loads(_line(caller))
            operator = login_of(caller)
            if claimed := str(asked.get("as", "")):
                if why := self._prove(claimed, str(asked.get("pin", ""))):
                    return {"refused": why}
                operator = claimed
            message = message_of({**asked, "operator": operator})
        except (ValueError, KeyError, TypeError, AttributeError, OSError, RecursionError) as error:
            return {"error": f"not understood: {error}"}
        objection = self._object_to(message)
        if not objection and isinstance(message, PageAsked | PageDecided):
            return self._answer_of_desk(message)
        self._post(message)  # also what will be refused: the desk tells it and logs it
        return {"refused": objection} if objection else {"ok": True}

    def _answer_of_desk(self, message: PageAsked | PageDecided) -> dict[str, Any]:
        """What the desk says to a page, once it has looked at it."""
        answers: queue.SimpleQueue[Answer] = queue.SimpleQueue()
        self._post(replace(message, reply=answers.put))
        try:
            said = answers.get(timeout=PATIENCE_S)
        except queue.Empty:
            return {"ok": True, "said": "the desk is busy and will see to it; kiosk page list tells"}
        return {"refused": said.text} if said.refused else {"ok": True, "said": said.text, "page": said.n}


def login_of(caller: socket.socket) -> str:
    """Who is at the other end, as the kernel knows."""
    _, uid, _ = struct.unpack("3i", caller.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i")))
    try:
        return LOGIN + pwd.getpwuid(uid).pw_name
    except KeyError:  # a user that this machine has no name for
        return f"{LOGIN}{uid}"


def message_of(asked: Mapping[str, Any]) -> Message:
    """What a caller asks for. Raises ValueError, KeyError or TypeError for what is not of the form."""
    if not isinstance(asked, Mapping):
        raise ValueError("it is not an object")
    operator = str(asked.get("operator", "command line"))
    match asked["do"]:
        case "press":
            held_s = float(asked.get("held_s", 0.0))
            if not math.isfinite(held_s):  # it is compared with the guard's time
                raise ValueError(f"nobody holds a button for {held_s} s")
            return Pressed(str(asked["button"]), operator, held_s)
        case "script":
            return ScriptAsked(ScriptId(str(asked["script"])), operator)
        case "sign-in":
            return SignedIn(operator)
        case "sign-out":
            return SignedOut()
        case "register-changed":
            return RegisterChanged()
        case "music-changed":
            return MusicChanged()
        case "page":
            caller, number = str(asked.get("caller", "")), str(asked.get("number", ""))
            return PageAsked(_request_of(asked), operator, caller, number, bool(asked.get("park", False)))
        case "page-step":
            return PageDecided(PageStep(asked["step"]), operator, int(asked.get("n", 0)), str(asked.get("why", "")))
        case "selfcheck":
            return SelfCheckAsked(operator)
        case other:
            raise ValueError(f"nobody can {other}")


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


def _request_of(asked: Mapping[str, Any]) -> PageRequest:
    reason = asked.get("reason")
    return PageRequest(
        Whom(asked["to"]),
        Title(asked["title"]),
        str(asked["name"]),
        reason=None if reason is None else Reason(reason),
        place=str(asked.get("place", "")),
        language=Language(str(asked.get("language", LANGUAGES[0]))),
        plate=str(asked.get("plate", "")),
        zones=tuple(ZoneId(str(zone)) for zone in asked.get("zones", ())),
    )


def ask(path: Path, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    """The command's side: the answer. Raises DeviceFault where no role listens or it does not understand, KioskError
    for a no."""
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as calling:
            calling.settimeout(2 * PATIENCE_S)
            calling.connect(str(path))
            calling.sendall(json.dumps(asked, ensure_ascii=False).encode() + b"\n")
            answer = json.loads(_line(calling))
    except PermissionError as error:
        raise DeviceFault(f"{path}: you may not: ask as a user of the group that owns it") from error
    except (OSError, ValueError) as error:
        raise DeviceFault(f"no broadcast role listens at {path}: start kiosk run broadcast or kiosk demo") from error
    if "refused" in answer:
        raise KioskError(f"refused: {answer['refused']}")
    if "error" in answer:
        raise DeviceFault(f"the broadcast role answers: {answer['error']}")
    return dict(answer)


def _line(connection: socket.socket) -> bytes:
    line = b""
    while not line.endswith(b"\n"):
        piece = connection.recv(LONGEST)
        if not piece:
            break
        line += piece
        if len(line) > LONGEST:
            raise ValueError("too long")
    return line
