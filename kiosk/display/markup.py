"""HTML for reports to print: no script, nothing from elsewhere, every word escaped."""

from __future__ import annotations

from html import escape
from importlib import resources


class Markup(str):
    """HTML that is made already; every other text is escaped where it is put in."""

    __slots__ = ()


def section(title: str, content: Markup, name: str) -> Markup:
    """A part of the page with its heading."""
    return tag("section", join(tag("h2", title), content), name)


def join(*parts: Markup) -> Markup:
    """One after the other."""
    return Markup("".join(parts))


def tag(name: str, content: str, kind: str = "", *, lang: str = "") -> Markup:
    """An element; a text that is no markup is escaped."""
    inner = content if isinstance(content, Markup) else escape(content)
    attributes = (f' class="{escape(kind)}"' if kind else "") + (f' lang="{escape(lang)}"' if lang else "")
    return Markup(f"<{name}{attributes}>{inner}</{name}>")


def whole_page(title: str, language: str, *body: Markup) -> str:
    """A page that stands alone."""
    style = resources.files("kiosk.display").joinpath("report.css").read_text(encoding="utf-8")
    head = join(
        Markup('<meta charset="utf-8">'),
        Markup('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        tag("title", title),
        tag("style", Markup(style)),
    )
    page = tag("html", join(tag("head", head), tag("body", tag("main", join(*body)))), lang=language)
    return f"<!DOCTYPE html>\n{page}\n"
