"""The service desk's report as one page to print: figures, bars for each day, causes, ratings (S19, S21)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from kiosk.display.markup import Markup, join, section, tag, whole_page
from kiosk.display.service_words import says
from kiosk.rules.service.figures import CAUSES, Figures
from kiosk.rules.service.printed import in_words
from kiosk.rules.service.service import Service
from kiosk.units import Language

MOST = 12  # causes of a service
BARS = 62  # days that are drawn one by one


Say = Callable[[str], str]


def service_page(figures: Figures, services: dict[str, Service], store: str, language: Language) -> str:
    """The whole page; the same for the same figures."""
    say = says(language)
    span = f"{figures.since} – {figures.until}"
    title = say("Report of the service desk")
    late = sum(one.late for one in figures.services)
    waiting = sum(one.open for one in figures.services)
    mean = figures.mean_mark
    tiles = (
        (str(sum(one.count for one in figures.services)), say("Cases"), ""),
        (str(waiting), say("Still open"), "warn" if waiting else "good"),
        (str(late), say("Answered late"), "bad" if late else "good"),
        ("–" if mean is None else f"{mean:.1f}", say("Mean rating, of 5"), ""),
    )
    return whole_page(
        f"{store} · {title} {span}",
        language,
        tag("header", join(tag("p", title, "eyebrow"), tag("h1", store), tag("p", span, "sub"))),
        tag("div", join(*(_tile(*one) for one in tiles)), "tiles"),
        section(say("Cases of each day"), _days(figures.per_day), "songs"),
        section(say("Services"), _services(figures, services, say), "items"),
        section(say("Causes"), _causes(figures, services, say), "causes"),
        section(say("Ratings"), _ratings(figures, say), "ratings"),
    )


def minutes(seconds: float | None) -> str:
    """A wait, as people say it."""
    if seconds is None:
        return "–"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.1f} h"


def _tile(value: str, label: str, tone: str) -> Markup:
    return tag("div", join(tag("b", value, tone), tag("span", label)), "tile")


def _days(days: tuple[tuple[date, int], ...]) -> Markup:
    if len(days) <= BARS:
        return _bars((f"{day:%d}" if len(days) > 7 else f"{day:%m-%d}", count) for day, count in days)
    months: dict[str, int] = {}
    for day, count in days:
        months[f"{day:%Y-%m}"] = months.get(f"{day:%Y-%m}", 0) + count
    return _bars(months.items())


def _bars(bars: Iterable[tuple[str, int]]) -> Markup:
    kept = tuple(bars)
    most = max((count for _, count in kept), default=0) or 1
    drawn = (
        join(tag("b", str(count)), Markup(f'<i style="height:{round(100 * count / most)}%"></i>'), tag("span", name))
        for name, count in kept
    )
    return tag("ol", join(*(tag("li", one) for one in drawn)), "bars")


def _services(figures: Figures, services: dict[str, Service], say: Say) -> Markup:
    headings = (say("Service"), say("Cases"), say("Until somebody answered"), say("Answered late"), say("Still open"))
    rows = (
        (say(services[one.service].form.title), one.count, minutes(one.answered_s), one.late, one.open)
        for one in figures.services
    )
    return _table(headings, rows)


def _causes(figures: Figures, services: dict[str, Service], say: Say) -> Markup:
    rows = (
        (say(services[one.service].form.title), _in_words(services[one.service], cause, say), count)
        for one in figures.services
        for cause, count in one.causes[:MOST]
    )
    return _table((say("Service"), say("Causes"), say("Cases")), rows)


def _in_words(service: Service, cause: str, say: Say) -> str:
    """A cause in the words of the form's options."""
    ids = cause.split(" / ")
    answers = dict(zip(CAUSES.get(service.id, ()), ids, strict=False))
    return " / ".join(in_words(service.form, answers, say).values())


def _ratings(figures: Figures, say: Say) -> Markup:
    rows = ((seat, count, f"{mean:.1f}") for seat, count, mean in figures.seats)
    by_desk = _table((say("At"), say("Ratings"), say("Mean rating, of 5")), rows)
    return join(_bars((f"{mark} ★", count) for mark, count in figures.marks), by_desk)


def _table(headings: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> Markup:
    head = tag("thead", tag("tr", join(*(tag("th", one) for one in headings))))
    body = join(*(tag("tr", join(*(tag("td", str(cell)) for cell in row))) for row in rows))
    return tag("table", join(head, tag("tbody", body)))
