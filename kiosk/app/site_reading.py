"""Reading the site in a child that ends at once: what reads and checks it is kept out of a role's memory."""

from __future__ import annotations

import multiprocessing
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.errors import KioskError, SiteError

if TYPE_CHECKING:
    from kiosk.config.site import Site


def site_of(root: Path) -> Site:
    """The site in `root`. Raises SiteError."""
    spawn = multiprocessing.get_context("spawn")
    receiving, sending = spawn.Pipe(duplex=False)
    child = spawn.Process(target=_read_site, args=(root, sending), name="site")
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


def _read_site(root: Path, sending: Connection) -> None:
    from kiosk.config.load import load_site

    try:
        sending.send(load_site(root))
    except SiteError as error:
        sending.send(error)
