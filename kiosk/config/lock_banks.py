"""The tables [[lockers.bank]] of site.toml: which latch and which door sensor belong to which locker, and on what wire.

`[lockers]` itself is somebody else's: it reads `bank` as a plain list of tables and hands it to `lock_banks_of`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, ValidationError

from kiosk.config.findings import Findings, Loc, Source, did_you_mean, shown
from kiosk.config.plain import sentences
from kiosk.config.schema import Table
from kiosk.config.values import DurationS, Id, Line, named, refusal
from kiosk.config.wired_banks import BoardBank as BoardBank
from kiosk.config.wired_banks import ExpanderBank as ExpanderBank
from kiosk.config.wired_banks import LockBankChoices as LockBankChoices
from kiosk.config.wired_banks import PinBank as PinBank
from kiosk.config.wiring import LAST_PIN, PULLED_UP, RESERVED
from kiosk.ports.lock_limits import (
    ASKED_HZ,
    BOARDS,
    EXPANDER_ADDRESSES,
    EXPANDER_OUTPUTS_ONLY,
    EXPANDER_PINS,
    LONGEST_PULSE_S,
    SHORTEST_PULSE_S,
    BoardKind,
    asked_hz,
)
from kiosk.units import LockerId

MOST_AT_A_BLOCKED_LINE = 4  # boards, where an opening keeps all of them from being asked
MOST_LOCKERS = 999  # a tag has three digits

_SPAN = re.compile(r"(\d{1,3})(?:\s*-\s*(\d{1,3}))?", re.ASCII)
_LOCKERS = 'write the lockers it opens, as lockers = "1-6, 9" or lockers = [1, 2, 5]'
_PULSE = 'write a duration from "50ms" to "2s", as pulse = "400ms"'


def _lockers(value: object) -> object:
    """A text such as "1-6, 9" as a list; a list is left for pydantic to look at."""
    if not isinstance(value, str):
        return value
    found: list[int] = []
    for part in value.split(","):
        span = _SPAN.fullmatch(part.strip())
        first, last = (int(span[1]), int(span[2] or span[1])) if span else (0, 0)
        if not 1 <= first <= last:
            raise refusal(f"is {named(value)}, which names no lockers")
        found += range(first, last + 1)
    return found


def _pin_name(value: object) -> object:
    """A0 to B7 as the chip's drawing names them, or 0 to 15."""
    if isinstance(value, str) and re.fullmatch(r"[ABab][0-7]", value):
        return (8 if value[0] in "Bb" else 0) + int(value[1])
    if isinstance(value, int) and not isinstance(value, bool) and value in EXPANDER_PINS:
        return value
    raise refusal(f"is {named(value)}, which is no pin of an expander")


Lockers = Annotated[list[Annotated[int, Field(ge=1, le=MOST_LOCKERS)]], Field(min_length=1), BeforeValidator(_lockers)]
ExpanderPin = Annotated[int, BeforeValidator(_pin_name)]
_CHIP = "write the expander's address from 0x20 to 0x27, as address = 0x20"
_INVERTED = "write inverted = true where the contact is open while the door is shut"
_EXPANDER_PINS = 'list a pin for each locker, as latches = ["A0", "A1", "A2"]'


class BankTable(Table):
    lockers: Lockers = Field(description=_LOCKERS)
    inverted: bool = Field(default=False, description=_INVERTED)


class PinBankTable(BankTable):
    driver: Literal["gpio"]
    latches: list[int] = Field(description="list the GPIO of each locker's latch, as latches = [17, 27, 22]")
    doors: list[int] | None = Field(
        default=None, description="list the GPIO of each locker's door contact, as doors = [5, 6, 12]"
    )
    pulse: DurationS = Field(default=0.4, ge=SHORTEST_PULSE_S, le=LONGEST_PULSE_S, description=_PULSE)


