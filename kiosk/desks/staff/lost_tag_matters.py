"""How lost tags look in staff mode: what there is to see of each case, and what can be done about it now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from kiosk.ports.bag_day import KeptTag
from kiosk.ports.staff_view import Kind, Matter, Offered
from kiosk.rules.forms.masking import masked
from kiosk.rules.forms.money import shown_fen
from kiosk.rules.front.lost_tag_pages import (
    DESCRIBES,
    DIFFERS,
    DOCUMENTS,
    HANDS_OVER,
    HOLDS_BACK,
    WITHDRAWS,
    files,
    identifies,
    takes_fee,
)
from kiosk.rules.lockers.deposit import Deposit
from kiosk.rules.lockers.locker import Assignment, Locker
from kiosk.rules.lockers.lost_tag import TRANSITIONS, Case, Event, LostTagChoices, Step
from kiosk.rules.lockers.rights import Deed as Right
from kiosk.rules.lockers.rights import decide
from kiosk.rules.people.person import Allowed, Person
from kiosk.sentences import N_, tell

NAME = "lost"
LYING = (Assignment.OCCUPIED, Assignment.OVERNIGHT, Assignment.QUARANTINED)  # things of somebody who is gone
SEEN_NOTE = (Step.COMPARING, Step.MATCHED, Step.IDENTIFIED, Step.PAID, Step.SIGNED, Step.APPROVED, Step.OPENED)
DESCRIBED = (Step.DESCRIBED, *SEEN_NOTE)
WAY = (Step.REPORTED, Step.DESCRIBED, *SEEN_NOTE, Step.HANDED_OVER)  # then filing is left
AS_FAR = {Step.HELD_BACK: Step.HANDED_OVER, Step.WITHDRAWN: Step.HANDED_OVER}
REPORT = Offered("report", N_("Its tag is lost"), "tag", "care")
COMPARE = Offered("compare", N_("Compare with what was noted"), "eye", "good")
FITS = Offered("fits", N_("It fits"), "check-circle")  # does not lead: it is judged, not clicked through
SIGNED = Offered("signed", N_("Both copies are signed"), "signature", "good")
PRINT = Offered("print", N_("Print the slip once more"), "printer")
OPEN = Offered("open", N_("Open the door"), "door-open", "good")
APPROVE = N_("The supervisor approves: sign here")
AGAIN = N_("The supervisor approves once more: sign here")
AT_THE_DESK = N_("at the desk")  # as the page of the handing over has it
MOST_KEPT = 3
NOTHING_NOTED = N_("Nothing was noted: compare at the open door, before anything is handed out")
PRINT_IT = N_("No slip printer is named: print it with kiosk lockers lost slip {case}")
CLOSED_STEPS = {
    Step.DIFFERS: N_("It does not fit: nothing is handed out, and the supervisor decides"),
    Step.FILED: N_("Closed: everything is at the cash office"),
    Step.WITHDRAWN: N_("Closed: the procedure was given up"),
}


@dataclass(frozen=True, slots=True)
class Known:
    """What is known beside the case. names: of people, by id. place: where the locker stands. note: of the deposit.
    prints: the slip can be printed here."""

    names: Mapping[str, str]
    place: str
    lies: Deposit | None
    note: str
    prints: bool


def lost_of(locker: Locker, who: Person, now: datetime) -> tuple[Offered, ...]:
    """What can be taken up at a locker in which somebody's things are."""
    if not locker.deposit or locker.assignment not in LYING or not takes(who, now):
        return ()
    return (Offered(REPORT.deed, REPORT.words, REPORT.icon, REPORT.tone, about=f"{NAME} locker {locker.id}"),)


