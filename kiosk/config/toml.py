"""Reads the TOML files of a site; what cannot be read or parsed is told with its line and a way out."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from kiosk.config.findings import Findings, Loc, Source, shown

_WHERE = re.compile(r"^(?P<what>.*?) ?\((?:at line (?P<line>\d+), column (?P<column>\d+)|at end of document)\)$", re.S)
_SHORT_TIME = re.compile(r"=\s*(\d{1,2}:\d{2})(?![:\d])")
_HEADER = re.compile(r"^\s*(\[\[?)\s*([A-Za-z0-9_.\-\s]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r'^\s*("[^"]*"|[A-Za-z0-9_\-]+)((?:\s*\.\s*[A-Za-z0-9_\-]+)*)\s*=')


def read_source(root: Path, file: str, findings: Findings) -> Source | None:
    """The file's table, or None after telling why not."""
    text = _text(root, file, findings)
    if text is None:
        return None
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        what, remedy = _explain(str(error), text.splitlines())
        findings.error(file, (), what, remedy)
        return None
    except (ValueError, RecursionError):
        findings.error(file, (), "holds a number or a nesting beyond all measure", "look for a stray bracket or digits")
        return None
    return Source(file, table, _lines(text))


def _text(root: Path, file: str, findings: Findings) -> str | None:
    path = root / file
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        findings.error(file, (), "is missing", f"a site needs this file; copy the demo store's {file} and change it")
        return None
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        findings.error(file, (), f"cannot be read: {reason}", "it must be a file that the kiosk's user may read")
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        guess = "UTF-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "GBK or another old encoding"
        what = f"line {line}: is not UTF-8 text (it looks like {guess})"
        findings.error(file, (), what, "save the file again with the encoding UTF-8")
        return None


def _explain(message: str, lines: list[str]) -> tuple[str, str]:
    """tomllib's message as (what, remedy), with hints for the mistakes that people make with times and text."""
    found = _WHERE.match(message)
    if found is None or found["line"] is None:
        what = found["what"] if found else message
        return f"end of file: is not valid TOML: {_lower(what)}", "a closing quote, bracket or value is missing"
    number, column = int(found["line"]), int(found["column"])
    line = lines[number - 1] if number <= len(lines) else ""
    what = f"line {number}, column {column}: is not valid TOML: {_lower(found['what'])}"
    return what, _syntax_hint(found["what"], line)


def _syntax_hint(what: str, line: str) -> str:
    here = f"the line reads {shown(line.strip())}"
    short = _SHORT_TIME.search(line)
    if short:
        return f'write {short[1]:0>5}:00 or "{short[1]:0>5}"; {here}'
    if "'\\n'" in what or "'\\r'" in what:
        return f"the closing quote is missing; {here}"
    if line.lstrip().startswith("[["):
        return f"entries of a list begin with two brackets each time: {line.strip()}"
    if "overwrite" in what or "twice" in what:
        return f"the same name is given two times: keep one; {here}"
    if any(quote in line for quote in "“”‘’＂"):
        return f'text goes between straight quotes "…", not curly ones; {here}'
    if "value" in what or "after a statement" in what:
        return f'text and durations go between quotes: "15min"; {here}'
    return here


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _lines(text: str) -> dict[Loc, int]:
    """The line of every table header and of every key at the start of a line; best effort, for messages only."""
    lines: dict[Loc, int] = {}
    counts: dict[Loc, int] = {}
    table: Loc = ()
    fence = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if fence:
            fence = "" if fence in line else fence
            continue
        header = _HEADER.match(line)
        if header:
            table = _header_loc(header[2], repeated=header[1] == "[[", counts=counts)
            lines.setdefault(table, number)
            continue
        key = _KEY.match(line)
        if key:
            steps = (key[1].strip('"'), *(step.strip() for step in key[2].split(".")[1:]))
            for depth in range(1, len(steps) + 1):
                lines.setdefault(table + steps[:depth], number)
        fence = next((quotes for quotes in ('"""', "'''") if line.count(quotes) == 1), "")
    return lines


def _header_loc(name: str, *, repeated: bool, counts: dict[Loc, int]) -> Loc:
    """Where a header leads: `[[scripts]]` opens the next script, `[day_types.welcome]` belongs to the latest."""
    loc: Loc = ()
    steps = [step.strip() for step in name.split(".")]
    for depth, step in enumerate(steps, start=1):
        loc += (step,)
        if repeated and depth == len(steps):
            counts[loc] = counts.get(loc, -1) + 1
        if loc in counts:
            loc += (counts[loc],)
    return loc
