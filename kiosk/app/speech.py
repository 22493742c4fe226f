"""What the office has said: texts as a voice takes them, and pages with the store's prelude and postlude."""

from __future__ import annotations

from kiosk.app.office import Office, texts_to_speak
from kiosk.audio.speech import Speaker
from kiosk.config.site import Site
from kiosk.desks.broadcast.messages import PageAsked, PageSpoken
from kiosk.desks.broadcast.requests import whom
from kiosk.rules.broadcast.library import gain_db
from kiosk.rules.broadcast.material import AirClass, Announcement, Clip
from kiosk.rules.broadcast.paging import wording
from kiosk.rules.broadcast.sayings import Saying, page_sayings
from kiosk.rules.speech.normaliser import normalise, unsayable
from kiosk.rules.speech.tokens import Speakable


def speakable(saying: Saying) -> Speakable:
    """A text as a voice takes it."""
    return normalise(saying.text, language=saying.language, names=saying.names)


def left_out(said: Speakable) -> str:
    """What no voice can say of a text, as a sentence; "" where all of it is said."""
    return f"no voice can say {' '.join(said.lost)}, which is left out; write it otherwise" if said.lost else ""


def known_beforehand(site: Site) -> tuple[Saying, ...]:
    """All that can be put into speech before the store opens: emergencies first, pages of frequent surnames last."""
    return (*texts_to_speak(site), *page_sayings(site.speech.surnames, site.speech.languages[0]))


def unsaid(site: Site, voice: Speaker) -> tuple[tuple[Saying, str], ...]:
    """The scripts' texts that would have to wait for a voice now, or for a better one, and why: for the self-check.

    Nothing is made. The remedy is `kiosk speech prepare`, or another text where no voice can say a character.
    """
    waiting = []
    for saying in texts_to_speak(site):
        said = speakable(saying)
        if said.lost:
            waiting.append((saying, left_out(said)))
            continue
        ready = voice.ready(said)
        if ready is None:
            waiting.append((saying, "nobody has said it yet"))
        elif ready.instead:
            waiting.append((saying, f"only {ready.engine} has said it: {ready.instead}"))
    return tuple(waiting)


def speak_page(office: Office, voices: Speaker, asked: PageAsked) -> PageSpoken:
    """The page as an announcement; one that was said before comes at once. Raises DeviceFault."""
    request = asked.request
    if lacking := unsayable(request.name, request.language) + unsayable(request.place, request.language):
        return PageSpoken(asked, None, f"no voice can say {' '.join(lacking)}; write it otherwise")
    spoken = voices.speak(normalise(wording(request), language=request.language, names=(request.name,)))
    site, path = office.site, str(spoken.path)
    around = {one: sound for one in (site.prelude, site.postlude) if one and (sound := office.sounds.get(one))}
    sounds = {**{one: sound for one, sound in around.items() if not sound.fault}, path: spoken.sound}
    names = ((site.prelude, "prelude"), (path, "script"), (site.postlude, "postlude"))
    parts = [(name, one) for one, name in names if one in sounds]
    levels = site.levels
    clips = tuple(
        Clip(one, sounds[one].duration_s, gain_db(sounds[one], levels.announcement_lufs, levels.ceiling_dbfs))
        for _, one in parts
        if one is not None
    )
    page = Announcement(
        f"page/{whom(request)}",
        AirClass.ROUTINE,
        clips,
        tuple(name for name, _ in parts),
        site.part_of_store(request.zones),
    )
    return PageSpoken(asked, page)
