"""Reads schedules/returns.toml: the returns policy, every mistake of it, and what it leaves undecided."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from kiosk.config.findings import Findings, shown
from kiosk.config.returning import Periods
from kiosk.config.schema import Table, Words
from kiosk.config.sections import Entry, Sections
from kiosk.config.values import CalendarDate, Id, Line
from kiosk.config.words import complete, fit_to_say, titled
from kiosk.rules.returns.clause import ANSWERS, Answer, Clause, Effect, Paper, Question, Reason, Remedy
from kiosk.rules.returns.goods import Category, Trait
from kiosk.rules.returns.policy import Phrases, PolicyBook
from kiosk.rules.returns.soundness import unsound
from kiosk.rules.returns.wording import REMEDY, UNTIL

FILE = "schedules/returns.toml"

_TRAIT = 'write traits such as "appliance", "hygiene", "consumable", "tobacco-alcohol", "clearance", "fresh", "vendor"'
_REMEDY = 'list "refund", "exchange", "repair"'
_REASON = 'list "fault", "spoiled", "mistake", "unwanted"'
_PAPER = 'list "receipt", "invoice", "test-record", "warranty-card"'
_TEXT = 'write it in three languages: text.zh-CN = "…", text.zh-TW = "…", text.en = "…"'
_DAY = "write days since the purchase, 0 to 3650: the day after it is day 1"
_DATE = "write a date as 2026-11-21"

TraitName = Literal["appliance", "hygiene", "consumable", "tobacco-alcohol", "clearance", "fresh", "vendor"]
RemedyName = Literal["refund", "exchange", "repair"]
ReasonName = Literal["fault", "spoiled", "mistake", "unwanted"]
PaperName = Literal["receipt", "invoice", "test-record", "warranty-card"]
Day = Annotated[int, Field(ge=0, le=3650)]


class PeriodsTable(Table):
    public_holidays: bool = Field(default=True, description="write true or false, as public_holidays = true")
    closed: list[CalendarDate] = Field(default_factory=list, description="list dates, as closed = [2027-02-06]")


class PhrasesTable(Table):
    person: Words = Field(description='write person.zh-CN = "…", person.zh-TW = "…", person.en = "…"')
    instead: Words = Field(description='write instead.zh-CN = "…", instead.zh-TW = "…", instead.en = "…"')
    refund: Words = Field(description='write refund = { zh-CN = "…", zh-TW = "…", en = "a refund" }')
    exchange: Words = Field(description='write exchange = { zh-CN = "…", zh-TW = "…", en = "an exchange" }')
    repair: Words = Field(description='write repair = { zh-CN = "…", zh-TW = "…", en = "a repair" }')


class CategoryTable(Table):
    id: Id = Field(description='name the category, as id = "audio-video"')
    title: Words = Field(description='write it in three languages: { zh-CN = "…", zh-TW = "…", en = "…" }')
    names: list[Line] = Field(min_length=1, description='list what the till prints, as names = ["影音数码"]')
    traits: list[TraitName] = Field(default_factory=list, description=_TRAIT)
    valid_from: CalendarDate | None = Field(default=None, description=_DATE)
    valid_until: CalendarDate | None = Field(default=None, description=_DATE)


class AnswersTable(Table):
    whole: list[Literal["yes", "no"]] | None = Field(default=None, description='write whole = ["no"]')
    worn: list[Literal["yes", "no"]] | None = Field(default=None, description='write worn = ["yes"]')
    cause: list[Literal["nothing", "use", "opened", "disaster"]] | None = Field(
        default=None, description='list "nothing", "use", "opened", "disaster"'
    )
    fault: list[Literal["yes", "no"]] | None = Field(default=None, description='write fault = ["no"]')


class ClauseTable(Table):
    id: Id = Field(description='name the clause, as id = "R05-hygiene"')
    rules: list[Line] = Field(min_length=1, description='name the rules it stands for, as rules = ["R05"]')
    effect: Literal["refuse", "grant", "person"] = Field(description='write one of "refuse", "grant", "person"')
    remedies: list[RemedyName] = Field(default_factory=list, description=_REMEDY)
    goods: list[TraitName] = Field(default_factory=list, description=_TRAIT)
    not_goods: list[TraitName] = Field(default_factory=list, description=_TRAIT)
    wishes: list[RemedyName] = Field(default_factory=list, description=_REMEDY)
    reasons: list[ReasonName] = Field(default_factory=list, description=_REASON)
    from_day: Day | None = Field(default=None, description=_DAY)
    to_day: Day | None = Field(default=None, description=_DAY)
    answers: AnswersTable = Field(default_factory=AnswersTable, description='write answers = { whole = ["no"] }')
    missing: list[PaperName] = Field(default_factory=list, description=_PAPER)
    valid_from: CalendarDate | None = Field(default=None, description=_DATE)
    valid_until: CalendarDate | None = Field(default=None, description=_DATE)
    text: Words = Field(description=_TEXT)
    next: Words = Field(description=_TEXT.replace("text.", "next."))
    open: Words = Field(default_factory=Words, description=_TEXT.replace("text.", "open."))


def policy_of(sections: Sections, findings: Findings) -> tuple[PolicyBook, Periods] | None:
    """The policy, or None after telling why there is none."""
    sections.tell_duplicates("clauses")
    sections.tell_duplicates("categories")
    periods = sections.one("periods", PeriodsTable, PeriodsTable)
    phrases = sections.one("phrases", PhrasesTable, None, "copy [phrases] from the demo store's returns.toml")
    categories = sections.many("categories", CategoryTable)
    entries = sections.many("clauses", ClauseTable)
    sections.finish()
    if not sections.count("clauses"):
        findings.error(sections.source, ("clauses",), "names no clause", "begin each clause with [[clauses]]")
    for category in categories:
        titled(sections.source, (*category.loc, "title"), category.value.title, findings)
        _check_dates(sections, category, findings)
    for entry in entries:
        _check_clause(sections, entry, findings)
    if phrases is not None:
        _check_phrases(sections, phrases, findings)
    if findings.blocked or periods is None or phrases is None or len(entries) != sections.count("clauses"):
        return None
    book = PolicyBook(
        clauses=tuple(_clause(entry.value) for entry in entries),
        categories=tuple(_category(entry.value) for entry in categories),
        phrases=_phrases(phrases),
    )
    _tell_unsound(sections, book, findings)
    return book, Periods(frozenset(periods.closed), periods.public_holidays)


def _check_clause(sections: Sections, entry: Entry[ClauseTable], findings: Findings) -> None:
    table, loc, source = entry.value, entry.loc, sections.source
    refuses = table.effect == "refuse"
    if refuses and table.remedies:
        findings.error(source, (*loc, "remedies"), "are named by a clause that refuses", "take the line out")
    if not refuses and not table.remedies:
        findings.error(source, loc, "names no remedies", 'add remedies = ["refund", "exchange", "repair"]')
    for key, given in (("wishes", table.wishes), ("missing", table.missing), ("answers", _answers(table.answers))):
        if given and not refuses:
            what = f"names {key}, but only a clause that refuses depends on them"
            findings.error(source, (*loc, key), what, "say with clauses of their own what is refused")
    if table.from_day is not None and table.to_day is not None and table.to_day < table.from_day:
        what = f"speaks from day {table.from_day} but only to day {table.to_day}"
        findings.error(source, (*loc, "to_day"), what, "choose a last day on or after the first")
    _check_dates(sections, entry, findings)
    for key, words in (("text", table.text), ("next", table.next)):
        titled(source, (*loc, key), words, findings)
        fit_to_say(source, (*loc, key), words, findings)
    for key, words in (("text", table.text), ("open", table.open)):
        if any(UNTIL in text for text in words.by_language().values()):
            findings.error(source, (*loc, key), f"names {UNTIL}", f"say the last day in next: {UNTIL} belongs there")
    if table.open.by_language():
        complete(source, (*loc, "open"), table.open, findings)
        fit_to_say(source, (*loc, "open"), table.open, findings)
    elif _answers(table.answers):
        what = "depends on an answer and does not say why a person has to look"
        findings.error(source, (*loc, "open"), what, 'add open.zh-CN = "…", open.zh-TW = "…", open.en = "…"')


def _check_dates(sections: Sections, entry: Entry[ClauseTable] | Entry[CategoryTable], findings: Findings) -> None:
    start, end = entry.value.valid_from, entry.value.valid_until
    if start is not None and end is not None and end < start:
        what = f"is valid from {start.isoformat()} but only until {end.isoformat()}"
        remedy = "choose an end on or after the start"
        findings.error(sections.source, (*entry.loc, "valid_until"), what, remedy)


def _check_phrases(sections: Sections, table: PhrasesTable, findings: Findings) -> None:
    for key in PhrasesTable.model_fields:
        words: Words = getattr(table, key)
        titled(sections.source, ("phrases", key), words, findings)
        fit_to_say(sections.source, ("phrases", key), words, findings)
    for key, words in (("person", table.person), ("instead", table.instead)):
        for language, text in words.by_language().items():
            if REMEDY not in text:
                what = f"does not say which remedy: {shown(text)}"
                findings.error(sections.source, ("phrases", key, language), what, f"write {REMEDY} where it belongs")


def _tell_unsound(sections: Sections, book: PolicyBook, findings: Findings) -> None:
    found = unsound(book)
    ids = [clause.id for clause in book.clauses]
    for gap in found.gaps[:5]:
        goods = " and ".join(sorted(trait.value for trait in gap.traits)) or "other"
        what = f"says nothing on {goods} goods, {gap.reason.value}, from day {gap.day}: a person has to decide"
        findings.warning(sections.source, ("clauses",), what, "add a clause that refuses or grants it")
    for clause in found.silent:
        what = "never speaks: no goods, reason and day there are make it"
        findings.warning(sections.source, ("clauses", ids.index(clause.id)), what, "look at its conditions")
    for clause in found.endless:
        what = f"says {UNTIL} where nothing can be had on any later day"
        findings.error(sections.source, ("clauses", ids.index(clause.id)), what, f"say it without {UNTIL}")


def _answers(table: AnswersTable) -> dict[Question, frozenset[Answer]]:
    given = {question: getattr(table, question.value) for question in ANSWERS}
    return {question: frozenset(map(Answer, answers)) for question, answers in given.items() if answers}


def _clause(table: ClauseTable) -> Clause:
    return Clause(
        id=table.id,
        rules=tuple(table.rules),
        effect=Effect(table.effect),
        text=table.text.by_language(),
        next_step=table.next.by_language(),
        open_text=table.open.by_language(),
        remedies=frozenset(map(Remedy, table.remedies)),
        goods=frozenset(map(Trait, table.goods)),
        not_goods=frozenset(map(Trait, table.not_goods)),
        wishes=frozenset(map(Remedy, table.wishes)),
        reasons=frozenset(map(Reason, table.reasons)),
        from_day=table.from_day,
        to_day=table.to_day,
        answers=_answers(table.answers),
        missing=frozenset(map(Paper, table.missing)),
        valid_from=table.valid_from,
        valid_until=table.valid_until,
    )


def _category(table: CategoryTable) -> Category:
    return Category(
        id=table.id,
        title=table.title.by_language(),
        names=tuple(table.names),
        traits=frozenset(map(Trait, table.traits)),
        valid_from=table.valid_from,
        valid_until=table.valid_until,
    )


def _phrases(table: PhrasesTable) -> Phrases:
    return Phrases(
        person=table.person.by_language(),
        instead=table.instead.by_language(),
        remedies={
            Remedy.REFUND: table.refund.by_language(),
            Remedy.EXCHANGE: table.exchange.by_language(),
            Remedy.REPAIR: table.repair.by_language(),
        },
    )
