"""`kiosk binder preview`: a page as it would be aired, read, timed and heard, without going on the air (B17)."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from dataclasses import dataclass

from rich.console import Console
from rich.text import Text

from kiosk.app.commands.share import DONE, PROBLEMS, bar, places_of, print_json
from kiosk.app.office import Office
from kiosk.app.places import Places
from kiosk.app.speech import left_out, speakable
from kiosk.audio import preview as air
from kiosk.audio.listening import listen
from kiosk.audio.speech import Speaker, voices
from kiosk.audio.speech.engine import syllables
from kiosk.config.findings import did_you_mean
from kiosk.config.load import load_site
from kiosk.config.site import Site
from kiosk.errors import DeviceFault, KioskError
from kiosk.rules.broadcast.library import Sound
from kiosk.rules.broadcast.material import Announcement, Script
from kiosk.rules.broadcast.sayings import Saying
from kiosk.rules.speech.rehearsal import pinyin, seconds_to_read, to_mind
from kiosk.units import Language

UNHEARD = "it cannot be heard: site.toml names no [preview] device; add one, or write a file with --out FILE.flac"


@dataclass(frozen=True, slots=True)
class Reading:
    """One language of a page. path: what is heard, "" where nothing is; then `fault` says why. voice: who says it."""

    language: Language
    text: str
    path: str
    sound: Sound | None
    voice: str
    pinyin: str = ""
    minded: tuple[tuple[str, str], ...] = ()
    estimated_s: float | None = None
    fault: str = ""
    left_out: str = ""


def preview(arguments: argparse.Namespace) -> int:
    """Print the page, and play it on the preview output, or write it."""
    where = places_of(arguments)
    site = load_site(where.site)
    script = _script(site, arguments.script)
    with closing(voices(site.speech.voices, where.spoken)) as voice:
        readings = [_reading(site, where, script, language, voice) for language in script.said_in]
    announcement = _announcement(site, where, script, readings)
    if arguments.json:
        print_json(_values(script, readings, announcement))
    else:
        _print(script, readings, announcement)
    return _hear(arguments, site, announcement)


def _script(site: Site, name: str) -> Script:
    scripts = {script.id: script for script in site.binder}
    found = next((script for script in site.binder if script.id == name), None)
    if found is None:
        raise KioskError(f"there is no page {name} in the binder; {did_you_mean(name, scripts, kind='pages')}")
    return found


def _reading(site: Site, where: Places, script: Script, language: Language, voice: Speaker) -> Reading:
    """A recording is listened to; a text is put into speech, unless it was before."""
    text = script.text.get(language, "")
    saying = Saying(text, language, script.air_class, script.id)
    said = speakable(saying)
    path, by, fault = script.recordings.get(language, ""), "recording", ""
    sound: Sound | None = None
    if path:
        sound = listen(site.root, [path], where.heard)[path]
        fault = sound.fault
    else:
        try:
            spoken = voice.speak(said)
            path, by, sound = str(spoken.path), spoken.engine, spoken.sound
        except DeviceFault as error:
            fault = str(error)
    return Reading(
        language,
        text,
        path,
        sound,
        by,
        pinyin(said),
        to_mind(said),
        seconds_to_read(said, syllables(said)) if text else None,
        fault,
        "" if script.recordings.get(language) else left_out(said),
    )


def _announcement(site: Site, where: Places, script: Script, readings: list[Reading]) -> Announcement | None:
    """With prelude and postlude, at the store's levels; None where nothing of it can be heard."""
    around = [path for path in site.frame(script) if path]
    sounds = listen(site.root, around, where.heard)
    sounds |= {one.path: one.sound for one in readings if one.sound is not None}
    spoken = {(script.id, one.language): one.path for one in readings if one.path}
    return Office(site, sounds, spoken).material.announcements.get(script.id)


def _hear(arguments: argparse.Namespace, site: Site, announcement: Announcement | None) -> int:
    if announcement is None:
        sys.stderr.write("kiosk: nothing of it can be heard; see above\n")
        return PROBLEMS
    if arguments.out is not None:
        seconds = air.write(air.heard(announcement, site.root), arguments.out)
        sys.stderr.write(f"{arguments.out}: {seconds:.1f} s\n")
    elif arguments.silent:
        return DONE
    elif not site.preview.device:
        sys.stderr.write(f"kiosk: {UNHEARD}\n")
        return PROBLEMS
    else:
        device = air.preview_output(site.preview.device, [one.device for one in (site.output, *site.further_outputs)])
        sound = air.heard(announcement, site.root)
        with bar(f"heard on {device}") as progress:
            air.play(sound, device, progress)
    return DONE


def _values(script: Script, readings: list[Reading], announcement: Announcement | None) -> dict[str, object]:
    return {
        "script": script.id,
        "class": script.air_class.value,
        "duration_s": None if announcement is None else round(announcement.duration_s, 3),
        "parts": [] if announcement is None else list(announcement.part_names),
        "languages": [
            {
                "language": one.language,
                "text": one.text,
                "voice": one.voice,
                "duration_s": None if one.sound is None else one.sound.duration_s,
                "estimated_s": None if one.estimated_s is None else round(one.estimated_s, 1),
                "pinyin": one.pinyin,
                "to_mind": dict(one.minded),
                "fault": one.fault,
                "left_out": one.left_out,
            }
            for one in readings
        ],
    }


def _print(script: Script, readings: list[Reading], announcement: Announcement | None) -> None:
    console = Console(highlight=False)
    title = next(iter(script.title.values()), script.id)
    console.print(Text.assemble((title, "bold"), f"  {script.id}, {script.air_class.value}"))
    for one in readings:
        console.print(Text(f"\n{one.language}  {_timed(one)}", style="dim"))
        console.print(Text(one.text or "(its text is not written down)"), soft_wrap=True)
        if one.pinyin:
            console.print(Text(one.pinyin, style="cyan"), soft_wrap=True)
        if one.minded:
            console.print(Text("mind: " + " · ".join(f"{word} {read}" for word, read in one.minded)), soft_wrap=True)
        if one.fault:
            console.print(Text(f"it cannot be heard: {one.fault}", style="bold red"), soft_wrap=True)
        if one.left_out:
            console.print(Text(one.left_out, style="bold red"), soft_wrap=True)
    if announcement is not None:
        parts = ", ".join(announcement.part_names)
        console.print(Text(f"\non the air {announcement.duration_s:.1f} s: {parts}", style="dim"))


def _timed(one: Reading) -> str:
    read = f"about {one.estimated_s:.0f} s to read" if one.estimated_s is not None else "no text to time"
    said = "" if one.sound is None or one.fault else f", {one.sound.duration_s:.1f} s as said by {one.voice}"
    return f"{read}{said}"
