"""Reads a return case from JSON; what is wrong with it is told by its field, with what would be right."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator, ConfigDict, Field, ValidationError

from kiosk.config.plain import sentences
from kiosk.config.schema import Table
from kiosk.config.values import Line as Text
from kiosk.config.values import refusal
from kiosk.errors import KioskError
from kiosk.rules.returns.case import Case
from kiosk.rules.returns.clause import Answer, Paper, Question, Reason, Remedy
from kiosk.rules.returns.receipt import BadReceipt, Line, price_of, quantity_of


class BadCase(KioskError, ValueError):
    """The file holds no case to decide; the message names every field that is wrong and the remedy."""


def _day(value: object) -> object:
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise refusal(f'is the text "{value[:20]}", not a date') from None
    return value


def _amount(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Day = Annotated[date, BeforeValidator(_day)]
Amount = Annotated[str, BeforeValidator(_amount)]
_DATE = 'write a date between quotes, as "2026-11-21"'
_FLAG = "write true or false"
_QUANTITY = 'write the quantity between quotes, as "1" or "0.535"'


class LineTable(Table):
    n: int = Field(default=1, description="write the line's number on the receipt")
    item: Text = Field(description='write the item number, as "20417"')
    barcode: str = Field(default="", description="write the barcode between quotes")
    name: Text = Field(description="write what it is called between quotes")
    category: str = Field(default="", description="write the category as the till prints it")
    quantity: Amount = Field(default="1", description=_QUANTITY)
    unit_price: Amount = Field(description='write the price in yuan between quotes, as "129.00"')
    clearance: bool = Field(default=False, description=_FLAG)
    appliance: bool = Field(default=False, description=_FLAG)
    serial: str = Field(default="", description="write the serial number between quotes")


class AnswersTable(Table):
    whole: Literal["yes", "no", "unsure"] | None = Field(default=None, description='write "yes", "no" or "unsure"')
    worn: Literal["yes", "no", "unsure"] | None = Field(default=None, description='write "yes", "no" or "unsure"')
    cause: Literal["nothing", "use", "opened", "disaster", "unsure"] | None = Field(
        default=None, description='write "nothing", "use", "opened", "disaster" or "unsure"'
    )
    fault: Literal["yes", "no", "unsure"] | None = Field(default=None, description='write "yes", "no" or "unsure"')


class CaseTable(Table):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    line: LineTable = Field(description='write { "item": "20417", "name": "…", "category": "…", "unit_price": "9.90" }')
    quantity: Amount | None = Field(default=None, description=_QUANTITY)
    bought: Day = Field(description=_DATE)
    today: Day | None = Field(default=None, description=_DATE)
    wish: Literal["refund", "exchange", "repair"] = Field(description='write "refund", "exchange" or "repair"')
    reason: Literal["fault", "spoiled", "mistake", "unwanted"] = Field(
        description='write "fault", "spoiled", "mistake" or "unwanted"'
    )
    answers: AnswersTable = Field(default_factory=AnswersTable, description='write { "whole": "yes" }')
    papers: list[Literal["receipt", "invoice", "test-record", "warranty-card"]] = Field(
        default=["receipt"], description='list "receipt", "invoice", "test-record", "warranty-card"'
    )
    invoiced: bool = Field(default=False, description=_FLAG)
    doubt: bool = Field(default=False, description=_FLAG)


def cases_in(text: str, today: date) -> tuple[Case, ...]:
    """The case, or the list of cases, in a JSON text. today: where a case names none. Raises BadCase."""
    try:
        raw = json.loads(text)
    except ValueError as error:
        where = f", line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise BadCase(f"this is no JSON{where}: write a case as {{ … }} or a list of them") from error
    except RecursionError as error:
        raise BadCase("this is no case: it is nested beyond all measure") from error
    entries = raw if isinstance(raw, list) else [raw]
    problems: list[str] = []
    cases = [_case(entry, f"[{at}]." if isinstance(raw, list) else "", today, problems) for at, entry in
             enumerate(entries, start=1)]  # fmt: skip
    if problems:
        raise BadCase("\n".join(problems))
    return tuple(case for case in cases if case is not None)


def _case(raw: object, before: str, today: date, problems: list[str]) -> Case | None:
    try:
        table = CaseTable.model_validate(raw)
    except ValidationError as error:
        problems += [
            f"{before}{_place(loc)}: {what} ({remedy})" for loc, what, remedy in sentences(error, CaseTable, raw)
        ]
        return None
    try:
        return _of(table, today)
    except BadReceipt as bad:
        problems.append(f"{before}{_FIELDS.get(bad.field, 'line.' + bad.field)}: {bad.what} ({bad.remedy})")
        return None


_FIELDS = {"bought": "bought", "quantity": "quantity"}


def _of(table: CaseTable, today: date) -> Case:
    one = table.line
    line = Line(
        n=one.n,
        item=one.item,
        barcode=one.barcode,
        name=one.name,
        category=one.category,
        quantity_milli=quantity_of(one.quantity),
        unit_price_fen=price_of(one.unit_price),
        clearance=one.clearance,
        appliance=one.appliance,
        serial=one.serial,
    )
    given = {question: getattr(table.answers, question.value) for question in Question}
    return Case(
        line=line,
        quantity_milli=line.quantity_milli if table.quantity is None else quantity_of(table.quantity),
        bought_on=table.bought,
        today=table.today or today,
        wish=Remedy(table.wish),
        reason=Reason(table.reason),
        answers={question: Answer(answer) for question, answer in given.items() if answer is not None},
        papers=frozenset(map(Paper, table.papers)),
        invoiced=table.invoiced,
        doubt=table.doubt,
    )


def _place(loc: Iterable[str | int]) -> str:
    return "".join(f"[{one + 1}]" if isinstance(one, int) else f".{one}" for one in loc).lstrip(".") or "the case"
