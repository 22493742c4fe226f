"""What stands on a tag: its number, its generation, a check digit and the store's signature, all in digits (L01, L02).

Digits alone keep a bar code short (Code 128 packs two into one sign), pass every keyboard layout that a reader may
pretend to have, and are what Damm's check digit is made for: it catches every single wrong digit and every pair of
neighbours that changed places. A check digit stops no forger; the signature does.

    plaque   1 NNNN GGG K MMMMMMMMMMMM D          number, generation, which key, signature, check digit
    ticket   2 NNNN SSSSSSSSS K MMMMMMMMMMMM D    number of the locker, number of the deposit, as above
    typed    CCCCCCCC D                           the short code below a ticket, for somebody who types
    chip     8 to 16 hexadecimal digits           the number of an RFID chip that cannot be written
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Sequence
from datetime import datetime

from stdnum import damm

from kiosk.rules.lockers.tags import (
    LAST_DEPOSIT,
    LAST_GENERATION,
    LAST_NUMBER,
    Chip,
    Plaque,
    Printed,
    Tag,
    TagKey,
    Ticket,
    Typed,
)
from kiosk.rules.lockers.verdicts import Reason, Refused

_SIGNATURE = 12  # digits: 40 bits, of which a guesser has five
_CODE = 8
_CHIP = re.compile(r"[0-9A-F]{8}|[0-9A-F]{10}|[0-9A-F]{14}|[0-9A-F]{16}", re.ASCII)
_PLAQUE = re.compile(r"1(?P<number>\d{4})(?P<generation>\d{3})(?P<key>\d)(?P<signature>\d{12})\d", re.ASCII)
_TICKET = re.compile(r"2(?P<number>\d{4})(?P<deposit>\d{9})(?P<key>\d)(?P<signature>\d{12})\d", re.ASCII)
_TYPED = re.compile(r"\d{9}", re.ASCII)


def accepted(keys: Sequence[TagKey], now: datetime) -> tuple[TagKey, ...]:
    """The keys whose tags count now, the one that signs first."""
    return tuple(key for key in keys if key.until is None or now < key.until)


def text_of(tag: Printed, key: TagKey) -> str:
    """What the bar code says. ValueError for numbers that no tag has room for."""
    if isinstance(tag, Plaque):
        fits = 1 <= tag.generation <= LAST_GENERATION
        head = f"1{tag.number:04}{tag.generation:03}"
    else:
        fits = 1 <= tag.deposit <= LAST_DEPOSIT
        head = f"2{tag.number:04}{tag.deposit:09}"
    if not fits or not 1 <= tag.number <= LAST_NUMBER:
        raise ValueError(f"{tag} does not fit on a tag")
    signed = f"{head}{key.id}"
    body = signed + _digits(key, signed, _SIGNATURE)
    return body + damm.calc_check_digit(body)


def typed_code(ticket: Ticket, key: TagKey, attempt: int = 0) -> str:
    """The short code of a ticket: nine digits. attempt: another one, where an earlier ticket has the same."""
    code = _digits(key, f"typed {ticket.deposit} {attempt}", _CODE)
    return code + damm.calc_check_digit(code)


def mark_of(text: str, key: TagKey) -> str:
    """What is kept of a short code or a chip: whoever steals the ledger but not the key learns nothing from it."""
    return hmac.new(key.secret, f"mark {text}".encode(), hashlib.sha256).hexdigest()


def read(text: str, keys: Sequence[TagKey]) -> Tag | Refused:
    """What a scanned or typed text claims to be, once its form, its check digit and its signature are right.

    keys: those that are accepted now. Takes any text whatever. People group the digits that they type.
    """
    plain = text.strip().replace(" ", "").replace("-", "")
    plaque, ticket = _PLAQUE.fullmatch(plain), _TICKET.fullmatch(plain)
    signed = plaque or ticket
    if signed is None and not _TYPED.fullmatch(plain):
        chip = plain.upper()
        if not _CHIP.fullmatch(chip):
            return Refused(Reason.FORM)
        return Chip(tuple(mark_of(chip, key) for key in keys))
    if not damm.is_valid(plain):
        return Refused(Reason.CHECK_DIGIT)
    if signed is None:
        return Typed(tuple(mark_of(plain, key) for key in keys))
    key = next((key for key in keys if key.id == int(signed["key"])), None)
    if key is None:
        return Refused(Reason.STRANGE_KEY)
    if not hmac.compare_digest(signed["signature"], _digits(key, plain[: signed.end("key")], _SIGNATURE)):
        return Refused(Reason.FORGED)
    if plaque is not None:
        return Plaque(int(plaque["number"]), int(plaque["generation"]))
    return Ticket(int(signed["number"]), int(signed["deposit"]))


def grouped(code: str) -> str:
    """A code as people read it aloud: in threes, or fours where it is long."""
    size = 3 if len(code) <= 9 else 4
    return " ".join(code[at : at + size] for at in range(0, len(code), size))


def _digits(key: TagKey, message: str, count: int) -> str:
    """So many digits of an HMAC-SHA256; eight bytes more than they need, so that none is likelier than another."""
    found = hmac.new(key.secret, message.encode(), hashlib.sha256).digest()
    return f"{int.from_bytes(found[:16], 'big') % 10**count:0{count}}"
