"""Twenty-four hours in virtual time with whatever people, clocks, files and sound cards do: no rule is ever broken."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from kiosk.app.office import Office
from kiosk.desks.broadcast.messages import Message, PageAsked, Pressed, ScriptAsked
from kiosk.rules.broadcast.as_run import AsRun, Outcome
from kiosk.rules.broadcast.material import AirClass
from kiosk.rules.broadcast.paging import PageRequest, Title, Whom
from kiosk.units import ScriptId
from tests.depth import examples
from tests.stories.shop import MONDAY, Shop

NO_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)  # a day takes its time, and tells enough as it is
MOST_STEP_S = 3000.0  # of the clock, in all: the day stays the day
NAMES = ("王小明", "李红", "经纬", "陈晓云")


class TwentyFourHours(RuleBasedStateMachine):
    office: ClassVar[Office]

    def __init__(self) -> None:
        super().__init__()
        self.shop = Shop(self.office)
        self.shop.spare = True
        self.shop.opens_at("08:40")
        self.asked: list[Message] = []
        self.stepped_s = 0.0
        self.away = False
        self.checked = 0

    def ask(self, message: Message) -> None:
        self.asked.append(message)
        self.shop.gets(message)

    @property
    def who(self) -> str:
        return f"clerk {len(self.asked)}"

    @rule(button=st.sampled_from(["promo", "promo", "next", "nothing", "evacuate"]))
    def somebody_presses(self, button: str) -> None:
        self.ask(Pressed(button, self.who))

    @rule()
    def two_people_press_at_once(self) -> None:
        one, other = Pressed("promo", self.who), Pressed("promo", f"{self.who} too")
        self.asked += [one, other]
        self.shop.gets(one, other)

    @rule(name=st.sampled_from(NAMES))
    def somebody_is_paged(self, name: str) -> None:
        self.ask(PageAsked(PageRequest(Whom.GUEST, Title.MS, name), self.who))

    @rule()
    def a_child_is_lost(self) -> None:
        self.ask(ScriptAsked(ScriptId("lost-child"), self.who))

    @rule()
    def the_evacuation_is_over(self) -> None:
        self.shop.reset()

    @rule(seconds=st.sampled_from([1.0, 20.0, 120.0, 900.0, 7200.0]))
    def time_passes(self, seconds: float) -> None:
        self.shop.passes(seconds)

    @rule(seconds=st.sampled_from([-900.0, -45.0, 45.0, 900.0]))
    def the_clock_is_set(self, seconds: float) -> None:
        if abs(self.stepped_s + seconds) <= MOST_STEP_S:
            self.stepped_s += seconds
            self.shop.clock_steps(seconds)

    @precondition(lambda self: not self.away)
    @rule()
    def the_output_is_lost(self) -> None:
        self.away = True
        self.shop.output_goes()

    @precondition(lambda self: self.away)
    @rule()
    def the_output_is_back(self) -> None:
        self.away = False
        self.shop.output_is_back()

    @rule(song=st.integers(1, 30))
    def a_file_breaks(self, song: int) -> None:
        self.shop.file_breaks(f"sounds/music/song {song}.wav")

    @rule()
    def the_files_are_back(self) -> None:
        self.shop.files_are_back()

    @rule(takes_s=st.sampled_from([0.0, 3.0]))
    def the_office_is_as_quick_as(self, takes_s: float) -> None:
        self.shop.desk.takes_s = takes_s

    @invariant()
    def no_announcement_is_cut(self) -> None:
        lines = self.shop.lines
        for line in lines[self.checked :]:
            self.check(line)
        self.checked = max(0, len(lines) - 5)  # the last ones may still be under way

    def check(self, line: AsRun) -> None:
        if line.outcome is Outcome.CUT and line.air_class not in (AirClass.MUSIC, AirClass.EVACUATION):
            assert "evacuation" in line.reason, line
        if line.outcome is Outcome.CUT and line.air_class is AirClass.MUSIC:
            assert "broke in" in line.reason or line.reason in ("next song", "reset", "closing"), line

    def teardown(self) -> None:
        """The day ends, and the night: everything is accounted for and off."""
        shop = self.shop
        tomorrow = MONDAY + timedelta(days=1)
        shop.files_are_back().reset().until("23:30").reset().until("08:00", day=tomorrow)
        lines = shop.lines
        for line in lines:
            self.check(line)
        heard = [line.key for line in lines if line.real_start is not None]
        assert len(set(heard)) == len(heard)
        assert all(line.outcome is not Outcome.ON_AIR for line in lines)
        assert shop.relays.on == set()
        assert shop.announcer.air.waiting == ()
        told = {line.operator for line in (*lines, *shop.lines_of(tomorrow))}
        told |= {note.actor for note in shop.notes("is refused")}
        told |= {page.operator for page in shop.book.pages.values() if page.slip is not None}
        wanted = [
            one
            for one in self.asked
            if isinstance(one, PageAsked | ScriptAsked)
            or (isinstance(one, Pressed) and one.button in ("promo", "nothing"))
        ]
        assert [one for one in wanted if one.operator not in told] == []


@pytest.fixture(autouse=True, scope="module")
def _the_house(office: Office) -> None:
    TwentyFourHours.office = office


TestTwentyFourHours = pytest.mark.rule("B08")(pytest.mark.rule("B10")(TwentyFourHours.TestCase))
TestTwentyFourHours.settings = settings(max_examples=examples(12), stateful_step_count=25, phases=NO_SHRINKING)
