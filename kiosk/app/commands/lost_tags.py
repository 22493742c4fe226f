"""Lost tags: `kiosk lockers lost report|describe|compare|match|identify|fee|slip|sign|approve|open|…` (L07-L09).

Every step is written down by itself, so the procedure goes on after anything, at any keyboard. What is personal is
asked for on the terminal, never taken from the command line, where everybody on this machine could read it.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from kiosk.app.commands.bag_counter import BagCounter
from kiosk.app.commands.lockers import DONE, PROBLEMS, staff_ask
from kiosk.app.commands.share import fen_typed
from kiosk.errors import KioskError
from kiosk.ledger.lockers import LedgerLockers
from kiosk.ports.bag_day import KeptTag
from kiosk.rules.lockers.identity import DocumentKind
from kiosk.rules.lockers.identity_check import Doubtful, shown
from kiosk.rules.lockers.lost_slip import SlipWords, slips_of, text_of
from kiosk.rules.lockers.lost_slip_sheet import sheets_of
from kiosk.rules.lockers.lost_tag import Case, after, event_of, report
from kiosk.rules.lockers.lost_tag_deeds import (
    Approve,
    Deed,
    Describe,
    FileAway,
    HandOver,
    HoldBack,
    Identify,
    Match,
    Refused,
    SeeNote,
    Sign,
    TakeFee,
    Withdraw,
)
from kiosk.rules.people.person import Person
from kiosk.units import Language

RECENT = timedelta(days=7)
PRIVATE = 0o600


def reported(arguments: argparse.Namespace) -> int:
    """The entry in the lost-tag book; from then on the tag opens nothing."""
    with BagCounter(arguments) as counter:
        by = counter.acting()
        locker = next((one for one in counter.lockers() if one.id == arguments.locker), None)
        if locker is None:
            raise KioskError(f"there is no locker {arguments.locker}")
        case = report(locker.id, locker.number, locker.generation, locker.deposit, by, counter.now)
        if isinstance(case, Refused):
            return _refused(case.why)
        entered = counter.book().enter(case)
        if entered is None:
            return _refused(f"a case about what is in locker {locker.id} is open already: kiosk lockers lost list")
        return _said(entered)


def described(arguments: argparse.Namespace) -> int:
    """The shopper says what is inside, before anybody of the store looks at the note."""
    return _do(arguments, lambda counter, case: Describe(_asked("what is in the bag, and how does it look? ")))


def compared(arguments: argparse.Namespace) -> int:
    """The deposit's note beside the description: that it was seen is written down before it is shown."""
    with BagCounter(arguments) as counter:
        by = counter.acting()
        kept = _step(counter, arguments.case, SeeNote(), by)
        if isinstance(kept, Refused):
            return _refused(kept.why)
        deposit = LedgerLockers(lambda: counter.ledger, counter.zone).deposit(kept.deposit)
        note = counter.book().note_of(kept.deposit) or "nothing was noted: compare at the open door"
        size = counter.lockers_table.places.get(kept.locker)
        table = Table(title=f"case {kept.n}", title_justify="left", show_header=False)
        table.add_row("the shopper says", Text(kept.description))
        table.add_row("noted", Text(note))
        if deposit is not None:
            table.add_row("left at", f"{deposit.began:%Y-%m-%d %H:%M}")
        if size is not None:
            table.add_row("locker", Text(f"{kept.locker}, {size.size.value}, {size.where}"))
        Console().print(table)
        return _said(kept)


def matched(arguments: argparse.Namespace) -> int:
    """Somebody of the store decides."""
    return _do(arguments, lambda counter, case: Match(arguments.fits, _why(arguments)))


def identified(arguments: argparse.Namespace) -> int:
    """Who it is, on a document; its number is encrypted, a copy on paper goes with the slip."""

    def ask(counter: BagCounter, case: Case) -> Deed | Refused:
        document = shown(DocumentKind(arguments.document), _asked("number of the document: "), counter.now.date())
        if isinstance(document, Doubtful):
            return Refused(document.why)
        return Identify(_asked("name: "), _asked("address: "), document, copied=arguments.copied)

    return _do(arguments, ask)


