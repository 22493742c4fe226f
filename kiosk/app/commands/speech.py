"""`kiosk speech prepare`."""

from __future__ import annotations

import argparse
from contextlib import closing
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table
from rich.text import Text

from kiosk.app.commands.share import DONE, PROBLEMS, bar, places_of, print_json
from kiosk.app.speech import known_beforehand, left_out, speakable
from kiosk.audio.speech import Speaker, Spoken, voices
from kiosk.config.load import load_site
from kiosk.errors import DeviceFault
from kiosk.rules.broadcast.sayings import Saying


@dataclass(frozen=True, slots=True)
class Prepared:
    """One text. spoken: None where no voice could say it, and `fault` says why."""

    saying: Saying
    spoken: Spoken | None
    fault: str = ""

    @property
    def trouble(self) -> str:
        """What is wrong with it and what to do, "" where the best voice has said it."""
        if self.spoken is None:
            return self.fault
        if self.spoken.instead:
            return f"said by {self.spoken.engine} instead: {self.spoken.instead}"
        return left_out(speakable(self.saying))


def prepare(arguments: argparse.Namespace) -> int:
    """Have everything said that is known beforehand, so that nothing has to wait for a voice later (B21)."""
    where = places_of(arguments)
    site = load_site(where.site)
    sayings = known_beforehand(site)
    done: list[Prepared] = []
    with bar(f"speaking {len(sayings)} texts") as progress, closing(voices(site.speech.voices, where.spoken)) as voice:
        for at, saying in enumerate(sayings):
            progress(at / len(sayings))
            done.append(_prepared(voice, saying))
    troubled = [one for one in done if one.trouble]
    if arguments.json:
        print_json([_values(one) for one in done])
    else:
        _print(done, troubled)
    return PROBLEMS if troubled else DONE


def _prepared(voice: Speaker, saying: Saying) -> Prepared:
    try:
        return Prepared(saying, voice.speak(speakable(saying)))
    except DeviceFault as fault:
        return Prepared(saying, None, str(fault))


def _values(one: Prepared) -> dict[str, object]:
    spoken = one.spoken
    return {
        "what": one.saying.what,
        "class": one.saying.air_class.value,
        "language": one.saying.language,
        "engine": None if spoken is None else spoken.engine,
        "duration_s": None if spoken is None else spoken.sound.duration_s,
        "new": spoken is not None and spoken.delivery is not None,
        "trouble": one.trouble,
    }


def _print(done: list[Prepared], troubled: list[Prepared]) -> None:
    console = Console()
    table = Table(box=None)
    for name in ("text", "language", "voice", "length", ""):
        table.add_column(name, justify="right" if name == "length" else "left")
    for one in done:
        if one.saying.script is not None or one.trouble:
            length = "" if one.spoken is None else f"{one.spoken.sound.duration_s:.1f} s"
            engine = one.spoken.engine if one.spoken else "none"
            cells = (one.saying.what, one.saying.language, engine, length, one.trouble)
            table.add_row(*(Text(cell) for cell in cells))
    if table.row_count:
        console.print(table)
    pages = sum(one.saying.script is None for one in done)
    new = sum(one.spoken is not None and one.spoken.delivery is not None for one in done)
    verdict = f"{len(done) - pages} texts of scripts and {pages} pages, {new} of them new"
    missing = f"; {len(troubled)} are missing or not in the best voice" if troubled else "; nothing is missing"
    console.print(verdict + missing, highlight=False)
