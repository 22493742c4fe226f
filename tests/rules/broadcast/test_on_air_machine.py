from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from kiosk.rules.broadcast.air import STALE_S
from kiosk.rules.broadcast.material import AirClass
from kiosk.rules.broadcast.on_air import (
    Again,
    Began,
    BesideNext,
    Event,
    Fade,
    Follow,
    LayBeside,
    LayOver,
    NextSong,
    Night,
    OnAir,
    OutputBack,
    Over,
    Play,
    Refuse,
    Replanned,
    Requested,
    Reset,
    Stop,
    Withdrawn,
    Woke,
    step,
)
from kiosk.rules.broadcast.programme import Item
from kiosk.rules.broadcast.starting_over import AGAIN
from kiosk.units import ZoneId
from tests.depth import examples
from tests.rules.broadcast.mixer_model import Ended, Missed, MixerModel, Started, check_that_they_agree, plain, stem
from tests.rules.broadcast.order_manners import SPOKEN, check_again, check_manners
from tests.rules.broadcast.studio import item, later, moment

ZONE = (ZoneId("food"),)
LENGTHS_S = st.sampled_from([8.0, 20.0, 45.0, 180.0])


class StoreOnTheAir(RuleBasedStateMachine):
    """The desk and a mixer that it hears late: orders wait to be carried out, reports wait to be read."""

    def __init__(self) -> None:
        super().__init__()
        self.now: datetime = moment("10:00")
        self.state = OnAir()
        self.mixer = MixerModel()
        self.told: dict[str, Item] = {}
        self.asked: dict[str, Item] = {}
        self.refused: set[str] = set()
        self.gave_up: set[str] = set()
        self.stopped = False
        self.may_still_begin: set[str] = set()
        self.evacuating: str | None = None  # the stem of the evacuation that is heard and was not called off
        self.called_off: set[str] = set()
        self.resets_under_way = 0
        self.numbers = iter(range(1_000_000))

    @initialize(lengths=st.lists(LENGTHS_S, min_size=2, max_size=5))
    def the_day_begins(self, lengths: list[float]) -> None:
        classes = [AirClass.MUSIC, AirClass.ROUTINE, AirClass.MUSIC, AirClass.MUSIC, AirClass.ROUTINE]
        self.the_rest_is_planned_anew(list(zip(classes, lengths, strict=False)), 0.0, 0)
        self.all_is_quiet_for_a_moment()

    # what the desk does

    def feed(self, event: Event) -> None:
        before = self.state
        self.state, orders = step(before, event, self.now)
        for order in orders:
            match order:
                case Refuse(refused):
                    self.refused.add(refused.key)
                    continue
                case Again(wanted, of):
                    check_again(wanted, self.told[of])
                    self.told[wanted.key] = wanted
                    if wanted.air_class in SPOKEN:
                        self.asked[wanted.key] = wanted
                case Play(wanted) | LayBeside(wanted):
                    self.told[wanted.key] = wanted
                case Follow(wanted) | LayOver(wanted) | BesideNext(wanted) if wanted is not None:
                    self.told[wanted.key] = wanted
                case _:
                    pass
            check_manners(before, event, order)
            self.mixer.orders.append(order)
        assert self.state.over is None or self.state.beside is None, "somebody talks into an announcement"

    def make(
        self, air_class: AirClass, duration_s: float, start: datetime, operator: str | None, *, zoned: bool = False
    ) -> Item:
        made = item(f"{air_class.value}-{next(self.numbers)}", air_class, start, duration_s, operator=operator)
        return replace(made, zones=ZONE) if zoned else made

    @rule(
        air_class=st.sampled_from([AirClass.ROUTINE, AirClass.URGENT, AirClass.URGENT]),
        duration_s=LENGTHS_S,
        zoned=st.booleans(),
    )
    def somebody_asks(self, air_class: AirClass, duration_s: float, zoned: bool) -> None:
        wanted = self.make(air_class, duration_s, self.now, "desk", zoned=zoned)
        self.asked[wanted.key] = wanted
        self.feed(Requested(wanted))

    @rule(duration_s=LENGTHS_S)
    def somebody_evacuates(self, duration_s: float) -> None:
        self.feed(Requested(self.make(AirClass.EVACUATION, duration_s, self.now, "desk")))

    @rule()
    def somebody_speaks(self) -> None:
        """A live microphone over the music; the mixer may be at an announcement already."""
        wanted = self.make(AirClass.MICROPHONE, 60.0, self.now, "desk")
        self.asked[wanted.key] = wanted
        self.feed(Requested(wanted))

    @precondition(lambda self: any(one.air_class is AirClass.MICROPHONE for one in self.state.waiting))
    @rule()
    def whoever_waits_to_speak_gives_up(self) -> None:
        wanted = next(one for one in self.state.waiting if one.air_class is AirClass.MICROPHONE)
        self.refused.add(wanted.key)
        self.feed(Withdrawn(wanted.key))
        assert wanted not in self.state.waiting

    @rule()
    def somebody_resets(self) -> None:
        """Whoever resets an evacuation has heard it; the desk may be behind by what happened between two rounds."""
        unread = [report.item.air_class for report in self.mixer.inbox if isinstance(report, Started)]
        if self.mixer.orders or any(air_class is not AirClass.EVACUATION for air_class in unread):
            return
        self.feed(Reset())
        faded = bool(self.mixer.orders) and any(isinstance(order, Fade) for order in self.mixer.orders)
        line = self.mixer.line
        evacuates = line is not None and not line.cut and line.item.air_class is AirClass.EVACUATION
        assert faded or self.stopped or not evacuates, "the reset was not heard"
        if faded:
            self.called_off |= {*self.state.called_off, self.evacuating or ""}
            self.resets_under_way = sum(isinstance(order, Fade) for order in self.mixer.orders)

    @precondition(lambda self: not self.state.waiting or not (self.mixer.orders or self.mixer.inbox))
    @rule()
    def somebody_skips_the_song(self) -> None:
        """With a page waiting only when the desk is up to date; that race has a test of its own."""
        self.feed(NextSong())

    @precondition(lambda self: not self.stopped and len(self.mixer.begun) > 3)
    @rule()
    def the_role_is_to_end(self) -> None:
        if self.state.current is None and self.state.follower is not None:
            self.may_still_begin.add(self.state.follower.key)
        if self.state.current is not None and self.state.began is None:
            self.may_still_begin.add(self.state.current.key)
        if self.state.beside is not None:  # it is read to its end, from the beginning if its output was away
            self.may_still_begin.add(self.state.beside.key)
        if self.mixer.line is not None:  # its file is slow, but it has its turn
            self.may_still_begin.add(self.mixer.line.item.key)
        self.feed(Stop())
        self.stopped = True

    @rule(
        lengths=st.lists(st.tuples(st.sampled_from([AirClass.MUSIC, AirClass.MUSIC, AirClass.ROUTINE]), LENGTHS_S)),
        zoned=st.booleans(),
        pause_s=st.sampled_from([0.0, 0.0, 0.0, 30.0, 400.0]),
        keep=st.integers(0, 3),
    )
    def the_rest_is_planned_anew(
        self, lengths: list[tuple[AirClass, float]], pause_s: float, keep: int, zoned: bool = False
    ) -> None:
        """From the end of what sounds; the first items may be those of the old plan."""
        kept = self.state.programme[:keep]
        begin = later(kept[-1].end if kept else self.state.expected_end(self.now), pause_s)
        items = list(kept)
        for air_class, duration_s in lengths:
            for_a_zone = zoned and air_class is AirClass.ROUTINE
            items.append(self.make(air_class, duration_s, begin, None, zoned=for_a_zone))
            begin = begin if for_a_zone else items[-1].end
        if not self.stopped:
            self.feed(Replanned(tuple(items)))

    @rule(zones=st.sampled_from([(), ZONE, (ZoneId("hall"),)]))
    def the_output_comes_back(self, zones: tuple[ZoneId, ...]) -> None:
        self.feed(OutputBack(zones))

    @rule()
    def the_announcer_stops_for_the_night(self) -> None:
        if not self.stopped and (self.state.sounding is None or not self.state.sounding.repeats):
            self.feed(Night())
            assert self.state.programme == self.state.waiting == ()

    @rule()
    def time_wakes_the_desk(self) -> None:
        self.feed(Woke())
        speaks = self.state.over or self.state.beside
        if self.state.sounding is None and not self.state.stopping and speaks is None:
            fresh = [one for one in self.state.programme if (self.now - one.end).total_seconds() < STALE_S]
            assert not fresh or fresh[0].start > self.now, "the store is silent"

    @precondition(lambda self: self.mixer.inbox)
    @rule()
    def the_desk_reads_a_report(self) -> None:
        match self.mixer.inbox.popleft():
            case Started(begun):
                if begun.key in self.told:
                    self.feed(Began(self.told[begun.key], self.now))
            case Ended(over):
                self.told.pop(over.key, None)
                self.feed(Over(over.key))
            case Missed(late):
                self.feed(Requested(self.told[late.key]))

    # what the mixer does

    @rule(starves=st.sampled_from([False, False, False, True]))
    def a_block_passes(self, starves: bool) -> None:
        """The mixer takes every order and sounds what is on the line, unless its file gives nothing yet."""
        self.take_orders()
        if starves:
            self.mixer.starve()
        else:
            self.note_begun(self.mixer.sound)

    @rule()
    def all_is_quiet_for_a_moment(self) -> None:
        """Orders and reports reach their ends, as they do nearly always before anything else happens."""
        for _ in range(20):
            self.a_block_passes(starves=False)
            while self.mixer.inbox:
                self.the_desk_reads_a_report()
        assert not self.mixer.orders, "desk and mixer go round in circles"

    def take_orders(self) -> None:
        while self.mixer.orders:
            self.take_an_order()

    def take_an_order(self) -> None:
        fade = isinstance(self.mixer.orders[0], Fade)
        cuts = len(self.mixer.cut)
        self.mixer.take_order()
        if fade and self.resets_under_way:
            self.resets_under_way -= 1
            if self.evacuating in self.called_off:
                self.evacuating = None
        for gone, by in self.mixer.cut[cuts:]:
            urgent = by is not None and by.air_class is AirClass.EVACUATION
            starts_over = by is not None and by.key == f"{gone.key}{AGAIN}"
            assert gone.air_class not in SPOKEN or urgent or starts_over, f"{gone.key} was cut by {by}"

    @precondition(lambda self: self.mixer.line is not None)
    @rule(joined=st.booleans())
    def the_line_plays_to_its_end(self, joined: bool) -> None:
        self.take_orders()  # every block begins with them
        line = self.mixer.line
        if line is None or Started(line.item) in self.mixer.inbox:
            return  # the desk is slow, but not slower than a whole item
        if not line.started:
            if line.item.air_class is AirClass.EVACUATION:
                return  # kept in memory: it cannot fail to be decoded
            self.gave_up.add(line.item.key)
        self.now = later(self.now, line.item.duration_s if line.started else 2.0)
        self.mixer.play_out()
        if joined:
            self.note_begun(self.mixer.sound)

    @precondition(lambda self: self.mixer.follower is not None)
    @rule()
    def the_follower_cannot_be_decoded(self) -> None:
        self.take_orders()
        follower = self.mixer.follower
        if follower is not None and follower.item.air_class is not AirClass.EVACUATION:
            self.gave_up.add(follower.item.key)
            self.mixer.pass_over()

    @precondition(lambda self: self.mixer.fading or (self.mixer.line is not None and self.mixer.line.cut))
    @rule()
    def what_fades_is_over(self) -> None:
        self.mixer.fade_out()

    @precondition(lambda self: self.mixer.beside is not None)
    @rule()
    def what_speaks_in_a_zone_is_over(self) -> None:
        beside = self.mixer.beside
        if beside is not None and Started(beside.item) not in self.mixer.inbox:
            if not beside.started:
                self.gave_up.add(beside.item.key)
            self.mixer.end_beside()

    @precondition(lambda self: self.mixer.over is not None)
    @rule()
    def the_microphone_is_switched_off(self) -> None:
        self.mixer.hang_up()

    @rule(seconds=st.sampled_from([0.5, 20.0, 300.0]))
    def time_passes(self, seconds: float) -> None:
        if self.mixer.idle:
            self.now = later(self.now, seconds)

    def note_begun(self, sound: Callable[[], None]) -> None:
        known = len(self.mixer.begun)
        sound()
        for begun in self.mixer.begun[known:]:
            if begun.air_class is AirClass.EVACUATION:
                assert stem(begun.key) not in self.called_off or self.resets_under_way, "it came back after its reset"
                self.evacuating = stem(begun.key)
            else:
                waits = self.evacuating is None or self.stopped or self.evacuating in self.called_off
                assert waits, f"{begun.key} began during the evacuation"
            if self.stopped and not self.mixer.orders and plain(begun.key) not in map(plain, self.may_still_begin):
                assert begun.air_class is AirClass.EVACUATION, f"{begun.key} began after the role was told to end"

    # what always holds

    @invariant()
    def no_emergency_waits_for_a_song(self) -> None:
        speaks = self.state.over or self.state.beside
        ahead = self.state.beside_next if self.state.current is None else None  # it begins with the follower
        waiting = [one for one in self.state.waiting if one != ahead]
        if any(one.air_class is AirClass.URGENT for one in waiting) and speaks is None:
            assert self.state.sounding is not None
            assert self.state.sounding.air_class is not AirClass.MUSIC

    @invariant()
    def nothing_said_at_the_desk_is_lost(self) -> None:
        at_desk = (self.state.current, self.state.follower, self.state.beside, *self.state.waiting)
        desk = {one.key for one in at_desk if one is not None}
        for key in self.asked:
            assert key in self.mixer.keys | desk | self.refused | self.gave_up, f"{key} is forgotten"

    @invariant()
    def no_announcement_is_read_twice(self) -> None:
        """Unless an evacuation cut it, and the desk did not know yet that it had begun."""
        spoken = Counter(one.key for one in self.mixer.begun if one.air_class in SPOKEN)
        spoken.subtract(one.key for one, _ in self.mixer.cut)
        assert max(spoken.values(), default=0) <= 1

    @invariant()
    def once_the_reports_are_read_desk_and_mixer_agree(self) -> None:
        if not self.mixer.orders and not self.mixer.inbox:
            check_that_they_agree(self.state, self.mixer)

    @invariant()
    def two_announcements_are_never_heard_at_a_time(self) -> None:
        assert self.mixer.speakers <= 1

    @invariant()
    def silence_falls_only_when_nothing_is_there(self) -> None:
        if self.mixer.idle and self.state.sounding is None and not self.state.stopping and self.state.over is None:
            assert not self.state.waiting

    def teardown(self) -> None:
        """Whatever happened, a role that is told to end ends, and every request is accounted for."""
        if not self.stopped:
            self.feed(Stop())
            self.stopped = True
        for _ in range(200):
            if self.mixer.idle:
                break
            if self.state.current is not None and self.state.current.repeats:
                self.feed(Reset())
            self.run_on()
        assert self.mixer.idle
        on_air = (self.state.over, self.state.current, self.state.follower, self.state.beside)
        assert on_air == (None, None, None, None)
        begun = {one.key for one in self.mixer.begun}
        assert set(self.asked) <= begun | self.refused | self.gave_up

    def run_on(self) -> None:
        """The mixer and the desk do all that they have to do."""
        self.take_orders()
        self.mixer.sound()
        while self.mixer.inbox:
            self.the_desk_reads_a_report()
        if not self.mixer.orders:
            self.mixer.play_out()
            self.mixer.fade_out()
            self.mixer.end_beside()
            self.mixer.hang_up()


TestStoreOnTheAir = pytest.mark.rule("B08")(pytest.mark.rule("B10")(StoreOnTheAir.TestCase))
TestStoreOnTheAir.settings = settings(max_examples=examples(200), stateful_step_count=40)
