"""`kiosk page`: what a person types reaches the running role, and what the role says comes back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kiosk.app.broadcast_hatch import broadcast_hatch
from kiosk.cli import main
from kiosk.desks.broadcast.messages import Answer, Message, PageAsked, PageDecided, PageStep
from kiosk.ledger.pages import LedgerPages
from kiosk.rules.broadcast.page_watch import Event, Origin, Page, Stage, after
from kiosk.rules.broadcast.paging import PageRequest, Reason, Title, Whom
from kiosk.units import LANGUAGES, ZoneId
from tests.ledger.shop import fresh_ledger
from tests.ledger.values import SHANGHAI
from tests.sites import write_site


@dataclass
class Role:
    """A role at its hatch: it keeps what it is asked and answers as it is told."""

    answer: Answer | None = field(default_factory=lambda: Answer("page 7 is aired as soon as it may", 7))
    heard: list[Message] = field(default_factory=list)

    def take(self, message: Message) -> None:
        self.heard.append(message)
        if isinstance(message, PageAsked | PageDecided) and self.answer is not None:
            message.reply(self.answer)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_site(tmp_path_factory.mktemp("site"))


@pytest.fixture
def role(tmp_path: Path) -> Iterator[Role]:
    role = Role()
    with broadcast_hatch(tmp_path / "broadcast.sock", role.take):
        yield role


Kiosk = Callable[..., tuple[int, str, str]]


@pytest.fixture
def kiosk(site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Kiosk:
    def run(*words: str) -> tuple[int, str, str]:
        code = main([*words, "--site", str(site), "--state", str(tmp_path)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.mark.rule("B11")
def test_a_page_is_asked_for_and_its_number_comes_back(kiosk: Kiosk, role: Role) -> None:
    said = kiosk("page", "guest", "王小明", "--title", "mr")

    assert said == (0, "page 7 is aired as soon as it may\n", "")
    (asked,) = role.heard
    assert isinstance(asked, PageAsked)
    assert asked.request == PageRequest(Whom.GUEST, Title.MR, "王小明")
    assert asked.operator


@pytest.mark.rule("B11")
def test_every_part_of_a_page_reaches_the_role(kiosk: Kiosk, role: Role) -> None:
    kiosk(
        "page", "staff", "Wang", "--title", "ms", "--reason", "vehicle", "--plate", "ABC-1234", "--place", "gate 2",
        "--zone", "hall", "--language", "en", "--caller", "李娜", "--number", "8888", "--park",
    )  # fmt: skip

    (asked,) = role.heard
    assert isinstance(asked, PageAsked)
    assert asked.request == PageRequest(
        Whom.STAFF, Title.MS, "Wang", Reason.VEHICLE, "gate 2", LANGUAGES[2], "ABC-1234", (ZoneId("hall"),)
    )
    assert (asked.caller, asked.number, asked.park) == ("李娜", "8888", True)


@pytest.mark.rule("B12")
@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["staff", "王小明经理", "--title", "mr"], "by a title; say 本公司王小明先生"),
        (["guest", "王" * 60, "--title", "mr"], "longer than 30 characters"),
        (["guest", "王3", "--title", "mr"], "digits; say 来宾王先生"),
        (["guest", "王☺", "--title", "mr"], "an emoji or symbol; say 来宾王先生"),
        (["guest", "<b>王明</b>", "--title", "mr"], "markup; say 来宾王明先生"),
        (["guest", "王明", "--title", "mr", "--zone", "roof"], 'no zone "roof"; it has hall'),
        (["guest", "王明", "--title", "mr", "--reason", "vehicle"], "needs its plate, as 京A·12345"),
    ],
)
def test_what_may_not_be_said_is_refused_kindly_before_it_reaches_the_role(
    kiosk: Kiosk, role: Role, words: list[str], told: str
) -> None:
    code, out, err = kiosk("page", *words)

    assert (code, out, role.heard) == (1, "", [])
    assert told in err


def test_a_page_can_be_read_before_it_is_aired(kiosk: Kiosk, role: Role) -> None:
    code, out, _ = kiosk("page", "guest", "王小明", "--title", "mr", "--reason", "friend", "--say")

    sentence = "来宾王小明先生，您的朋友正在等您，请您到总服务台。"
    assert (code, out, role.heard) == (0, f"{sentence}{sentence}谢谢。\n", [])


@pytest.mark.parametrize(
    ("words", "step", "n", "why"),
    [
        (["approve", "7"], PageStep.APPROVE, 7, ""),
        (["decline", "7", "--why", "no"], PageStep.DECLINE, 7, "no"),
        (["reached"], PageStep.REACHED, 0, ""),
        (["withdraw", "3"], PageStep.WITHDRAW, 3, ""),
        (["delivered", "9"], PageStep.DELIVERED, 9, "handed to the person it is for"),
        (["delivered", "9", "--to", "李娜"], PageStep.DELIVERED, 9, "handed to 李娜"),
    ],
)
def test_what_an_announcer_decides_reaches_the_role(
    kiosk: Kiosk, role: Role, words: list[str], step: PageStep, n: int, why: str
) -> None:
    role.answer = Answer("page 7 is waiting", 7)

    assert kiosk("page", *words) == (0, "page 7 is waiting\n", "")
    (decided,) = role.heard
    assert isinstance(decided, PageDecided)
    assert (decided.step, decided.n, decided.why) == (step, n, why)


def test_what_the_role_refuses_is_told_and_exits_1(kiosk: Kiosk, role: Role) -> None:
    role.answer = Answer("no page 9 is open", refused=True)

    assert kiosk("page", "reached", "9") == (1, "", "kiosk: refused: no page 9 is open\n")


# waits for as long as the hatch has patience: two seconds
def test_a_desk_that_is_busy_keeps_nobody_waiting(kiosk: Kiosk, role: Role) -> None:
    role.answer = None

    assert kiosk("page", "reached", "9")[:2] == (0, "the desk is busy and will see to it; kiosk page list tells\n")


def test_without_a_role_it_is_told_how_to_start_one(kiosk: Kiosk) -> None:
    code, _, err = kiosk("page", "reached")

    assert code == 3
    assert "start kiosk run broadcast" in err


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A ledger with a request, a slip, and a page that was reached."""
    now = datetime.now(SHANGHAI) - timedelta(minutes=5)
    page = Page(
        PageRequest(Whom.GUEST, Title.MR, "王小明", Reason.CALL), now, Origin.DESK, "anna", now, Stage.WAITING,
        "李娜", "8888",
    )  # fmt: skip
    with fresh_ledger(tmp_path / "ledger.sqlite") as ledger:
        book = LedgerPages(lambda: ledger, SHANGHAI)
        book.enter(replace(page, stage=Stage.REQUESTED, origin=Origin.FRONT))
        called = after(replace(page, n=book.enter(page)), Event.SAID, now)
        book.keep(after(called, Event.PASSED, now + timedelta(seconds=125)), was=Stage.WAITING)
        reached = replace(page, n=book.enter(page))
        book.keep(after(reached, Event.ANSWERED, now), was=Stage.WAITING)
    return tmp_path


