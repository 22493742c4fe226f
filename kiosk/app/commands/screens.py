"""`kiosk screens`: every screen of the touchscreen as a picture, with a page to leaf through."""

from __future__ import annotations

import argparse
import sys
from html import escape
from pathlib import Path

from kiosk.app.album import EASES, PANELS, Look, album
from kiosk.app.commands.share import DONE, PROBLEMS
from kiosk.errors import KioskError
from kiosk.units import LANGUAGES


def screens(arguments: argparse.Namespace) -> int:
    """Draw them all, in the sizes, languages and modes that were asked for."""
    from kiosk.display.picture import Draftsman

    out: Path = arguments.out
    rows, mistakes = [], 0
    try:
        out.mkdir(parents=True, exist_ok=True)
        for panel in arguments.panel or PANELS:
            draftsman = Draftsman(PANELS[panel])
            for language in arguments.language or LANGUAGES:
                for ease in arguments.ease or ("usual",):
                    for name, screen in album(Look(PANELS[panel], language, EASES[ease])):
                        file = f"{name}_{panel}_{language}_{ease}.png"
                        problems = draftsman.draw(screen, out / file)
                        mistakes += len(problems)
                        for problem in problems:
                            sys.stderr.write(f"{file}: {problem}\n")
                        rows.append(f'<figure><img src="{file}" loading="lazy"><figcaption>{escape(file)}</figcaption>')
        (out / "index.html").write_text(PAGE.format("\n".join(rows)), encoding="utf-8")
    except OSError as fault:
        raise KioskError(
            f"the pictures cannot be written to {out}: {fault.strerror or fault}; name another folder"
        ) from fault
    sys.stdout.write(f"{out / 'index.html'}: {len(rows)} screens\n")
    return PROBLEMS if mistakes else DONE


PAGE = """<!doctype html><meta charset="utf-8"><title>Screens</title>
<style>body{{font:14px sans-serif;background:#e8edf5}}figure{{display:inline-block;margin:8px}}
img{{width:420px;box-shadow:0 2px 8px #0003}}</style>
{}
"""
