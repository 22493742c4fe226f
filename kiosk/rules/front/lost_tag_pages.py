"""What is asked about a lost tag at the screen: the locker, the contents, who it is, the money, the end (L07)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from kiosk.rules.forms.form import Always, Choice, Form, Option, Page, Words
from kiosk.rules.forms.money import shown_fen
from kiosk.rules.lockers.identity import DocumentKind
from kiosk.rules.lockers.identity_check import Doubtful, shown
from kiosk.rules.lockers.lost_tag import Case, LostTagChoices, Step
from kiosk.rules.lockers.lost_tag_deeds import (
    Deed,
    Describe,
    FileAway,
    HandOver,
    HoldBack,
    Identify,
    Match,
    Refused,
    TakeFee,
    Withdraw,
)
from kiosk.rules.writing.writing import Kind
from kiosk.sentences import N_, tell

FORM = "staff"
LOCKER, WHAT, WHY, WORDS, TAG = "locker", "what", "why", "words", "tag"
KIND, NUMBER, NAME, ADDRESS, COPIED = "document", "number", "name", "address", "copied"
GIVEN, KEPT, OFFICIAL, WAY = "given", "kept", "official", "way"
OTHER, FOUND, NONE, OFFICE, BACK = "other", "found", "none", "office", "back"
LONGEST_WHAT, LONGEST_WHY, LONGEST_ADDRESS, LONGEST_CODE = 200, 80, 80, 64
NOTES_FEN = (1000, 2000, 5000, 10000)  # that a shopper may pay with
GIVEN_BACK = "given back to the shopper"  # what the book says instead of a receipt of the cash office

NOTHING_THERE = N_("Nothing is stored there: see under Lockers which are taken")
THE_TAG = N_("The tag is found")
_OWN_WORDS = Words(WORDS, N_("Why?"), longest=LONGEST_WHY)
DOCUMENTS: Mapping[DocumentKind, str] = MappingProxyType(
    {
        DocumentKind.IDENTITY_CARD: N_("Identity card"),
        DocumentKind.PASSPORT: N_("Passport"),
        DocumentKind.TRAVEL_PERMIT: N_("Travel permit"),
        DocumentKind.OTHER: N_("Another one"),
    }
)
_KIND = Choice(
    KIND,
    N_("Which document does the shopper show?"),
    tuple(
        Option(
            kind.value,
            words,
            icon="identification-card",
            tone="brand" if kind is DocumentKind.IDENTITY_CARD else "store",
        )
        for kind, words in DOCUMENTS.items()
    ),
)
_NAME = Words(NAME, N_("The name on the document"), kind=Kind.NAME, longest=40, private=True)
_ADDRESS = Words(ADDRESS, N_("The shopper's address"), longest=LONGEST_ADDRESS, private=True)
_COPIED = Choice(
    COPIED,
    N_("Is a copy of the document with the slip?"),
    (
        Option("yes", N_("The copy is made"), icon="check-circle", tone="good"),
        Option("no", N_("There is no copy yet"), icon="x", tone="care"),
    ),
    N_("It goes to the cash office with the slip and the money"),
)
DESCRIBES = Form(
    FORM,
    N_("What the shopper describes"),
    Always(
        (
            Words(
                WHAT,
                N_("What is inside, and how does the bag look?"),
                N_("In the shopper's words; nobody looks at the note before"),
                longest=LONGEST_WHAT,
            ),
        )
    ),
)
_KEPT = (
    Option("at the desk", N_("The tag that is left is kept at the desk"), icon="tag", tone="good"),
    Option(NONE, N_("No tag is left"), icon="x", tone="plain"),
    Option(OTHER, N_("It is kept elsewhere"), icon="map-pin", tone="store"),
)


@dataclass(frozen=True, slots=True)
class Stored:
    """Checks the number of a locker. ids: of those in which something lies."""

    ids: frozenset[int]

    def __call__(self, number: str) -> str:
        known = number.isascii() and number.isdecimal() and int(number) in self.ids
        return "" if known else NOTHING_THERE


@dataclass(frozen=True, slots=True)
class CanBe:
    """Checks the number of a document, digit by digit."""

    kind: DocumentKind
    today: date

    def __call__(self, number: str) -> str:
        document = shown(self.kind, number, self.today)
        return document.why if isinstance(document, Doubtful) else ""


@dataclass(frozen=True, slots=True)
class Identifying:
    """Implements Pages: the document first, for its kind decides how its number is checked."""

    today: date

    def __call__(self, answers: Mapping[str, str]) -> tuple[Page, ...]:
        kind = next((one for one in DocumentKind if one.value == answers.get(KIND)), DocumentKind.OTHER)
        number = Words(
            NUMBER,
            N_("The number of the document"),
            kind=Kind.CARD if kind is DocumentKind.IDENTITY_CARD else Kind.LETTERS,
            longest=40,
            private=True,
            check=CanBe(kind, self.today),
        )
        return (_KIND, number, _NAME, _ADDRESS, _COPIED)


@dataclass(frozen=True, slots=True)
class Why:
    """Implements Pages: one of the usual reasons or a few words, which are kept as personal; a tag that was found is
    shown."""

    usual: tuple[Option, ...]

    def __call__(self, answers: Mapping[str, str]) -> tuple[Page, ...]:
        asked = Choice(WHY, N_("Why?"), (*self.usual, Option(OTHER, N_("Another reason"))))
        match answers.get(WHY):
            case "found":
                tag = Words(TAG, N_("Scan the tag that was found"), kind=Kind.LETTERS, longest=LONGEST_CODE)
                return (asked, tag)
            case "other":
                return (asked, _OWN_WORDS)
            case _:
                return (asked,)


@dataclass(frozen=True, slots=True)
class HandingOver:
    """Implements Pages: where the tag is kept that is left of the pair (L09)."""

    def __call__(self, answers: Mapping[str, str]) -> tuple[Page, ...]:
        ask, line = (
            N_("Where is the tag that is left?"),
            N_("The shopper has looked: everything is there"),
        )
        where = (Words(WORDS, N_("Where is it kept?"), longest=40),) if answers.get(KEPT) == OTHER else ()
        return (Choice(KEPT, ask, _KEPT, line), *where)


@dataclass(frozen=True, slots=True)
class Filing:
    """Implements Pages: the cash office's receipt. withdrawn: or the fee went back to the shopper."""

    withdrawn: bool

    def __call__(self, answers: Mapping[str, str]) -> tuple[Page, ...]:
        receipt = Words(OFFICIAL, N_("The number of the cash office's receipt"), kind=Kind.LETTERS, longest=40)
        if not self.withdrawn:
            return (receipt,)
        way = Choice(
            WAY,
            N_("Where did the fee go?"),
            (
                Option(OFFICE, N_("To the cash office"), icon="bank", tone="good"),
                Option(BACK, N_("Back to the shopper"), icon="money", tone="store"),
            ),
        )
        return (way, receipt) if answers.get(WAY) == OFFICE else (way,)


