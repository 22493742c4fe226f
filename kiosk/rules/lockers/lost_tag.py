"""A shopper has lost the tag: the steps of the procedure, in their order, and the one door they may open (L07-L09).

One total table says where each deed leads at each step; what it does not allow is refused with what comes first. Only a
case that has every condition behind it makes a `LostTagWarrant`, and nothing else opens the door of somebody without a
tag. A case is a plain value, so that it survives a restart in the ledger.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum
from types import MappingProxyType

from kiosk.rules.forms.money import shown_fen
from kiosk.rules.lockers.identity import Document
from kiosk.rules.lockers.lost_tag_deeds import (
    COPIES,
    Approve,
    Deed,
    Describe,
    FileAway,
    HandOver,
    HoldBack,
    Identify,
    Match,
    OrderOpen,
    Refused,
    SeeNote,
    Sign,
    TakeFee,
    Withdraw,
)
from kiosk.rules.lockers.rights import Deed as Right
from kiosk.rules.lockers.rights import decide
from kiosk.rules.people.person import Denied, Person
from kiosk.sentences import N_, tell
from kiosk.units import LockerId

LONGEST = 400
ABANDONED = "nobody went on with it"


class Step(Enum):
    """How far a case has come; the values are what the ledger says."""

    REPORTED = N_("reported")  # it stands in the lost-tag book, and the tag is worth nothing any more
    DESCRIBED = N_("described")  # the shopper said what is inside; nobody of the store has seen the deposit's note
    COMPARING = N_("comparing")  # staff have the note before them: the description is not changed any more
    MATCHED = N_("matched")  # staff decided that it fits
    IDENTIFIED = N_("identified")  # who it is was seen on a document, and copied
    PAID = N_("paid")
    SIGNED = N_("signed")  # the slip, in two copies, by the shopper and by whoever took the money
    APPROVED = N_("approved")  # by the supervisor: the door may be opened, once
    OPENED = N_("opened")  # it was ordered open
    HANDED_OVER = N_("handed over")
    FILED = N_("filed")  # money, copy and slip are at the cash office, which made out the receipt
    DIFFERS = N_("differs")  # the description did not fit: nothing is handed out
    HELD_BACK = N_("held back")  # the door was open, and what was inside was not what was described
    WITHDRAWN = N_("withdrawn")  # the tag was found, or the shopper gave up


class Event(Enum):
    """What can happen to a case; the values are what the audit chain says."""

    DESCRIBED = "enters the description"
    NOTE_SEEN = "sees the deposit's note"
    MATCHED = "finds that it matches"
    DIFFERED = "finds that it does not match"
    IDENTIFIED = "sees the identity document"
    PAID = "takes the fee"
    SIGNED = "has the slip signed"
    APPROVED = "approves the opening"
    OPENED = "orders the door open"
    HANDED_OVER = "hands the things over"
    HELD_BACK = "holds the things back"
    WITHDRAWN = "withdraws the case"
    FILED = "hands slip, copy and money in"


S, E = Step, Event

# A step's row: where each event leads. What is not listed is refused and changes nothing. An entry that leads to its
# own step replaces what was entered there, for as long as nothing was built upon it.
_ROWS: Mapping[Step, Mapping[Event, Step]] = {
    S.REPORTED: {E.DESCRIBED: S.DESCRIBED, E.WITHDRAWN: S.WITHDRAWN},
    S.DESCRIBED: {E.DESCRIBED: S.DESCRIBED, E.NOTE_SEEN: S.COMPARING, E.WITHDRAWN: S.WITHDRAWN},
    S.COMPARING: {
        E.NOTE_SEEN: S.COMPARING,
        E.MATCHED: S.MATCHED,
        E.DIFFERED: S.DIFFERS,
        E.WITHDRAWN: S.WITHDRAWN,
    },
    S.MATCHED: {E.IDENTIFIED: S.IDENTIFIED, E.WITHDRAWN: S.WITHDRAWN},
    S.IDENTIFIED: {E.IDENTIFIED: S.IDENTIFIED, E.PAID: S.PAID, E.WITHDRAWN: S.WITHDRAWN},
    S.PAID: {E.SIGNED: S.SIGNED, E.WITHDRAWN: S.WITHDRAWN},
    S.SIGNED: {E.APPROVED: S.APPROVED, E.WITHDRAWN: S.WITHDRAWN},
    S.APPROVED: {E.APPROVED: S.APPROVED, E.OPENED: S.OPENED, E.WITHDRAWN: S.WITHDRAWN},
    # the door stuck, or the power went: the supervisor approves every further opening
    S.OPENED: {E.APPROVED: S.APPROVED, E.HANDED_OVER: S.HANDED_OVER, E.HELD_BACK: S.HELD_BACK},
    S.HANDED_OVER: {E.FILED: S.FILED},
    S.HELD_BACK: {E.FILED: S.FILED},
    S.WITHDRAWN: {E.FILED: S.FILED},  # where money was taken
    S.DIFFERS: {},
    S.FILED: {},
}
TRANSITIONS: Mapping[Step, Mapping[Event, Step | None]] = MappingProxyType(
    {step: MappingProxyType({event: row.get(event) for event in Event}) for step, row in _ROWS.items()}
)

CLOSED = N_("nothing: the case is closed")
_NEXT: Mapping[Step, str] = {
    S.REPORTED: N_("the shopper describes what is inside"),
    S.DESCRIBED: N_("the description is compared with the deposit's note"),
    S.COMPARING: N_("somebody decides whether the description matches"),
    S.MATCHED: N_("the shopper shows an identity document, and a copy is kept"),
    S.IDENTIFIED: N_("the fee is taken"),
    S.PAID: N_("the slip is printed twice and signed"),
    S.SIGNED: N_("the supervisor approves with a PIN"),
    S.APPROVED: N_("the door is opened"),
    S.OPENED: N_("somebody says whether the things were handed over"),
    S.HANDED_OVER: N_("slip, copy and money go to the cash office"),
    S.HELD_BACK: N_("slip, copy and money go to the cash office"),
    S.WITHDRAWN: N_("the fee that was taken goes to the cash office, or back"),
    S.DIFFERS: N_("the supervisor is told, and the things stay"),
    S.FILED: CLOSED,
}


@dataclass(frozen=True, slots=True)
class LostTagChoices:
    """The store's choices. fee_fen: hundredths of a yuan. two_people: who approves is not who took the fee.

    approval_s: so long an approval lets the door be opened. abandoned_s: a case on which nobody goes on for so long is
    withdrawn, up to the moment at which a door was ordered open. keep_days: how long personal data stay after the end
    of a case (S20), 0 to 365.
    """

    fee_fen: int = 500
    two_people: bool = True
    approval_s: float = 900.0
    abandoned_s: float = 72 * 3600.0
    keep_days: int = 30


USUAL = LostTagChoices()


@dataclass(frozen=True, slots=True)
class Case:
    """A line of the lost-tag book. Moments are zone-aware, money is in hundredths of a yuan.

    n: its number, which is the slip's too; 0 while the ledger has not taken it. locker, number, generation: of the lost
    tag, and where it belongs. deposit: what lies in the locker. taken_by, matched_by, cashier, signed_by, approved_by,
    handed_by: ids of people. description, name, address, document: personal, "" and None once they are purged.
    described, note_seen: when. fee_fen: what was asked for; received_fen: what was given. receipt: our number of the
    taking, 0 for none. openings: how often the door was ordered open. official: the cash office's receipt. kept: where
    the remaining tag of the pair is kept (L09). tag_found: the shopper holds the tag again. deeds: how many were done.
    """

    locker: LockerId
    number: int
    generation: int
    deposit: int
    reported: datetime
    taken_by: str
    since: datetime
    step: Step = Step.REPORTED
    n: int = 0
    description: str = ""
    described: datetime | None = None
    note_seen: datetime | None = None
    matched_by: str = ""
    name: str = ""
    address: str = ""
    document: Document | None = None
    fee_fen: int = 0
    received_fen: int = 0
    receipt: int = 0
    cashier: str = ""
    copies: int = 0
    signed_by: str = ""
    approved_by: str = ""
    openings: int = 0
    handed_by: str = ""
    kept: str = ""
    official: str = ""
    tag_found: bool = False
    why: str = ""
    deeds: int = 0

    @property
    def following(self) -> str:
        """What comes next, as a clause."""
        return _NEXT[self.step] if not self.is_over else CLOSED

    @property
    def is_over(self) -> bool:
        """Whether nobody waits for anything any more."""
        return self.step in (S.FILED, S.DIFFERS) or (self.step is S.WITHDRAWN and not self.receipt)

    @property
    def holds_the_door(self) -> bool:
        """Whether somebody still wants the locker's things by this case."""
        return self.step not in (S.HANDED_OVER, S.FILED, S.DIFFERS, S.HELD_BACK, S.WITHDRAWN)