class ExpanderBankTable(BankTable):
    driver: Literal["mcp23017"]
    bus: int = Field(default=1, ge=0, le=15, description="write the number of /dev/i2c-*, as bus = 1")
    address: int = Field(ge=EXPANDER_ADDRESSES[0], le=EXPANDER_ADDRESSES[-1], description=_CHIP)
    door_address: int | None = Field(
        default=None, ge=EXPANDER_ADDRESSES[0], le=EXPANDER_ADDRESSES[-1], description=_CHIP
    )
    latches: list[ExpanderPin] = Field(description=_EXPANDER_PINS)
    doors: list[ExpanderPin] | None = Field(default=None, description=_EXPANDER_PINS.replace("latches", "doors"))
    pulse: DurationS = Field(default=0.4, ge=SHORTEST_PULSE_S, le=LONGEST_PULSE_S, description=_PULSE)


class BoardBankTable(BankTable):
    driver: Literal["rs485"]
    board: Literal["8a", "kerong", "winnsen"] = Field(
        description='write which board it is: "8a" (most without a name), "kerong" or "winnsen"'
    )
    name: Id | None = Field(default=None, description='name the board for people, as name = "left-door"')
    port: Line = Field(description='write its serial port, as port = "/dev/ttyUSB0"')
    baud: Literal[1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200] | None = Field(
        default=None, description="write the board's speed, as baud = 9600, or leave it out: the maker's is known"
    )
    address: int = Field(description="write the address that the board's switches are set to, as address = 1")
    locks: list[int] | None = Field(
        default=None, description="list the lock of each locker, as locks = [1, 2, 3]; left out, they count from 1"
    )
    channels: int | None = Field(
        default=None, ge=1, le=24, description="write how many locks the board could take, as channels = 16"
    )
    pulse: DurationS = Field(default=1.0, ge=SHORTEST_PULSE_S, le=LONGEST_PULSE_S, description=_PULSE)
    echo: bool = Field(default=False, description="write echo = true where the adapter hears what it sends")


_TABLES: dict[str, type[PinBankTable | ExpanderBankTable | BoardBankTable]] = {
    "gpio": PinBankTable,
    "mcp23017": ExpanderBankTable,
    "rs485": BoardBankTable,
}


def lock_banks_of(
    raw: Sequence[object], source: Source, loc: Loc, taken: Mapping[int, str], findings: Findings
) -> tuple[LockBankChoices, ...]:
    """The sound ones among the [[lockers.bank]] tables, after telling what is wrong with the others.

    raw: the list as the file has it. loc: where it stands, ("lockers", "bank"). taken: GPIO that something else uses,
    with what for. With findings.blocked the result is not to be used.
    """
    banks: list[tuple[Loc, LockBankChoices]] = []
    for at, entry in enumerate(raw):
        table = _checked(entry, source, (*loc, at), findings)
        if table is not None:
            banks += [((*loc, at), bank) for bank in _bank_of(table, at + 1, source, (*loc, at), findings)]
    _check_lockers(banks, source, findings)
    _check_pins(banks, source, taken, findings)
    _check_expanders(banks, source, findings)
    _check_lines(banks, source, findings)
    return tuple(bank for _, bank in banks)


def _checked(
    entry: object, source: Source, loc: Loc, findings: Findings
) -> PinBankTable | ExpanderBankTable | BoardBankTable | None:
    driver = entry.get("driver") if isinstance(entry, dict) else None
    if not isinstance(driver, str) or driver not in _TABLES:
        what = "is missing" if driver is None else f"is {named(driver)}, which is no driver"
        remedy = did_you_mean(str(driver or ""), _TABLES, kind="drivers")
        findings.error(source, (*loc, "driver"), what, remedy)
        return None
    table = _TABLES[driver]
    try:
        return table.model_validate(entry)
    except ValidationError as error:
        for inner, what, remedy in sentences(error, table, entry):
            findings.error(source, loc + inner, what, remedy)
        return None


