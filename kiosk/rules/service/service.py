"""What makes a service: its form, the stages of its records, who may move them, how long they are kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from kiosk.rules.forms.form import Form, problems
from kiosk.rules.people.person import Person, Right
from kiosk.rules.service.record import Done, Record

ANYBODY = frozenset(Right)  # who is registered


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that staff do to a record. before: the stages at which it can be done. to: the stage it leads to, ""
    for the same. asks: what staff write about it. takes: whoever does it is responsible from then on."""

    id: str
    words: str
    before: frozenset[str]
    to: str = ""
    asks: Form | None = None
    rights: frozenset[Right] = ANYBODY
    takes: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """It is not done. why: a sentence."""

    why: str


def never(_: Record) -> datetime | None:
    """Nothing has to be done by any time."""
    return None


def thanks(record: Record) -> str:
    """What the shopper is told first."""
    return f"{record.service}.thanks"


@dataclass(frozen=True, slots=True)
class Service:
    """form: what the shopper, or staff, are asked. begins: the stage of a new record. over: the stages that are ends.

    sentence: the key of what the shopper is told of a record. due: by when something has to be done to it. keep_days:
    so long after its end what is personal is kept. offered: at the touchscreen; otherwise staff alone use it.
    """

    id: str
    form: Form
    deeds: tuple[Deed, ...] = ()
    begins: str = "open"
    over: frozenset[str] = frozenset(("closed",))
    keep_days: int = 30
    sentence: Callable[[Record], str] = thanks
    due: Callable[[Record], datetime | None] = never
    offered: bool = True

    def begun(self, answers: Mapping[str, str], by: str, now: datetime) -> Record | Refused:
        """A new record, not kept yet; refused where the form is not filled in as it should be."""
        if wrong := problems(self.form, answers):
            return Refused("; ".join(f"{page}: {why}" for page, why in sorted(wrong.items())))
        record = Record(self.id, 0, now, by, self.begins, now, dict(answers))
        return replace(record, due=self.due(record))

    def may(self, record: Record, person: Person) -> tuple[Deed, ...]:
        """What a person may do to a record now."""
        return tuple(one for one in self.deeds if record.stage in one.before and one.rights & person.rights)

    def after(self, record: Record, done: Done, person: Person) -> Record | Refused:
        """What a deed makes of a record."""
        deed = next((one for one in self.deeds if one.id == done.deed), None)
        if deed is None:
            return Refused(f"{done.deed}: {self.id} knows {', '.join(one.id for one in self.deeds) or 'no deeds'}")
        if record.stage not in deed.before:
            return Refused(f"{record.name} is {record.stage}: {deed.id} comes after {', '.join(sorted(deed.before))}")
        if not deed.rights & person.rights:
            return Refused(f"{deed.id} is for {', '.join(sorted(right.value for right in deed.rights))}")
        wrong = problems(deed.asks, done.told) if deed.asks else dict.fromkeys(done.told, "This was not asked")
        if wrong:
            return Refused("; ".join(f"{page}: {why}" for page, why in sorted(wrong.items())))
        stage = deed.to or record.stage
        moved = replace(
            record,
            stage=stage,
            since=done.at if deed.to else record.since,
            history=(*record.history, done),
            owner=person.id if deed.takes else record.owner,
        )
        return replace(moved, due=None if stage in self.over else self.due(moved))
