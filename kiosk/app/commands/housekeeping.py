"""`kiosk housekeeping`: what is done every night, so that nobody has to think of it."""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kiosk.app.backup import back_up, contents
from kiosk.app.commands.share import DONE, PROBLEMS, places_of
from kiosk.app.places import Places
from kiosk.errors import KioskError, LedgerFault
from kiosk.ledger.return_slips import LedgerReturnSlips
from kiosk.ledger.store import Ledger, open_ledger
from kiosk.ledger.verify import Broken, verify
from kiosk.rules.returns.slip import KEPT

KEEP = 14
ASIDE_DAYS = 60  # copies that upgrades and restores made, and ledgers that were found damaged
HALF_MADE_DAYS = 1
COPIES = ("ledger.sqlite.before-*", "ledger.sqlite.damaged-*", "before-restore-*")


def housekeeping(arguments: argparse.Namespace) -> int:
    """Back up, read the whole ledger, prove the audit chain, let go of what is old. One that fails hinders no other."""
    where, now = places_of(arguments), datetime.now(UTC)
    if not where.ledger.exists():
        raise KioskError(f"there is no ledger at {where.ledger}: nothing to look after yet")
    problems: list[str] = []
    try:
        target = back_up(where, where.state / "backups", now, keep=KEEP)
        sys.stdout.write(f"backed up to {target}, {len(contents(target))} files\n")
    except LedgerFault as fault:
        problems.append(f"no backup: {fault}")
    try:
        with open_ledger(where.ledger) as ledger:
            problems += ledger.check()
            verdict = verify(ledger)
            purged = old_slips_purged(ledger, now)
        if isinstance(verdict, Broken):
            problems.append(f"the audit chain: {verdict}")
        else:
            sys.stdout.write(f"the ledger is whole: {verdict}\n")
        if purged:
            sys.stdout.write(f"phone, card and notes of {purged} return slips were deleted\n")
    except LedgerFault as fault:
        problems.append(str(fault))
    for old, why in let_go(where, now):
        if why:
            problems.append(f"{old} is old and cannot be removed: {why}")
        else:
            sys.stdout.write(f"{old.name} is old and was removed\n")
    for problem in problems:
        sys.stderr.write(f"kiosk: {problem}\n")
    return PROBLEMS if problems else DONE


def old_slips_purged(ledger: Ledger, now: datetime) -> int:
    """What is personal goes off return slips in time (S20); of how many. Raises LedgerFault."""
    return LedgerReturnSlips(lambda: ledger, UTC, b"").purge(now - KEPT)


def let_go(where: Places, now: datetime) -> Iterator[tuple[Path, str]]:
    """Remove copies of the ledger that nobody has asked for in so long, and what a power cut left half made; each, and
    why it is there still, "" for gone. All of them may hold what is personal (S20)."""
    state, backups = where.state, where.state / "backups"
    copies = [path for pattern in COPIES for path in state.glob(pattern)]
    halves = [*state.glob(".restoring-*"), *state.glob(f"{where.recollection.name}.*")]
    halves += [*backups.glob(".kiosk-*"), *backups.glob("*.part")]
    kept_days = {**dict.fromkeys(copies, ASIDE_DAYS), **dict.fromkeys(halves, HALF_MADE_DAYS)}
    for path, days in sorted(kept_days.items()):
        try:
            if now - datetime.fromtimestamp(path.stat().st_mtime, UTC) > timedelta(days=days):
                shutil.rmtree(path) if path.is_dir() else path.unlink()
                yield path, ""
        except OSError as error:
            yield path, error.strerror or str(error)
