"""The life of a page at the desk: asked for, approved, aired, asked after, left as a message slip (B11, B18, B20)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.app.office import Office
from kiosk.config.site import Button, ButtonAction
from kiosk.desks.broadcast.messages import Answer, PageAsked, PageDecided, PageStep
from kiosk.rules.broadcast.as_run import Outcome
from kiosk.rules.broadcast.page_watch import Origin, Page, PagingChoices, Stage, Unattended
from kiosk.rules.broadcast.paging import PageRequest, Reason, Title, Whom
from kiosk.rules.broadcast.panel import Lamp
from kiosk.rules.people.person import Denied
from kiosk.units import ZoneId
from tests.stories.shop import Shop, played, real_start, seconds_between

WANG = PageRequest(Whom.GUEST, Title.MR, "王小明")
LI = PageRequest(Whom.STAFF, Title.MS, "李娜", Reason.CALL)
BUTTONS = {
    "reached": Button("reached", ButtonAction.REACHED, None),
    "approve": Button("approve", ButtonAction.APPROVE, None),
    "decline": Button("decline", ButtonAction.DECLINE, None),
    "electrician": Button("electrician", ButtonAction.PAGE, None, page=LI),
}


@pytest.fixture
def open_shop(office: Office) -> Shop:
    return with_buttons(office).opens_at("09:20").ticks().until("09:30")


def with_buttons(office: Office) -> Shop:
    buttons = (*office.site.buttons, *BUTTONS.values())
    return Shop(replace(office, site=replace(office.site, buttons=buttons)))


def asks(shop: Shop, request: PageRequest = WANG, *, park: bool = False) -> Answer:
    answers: list[Answer] = []
    shop.gets(PageAsked(request, "anna", park=park, reply=answers.append))
    return answers[0]


def decides(shop: Shop, step: PageStep, n: int = 0, why: str = "") -> Answer:
    answers: list[Answer] = []
    shop.gets(PageDecided(step, "bea", n, why, answers.append))
    return answers[0]


def front_asks(shop: Shop, request: PageRequest = WANG) -> int:
    """A shopper asks at the touchscreen: a row in the ledger."""
    return shop.book.enter(Page(request, shop.now, Origin.FRONT, "front", shop.now, caller="李娜", number="8888"))


def stage(shop: Shop, n: int = 1) -> Stage:
    return shop.book.pages[n].stage


def shown(shop: Shop) -> tuple[str, ...]:
    assert shop.pages is not None
    return shop.pages.shown()


def lamp(shop: Shop, button: str) -> Lamp:
    assert shop.pages is not None
    return shop.pages._desk.lamps[button]


def page_was_said(shop: Shop) -> Shop:
    """A page was asked for, waited for the end of the song, and was heard."""
    asks(shop)
    while not played(shop.calls("page/guest-mr")):
        shop.passes(5.0)
    return shop


# at the desk


@pytest.mark.rule("B11")
def test_a_page_is_numbered_aired_once_and_called(open_shop: Shop) -> None:
    answer = asks(open_shop)
    assert answer == Answer("page 1 is aired as soon as it may", 1)
    assert stage(open_shop) is Stage.WAITING

    open_shop.passes(400)

    assert len(played(open_shop.calls("page/guest-mr"))) == 1


@pytest.mark.rule("B20")
def test_each_minute_the_desk_asks_and_after_two_a_message_slip_is_written_once(open_shop: Shop) -> None:
    page_was_said(open_shop)
    (line,) = played(open_shop.calls("page/guest-mr"))
    assert line.real_end is not None
    said_s = line.real_end.timestamp()

    open_shop.passes(said_s + 59 - open_shop.now.timestamp())
    assert (shown(open_shop), lamp(open_shop, "reached")) == ((), Lamp.OFF)
    open_shop.passes(2)
    assert shown(open_shop) == ("page 1: has 来宾王小明先生 been reached? It is 1 minute since the page",)
    assert lamp(open_shop, "reached") is Lamp.WAIT
    open_shop.passes(60)

    assert stage(open_shop) is Stage.SLIP
    slip = open_shop.book.slips[1]
    assert (slip.for_whom, slip.what, slip.when) == ("来宾王小明先生", "请您到总服务台。", line.real_end)
    assert shown(open_shop) == ("message slip 1 for 来宾王小明先生 waits to be delivered",)
    open_shop.passes(900)
    assert [note.action for note in open_shop.log.notes if note.subject == "page 1"] == [
        "asks whether the person was reached", "takes a message",
    ]  # fmt: skip


@pytest.mark.rule("B20")
def test_a_press_on_reached_answers_the_question(open_shop: Shop) -> None:
    page_was_said(open_shop).passes(61).press("reached").passes(300)

    assert stage(open_shop) is Stage.REACHED
    assert open_shop.book.slips == {}
    assert (shown(open_shop), lamp(open_shop, "reached")) == ((), Lamp.OFF)
    (note,) = open_shop.notes("says the person was reached")
    assert (note.actor, note.subject) == ("anna", "page 1")


@pytest.mark.rule("S18")
def test_a_slip_is_ticked_once(open_shop: Shop) -> None:
    page_was_said(open_shop).passes(130)

    assert decides(open_shop, PageStep.DELIVERED) == Answer("page 1 is delivered", 1)
    assert decides(open_shop, PageStep.DELIVERED, 1).refused
    assert stage(open_shop) is Stage.DELIVERED


def test_two_hands_that_press_reached_at_once_answer_one_page_only(open_shop: Shop) -> None:
    asks(open_shop)
    asks(open_shop, LI)
    while not played(open_shop.calls("page/staff-ms")):
        open_shop.passes(1.0)

    open_shop.press("reached").press("reached")

    assert [page.stage for page in open_shop.book.pages.values()] == [Stage.REACHED, Stage.CALLED]
    assert [note.details["why"] for note in open_shop.notes("is refused")] == ["it was pressed a moment ago"]


@pytest.mark.rule("B20")
def test_the_page_is_said_again_with_each_question_where_the_store_wants_that(office: Office) -> None:
    shop = with_buttons(office)
    shop.choices = PagingChoices(again=True, ask_every_s=30)
    shop.opens_at("09:20").ticks().until("09:30")

    page_was_said(shop).passes(600)

    assert 2 <= len(played(shop.calls("page/guest-mr"))) <= 4
    assert stage(shop) is Stage.SLIP


def test_the_same_page_asked_for_twice_is_aired_once(open_shop: Shop) -> None:
    asks(open_shop)
    again = asks(open_shop)

    assert again == Answer("it waits already, as page 1", refused=True)
    open_shop.passes(400)
    assert len(open_shop.calls("page/guest-mr")) == 1


@pytest.mark.rule("B12")
def test_a_title_is_refused_with_the_right_form_told_to_whoever_asked_and_to_no_log(open_shop: Shop) -> None:
    answer = asks(open_shop, replace(WANG, whom=Whom.STAFF, name="王小明经理"))

    assert answer.refused
    assert "本公司王小明先生" in answer.text
    assert "小明" not in repr(open_shop.log.notes) + repr(open_shop.announcer.warnings)
    assert open_shop.book.pages == {}


def test_an_unknown_zone_is_refused_with_those_that_there_are(open_shop: Shop) -> None:
    answer = asks(open_shop, replace(WANG, zones=(ZoneId("roof"),)))

    assert answer == Answer('zones: the store has no zone "roof"; it has hall', refused=True)


def test_a_page_at_night_is_refused_at_once(shop: Shop) -> None:
    answer = asks(shop.opens_at("03:00").passes(60))

    assert answer == Answer("the equipment is off; the store is closed", refused=True)
    assert (shop.book.pages, shop.relays.history) == ({}, [])


def test_a_page_that_no_voice_can_say_becomes_a_slip(open_shop: Shop) -> None:
    open_shop.speechless = "no voice can say 㐀"
    asks(open_shop)
    open_shop.passes(1)

    assert (stage(open_shop), open_shop.book.pages[1].why) == (Stage.SLIP, "no voice can say 㐀")


def test_a_page_whose_sound_cannot_be_played_is_tried_twice_and_becomes_a_slip(open_shop: Shop) -> None:
    open_shop.file_breaks("来宾王小明先生，请您到总服务台。" * 2 + "谢谢。")
    asks(open_shop)
    open_shop.passes(600)

    assert [line.outcome for line in open_shop.calls("page/guest-mr")] == [Outcome.FAILED] * 2
    assert stage(open_shop) is Stage.SLIP


def test_somebody_who_comes_before_the_page_is_aired_is_not_called(open_shop: Shop) -> None:
    song = open_shop.into_a_song()
    asks(open_shop)
    open_shop.passes(2)

    assert not decides(open_shop, PageStep.REACHED, 1).refused
    open_shop.passes(400)

    assert open_shop.calls("page/guest-mr") == []
    assert next(line for line in open_shop.lines if line.key == song.key).outcome is Outcome.PLAYED
    assert open_shop.silence_s("09:30", "09:36") < 0.2


@pytest.mark.rule("B10")
def test_an_evacuation_breaks_a_page_off_and_it_is_read_again_after_the_reset(open_shop: Shop) -> None:
    asks(open_shop)
    while not open_shop.calls("page/guest-mr"):
        open_shop.passes(1.0)
    open_shop.evacuate().passes(30)
    assert stage(open_shop) is Stage.WAITING
    open_shop.reset().passes(100)

    outcomes = [line.outcome for line in open_shop.calls("page/guest-mr")]
    assert outcomes == [Outcome.CUT, Outcome.PLAYED]


def test_a_clock_that_is_set_neither_hurries_nor_forgets_a_page(open_shop: Shop) -> None:
    page_was_said(open_shop)

    open_shop.clock_steps(1800.0).passes(30)
    assert stage(open_shop) is Stage.CALLED
    open_shop.clock_steps(-1800.0).passes(95)

    assert stage(open_shop) is Stage.SLIP


@pytest.mark.rule("B14")
def test_whoever_may_not_page_neither_pages_nor_decides(open_shop: Shop) -> None:
    asks(open_shop, park=True)
    open_shop.announcer.counter.may = lambda operator, deed, now: Denied(operator, "only an announcer may")

    assert asks(open_shop, LI) == Answer("only an announcer may", refused=True)
    assert decides(open_shop, PageStep.APPROVE, 1) == Answer("only an announcer may", refused=True)
    assert [page.stage for page in open_shop.book.pages.values()] == [Stage.REQUESTED]


# buttons


def test_a_button_pages_the_one_it_is_set_to(open_shop: Shop) -> None:
    open_shop.press("electrician").passes(1)
    assert lamp(open_shop, "electrician") is Lamp.WAIT

    while open_shop.announcer.air.current is None or open_shop.announcer.air.current.id != "page/staff-ms":
        open_shop.passes(1.0)
    open_shop.passes(0.5)
    assert lamp(open_shop, "electrician") is Lamp.ON
    open_shop.passes(60)

    assert len(played(open_shop.calls("page/staff-ms"))) == 1
    assert lamp(open_shop, "electrician") is Lamp.OFF


def test_a_page_that_was_prepared_is_aired_by_the_approve_button(open_shop: Shop) -> None:
    answer = asks(open_shop, park=True)
    open_shop.passes(900)
    assert answer.text == "page 1 is prepared; an approval airs it"
    assert stage(open_shop) is Stage.REQUESTED
    assert lamp(open_shop, "approve") is Lamp.WAIT

    open_shop.press("approve").passes(400)

    (line,) = played(open_shop.calls("page/guest-mr"))
    assert line.operator == "anna"


def test_a_button_without_a_page_to_decide_on_is_refused(open_shop: Shop) -> None:
    open_shop.press("reached").press("approve")

    assert [note.details["why"] for note in open_shop.notes("is refused")] == ["no page waits for that"] * 2


def test_a_command_names_the_page_where_there_are_several(open_shop: Shop) -> None:
    asks(open_shop, park=True)
    asks(open_shop, LI, park=True)

    assert decides(open_shop, PageStep.APPROVE).text == "several pages wait for that: name one of 1, 2"
    assert decides(open_shop, PageStep.APPROVE, 9).text == "no page 9 is open"
    assert decides(open_shop, PageStep.WITHDRAW).text == "no page waits for that"
    assert not decides(open_shop, PageStep.WITHDRAW, 2).refused
    assert decides(open_shop, PageStep.DECLINE, why="it is over").text == "page 1 is declined"


# the front role's requests (B18)


@pytest.mark.rule("B18")
def test_while_the_room_is_staffed_a_request_waits_for_the_announcer(open_shop: Shop) -> None:
    n = front_asks(open_shop)
    open_shop.passes(300)
    assert (stage(open_shop, n), open_shop.calls("page/guest-mr")) == (Stage.REQUESTED, [])
    assert shown(open_shop) == ("page 1: 来宾王小明先生: 请您到总服务台。 Approve or decline?",)

    open_shop.press("approve").passes(400)

    (line,) = played(open_shop.calls("page/guest-mr"))
    assert line.operator == "anna"
    assert open_shop.book.slips[n].number == "8888"


@pytest.mark.rule("B18")
def test_a_declined_request_says_why_to_whoever_asked(open_shop: Shop) -> None:
    n = front_asks(open_shop)
    open_shop.passes(2)

    decides(open_shop, PageStep.DECLINE, n, "this is no name")
    open_shop.passes(400)

    assert (stage(open_shop, n), open_shop.book.pages[n].why) == (Stage.DECLINED, "this is no name")
    assert open_shop.calls("page/guest-mr") == []


@pytest.mark.rule("B18")
@pytest.mark.parametrize(
    ("unattended", "becomes", "aired"),
    [(Unattended.AIR, Stage.SLIP, 1), (Unattended.WAIT, Stage.DECLINED, 0), (Unattended.DECLINE, Stage.DECLINED, 0)],
)
def test_while_nobody_is_in_the_room_the_store_has_chosen(
    office: Office, unattended: Unattended, becomes: Stage, aired: int
) -> None:
    shop = with_buttons(office)
    shop.choices = PagingChoices(unattended=unattended)
    shop.opens_at("12:10").ticks().until("12:30")

    n = front_asks(shop)
    shop.passes(900)

    assert len(played(shop.calls("page/guest-mr"))) == aired
    assert stage(shop, n) is becomes
    assert bool(shop.book.pages[n].why) is (becomes is Stage.DECLINED)


@pytest.mark.rule("B18")
def test_a_request_that_still_waits_as_the_announcer_leaves_follows_the_stores_setting(office: Office) -> None:
    shop = with_buttons(office)
    shop.choices = PagingChoices(unattended=Unattended.AIR, patience_s=1800)
    shop.opens_at("11:40").ticks().until("11:55")
    front_asks(shop)

    shop.until("11:59:58")
    assert stage(shop) is Stage.REQUESTED
    shop.until("12:10")

    (line,) = played(shop.calls("page/guest-mr"))
    assert real_start(line) >= shop.at("12:00").timestamp()
    assert line.operator == "unattended"


@pytest.mark.rule("B12")
def test_a_request_that_may_not_be_aired_is_declined_with_the_right_form(open_shop: Shop) -> None:
    n = front_asks(open_shop, replace(WANG, name="王经理"))
    open_shop.passes(2)

    assert stage(open_shop, n) is Stage.DECLINED
    assert "来宾王先生" in open_shop.book.pages[n].why


def test_a_request_that_the_shopper_withdraws_is_gone(open_shop: Shop) -> None:
    n = front_asks(open_shop)
    open_shop.passes(2)
    assert shown(open_shop) != ()

    open_shop.book.pages[n] = replace(open_shop.book.pages[n], stage=Stage.WITHDRAWN)
    open_shop.passes(2)

    assert shown(open_shop) == ()


def test_a_request_that_is_withdrawn_in_the_instant_of_its_approval_is_not_aired(open_shop: Shop) -> None:
    n = front_asks(open_shop)
    open_shop.passes(2)

    open_shop.book.pages[n] = replace(open_shop.book.pages[n], stage=Stage.WITHDRAWN)
    open_shop.press("approve").passes(400)

    assert open_shop.calls("page/guest-mr") == []
    assert stage(open_shop, n) is Stage.WITHDRAWN


# restarts and faults


@pytest.mark.rule("B20")
def test_a_restart_finds_every_open_page_again(open_shop: Shop) -> None:
    page_was_said(open_shop)
    asks(open_shop, LI)
    asks(open_shop, replace(WANG, name="陈晨"), park=True)

    open_shop.power_goes().opens_at("09:37").ticks().until("09:45")

    stages = {page.request.name: page.stage for page in open_shop.book.pages.values()}
    assert stages["王小明"] is Stage.SLIP
    assert stages["陈晨"] is Stage.REQUESTED
    assert len(played(open_shop.calls("page/staff-ms"))) == 1


@pytest.mark.rule("B10")
def test_a_page_that_the_power_cut_off_is_read_again_from_its_beginning(open_shop: Shop) -> None:
    asks(open_shop)
    while not open_shop.calls("page/guest-mr"):
        open_shop.passes(1.0)
    open_shop.passes(0.5)
    back = f"{open_shop.now:%H:%M:%S}"

    open_shop.power_goes().opens_at(back).ticks().passes(120)

    outcomes = [line.outcome for line in open_shop.calls("page/guest-mr")]
    assert outcomes == [Outcome.INTERRUPTED, Outcome.PLAYED]


@pytest.mark.rule("B10")
def test_a_page_in_which_the_sound_output_went_away_is_read_again_once(open_shop: Shop) -> None:
    asks(open_shop)
    while not open_shop.calls("page/guest-mr"):
        open_shop.passes(1.0)

    open_shop.output_goes().passes(0.2).output_is_back().passes(100)

    outcomes = [line.outcome for line in open_shop.calls("page/guest-mr")]
    assert outcomes == [Outcome.INTERRUPTED, Outcome.PLAYED]
    assert stage(open_shop) is Stage.CALLED


def test_a_page_that_still_waits_as_the_role_ends_is_aired_when_it_begins_again(open_shop: Shop) -> None:
    open_shop.into_a_song()
    asks(open_shop)
    open_shop.passes(1).stop().passes(1)
    assert asks(open_shop, LI).text == "the broadcast is closing"
    open_shop.passes(30)
    back = f"{open_shop.now:%H:%M:%S}"

    open_shop.power_goes().opens_at(back).ticks().passes(300)

    assert len(played(open_shop.calls("page/guest-mr"))) == 1


def test_a_fresh_ledger_after_a_damaged_one_has_the_open_pages_too(open_shop: Shop) -> None:
    page_was_said(open_shop)
    open_shop.book.pages[1] = replace(open_shop.book.pages[1], stage=Stage.REQUESTED, request=LI)  # somebody else's row

    open_shop.passes(200)

    assert [page.request.name for page in open_shop.book.pages.values() if page.stage is Stage.SLIP] == ["王小明"]


def test_a_page_that_waited_too_long_while_the_role_was_down_becomes_a_slip(open_shop: Shop) -> None:
    open_shop.into_a_song()
    asks(open_shop)

    open_shop.power_goes().opens_at("10:30").ticks().passes(120)

    assert stage(open_shop) is Stage.SLIP
    assert open_shop.calls("page/guest-mr") == []


def test_a_full_disk_does_not_stop_a_page_and_it_is_written_as_soon_as_there_is_room(open_shop: Shop) -> None:
    open_shop.book.full = True
    answer = asks(open_shop)
    open_shop.passes(300)

    assert "a power cut would lose it" in answer.text
    assert len(played(open_shop.calls("page/guest-mr"))) == 1
    assert any("kept in memory only" in warning for warning in open_shop.announcer.warnings)
    open_shop.book.full = False
    open_shop.passes(300)
    assert stage(open_shop) is Stage.SLIP


def test_names_are_forgotten_a_day_after_it_is_over(open_shop: Shop) -> None:
    page_was_said(open_shop).passes(61).press("reached")

    open_shop.until("10:00")
    assert open_shop.book.pages[1].request.name == "王小明"
    open_shop.power_goes()
    open_shop.day = open_shop.day.replace(day=24)
    open_shop.opens_at("10:00").ticks().passes(60)

    assert "小明" not in repr(open_shop.book.pages)
    assert "小明" not in repr(open_shop.log.notes) + repr(open_shop.lines) + repr(open_shop.announcer.warnings)


def test_a_page_is_joined_to_the_end_of_the_song(open_shop: Shop) -> None:
    song = open_shop.into_a_song()
    asks(open_shop)
    open_shop.passes(400)

    (page,) = open_shop.calls("page/guest-mr")
    over = next(line for line in open_shop.lines if line.key == song.key)
    assert seconds_between(over, page) == pytest.approx(0.0, abs=0.001)