def _usual(words: str) -> Option:
    """A reason that is kept as it is said: a screen says it in its language again."""
    return Option(words, words)


DIFFERS = Form(
    FORM,
    N_("It differs"),
    Why(
        (
            _usual(N_("The bag looks different")),
            _usual(N_("Other things are inside")),
        )
    ),
)
HOLDS_BACK = Form(
    FORM,
    N_("Hold the things back"),
    Why(
        (
            _usual(N_("The bag looks different")),
            _usual(N_("Other things are inside")),
            _usual(N_("The shopper is gone")),
        )
    ),
)
WITHDRAWS = Form(
    FORM,
    N_("Give the procedure up"),
    Why(
        (
            Option(FOUND, THE_TAG),
            _usual(N_("The shopper comes another time")),
            _usual(N_("The shopper gave it up")),
        )
    ),
)
HANDS_OVER = Form(FORM, N_("Handed over"), HandingOver())


def which_locker(ids: frozenset[int]) -> Form:
    """Whose tag is lost. ids: of the lockers in which something lies."""
    ask = Words(LOCKER, N_("Which locker is it?"), kind=Kind.DIGITS, longest=4, check=Stored(ids))
    return Form(FORM, N_("A tag is lost"), Always((ask,)))


def identifies(today: date) -> Form:
    """Who it is, by a document."""
    return Form(FORM, N_("Who it is"), Identifying(today), True, N_("Write it down"))


def takes_fee(choices: LostTagChoices) -> Form:
    """What was given: the fee, or a note and what goes back."""
    fee = choices.fee_fen
    exact = Option(str(fee), shown_fen(fee), N_("The exact fee"), "money", "good", literal=False)
    notes = tuple(
        Option(str(note), shown_fen(note), tell("{change} goes back", change=shown_fen(note - fee)), "money", "store")
        for note in NOTES_FEN
        if note > fee
    )
    ask = tell("The fee is {fee} yuan: how much was given?", fee=shown_fen(fee))
    return Form(FORM, N_("Take the fee"), Always((Choice(GIVEN, ask, (exact, *notes)),)))


def files(case: Case) -> Form:
    """Money, copy and slip went to the cash office."""
    return Form(FORM, N_("To the cash office"), Filing(case.step is Step.WITHDRAWN))


def deed_of(deed: str, told: Mapping[str, str], today: date) -> Deed | Refused:
    """The deed that was meant, with what was told; forms are looked at before."""
    match deed:
        case "describe":
            return Describe(told[WHAT])
        case "differs":
            return Match(fits=False, why=_why(told))
        case "identify":
            document = shown(DocumentKind(told[KIND]), told[NUMBER], today)
            if isinstance(document, Doubtful):
                return Refused(document.why)
            return Identify(told[NAME], told[ADDRESS], document, copied=told[COPIED] == "yes")
        case "fee":
            return TakeFee(int(told[GIVEN]))
        case "hand-over":
            kept = told[KEPT]
            return HandOver("" if kept == NONE else told[WORDS] if kept == OTHER else kept)
        case "hold-back":
            return HoldBack(_why(told))
        case "withdraw":
            return Withdraw(_why(told), tag_found=told[WHY] == FOUND)
        case "file":
            return FileAway(GIVEN_BACK if told.get(WAY) == BACK else told[OFFICIAL])
        case _:
            return Refused(N_("Somebody has seen to it"))


def _why(told: Mapping[str, str]) -> str:
    return told[WORDS] if told[WHY] == OTHER else THE_TAG if told[WHY] == FOUND else told[WHY]