def paid(arguments: argparse.Namespace) -> int:
    """The fee is taken; it gets a receipt number."""
    return _do(arguments, lambda counter, case: TakeFee(_fen(arguments, counter)))


def slip(arguments: argparse.Namespace) -> int:
    """Both copies, as a page or as text for a printer of lines."""
    with BagCounter(arguments) as counter:
        by = counter.acting()
        case = _case(counter, arguments.case)
        if not case.receipt:
            return _refused(f"case {case.n} is {case.step.value}; now {case.following}")
        language = Language(arguments.language)
        place = counter.lockers_table.places.get(case.locker)
        words = SlipWords(
            counter.store_name(language), counter.name_of(case.cashier), place.where if place is not None else ""
        )
        copies = slips_of(case, words, language)
        counter.audit(by, "prints the slip", f"lost tag {case.n}")
        if arguments.out is None:
            sys.stdout.write("\n".join(text_of(copy, arguments.columns) for copy in copies))
            return DONE
        from kiosk.display.sheet_paint import halves_pdf

        _write_private(arguments.out, halves_pdf(sheets_of(copies)))
        sys.stdout.write(f"{arguments.out}: print it, have it signed, then delete it\n")
        return DONE


def signed(arguments: argparse.Namespace) -> int:
    """Both copies are signed."""
    return _do(arguments, lambda counter, case: Sign())


def approved(arguments: argparse.Namespace) -> int:
    """The supervisor approves, by the PIN."""
    return _do(arguments, lambda counter, case: Approve())


def opened(arguments: argparse.Namespace) -> int:
    """The running front role opens the door, once, if the procedure is done."""
    answer = staff_ask(arguments, {"do": "open-lost", "case": arguments.case})
    sys.stdout.write("".join(f"{text}\n" for text, _ in answer["said"] if text))
    return DONE


def handed_over(arguments: argparse.Namespace) -> int:
    """The things are the shopper's again."""
    return _do(arguments, lambda counter, case: HandOver(arguments.kept))


def held_back(arguments: argparse.Namespace) -> int:
    """What was inside is not what was described."""
    return _do(arguments, lambda counter, case: HoldBack(_why(arguments)))


def withdrawn(arguments: argparse.Namespace) -> int:
    """The tag was found, or the shopper gave up."""
    return _do(arguments, lambda counter, case: Withdraw(_why(arguments), arguments.tag_found))


def filed(arguments: argparse.Namespace) -> int:
    """Slip, copy and money are at the cash office."""
    return _do(arguments, lambda counter, case: FileAway(arguments.receipt))


def noted(arguments: argparse.Namespace) -> int:
    """What was left in a locker, noted by whoever took it in."""
    with BagCounter(arguments) as counter:
        by = counter.acting()
        locker = next((one for one in counter.lockers() if one.id == arguments.locker), None)
        if locker is None or not locker.deposit:
            return _refused(f"nothing is in locker {arguments.locker}, as far as the ledger knows")
        counter.book().note(locker.deposit, _asked("what is it? "), counter.now)
        counter.audit(by, "notes what was left", f"deposit {locker.deposit}")
        return DONE


def listed(arguments: argparse.Namespace) -> int:
    """The lost-tag book: what is open, and the last days; nothing personal."""
    with BagCounter(arguments) as counter:
        counter.acting()
        cases = counter.book().since(counter.now - RECENT)
        if arguments.json:
            sys.stdout.write(json.dumps([_values(case) for case in cases], ensure_ascii=False, indent=1) + "\n")
            return DONE
        table = Table(title="lost tags", title_justify="left")
        for heading in ("case", "locker", "tag", "reported", "step", "since", "receipt", "next"):
            table.add_column(heading, justify="right" if heading in ("case", "locker", "tag") else "left")
        for case in cases:
            receipt = f"{case.receipt:06}" if case.receipt else ""
            cells = (str(case.n), str(case.locker), str(case.number), f"{case.reported:%m-%d %H:%M}", case.step.value)
            table.add_row(
                *cells, f"{case.since:%m-%d %H:%M}", receipt, case.following, style="dim" if case.is_over else ""
            )
        Console().print(table)
        return DONE


