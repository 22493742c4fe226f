"""What is printed of a record, and what stands in a table of many: every answer in words, what was done, by whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from kiosk.rules.forms.form import Choice, Form
from kiosk.rules.printing.document import Align, Document, Field, Line, Part, Rule, Sign, Size, Space
from kiosk.rules.service.record import Record
from kiosk.rules.service.service import Deed, Rows, Say, Service
from kiosk.rules.service.stages import STAGES
from kiosk.sentences import N_

SIGNED = (  # on paper
    *(N_("Signature"), N_("Service manager"), N_("Store manager")),
    *(N_("Signature of the customer"), N_("Signature of the store")),
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would compute


def in_english(text: str) -> str:
    """As it is."""
    return text


def in_words(form: Form, answers: Mapping[str, str], say: Say = in_english) -> dict[str, str]:
    """The answers, those that were chosen in the words of their options."""
    words = {
        (page.id, one.id): one.words if one.literal else say(one.words)
        for page in form.pages(answers)
        if isinstance(page, Choice)
        for one in page.options
    }
    return {id: words.get((id, said), said) for id, said in answers.items()}


def rows(service: Service, record: Record, say: Say = in_english, figures: Rows = ()) -> Rows:
    """A record as it is printed: the service's own form, else all that its forms asked, what follows from others, and
    who signs; where another person signs too, both (S17)."""
    if service.sheet is not None:
        return service.sheet(record, say)
    asked = {page.id: getattr(page, "ask", "") for page in service.form.pages(record.answers)}
    told = in_words(service.form, record.answers, say)
    return (
        (say(N_("Number")), str(record.number)),
        (say(N_("Date")), f"{record.at:%Y-%m-%d %H:%M}"),
        *((say(asked.get(id) or id), said) for id, said in told.items() if said),
        (say(N_("Stage")), say(STAGES.get(record.stage, record.stage))),
        (say(N_("Responsible")), record.owner),
        *history(service, record, say),
        *((say(name), said) for name, said in figures),
        (say(N_("Signature")), ""),
        *((say(deed.words), _signed(record, deed)) for deed in service.deeds if deed.second),
    )


def _signed(record: Record, deed: Deed) -> str:
    """Who has signed by a PIN or a badge."""
    return next((done.by for done in record.history if done.deed == deed.id), "")


def form_of(
    service: Service,
    record: Record,
    store: str,
    names: Mapping[str, str],
    say: Say = in_english,
    figures: Rows = (),
) -> Rows:
    """The whole form, with the store's name and people's in their places. names: of people, by their ids. figures: what
    follows from other records."""
    done = tuple(replace(one, by=names.get(one.by, one.by)) for one in record.history)
    named = replace(record, owner=names.get(record.owner, record.owner), history=done)
    return tuple(
        (name, store if name == say(N_("Store")) else said) for name, said in rows(service, named, say, figures)
    )


def sheet_of(service: Service, record: Record, store: str, form: Rows, say: Say = in_english) -> Document:
    """A form to print; where somebody signs there is room for a pen. Its title tells nothing personal."""
    signed = {say(words) for words in (*SIGNED, *(deed.words for deed in service.deeds if deed.second))}
    parts: tuple[Part, ...] = tuple(
        Sign(name, said) if name in signed else Field(name, said)
        for name, said in form
        if name not in (say(N_("Store")), say(N_("Number")))
    )
    head = (
        Line(store, align=Align.CENTRE),
        Line(f"{say(service.form.title)}  {record.number}", Size.LARGE, bold=True, align=Align.CENTRE),
        Rule(),
    )
    return Document(record.name, (*head, *parts))


def slip_of(service: Service, record: Record, store: str, say: Say = in_english) -> Document:
    """What whoever asked for something takes along: its number, and by when it is answered; nothing personal."""
    centre = Align.CENTRE
    due = () if record.due is None else (Field(say(N_("We answer by")), f"{record.due:%Y-%m-%d}"),)
    return Document(
        f"slip of {record.name}",
        (
            Line(store, Size.LARGE, bold=True, align=centre),
            Line(say(service.form.title), align=centre),
            Rule(),
            Space(2.0),
            Line(str(record.number), Size.HUGE, bold=True, align=centre),
            Space(2.0),
            Field(say(N_("Date")), f"{record.at:%Y-%m-%d %H:%M}"),
            *due,
            Rule(),
            Line(say(N_("Please name this number when you ask for it at the service desk.")), Size.SMALL, align=centre),
        ),
    )


def history(service: Service, record: Record, say: Say = in_english) -> Rows:
    """What was done, one row each."""
    found = []
    for done in record.history:
        deed = service.deed(done.deed)
        told = in_words(deed.asks, done.told, say) if deed is not None and deed.asks is not None else dict(done.told)
        words = " · ".join(filter(None, (done.by, *told.values())))
        found.append((f"{done.at:%Y-%m-%d %H:%M} {say(deed.words) if deed is not None else done.deed}", words))
    return tuple(found)


def table(records: Iterable[Record]) -> tuple[tuple[str, ...], ...]:
    """A heading and a row for each record; cells that a spreadsheet would take for a formula are put in quotes."""
    kept = tuple(records)
    asked = tuple(dict.fromkeys(id for one in kept for id in one.answers))
    heading = ("number", "at", "by", "stage", "since", "owner", "due", *asked)
    lines = [heading]
    for one in kept:
        due = "" if one.due is None else one.due.isoformat(timespec="minutes")
        fixed = (str(one.number), one.at.isoformat(timespec="minutes"), one.by, one.stage)
        answers = (one.answers.get(id, "") for id in asked)
        cells = (*fixed, one.since.isoformat(timespec="minutes"), one.owner, due, *answers)
        lines.append(tuple(f"'{cell}" if cell.startswith(FORMULA) else cell for cell in cells))
    return tuple(lines)
