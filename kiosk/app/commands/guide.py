"""`kiosk guide`: what the store guide finds, and how its maps look."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime

from kiosk.app.commands.share import DONE, PROBLEMS, places_of
from kiosk.config.load import load_site
from kiosk.config.spelling import spelled
from kiosk.errors import KioskError
from kiosk.rules.service.store_plan import StoreGuide, said
from kiosk.rules.service.store_search import found
from kiosk.units import LANGUAGES, Language


def find(arguments: argparse.Namespace) -> int:
    """The places that are meant, the likeliest first."""
    guide = _guide(arguments)
    entries = found(guide, " ".join(arguments.words))
    language = LANGUAGES[0]
    if arguments.json:
        listed = [
            {"id": one.id, "kind": one.kind.value, "name": dict(one.name), "floor": one.floor, "area": one.area}
            for one in entries
        ]
        sys.stdout.write(json.dumps(listed, ensure_ascii=False, indent=2) + "\n")
    else:
        for one in entries:
            area = guide.area(one.area)
            where = "" if area is None else said(area.name, language)
            sys.stdout.write(f"{guide.floor(one.floor).label:4} {said(one.name, language)}  {where}  ({one.id})\n")
        if not entries:
            sys.stdout.write("a member of staff is called with that question\n")
    return DONE if entries else PROBLEMS


def plan(arguments: argparse.Namespace) -> int:
    """The map of a floor as a picture."""
    from kiosk.display.parts import Kit
    from kiosk.display.picture import Draftsman
    from kiosk.display.screens.frame import body
    from kiosk.display.screens.scene import Scene
    from kiosk.display.screens.store_map import store_map
    from kiosk.display.theme import Panel, Theme
    from kiosk.display.widgets import Screen
    from kiosk.display.words import words
    from kiosk.ports.touchscreen import FrontView
    from kiosk.rules.front.session import Session

    guide = _guide(arguments)
    floor = next((one for one in guide.floors if one.id == arguments.floor), None)
    if floor is None:
        raise KioskError(
            f"there is no floor {arguments.floor}: name one of {', '.join(one.id for one in guide.floors)}"
        )
    language = Language(arguments.language)
    kit = Kit(Theme(panel := Panel()), words(language))
    scene = Scene(kit, Session(language=language), FrontView(), datetime.now(UTC), 0.0)
    try:
        Draftsman(panel).draw(Screen("map", body(kit, store_map(scene, guide, floor)), kit.palette.page), arguments.out)
    except OSError as fault:
        raise KioskError(f"the map cannot be written to {arguments.out}: {fault}") from fault
    sys.stdout.write(f"{arguments.out}: {said(floor.name, language)}\n")
    return DONE


def _guide(arguments: argparse.Namespace) -> StoreGuide:
    site = load_site(places_of(arguments).site)
    if site.guide is None:
        raise KioskError(f"{site.root / 'schedules/guide.toml'} is missing: this store has no guide")
    return spelled(site.guide)
