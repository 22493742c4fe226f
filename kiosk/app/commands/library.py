"""`kiosk library add`."""

from __future__ import annotations

import argparse
import sys
from contextlib import ExitStack
from datetime import datetime

from rich.console import Console
from rich.table import Table
from rich.text import Text

from kiosk.app.commands.share import DONE, PROBLEMS, ledger_to_read, places_in_use, places_of, print_json
from kiosk.app.commands.who import RegisterDesk, login_name
from kiosk.app.hatch import ask
from kiosk.app.library import Entry, take_in
from kiosk.app.places import Places
from kiosk.config.load import load_site
from kiosk.config.playlist_file import add_to_playlist
from kiosk.config.site import Site
from kiosk.display.preparation import Preparation
from kiosk.errors import KioskError, LedgerFault
from kiosk.rules.broadcast.rights import Deed
from kiosk.units import PlaylistId

TAKEN_UP = {
    True: "The running broadcast role lays out the rest of the day with what its playlists have now.",
    False: "No broadcast role runs here: the next one to start has it; one that runs elsewhere, from its next day on.",
}


def add(arguments: argparse.Namespace) -> int:
    """Take a folder's music into the library, and into a playlist where one is named."""
    where = places_of(arguments)
    site = load_site(where.site)
    operator = _allowed(arguments, where, site)
    if arguments.playlist is not None and PlaylistId(arguments.playlist) not in site.playlists:
        raise KioskError(f"there is no playlist {arguments.playlist}; there are: {', '.join(site.playlists)}")
    entries = _taken(where, site, arguments)
    taken = [entry.path for entry in entries if entry.path]
    added = _add_to(where, arguments.playlist, taken)
    _note(where, site, operator, arguments, len(taken))
    heard = bool(taken) and _tell_the_role(arguments)
    if arguments.json:
        print_json([_values(entry, entry.path in added) for entry in entries])
    else:
        _print(entries)
        _print_playlist(where, arguments.playlist, taken, added)
        if taken:
            Console().print(TAKEN_UP[heard], highlight=False, soft_wrap=True)
    return PROBLEMS if len(taken) < len(entries) else DONE


def _allowed(arguments: argparse.Namespace, where: Places, site: Site) -> str:
    """Whom the log is to name; the library is the department head's alone (B04). Raises KioskError where refused."""
    if not where.ledger.exists():
        return login_name()  # a store that nobody has registered with yet
    desk = RegisterDesk(arguments, site, where=where)
    with desk.ledger:
        return desk.acting(Deed.CHANGE_LIBRARY, "the music library")


def _taken(where: Places, site: Site, arguments: argparse.Namespace) -> list[Entry]:
    with ExitStack() as stack:
        shown: list[Preparation] = []

        def progress(done: int, of: int, name: str) -> None:
            if not shown:
                store = next(name for name in site.name.values() if name)
                shown.append(stack.enter_context(Preparation(store, Console(stderr=True))))
                shown[0].begin("Measuring the music", of)
            if done:
                shown[0].advance(name)

        return list(take_in(where, arguments.folder, arguments.into, site.levels.music_lufs, progress))


def _add_to(where: Places, playlist: str | None, taken: list[str]) -> set[str]:
    """What was written into the playlist: what none of its patterns covers."""
    if playlist is None or not taken:
        return set()
    listed = load_site(where.site).playlists[PlaylistId(playlist)]
    new = [path for path in taken if path not in listed]
    if new:
        add_to_playlist(where.site, playlist, new)
        load_site(where.site)
    return set(new)


def _note(where: Places, site: Site, operator: str, arguments: argparse.Namespace, count: int) -> None:
    """A line in the audit log, where the store keeps one."""
    if not count or not where.ledger.exists():
        return
    from kiosk.ledger.as_run import AsRunPages

    details = {"files": str(count), **({"playlist": arguments.playlist} if arguments.playlist else {})}
    try:
        with ledger_to_read(where) as ledger:
            now = datetime.now(site.zone_info)
            AsRunPages(ledger, site.zone_info).note(now, operator, "adds music", arguments.into, details)
    except LedgerFault as fault:
        sys.stderr.write(f"kiosk: the music is there, but the log was not told: {fault}\n")


def _tell_the_role(arguments: argparse.Namespace) -> bool:
    """Whether a running role was told."""
    try:
        ask(places_in_use(arguments).hatch, {"do": "music-changed"})
    except KioskError:
        return False
    return True


def _values(entry: Entry, listed: bool) -> dict[str, object]:
    values: dict[str, object] = {"file": str(entry.source), "path": entry.path, "refused": entry.refused}
    if entry.inspection is not None and not entry.inspection.sound.fault:
        sound = entry.inspection.sound
        values |= {
            "duration_s": sound.duration_s,
            "lufs": sound.lufs,
            "peak_dbfs": sound.peak_dbfs,
            "true_peak_dbfs": entry.inspection.true_peak_dbfs,
            "clipped": entry.inspection.clipped,
            "silent_head_s": round(entry.inspection.head_s, 3),
            "silent_tail_s": round(entry.inspection.tail_s, 3),
            "longest_silence_s": round(entry.inspection.hole_s, 3),
            "mono_loss_db": entry.inspection.mono_loss_db,
        }
    return {**values, "notes": list(entry.notes), "added_to_playlist": listed}


def _print(entries: list[Entry]) -> None:
    table = Table(box=None)
    for name in ("file", "length", "LUFS", "true peak", ""):
        table.add_column(name, justify="right" if name in ("length", "LUFS", "true peak") else "left", overflow="fold")
    for entry in entries:
        measures = ["", "", ""]
        if entry.inspection is not None and entry.inspection.sound.lufs is not None:
            minutes, seconds = divmod(round(entry.inspection.sound.duration_s), 60)
            measures = [
                f"{minutes}:{seconds:02}",
                f"{entry.inspection.sound.lufs:.1f}",
                f"{entry.inspection.true_peak_dbfs:+.1f} dBTP",
            ]
        told = f"refused: {entry.refused}" if entry.refused else "; ".join(entry.notes)
        table.add_row(*(Text(cell) for cell in (entry.path or entry.source.name, *measures, told)))
    Console().print(table)


def _print_playlist(where: Places, playlist: str | None, taken: list[str], added: set[str]) -> None:
    refused = "" if taken else "nothing was taken in; "
    if playlist is not None:
        covered = len(taken) - len(added)
        text = f"{refused}{len(added)} songs joined the playlist {playlist}"
        text += f", {covered} were in it by name or pattern" if covered else ""
    else:
        listed = {path for paths in load_site(where.site).playlists.values() for path in paths}
        lost = sum(path not in listed for path in taken)
        text = f"{refused}{len(taken)} songs are in the library"
        text += f"; {lost} of them in no playlist: add --playlist NAME to have them played" if lost else ""
    Console().print(f"{text}.", highlight=False, soft_wrap=True)