def report(locker: LockerId, number: int, generation: int, deposit: int, by: Person, now: datetime) -> Case | Refused:
    """The entry in the lost-tag book: the first step."""
    if not deposit:
        return Refused(tell("locker {n} is empty: there is nothing to hand out", n=locker))
    return (
        Refused(why) if (why := _may_not(by, None, now)) else Case(locker, number, generation, deposit, now, by.id, now)
    )


def event_of(deed: Deed) -> Event:
    """What a deed is in the table."""
    match deed:
        case Match(fits):
            return E.MATCHED if fits else E.DIFFERED
        case _:
            return _EVENTS[type(deed)]


_EVENTS: Mapping[type, Event] = {
    Describe: E.DESCRIBED,
    SeeNote: E.NOTE_SEEN,
    Identify: E.IDENTIFIED,
    TakeFee: E.PAID,
    Sign: E.SIGNED,
    Approve: E.APPROVED,
    OrderOpen: E.OPENED,
    HandOver: E.HANDED_OVER,
    HoldBack: E.HELD_BACK,
    Withdraw: E.WITHDRAWN,
    FileAway: E.FILED,
}


def after(case: Case, deed: Deed, by: Person, now: datetime, choices: LostTagChoices = USUAL) -> Case | Refused:
    """The case after a deed, or why it is not done: out of its turn, by somebody who may not, or not complete."""
    event = event_of(deed)
    step = TRANSITIONS[case.step][event]
    if step is None or (event is E.FILED and case.is_over):
        now_comes = {"step": tell(case.step.value), "next": tell(case.following)}
        return Refused(tell("case {case} is {step}; now {next}", case=case.n, **now_comes))
    why = _may_not(by, event, now) or _incomplete(case, deed, by, now, choices)
    if why:
        return Refused(why)
    return replace(_entered(case, deed, by, now, choices), step=step, since=now, deeds=case.deeds + 1)


