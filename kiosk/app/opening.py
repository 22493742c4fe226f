"""Opening the office: whole, with every file heard and every text spoken, or at once with what is known already."""

from __future__ import annotations

import itertools
import logging
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime

from kiosk.app.binder_pages import pages_of
from kiosk.app.demo_day import DemoDay, demo_site
from kiosk.app.errands import Errand, Opened
from kiosk.app.office import Office, Said, announcement_paths, clip_paths, texts_to_speak
from kiosk.app.places import Places
from kiosk.app.speech import speakable
from kiosk.audio.decoder import Decoder
from kiosk.audio.listening import HeardBook, Progress, glance, listen
from kiosk.audio.speech import Speaker, Spoken, voices
from kiosk.config.load import load_site
from kiosk.config.site import Site
from kiosk.errors import DeviceFault
from kiosk.rules.broadcast.library import EMERGENCIES, Sound
from kiosk.rules.broadcast.sayings import Saying
from kiosk.rules.speech.settings import LAST_RESORT
from kiosk.rules.speech.tokens import Speakable

log = logging.getLogger(__name__)

AT_ONCE_S = 2.0  # so long a start may take for looking into files, and as long again for what has to be heard
PRESUMED_MUSIC_LUFS = -9.0  # as loud as music is made: what nobody has listened to yet is rather too soft
PRESUMED_SPEECH_LUFS = -20.0
SONGS_FIRST = 12  # are listened to before the routine texts are spoken


def open_office(
    places: Places, *, demo: DemoDay | None = None, site: Site | None = None, progress: Progress | None = None
) -> Office:
    """The office of a site, whole: it waits for every file and text. Raises SiteError; a sound file never raises."""
    site = _site(places, demo, site)
    spoken: dict[Said, Spoken] = {}
    mute: dict[Said, str] = {}
    with closing(voices(site.speech.voices, places.spoken)) as voice:
        for saying in texts_to_speak(site):
            assert saying.script is not None
            try:
                spoken[saying.script, saying.language] = voice.speak(speakable(saying))
            except DeviceFault as fault:
                mute[saying.script, saying.language] = str(fault)
    sounds = listen(site.root, clip_paths(site), places.heard, progress)
    return _office(site, sounds, spoken, mute)


def open_at_once(
    places: Places,
    *,
    demo: DemoDay | None = None,
    at_once_s: float = AT_ONCE_S,
    now: datetime | None = None,
    mono_s: Callable[[], float] = time.monotonic,
) -> Opened:
    """The office of a site with what is known of it, within seconds however large the library is. Raises SiteError.

    What was heard or spoken before is whole. An emergency that nobody has spoken yet is said by the voice of last
    resort for now; a file that nobody has listened to has the length of its header and a level that is presumed.
    """
    site = _site(places, demo, None)
    book = HeardBook(site.root, places.heard)
    spoken, unspoken = _spoken_before(site, places)
    paths = _by_need(site, now or datetime.now(site.zone_info))
    sounds = {path: sound for path in paths if (sound := book.find(path)) is not None}
    unheard = [path for path in paths if path not in sounds]
    speech = frozenset(announcement_paths(site))
    sounds |= _heard_in_time((path for path in unheard if path in speech), book, mono_s, at_once_s)
    rest = [path for path in unheard if path not in sounds]
    sounds |= _glanced(site, rest, speech, mono_s, at_once_s)
    if not any(path in sounds for path in paths if path not in speech):
        sounds |= _heard_in_time((path for path in rest if path not in speech), book, mono_s, at_once_s)
        rest = [path for path in rest if book.find(path) is None]
    return Opened(_office(site, sounds, spoken, {}), tuple(_in_turn(unspoken, rest, speech)))


def _site(places: Places, demo: DemoDay | None, site: Site | None) -> Site:
    site = site or load_site(places.site)
    return site if demo is None else demo_site(site, demo)


