"""A command's parser that learns its options once the command is given, and guesses what a mistyped word meant."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from importlib import import_module
from typing import Any

Options = Callable[[argparse.ArgumentParser], None]


class LateParser(argparse.ArgumentParser):
    """options: adds them, once; argparse asks the parser of the command that is given, and no other."""

    options: Options | None = None

    def parse_known_args(  # type: ignore[override]  # its overloads say the same in three ways
        self, args: Sequence[str] | None = None, namespace: Any = None
    ) -> tuple[Any, list[str]]:
        """As ever, once the options are known."""
        if self.options is not None:
            learn, self.options = self.options, None
            learn(self)
        return super().parse_known_args(args, namespace)

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """A mistyped word is answered with the nearest one (as by suggest_on_error of Python 3.14), not with all."""
        if action.choices is None or value in action.choices:
            return
        near = get_close_matches(str(value), [str(choice) for choice in action.choices], n=1)
        if not near:
            super()._check_value(action, value)  # underlined, yet 3.11 to 3.14 have it
        raise argparse.ArgumentError(action, f"there is no {value!r}: did you mean {near[0]!r}?")


def elsewhere(module: str, name: str = "") -> Options:
    """The options of a command with a module of its own, which is imported when they are asked for."""

    def learn(parser: argparse.ArgumentParser) -> None:
        getattr(import_module(f"kiosk.cli.{module}"), f"{name or module}_options")(parser)

    return learn
