"""`kiosk site`: a site is looked at, put in place of the one in use, and taken back."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from kiosk.app.commands.owner import as_owner_of
from kiosk.app.commands.share import DONE, PROBLEMS, places_of, print_json
from kiosk.app.commands.site import found_in, tell_problems
from kiosk.app.commands.who import RegisterDesk, login_name
from kiosk.app.hatch import listens
from kiosk.app.places import Places
from kiosk.app.site_versions import Version, Versions
from kiosk.config.load import check_site
from kiosk.config.site import Site
from kiosk.errors import KioskError, Problem
from kiosk.ledger import audit
from kiosk.rules.broadcast.rights import Deed

TAKEN_UP = {
    True: "The roles go on with the old one, and begin with the new one tonight once the store is closed and silent.",
    False: "No role runs here: the next one to start works with it.",
}


def check(arguments: argparse.Namespace) -> int:
    """Every problem of a folder that is to become the site; nothing is changed."""
    where = places_of(arguments)
    candidate = Places(arguments.folder.resolve(), where.state)
    site, problems = _looked_at(candidate)
    tell_problems(problems, candidate, site, as_json=arguments.json)
    return PROBLEMS if any(problem.severity == "error" for problem in problems) else DONE


def switch(arguments: argparse.Namespace) -> int:
    """Copy a folder, look at the copy, and put it in place of the site in use, in one step."""
    where = places_of(arguments)
    versions = _versions(where)
    source = arguments.folder.resolve()
    site, problems = check_site(source, datetime.now().astimezone().date())
    if site is None:  # a list of mistakes is not worth a copy of the music
        tell_problems(problems, Places(source, where.state), None, as_json=arguments.json)
        return _refused(versions, arguments)
    desk = _Desk(arguments, where, site)
    with versions.alone():
        coming = versions.take_in(source, desk.now)
        candidate = Places(coming, where.state)
        site, problems = _looked_at(candidate)
        tell_problems(problems, candidate, site, as_json=arguments.json)
        if site is None or any(problem.severity == "error" for problem in problems):
            versions.drop(coming)
            desk.note("refuses a site", source.name, {"problems": str(len(problems))})
            return _refused(versions, arguments)
        version = versions.admit(coming, desk.now, desk.by, source)
        desk.note("takes in a site", version.name, {"source": str(source)})
        versions.switch_to(version)
        desk.note("switches the site", version.name, {})
        gone = versions.let_go(arguments.keep)
    if not arguments.json:
        _say(f"{versions.anchor} is {version.name} from now on. {TAKEN_UP[_role_runs(where)]}")
        if gone:
            _say(f"cleared away: {', '.join(gone)}")
    return DONE


def back(arguments: argparse.Namespace) -> int:
    """Put the version in place that was in use before, or the one that is named."""
    where = places_of(arguments)
    versions = _versions(where)
    with versions.alone():
        version = versions.previous if arguments.version is None else _named(versions, arguments.version)
        if version is None:
            raise KioskError(f"there is no earlier site to go back to: {versions.folder} holds none")
        site, problems = _looked_at(Places(version, where.state))
        if site is None:
            tell_problems(problems, Places(version, where.state), None, as_json=False)
            return _refused(versions, arguments)
        desk = _Desk(arguments, where, site)
        versions.switch_to(version)
        desk.note("switches the site", version.name, {"back": "yes"})
    _say(f"{versions.anchor} is {version.name} again. {TAKEN_UP[_role_runs(where)]}")
    return DONE


def listed(arguments: argparse.Namespace) -> int:
    """The versions that there are."""
    versions = _versions(places_of(arguments))
    rows = [_row(one, versions) for one in versions.all()]
    if arguments.json:
        print_json(rows)
    elif not rows:
        _say(f"{versions.anchor} is a plain folder: there is no other version yet")
    for row in rows if not arguments.json else ():
        marks = {"in use": row["in_use"], "the one before": row["before"]}
        told = ", ".join(name for name, so in marks.items() if so)
        _say(f"{row['version']:<20} {row['by'] or '-':<12} {row['source'] or '-'}{'  ' + told if told else ''}")
    return DONE


def _looked_at(where: Places) -> tuple[Site | None, tuple[Problem, ...]]:
    """As a role will read it; what is heard and spoken meanwhile is the role's to use."""
    with as_owner_of(where.state):
        return found_in(where)


class _Desk:
    """Who may, as the department head's library is (B04), and the audit that names them."""

    def __init__(self, arguments: argparse.Namespace, where: Places, site: Site) -> None:
        self._where = where
        self.now = datetime.now(site.zone_info)
        self.by = login_name()
        if where.ledger.exists():  # else a store that nobody has registered with yet
            desk = RegisterDesk(arguments, site, where=where)
            with desk.ledger:
                self.by = desk.acting(Deed.CHANGE_SITE, "the site")

    def note(self, action: str, subject: str, details: Mapping[str, str]) -> None:
        from kiosk.ledger.store import open_ledger

        if self._where.ledger.exists():
            with open_ledger(self._where.ledger) as ledger, ledger.write() as connection:
                audit.append(connection, audit.Fact(self.now, self.by, action, subject, details))


def _versions(where: Places) -> Versions:
    return Versions(where.named or where.site)


def _named(versions: Versions, name: str) -> Path:
    found = next((one.path for one in versions.all() if one.path.name == name), None)
    if found is None:
        raise KioskError(f"there is no version {name}: kiosk site list tells which there are")
    if found == versions.in_use:
        raise KioskError(f"{name} is in use already")
    return found


def _row(one: Version, versions: Versions) -> dict[str, object]:
    return {
        "version": one.path.name,
        "made": one.made,
        "by": one.by,
        "source": one.source,
        "in_use": one.path == versions.in_use,
        "before": one.path == versions.previous,
    }


def _role_runs(where: Places) -> bool:
    return listens(where.hatch) or listens(where.front_hatch)


def _refused(versions: Versions, arguments: argparse.Namespace) -> int:
    sys.stderr.write(f"kiosk: refused; {versions.in_use} stays in use\n")
    return PROBLEMS


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
