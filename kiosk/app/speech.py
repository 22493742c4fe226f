"""What the office has said: texts as a voice takes them, and pages with the store's prelude and postlude."""

from __future__ import annotations

from kiosk.app.office import Office, texts_to_speak
from kiosk.audio.speech import Speaker
from kiosk.config.site import Site
from kiosk.desks.broadcast.messages import PageAsked, PageSpoken, SayingAsked, SayingSpoken
from kiosk.desks.broadcast.requests import whom
from kiosk.rules.broadcast.library import BREATH, PAUSE_S, Sound, closing, gain_db
from kiosk.rules.broadcast.material import AirClass, Announcement, Clip, rest
from kiosk.rules.broadcast.paging import wording
from kiosk.rules.broadcast.sayings import Saying, page_sayings
from kiosk.rules.speech.normaliser import normalise, unsayable
from kiosk.rules.speech.tokens import Speakable
from kiosk.units import Language, ZoneId


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
    said = ((request.language, (wording(request),)),)
    page = _announcement(office, voices, f"page/{whom(request)}", said, request.zones, (request.name,))
    return PageSpoken(asked, page)


def speak_sayings(office: Office, voices: Speaker, asked: SayingAsked) -> SayingSpoken:
    """Sentences as an announcement; what was said before comes at once. Raises DeviceFault."""
    return SayingSpoken(asked, _announcement(office, voices, asked.name, asked.said, asked.zones))


def _announcement(
    office: Office,
    voices: Speaker,
    name: str,
    said: tuple[tuple[Language, tuple[str, ...]], ...],
    zones: tuple[ZoneId, ...],
    names: tuple[str, ...] = (),
) -> Announcement:
    """What is said between the store's prelude and postlude, with a breath between two languages."""
    site = office.site
    levels = site.levels

    def clip(path: str, sound: Sound) -> Clip:
        return Clip(path, sound.duration_s, gain_db(sound, levels.announcement_lufs, levels.ceiling_dbfs))

    def around(path: str | None) -> Clip | None:
        sound = office.sounds.get(path) if path else None
        return None if path is None or sound is None or sound.fault else clip(path, sound)

    parts: list[tuple[str, Clip | None]] = [("prelude", around(site.prelude))]
    for place, (language, sentences) in enumerate(said):
        if place and site.speech.breath_s > 0:
            parts.append((BREATH, rest(site.speech.breath_s)))
        for number, sentence in enumerate(sentences):
            if number:
                parts.append((BREATH, rest(PAUSE_S)))
            spoken = voices.speak(normalise(sentence, language=language, names=names))
            parts.append((f"script-{language}" if place else "script", clip(str(spoken.path), spoken.sound)))
    parts += closing(around(site.postlude), AirClass.ROUTINE)
    sounding = [(part, one) for part, one in parts if one is not None]
    return Announcement(
        name,
        AirClass.ROUTINE,
        tuple(one for _, one in sounding),
        tuple(part for part, _ in sounding),
        site.part_of_store(zones),
    )