def kept(arguments: argparse.Namespace) -> int:
    """The book of kept tags: which tag was left of a lost pair, and where it is (L09)."""
    with BagCounter(arguments) as counter:
        counter.acting()
        book = counter.book().kept_tags()
        if arguments.json:
            sys.stdout.write(json.dumps([_of_kept(one) for one in book], ensure_ascii=False, indent=1) + "\n")
            return DONE
        table = Table(title="kept tags", title_justify="left")
        for heading in ("tag", "locker", "where", "since", "by", "case"):
            table.add_column(heading, justify="right" if heading in ("tag", "locker", "case") else "left")
        for one in book:
            table.add_row(
                str(one.number),
                str(one.locker),
                Text(one.place),
                f"{one.at:%Y-%m-%d}",
                Text(counter.name_of(one.by)),
                str(one.case),
            )
        Console().print(table)
        return DONE


def _of_kept(one: KeptTag) -> dict[str, object]:
    return {
        "tag": one.number,
        "generation": one.generation,
        "locker": one.locker,
        "place": one.place,
        "at": one.at.isoformat(timespec="seconds"),
        "by": one.by,
        "case": one.case,
    }


def _values(case: Case) -> dict[str, object]:
    return {
        "case": case.n,
        "locker": case.locker,
        "tag": case.number,
        "generation": case.generation,
        "deposit": case.deposit,
        "reported": case.reported.isoformat(timespec="seconds"),
        "step": case.step.value,
        "since": case.since.isoformat(timespec="seconds"),
        "receipt": case.receipt,
        "received_fen": case.received_fen,
        "over": case.is_over,
        "next": case.following,
    }


def _do(arguments: argparse.Namespace, deed_of: Callable[[BagCounter, Case], Deed | Refused]) -> int:
    """One step: who asks is proven, the case is read, and it is kept only where nobody else was faster."""
    with BagCounter(arguments) as counter:
        by = counter.acting()
        deed = deed_of(counter, _case(counter, arguments.case))
        kept = deed if isinstance(deed, Refused) else _step(counter, arguments.case, deed, by)
        return _refused(kept.why) if isinstance(kept, Refused) else _said(kept)


def _step(counter: BagCounter, n: int, deed: Deed, by: Person) -> Case | Refused:
    case = _case(counter, n)
    done = after(case, deed, by, counter.now, counter.choices)
    if isinstance(done, Refused):
        counter.audit(by, "is refused", f"lost tag {n}", why=done.why)
        return done
    kept = counter.book().keep(done, was=case, by=by.id, action=event_of(deed).value)
    return kept or Refused(f"somebody else went on with case {n}: kiosk lockers lost list")


def _case(counter: BagCounter, n: int) -> Case:
    case = counter.book().case(n)
    if case is None:
        raise KioskError(f"there is no case {n}: kiosk lockers lost list")
    return case


def _asked(question: str) -> str:
    """An answer from the terminal, or the next line of what is piped in."""
    if sys.stdin.isatty():
        sys.stderr.write(question)
        sys.stderr.flush()
    return sys.stdin.readline().strip()


def _why(arguments: argparse.Namespace) -> str:
    return str(arguments.why or "")


def _fen(arguments: argparse.Namespace, counter: BagCounter) -> int:
    """What was given; the fee where nobody says."""
    return fen_typed(arguments.received) if arguments.received else counter.choices.fee_fen


def _write_private(path: Path, content: bytes) -> None:
    """Personal: nobody else on this machine is to read it."""
    try:
        path.unlink(missing_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
    except OSError as error:
        raise KioskError(f"{path} cannot be written: {error.strerror}") from error


def _said(case: Case) -> int:
    sys.stdout.write(f"case {case.n}: {case.step.value}; now {case.following}\n")
    return DONE


def _refused(why: str) -> int:
    sys.stderr.write(f"kiosk: refused: {why}\n")
    return PROBLEMS