def _bank_of(
    table: PinBankTable | ExpanderBankTable | BoardBankTable, number: int, source: Source, loc: Loc, findings: Findings
) -> Iterator[LockBankChoices]:
    """The table as a plain value; nothing after telling what does not fit together."""
    lockers = [LockerId(locker) for locker in table.lockers]
    twice = next((locker for locker in lockers if lockers.count(locker) > 1), None)
    if twice is not None:
        findings.error(source, (*loc, "lockers"), f"locker {twice} is named twice", "name each locker once")
        return
    match table:
        case PinBankTable() | ExpanderBankTable():
            latches = table.latches
            doors: list[int | None] = [None] * len(lockers) if table.doors is None else [*table.doors]
            fits = _as_many(latches, lockers, source, (*loc, "latches"), findings)
            fits &= _as_many(doors, lockers, source, (*loc, "doors"), findings)
            locks = dict(zip(lockers, zip(latches, doors, strict=False), strict=False))
            if fits and isinstance(table, PinBankTable):
                yield PinBank(locks, table.inverted, table.pulse)
            elif fits and isinstance(table, ExpanderBankTable):
                at = table.address if table.door_address is None else table.door_address
                yield ExpanderBank(table.bus, table.address, at, locks, table.inverted, table.pulse)
        case BoardBankTable():
            kind = BoardKind(table.board)
            limits = BOARDS[kind]
            channels = min(table.channels or 16, limits.locks)
            on_it = table.locks if table.locks is not None else list(range(1, len(lockers) + 1))
            fits = _as_many(on_it, lockers, source, (*loc, "locks"), findings)
            if table.address not in limits.addresses:
                what = f"is {table.address}, which no {kind.value} board has"
                remedy = f"write an address from {limits.addresses[0]} to {limits.addresses[-1]}"
                findings.error(source, (*loc, "address"), what, remedy)
                fits = False
            wrong = [lock for lock in on_it if not 1 <= lock <= channels]
            if wrong or len(set(on_it)) < len(on_it):
                what = f"the board has locks 1 to {channels}, each once"
                findings.error(source, (*loc, "locks"), what, "give each locker a lock of its own, or set channels")
                fits = False
            if fits:
                yield BoardBank(
                    name=table.name or f"board {number}",
                    port=table.port,
                    kind=kind,
                    baud=table.baud or limits.baud,
                    address=table.address,
                    channels=channels,
                    locks=dict(zip(lockers, on_it, strict=True)),
                    inverted=table.inverted,
                    pulse_s=table.pulse,
                    echo=table.echo,
                )


def _as_many(
    listed: Sequence[object], lockers: Sequence[LockerId], source: Source, loc: Loc, findings: Findings
) -> bool:
    if len(listed) != len(lockers):
        what = f"lists {len(listed)} for {len(lockers)} lockers"
        findings.error(source, loc, what, "list one for each locker, in the same order")
    return len(listed) == len(lockers)


def _check_lockers(banks: Iterable[tuple[Loc, LockBankChoices]], source: Source, findings: Findings) -> None:
    seen: set[LockerId] = set()
    for loc, bank in banks:
        again = sorted(seen & set(bank.locks))
        if again:
            what = f"locker {again[0]} has a latch in an earlier entry already"
            findings.error(source, (*loc, "lockers"), what, "name each locker once")
        seen |= set(bank.locks)


def _check_pins(
    banks: Iterable[tuple[Loc, LockBankChoices]], source: Source, taken: Mapping[int, str], findings: Findings
) -> None:
    used = dict(taken)
    for loc, bank in banks:
        if isinstance(bank, PinBank):
            for locker, (latch, door) in bank.locks.items():
                _check_pin(latch, f"the latch of locker {locker}", source, (*loc, "latches"), used, findings)
                if door is not None:
                    _check_pin(door, f"the door of locker {locker}", source, (*loc, "doors"), used, findings)


