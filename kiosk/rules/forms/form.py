"""The pages of a form as data: notices, choices, words, and how the answers to them are checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import assert_never

from kiosk.rules.writing.writing import Kind
from kiosk.sentences import N_

Check = Callable[[str], str]  # an answer -> what is wrong with it, as an English sentence of the screen; "" for nothing


def anything(_: str) -> str:
    """Whatever is written will do."""
    return ""


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a choice. id: what is kept. icon: "" for none. colors: shown instead of an icon, as #rrggbb. left:
    how many there are, None where nobody counts; with none left it is shown and cannot be chosen. of: the sign of what
    is asked about, where `icon` says no more of it than yes or no."""

    id: str
    words: str
    line: str = ""
    icon: str = ""
    tone: str = "plain"
    left: int | None = None
    literal: bool = False  # the store's own words: they are not translated here
    colors: tuple[str, ...] = ()
    of: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to read, and to agree to, before it goes on. points: icon and words of each."""

    id: str
    headline: str
    line: str = ""
    points: tuple[tuple[str, str], ...] = ()
    agree: str = ""  # the words of the button, "" for the usual ones


@dataclass(frozen=True, slots=True)
class Choice:
    """One of some, by a tap."""

    id: str
    ask: str
    options: tuple[Option, ...]
    line: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """Something to write. private: it is personal; shown masked once the page was left. optional: may stay empty."""

    id: str
    ask: str
    line: str = ""
    kind: Kind = Kind.WORDS
    longest: int = 40
    optional: bool = False
    private: bool = False
    check: Check = anything


Page = Notice | Choice | Words
Pages = Callable[[Mapping[str, str]], tuple[Page, ...]]  # of the answers so far: what is asked depends on them


@dataclass(frozen=True, slots=True)
class Always:
    """The same pages whatever is answered. Forms go to the process of the screen: a lambda could not."""

    asked: tuple[Page, ...]

    def __call__(self, _: Mapping[str, str]) -> tuple[Page, ...]:
        return self.asked


@dataclass(frozen=True, slots=True)
class Form:
    """What a service asks. pages: the answers up to a page decide which page follows; a function of a module,
    or a value. review: shown as a whole before
    it is given. send: the words of the last button."""

    service: str
    title: str
    pages: Pages
    review: bool = False
    send: str = ""


def problem(page: Page, answer: str) -> str:
    """What is wrong with an answer to a page, as a sentence of the screen; "" for nothing."""
    match page:
        case Notice():
            return "" if answer == "yes" else N_("Please read this first")
        case Choice(options=options):
            return (
                "" if any(one.id == answer and one.left != 0 for one in options) else N_("Please choose one of these")
            )
        case Words(longest=longest, optional=optional, check=check):
            if not answer.strip():
                return "" if optional else N_("Please write something here")
            if len(answer) > longest or not answer.isprintable():
                return N_("Please write it shorter")
            return check(answer)
        case _:
            assert_never(page)


def problems(form: Form, answers: Mapping[str, str]) -> Mapping[str, str]:
    """Page against what is wrong with its answer; empty for a form that can be given. Answers that nobody asked for are
    wrong too: whoever gives a form may be another machine than the one that showed it."""
    pages = form.pages(answers)
    asked = {page.id: page for page in pages}
    found = {id: why for id, page in asked.items() if (why := problem(page, answers.get(id, "")))}
    return {**found, **dict.fromkeys(set(answers) - set(asked), "This was not asked")}
