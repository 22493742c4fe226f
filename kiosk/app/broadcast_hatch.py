"""The broadcast role's hatch: what commands may ask of its desk, read without pydantic, to stay small."""

from __future__ import annotations

import math
import queue
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from kiosk.app.hatch import PATIENCE_S, Hatch, Prove, Vitals, no_heart, no_register
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
from kiosk.rules.broadcast.paging import PageRequest, Reason, Title, Whom
from kiosk.units import LANGUAGES, Language, ScriptId, ZoneId


def broadcast_hatch(
    path: Path,
    post: Callable[[Message], None],
    *,
    prove: Prove = no_register,
    object_to: Callable[[Message], str] = lambda message: "",
    vitals: Vitals = no_heart,
) -> Hatch:
    """Posts what comes in. object_to: what the desk will say against a message; called by the hatch's own thread."""

    def serve(asked: Mapping[str, Any], operator: str) -> Mapping[str, Any]:
        message = message_of({**asked, "operator": operator})
        objection = object_to(message)
        if not objection and isinstance(message, PageAsked | PageDecided):
            return _answer_of_desk(message, post)
        post(message)  # also what will be refused: the desk tells it and logs it
        return {"refused": objection} if objection else {"ok": True}

    return Hatch(path, serve, prove=prove, vitals=vitals, without="kiosk press and kiosk page will not reach this role")


def _answer_of_desk(message: PageAsked | PageDecided, post: Callable[[Message], None]) -> Mapping[str, Any]:
    """What the desk says to a page, once it has looked at it."""
    answers: queue.SimpleQueue[Answer] = queue.SimpleQueue()
    post(replace(message, reply=answers.put))
    try:
        said = answers.get(timeout=PATIENCE_S)
    except queue.Empty:
        return {"ok": True, "said": "the desk is busy and will see to it; kiosk page list tells"}
    return {"refused": said.text} if said.refused else {"ok": True, "said": said.text, "page": said.n}


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
