from __future__ import annotations

from base64 import b64decode
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any

import pytest

from kiosk.display.report_page import Setting, report_page
from kiosk.display.report_words import NAMES, PICTURE, words_of
from kiosk.rules.broadcast.as_run import Outcome
from kiosk.rules.broadcast.checks import Topic
from kiosk.rules.broadcast.day_report import DayReport, Noted, report_on
from kiosk.rules.broadcast.programme import Kind
from kiosk.rules.broadcast.selfcheck import Occasion, fault, ok, report_of
from kiosk.units import LANGUAGES, Language
from tests.rules.broadcast.test_day_report import NIGHT, at, call, song
from tests.rules.broadcast.test_self_check import DAY, MONDAY, SHANGHAI

ENGLISH = Language("en")
PICTURE_BYTES = b"\x89PNG a picture"
VOID = {"meta", "img"}
HOSTILE = "<script>alert('x')</script>\" & co"


class Structure(HTMLParser):
    """The page as a tree of texts: sections by their class, rows of their tables, and every address it names."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.language = ""
        self.section = ""
        self.rows: dict[str, list[list[str]]] = {}
        self.texts: dict[str, list[str]] = {}
        self.addresses: list[str] = []
        self.tags: set[str] = set()
        self.feed(page)
        assert self.open == [], "every element is closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.add(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href")]
        if tag not in VOID:
            self.open.append(tag)
        if tag == "html":
            self.language = given.get("lang") or ""
        if tag == "section" or given.get("class") == "tiles":
            self.section = given.get("class") or ""
        if tag == "tr":
            self.rows.setdefault(self.section, []).append([])
        if tag in ("td", "th"):
            self.rows[self.section][-1].append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.setdefault(self.section, []).append(data)
        if {"td", "th"} & set(self.open):
            self.rows[self.section][-1][-1] += data


def a_day(**changes: Any) -> DayReport:
    lines = [
        song("09:00:00", "09:59:55"),
        call("10:00:00", "10:00:00"),
        song("10:00:30", "20:00:00", "rain"),
        call("20:00:00", "20:00:12", operator="anna", level_dbfs=-18.2),
        replace(call("21:00:00", None), id="evening"),
    ]
    noted = [
        Noted(at("12:03:00"), "anna", "is refused", "the page for staff-mr", {"why": "title"}),
        Noted(at("08:59:00"), "broadcast", "starts", "the broadcast desk", {"interrupted": "0"}),
    ]
    findings = [fault(Topic.TONE, "9 dB softer"), ok(Topic.DISK, "20 GB free")]
    check = report_of(MONDAY, Occasion.BEFORE_OPENING, at("08:40:00"), at("08:40:26"), findings)
    return replace(report_on(DAY, lines, noted, [check], NIGHT), **changes)


def page_of(report: DayReport, language: Language = ENGLISH, store: str = "Hefeng") -> str:
    titles = {"promo": "Member day"}
    return report_page(report, Setting(store, "Weekday", language, SHANGHAI, titles, PICTURE_BYTES))


def test_every_announcement_stands_with_due_planned_real_and_lateness() -> None:
    structure = Structure(page_of(a_day()))

    head, first, second, third = structure.rows["announcements"]
    assert head[:4] == ["Due", "Planned", "Real", "Late"]
    assert first[:6] == ["10:00:00", "10:00:00", "10:00:00", "0.0 s", "announcement", "Member day"]
    assert second[2:4] == ["20:00:12", "+12 s"]
    assert second[7:] == ["anna", "-18 dBFS"]
    assert third[2:4] == ["", ""]
    assert third[6] == "skipped"


def test_what_was_not_heard_is_listed_with_its_reason() -> None:
    rows = Structure(page_of(a_day())).rows["unheard"]

    assert rows[1] == ["21:00:00", "Evening", "skipped", "", "nothing could be aired when it was due"]


@pytest.mark.rule("B01")
def test_the_self_check_stands_with_who_should_do_what() -> None:
    rows = Structure(page_of(a_day())).rows["self-check"]

    assert rows[1][:3] == ["✗", "Test tone", "9 dB softer"]
    assert rows[1][3].startswith("technician: Check the amplifier's knob")
    assert rows[-1] == ["✓", "Disk", "20 GB free", ""]


def test_refusals_events_holes_and_every_item_have_their_tables() -> None:
    rows = Structure(page_of(a_day())).rows

    assert rows["refusals"][1] == ["12:03:00", "anna", "is refused", "the page for staff-mr", "why: title"]
    assert rows["events"][1][:3] == ["08:59:00", "broadcast", "starts"]
    assert rows["holes"][1:] == [["09:59:55", "5.0 s"], ["20:00:00", "12.0 s"], ["20:00:42", "7158.0 s"]]
    assert len(rows["items"]) == 1 + 5


def test_the_figures_of_the_day_come_first() -> None:
    assert Structure(page_of(a_day())).texts["tiles"][:10] == [
        *("3", "Announcements", "2", "Songs", "6.0 s", "Median lateness", "12.0 s", "Largest lateness"),
        *("7175 s", "Silence while open"),
    ]


def test_the_page_is_whole_in_itself() -> None:
    page = page_of(a_day())
    structure = Structure(page)

    (picture,) = structure.addresses
    kind, _, data = picture.partition(",")
    assert kind == "data:image/png;base64"
    assert b64decode(data) == PICTURE_BYTES
    assert "script" not in structure.tags
    assert "http" not in page
    assert "url(" not in page
    assert "@import" not in page


def test_whatever_is_in_the_log_stays_text() -> None:
    hostile = replace(call("10:00:00", "10:00:00"), operator=HOSTILE, id=HOSTILE, reason=HOSTILE, outcome=Outcome.CUT)
    noted = Noted(at("12:03:00"), HOSTILE, HOSTILE, HOSTILE, {HOSTILE: HOSTILE})
    findings = report_of(MONDAY, Occasion.ASKED, at("08:40:00"), at("08:41:00"), [fault(Topic.DISK, HOSTILE)])
    report = a_day(
        lines=(hostile,), announcements=(hostile,), unheard=(hostile,), refusals=(noted,), self_checks=(findings,)
    )

    page = page_of(report, store=HOSTILE)

    structure = Structure(page)
    assert "script" not in structure.tags
    assert HOSTILE in structure.rows["refusals"][1]
    assert HOSTILE in structure.rows["self-check"][1]


def test_the_same_day_makes_the_same_page() -> None:
    assert page_of(a_day()) == page_of(a_day())


def test_a_day_with_nothing_in_it_says_so() -> None:
    empty = report_on(DAY, (), (), (), DAY.opens - timedelta(hours=3))

    texts = Structure(page_of(empty)).texts

    assert "No self-check was reported on this day." in texts["self-check"]
    assert "✓ Everything was heard as planned" in texts["unheard"]
    assert texts["refusals"][-1] == "None"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_speaks_the_language_that_was_asked_for(language: Language) -> None:
    fine = report_of(MONDAY, Occasion.ASKED, at("08:40:00"), at("08:41:00"), [ok(topic, "") for topic in Topic])

    structure = Structure(page_of(a_day(self_checks=(fine,)), language))

    assert structure.language == language
    assert structure.texts["announcements"][0] == words_of(language)["announcements"]


def test_no_word_is_missing_in_a_language() -> None:
    chinese, taiwanese, english = (words_of(language) for language in LANGUAGES)

    assert set(chinese) == set(taiwanese) == set(english)
    assert all(word for words in (chinese, taiwanese, english) for word in words.values())
    assert all(chinese[key].count("{}") == english[key].count("{}") for key in english)
    assert {kind.value for kind in Kind} <= set(NAMES[LANGUAGES[0]])
    assert set(PICTURE[LANGUAGES[0]]) == set(PICTURE[LANGUAGES[1]])
