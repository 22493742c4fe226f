"""The first words in a part of a screen, to name it in a message."""

from __future__ import annotations

from kiosk.display.widgets import Box, Column, Fitting, Grow, Moving, Row, Scroll, Sized, Text, Touch, Widget


def words_in(widget: Widget) -> str:
    """ "" for none."""
    match widget:
        case Text(text):
            return text
        case Row(children) | Column(children):
            return " / ".join(filter(None, map(words_in, children)))
        case Grow(child) | Sized(child) | Box(child) | Touch(child) | Moving(child) | Scroll(child):
            return words_in(child)
        case Fitting(choices):
            return words_in(choices[-1])
        case _:
            return ""
