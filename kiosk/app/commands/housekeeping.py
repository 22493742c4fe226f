"""`kiosk housekeeping`: what is done every night, so that nobody has to think of it."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kiosk.app.backup import back_up, contents
from kiosk.app.commands.share import DONE, PROBLEMS, places_of
from kiosk.errors import KioskError, LedgerFault
from kiosk.ledger.return_slips import LedgerReturnSlips
from kiosk.ledger.store import Ledger, open_ledger
from kiosk.ledger.verify import Broken, verify
from kiosk.rules.returns.slip import KEPT

KEEP = 14
ASIDE_DAYS = 60  # copies that upgrades and restores made, and ledgers that were found damaged


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
    for old in let_go(where.state, now):
        sys.stdout.write(f"{old} is old and was removed\n")
    for problem in problems:
        sys.stderr.write(f"kiosk: {problem}\n")
    return PROBLEMS if problems else DONE


def old_slips_purged(ledger: Ledger, now: datetime) -> int:
    """What is personal goes off return slips in time (S20); of how many. Raises LedgerFault."""
    return LedgerReturnSlips(lambda: ledger, UTC, b"").purge(now - KEPT)


def let_go(state: Path, now: datetime) -> list[str]:
    """Remove copies of the ledger that nobody has asked for in so long; their names."""
    gone = []
    for path in sorted((*state.glob("ledger.sqlite.before-*"), *state.glob("ledger.sqlite.damaged-*"))):
        age = now - datetime.fromtimestamp(path.stat().st_mtime, UTC)
        if path.is_file() and age > timedelta(days=ASIDE_DAYS):
            path.unlink()
            gone.append(path.name)
    return gone
