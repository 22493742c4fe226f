"""The announcement binder: `kiosk binder list`, `show`, `release`, `withdraw`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from datetime import date, datetime

from rich.console import Console
from rich.table import Table
from rich.text import Text

from kiosk.app.binder_pages import pages_of
from kiosk.app.commands.share import DONE, latest_releases, places_in_use, print_json
from kiosk.app.commands.who import RegisterDesk
from kiosk.config.findings import did_you_mean
from kiosk.config.load import load_site
from kiosk.config.site import Site
from kiosk.errors import KioskError
from kiosk.ledger.releases import ReleasePages
from kiosk.rules.broadcast.material import Script
from kiosk.rules.broadcast.releases import Page, Release, airs, releasing, remedy, standing
from kiosk.rules.broadcast.rights import Deed
from kiosk.units import LANGUAGES, Language, ScriptId

_STYLES = {"released": "green", "withdrawn": "red"}


def listed(arguments: argparse.Namespace) -> int:
    """Every page with its state."""
    where = places_in_use(arguments)
    site = load_site(where.site)
    last = latest_releases(where, site)
    day = arguments.date or datetime.now(site.zone_info).date()
    pages = {page.script: page for page in pages_of(site)}
    if arguments.json:
        print_json([_values(site, script, pages[script.id], last, day) for script in site.binder])
        return DONE
    table = Table(title=f"binder, {day}", title_justify="left")
    for heading in ("page", "title", "class", "state", "by", "airs"):
        table.add_column(heading)
    for script in site.binder:
        values = _values(site, script, pages[script.id], last, day)
        word = last.get(script.id)
        cells = (
            script.id,
            _in_words(script.title),
            script.air_class.value + (", policy" if script.policy else ""),
            _state(values),
            "" if word is None else f"{word.by}, {word.at:%Y-%m-%d %H:%M}",
            str(values["why"] or values["window"]),
        )
        table.add_row(*map(Text, cells), style=_STYLES.get(str(values["state"]), "" if values["airs"] else "yellow"))
    Console().print(table)
    return DONE


def show(arguments: argparse.Namespace) -> int:
    """One page, whole."""
    where = places_in_use(arguments)
    site = load_site(where.site)
    script, page = _page(site, arguments.script)
    values = _values(site, script, page, latest_releases(where, site), datetime.now(site.zone_info).date())
    if arguments.json:
        print_json(values)
        return DONE
    out = Console(highlight=False)
    out.print(f"{script.id}  {_in_words(script.title)}", style="bold", markup=False)
    for name in ("class", "policy", "state", "released_by", "airs", "why", "valid", "window", "zones", "recording"):
        if values[name] not in ("", None):
            out.print(f"{name.replace('_', ' '):>12}  {_plain(values[name])}", markup=False, soft_wrap=True)
    for language in LANGUAGES:
        if script.text.get(language):
            out.print(f"{language:>12}  {script.text[language]}", markup=False, soft_wrap=True)
    return DONE


def release(arguments: argparse.Namespace) -> int:
    """These pages may air, as they read now."""
    return _decide(arguments, released=True)


def withdraw(arguments: argparse.Namespace) -> int:
    """These pages may not air any more; one that is on the air is read to its end (B10)."""
    return _decide(arguments, released=False)


def _decide(arguments: argparse.Namespace, *, released: bool) -> int:
    site = load_site(places_in_use(arguments).site)
    found = [_page(site, name)[1] for name in arguments.scripts]
    desk = RegisterDesk(arguments, site)
    with desk.ledger:
        register = ReleasePages(desk.ledger, site.zone_info)
        deeds = dict.fromkeys(releasing(page) if released else Deed.WITHDRAW for page in found)
        operators = {deed: desk.acting(deed, found[0].script) for deed in deeds}
        for page in found:
            by = operators[releasing(page) if released else Deed.WITHDRAW]
            register.write(Release(page.script, page.digest, released, desk.now, by), why=getattr(arguments, "why", ""))
            sys.stdout.write(f"{page.script} is {'released' if released else 'withdrawn'}\n")
        desk.tell_the_role()
    return DONE


def _page(site: Site, name: str) -> tuple[Script, Page]:
    for script, page in zip(site.binder, pages_of(site), strict=True):
        if script.id == name:
            return script, page
    guess = did_you_mean(name, [script.id for script in site.binder], kind="pages")
    raise KioskError(f"the binder has no page {name} ({guess})")


def _values(site: Site, script: Script, page: Page, last: Mapping[ScriptId, Release], day: date) -> dict[str, object]:
    word = last.get(script.id)
    state = standing(page, word)
    may = airs(page, word, site.announcers.release)
    why = "" if may else remedy(page)
    if may and not script.valid_on(day):
        why = "not in the binder on that day"
    return {
        "id": script.id,
        "title": dict(script.title),
        "class": script.air_class.value,
        "policy": script.policy,
        "state": state.value,
        "released_by": None if word is None else word.by,
        "at": None if word is None else word.at.isoformat(timespec="seconds"),
        "airs": may and script.valid_on(day),
        "why": why,
        "valid": _validity(script),
        "window": _window(script),
        "zones": list(script.zones) or "the whole store",
        "recording": dict(script.recordings) or "none: the text is spoken",
        "text": dict(script.text),
    }


def _validity(script: Script) -> str:
    if script.valid_from is None and script.valid_until is None:
        return ""
    return f"{script.valid_from or '…'} to {script.valid_until or '…'}"


def _window(script: Script) -> str:
    if script.window is None:
        return "when asked for or called"
    window = f"{script.window.start:%H:%M} to {script.window.end:%H:%M}"
    if script.interval_s is None:
        return f"at {script.window.start:%H:%M}"
    return f"{window}, every {script.interval_s / 60:g} min"


def _in_words(words: Mapping[Language, str]) -> str:
    return next((words[language] for language in LANGUAGES if words.get(language)), "")


def _state(values: Mapping[str, object]) -> str:
    state = str(values["state"])
    return f"{state}, which airs all the same" if values["airs"] and state != "released" else state


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
