"""Reads a whole site directory: every file, every problem at once, and a frozen Site when it can be used."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kiosk.config.days import calendar_of, day_types_of
from kiosk.config.findings import Findings
from kiosk.config.guide import guide_of
from kiosk.config.joins import tell_joins
from kiosk.config.names import Names
from kiosk.config.pages import Surroundings, binder_of
from kiosk.config.promotions import promotions_of
from kiosk.config.returning import Returns
from kiosk.config.returns_file import FILE as RETURNS
from kiosk.config.returns_file import policy_of
from kiosk.config.sections import Sections
from kiosk.config.site import Calendar, Site
from kiosk.config.sounds import playlists_of
from kiosk.config.speaking import Preview, Speech
from kiosk.config.speech import preview_of, speech_of
from kiosk.config.store import Store, store_of
from kiosk.config.toml import read_source
from kiosk.errors import Problem, SiteError
from kiosk.rules.broadcast.calendar import last_holiday_year
from kiosk.rules.broadcast.material import AirClass

SITE = "site.toml"
DAY_TYPES = "schedules/day_types.toml"
CALENDAR = "schedules/calendar.toml"
BINDER = "schedules/binder.toml"
PLAYLISTS = "schedules/playlists.toml"
PROMOTIONS = "schedules/promotions.toml"  # nor this
GUIDE = "schedules/guide.toml"  # a store need not have one

_HOLIDAY_NOTICE = timedelta(days=30)


def load_site(root: Path) -> Site:
    """The store in `root`. Raises SiteError with every problem of every file when it cannot be used.

    A sound file that is missing does not stop it as long as something stands in: the other songs of the playlist,
    the text of a page whose recording is gone (B03). `check_site` tells of it.
    """
    site, problems = check_site(root)
    if site is None:
        raise SiteError(problems)
    return site


def check_site(root: Path, today: date | None = None) -> tuple[Site | None, tuple[Problem, ...]]:
    """The store in `root`, or None when it cannot be used, and all there is to say about it, errors first.

    today: the store's date, for telling what has expired; None leaves that out. Never raises for what the files hold.
    """
    findings = Findings()
    if not root.is_dir():
        findings.error(".", (), f"there is no site directory {root}", "name the directory that holds site.toml")
        return None, findings.problems()
    files = {file: _open(root, file, findings) for file in (SITE, DAY_TYPES, CALENDAR, BINDER, PLAYLISTS)}
    names = _names(files)
    speech = None if (sections := files[SITE]) is None else speech_of(sections, root, findings)
    preview = None if (sections := files[SITE]) is None else preview_of(sections, findings)
    store = None if (sections := files[SITE]) is None else store_of(sections, names, root, findings)
    day_types = {} if (sections := files[DAY_TYPES]) is None else day_types_of(sections, names, findings)
    calendar = None if (sections := files[CALENDAR]) is None else calendar_of(sections, names, findings)
    zone = _zone(None if store is None else store.time_zone)
    # A day type too broken to read might be the one whose hours a window needs.
    all_read = (sections := files[DAY_TYPES]) is not None and len(day_types) == sections.count("day_types")
    languages = (speech or Speech()).languages
    around = Surroundings(root, names, day_types if all_read else {}, zone, today, languages)
    binder = None if (sections := files[BINDER]) is None else binder_of(sections, around, findings)
    playlists = {} if (sections := files[PLAYLISTS]) is None else playlists_of(root, sections, findings)
    guide = guide_of(sections, findings) if (sections := _if_there(root, GUIDE, findings)) is not None else None
    shows = _if_there(root, PROMOTIONS, findings)
    promotions = () if shows is None else promotions_of(shows, root, findings)
    returns = None if store is None else _returns(store, root, findings)
    if calendar is not None and today is not None:
        _tell_holidays_end(calendar, today, findings)
        if (kinds := files[DAY_TYPES]) is not None and all_read and not findings.blocked:
            tell_joins(kinds.source, day_types, calendar, zone, today, findings)
    if findings.blocked or store is None or calendar is None or binder is None:
        return None, findings.problems()
    site = Site(
        root=root,
        name=store.name,
        time_zone=store.time_zone,
        output=store.sound.outputs[0],
        zones=store.sound.zones,
        levels=store.levels,
        programme=store.programme,
        buttons=store.buttons,
        day_types=day_types,
        calendar=calendar,
        binder=binder.scripts,
        playlists=playlists,
        prelude=binder.prelude,
        postlude=binder.postlude,
        panel=store.panel,
        power=store.power,
        speech=speech or Speech(),
        preview=preview or Preview(),
        paging=store.paging,
        further_outputs=store.sound.outputs[1:],
        quiet_hours=store.sound.quiet_hours,
        announcers=store.admission.announcers,
        badge=store.admission.badge,
        selfcheck=store.selfcheck,
        microphone=store.microphone,
        lockers=store.lockers,
        scanners=store.scanners,
        touchscreen=store.touchscreen,
        guide=guide,
        promotions=promotions,
        printers=store.printers,
        returns=returns,
        service=store.service,
        queue=store.queue,
    )
    return site, findings.problems()


def _open(root: Path, file: str, findings: Findings) -> Sections | None:
    source = read_source(root, file, findings)
    return None if source is None else Sections(source, findings)


def _if_there(root: Path, file: str, findings: Findings) -> Sections | None:
    return _open(root, file, findings) if (root / file).exists() else None


def _returns(store: Store, root: Path, findings: Findings) -> Returns | None:
    """The return desk with its policy; None where the store has none, or once a problem has been told."""
    choices = store.returns
    if choices is None or (sections := _open(root, RETURNS, findings)) is None:
        return None
    policy = policy_of(sections, findings)
    if policy is None:
        return None
    book, periods = policy
    return Returns(choices.form, book, periods, choices.drop, choices.database, choices.keep_days)


def _names(files: dict[str, Sections | None]) -> Names:
    def ids(file: str, key: str) -> tuple[str, ...] | None:
        sections = files[file]
        return None if sections is None else sections.ids(key)

    binder = files[BINDER]
    return Names(
        zones=ids(SITE, "zones"),
        day_types=ids(DAY_TYPES, "day_types"),
        scripts=ids(BINDER, "scripts"),
        playlists=ids(PLAYLISTS, "playlists"),
        classes={} if binder is None else _classes(binder),
    )


def _classes(binder: Sections) -> dict[str, AirClass]:
    """The class of each page, taken from the file as it stands, so that a page's other mistakes do not matter."""
    known = {air_class.value: air_class for air_class in (AirClass.ROUTINE, AirClass.URGENT, AirClass.EVACUATION)}
    scripts = binder.source.table.get("scripts")
    entries = [entry for entry in (scripts if isinstance(scripts, list) else []) if isinstance(entry, dict)]
    pairs = [(entry.get("id"), entry.get("class")) for entry in entries]
    return {
        name: known[kind] for name, kind in pairs if isinstance(name, str) and isinstance(kind, str) and kind in known
    }


def _zone(name: str | None) -> ZoneInfo:
    """The store's zone, or one that lets the checks go on when the name is wrong."""
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def _tell_holidays_end(calendar: Calendar, today: date, findings: Findings) -> None:
    """Warn a month before the table of public holidays ends, while there still is time to update it."""
    last = last_holiday_year()
    if (calendar.holiday or calendar.workday) and (today + _HOLIDAY_NOTICE).year > last:
        what = f"the public-holiday table ends with {last}; after it only fixed dates such as 1 October are known"
        findings.warning(CALENDAR, (), what, "update the chinesecalendar package, or name the dates under [[dates]]")
