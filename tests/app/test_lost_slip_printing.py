from __future__ import annotations

import stat
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from kiosk.app.front_wiring import World
from kiosk.app.lost_slip_printing import ROLL_DOTS, ROLL_MM, WAITS, LostSlipPress, lost_slips_of
from kiosk.app.places import Places
from kiosk.app.printing import print_queue
from kiosk.config.load import load_site
from kiosk.desks.lockers.lost_slips import LostSlips
from kiosk.desks.lockers.messages import Message
from kiosk.display.sheet_paint import roll_pdf
from kiosk.errors import DeviceFault
from kiosk.hw.clock import SystemClock
from kiosk.hw.printing import MayBePrinted, print_pdf, still_waits
from kiosk.ledger.migrate import migrate
from kiosk.ledger.store import open_ledger
from kiosk.ports.lost_slips import SlipReport, SlipStage
from kiosk.rules.lockers.lost_slip import SlipField, SlipWords, slips_of
from kiosk.rules.lockers.lost_slip_sheet import sheets_of
from kiosk.rules.lockers.lost_tag import Case
from kiosk.rules.printing.document import words_of
from kiosk.units import LANGUAGES, Language
from tests.audio.waiting import eventually
from tests.ledger.values import SHANGHAI
from tests.rules.lockers.lost_tag_people import gone_through
from tests.sites import SITE, write_site

PATIENCE_S = 20.0
ROWS = '[[lockers.rows]]\nsize = "small"\nlockers = "1-9"\nplace = "left wall"\n'


def paid() -> Case:
    return replace(gone_through(5), n=3)


def text_in(content: bytes) -> tuple[int, str]:
    """Pages, and what stands on them."""
    document = pypdfium2.PdfDocument(content)
    texts = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return len(texts), "\n".join(texts)