def passed(case: Case, now: datetime, choices: LostTagChoices = USUAL) -> Case:
    """The case once time has passed: one on which nobody goes on is withdrawn, unless its door may be open."""
    waited_s = now.timestamp() - case.since.timestamp()
    if not case.holds_the_door or case.step is S.OPENED or waited_s < choices.abandoned_s:
        return case
    return replace(case, step=S.WITHDRAWN, since=now, why=ABANDONED, deeds=case.deeds + 1)


def purge_before(now: datetime, choices: LostTagChoices = USUAL) -> datetime:
    """Cases that were over before then lose their personal data (S20)."""
    return now - timedelta(days=choices.keep_days)


def lacks(case: Case, now: datetime, choices: LostTagChoices = USUAL) -> tuple[str, ...]:
    """What is missing before the door may be opened, as clauses; () for nothing. It does not believe the step alone."""
    asked = case.fee_fen > 0 or choices.fee_fen == 0
    paid = asked and case.received_fen >= case.fee_fen and case.receipt > 0 and bool(case.cashier)
    conditions = {
        N_("the ledger does not know the case"): case.n > 0,
        N_("nothing lies in the locker"): case.deposit > 0,
        N_("the contents were not described"): bool(case.description.strip()) and case.described is not None,
        N_("nobody compared the description with the note"): case.note_seen is not None and bool(case.matched_by),
        N_("no identity document was shown"): case.document is not None and bool(case.name and case.address),
        N_("the fee was not taken"): paid,
        N_("the slip was not signed in two copies"): case.copies >= COPIES and bool(case.signed_by),
        N_("no supervisor has approved"): case.step is S.APPROVED and bool(case.approved_by),
        N_("the approval is too old"): abs(now.timestamp() - case.since.timestamp()) <= choices.approval_s,
        N_("whoever took the fee cannot approve as well"): not choices.two_people or case.approved_by != case.cashier,
    }
    return tuple(tell(clause) for clause, met in conditions.items() if not met)


