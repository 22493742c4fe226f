"""Staff at the screen: who they say they are, which room they are in, what a deed asks before it is done."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from kiosk.rules.forms.filling import Filling, opened
from kiosk.rules.forms.flow import Act, Answers, Back, Next, Wrote
from kiosk.rules.front.staff_taps import (
    DeedWanted,
    Knocked,
    ListenWanted,
    ProofGiven,
    QuietWanted,
    Room,
    RoomWanted,
    StaffDid,
    StaffGone,
    StaffLooked,
    StaffOrder,
    StaffSigned,
    StaffTap,
)
from kiosk.rules.writing.writing import Kind, Writing, begun
from kiosk.rules.writing.writing import after as written
from kiosk.units import Language

LONGEST_ID = 32
LONGEST_PIN = 12

_ID = begun(Kind.LETTERS, chinese=False, longest=LONGEST_ID)
_PIN = begun(Kind.DIGITS, chinese=False, longest=LONGEST_PIN)


@dataclass(frozen=True, slots=True)
class Listening:
    """What is said beside the screen. times: how often it was asked for; once more begins it anew."""

    words: str
    language: Language
    times: int = 1


@dataclass(frozen=True, slots=True)
class StaffMode:
    """named, pin: what is typed before the proof, and before a signature. at_pin: the PIN is asked for. about: what is
    open in the room.

    asks: what a deed asks before it is done. signs: it is signed afterwards; signing: now. told: what was asked before.
    signatures: how many were given; given: the last one is looked at. chinese: what is written begins in pinyin.
    listening: to what, as long as they look at the same thing. before: what was open as the deed was begun.
    """

    room: Room = Room.PROOF
    about: str = ""
    named: Writing = _ID
    pin: Writing = field(default=_PIN, repr=False)
    at_pin: bool = False
    deed: str = ""
    asks: Filling | None = None
    chinese: bool = True
    signs: bool = False
    signing: bool = False
    told: Answers = field(default=(), repr=False)
    signatures: int = 0
    given: bool = False
    listening: Listening | None = None
    before: str = ""


Step = tuple[StaffMode | None, tuple[StaffOrder, ...]]


def knocked(badge: str = "", *, chinese: bool = True) -> StaffMode:
    """Somebody wants in. badge: whose was read; then only the PIN is asked for."""
    return StaffMode(named=replace(_ID, text=badge), at_pin=bool(badge), chinese=chinese)


def admitted(mode: StaffMode) -> StaffMode:
    """The proof was right; nothing of it is kept."""
    return StaffMode(Room.MATTERS, chinese=mode.chinese)


def tapped(mode: StaffMode, tap: StaffTap) -> Step:
    """A tap; before the proof, only leaving makes sense. None: nobody is in staff mode any more."""
    match tap:
        case StaffGone():
            return None, (tap,)
        case Knocked(badge) if mode.signing and badge:
            return replace(mode, named=replace(_ID, text=badge), pin=_PIN, at_pin=True), ()
        case Knocked(badge):
            return (knocked(badge, chinese=mode.chinese) if mode.room is Room.PROOF else mode), ()
        case _ if mode.room is Room.PROOF:
            return mode, ()
        case RoomWanted(room, about) if room is not Room.PROOF:
            there = replace(mode, room=room, about=about, asks=None, deed="", signing=False, told=(), listening=None)
            return there, (StaffLooked(room, about),)
        case ListenWanted(words, language):
            times = 1 if mode.listening is None else mode.listening.times + 1
            return replace(mode, listening=Listening(words, language, times)), ()
        case QuietWanted():
            return replace(mode, listening=None), ()
        case DeedWanted(about, deed, asks, signs, signer):
            wanted = replace(
                mode, about=about, deed=deed, signs=signs, signing=False, given=False, told=(), before=mode.about
            )
            wanted = replace(wanted, named=replace(_ID, text=signer), pin=_PIN, at_pin=bool(signer), listening=None)
            if asks is not None:
                return replace(wanted, asks=opened(asks, chinese=mode.chinese)), ()
            if signs:
                return replace(wanted, signing=True), ()
            return replace(mode, listening=None), (StaffDid(about, deed),)
        case _:
            return mode, ()


def acted(mode: StaffMode, act: Act) -> Step:
    """A key, an answer, a step on or back in what is asked."""
    if mode.room is Room.PROOF:
        return _at_the_door(mode, act)
    if mode.signing:
        return _with_the_pen(mode, act)
    if mode.asks is None:
        return mode, ()
    turn = mode.asks.after(act)
    if turn.given is not None and mode.signs:
        return replace(mode, asks=None, signing=True, told=turn.given.answers), ()
    if turn.given is not None:
        return _asked(mode), (StaffDid(mode.about, mode.deed, turn.given.answers),)
    if isinstance(turn.flow, Filling):
        return replace(mode, asks=turn.flow), ()
    return replace(_asked(mode), about=mode.before), ()  # whoever thinks better of it is back where they were


def _asked(mode: StaffMode) -> StaffMode:
    """Nothing is asked any more: back to what it was about; a new record is about nothing yet."""
    return replace(mode, asks=None, deed="", about="" if mode.about == Room.NEW.value else mode.about)


def _with_the_pen(mode: StaffMode, act: Act) -> Step:
    """Somebody signs what was told: their id, then their PIN; nothing is done before that is right."""
    step, orders = _at_the_door(mode, act)
    if step is None:
        return replace(mode, signing=False, told=(), deed=""), ()
    match orders:
        case (ProofGiven(id, pin),):
            waits = replace(step, given=True, signatures=mode.signatures + 1)
            return waits, (StaffSigned(mode.about, mode.deed, mode.told, id, pin),)
        case _:
            return replace(step, given=False), ()


def _at_the_door(mode: StaffMode, act: Act) -> Step:
    match act:
        case Wrote(key) if mode.at_pin:
            return replace(mode, pin=written(mode.pin, key)), ()
        case Wrote(key):
            return replace(mode, named=written(mode.named, key)), ()
        case Next() if mode.at_pin and mode.pin.whole:
            return replace(mode, pin=_PIN), (ProofGiven(mode.named.whole.strip(), mode.pin.whole),)
        case Next() if not mode.at_pin and mode.named.whole.strip():
            return replace(mode, at_pin=True), ()
        case Back() if mode.at_pin:
            return replace(mode, at_pin=False, pin=_PIN), ()
        case Back():
            return None, (StaffGone(),)
        case _:
            return mode, ()
