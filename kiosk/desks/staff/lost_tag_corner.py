"""Lost tags in staff mode: the whole procedure with the shopper at the screen, each step in the book (L07-L09)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from kiosk.desks.lockers.cabinet import Cabinet
from kiosk.desks.lockers.messages import Answer, LostSlipAsked, LostTagOpenAsked, Message, StaffAsked, Wanted
from kiosk.desks.staff.corner import Said
from kiosk.desks.staff.lost_tag_matters import (
    NAME,
    OPEN,
    PRINT,
    Known,
    deeds_for,
    lost_of,
    of_case,
    stands,
    takes,
    told_of_case,
    told_of_kept,
)
from kiosk.desks.staff.lost_tag_matters import REPORT as AT_A_LOCKER
from kiosk.ports.bag_day import LostTagBook
from kiosk.ports.lockers import Note
from kiosk.ports.staff_view import Kind, Matter, Offered
from kiosk.rules.forms.form import problems
from kiosk.rules.front.lost_tag_pages import FOUND, LOCKER, NOTHING_THERE, TAG, WHY, deed_of, which_locker
from kiosk.rules.lockers.locker import Locker
from kiosk.rules.lockers.lost_tag import USUAL, Case, LostTagChoices, after, event_of, report
from kiosk.rules.lockers.lost_tag_deeds import Approve, Deed, Match, Refused, SeeNote, Sign
from kiosk.rules.lockers.rights import Deed as Right
from kiosk.rules.lockers.rights import decide
from kiosk.rules.people.person import Denied, Person
from kiosk.sentences import N_, tell
from kiosk.units import LockerId

DESK = "desk"
GONE = N_("Somebody has seen to it")
TAKE_UP = N_("A tag is lost")
ANOTHER = N_("This is not the tag of this locker")
PLAIN: Mapping[str, Deed] = {"compare": SeeNote(), "fits": Match(fits=True), "signed": Sign()}


@dataclass(slots=True)
class LostTagCorner:
    """Implements Corner, Signs, SeesLooks and TakesUp. handle: to the bag-storage desk. names: of people, by id.
    places: where lockers stand. note: for the audit. is_tag: whether a text is the tag of a case. prints: slips of lost
    tags are printed here. choices: the store's."""

    book: LostTagBook
    cabinet: Cabinet
    handle: Callable[[Message], None]
    names: Callable[[], Mapping[str, str]]
    places: Mapping[LockerId, str]
    note: Callable[[Note, datetime], None]
    is_tag: Callable[[Case, str], bool]
    prints: bool
    choices: LostTagChoices = USUAL
    name: str = NAME

    def matters(self, who: Person, now: datetime) -> tuple[Matter, ...]:
        """Every case that is not over: one that was left in the middle is found here."""
        if not takes(who, now):
            return ()
        return tuple(of_case(case, who, now, self.choices) for case in self.book.waiting())

    def opened(self, thing: str, who: Person, now: datetime) -> Matter | None:
        if not takes(who, now):
            return None
        if thing == DESK:
            return Matter(f"{self.name} {DESK}", Kind.LOST, TAKE_UP, deeds=self.taken_up(who, now))
        case = self._case(thing)
        if case is None:
            return None
        known = Known(
            self.names(),
            self.places.get(case.locker, ""),
            self.cabinet.deposits.get(case.deposit),
            self.book.note_of(case.deposit) if case.note_seen is not None and case.holds_the_door else "",
            self.prints,
        )
        deeds = tuple(deeds_for(case, who, now, self.choices, prints=self.prints))
        return replace(of_case(case, who, now, self.choices), told=tuple(told_of_case(case, known)), deeds=deeds)

    def looked(self, thing: str, who: Person, now: datetime) -> None:
        """What is personal in a case was seen (S20)."""
        if takes(who, now) and (case := self._case(thing)) is not None:
            self.note(Note(who.id, "looks at", f"lost tag {case.n}"), now)

    def taken_up(self, who: Person, now: datetime) -> tuple[Offered, ...]:
        """A shopper stands there, and says which locker it is."""
        if not takes(who, now):
            return ()
        asks = which_locker(frozenset(int(one.id) for one in self.cabinet.lockers.values() if lost_of(one, who, now)))
        return (Offered(AT_A_LOCKER.deed, TAKE_UP, "tag", "care", asks, about=f"{self.name} {DESK}"),)

    def kept(self, locker: LockerId) -> tuple[tuple[str, str], ...]:
        """Where the tags are that were left of its lost pairs (L09)."""
        found = self.book.kept_tags(locker)
        return tuple(told_of_kept(found, self.names())) if found else ()

    def do(self, thing: str, deed: str, told: Mapping[str, str], who: Person, now: datetime) -> Said:
        kind, _, id = thing.partition(" ")
        may = decide(who, Right.TAKE_LOST_TAG, now.date())
        if isinstance(may, Denied):
            return self._refused(may.why, "lost tags", who, now)
        if deed == AT_A_LOCKER.deed:
            return self._taken_up(told.get(LOCKER, "") if kind == DESK else id, who, now)
        case = self._case(thing)
        if case is None:
            return Said(GONE, refused=True)
        if deed == OPEN.deed:
            return self._asked(LostTagOpenAsked(case.n, who.id))
        if deed == PRINT.deed:
            return self._asked(LostSlipAsked(case.n, who.id))
        deeds = deeds_for(case, who, now, self.choices, prints=self.prints)
        offered = next((one for one in deeds if one.deed == deed), None)
        meant = self._meant(case, offered, deed, told, now)
        return meant if isinstance(meant, Said) else self._kept(case, meant, who, now)

    def sign(self, thing: str, deed: str, told: Mapping[str, str], who: Person, signer: Person, now: datetime) -> Said:
        """The supervisor approves, beside whoever serves the shopper (L07)."""
        case = self._case(thing)
        if case is None or deed != "approve" or not takes(who, now):
            return Said(GONE, refused=True)
        return self._kept(case, Approve(), signer, now)

    # what is done

    def _taken_up(self, number: str, who: Person, now: datetime) -> Said:
        """The entry in the book; where one is open already, that is shown."""
        locker = self.cabinet.lockers.get(LockerId(int(number))) if number.isascii() and number.isdecimal() else None
        if locker is None or not lost_of(locker, who, now):
            return Said(NOTHING_THERE, refused=True)
        found = self._open_case(locker)
        if found is None:
            case = report(locker.id, locker.number, locker.generation, locker.deposit, who, now)
            entered = self.book.enter(case) if isinstance(case, Case) else None
            found = entered or self._open_case(locker)
            if found is None:
                return Said(case.why if isinstance(case, Refused) else GONE, refused=True)
        return Said(stands(found), opens=f"{self.name} case {found.n}")

    def _open_case(self, locker: Locker) -> Case | None:
        case = self.book.of_deposit(locker.deposit)
        return case if case is not None and case.holds_the_door else None

    def _meant(
        self, case: Case, offered: Offered | None, deed: str, told: Mapping[str, str], now: datetime
    ) -> Deed | Said:
        if offered is None:
            what = {"step": tell(case.step.value), "next": tell(case.following)}
            return Said(tell("case {case} is {step}; now {next}", case=case.n, **what), refused=True)
        if offered.asks is not None and (wrong := problems(offered.asks, told)):
            return Said(next(iter(wrong.values())), refused=True)
        if told.get(WHY) == FOUND and not self.is_tag(case, told[TAG]):
            return Said(ANOTHER, refused=True)
        meant = PLAIN.get(deed) or deed_of(deed, told, now.date())
        return Said(meant.why, refused=True) if isinstance(meant, Refused) else meant

    def _kept(self, case: Case, deed: Deed, by: Person, now: datetime) -> Said:
        done = after(case, deed, by, now, self.choices)
        if isinstance(done, Refused):
            return self._refused(done.why, f"lost tag {case.n}", by, now)
        kept = self.book.keep(done, was=case, by=by.id, action=event_of(deed).value)
        if kept is None:
            return Said(tell("somebody else went on with case {case}: look again", case=case.n), refused=True)
        return Said(stands(kept))

    def _refused(self, why: str, subject: str, by: Person, now: datetime) -> Said:
        self.note(Note(by.id, "is refused", subject, {"why": why}), now)
        return Said(why, refused=True)

    def _asked(self, wanted: LostTagOpenAsked | LostSlipAsked) -> Said:
        answers: list[Answer] = []
        asked: Wanted = replace(wanted, reply=answers.append)
        self.handle(StaffAsked(asked))
        answer = answers[-1] if answers else Answer(tell("the desk is busy"), refused=True)
        return Said(answer.text, answer.refused)

    def _case(self, thing: str) -> Case | None:
        kind, _, n = thing.partition(" ")
        return self.book.case(int(n)) if kind == "case" and n.isascii() and n.isdecimal() else None
