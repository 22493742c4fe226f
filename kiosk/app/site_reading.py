"""Reading the site in a child that ends at once: what reads and checks it is kept out of a role's memory."""

from __future__ import annotations

import multiprocessing
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.errors import KioskError, SiteError

if TYPE_CHECKING:
    from kiosk.config.site import Site


def site_of(root: Path, *, spell: bool = False) -> Site:
    """The site in `root`. spell: with the pinyin of its guide, which takes a moment. Raises SiteError."""
    spawn = multiprocessing.get_context("spawn")
    receiving, sending = spawn.Pipe(duplex=False)
    child = spawn.Process(target=_read_site, args=(root, spell, sending), name="site")
    child.start()
    sending.close()
    try:
        found: Site | SiteError = receiving.recv()
    except EOFError as error:
        raise KioskError(f"{root / 'site.toml'} was not read to its end: start again") from error
    finally:
        child.join()
        receiving.close()
    if isinstance(found, SiteError):
        raise found
    return found


def _read_site(root: Path, spell: bool, sending: Connection) -> None:
    from kiosk.config.load import load_site
    from kiosk.config.spelling import spelled

    try:
        site = load_site(root)
        if spell and site.guide is not None:
            site = replace(site, guide=spelled(site.guide))
        sending.send(site)
    except SiteError as error:
        sending.send(error)
