"""Counting tags and tidying: `kiosk lockers count`, `census`, `tidy`, `notices` (L10-L12)."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator

from rich.console import Console
from rich.table import Table
from rich.text import Text

from kiosk.app.commands.bag_counter import BagCounter
from kiosk.app.commands.lockers import DONE, PROBLEMS
from kiosk.desks.lockers.counts import NOTHING
from kiosk.desks.lockers.sheets import Refused, Sheet, Sheets
from kiosk.rules.lockers.census import Look, Tally, expected, next_to_look
from kiosk.rules.lockers.closing import SheetKind
from kiosk.rules.lockers.tidy import Tick, items_of, unlooked
from kiosk.rules.people.person import Person
from kiosk.units import Language, LockerId


def count(arguments: argparse.Namespace) -> int:
    """The tags before opening; too few, and the manager is told at once."""
    return _counted(arguments, SheetKind.MORNING_COUNT)


def census(arguments: argparse.Namespace) -> int:
    """Every tag at its own locker after closing; what differs is listed, and signed."""
    return _counted(arguments, SheetKind.EVENING_CENSUS)


def tidy(arguments: argparse.Namespace) -> int:
    """The tidy list, before opening or after closing."""
    kind = SheetKind.EVENING_TIDY if arguments.evening else SheetKind.MORNING_TIDY
    with BagCounter(arguments) as counter:
        by = counter.acting()
        sheets = _sheets(counter)
        sheet = sheets.begin(kind, counter.today().day, by, counter.now)
        if isinstance(sheet, Refused):
            return _refused(sheet.why)
        language = Language(arguments.language)
        left = unlooked(sheets.items, sheets.ticks(sheet))
        for item in (one for one in sheets.items if one.id in left):
            answer = _line(f"{item.text[language]}? (y, or what is not): ")
            if answer is None:
                break
            done = answer.lower() in ("y", "yes", "是", "")
            if refused := sheets.tick(sheet, Tick(item.id, done, "" if done else answer), by, counter.now):
                return _refused(refused.why)
        if arguments.later:
            return _kept()
        open_ones = sheets.sign_tidy(sheet, by, counter.now)
        if isinstance(open_ones, Refused):
            return _refused(open_ones.why)
        for tick in open_ones:
            sys.stdout.write(f"open: {tick.item}: {tick.why}\n")
        sys.stdout.write(f"the {kind.value} is signed by {by.name}\n")
        return DONE


def notices(arguments: argparse.Namespace) -> int:
    """What hangs on the board, or that somebody has seen to one of them."""
    with BagCounter(arguments) as counter:
        by = counter.acting()
        if arguments.seen is not None:
            key = next((one.key for one in counter.board.hanging() if one.n == arguments.seen), None)
            if key is None or not counter.board.take_down(key, counter.now, by.id):
                return _refused(f"no notice {arguments.seen} hangs on the board")
            return DONE
        hanging = counter.board.hanging()
        if arguments.json:
            values = [{"n": one.n, "since": one.at.isoformat(), "for": one.for_whom.value, "what": one.text}
                      for one in hanging]  # fmt: skip
            sys.stdout.write(json.dumps(values, ensure_ascii=False, indent=1) + "\n")
            return DONE
        table = Table(title="notices", title_justify="left")
        for heading in ("n", "since", "for", "what"):
            table.add_column(heading, overflow="fold")
        for one in hanging:
            table.add_row(str(one.n), f"{one.at:%m-%d %H:%M}", one.for_whom.value, Text(one.text))
        Console().print(table)
        return DONE


def _counted(arguments: argparse.Namespace, kind: SheetKind) -> int:
    if arguments.at is not None:
        from kiosk.app.commands.count_at_reader import counted

        return counted(arguments, "count" if kind is SheetKind.MORNING_COUNT else "census")
    with BagCounter(arguments) as counter:
        if counter.lockers_table.tickets:
            return _refused("tickets are printed here: no tags hang at the lockers")
        by = counter.acting()
        sheets = _sheets(counter)
        sheet = sheets.begin(kind, counter.today().day, by, counter.now)
        if isinstance(sheet, Refused):
            return _refused(sheet.why)
        if refused := _walk(counter, sheets, sheet, by):
            return _refused(refused.why)
        result = sheets.tally(sheet)
        _show(result)
        if arguments.later:
            return _kept()
        signed = sheets.sign_count(sheet, by, counter.now)
        if isinstance(signed, Refused):
            return _refused(signed.why)
        sys.stdout.write(f"the {kind.value} is signed by {by.name}\n")
        if signed.too_few:
            sys.stdout.write("tags are missing: the manager is told\n")
        return PROBLEMS if signed.differences else DONE


def _walk(counter: BagCounter, sheets: Sheets, sheet: Sheet, by: Person) -> Refused | None:
    """Along the lockers: at each the code of what hangs there; "12 CODE" for another than the next one."""
    for at, text in _scans(sheets, sheet):
        hanging = None if text == NOTHING else counter.hanging(text)
        doubt = hanging if isinstance(hanging, str) else ""
        plaque = None if isinstance(hanging, str) else hanging
        if refused := sheets.look(sheet, Look(at, plaque, doubt), by, counter.now):
            return refused
        if doubt:
            sys.stderr.write(f"locker {at}: {doubt}; scan it again, or go on\n")
    return None


def _scans(sheets: Sheets, sheet: Sheet) -> Iterator[tuple[LockerId, str]]:
    while (at := next_to_look(sheets.expected(), sheets.looks(sheet))) is not None:
        line = _line(f"locker {at}: scan its tag, or {NOTHING} for none: ")
        if line is None:
            return
        place, _, text = line.partition(" ")
        if text and place.isdecimal():
            yield LockerId(int(place)), text.strip()
        elif line:
            yield at, line


def _sheets(counter: BagCounter) -> Sheets:
    wanted = expected(counter.lockers())
    return Sheets(counter.sheets, lambda: wanted, items_of(counter.lockers_table.tidy))


def _show(result: Tally) -> None:
    sys.stdout.write(f"{result.found} of {result.expected} tags are where they should be\n")
    for one in result.differences:
        sys.stdout.write(f"  {one}\n")


def _line(question: str) -> str | None:
    """An answer, None at the end of what there is."""
    if sys.stdin.isatty():
        sys.stderr.write(question)
        sys.stderr.flush()
    line = sys.stdin.readline()
    return line.strip() if line else None


def _kept() -> int:
    sys.stdout.write("kept, and not signed yet: the same command goes on where this one ended\n")
    return DONE


def _refused(why: str) -> int:
    sys.stderr.write(f"kiosk: refused: {why}\n")
    return PROBLEMS
