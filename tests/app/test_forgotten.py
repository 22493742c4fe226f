"""Nothing of a shopper is left in the role once they have gone: every object of the process is looked at."""

from __future__ import annotations

import gc
import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

import pygame
import pytest

from kiosk.app.album import Look, album
from kiosk.display.glyphs import Glyphs
from kiosk.display.marks import Line
from kiosk.display.marks import opened as opened_marks
from kiosk.display.placing import Placer
from kiosk.display.screens import faces as known
from kiosk.display.screens.face import Face
from kiosk.display.screens.faces import faces
from kiosk.rules.forms.filling import opened
from kiosk.rules.forms.form import Choice, Form, Option, Page, Words
from kiosk.rules.service.service import Service
from kiosk.rules.writing.writing import Kind
from kiosk.units import LANGUAGES
from tests.app.touching import Hand
from tests.stories.bag_room import BagRoom

PHONE = "13", "8", "26", "49", "571"  # never as a whole in this file: a constant would be found
NAME = "wei", "chixiu", "n"


def pages(_: Mapping[str, str]) -> tuple[Page, ...]:
    return (
        Words("phone", "Your telephone number", kind=Kind.DIGITS, private=True),
        Words("name", "What is your name?", kind=Kind.NAME, private=True),
        Choice("how", "Which one?", (Option("1", "Good"), Option("2", "Bad"))),
    )


FORM = Form("rating", "Rate us", pages, review=True)
ASKING = Service("rating", FORM)


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hand]:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    face = faces()["rating"]
    asking = Face(
        "rating", 1, "star", "ease", "Rate us", "", lambda scene: opened(FORM, chinese=scene.chinese), face.told
    )
    monkeypatch.setattr(known, "faces", lambda: {"rating": asking})
    for module in ("kiosk.display.screens.home", "kiosk.display.screens.shown", "kiosk.display.screens.forms"):
        monkeypatch.setattr(f"{module}.faces", lambda: {"rating": asking})
    hand = Hand(BagRoom().in_service(), offers=(ASKING,))
    with hand.window:
        yield hand


def found(parts: tuple[str, ...]) -> list[str]:
    """Where a text, or most of it, is still kept; by the kind of what keeps it."""
    gc.collect()
    end = sum(map(len, parts[:-1]))
    whole = "".join(parts)[:end]
    keepers = []
    for one in gc.get_objects():
        inner = [one]
        while inner:
            holder = inner.pop()
            for kept in gc.get_referents(holder):
                if isinstance(kept, str):
                    if whole in kept:
                        keepers.append(f"{type(one).__module__}.{type(one).__name__}")
                elif isinstance(kept, tuple | dict) and not gc.is_tracked(kept):
                    inner.append(kept)  # the collector leaves out what holds nothing but plain values
    return keepers


def writes_who_they_are(hand: Hand) -> None:
    """Telephone and name; at the question after them."""
    hand.taps("rating")
    hand.taps(*(f"key {digit}" for digit in "".join(PHONE)))
    hand.taps("next")
    hand.taps(*(f"key {letter}" for letter in "".join(NAME)))
    assert found(PHONE)
    assert found(NAME)


@pytest.mark.rule("S20")
def test_who_walks_away_in_the_middle_of_a_form_leaves_nothing(hand: Hand) -> None:
    writes_who_they_are(hand)

    hand.waits(61.0)

    assert hand.face.session.untouched
    assert found(PHONE) == []
    assert found(NAME) == []


@pytest.mark.rule("S20")
def test_who_goes_back_to_the_beginning_leaves_nothing(hand: Hand) -> None:
    writes_who_they_are(hand)

    hand.taps("back", "back")

    assert hand.looks().key == "home"
    assert found(PHONE) == []
    assert found(NAME) == []


@pytest.mark.rule("S20")
def test_once_a_form_was_given_only_the_service_desk_knows_it(hand: Hand) -> None:
    writes_who_they_are(hand)
    hand.taps("next", "next", "choose 1", "send", "done")
    hand.waits(61.0)
    assert found(PHONE)

    hand.book.records.clear()

    assert found(PHONE) == []
    assert found(NAME) == []


@pytest.mark.rule("S20")
def test_what_is_personal_is_masked_when_it_is_looked_over(hand: Hand) -> None:
    writes_who_they_are(hand)
    hand.taps("next", "next", "choose 1")

    shown = hand.reads()

    assert "".join(PHONE) not in shown
    assert "".join(PHONE)[-2:] in shown
    assert "•" in shown


@pytest.mark.rule("S20")
def test_the_log_holds_nothing_personal(hand: Hand, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        writes_who_they_are(hand)
        hand.taps("next", "next", "choose 1", "send", "done")

    for parts in (PHONE, NAME):
        assert "".join(parts)[:7] not in caplog.text


def test_alt_f4_ends_nothing_where_the_screen_is_all_there_is(hand: Hand) -> None:
    hand.looks()
    hand.window._opening = replace(hand.window._opening, whole=True)

    hand.window._take(pygame.event.Event(pygame.QUIT), hand.face)

    assert not hand.window._closed


def test_a_keyboard_that_somebody_plugs_in_can_do_nothing(hand: Hand) -> None:
    hand.taps("fetch")
    before = hand.face.session

    for key in (pygame.K_ESCAPE, pygame.K_F4, pygame.K_RETURN, pygame.K_TAB, pygame.K_q, pygame.K_c):
        for modifier in (0, pygame.KMOD_ALT, pygame.KMOD_CTRL):
            for kind in (pygame.KEYDOWN, pygame.KEYUP):
                hand.window._take(pygame.event.Event(kind, key=key, mod=modifier, unicode="q"), hand.face)
    hand.window._take(pygame.event.Event(pygame.TEXTINPUT, text="rm"), hand.face)

    assert hand.face.session == before
    assert hand.looks().key == "fetch"
    assert not hand.window._closed


def test_no_picture_for_looking_at_shows_a_telephone_or_an_identity_number() -> None:
    glyphs = Glyphs()
    for language in LANGUAGES:
        placer = Placer(Look().panel, glyphs.measure)
        for name, screen in album(Look(language=language)):
            words = " ".join(mark.text for mark in opened_marks(placer.place(screen).marks) if isinstance(mark, Line))
            assert not re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)|\d{17}[\dX]", words), name
