"""Turns what the schema refuses into plain sentences: what is wrong at which place, and what would be right."""

from __future__ import annotations

import types
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from kiosk.config.findings import Loc, did_you_mean, shown
from kiosk.config.values import PLAIN, named, shown_number


def sentences(error: ValidationError, table: type[BaseModel], raw: object) -> Iterable[tuple[Loc, str, str]]:
    """Every refusal as (place inside the table, what is wrong, what would be right)."""
    for one in error.errors(include_url=False):
        loc = one["loc"]
        what, remedy = _sentence(one["type"], one.get("ctx", {}), _at(raw, loc))
        if one["type"] == "extra_forbidden":
            what, remedy = unknown_key(str(loc[-1]), keys_of(_table_at(table, loc[:-1])))
        yield loc, what, remedy or _description(table, loc)


def unknown_key(key: str, known: Iterable[str]) -> tuple[str, str]:
    """What to say of a key that nobody knows."""
    return f"unknown key {shown(key)}", did_you_mean(key, known, kind="keys here")


def keys_of(table: type[BaseModel] | None) -> list[str]:
    """The keys a table knows, as they are written in the file."""
    return [] if table is None else [field.alias or name for name, field in table.model_fields.items()]


def _sentence(kind: str, ctx: Mapping[str, Any], value: object) -> tuple[str, str]:
    match kind:
        case str() if kind == PLAIN:
            return str(ctx["what"]), str(ctx["remedy"])
        case "missing":
            return "is missing", ""
        case "literal_error":
            return _not_a_choice(value, ctx), ""
        case "greater_than_equal":
            return f"is {_amount(value)}, which is too small", ""
        case "less_than_equal":
            return f"is {_amount(value)}, which is too large", ""
        case "finite_number":
            return f"is {value}, not a number to work with", ""
        case "too_short" | "too_long":
            return f"is {named(value)}", ""
        case _:
            return f"is {named(value)}", ""


def _amount(value: object) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return shown_number(value)
    return shown(value)


def _not_a_choice(value: object, ctx: Mapping[str, Any]) -> str:
    choices = [choice.strip("'") for choice in str(ctx.get("expected", "")).replace(" or ", ", ").split(", ")]
    if not isinstance(value, str):
        return f"is {named(value)}"
    guess = did_you_mean(value, choices, kind="choices").partition("?")
    return f"is {shown(value)}, which is not known here" + (f"; {guess[0]}?" if guess[1] else "")


def _at(raw: object, loc: Loc) -> object:
    for step in loc:
        if isinstance(raw, dict) or (isinstance(raw, list) and isinstance(step, int) and step < len(raw)):
            raw = raw.get(step) if isinstance(raw, dict) else raw[step]  # type: ignore[index] # step is an int here
    return raw


def _fields(table: type[BaseModel]) -> dict[str, FieldInfo]:
    return {field.alias or name: field for name, field in table.model_fields.items()}


def _description(table: type[BaseModel], loc: Loc) -> str:
    """The description of the innermost field that `loc` passes."""
    here: type[BaseModel] | None = table
    said = ""
    for step in loc:
        if isinstance(step, int) or here is None:
            continue
        field = _fields(here).get(step)
        if field is None:
            break
        said = field.description or said
        here = _table_in(field.annotation)
    return said


def _table_at(table: type[BaseModel], loc: Loc) -> type[BaseModel] | None:
    here: type[BaseModel] | None = table
    for step in loc:
        if isinstance(step, str) and here is not None:
            field = _fields(here).get(step)
            here = None if field is None else _table_in(field.annotation)
    return here


def _table_in(annotation: Any) -> type[BaseModel] | None:
    """The table that an annotation such as `list[PhaseTable]` or `Words | None` holds, if any."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) in (list, Union, types.UnionType, Annotated):
        return next((table for part in get_args(annotation) if (table := _table_in(part))), None)
    return None