def a_program(folder: Path, name: str, does: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\n{does}\n")
    (folder / name).chmod(0o755)


@pytest.mark.rule("L08")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_roll_has_both_copies_with_every_field_one_under_the_other(language: str) -> None:
    copies = slips_of(paid(), SlipWords("和风百货", "李梅", "左墙上排"), language)  # type: ignore[arg-type] # one of them

    pages, text = text_in(roll_pdf(sheets_of(copies), ROLL_MM, ROLL_DOTS))

    assert pages == 2
    for copy in copies:
        assert copy.copy in text.replace("\r\n", "")
        for line in copy.lines:
            assert line.label.replace(" ", "") in text.replace("\r\n", "").replace(" ", "")


@pytest.mark.rule("L08")
def test_in_the_demo_the_slip_is_a_file_that_its_user_alone_reads(tmp_path: Path) -> None:
    site = load_site(write_site(tmp_path / "site", site=f"{SITE}\n[lockers]\n{ROWS}"))
    places, posted = Places(site.root, tmp_path / "state"), list[Message]()
    migrate(places.ledger)
    with open_ledger(places.ledger) as ledger:
        world = World(lambda: ledger, SystemClock(SHANGHAI), posted.append)
        with lost_slips_of(site, places, world, places.slips) as found:
            [slips] = found
            assert isinstance(slips, LostSlips)
            slips.printer.print_lost_slip(paid())
            eventually(lambda: posted, within_s=PATIENCE_S, what="it is printed")

    assert posted == [SlipReport(3, SlipStage.PRINTED)]
    file = places.slips / "lost-tag-3.pdf"
    assert "王小明" in text_in(file.read_bytes())[1]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_without_a_printer_of_slips_or_the_key_nothing_is_printed_by_itself(tmp_path: Path) -> None:
    site = load_site(write_site(tmp_path / "site", site=f"{SITE}\n[lockers]\n{ROWS}"))
    named = load_site(write_site(tmp_path / "named", site=f'{SITE}\n[lockers]\nslip_printer = "slips"\n{ROWS}'))
    places = Places(site.root, tmp_path / "state")
    world = World(lambda: open_ledger(places.ledger), SystemClock(SHANGHAI), list[Message]().append)

    with lost_slips_of(site, places, world, None) as found:
        assert found == ()
    with lost_slips_of(named, places, world, None) as found:
        assert len(found) == 1
    places.lost_tags_key.write_bytes(b"no key")
    with lost_slips_of(named, places, world, None) as found:
        assert found == ()


def test_what_the_queue_took_is_told_until_it_is_on_paper() -> None:
    reports, waiting = list[SlipReport](), [True, True]

    def waits(queued: str) -> bool:
        assert queued == "slips-12"
        return bool(waiting) and waiting.pop()

    press = LostSlipPress(lambda case: b"", lambda content, case: "slips-12", reports.append, waits, look_s=0.01)
    with closing(press):
        press.print_lost_slip(paid())
        eventually(lambda: len(reports) == 4, within_s=PATIENCE_S, what="it is on paper")

    assert [one.why for one in reports] == ["", WAITS, WAITS, ""]
    assert {one.stage for one in reports} == {SlipStage.PRINTED}
    press.close()


@pytest.mark.parametrize(
    ("fault", "stage"),
    [(DeviceFault("no paper"), SlipStage.REFUSED), (MayBePrinted("no answer"), SlipStage.UNSURE)],
)
def test_what_the_queue_did_not_take_is_told_from_what_nobody_knows(fault: DeviceFault, stage: SlipStage) -> None:
    reports = list[SlipReport]()

    def send(content: bytes, case: Case) -> str:
        raise fault

    with closing(LostSlipPress(lambda case: b"", send, reports.append)) as press:
        press.print_lost_slip(paid())
        eventually(lambda: reports, within_s=PATIENCE_S, what="told")

    assert reports == [SlipReport(3, stage, str(fault))]


def test_the_printers_queue_says_what_it_calls_a_slip_and_whether_it_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    a_program(tmp_path, "lp", 'cat > /dev/null; echo "request id is slips-12 (1 file(s))"')
    a_program(tmp_path, "lpstat", 'echo "slips-12   kiosk   1024   Mon Nov 23 10:00:00 2026"')

    assert print_pdf(b"%PDF", "slips", "lost tag 3") == "slips-12"
    assert still_waits("slips-12")
    assert not still_waits("slips-1")
    a_program(tmp_path, "lp", "cat > /dev/null")
    assert print_pdf(b"%PDF", "slips", "lost tag 3") == ""
    monkeypatch.setenv("PATH", str(tmp_path / "nowhere"))
    assert not still_waits("slips-12"), "without CUPS nobody can say"


@pytest.mark.rule("L08")
def test_on_a_receipt_printer_both_copies_wait_in_the_print_queue_until_there_is_paper(tmp_path: Path) -> None:
    printers = '[[printers]]\nid = "desk"\nnetwork = "127.0.0.1:1"\n'
    text = f'{SITE}\n{printers}\n[lockers]\nslip_printer = "desk"\n{ROWS}'
    site = load_site(write_site(tmp_path / "site", site=text))
    places, posted = Places(site.root, tmp_path / "state"), list[Message]()
    migrate(places.ledger)
    with open_ledger(places.ledger) as ledger:
        world = World(lambda: ledger, SystemClock(SHANGHAI), posted.append)
        with lost_slips_of(site, places, world, None) as (slips,):
            assert isinstance(slips, LostSlips)
            slips.printer.print_lost_slip(paid())
        jobs = print_queue(places, lambda: ledger, SHANGHAI).open_jobs()
        ledger.close()
        slips.printer.print_lost_slip(paid())

    assert [job.subject for job in jobs] == [
        "遗失标示牌登记单 编号 000003, 第一联 财务室",
        "遗失标示牌登记单 编号 000003, 第二联 顾客",
    ]
    assert [one.stage for one in posted if isinstance(one, SlipReport)] == [SlipStage.PRINTED, SlipStage.REFUSED]


@pytest.mark.rule("L08")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sheet_of_a_receipt_printer_has_every_field_and_names_nobody_in_its_title(language: Language) -> None:
    copies = slips_of(paid(), SlipWords("和风百货", "李梅", "左墙上排"), language)

    sheets = sheets_of(copies)

    assert len(sheets) == 2
    for copy, sheet in zip(copies, sheets, strict=True):
        text = "\n".join(words_of(sheet))
        assert copy.copy in text
        assert all(f"{line.label} {line.value}".strip() in text for line in copy.lines)
        assert not [line for line in copy.lines if line.field is SlipField.NAME and line.value in sheet.title]
