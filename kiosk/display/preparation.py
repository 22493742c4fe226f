"""What a person sees while the day is being prepared: a line and a bar per task, plain lines without a terminal."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn
from rich.text import Text

from kiosk.display.cells import fit
from kiosk.display.plain_board import write_line
from kiosk.display.wording import printable

UNDER_WAY, DONE = "#3b82f6", "#16a34a"  # seen on a light ground too: this is painted on the person's own
NAME_CELLS = 24
DETAIL_CELLS = 28


class Preparation:
    """Tells how far the preparing is: `begin` a task, `advance` it step by step. Painted when told, by no thread."""

    def __init__(self, store: str, console: Console | None = None) -> None:
        self._console = console or Console()
        self._store = printable(store)
        self._plain = not self._console.is_terminal or self._console.is_dumb_terminal
        self._progress = Progress(
            TextColumn("  {task.description}", markup=False),
            BarColumn(None, style="dim", complete_style=UNDER_WAY, finished_style=DONE),
            MofNCompleteColumn(),
            TextColumn("{task.fields[detail]}", style="dim", markup=False),
            console=self._console,
            auto_refresh=False,
            expand=True,
        )
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        if self._plain:
            write_line(self._console.file, f"{self._store}: preparing the day")
        else:
            self._console.print(Text.assemble((self._store, "bold"), "  preparing the day"))
            self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._plain:
            self._progress.stop()

    def begin(self, what: str, total: int) -> None:
        """Start a task of so many steps, 0 where there is nothing to do."""
        what = printable(what)
        if self._plain:
            write_line(self._console.file, f"preparing: {what}, {total} to do")
            return
        self._task = self._progress.add_task(fit(what, NAME_CELLS), total=max(1, total), detail=fit("", DETAIL_CELLS))
        if total == 0:
            self._progress.update(self._task, completed=1)
        self._progress.refresh()

    def advance(self, detail: str = "") -> None:
        """One step of the task begun last is done. detail: what was done (a file, say)."""
        if self._plain or self._task is None:
            return
        self._progress.update(self._task, advance=1, detail=fit(printable(detail), DETAIL_CELLS))
        self._progress.refresh()
