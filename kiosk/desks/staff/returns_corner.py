"""The return desk in staff mode: tickets and receipts taken over, slips filled, signed and settled (R07-R12)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from kiosk.desks.returns.receipts_at_hand import ReceiptsAtHand
from kiosk.desks.returns.slip_desk import SlipDesk
from kiosk.desks.service.returning import KNOWN, LookedUp
from kiosk.desks.staff.corner import Said
from kiosk.desks.staff.pickup_corner import PickupCorner
from kiosk.desks.staff.reasons import reason
from kiosk.desks.staff.record_corner import told_of
from kiosk.desks.staff.return_matters import (
    CHECK,
    FOUND_NOT,
    GONE,
    REDEEM,
    WITHOUT_CASE,
    deeds_for,
    of_receipt,
    of_slip,
    of_waiting,
    told_of_slip,
    why_no_receipt,
)
from kiosk.desks.staff.return_records import ReturnRecords, Waiting
from kiosk.ports.lockers import Note
from kiosk.ports.pickups import PickupBook
from kiosk.ports.return_slips import SlipBook
from kiosk.ports.staff_view import Kind, Matter, Offered
from kiosk.rules.forms.form import Form, Words, problems
from kiosk.rules.forms.money import NoAmount, amount, shown_fen
from kiosk.rules.front.counter_case import GRANTED, NOTHING, CounterCase
from kiosk.rules.front.slip_pages import CODE, PRICE, approved
from kiosk.rules.people.person import Person
from kiosk.rules.returns.clause import Remedy
from kiosk.rules.returns.credit import Scanned, scanned
from kiosk.rules.returns.policy import PolicyBook
from kiosk.rules.returns.receipt_number import Unknown
from kiosk.rules.returns.slip import NEXT, Refused, Slip, numbered
from kiosk.rules.returns.slip_deeds import Check, Deed, Pay, Redeem, ShopperSigns, Stamp, Void, lost_fen
from kiosk.rules.returns.slip_rights import Deed as Right
from kiosk.rules.returns.slip_rights import may
from kiosk.rules.returns.slip_words import WORDS
from kiosk.rules.service.returning import LEAVES, LONGEST_CODE, NO_SLIP, SERVICE, SLIP
from kiosk.rules.writing.writing import Kind as Keys
from kiosk.sentences import N_, tell

DESK = "desk"
_NUMBER = Words("receipt", N_("Scan the receipt, or type its number"), kind=Keys.LETTERS, longest=LONGEST_CODE)


def _asks_receipt(_: Mapping[str, str]) -> tuple[Words, ...]:
    return (_NUMBER,)


SCAN = Offered("scan", N_("Scan a receipt"), "scan", "good", Form("staff", N_("Scan a receipt"), _asks_receipt))
FILL = Offered("fill", N_("Begin with the article"), "scan", "good")
LEFT = Offered("leaves", N_("The shopper has left"), "sign-out")
_NOTHING = Matter("", Kind.RETURN, "")


@dataclass(slots=True)
class ReturnsCorner:
    """Implements RoomCorner, Signs and SeesLooks. names: of people, by id. prints: has copies printed once more, why
    not, "" for done. note: for the audit."""

    slips: SlipDesk
    book: SlipBook
    tests: PickupBook
    records: ReturnRecords
    receipts: ReceiptsAtHand
    policy: PolicyBook
    names: Callable[[], Mapping[str, str]]
    prints: Callable[[Slip, Person, datetime], str]
    note: Callable[[Note, datetime], None]
    pickups: PickupCorner
    name: str = "returns"

    def sees(self, who: Person, now: datetime) -> bool:
        return any(not may(who, right, now.date()) for right in (Right.LOOK, Right.CHECK))

    def matters(self, who: Person, now: datetime) -> tuple[Matter, ...]:
        """What presses: slips that whoever looks approves, and shoppers who were called to the desk."""
        return tuple(one for one in self.shelf(who, now) if one.pressing)

    def shelf(self, who: Person, now: datetime) -> tuple[Matter, ...]:
        serves, looks = (not may(who, right, now.date()) for right in (Right.FILL, Right.LOOK))
        waiting = self.records.waiting(now) if serves else ()
        filled = self._filled(waiting)
        tickets = [of_waiting(one, self.name) for one in waiting if one.record.number not in filled]
        slips = [of_slip(one, self.name, who, now.date()) for one in self.book.waiting()] if looks else []
        return tuple(sorted((*tickets, *slips), key=lambda one: not one.pressing))

    def begins(self, who: Person, now: datetime) -> tuple[Offered, ...]:
        wanted = ((Right.FILL, SCAN), (Right.SETTLE, REDEEM), (Right.CHECK, CHECK))
        return tuple(offered for right, offered in wanted if not may(who, right, now.date()))

    def looked(self, thing: str, who: Person, now: datetime) -> None:
        """A receipt is looked up anew; that somebody saw a slip or a ticket stands in the audit."""
        kind, _, id = thing.partition(" ")
        if kind == "slip" and id.isdecimal():
            self.note(Note(who.id, "looks at", f"return slip {numbered(int(id))}"), now)
        if kind == "record":
            self.note(Note(who.id, "looks at", f"return {id}"), now)
            waiting = self._waiting(id, now)
            id = "" if waiting is None else waiting.record.answers.get("receipt", "")
        if kind in ("record", "receipt") and id:
            self.receipts.ask(id, now)

    def opened(self, thing: str, who: Person, now: datetime) -> Matter | None:
        kind, _, id = thing.partition(" ")
        match kind:
            case "slip" if id.isdecimal() and not may(who, Right.LOOK, now.date()):
                return self._slip(int(id), who, now)
            case "record" if not may(who, Right.FILL, now.date()):
                waiting = self._waiting(id, now)
                return None if waiting is None else self._record(waiting, who, now)
            case "receipt" if not may(who, Right.FILL, now.date()):
                return self._receipt(id, who, now)
            case "desk" if self.sees(who, now):
                title = N_("Return desk")
                return Matter(f"{self.name} {DESK}", Kind.RETURN, title, deeds=self.begins(who, now))
            case _:
                return None

    def do(self, thing: str, deed: str, told: Mapping[str, str], who: Person, now: datetime) -> Said:
        kind, _, id = thing.partition(" ")
        match kind, deed:
            case _, "redeem" | "check":
                return self._shown_at_the_till(deed, told, who, now)
            case "desk", "scan":
                return self._scanned(told.get("receipt", ""), who, now)
            case "record" | "receipt", "fill":
                return self._fills(kind, id, told, who, now)
            case "record" | "receipt", "test-return":
                return self._tries(kind, id, told, who, now)
            case "record", "leaves" if id.isdecimal():
                why = self.records.move(int(id), LEAVES, who, {})
                return Said(why, refused=True) if why else Said(N_("It is noted"))
            case "slip", "sign" | "stamp" if id.isdecimal():
                return self._moves(int(id), ShopperSigns() if deed == "sign" else Stamp(), who, now)
            case "slip", "print" if id.isdecimal():
                return self._again(int(id), who, now)
            case _:
                return Said(GONE, refused=True)

    def sign(self, thing: str, deed: str, told: Mapping[str, str], who: Person, signer: Person, now: datetime) -> Said:
        kind, _, id = thing.partition(" ")
        if kind != "slip" or not id.isdecimal():
            return Said(GONE, refused=True)
        match deed:
            case "approve":
                return self._moves(int(id), approved(told), signer, now)
            case "pay":
                return self._moves(int(id), Pay(), signer, now)
            case "void":
                leads = not may(who, Right.APPROVE, now.date())
                by, clerk = (who, signer) if leads else (signer, who)
                return self._moves(int(id), Void(clerk, reason(told)), by, now)
            case _:
                return Said(GONE, refused=True)

    # what is seen

    def _slip(self, number: int, who: Person, now: datetime) -> Matter | None:
        slip = self.book.slip(number)
        if slip is None:
            return None
        names = self.names()
        return replace(
            of_slip(slip, self.name, who, now.date()),
            told=self._told_of(slip, names),
            deeds=tuple(deeds_for(slip, who, names, now)),
        )

    def _told_of(self, slip: Slip, names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
        """All of a slip; whether the shopper's ticket knows nothing of it."""
        judged = self.book.judged(slip.number)
        told = told_of_slip(slip, judged, names)
        return (*told, WITHOUT_CASE) if judged is not None and self.records.lapsed(judged.record) else told

    def _record(self, waiting: Waiting, who: Person, now: datetime) -> Matter:
        matter = of_waiting(waiting, self.name)
        told = told_of(waiting.record, SERVICE)
        number = waiting.record.answers.get("receipt", "")
        if not number:
            return replace(matter, told=told, deeds=(SCAN, LEFT))
        return self._with_receipt(replace(matter, told=told), number, (LEFT,), waiting, who, now)

    def _receipt(self, number: str, who: Person, now: datetime) -> Matter | None:
        known = self.receipts.seen(number, now)
        if known is None or known.receipt is None:
            title = tell("Receipt {receipt}", receipt=number)
            return self._with_receipt(
                replace(_NOTHING, key=f"{self.name} receipt {number}", title=title), number, (), None, who, now
            )
        return self._with_receipt(of_receipt(known, self.name), number, (), None, who, now)

    def _with_receipt(
        self,
        matter: Matter,
        number: str,
        others: tuple[Offered, ...],
        waiting: Waiting | None,
        who: Person,
        now: datetime,
    ) -> Matter:
        """What can be done, as soon as the receipt is found."""
        known = self.receipts.seen(number, now)
        if known is None:
            return replace(matter, line=why_no_receipt(known), deeds=others)
        if known.receipt is None:
            return replace(matter, line=why_no_receipt(known), deeds=(SCAN, *others))
        tries = self.pickups.tries(known.receipt, who, now)
        return replace(matter, deeds=(replace(FILL, asks=self._case(known, waiting, now).form), *tries, *others))

    def _case(self, known: LookedUp, waiting: Waiting | None, now: datetime) -> CounterCase:
        assert known.receipt is not None
        zone = now.tzinfo
        assert zone is not None
        record = None if waiting is None else waiting.record
        return CounterCase(
            self.policy,
            known.receipt,
            known.receipt.bought_on(zone),
            now.date(),
            known.back,
            () if record is None else tuple(record.answers.items()),
            0 if record is None else record.number,
            self.tests.tests(known.receipt.number),
        )

    # what is done

    def _scanned(self, text: str, who: Person, now: datetime) -> Said:
        if why := may(who, Right.FILL, now.date()):
            return Said(why, refused=True)
        number = self.receipts.ask(text, now)
        if isinstance(number, Unknown):
            return Said(FOUND_NOT[KNOWN[number]], refused=True)
        return Said("", opens=f"{self.name} receipt {number}")

    def _fills(self, kind: str, id: str, told: Mapping[str, str], who: Person, now: datetime) -> Said:
        """A slip with the next number, or what was done without one; decided here once more."""
        waiting = self._waiting(id, now) if kind == "record" else None
        number = id if waiting is None else waiting.record.answers.get("receipt", "")
        known = self.receipts.seen(number, now) if number else None
        if (kind == "record" and waiting is None) or known is None or known.receipt is None:
            return Said(GONE, refused=True)
        case = self._case(known, waiting, now)
        if wrong := problems(case.form, told):
            return Said(next(iter(wrong.values())), refused=True)
        filling = case.filling(told, WORDS[self.slips.language].reasons)
        if filling is None:
            return self._settled_without(case, told, who, now)
        done = self.slips.fill(known.receipt.number, filling, who, now, case.judged(told))
        if isinstance(done, Refused):
            return Said(done.why, refused=True)
        self.receipts.forget(number)
        if waiting is not None:
            self.records.move(waiting.record.number, SLIP, who, {"number": str(done.number)})
        text = tell("Slip {slip} has its number: now the shopper signs", slip=numbered(done.number))
        return Said(text, opens=f"{self.name} slip {done.number}")

    def _tries(self, kind: str, id: str, told: Mapping[str, str], who: Person, now: datetime) -> Said:
        """What comes back is tested; the case is asked with what was found as soon as it is opened."""
        waiting = self._waiting(id, now) if kind == "record" else None
        number = id if waiting is None else waiting.record.answers.get("receipt", "")
        return self.pickups.comes_back(number, told, who, now)

    def _settled_without(self, case: CounterCase, told: Mapping[str, str], who: Person, now: datetime) -> Said:
        if why := may(who, Right.FILL, now.date()):
            return Said(why, refused=True)
        line, judged = case.line(told), case.judged(told)
        assert line is not None
        assert judged is not None
        done = "repair" if told[GRANTED] == Remedy.REPAIR.value else NOTHING
        if case.record and (why := self.records.move(case.record, NO_SLIP, who, {"granted": done})):
            return Said(why, refused=True)
        details = {"granted": done, "policy": judged.outcome.value, "clauses": " ".join(judged.clauses)}
        self.note(Note(who.id, "settles", f"receipt {case.receipt.number}, line {line.n}", details), now)
        return Said(N_("It is noted: no slip is needed"), opens=f"{self.name} {DESK}")

    def _shown_at_the_till(self, deed: str, told: Mapping[str, str], who: Person, now: datetime) -> Said:
        code, price_fen = scanned(told.get(CODE, "")), amount(told.get(PRICE, ""))
        if code is None:
            return Said(N_("This is no code of a slip"), refused=True)
        if isinstance(price_fen, NoAmount):
            return Said(price_fen.value, refused=True)
        return self._moves(code.number, (Redeem if deed == "redeem" else Check)(price_fen), who, now, code)

    def _moves(self, number: int, deed: Deed, by: Person, now: datetime, code: Scanned | None = None) -> Said:
        done = self.slips.do(number, deed, by, now, code)
        if isinstance(done, Refused):
            return Said(done.why, refused=True)
        text = tell("Slip {slip}: next, {next}", slip=numbered(number), next=tell(NEXT[done.stage]))
        if isinstance(deed, Redeem):
            money = {
                "worth": shown_fen(done.amount_fen),
                "pay": shown_fen(done.top_up_fen),
                "lost": shown_fen(lost_fen(done)),
            }
            text = tell("Worth {worth}: the shopper pays {pay} more; {lost} is lost, there is no change", **money)
        return Said(text, opens=f"{self.name} slip {number}")

    def _again(self, number: int, who: Person, now: datetime) -> Said:
        slip = self.book.slip(number)
        if slip is None or not slip.approver:
            return Said(GONE, refused=True)
        if why := may(who, Right.LOOK, now.date()) or self.prints(slip, who, now):
            return Said(why, refused=True)
        return Said(N_("The copies wait for the printer"))

    def _filled(self, waiting: tuple[Waiting, ...]) -> Mapping[int, int]:
        """Slips by the records they were filled for: where the role ended between the slip and its record."""
        return self.book.slips_for(tuple(one.record.number for one in waiting)) if waiting else {}

    def _waiting(self, id: str, now: datetime) -> Waiting | None:
        return self.records.waiting_as(int(id), now) if id.isdecimal() else None