def told_of_kept(kept: Sequence[KeptTag], names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Where the tags are that were left of a locker's lost pairs (L09), the newest first, and no more than a few."""
    for one in sorted(kept, key=lambda one: one.at, reverse=True)[:MOST_KEPT]:
        place = tell(AT_THE_DESK) if one.place == AT_THE_DESK else one.place
        what = {"place": place, "day": f"{one.at:%Y-%m-%d}", "by": names.get(one.by, one.by)}
        yield tell("The tag that is left of pair {tag}", tag=one.number), tell("{place} · since {day} · {by}", **what)


def takes(who: Person, now: datetime) -> bool:
    """Whether lost tags are theirs to take up."""
    return isinstance(decide(who, Right.TAKE_LOST_TAG, now.date()), Allowed)


def approves(case: Case, who: Person, now: datetime, choices: LostTagChoices) -> bool:
    """Whether whoever looks may approve it themselves."""
    same = choices.two_people and who.id == case.cashier
    return isinstance(decide(who, Right.APPROVE_LOST_TAG, now.date()), Allowed) and not same


def of_case(case: Case, who: Person, now: datetime, choices: LostTagChoices) -> Matter:
    """A case on the list. pressing: a door may be open, or whoever looks is to approve."""
    waits = case.step is Step.SIGNED and approves(case, who, now, choices)
    title = tell("Lost tag {case} · locker {n}", case=case.n, n=case.locker)
    line = CLOSED_STEPS[case.step] if case.is_over else tell("Next: {next}", next=tell(case.following))
    pressing = case.step is Step.OPENED or waits
    done = None if case.is_over else (WAY.index(AS_FAR.get(case.step, case.step)) + 1, len(WAY) + 1)
    return Matter(f"{NAME} case {case.n}", Kind.LOST, title, line=line, at=case.since, pressing=pressing, done=done)


def stands(case: Case) -> str:
    """How far it has come, and what comes next, as a sentence."""
    if case.is_over:
        return CLOSED_STEPS[case.step]
    what = {"step": tell(case.step.value), "next": tell(case.following)}
    return tell("Lost tag {case}: {step}; now {next}", case=case.n, **what)


def told_of_case(case: Case, known: Known) -> Iterator[tuple[str, str]]:
    """What stands in the book, no more of it than the step wants: who it is only masked, the address not at all."""

    def name(id: str) -> str:
        return known.names.get(id, id)

    if case.document is not None and not case.is_over:
        yield (
            tell("Who it is: {document}", document=tell(DOCUMENTS[case.document.kind])),
            f"{masked(case.name)} · {case.document.masked}",
        )
    if case.receipt:
        fee = {"fee": shown_fen(case.received_fen), "receipt": f"{case.receipt:06}", "by": name(case.cashier)}
        yield N_("Fee"), tell("{fee} yuan · receipt {receipt} · {by}", **fee)
    if case.description and case.step in DESCRIBED:
        yield N_("The shopper says"), case.description
    if case.step in SEEN_NOTE:
        yield N_("Noted when it was left"), known.note or NOTHING_NOTED
    if case.why and not case.is_over:
        yield N_("Why"), case.why
    yield N_("Locker"), f"{case.locker} · {known.place}" if known.place else str(case.locker)
    yield N_("Tag"), str(case.number)
    if known.lies is not None:
        yield N_("Left at"), f"{known.lies.began:%m-%d %H:%M}"
    if case.step is Step.PAID and not known.prints:
        yield N_("Slip"), tell(PRINT_IT, case=case.n)
    if case.approved_by:
        yield N_("Approved by"), name(case.approved_by)
    if case.handed_by:
        yield N_("Handed over by"), name(case.handed_by)
    yield N_("Taken up by"), f"{name(case.taken_by)} · {case.reported:%m-%d %H:%M}"


def deeds_for(case: Case, who: Person, now: datetime, choices: LostTagChoices, *, prints: bool) -> Iterator[Offered]:
    """What the table allows at this step, what comes next first."""
    if case.is_over:
        return
    for event, offered in _steps(case, who, now, choices):
        if TRANSITIONS[case.step][event] is not None:
            yield offered
    if case.step is Step.PAID and prints:
        yield PRINT


def _steps(case: Case, who: Person, now: datetime, choices: LostTagChoices) -> Iterator[tuple[Event, Offered]]:
    today, step = now.date(), case.step
    signer = who.id if approves(case, who, now, choices) else ""
    describe = N_("Write down what is inside") if step is Step.REPORTED else N_("Write it down anew")
    identify = N_("See the document") if step is Step.MATCHED else N_("Correct who it is")
    once_more = step in (Step.APPROVED, Step.OPENED)
    approve = Offered(
        "approve", AGAIN if once_more else APPROVE, "signature", "" if once_more else "good", None, True, signer
    )
    yield Event.NOTE_SEEN, COMPARE if step is not Step.COMPARING else FITS
    yield Event.DIFFERED, Offered("differs", N_("It differs"), "warning", "care", DIFFERS)
    yield Event.PAID, Offered("fee", N_("Take the fee"), "money", "good", takes_fee(choices))
    tone = "good" if step in (Step.REPORTED, Step.MATCHED) else ""
    yield Event.DESCRIBED, Offered("describe", describe, "pencil-simple-line", tone, DESCRIBES)
    yield Event.IDENTIFIED, Offered("identify", identify, "identification-card", tone, identifies(today))
    yield Event.SIGNED, SIGNED
    yield Event.OPENED, OPEN
    yield Event.HANDED_OVER, Offered("hand-over", N_("Handed over"), "handshake", "good", HANDS_OVER)
    yield Event.HELD_BACK, Offered("hold-back", N_("Hold the things back"), "hand-palm", "care", HOLDS_BACK)
    yield Event.APPROVED, approve
    yield Event.FILED, Offered("file", N_("To the cash office"), "bank", "good", files(case))
    yield Event.WITHDRAWN, Offered("withdraw", N_("Give the procedure up"), "x", "plain", WITHDRAWS)
