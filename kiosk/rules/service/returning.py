"""Return or exchange something: what is asked, what is kept of it for the return desk (rules R01, R06, R07, R16, S07).

The receipt is looked up by the service's desk, and what follows from it is decided by part R of the rule book: see
`rules/front/returning.py`. The flow knows the receipt's number and what was chosen, each by its name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from kiosk.rules.forms.flow import Act, Answers, Back, Chose, Flow, Given, Next, Read, Sought, Turn, Wrote
from kiosk.rules.forms.form import Always, Choice, Form, Option, Page, Words
from kiosk.rules.people.person import Right
from kiosk.rules.service.record import Done, Record
from kiosk.rules.service.service import BY_ITSELF, DESK, Deed, Lapse, Service
from kiosk.rules.writing.writing import Kind, Writing, after, begun
from kiosk.sentences import N_

ID = "return"
LONGEST_NUMBER = 20  # that is typed
LONGEST_CODE = 40  # that is scanned
RECEIPT, ARTICLE, LINE, QUANTITY, WISH, REASON = "receipt", "article", "line", "quantity", "wish", "reason"
PAPERS, WHOLE, WORN, CAUSE = "papers", "whole", "worn", "cause"
OUTCOME, REMEDY, CLAUSES = "outcome", "remedy", "clauses"
DRAFTS = frozenset(("count", "ticked"))  # still being chosen: no page of their own
PERSON = "person"
WAITS, SEEN, LEFT = "waits", "seen", "left"
AGAIN, TICKET = "again", "ticket"  # another receipt; a number of the queue without a decision
NO_PAPER = "none"

_WHOLE = (
    Option("yes", N_("Yes"), N_("Box, papers and every part"), "check", "good", of="package"),
    Option("no", N_("No"), N_("Something is missing or torn"), "x", "care", of="package"),
    Option("unsure", N_("I am not sure"), N_("A colleague looks at it with you"), "question", of="package"),
)
_WORN = (
    Option("yes", N_("Yes"), N_("Worn, washed or scratched"), "check", "care", of="t-shirt"),
    Option("no", N_("No"), N_("As it was bought"), "sparkle", "good", of="t-shirt"),
    Option("unsure", N_("I am not sure"), N_("A colleague looks at it with you"), "question", of="t-shirt"),
)
CHOICES = {
    WISH: Choice(
        WISH,
        N_("What would you like?"),
        (
            Option("refund", N_("My money back"), icon="money", tone="good"),
            Option("exchange", N_("Exchange it"), icon="package", tone="store"),
            Option("repair", N_("Have it repaired"), icon="wrench", tone="fetch"),
        ),
    ),
    REASON: Choice(
        REASON,
        N_("Why do you bring it back?"),
        (
            Option("fault", N_("It does not work properly"), icon="wrench", tone="care"),
            Option("spoiled", N_("Spoiled or expired"), icon="warning", tone="call"),
            Option("mistake", N_("Not what the label says"), icon="tag", tone="store"),
            Option("unwanted", N_("It does not suit me"), icon="smiley-meh", tone="ease"),
        ),
    ),
    WHOLE: Choice(WHOLE, N_("Are the packaging and all parts there?"), _WHOLE),
    WORN: Choice(WORN, N_("Are there visible traces of use?"), _WORN),
    CAUSE: Choice(
        CAUSE,
        N_("Did any of this happen to it?"),
        (
            Option("nothing", N_("None of this"), icon="check-circle", tone="good"),
            Option("use", N_("Dropped, wet or misused"), icon="drop", tone="care"),
            Option("opened", N_("Opened or repaired"), icon="wrench", tone="fetch"),
            Option("disaster", N_("Lightning, flood, fire"), icon="warning", tone="call"),
            Option("unsure", N_("I am not sure"), icon="question", tone="plain"),
        ),
    ),
}
PAPER_NAMES = {
    "invoice": N_("The invoice"),
    "test-record": N_("The test record"),
    "warranty-card": N_("The warranty card"),
}
_KEPT = {
    OUTCOME: Choice(
        OUTCOME,
        N_("What the kiosk says"),
        (
            Option("accept", N_("It can be done")),
            Option("refuse", N_("It is outside our terms")),
            Option(PERSON, N_("A person decides")),
        ),
    ),
    REMEDY: Choice(REMEDY, N_("What we recommend"), CHOICES[WISH].options),
}
_TOLD: Mapping[str, Words] = {
    RECEIPT: Words(RECEIPT, N_("Number of the receipt"), longest=LONGEST_CODE),
    ARTICLE: Words(ARTICLE, N_("Article"), longest=120),
    LINE: Words(LINE, N_("Line of the receipt"), kind=Kind.DIGITS, longest=4),
    QUANTITY: Words(QUANTITY, N_("Quantity"), longest=12),
    PAPERS: Words(PAPERS, N_("Papers brought along"), longest=60),
    CLAUSES: Words(CLAUSES, N_("Clauses"), longest=400),
}
_ORDER = (RECEIPT, ARTICLE, LINE, QUANTITY, WISH, REASON, PAPERS, WHOLE, WORN, CAUSE, OUTCOME, REMEDY, CLAUSES)
_EVERY: Mapping[str, Page] = {**CHOICES, **_KEPT, **_TOLD}
FIELDS: Mapping[str, Page] = {id: _EVERY[id] for id in _ORDER}


def pages(answers: Mapping[str, str]) -> tuple[Page, ...]:
    """What was asked of this case, and what came of it: that alone is always there."""
    return tuple(page for id, page in FIELDS.items() if id in answers or id == OUTCOME)


SLIP, NO_SLIP, LEAVES = "slip", "no-slip", "leaves"  # what becomes of it at the return desk
RETURN_DESK = DESK | {Right.CLERK}
_SLIP_NUMBER = Words("number", N_("Number of the slip"), kind=Kind.DIGITS, longest=12)
_WITHOUT = Choice(
    "granted",
    N_("What was done?"),
    (Option("nothing", N_("It stays with the shopper")), Option("repair", N_("Sent for repair"))),
)

SERVICE = Service(
    ID,
    Form(ID, N_("Return or swap"), pages),
    (
        Deed("attend", N_("Attended to"), frozenset((WAITS,)), SEEN, rights=RETURN_DESK, takes=True),
        Deed(
            SLIP,
            N_("A slip was filled"),
            frozenset((WAITS,)),
            SEEN,
            Form(ID, N_("A slip was filled"), Always((_SLIP_NUMBER,))),
            RETURN_DESK,
            takes=True,
        ),
        Deed(
            NO_SLIP,
            N_("Settled without a slip"),
            frozenset((WAITS,)),
            SEEN,
            Form(ID, N_("Settled without a slip"), Always((_WITHOUT,))),
            RETURN_DESK,
            takes=True,
        ),
        Deed(LEAVES, N_("The shopper has left"), frozenset((WAITS,)), LEFT, rights=RETURN_DESK),
    ),
    begins=WAITS,
    over=frozenset((SEEN, LEFT)),
    keep_days=30,
    knows=RETURN_DESK,
    lapses=(Lapse(WAITS, timedelta(hours=12), LEFT),),
    taken=False,
)


def with_slip(record: Record, slip: int, now: datetime) -> Record:
    """A ticket for which a slip was written before somebody could note it there: it is no ticket that waits."""
    noted = Done(now, BY_ITSELF, SLIP, {_SLIP_NUMBER.id: str(slip)})
    return replace(record, stage=SEEN, since=now, due=None, history=(*record.history, noted))


def lapsed(record: Record) -> bool:
    """Whether a ticket ended because nobody did anything."""
    return record.stage == LEFT and bool(record.history) and record.history[-1].by == BY_ITSELF


def _blank() -> Writing:
    return begun(Kind.DIGITS, chinese=False, longest=LONGEST_NUMBER)


@dataclass(frozen=True, slots=True)
class Returning:
    """Implements Flow. sought: the receipt's number as it was scanned or typed, "" while it is asked for.

    chosen: in the order in which it was; one that is chosen again stands last. sent: the desk has it.
    """

    written: Writing = field(default_factory=_blank)
    sought: str = ""
    chosen: Answers = ()
    sent: bool = False

    @property
    def service(self) -> str:
        return ID

    @property
    def page(self) -> str:
        """As far as it can be told without the receipt; its screens have names of their own."""
        asked = self.chosen[-1][0] if self.chosen else "found" if self.sought else "number"
        return f"{ID}.{'sent' if self.sent else asked}"

    @property
    def writes(self) -> bool:
        """Until a line was chosen another receipt may be scanned."""
        return not self.chosen and not self.sent

    @property
    def answers(self) -> Mapping[str, str]:
        return dict(self.chosen)

    def after(self, act: Act) -> Turn:
        if self.sent:
            return Turn(self)
        match act:
            case Back():
                return Turn(self._back())
            case Read(code) if self.writes:
                return self._seeks(code)
            case Wrote(key) if not self.sought:
                return Turn(replace(self, written=after(self.written, key)))
            case Next() if not self.sought:
                return self._seeks(self.written.whole)
            case Chose(id) if self.sought:
                return self._chose(id)
            case _:
                return Turn(self)

    def _seeks(self, text: str) -> Turn:
        plain = "".join(sign for sign in text[:LONGEST_CODE] if sign.isprintable()).strip()
        if not plain:
            return Turn(self)
        return Turn(replace(self, written=_blank(), sought=plain), sought=Sought(ID, plain))

    def _chose(self, id: str) -> Turn:
        if id == AGAIN:
            return Turn(Returning())
        if id == TICKET:
            return self._given(((RECEIPT, self.sought), (OUTCOME, PERSON)))
        name, sign, value = id.partition("=")
        if name == TICKET:
            return self._given(told(value))
        if not sign or name not in FIELDS.keys() | DRAFTS:
            return Turn(self)
        kept = tuple(one for one in self.chosen if one[0] != name and (name in DRAFTS or one[0] not in DRAFTS))
        return Turn(replace(self, chosen=(*kept, (name, value))))

    def _given(self, answers: Answers) -> Turn:
        return Turn(replace(self, sent=True), Given(ID, answers))

    def _back(self) -> Flow | None:
        pages = tuple(one for one in self.chosen if one[0] not in DRAFTS)
        if pages:
            return replace(self, chosen=pages[:-1])
        return Returning() if self.sought else None


def given(answers: Answers) -> str:
    """A tap that gives these answers: none of them holds a line break."""
    return f"{TICKET}=" + "\n".join(f"{name}\t{value}" for name, value in answers)


def told(text: str) -> Answers:
    """The answers of such a tap."""
    return tuple((name, value) for name, _, value in (line.partition("\t") for line in text.split("\n")))
