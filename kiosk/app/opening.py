"""Opening the office: the site is read, its files are listened to, and what has only text is put into speech."""

from __future__ import annotations

import logging

from kiosk.app.binder_pages import pages_of
from kiosk.app.demo_day import DemoDay, demo_site
from kiosk.app.office import Office, clip_paths, texts_to_speak
from kiosk.app.places import Places
from kiosk.audio.listening import Progress, listen
from kiosk.audio.speech import speak
from kiosk.config.load import load_site
from kiosk.config.site import Site
from kiosk.desks.messages import PageAsked, PageSpoken
from kiosk.desks.requests import whom
from kiosk.errors import DeviceFault
from kiosk.rules.broadcast.library import gain_db
from kiosk.rules.broadcast.material import AirClass, Announcement, Clip
from kiosk.rules.broadcast.paging import wording
from kiosk.units import ScriptId

log = logging.getLogger(__name__)


def open_office(
    places: Places, *, demo: DemoDay | None = None, site: Site | None = None, progress: Progress | None = None
) -> Office:
    """The office of a site. Raises SiteError where the site cannot be used; a sound file never raises."""
    site = site or load_site(places.site)
    if demo is not None:
        site = demo_site(site, demo)
    spoken: dict[ScriptId, str] = {}
    for script, text in texts_to_speak(site).items():
        try:
            spoken[script] = str(speak(text, places.spoken))
        except DeviceFault as fault:
            log.warning("script %s: %s", script, fault)
    sounds = listen(site.root, [*clip_paths(site), *spoken.values()], places.heard, progress)
    return Office(site, sounds, spoken, pages=pages_of(site))


def speak_page(office: Office, places: Places, asked: PageAsked) -> PageSpoken:
    """A page as an announcement, with the store's prelude and postlude. Raises DeviceFault."""
    request = asked.request
    said = speak(wording(request), places.spoken, language=request.language, names=(request.name,))
    path = str(said)
    site = office.site
    around = [one for one in (site.prelude, site.postlude) if one]
    sounds = listen(site.root, [path, *around], places.heard)
    names = ((site.prelude, "prelude"), (path, "script"), (site.postlude, "postlude"))
    parts = [(name, one) for one, name in names if one and not sounds[one].fault]
    levels = site.levels
    clips = tuple(
        Clip(one, sounds[one].duration_s, gain_db(sounds[one], levels.announcement_lufs, levels.ceiling_dbfs))
        for _, one in parts
    )
    if sounds[path].fault:
        return PageSpoken(asked, None, sounds[path].fault)
    page = Announcement(
        f"page/{whom(request)}",
        AirClass.ROUTINE,
        clips,
        tuple(name for name, _ in parts),
        site.part_of_store(request.zones),
    )
    return PageSpoken(asked, page)
