"""A child that is sent for one value and ends: what fetching it takes is kept out of a role's memory."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Generic, TypeVar, cast

from kiosk.errors import KioskError

T = TypeVar("T")
Give = Callable[[T], None]
Work = Callable[..., None]


class Messenger(Generic[T]):
    """work: a module's function, called in the child with what takes the value, then args; it may go on after that.
    A KioskError that it raises is raised where the value is waited for. forked_without: the child goes on from where
    this process is, which has no threads yet, and lets go of these of its connections; None: it begins anew."""

    def __init__(
        self, work: Work, *args: object, name: str, forked_without: Sequence[Connection] | None = None
    ) -> None:
        forks = forked_without is not None
        start = multiprocessing.get_context("fork") if forks else multiprocessing.get_context("spawn")
        self._receiving, sending = start.Pipe(duplex=False)
        ours = () if forked_without is None else (*forked_without, self._receiving)
        self._child = start.Process(target=_fetch, args=(work, args, sending, ours), name=name, daemon=True)
        self._child.start()
        sending.close()

    def value(self) -> T:
        """Wait for it. Raises KioskError, EOFError where the child ended without a word."""
        found = self._receiving.recv()
        if isinstance(found, KioskError):
            raise found
        return cast("T", found)

    def close(self) -> None:
        """Whoever does not wait for it needs it no more; wait until the child has ended."""
        self._receiving.close()
        self._child.join()


def _fetch(work: Work, args: tuple[object, ...], sending: Connection, of_parent: Sequence[Connection]) -> None:
    for one in of_parent:
        one.close()  # else nobody at its other end would hear that the parent is gone
    with suppress(BrokenPipeError):  # nobody waits for it any more
        try:
            work(sending.send, *args)
        except KioskError as error:
            sending.send(error)
