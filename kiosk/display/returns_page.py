"""The returns policy as one page to print: what can be had, and every clause; no script, every word escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape
from importlib import resources

from kiosk.display.returns_words import effect_name, goods_name, reason_name, word
from kiosk.rules.returns.clause import Words
from kiosk.rules.returns.policy import Phrases, Policy
from kiosk.rules.returns.policy_table import Cell, Period, periods, table_of
from kiosk.rules.returns.wording import UNTIL, in_words, remedy_name
from kiosk.units import Language

_TONES = {True: "warn", False: "good"}
_LATER = {Language("zh-CN"): "到期日", Language("zh-TW"): "到期日", Language("en"): "the last day"}


def period_name(period: Period, language: Language) -> str:
    """A period as people say it."""
    if period.to_day is None:
        return word("from", language).format(period.from_day)
    return word("days", language).format(period.from_day, period.to_day)


def cell_text(cell: Cell, phrases: Phrases, language: Language) -> str:
    """What can be had, "—" for nothing."""
    if not cell.remedies:
        return word("person" if cell.by_person else "none", language)
    joined = (", " if language == "en" else "、").join(
        remedy_name(phrases.remedies, remedy, language) for remedy in cell.remedies
    )
    return f"{word('person', language)}: {joined}" if cell.by_person else joined


def plain(words: Words, language: Language) -> str:
    """A clause's text outside a case, where no last day is known."""
    return in_words(words, language).replace(UNTIL, _LATER[language])


def policy_page(policy: Policy, phrases: Phrases, store: str, bought_on: date, language: Language) -> str:
    """The whole page; the same for the same policy."""
    style = resources.files("kiosk.display").joinpath("report.css").read_text(encoding="utf-8")
    title = f"{store} · {word('policy', language)}"
    return (
        f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{style}</style></head><body><main>"
        f'<header><p class="eyebrow">{escape(word("policy", language))}</p><h1>{escape(store)}</h1>'
        f'<p class="sub">{escape(word("since", language))} {bought_on.isoformat()}</p></header>'
        f'<section style="margin-top:24px"><h2>{escape(word("table", language))}</h2>'
        f'<p class="none">{escape(word("note", language))}</p>{_remedies(policy, phrases, language)}</section>'
        f"<section><h2>{escape(word('clauses', language))}</h2>{_clauses(policy, language)}</section>"
        "</main></body></html>\n"
    )


def _remedies(policy: Policy, phrases: Phrases, language: Language) -> str:
    headings = [word("goods", language), word("reason", language)]
    headings += [period_name(period, language) for period in periods(policy)]
    rows = []
    for row in table_of(policy):
        cells = [escape(goods_name(row.traits, language)), escape(reason_name(row.reason, language))]
        cells += [_cell(cell, phrases, language) for cell in row.cells]
        rows.append(cells)
    return _table(headings, rows)


def _cell(cell: Cell, phrases: Phrases, language: Language) -> str:
    tone = _TONES[cell.by_person] if cell.remedies or cell.by_person else "none"
    clause = "" if cell.clause is None else f'<br><span class="none">{escape(cell.clause.id)}</span>'
    return f'<span class="{tone}">{escape(cell_text(cell, phrases, language))}</span>{clause}'


def _clauses(policy: Policy, language: Language) -> str:
    rows = [
        [
            f"<b>{escape(clause.id)}</b>",
            escape(effect_name(clause.effect, language)),
            escape(plain(clause.text, language)),
            escape(plain(clause.next_step, language)),
        ]
        for clause in policy.clauses
    ]
    return _table([word("clause", language), "", word("says", language), word("next", language)], rows)


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The cells are markup already."""
    head = "".join(f"<th>{escape(text)}</th>" for text in headings)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