def _office(site: Site, sounds: dict[str, Sound], spoken: dict[Said, Spoken], mute: dict[Said, str]) -> Office:
    heard = {str(one.path): one.sound for one in spoken.values()}
    return Office(
        site, {**sounds, **heard}, {said: str(one.path) for said, one in spoken.items()}, mute, pages=pages_of(site)
    )


def _spoken_before(site: Site, places: Places) -> tuple[dict[Said, Spoken], list[Saying]]:
    """What is kept of the texts, and those that a voice, or a better one, is still to say."""
    kept: dict[Said, Spoken] = {}
    unspoken: list[Saying] = []
    settings = site.speech.voices
    sayings = texts_to_speak(site)
    if not sayings:
        return kept, unspoken
    with (
        closing(voices(settings, places.spoken)) as voice,
        closing(voices(replace(settings, engines=(LAST_RESORT,)), places.spoken)) as stopgap,
    ):
        for saying in sayings:
            assert saying.script is not None
            said = speakable(saying)
            found = voice.ready(said)
            if found is None and saying.air_class in EMERGENCIES and LAST_RESORT in settings.engines:
                found = _said_for_now(stopgap, saying, said) and voice.ready(said)
            if found is not None:
                kept[saying.script, saying.language] = found
            if found is None or found.instead:
                unspoken.append(saying)
    return kept, unspoken


def _said_for_now(stopgap: Speaker, saying: Saying, said: Speakable) -> Spoken | None:
    try:
        return stopgap.speak(said)
    except DeviceFault as fault:
        log.warning("script %s: nothing says it until a voice has: %s", saying.script, fault)
        return None


def _by_need(site: Site, now: datetime) -> list[str]:
    """Every file, those of announcements first, then of each of today's playlists in turn, from this hour's on."""
    try:
        day = Office(site, {}).day_at(now)
        phases = sorted(day.day_type.phases(), key=lambda phase: (day.end_moment(phase) <= now, day.end_moment(phase)))
        first = [phase.playlist for phase in phases]
    except ValueError:  # no such day type: the plan will say so
        first = []
    order = dict.fromkeys([*first, *site.playlists])
    lists = [site.playlists[name] for name in order if name in site.playlists]
    songs = (path for row in itertools.zip_longest(*lists) for path in row if path is not None)
    return list(dict.fromkeys([*announcement_paths(site), *songs]))


def _heard_in_time(
    paths: Iterable[str], book: HeardBook, mono_s: Callable[[], float], limit_s: float
) -> dict[str, Sound]:
    """What can be listened to in so many seconds, one file at least."""
    heard: dict[str, Sound] = {}
    until_s = mono_s() + limit_s
    with Decoder(blocking=True) as decoder:
        for path in paths:
            if heard and mono_s() > until_s:
                break
            heard[path] = book.hear(decoder, path)
    if heard:
        book.write()
    return heard


def _glanced(
    site: Site, paths: Iterable[str], speech: frozenset[str], mono_s: Callable[[], float], limit_s: float
) -> dict[str, Sound]:
    """What the headers tell, of as many files as can be looked into in so many seconds."""
    until_s = mono_s() + limit_s
    seen: dict[str, Sound] = {}
    for path in paths:
        if mono_s() > until_s:
            break
        sound = glance(site.root / path, PRESUMED_SPEECH_LUFS if path in speech else PRESUMED_MUSIC_LUFS)
        if sound is not None:
            seen[path] = sound
    return seen


def _in_turn(unspoken: list[Saying], unheard: list[str], speech: frozenset[str]) -> Iterator[Errand]:
    """Emergencies, announcements' files, some songs, the other texts, the other songs."""
    songs = [path for path in unheard if path not in speech]
    yield from (one for one in unspoken if one.air_class in EMERGENCIES)
    yield from (path for path in unheard if path in speech)
    yield from songs[:SONGS_FIRST]
    yield from (one for one in unspoken if one.air_class not in EMERGENCIES)
    yield from songs[SONGS_FIRST:]
