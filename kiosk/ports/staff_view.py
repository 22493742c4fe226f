"""What staff see at the screen once they have proved who they are: frozen values, made only while somebody looks."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from kiosk.ports.bag_day import CountShown
from kiosk.rules.forms.form import Form
from kiosk.rules.lockers.locker import Locker
from kiosk.units import Language


class Kind(Enum):
    """What a matter is about."""

    CALL = "call"  # a shopper asked for somebody
    PAGE = "page"
    LOCKER = "locker"
    RECORD = "record"  # of a service
    CHECK = "check"  # the self-check found it
    NOTICE = "notice"
    WARNING = "warning"  # what the desk or a device tells
    QUEUE = "queue"  # a desk that calls numbers
    SCRIPT = "script"  # a page of the binder
    RETURN = "return"  # something comes back
    PICKUP = "pickup"  # something is collected
    PRINTER = "printer"  # or a sheet that waits for it
    LOST = "lost"  # a shopper has lost a tag


@dataclass(frozen=True, slots=True)
class Offered:
    """A deed that somebody may do now. words: of its key, in English. asks: what has to be said first.

    tone: "good" for what settles it, "care" for what wants care, "" for another. signs: somebody signs it by a PIN;
    signer: who, by their id, "" for whoever says so. about: what is begun at a desk, by its key, "NAME desk"; "" for a
    deed of what is shown.
    """

    deed: str
    words: str
    icon: str = ""
    tone: str = ""
    asks: Form | None = None
    signs: bool = False
    signer: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Spoken:
    """Words as the loudspeakers would say them; they can be listened to beside the screen."""

    words: str
    language: Language


@dataclass(frozen=True, slots=True)
class Matter:
    """Something that somebody has to see to. key: "page 12". title: a sentence, or the store's or a person's own words.

    line: what more there is to say, as the desk says it. at: since when. pressing: before the others. deeds: of whoever
    looks. told: what is shown once it is open: a heading, and words; both may be empty. tags: how it stands.
    spoken: what of it can be listened to. done: how many of its steps are behind it, and of how many, where it is a
    procedure.
    """

    key: str
    kind: Kind
    title: str
    line: str = ""
    at: datetime | None = None
    pressing: bool = False
    deeds: tuple[Offered, ...] = ()
    told: tuple[tuple[str, str], ...] = ()
    tags: tuple[str, ...] = ()
    spoken: tuple[Spoken, ...] = ()
    done: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Warned:
    """What staff should know. at: since when. happened: it is over and was told once: it stays until somebody has seen
    to it; anything else goes once it is mended."""

    text: str
    at: datetime
    happened: bool = False

    @property
    def mark(self) -> str:
        """What tells one warning from another."""
        return f"{zlib.crc32(self.text.encode()):08x}"


@dataclass(frozen=True, slots=True)
class Cell:
    """A locker in its place. row: which of the store's rows it stands in, from 0. why: a person is to look after it."""

    locker: Locker
    row: int = 0
    why: str = ""


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who is registered."""

    id: str
    name: str
    rights: tuple[str, ...]
    trained: bool
    trained_until: date | None = None
    trained_on: date | None = None


@dataclass(frozen=True, slots=True)
class StaffDoor:
    """Before the proof. checking: a PIN is looked at. why: the last one was not right."""

    checking: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class StaffView:
    """All that is shown of it. name: of whoever is there. opened: what is looked at, None where it is gone.

    rows: where each row of lockers stands. said: what became of the last deed, refused: it was not done. count: of the
    tags, at this screen. counts: those that may be begun here, by their deeds. records: those that may be begun, by the
    ids of their services. returns: what the return desk has in hand, None for who has nothing to do with it; counter:
    what can be begun there. signatures: how many were looked at; unsigned: why the last of them was not right, "" where
    it was.
    """

    name: str
    matters: tuple[Matter, ...] = ()
    cells: tuple[Cell, ...] = ()
    rows: tuple[str, ...] = ()
    binder: tuple[Matter, ...] = ()
    people: tuple[Colleague, ...] = ()
    opened: Matter | None = None
    said: str = ""
    refused: bool = False
    count: CountShown | None = None
    counts: tuple[Offered, ...] = ()
    returns: tuple[Matter, ...] | None = None
    counter: tuple[Offered, ...] = ()
    signatures: int = 0
    unsigned: str = ""
    records: tuple[Offered, ...] = ()
