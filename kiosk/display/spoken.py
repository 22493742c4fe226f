"""What is said of a screen to somebody who has it read aloud: its words, in the order in which they are read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from kiosk.display.widgets import (
    Bar,
    Box,
    Code,
    Column,
    Drawing,
    Fitting,
    Fleeting,
    Gap,
    Grow,
    Icon,
    Layers,
    Moving,
    Pad,
    Picture,
    Row,
    Screen,
    Scroll,
    Sized,
    Text,
    Touch,
    Widget,
)

MOST = 24  # sentences: nobody listens to a list of four hundred entries


def sentences(screen: Screen) -> tuple[str, ...]:
    """Of what lies over the screen, where something does; else of what changes from screen to screen: neither the
    store's name nor what stands at the foot of each. What the shopper wrote is never said."""
    covered = isinstance(screen.root, Layers) and screen.root.scrim is not None
    greeting = () if covered or screen.greets is None else _said(screen.greets)
    said = (*greeting, *_said(_spoken_of(screen.root) or screen.root))
    return tuple(dict.fromkeys(one for one in said if one))[:MOST]


def _spoken_of(widget: Widget) -> Widget | None:
    match widget:
        case Layers(above=above, scrim=scrim):
            return above if scrim is not None else _spoken_of(above) or above
        case Moving(child):
            return child
        case Grow(child) | Sized(child) | Box(child):
            return _spoken_of(child)
        case Row(children) | Column(children):
            return next((found for child in children if (found := _spoken_of(child)) is not None), None)
        case _:
            return None


def _said(widget: Widget) -> Iterator[str]:
    match widget:
        case Touch(child):  # a card is one thing, its name first; a key with one sign is for typing
            words = sorted((text for text in _texts(child) if len(text.text) > 1), key=lambda text: -text.size)
            if words:
                yield ", ".join(text.text for text in words)
        case Text():
            yield from (text.text for text in _texts(widget))
        case _:
            for child in _within(widget):
                yield from _said(child)


def _texts(widget: Widget) -> Iterator[Text]:
    if isinstance(widget, Text):
        if not widget.quiet and any(sign.isalnum() for sign in widget.text):
            yield widget
        return
    for child in _within(widget):
        yield from _texts(child)


def _within(widget: Widget) -> tuple[Widget, ...]:
    match widget:
        case Row(children) | Column(children):
            return children
        case Grow(child) | Sized(child) | Box(child) | Moving(child) | Scroll(child) | Touch(child) | Fleeting(child):
            return (child,)
        case Fitting(choices):
            return choices[:1]
        case Layers(above=above):
            return (above,)
        case Text() | Icon() | Gap() | Bar() | Code() | Pad() | Drawing() | Picture():
            return ()
        case _:
            assert_never(widget)
