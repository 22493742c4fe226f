"""Starting the screen's process. What it takes is imported there: the role itself loads nothing of a window."""

from __future__ import annotations

import multiprocessing
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from kiosk.config.first_look import Glass


@dataclass(frozen=True, slots=True)
class Started:
    """The process, and the pipe to it."""

    process: BaseProcess
    pipe: Connection


def forked(glass: Glass) -> Started:
    """One that goes on from where this process is, and so needs no interpreter of its own to begin. It shows that the
    role gets ready. Only of a process that has no threads yet."""
    fork = multiprocessing.get_context("fork")
    ours, theirs = fork.Pipe()
    process = fork.Process(target=_shown, args=(theirs, glass, ours), name="screen", daemon=True)
    return _begun(process, ours, theirs)


def started(glass: Glass) -> Started:
    """One that begins anew, whatever this process does meanwhile."""
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe()
    process = spawn.Process(target=_shown, args=(theirs, glass), name="screen", daemon=True)
    return _begun(process, ours, theirs)


def _begun(process: BaseProcess, ours: Connection, theirs: Connection) -> Started:
    process.start()
    theirs.close()
    return Started(process, ours)


def _shown(pipe: Connection, glass: Glass, inherited: Connection | None = None) -> None:
    if inherited is not None:
        inherited.close()  # else this process would never hear that the role has ended
    from kiosk.app.screen_process import shown_screen

    shown_screen(pipe, glass)
