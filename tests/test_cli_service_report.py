"""`kiosk report service`: the queue, ratings and what the store guide could not answer."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from kiosk.app.places import Places
from kiosk.app.sealing_key import sealing_key
from kiosk.cli import main
from kiosk.display.service_page import service_page
from kiosk.ledger.open_questions import LedgerOpenQuestions
from kiosk.ledger.queue_tickets import LedgerQueue
from kiosk.ledger.return_reasons import LedgerReturnReasons
from kiosk.ledger.return_slips import LedgerReturnSlips
from kiosk.ledger.service_records import LedgerServiceRecords
from kiosk.ledger.store import open_ledger
from kiosk.rules.returns.clause import Reason
from kiosk.rules.returns.decision import Outcome
from kiosk.rules.returns.judged import Judged
from kiosk.rules.returns.slip import Event, Slip
from kiosk.rules.returns.slip_deeds import Void
from kiosk.rules.returns.slip_words import REASONS, WORDS
from kiosk.rules.service.desk_figures import DeskFigures, Slipped, desk_figures
from kiosk.rules.service.figures import figures
from kiosk.rules.service.queue import Topic
from kiosk.rules.service.record import Record
from kiosk.rules.service.returning import SERVICE as RETURN
from kiosk.units import LANGUAGES
from tests.ledger.values import SHANGHAI
from tests.rules.returns.slips import EXCHANGE, FILLING, KEY, MEI, NOW, SOCKS, TAO, done, filled
from tests.rules.service.test_desk_figures import SINCE, UNTIL, case
from tests.test_cli_service import Store, store

__all__ = ["store"]


@pytest.mark.rule("S21")
@pytest.mark.rule("S07")
def test_the_report_tells_of_queue_ratings_and_what_the_guide_could_not_answer(store: Store) -> None:
    now = datetime.now(SHANGHAI)
    with closing(open_ledger(store.state / "ledger.sqlite")) as ledger:
        queue = LedgerQueue(lambda: ledger, SHANGHAI)
        queue.take(Topic.RETURNS, now.date(), now - timedelta(minutes=20))
        queue.take(Topic.RETURNS, now.date(), now - timedelta(minutes=10))
        queue.call_next(1, frozenset(Topic), now.date(), now - timedelta(minutes=15), "mei")
        questions = LedgerOpenQuestions(lambda: ledger)
        for words in ("帐篷", "帐篷", "张三在哪里"):
            questions.count(words, now.date())
        questions.count("帐篷", now.date() - timedelta(days=500))
        book = LedgerServiceRecords(lambda: ledger, SHANGHAI, sealing_key(Places(store.site, store.state).service_key))
        book.enter(Record("rating", 0, now, "screen", "closed", now, {"mark": "4"}), over=True)
    page = store.root / "report.html"
    where = ["--site", str(store.site), "--state", str(store.state), "--language", "zh-CN"]

    assert main(["report", "service", *where, "--html", str(page), "--json"]) == 0
    found = json.loads(store._capsys.readouterr().out)
    assert [(one["topic"], one["taken"], one["median_s"], one["p90_s"]) for one in found["queue"]] == [
        ("returns", 2, 300.0, 300.0)
    ]
    assert (found["unanswered"], found["others"]) == ([["帐篷", 2]], 1)
    assert [seat for seat, _ in found["per_seat"]] == ["screen"]
    text = page.read_text(encoding="utf-8")
    for words in ("帐篷", "等候（中位数）", "<circle", "其他（各仅一次）"):
        assert words in text
    assert "张三" not in text

    assert main(["report", "service", *where]) == 0
    shown = store._capsys.readouterr().out
    assert "queue for returns" in shown
    assert "帐篷 (2)" in shown


@pytest.mark.rule("S21")
def test_the_page_says_why_things_come_back_in_the_words_of_the_form() -> None:
    records = [case(outcome="refuse", reason="unwanted", wish="refund"), case(outcome="accept", reason="fault"), case()]
    services = {RETURN.id: RETURN}
    slips = (Slipped(SINCE, "spoiled", "refund"), Slipped(SINCE, "价签错了", "exchange"))
    more = desk_figures(records, (), {}, slips, SINCE, UNTIL)

    page = service_page(figures(records, services, SINCE, UNTIL), services, "和风百货", LANGUAGES[2], more)

    for words in ("It does not suit me", "It does not work properly", "→ My money back", "It is outside our terms"):
        assert words in page
    for words in ("Deleted since", "Spoiled or expired", "Other reasons, each written once"):
        assert words in page
    assert "价签错了" not in page
    unknown = service_page(figures((), {}, SINCE, UNTIL), {}, "和风百货", LANGUAGES[2], more)
    assert "unwanted" in unknown
    empty = service_page(figures((), {}, SINCE, UNTIL), {}, "和风百货", LANGUAGES[2], DeskFigures())
    assert empty.count("Nothing in these days") == 4


@pytest.mark.rule("S21")
def test_reasons_that_clerks_wrote_on_slips_are_in_the_report_and_void_slips_are_not(store: Store) -> None:
    with closing(open_ledger(store.state / "ledger.sqlite")) as ledger:
        slips = LedgerReturnSlips(lambda: ledger, SHANGHAI, KEY)
        for language, reason in ((LANGUAGES[0], Reason.SPOILED), (LANGUAGES[1], Reason.SPOILED)):
            slips.fill(filled(replace(FILLING, reason=WORDS[language].reasons[reason])))
        judged = Judged(Outcome.ACCEPT, None, record=7)
        slips.fill(filled(replace(FILLING, reason=WORDS[LANGUAGES[0]].reasons[Reason.FAULT])), judged=judged)
        wrong = slips.fill(filled(replace(EXCHANGE, line=3, scanned=SOCKS.item)))
        assert isinstance(wrong, Slip)
        void = done(wrong, (Void(MEI, "x"), TAO))
        assert slips.keep(void, was=wrong, by="tao", event=Event.VOID)
        reasons = LedgerReturnReasons(lambda: ledger, SHANGHAI, REASONS)
        assert [one.record for one in reasons.since(NOW - timedelta(days=1))] == [0, 0, 7]
        assert reasons.since(NOW + timedelta(days=1)) == ()
    days = ["--from", "2026-11-20", "--to", "2026-11-30", "--site", str(store.site), "--state", str(store.state)]

    assert main(["report", "service", *days, "--json"]) == 0
    found = json.loads(store._capsys.readouterr().out)["returns"]
    assert (found["slips"], found["reasons"]) == (3, [["spoiled", 2], ["fault", 1]])
    assert found["wishes"] == [["refund", 3]]

    assert main(["report", "service", *days]) == 0
    assert "returns  3 slips; at the touchscreen" in store._capsys.readouterr().out