def _check_pin(pin: int, what_for: str, source: Source, loc: Loc, used: dict[int, str], findings: Findings) -> None:
    if not 0 <= pin <= LAST_PIN:
        what = f"{what_for} is GPIO {pin}, but the Pi's header has GPIO 0 to {LAST_PIN}"
        findings.error(source, loc, what, "take one of GPIO 9 to 13 or 16 to 27")
    elif pin in RESERVED:
        findings.error(source, loc, f"GPIO {pin} is reserved: {RESERVED[pin]}", "take one of GPIO 9 to 13 or 16 to 27")
    elif pin in used:
        what = f"GPIO {pin} is taken by {used[pin]} already"
        findings.error(source, loc, what, "give every latch and every door a pin of its own")
    elif pin in PULLED_UP and loc[-1] == "latches":
        what = f"GPIO {pin} is pulled up while the Pi starts: {what_for} would open by itself"
        findings.error(source, loc, what, "take one of GPIO 9 to 13 or 16 to 27")
    used.setdefault(pin, what_for)


def _check_expanders(banks: Iterable[tuple[Loc, LockBankChoices]], source: Source, findings: Findings) -> None:
    used: dict[tuple[int, int, int], str] = {}
    for loc, bank in banks:
        if not isinstance(bank, ExpanderBank):
            continue
        for locker, (latch, door) in bank.locks.items():
            uses = [("latches", bank.address, latch, f"the latch of locker {locker}")]
            if door is not None:
                uses.append(("doors", bank.door_address, door, f"the door of locker {locker}"))
            for key, address, pin, what_for in uses:
                spot = (bank.bus, address, pin)
                name = f"{'AB'[pin // 8]}{pin % 8}"
                if spot in used:
                    what = f"{name} of expander 0x{address:02x} is taken by {used[spot]} already"
                    findings.error(source, (*loc, key), what, "give every latch and every door a pin of its own")
                elif key == "doors" and pin in EXPANDER_OUTPUTS_ONLY:
                    what = f"{name} of an MCP23017 cannot be read: {what_for} would tell nothing"
                    findings.error(source, (*loc, key), what, "take another pin for it, and A7 or B7 for a latch")
                used.setdefault(spot, what_for)


def _check_lines(banks: Iterable[tuple[Loc, LockBankChoices]], source: Source, findings: Findings) -> None:
    """Boards at one port share its speed and its language, and have an address each."""
    first: dict[str, BoardBank] = {}
    addresses: set[tuple[str, int]] = set()
    names: set[str] = set()
    for loc, bank in banks:
        if not isinstance(bank, BoardBank):
            continue
        other = first.setdefault(bank.port, bank)
        if (bank.kind, bank.baud, bank.echo) != (other.kind, other.baud, other.echo):
            what = f"{shown(bank.port)} has a {other.kind.value} board at {other.baud} baud already"
            remedy = "boards that differ in board, baud or echo need a port of their own"
            findings.error(source, (*loc, "port"), what, remedy)
        if (bank.port, bank.address) in addresses:
            what = f"address {bank.address} at {shown(bank.port)} is taken already"
            findings.error(source, (*loc, "address"), what, "set each board's switches to an address of its own")
        if bank.name in names:
            what = f"the name {shown(bank.name)} is taken already"
            findings.error(source, (*loc, "name"), what, "give each board a name of its own")
        addresses.add((bank.port, bank.address))
        names.add(bank.name)
    for bank in first.values():
        _tell_slow_line(
            bank, sum(isinstance(one, BoardBank) and one.port == bank.port for _, one in banks), source, findings
        )


def _tell_slow_line(bank: BoardBank, boards: int, source: Source, findings: Findings) -> None:
    """A line that is asked too seldom still works; a door that is forced open is seen late."""
    hz, loc = asked_hz(bank.kind, bank.baud, boards), ("lockers", "bank")
    if hz < ASKED_HZ:
        what = (
            f"{boards} boards at {shown(bank.port)} with {bank.baud} baud are asked {hz:.1f} times a second each, not 5"
        )
        findings.warning(source, loc, what, "give half of them a port of their own")
    elif BOARDS[bank.kind].blocks_line and boards > MOST_AT_A_BLOCKED_LINE:
        what = (
            f"while a lock of one opens, the other {boards - 1} boards at {shown(bank.port)} are not asked for a second"
        )
        findings.warning(source, loc, what, "give half of them a port of their own")
