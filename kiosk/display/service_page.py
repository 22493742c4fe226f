"""The service desk's report as one page to print: figures, bars for each day, causes, ratings (S19, S21)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from kiosk.display.line_chart import line_chart
from kiosk.display.markup import Markup, join, section, tag, whole_page
from kiosk.display.service_words import says
from kiosk.rules.service.desk_figures import OTHER, RETURNS, DeskFigures, Returned
from kiosk.rules.service.figures import CAUSES, Figures
from kiosk.rules.service.printed import in_words
from kiosk.rules.service.service import Service
from kiosk.units import Language

NOTHING_MORE = DeskFigures()
TOPICS = {"service": "Enquiries and services", "returns": "Returns"}
BEST = 5.0
MOST = 12  # causes of a service
BARS = 62  # days that are drawn one by one


Say = Callable[[str], str]


def service_page(
    figures: Figures,
    services: dict[str, Service],
    store: str,
    language: Language,
    more: DeskFigures = NOTHING_MORE,
) -> str:
    """The whole page; the same for the same figures. more: of queue, returns and the guide, and the trends."""
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
        section(say("Queue"), _queue(more, say), "queue"),
        section(say("Returns"), _returns(more.returns, services, say), "returns"),
        section(say("Ratings"), join(_ratings(figures, say), _marks_by_week(more, say)), "ratings"),
        section(say("Cases of each week"), _weeks(more, services, say), "trends"),
        section(say("Asked and not found"), _unanswered(more, say), "unanswered"),
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


def _queue(more: DeskFigures, say: Say) -> Markup:
    if not more.queue:
        return _none(say)
    headings = ("", say("Numbers taken"), say("Served"), say("Nobody came"), say("Left"), say("Wait, half of them"))
    rows = (
        (
            say(TOPICS[one.topic]),
            *(one.taken, one.served, one.missed, one.left),
            *(minutes(one.median_s), minutes(one.p90_s)),
        )
        for one in more.queue
    )
    return _table((*headings, say("Wait, nine of ten")), rows)


def _returns(returned: Returned, services: dict[str, Service], say: Say) -> Markup:
    if not returned.count and not returned.slips:
        return _none(say)
    service = services.get(RETURNS)

    def words(page: str, counts: tuple[tuple[str, int], ...]) -> list[tuple[str, int]]:
        found = {} if service is None else {id: in_words(service.form, {page: id}, say)[page] for id, _ in counts}
        found[OTHER] = say("Other reasons, each written once")
        return [(found.get(id, id), count) for id, count in counts]

    decided = _bars(words("outcome", returned.decided))
    rows = [(say("Slips"), returned.slips), *words("reason", returned.reasons)]
    rows += [(f"→ {wish}", count) for wish, count in words("wish", returned.wishes)]
    if returned.purged:
        rows.append((say("Deleted since, as it has to be"), returned.purged))
    return join(decided, _table((say("Reasons and wishes"), say("Cases")), rows))


def _weeks(more: DeskFigures, services: dict[str, Service], say: Say) -> Markup:
    busiest = sorted(more.per_week, key=lambda one: -sum(one[1]))
    lines = [(say(services[id].form.title) if id in services else id, counts) for id, counts in busiest]
    return line_chart(lines, [f"{day:%m-%d}" for day in more.weeks]) or _none(say)


def _marks_by_week(more: DeskFigures, say: Say) -> Markup:
    chart = line_chart(more.per_seat, [f"{day:%m-%d}" for day in more.weeks], BEST)
    return join(tag("h3", say("Mean rating of each week")), chart) if chart else chart


def _unanswered(more: DeskFigures, say: Say) -> Markup:
    if not more.unanswered and not more.others:
        return _none(say)
    rows: list[tuple[str, int]] = list(more.unanswered)
    if more.others:
        rows.append((say("Others, each asked once"), more.others))
    return _table((say("What people asked"), say("How often")), rows)


def _none(say: Say) -> Markup:
    return tag("p", say("Nothing in these days"), "none")


def _table(headings: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> Markup:
    head = tag("thead", tag("tr", join(*(tag("th", one) for one in headings))))
    body = join(*(tag("tr", join(*(tag("td", str(cell)) for cell in row))) for row in rows))
    return tag("table", join(head, tag("tbody", body)))
