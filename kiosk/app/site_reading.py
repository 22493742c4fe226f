"""Reading the site in a child that ends at once: what reads and checks it is kept out of a role's memory."""

from __future__ import annotations

import multiprocessing
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.errors import KioskError, SiteError

if TYPE_CHECKING:
    from kiosk.config.site import Site


class SiteReading:
    """The site in `root` is being read. spell: with the pinyin of its guide, which takes a moment. forked_without: the
    child goes on from where this process is, which has no threads yet, and lets go of these of its connections; None:
    it begins anew. Close it."""

    def __init__(self, root: Path, *, spell: bool = False, forked_without: Sequence[Connection] | None = None) -> None:
        self._root = root
        forks = forked_without is not None
        start = multiprocessing.get_context("fork") if forks else multiprocessing.get_context("spawn")
        self._receiving, sending = start.Pipe(duplex=False)
        ours = () if forked_without is None else (*forked_without, self._receiving)
        self._child = start.Process(target=_read_site, args=(root, spell, sending, ours), name="site", daemon=True)
        self._child.start()
        sending.close()

    def site(self) -> Site:
        """Wait for it. Raises SiteError."""
        try:
            found: Site | SiteError = self._receiving.recv()
        except EOFError as error:
            raise KioskError(f"{self._root / 'site.toml'} was not read to its end: start again") from error
        finally:
            self._child.join()
        if isinstance(found, SiteError):
            raise found
        return found

    def close(self) -> None:
        """Whoever does not wait for it needs it no more."""
        self._receiving.close()
        self._child.join()


def site_of(root: Path, *, spell: bool = False) -> Site:
    """The site in `root`. spell: with the pinyin of its guide, which takes a moment. Raises SiteError."""
    with closing(SiteReading(root, spell=spell)) as reading:
        return reading.site()


def _read_site(root: Path, spell: bool, sending: Connection, of_parent: Sequence[Connection]) -> None:
    for one in of_parent:
        one.close()  # else nobody at its other end would hear that the parent is gone
    from kiosk.config.load import load_site
    from kiosk.config.spelling import spelled

    try:
        site = load_site(root)
        if spell and site.guide is not None:
            site = replace(site, guide=spelled(site.guide))
        sending.send(site)
    except SiteError as error:
        sending.send(error)
    except BrokenPipeError:
        pass  # nobody waits for it any more