@pytest.mark.rule("B20")
@pytest.mark.usefixtures("kept")
def test_the_pages_are_listed(kiosk: Kiosk) -> None:
    code, out, _ = kiosk("page", "list", "--json")
    assert kiosk("page", "list")[0] == 0

    assert code == 0
    pages = json.loads(out)
    assert [(one["page"], one["stage"]) for one in pages] == [(1, "requested"), (2, "slip"), (3, "reached")]
    assert pages[0]["says"] == "有您的电话，请您到总服务台回电。"


@pytest.mark.rule("S18")
@pytest.mark.usefixtures("kept")
def test_a_slip_is_printed_with_what_it_needs(kiosk: Kiosk) -> None:
    _, as_json, _ = kiosk("page", "slips", "--json")
    _, printed, _ = kiosk("page", "slips")

    (slip,) = json.loads(as_json)
    assert {name: slip[name] for name in ("page", "who", "for_whom", "number", "what")} == {
        "page": 2, "who": "李娜", "for_whom": "来宾王小明先生", "number": "8888",
        "what": "有您的电话，请您到总服务台回电。",
    }  # fmt: skip
    assert "MESSAGE SLIP 2" in printed
    for word in ("来宾王小明先生", "李娜", "8888", "回电"):
        assert word in printed


def test_where_there_is_no_slip_it_says_so(kiosk: Kiosk, tmp_path: Path) -> None:
    fresh_ledger(tmp_path / "ledger.sqlite").close()

    assert kiosk("page", "slips")[1] == "no message slip waits to be delivered\n"
