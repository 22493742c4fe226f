"""Whatever people, the clock, the power and the disk do: no page is lost, aired twice, or aired without approval."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from kiosk.app.office import Office
from kiosk.config.site import Site
from kiosk.desks.broadcast.messages import (
    Answer,
    Message,
    PageAsked,
    PageDecided,
    PageSpoken,
    PageStep,
    PlanOrder,
    PlanReady,
)
from kiosk.ledger.memory_pages import MemoryPages
from kiosk.rules.broadcast.as_run import AsRun
from kiosk.rules.broadcast.library import Material
from kiosk.rules.broadcast.material import AirClass, Announcement, Clip
from kiosk.rules.broadcast.page_watch import OVER, Origin, Page, PagingChoices, Stage, Unattended
from kiosk.rules.broadcast.paging import PageRequest, Title, Whom, wording
from kiosk.rules.broadcast.programme import Item, Kind, Programme
from tests.depth import examples
from tests.stories.conftest import office_of
from tests.stories.shop import Shop, played

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗"
GIVEN = "明芳伟娜敏静丽强磊军洋勇艳杰娟涛超霞平刚"
NAMES = [surname + given for surname in SURNAMES for given in GIVEN]
SONG_S = 47.0
BEFORE_THE_AIR = (Stage.REQUESTED, Stage.WAITING)
NOON = "12:00:00"


@dataclass(frozen=True, slots=True)
class OneSongOffice(Office):
    """Plans nothing but one song after another, which takes no time at all."""

    def plan(self, order: PlanOrder) -> PlanReady:
        day = self.day_at(order.begin)
        begin_s = max(order.begin, day.opens).timestamp()
        items = []
        while begin_s < day.closes.timestamp():
            start, end = (datetime.fromtimestamp(at, tz=day.zone) for at in (begin_s, begin_s + SONG_S))
            key = f"{start:%H%M%S.%f}:song"
            song = (Clip("song.mp3", SONG_S),)
            items.append(Item(key, Kind.MUSIC, "song", AirClass.MUSIC, song, ("song",), start, end))
            begin_s += SONG_S
        spoken = {name: one for name, one in self.material.announcements.items() if name == "evacuation"}
        return PlanReady(order, day, Programme(day.date, tuple(items), ()), Material({}, spoken), {})


class StrictPages(MemoryPages):
    """Pages that notice a slip that is written twice."""

    def keep(self, page: Page, *, was: Stage) -> bool:
        slip = self.slips.get(page.n)
        assert slip is None or page.slip in (None, slip), "a slip was written anew"
        return super().keep(page, was=was)


class NamedShop(Shop):
    """The as-run log names whom a page calls, so that a test can count."""

    def _spoken(self, asked: PageAsked) -> PageSpoken:
        clip = Clip(wording(asked.request), 12.0)
        return PageSpoken(asked, Announcement(asked.request.name, AirClass.ROUTINE, (clip,), ("script",)))


class PagesOfANoon(RuleBasedStateMachine):
    """From 11:40 on; at noon the announcer leaves the room (B18)."""

    office: Office
    unattended: Unattended

    def __init__(self) -> None:
        super().__init__()
        self.names = iter(NAMES)
        self.accepted: dict[int, str] = {}
        self.needs_approval: dict[str, bool] = {}  # by name: whether a person alone may air it
        self.approved: set[str] = set()
        self.came: dict[str, datetime] = {}
        self.unwritten: set[str] = set()  # the power took what the full disk had not: they may be read once more
        self.evacuating = False

    @initialize()
    def the_store_is_open(self) -> None:
        self.shop = NamedShop(self.office)
        self.shop.book = StrictPages()
        self.shop.choices = PagingChoices(unattended=self.unattended)
        self.shop.opens_at("11:39", spool=True).ticks().until("11:40")

    # people

    @rule(park=st.booleans())
    def somebody_asks_at_the_desk(self, park: bool) -> None:
        name = next(self.names)
        answers: list[Answer] = []
        request = PageRequest(Whom.GUEST, Title.MR, name)
        self.gets(PageAsked(request, "anna", park=park, reply=answers.append))
        (answer,) = answers
        self.needs_approval[name] = park
        if answer.n:
            self.accepted[answer.n] = name

    @precondition(lambda self: not self.shop.book.full)
    @rule()
    def a_shopper_asks(self) -> None:
        name = next(self.names)
        request, now = PageRequest(Whom.GUEST, Title.MR, name), self.shop.now
        n = self.shop.book.enter(Page(request, now, Origin.FRONT, "front", now))
        self.accepted[n] = name
        self.needs_approval[name] = self.unattended is not Unattended.AIR

    @rule(step=st.sampled_from(PageStep), n=st.integers(1, 12))
    def an_announcer_decides(self, step: PageStep, n: int) -> None:
        answers: list[Answer] = []
        moment = self.shop.now
        self.gets(PageDecided(step, "bea", n, reply=answers.append))
        if not answers[0].refused and (name := self.accepted.get(n)):
            if step is PageStep.APPROVE:
                self.approved.add(name)
            if step in (PageStep.REACHED, PageStep.WITHDRAW):
                self.came[name] = moment

    @precondition(lambda self: not self.shop.book.full)
    @rule(n=st.integers(1, 12))
    def a_shopper_leaves(self, n: int) -> None:
        page = self.shop.book.pages.get(n)
        if page is not None and page.stage is Stage.REQUESTED and page.origin is Origin.FRONT:
            self.shop.book.pages[n] = replace(page, stage=Stage.WITHDRAWN, since=self.shop.now)
            self.came[page.request.name] = self.shop.now

    # the world

    @rule(seconds=st.sampled_from([0.3, 2.0, 20.0, 61.0, 130.0, 400.0]))
    def time_passes(self, seconds: float) -> None:
        self.shop.passes(seconds)

    @rule(seconds=st.sampled_from([0.0, 15.0, 700.0]))
    def the_power_goes_and_comes_back(self, seconds: float) -> None:
        back = self.shop.now.timestamp() + seconds
        at = datetime.fromtimestamp(back, tz=self.shop.now.tzinfo)
        assert self.shop.pages is not None
        if self.shop.pages._file.fault:  # the desk has said that a power cut would lose it
            book = self.shop.book.pages
            names = {name for n, name in self.accepted.items() if book[n].stage in (*BEFORE_THE_AIR, Stage.ON_AIR)}
            self.unwritten |= names
            self.came = {name: when for name, when in self.came.items() if name not in names}
        self.shop.power_goes().opens_at(f"{at:%H:%M:%S.%f}", spool=True).ticks().passes(1.0)
        self.evacuating = False

    @rule(full=st.booleans())
    def the_disk_is_full_or_not(self, full: bool) -> None:
        self.shop.book.full = full

    @rule()
    def an_evacuation_begins_or_ends(self) -> None:
        self.evacuating = not self.evacuating
        if self.evacuating:
            self.shop.evacuate()
        else:
            self.shop.reset()

    @rule(seconds=st.sampled_from([-600.0, 600.0]))
    def the_clock_is_set(self, seconds: float) -> None:
        if self.shop.now.hour < 13:
            self.shop.clock_steps(seconds)

    # what must hold

    @invariant()
    def no_page_is_read_to_its_end_twice(self) -> None:
        names = [line.id for line in played(self.pages_heard()) if line.id not in self.unwritten]
        assert len(names) == len(set(names))

    @invariant()
    def nothing_is_aired_without_the_approval_it_needs(self) -> None:
        for line in self.pages_heard():
            if self.needs_approval[line.id]:
                assert line.id in self.approved

    @invariant()
    def nobody_is_called_who_has_come(self) -> None:
        for line in self.pages_heard():
            if (came := self.came.get(line.id)) is not None and line.real_start is not None:
                assert line.real_start <= came or self.clock_was_set

    @invariant()
    def every_page_that_was_promised_is_in_the_book(self) -> None:
        assert {n: self.shop.book.pages[n].request.name for n in self.accepted} == self.accepted

    def teardown(self) -> None:
        """Left to itself, every page comes to an end or to its slip; only what an announcer prepared still waits."""
        self.shop.book.full = False
        if self.evacuating:
            self.shop.reset()
        self.shop.passes(2000.0)
        for n in self.accepted:
            page = self.shop.book.pages[n]
            prepared = page.stage is Stage.REQUESTED and page.origin is Origin.DESK
            assert page.stage in {*OVER, Stage.SLIP} or prepared, page.stage
            assert (n in self.shop.book.slips) == (page.slip is not None)
        assert self.shop.pages is not None
        assert self.shop.pages._file.fault == ""
        self.no_page_is_read_to_its_end_twice()

    @property
    def clock_was_set(self) -> bool:
        return bool(self.shop.notes("was set"))

    def pages_heard(self) -> list[AsRun]:
        return [line for line in self.shop.lines if line.kind is Kind.PAGE and line.real_start is not None]

    def gets(self, message: Message) -> None:
        self.shop.gets(message)


# ten noons of two dozen steps each and the hour after them: three seconds a setting
@pytest.mark.rule("B18")
@pytest.mark.rule("B20")
@pytest.mark.hypothesis
@pytest.mark.parametrize("unattended", Unattended)
def test_no_page_is_lost_or_aired_twice_or_without_approval(
    make_site: Callable[..., Site], unattended: Unattended
) -> None:
    quick = office_of(make_site())

    class Noon(PagesOfANoon):
        office = OneSongOffice(quick.site, quick.sounds, quick.spoken)

    Noon.unattended = unattended
    case = Noon.TestCase
    case.settings = settings(max_examples=examples(10), stateful_step_count=25)
    case().runTest()


@pytest.mark.rule("B20")
def test_a_page_whose_end_a_full_disk_could_not_take_is_read_again_after_a_power_cut_rather_than_lost(
    make_site: Callable[..., Site],
) -> None:
    quick = office_of(make_site())

    class Noon(PagesOfANoon):
        office = OneSongOffice(quick.site, quick.sounds, quick.spoken)
        unattended = Unattended.WAIT

    noon = Noon()
    noon.the_store_is_open()
    noon.somebody_asks_at_the_desk(park=False)
    noon.the_disk_is_full_or_not(full=True)
    noon.time_passes(61.0)

    noon.the_power_goes_and_comes_back(0.0)
    noon.teardown()

    assert len(played(noon.pages_heard())) == 2
    assert noon.unwritten == set(noon.accepted.values())