@dataclass(frozen=True, slots=True)
class LostTagWarrant:
    """Leave to open one door once, at one moment. It cannot be made of a case that lacks anything: ValueError."""

    case: Case
    now: datetime
    choices: LostTagChoices = USUAL

    def __post_init__(self) -> None:
        if missing := lacks(self.case, self.now, self.choices):
            raise ValueError(f"case {self.case.n} opens no door: {'; '.join(missing)}")

    @property
    def locker(self) -> LockerId:
        """Whose door it is."""
        return self.case.locker

    @property
    def deposit(self) -> int:
        """What must still lie in it when the door is opened."""
        return self.case.deposit


def warrant(case: Case, now: datetime, choices: LostTagChoices = USUAL) -> LostTagWarrant | Refused:
    """Leave to open the door, or what is missing."""
    missing = lacks(case, now, choices)
    return Refused(_stays_shut(missing)) if missing else LostTagWarrant(case, now, choices)


def _stays_shut(missing: tuple[str, ...]) -> str:
    return tell("the door stays shut: {missing}", missing=missing)


def _may_not(by: Person, event: Event | None, now: datetime) -> str:
    wanted = Right.APPROVE_LOST_TAG if event is E.APPROVED else Right.TAKE_LOST_TAG
    permission = decide(by, wanted, now.date())
    return permission.why if isinstance(permission, Denied) else ""


def _incomplete(case: Case, deed: Deed, by: Person, now: datetime, choices: LostTagChoices) -> str:
    match deed:
        case Describe(what):
            return _wording(N_("the description"), what)
        case Match(fits, why):
            return "" if fits else _wording(N_("what differs"), why)
        case Identify(name, address, _, copied):
            lacking = "" if copied else tell("a copy of the document is kept with the slip: make it first")
            return lacking or _wording(N_("the name"), name) or _wording(N_("the address"), address)
        case TakeFee(received):
            money = {"fee": shown_fen(choices.fee_fen), "given": shown_fen(received)}
            short = received < choices.fee_fen
            return tell("the fee is {fee} yuan, and {given} was given", **money) if short else ""
        case Sign(copies):
            return "" if copies >= COPIES else tell("the slip is signed in {copies} copies", copies=COPIES)
        case Approve():
            same = choices.two_people and by.id == case.cashier
            return tell("{name} took the fee: another supervisor approves", name=by.name) if same else ""
        case OrderOpen():
            missing = lacks(case, now, choices)
            return _stays_shut(missing) if missing else ""
        case HoldBack(why) | Withdraw(why, _):
            return _wording(N_("the reason"), why)
        case FileAway(official):
            return _wording(N_("the cash office's receipt"), official)
        case SeeNote() | HandOver():
            return ""


def _entered(case: Case, deed: Deed, by: Person, now: datetime, choices: LostTagChoices) -> Case:
    match deed:
        case Describe(what):
            return replace(case, description=what.strip(), described=now)
        case SeeNote():
            return replace(case, note_seen=case.note_seen or now)
        case Match(_, why):
            return replace(case, matched_by=by.id, why=why.strip())
        case Identify(name, address, document, _):
            return replace(case, name=name.strip(), address=address.strip(), document=document)
        case TakeFee(received):
            return replace(case, fee_fen=choices.fee_fen, received_fen=received, cashier=by.id)
        case Sign(copies):
            return replace(case, copies=copies, signed_by=by.id)
        case Approve():
            return replace(case, approved_by=by.id)
        case OrderOpen():
            return replace(case, openings=case.openings + 1)
        case HandOver(kept):
            return replace(case, handed_by=by.id, kept=kept.strip())
        case HoldBack(why):
            return replace(case, why=why.strip())
        case Withdraw(why, found):
            return replace(case, why=why.strip(), tag_found=found)
        case FileAway(official):
            return replace(case, official=official.strip())


def _wording(what: str, text: str) -> str:
    plain = text.strip()
    if not plain:
        return tell("{what} is missing", what=tell(what))
    if len(plain) > LONGEST:
        return tell("{what} is longer than {longest} characters", what=tell(what), longest=LONGEST)
    return ""
