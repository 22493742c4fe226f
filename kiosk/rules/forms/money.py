"""Amounts of money as people write them, in yuan with two decimals; inside they are whole fen."""

from __future__ import annotations

import re
from enum import Enum

from kiosk.sentences import N_

MOST_FEN = 99_999_999
LONGEST = 9  # 999999.99

_AMOUNT = re.compile(r"([+-]?)(\d{1,7})(?:\.(\d+))?", re.ASCII)


class NoAmount(Enum):
    """Why something is no amount; the values are sentences for whoever wrote it."""

    NOTHING = N_("Please write an amount such as 12.50")
    SIGNED = N_("Please write the amount without a sign, such as 12.50")
    DECIMALS = N_("Please write two decimals at most, such as 12.50")
    TOO_MUCH = N_("Nothing here costs as much: please look at the amount again")


def parts(text: str) -> tuple[str, str, str] | None:
    """Sign, digits before and after the point; None for what is no number of ours."""
    found = _AMOUNT.fullmatch(text)
    return None if found is None else (found[1], found[2], found[3] or "")


def amount(text: str) -> int | NoAmount:
    """The fen in "12", "12.5" or "12.50"; why there are none in anything else."""
    found = parts(text.strip())
    if found is None:
        return NoAmount.NOTHING
    sign, whole, after = found
    if sign:
        return NoAmount.SIGNED
    if len(after) > 2:
        return NoAmount.DECIMALS
    fen = int(whole) * 100 + int(after.ljust(2, "0"))
    return NoAmount.TOO_MUCH if fen > MOST_FEN else fen


def wrong_amount(text: str) -> str:
    """What is wrong with an amount, as a page of a form says it; 0.00 is one."""
    found = amount(text)
    return found.value if isinstance(found, NoAmount) else ""


def wrong_price(text: str) -> str:
    """What is wrong with an amount that is paid: it is more than 0.00."""
    return wrong_amount(text) or ("" if amount(text) else NoAmount.NOTHING.value)


def fen_of(text: str) -> int:
    """Of an amount that was looked at before; 0 for what is none."""
    found = amount(text)
    return 0 if isinstance(found, NoAmount) else found


def shown_fen(fen: int) -> str:
    """Yuan with two decimals: 1250 is "12.50"."""
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02}"
