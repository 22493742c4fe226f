"""The returns policy and its decisions: `kiosk returns decide`, `policy`."""

from __future__ import annotations

import argparse
import sys
from datetime import date, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from kiosk.app.case_file import BadCase, cases_in
from kiosk.app.commands.share import DONE, places_of, print_json, write
from kiosk.app.returns import return_desk
from kiosk.config.load import load_site
from kiosk.config.site import Site
from kiosk.display.returns_page import cell_text, period_name, plain, policy_page
from kiosk.display.returns_words import effect_name, goods_name, outcome_name, reason_name, word
from kiosk.errors import KioskError
from kiosk.rules.returns.case import Case
from kiosk.rules.returns.decision import Decision
from kiosk.rules.returns.decision import decide as decision_on
from kiosk.rules.returns.policy import Policy, PolicyBook
from kiosk.rules.returns.policy_table import periods, table_of
from kiosk.rules.returns.questions import open_questions
from kiosk.rules.returns.wording import in_words, next_step, reason, remedy_name
from kiosk.units import LANGUAGES, Language


def decide(arguments: argparse.Namespace) -> int:
    """What becomes of the cases of a file, and why."""
    site = load_site(places_of(arguments).site)
    book = return_desk(site).book
    try:
        cases = cases_in(_text_of(arguments.file), _today(site))
    except BadCase as bad:
        named = _named(arguments.file)
        raise BadCase("\n".join(f"{named}: {line}" for line in str(bad).splitlines())) from bad
    decisions = [decision_on(book, case) for case in cases]
    language: Language = arguments.language
    if arguments.json:
        values = [_values(book, *both) for both in zip(cases, decisions, strict=True)]
        print_json(values[0] if len(values) == 1 else values)
        return DONE
    for decision in decisions:
        sys.stdout.write(_told(book, decision, language) + "\n")
    return DONE


def policy(arguments: argparse.Namespace) -> int:
    """The policy as people read it."""
    site = load_site(places_of(arguments).site)
    book = return_desk(site).book
    bought_on: date = arguments.date or _today(site)
    language: Language = arguments.language
    rules = book.on(bought_on)
    if arguments.html is not None:
        page = policy_page(rules, book.phrases, in_words(site.name, language), bought_on, language)
        write(arguments.html, page.encode())
        return DONE
    if arguments.json:
        print_json(_table_values(rules) if arguments.table else _clause_values(rules))
        return DONE
    show = _table if arguments.table else _clauses
    Console().print(show(rules, book, bought_on, language))
    return DONE


def _today(site: Site) -> date:
    return datetime.now(site.zone_info).date()


def _named(file: Path) -> str:
    return "the standard input" if str(file) == "-" else str(file)


def _text_of(file: Path) -> str:
    if str(file) == "-":
        return sys.stdin.read()
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise KioskError(f"{file} is not UTF-8 text: save it again with the encoding UTF-8") from error
    except OSError as error:
        raise KioskError(f"{file} cannot be read: {error.strerror}; name a JSON file with a case") from error


def _values(book: PolicyBook, case: Case, decision: Decision) -> dict[str, object]:
    return {
        "outcome": decision.outcome.value,
        "remedy": None if decision.remedy is None else decision.remedy.value,
        "until": None if decision.until is None else decision.until.isoformat(),
        "clauses": [
            {"id": clause.id, "rules": list(clause.rules), "effect": clause.effect.value} for clause in decision.hits
        ],
        "open": [clause.id for clause in decision.open],
        "questions": [question.value for question in open_questions(book, case)],
        "tell": sorted(tell.value for tell in decision.tell),
        "reason": {language: reason(book.phrases, decision, language) for language in LANGUAGES},
        "next_step": {language: next_step(book.phrases, decision, language) for language in LANGUAGES},
        "amount_fen": case.line.price_of(case.quantity_milli),
    }


def _told(book: PolicyBook, decision: Decision, language: Language) -> str:
    remedy = decision.remedy
    named = "" if remedy is None else f": {remedy_name(book.phrases.remedies, remedy, language)}"
    clauses = ", ".join(clause.id for clause in decision.hits)
    return (
        f"{outcome_name(decision.outcome, language)}{named} [{clauses}]\n"
        f"  {reason(book.phrases, decision, language)}\n  {next_step(book.phrases, decision, language)}"
    )


def _clause_values(rules: Policy) -> list[dict[str, object]]:
    return [
        {
            "id": clause.id,
            "rules": list(clause.rules),
            "effect": clause.effect.value,
            "remedies": sorted(remedy.value for remedy in clause.remedies),
            "from_day": clause.from_day,
            "to_day": clause.to_day,
            "valid_from": None if clause.valid_from is None else clause.valid_from.isoformat(),
            "valid_until": None if clause.valid_until is None else clause.valid_until.isoformat(),
            "text": dict(clause.text),
            "next_step": dict(clause.next_step),
        }
        for clause in rules.clauses
    ]


def _table_values(rules: Policy) -> list[dict[str, object]]:
    return [
        {
            "goods": sorted(trait.value for trait in row.traits),
            "reason": row.reason.value,
            "from_day": period.from_day,
            "to_day": period.to_day,
            "remedies": [remedy.value for remedy in cell.remedies],
            "by_person": cell.by_person,
            "clause": None if cell.clause is None else cell.clause.id,
        }
        for row in table_of(rules)
        for period, cell in zip(periods(rules), row.cells, strict=True)
    ]


def _clauses(rules: Policy, book: PolicyBook, bought_on: date, language: Language) -> Table:
    table = Table(title=_title(bought_on, language), title_justify="left")
    for heading in (word("clause", language), "", word("says", language), word("next", language)):
        table.add_column(heading)
    for clause in rules.clauses:
        texts = (plain(words, language) for words in (clause.text, clause.next_step))
        table.add_row(*map(Text, (clause.id, effect_name(clause.effect, language), *texts)))
    return table


def _table(rules: Policy, book: PolicyBook, bought_on: date, language: Language) -> Table:
    table = Table(title=_title(bought_on, language), title_justify="left", caption=word("note", language))
    for heading in (word("goods", language), word("reason", language)):
        table.add_column(heading)
    for period in periods(rules):
        table.add_column(period_name(period, language))
    rows = table_of(rules)
    for at, row in enumerate(rows):
        last = at + 1 == len(rows) or rows[at + 1].traits != row.traits
        cells = (cell_text(cell, book.phrases, language) for cell in row.cells)
        names = (goods_name(row.traits, language), reason_name(row.reason, language))
        table.add_row(*map(Text, (*names, *cells)), end_section=last)
    return table


def _title(bought_on: date, language: Language) -> str:
    return f"{word('policy', language)} · {word('since', language)} {bought_on.isoformat()}"
