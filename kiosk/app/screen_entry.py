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


def started(glass: Glass) -> Started:
    """A new one, which shows that the role gets ready."""
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe()
    process = spawn.Process(target=_shown, args=(theirs, glass), name="screen", daemon=True)
    process.start()
    theirs.close()
    return Started(process, ours)


def _shown(pipe: Connection, glass: Glass) -> None:
    from kiosk.app.screen_process import shown_screen

    shown_screen(pipe, glass)
