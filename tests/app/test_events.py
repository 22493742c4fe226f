from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kiosk.app.events import OPERATOR, Happening, read_events
from kiosk.desks.broadcast.messages import PageAsked, Pressed, ScriptAsked
from kiosk.errors import SiteError
from kiosk.rules.broadcast.paging import PageRequest, Reason, Title, Whom
from kiosk.units import LANGUAGES, ScriptId, ZoneId

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAY = date(2026, 11, 23)


def read(folder: Path, *lines: str) -> tuple[Happening, ...]:
    file = folder / "events.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    return read_events(file, DAY, SHANGHAI, "all-clear")


def refused(folder: Path, *lines: str) -> list[str]:
    with pytest.raises(SiteError) as error:
        read(folder, *lines)
    return [str(problem) for problem in error.value.problems]


def test_every_kind_of_event_becomes_a_message_in_the_order_of_time(tmp_path: Path) -> None:
    happenings = read(
        tmp_path,
        '{"at":"10:05","do":"reset"}',
        '{"at":"10:03:20.500","do":"press","button":"promo"}',
        "",
        '{"at":"10:03:30","do":"page","to":"guest","title":"mr","name":"王小明"}',
        '{"at":"10:04","do":"urgent","script":"lost-child"}',
        '{"at":"10:04:30","do":"evacuate","script":"evacuation"}',
    )

    assert [one.message for one in happenings] == [
        Pressed("promo", OPERATOR),
        PageAsked(PageRequest(Whom.GUEST, Title.MR, "王小明"), OPERATOR),
        ScriptAsked(ScriptId("lost-child"), OPERATOR),
        ScriptAsked(ScriptId("evacuation"), OPERATOR),
        Pressed("all-clear", OPERATOR),
    ]
    assert happenings[0].at == datetime(2026, 11, 23, 10, 3, 20, 500_000, SHANGHAI)


@pytest.mark.rule("B11")
def test_a_page_says_why_where_in_which_language_and_in_which_zones(tmp_path: Path) -> None:
    (page,) = read(
        tmp_path,
        '{"at":"10:03","do":"page","to":"staff","title":"ms","name":"Li","reason":"vehicle","plate":"ABC-1234",'
        '"place":"gate 2","language":"en","zones":["hall","food"]}',
    )

    request = PageRequest(
        Whom.STAFF, Title.MS, "Li", Reason.VEHICLE, "gate 2", LANGUAGES[2], "ABC-1234", (ZoneId("hall"), ZoneId("food"))
    )
    assert page.message == PageAsked(request, OPERATOR)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ('{"at":"10:03","do":"press"}', "line 1: button is missing (the id of a button of site.toml)"),
        ('{"at":"25:03","do":"reset"}', 'line 1: at is the text "25:03", not a time of day (the store\'s time'),
        ('{"at":36000,"do":"reset"}', "line 1: at is the number 36000, not a time of day (the store's time"),
        ('{"do":"reset"}', "line 1: at is missing (the store's time"),
        ('{"at":"10:03"}', 'line 1: do is missing (one of "press", "page"'),
        ('{"at":"10:03","do":"jump"}', 'line 1: do is the text "jump", which is nothing that happens (one of'),
        ('{"at":"10:03","do":["reset"]}', "line 1: do is a list of 1, which is nothing that happens (one of"),
        ('{"at":"10:03","do":"press","buton":"promo"}', 'line 1: unknown key "buton" (did you mean "button"?'),
        ('{"at":"10:03","do":"page","to":"boss","title":"mr","name":"王"}', 'line 1: to is "boss", which is not known'),
        ('{"at":"10:03","do":"page","to":"guest","title":"mr","name":""}', "(a name of 1 to 30 characters)"),
        ('{"at":"10:03","do":"page","to":"guest","title":"mr","name":"王","reason":"fun"}', 'reason is "fun"'),
        ('{"at":"10:03","do":"page","to":"guest","title":"mr","name":"王","zones":"hall"}', "(a list of ids of zones"),
        ('{"at":"10:03","do":"press","button":7}', "line 1: button is the number 7 (the id of a button"),
        ("[1, 2]", "line 1: is a list of 2, not an event (write"),
        ("10:03 press promo", "line 1: is not JSON (write"),
        ("[" * 100_000, "line 1: is not JSON (write"),
    ],
)
def test_a_mistake_is_told_in_one_plain_sentence(tmp_path: Path, line: str, sentence: str) -> None:
    told = refused(tmp_path, line)

    assert any(sentence in one for one in told), told
    assert not any("validation" in one or "Input" in one or "type=" in one for one in told)


def test_every_wrong_line_is_told_at_once(tmp_path: Path) -> None:
    told = refused(tmp_path, "nonsense", '{"at":"10:03","do":"reset"}', '{"at":"x","do":"reset"}')

    assert [one.split(":")[1].strip() for one in told] == ["line 1", "line 3"]


def test_a_file_that_is_not_there_or_no_text_is_told(tmp_path: Path) -> None:
    binary = tmp_path / "song.flac"
    binary.write_bytes(b"\xff\xfe\x00")

    for file, what in ((tmp_path / "none.jsonl", "No such file"), (binary, "UTF-8"), (tmp_path, "directory")):
        with pytest.raises(SiteError, match=what):
            read_events(file, DAY, SHANGHAI, "reset")
