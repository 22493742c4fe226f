"""Forms of the service desk on the roll: kept in the print queue; what a shopper takes along tells nothing personal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import pytest

from kiosk.app.places import Places
from kiosk.app.printing import print_queue
from kiosk.app.service_wiring import forms_of, service_desk
from kiosk.config.load import load_site
from kiosk.desks.service.messages import FormGiven
from kiosk.display.words import words
from kiosk.errors import LedgerFault
from kiosk.hw.clock import VirtualClock
from kiosk.ledger.store import Ledger
from kiosk.rules.people.person import Person
from kiosk.rules.printing.document import Document, Field, Sign, words_of
from kiosk.rules.service.bulk_order import SERVICE as BULK_ORDER
from kiosk.rules.service.complaint import SERVICE as COMPLAINT
from kiosk.rules.service.handover import SERVICE as HANDOVER
from kiosk.rules.service.printed import SIGNED, form_of, sheet_of, slip_of
from kiosk.rules.service.record import Done, Record
from kiosk.rules.service.stages import STAGES
from kiosk.sentences import N_, alias
from kiosk.units import LANGUAGES
from tests import sites
from tests.ledger.shop import fresh_ledger
from tests.rules.service.services import TEN, WANG
from tests.rules.service.test_complaint import GIVEN, taken_down

PRINTER = '\n[[printers]]\nid = "desk"\nnetwork = "127.0.0.1:1"\n'


@dataclass
class People:
    """The register, as far as forms ask it."""

    def everybody(self) -> dict[str, Person]:
        return {WANG.id: WANG}


@dataclass
class Shop:
    """A site with a receipt printer, and its ledger."""

    places: Places
    ledger: Ledger
    broken: bool = False

    def opened(self) -> Ledger:
        if self.broken:
            raise LedgerFault("the disk is full")
        return self.ledger

    def queued(self) -> list[Document]:
        queue = print_queue(self.places, lambda: self.ledger, TEN.tzinfo or TEN.astimezone().tzinfo)  # type: ignore[arg-type]
        found = (queue.document(job.n) for job in queue.open_jobs())
        return [one for one in found if one is not None]


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    places = Places(sites.write_site(tmp_path / "site", site=sites.SITE + PRINTER), tmp_path / "state")
    places.state.mkdir()
    with closing(fresh_ledger(places.ledger)) as ledger:
        yield Shop(places, ledger)


@pytest.mark.rule("S03")
@pytest.mark.rule("S20")
def test_whoever_complains_at_the_screen_takes_the_number_along_and_nothing_personal_is_on_it(shop: Shop) -> None:
    warnings: list[str] = []
    desk = service_desk(load_site(shop.places.site), shop.places, shop.opened, VirtualClock(TEN), warnings.append)
    assert desk is not None

    desk.handle(FormGiven("screen", "complaint", GIVEN))
    desk.handle(FormGiven("screen", "rating", {"mark": "5"}))

    (slip,) = shop.queued()
    text = "\n".join(words_of(slip))
    for said in ("投诉建议", "1", "答复期限", "请出示本号码"):
        assert said in text
    assert GIVEN["phone"] not in text
    assert GIVEN["what"] not in text
    assert (slip.title, warnings) == ("slip of complaint 1", [])


def test_a_slip_that_cannot_be_queued_is_told_and_the_record_stands(shop: Shop) -> None:
    warnings: list[str] = []
    desk = service_desk(
        load_site(shop.places.site), shop.places, lambda: shop.ledger, VirtualClock(TEN), warnings.append
    )
    assert desk is not None
    shop.places.print_key.mkdir()  # no key can be made there

    desk.handle(FormGiven("screen", "complaint", GIVEN))

    assert [text.partition(":")[0] for text in warnings] == ["the slip of complaint 1 is not printed"]
    assert desk.book.record("complaint", 1) is not None


@pytest.mark.rule("S04")
def test_a_form_is_queued_with_names_for_ids_and_room_for_a_pen(shop: Shop) -> None:
    prints = forms_of(load_site(shop.places.site), shop.places, shop.opened, People())  # type: ignore[arg-type]

    prints(COMPLAINT, taken_down(), (), WANG, TEN)

    (sheet,) = shop.queued()
    text = list(words_of(sheet))
    assert any(GIVEN["phone"] in line for line in text)
    assert len([part for part in sheet.parts if isinstance(part, Sign)]) == 2
    assert sheet.title == taken_down().name
    shop.broken = True
    with pytest.raises(LedgerFault):
        prints(COMPLAINT, taken_down(), (), WANG, datetime.now(TEN.tzinfo))


@pytest.mark.rule("S04")
def test_every_field_of_the_form_is_on_the_sheet() -> None:
    say = words(LANGUAGES[1])
    form = form_of(COMPLAINT, taken_down(), "和風百貨", {WANG.id: WANG.name}, say)

    sheet = sheet_of(COMPLAINT, taken_down(), "和風百貨", form, say)

    text = "\n".join(words_of(sheet))
    assert len(form) == 21
    assert all(name in text for name, _ in form if name != say("Store"))
    assert {part.label for part in sheet.parts if isinstance(part, Sign)} <= {say(one) for one in SIGNED}
    assert "slip" in slip_of(COMPLAINT, taken_down(), "和風百貨").title


@pytest.mark.rule("S17")
def test_a_handover_on_paper_has_the_figures_of_its_shift_and_a_line_for_both_who_sign() -> None:
    say = words(LANGUAGES[0])
    answers = {"shift": "early", "remarks": "雨伞只剩两把"}
    given = Record("handover", 88, TEN, "mei", "given", TEN, answers, owner="mei")
    taken = replace(given, stage="signed", history=(Done(TEN, WANG.id, "sign"),))
    figures = ((alias(N_("Open matters"), "open"), "4"),)

    for record, signer in ((given, ""), (taken, WANG.name)):
        form = form_of(HANDOVER, record, "和风百货", {WANG.id: WANG.name, "mei": "李梅"}, say, figures)
        sheet = sheet_of(HANDOVER, record, "和风百货", form, say)

        assert [(part.label, part.name) for part in sheet.parts if isinstance(part, Sign)] == [
            (say("Signature"), ""),
            (say("Sign for the next shift"), signer),
        ]
        fields = {part.label: part.value for part in sheet.parts if isinstance(part, Field)}
        assert fields[say("Open matters")] == "4"
        assert fields[say("Responsible")] == "李梅"
        assert fields[say("Stage")] == say(STAGES[record.stage])


@pytest.mark.rule("S15")
def test_a_bulk_order_has_room_for_the_pens_of_both_sides() -> None:
    ordered = Record("bulk-order", 31, TEN, "mei", "open", TEN, {"lines": "12345 大米 24 3.50"})
    say = words(LANGUAGES[1])

    sheet = sheet_of(BULK_ORDER, ordered, "和風百貨", form_of(BULK_ORDER, ordered, "和風百貨", {}, say), say)

    assert [part.label for part in sheet.parts if isinstance(part, Sign)] == [
        say("Signature of the customer"),
        say("Signature of the store"),
    ]
