"""The tables [lockers] and [[lockers.rows]] of site.toml: the doors, and the store's choices about them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, FiniteFloat

from kiosk.config.bag_storage import Lockers, Place
from kiosk.config.findings import Findings, shown
from kiosk.config.lock_banks import lock_banks_of
from kiosk.config.names import Names
from kiosk.config.schema import Table
from kiosk.config.sections import Sections
from kiosk.config.values import DurationS, Id, Line, TimeOfDay, refusal
from kiosk.config.wired_banks import LockBankChoices
from kiosk.rules.lockers.closing import TURN
from kiosk.rules.lockers.locker import Size
from kiosk.units import LockerId, ScriptId

MOST = 512  # lockers of one bank
_STRETCH = re.compile(r"([1-9]\d{0,3})(?:\s*-\s*([1-9]\d{0,3}))?", re.ASCII)
_MANY = 'write positions as lockers = "1-6" or "1-6, 9, 11-12"'


def positions(text: str) -> tuple[LockerId, ...]:
    """The positions in a text such as "1-6, 9", in their order. ValueError."""
    found: list[LockerId] = []
    for part in text.split(","):
        stretch = _STRETCH.fullmatch(part.strip())
        if stretch is None:
            raise ValueError(text)
        first, last = int(stretch[1]), int(stretch[2] or stretch[1])
        if last < first or last > MOST:
            raise ValueError(text)
        found += [LockerId(number) for number in range(first, last + 1)]
    return tuple(found)


def _positions(text: str) -> str:
    try:
        positions(text)
    except ValueError:
        raise refusal(f"is {shown(text)}, which names no lockers from 1 to {MOST}") from None
    return text


class RowTable(Table):
    size: Literal["small", "medium", "large"] = Field(description='write one of "small", "medium", "large"')
    lockers: Annotated[str, AfterValidator(_positions)] = Field(description=_MANY)
    place: Line = Field(description='say where they stand, as place = "left wall, lower row": the slip names it')


def _from_to(least: str, most: str, such: str) -> str:
    return f'write a duration from "{least}" to "{most}", as "{such}"'


class LockersTable(Table):
    rows: list[RowTable] = Field(
        min_length=1, description='add [[lockers.rows]] with size = "small", lockers = "1-6" and place = "left wall"'
    )
    bank: list[Any] = Field(
        default_factory=list, description="begin each bank of latches with [[lockers.bank]]; none are simulated"
    )
    tags: Literal["plaque", "ticket"] = Field(
        default="plaque", description='write "plaque": one hangs at each locker; or "ticket": one is printed each time'
    )
    describe: bool = Field(default=False, description="write true: shoppers may say what they leave; or false")
    slip_printer: str = Field(
        default="", description='write the name of a printer, as lpstat -p lists it, or "" for the usual one'
    )
    rest: DurationS = Field(default=2.0, ge=0.5, le=60, description=_from_to("500ms", "60s", "2s"))
    tries: int = Field(default=3, ge=1, le=5, description="write how often a latch is pulsed for one opening, 1 to 5")
    answer: DurationS = Field(default=1.5, ge=0.2, le=10, description=_from_to("200ms", "10s", "1500ms"))
    undecided: DurationS = Field(default=60.0, ge=10, le=600, description=_from_to("10s", "10min", "60s"))
    open_longest: DurationS = Field(default=120.0, ge=15, le=1800, description=_from_to("15s", "30min", "2min"))
    close: DurationS = Field(default=120.0, ge=15, le=1800, description=_from_to("15s", "30min", "2min"))
    show_tag: DurationS = Field(default=90.0, ge=15, le=900, description=_from_to("15s", "15min", "90s"))
    grace: DurationS = Field(default=60.0, le=900, description=_from_to("0s", "15min", "60s"))
    again: int = Field(default=2, ge=0, le=10, description="write how often within it the door opens again, 0 to 10")
    fee: FiniteFloat = Field(default=5.0, ge=0, le=1000, description="write an amount in yuan from 0 to 1000, as 5")
    two_people: bool = Field(
        default=True, description="write true: who approves a lost tag is not who took the fee; or false"
    )
    abandoned: DurationS = Field(default=72 * 3600.0, ge=3600, le=720 * 3600, description=_from_to("1h", "720h", "72h"))
    keep_days: int = Field(default=30, ge=0, le=365, description="write days from 0 to 365, as keep_days = 30")
    reminders: list[Annotated[DurationS, Field(ge=60, le=14_400)]] = Field(
        default_factory=lambda: [3600.0, 1800.0, 600.0],
        description='list durations before the doors close, as reminders = ["1h", "30min", "10min"]; [] is none',
    )
    turn: TimeOfDay = Field(default=TURN, description="write a time of the clock, as turn = 05:00:00")
    reminder_page: Id | None = Field(
        default=None, description='name the page of schedules/binder.toml that reminds, as reminder_page = "bags"'
    )
    wrong_tags: int = Field(default=5, ge=2, le=100, description="write how many wrong tags may be tried, 2 to 100")
    forgeries: int = Field(default=3, ge=1, le=100, description="write how many forgeries are an alarm, 1 to 100")
    wrong_within: DurationS = Field(default=3600.0, ge=60, le=86_400, description=_from_to("1min", "24h", "1h"))
    tidy: list[Line] | None = Field(
        default=None, min_length=1, description='list what is to be tidied, as tidy = ["doors wiped", "floor swept"]'
    )


def lockers_of(sections: Sections, names: Names, taken: Mapping[int, str], findings: Findings) -> Lockers | None:
    """What [lockers] says; None where there is none, or once a problem has been told. taken: GPIO in use elsewhere."""
    if "lockers" not in sections.source.table:
        sections.knows("lockers")
        return None
    table = sections.one("lockers", LockersTable, None)
    if table is None:
        return None
    _tell_doubles(sections, table, findings)
    if table.reminder_page is not None:
        names.check_script(sections.source, ("lockers", "reminder_page"), table.reminder_page, findings)
    fen = round(table.fee * 100)
    if abs(fen - table.fee * 100) > 1e-6:
        what = f"is {table.fee:g} yuan, which no cash desk can take"
        findings.error(sections.source, ("lockers", "fee"), what, "write at most two digits after the point")
    places = {number: Place(Size(row.size), row.place) for row in table.rows for number in positions(row.lockers)}
    banks = lock_banks_of(table.bank, sections.source, ("lockers", "bank"), taken, findings)
    _tell_unwired(sections, places, banks, findings)
    return Lockers(
        places=dict(sorted(places.items())),
        banks=banks,
        rest_s=table.rest,
        tries=table.tries,
        answer_s=table.answer,
        undecided_s=table.undecided,
        open_longest_s=table.open_longest,
        close_s=table.close,
        show_tag_s=table.show_tag,
        grace_s=table.grace,
        again=table.again,
        fee_fen=fen,
        two_people=table.two_people,
        abandoned_s=table.abandoned,
        keep_days=table.keep_days,
        reminders_s=tuple(sorted(table.reminders, reverse=True)),
        reminder_page=None if table.reminder_page is None else ScriptId(table.reminder_page),
        tidy=None if table.tidy is None else tuple(table.tidy),
        wrong_tags=table.wrong_tags,
        forgeries=table.forgeries,
        wrong_within_s=table.wrong_within,
        describe=table.describe,
        tickets=table.tags == "ticket",
        slip_printer=table.slip_printer,
        turn=table.turn,
    )


def _tell_unwired(
    sections: Sections, places: Mapping[LockerId, Place], banks: tuple[LockBankChoices, ...], findings: Findings
) -> None:
    """Lockers that no latch opens, and latches of lockers that nobody placed."""
    wired = {locker for bank in banks for locker in bank.locks}
    for what, odd in (
        ("have no latch in [[lockers.bank]]", places.keys() - wired),
        ("have a latch, but stand in no [[lockers.rows]]", wired - places.keys()),
    ):
        if banks and odd and not findings.blocked:
            listed = ", ".join(map(str, sorted(odd)[:8])) + (", …" if len(odd) > 8 else "")
            findings.error(sections.source, ("lockers",), f"lockers {listed} {what}", "name every locker in both")


def _tell_doubles(sections: Sections, table: LockersTable, findings: Findings) -> None:
    """Two rows with one locker, or one row that names it twice: its tag would open either."""
    taken: dict[LockerId, int] = {}
    for at, row in enumerate(table.rows):
        numbers = positions(row.lockers)
        doubles = [number for number, times in Counter(numbers).items() if times > 1]
        doubles += [number for number in dict.fromkeys(numbers) if number in taken]
        if doubles:
            listed = ", ".join(map(str, sorted(set(doubles))[:8]))
            what = f"names {listed} again" + (
                f", which row {taken[doubles[-1]] + 1} has" if doubles[-1] in taken else ""
            )
            findings.error(sections.source, ("lockers", "rows", at, "lockers"), what, "name every locker once")
        for number in numbers:
            taken.setdefault(number, at)
