"""Adding songs to a playlist in schedules/playlists.toml, its comments and its layout kept."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Array

from kiosk.config.findings import did_you_mean
from kiosk.config.load import PLAYLISTS
from kiosk.errors import Problem, SiteError


def add_to_playlist(root: Path, playlist: str, paths: Sequence[str]) -> None:
    """Write the paths behind those that the playlist names. Raises SiteError; then the file is as it was."""
    file = root / PLAYLISTS
    try:
        page = tomlkit.parse(file.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, TOMLKitError) as error:
        raise _problem(f"cannot be read: {error}", "run kiosk check") from error
    entries = page.get("playlists")
    named = [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []
    entry = next((one for one in named if one.get("id") == playlist), None)
    if entry is None:
        known = [str(one.get("id")) for one in named]
        raise _problem(f'there is no playlist "{playlist}"', did_you_mean(playlist, known, kind="playlists"))
    files = entry.get("files")
    if not isinstance(files, Array):
        raise _problem(f'the playlist "{playlist}" has no list of files', "run kiosk check")
    for path in paths:
        if "\n" in files.as_string():
            files.add_line(path, indent="  ")
        else:
            files.append(path)
    _replace(file, tomlkit.dumps(page))


def _replace(file: Path, text: str) -> None:
    """The whole new text or the old one, whatever happens."""
    new = file.with_name(f".{file.name}.new")
    try:
        with new.open("w", encoding="utf-8") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        new.chmod(file.stat().st_mode & 0o777)
        new.replace(file)
    except OSError as error:
        new.unlink(missing_ok=True)
        raise _problem(f"cannot be written: {error.strerror}", "it must be writable for whoever adds music") from error


def _problem(what: str, remedy: str) -> SiteError:
    return SiteError((Problem(PLAYLISTS, "", what, remedy),))
