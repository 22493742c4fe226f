"""The back office in a process of its own: whatever computes is done there, so that the mixer has its process alone."""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from typing import Any

from kiosk.app.demo_day import DemoDay
from kiosk.app.errands import Errand, Opened
from kiosk.app.office import Office
from kiosk.app.office_opening import OfficeOpening, open_and_remember
from kiosk.app.orphan import ends_with_its_role
from kiosk.app.places import Places
from kiosk.app.recollection import recall
from kiosk.app.stock_room import StockRoom
from kiosk.config.site import Site
from kiosk.desks.broadcast.messages import (
    Fault,
    Happened,
    Message,
    PageAsked,
    PageSpoken,
    PlanFailed,
    PlanOrder,
    SayingAsked,
    SayingSpoken,
    Stocked,
)
from kiosk.errors import KioskError
from kiosk.rules.broadcast.library import EMERGENCIES, Material
from kiosk.rules.broadcast.material import REST
from kiosk.rules.broadcast.releases import Page
from kiosk.sentences import tell

log = logging.getLogger(__name__)

Post = Callable[[Message], None]
MINDER_S = 5.0
NICE = 5  # of 19: a plan never competes with the mixer


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a broadcast role needs to begin, and to go on should the back office fail it.

    office: for whoever else works with it, in a process of its own. at_hand: clips to keep in memory. material: all
    that can be played already; its faults are sentences for a person. left: what is still to be listened to or
    spoken. pages: the binder's, as far as their release goes.
    """

    site: Site
    at_hand: tuple[str, ...]
    material: Material
    office: Office
    pages: tuple[Page, ...] = ()
    left: int = 0


class BackOffice:
    """One worker process; answers are posted to the inbox from a thread of the pool. A worker that dies is replaced."""

    def __init__(self, places: Places, demo: DemoDay | None, post: Post) -> None:
        self._places = places
        self._demo = demo
        self._post = post
        self._office: Office | None = None
        self._errands: Sequence[Errand] = ()
        self._stock_room: StockRoom | None = None
        self._keep: Callable[[str], None] = lambda path: None
        self._pool: ProcessPoolExecutor | None = None
        self._warm = False
        self._hiring = threading.Lock()
        self._stocking = threading.Lock()  # of what is known: two threads learn of it
        self._left = 0
        self._reader: ProcessPoolExecutor | None = None
        self._read_again = False
        self._scribe: ProcessPoolExecutor | None = None

    def prepare(self, opening: Callable[[], Opened] | None = None) -> Prepared:
        """Read the site and recall what is known of its files: a matter of seconds. Raises SiteError.

        What the last start found is taken as it is, where nothing has changed since; otherwise a process of its own
        reads. opening: waits for one that does so already.
        """
        opened = self._opened() if opening is None else opening()
        self._office, self._errands = opened.office, opened.errands
        self._left = len(opened.errands)
        with _deaf_to_ctrl_c():  # and so is whom it starts, until that has taken its own measures
            self._pool = self._hire(self._office)
            self._pool.submit(_take_a_seat)
        material = self._office.material
        office = self._office
        return Prepared(office.site, _at_hand(office), material, office, office.pages, len(self._errands))

    def _opened(self) -> Opened:
        recalled = None if self._demo is not None else recall(self._places)
        if recalled is not None:
            return recalled
        with contextlib.closing(OfficeOpening(self._places, self._demo)) as opening:
            return opening.opened()

    def stock_up(self, keep: Callable[[str], None]) -> None:
        """Have the rest listened to and spoken meanwhile; Stocked is posted for each lot of it. Returns at once.

        keep: called with each clip to be kept at hand that is new, from another thread, before the desk hears of it.
        """
        if self._errands and self._office is not None and self._stock_room is None:
            self._keep = keep
            self._stock_room = StockRoom(self._places, self._office, self._errands, self._restock)
            self._stock_room.begin()

    def order_plan(self, order: PlanOrder) -> None:
        """Have a day planned; PlanReady or PlanFailed is posted."""
        self._submit(_plan, order, lambda why: PlanFailed(order, why))
        with self._hiring:  # the day first, then whatever lets a page be spoken at once
            if not self._warm and self._pool is not None:
                self._warm = True
                with contextlib.suppress(BrokenProcessPool):  # told, and replaced, when it is next asked
                    self._pool.submit(_warm_up)

    def order_speech(self, asked: PageAsked) -> None:
        """Have a page put into speech; PageSpoken is posted."""
        self._submit(_speak, asked, lambda why: PageSpoken(asked, None, why))

    def order_saying(self, asked: SayingAsked) -> None:
        """Have sentences put into speech; SayingSpoken is posted."""
        self._submit(_say, asked, lambda why: SayingSpoken(asked, None, why))

    def read_playlists(self) -> None:
        """Have the playlists read anew, and what is new in them listened to; Stocked is posted if they changed.

        Returns at once. A site that cannot be read any more is told, and the music stays as it was.
        """
        with self._hiring:
            if self._office is None or self._reader is not None:
                self._read_again = self._reader is not None
                return
            self._read_again = False
            self._reader = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), initializer=_behave)
            future = self._reader.submit(_read_playlists, self._places, self._office)
        future.add_done_callback(self._playlists_read)

    def close(self) -> None:
        """Let everybody go, without waiting for what they are doing. Twice does no harm."""
        if self._stock_room is not None:
            self._stock_room.close()
        with self._hiring:
            reader, self._reader = self._reader, None
            scribe, self._scribe = self._scribe, None
            self._read_again = False
        for one in (reader, scribe):
            if one is not None:
                _send_away(one)
        self._dismiss()

    def _playlists_read(self, future: Future[Office | None]) -> None:
        """The reader's answer; the thread of its pool."""
        with self._hiring:
            reader, self._reader = self._reader, None
            again = self._read_again
        if reader is None or future.cancelled():
            return  # closed meanwhile
        reader.shutdown(wait=False)
        if (error := future.exception()) is not None:
            self._post(Fault(tell("the playlists cannot be read, the music stays as it was: {cause}", cause=error)))
        elif (read := future.result()) is not None:
            with self._stocking:
                assert self._office is not None
                sounds = {**read.sounds, **self._office.sounds}
                self._hand_out(replace(self._office, site=read.site, sounds=sounds), self._left)
        if again:
            self.read_playlists()

    def _have_it_remembered(self) -> None:
        """Whatever was prepared since the start, the next one is to begin with; a process of its own sees to it."""
        with self._hiring:
            if self._scribe is not None or self._demo is not None or self._pool is None:
                return
            scribe = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), initializer=_behave)
            self._scribe = scribe
            future = scribe.submit(_remember, self._places)
        future.add_done_callback(lambda _: self._remembered(scribe))

    def _remembered(self, scribe: ProcessPoolExecutor) -> None:
        """The thread of its pool."""
        with self._hiring:
            if self._scribe is scribe:
                self._scribe = None
        scribe.shutdown(wait=False)

    def _restock(self, office: Office, left: int) -> None:
        """The stock room hands over; its thread."""
        with self._stocking:
            assert self._office is not None
            self._left = left
            sounds = {**self._office.sounds, **office.sounds}
            self._hand_out(replace(office, site=self._office.site, sounds=sounds), left)
        if not left:
            self._have_it_remembered()

    def _hand_out(self, office: Office, left: int) -> None:
        """From now on everybody works with this office."""
        assert self._office is not None
        known, self._office = self._office, office
        for path in _at_hand(office):
            if path not in _at_hand(known):
                self._keep(path)
        with self._hiring:
            if self._pool is not None:
                with contextlib.suppress(BrokenProcessPool):  # the next worker moves into the newest office anyway
                    self._pool.submit(_move_in, self._places, office)
        faults = tuple(fault for fault in office.material.faults if fault not in known.material.faults)
        self._post(Stocked(office.material, left, faults))

    def _hire(self, office: Office) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            max_workers=1,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_move_in,
            initargs=(self._places, office),
        )

    def _dismiss(self) -> None:
        pool, self._pool = self._pool, None
        if pool is None:
            return
        minder: Any = pool._executor_manager_thread
        _send_away(pool)
        if minder is not None:
            minder.join(MINDER_S)  # else it may give its pipe away while Python, ending, writes to it

    def _submit(self, work: Callable[[Any], Message], what: Any, failed: Callable[[str], Message]) -> None:
        def answer(future: Future[Message]) -> None:
            if future.cancelled():
                return
            error = future.exception()
            self._post(future.result() if error is None else failed(str(error)))

        with self._hiring:
            if self._pool is None or self._office is None:
                self._post(failed("the back office is closed"))
                return
            try:
                self._pool.submit(work, what).add_done_callback(answer)
            except BrokenProcessPool:
                self._post(Happened(tell("the back office ended unexpectedly; a new one takes over")))
                self._dismiss()
                self._pool = self._hire(self._office)
                self._pool.submit(work, what).add_done_callback(answer)


@contextlib.contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _send_away(pool: ProcessPoolExecutor) -> None:
    workers = tuple((pool._processes or {}).values())
    pool.shutdown(wait=False, cancel_futures=True)
    for worker in workers:
        worker.kill()  # one that hangs would keep the role from ending


def _at_hand(office: Office) -> tuple[str, ...]:
    """The clips that must start at once: emergencies, the prelude with which every page begins, and a talk's clips."""
    prelude = office.site.prelude
    paths = [prelude] if prelude is not None and prelude in office.sounds and not office.sounds[prelude].fault else []
    paths += [
        part.path
        for announcement in office.material.announcements.values()
        if announcement.air_class in EMERGENCIES
        for part in announcement.parts
        if not part.path.startswith(REST)
    ]
    paths += [clip.path for clip in office.material.talk if clip is not None]
    return tuple(dict.fromkeys(paths))


# in the worker

_desk: dict[str, Any] = {}


def _behave() -> None:
    """Ctrl-C is for the role, which closes in order; and whoever computes lets the mixer go first."""
    ends_with_its_role()
    os.setpriority(os.PRIO_PROCESS, 0, max(NICE, os.getpriority(os.PRIO_PROCESS, 0)))
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _move_in(places: Places, office: Office) -> None:
    _behave()
    _desk.update(places=places, office=office)


def _read_playlists(places: Places, office: Office) -> Office | None:
    """The office with the playlists as they are now, None where they are as before. All else takes a start."""
    from kiosk.audio.listening import listen
    from kiosk.config.load import load_site

    playlists = {**office.site.playlists, **load_site(places.site).playlists}
    if playlists == office.site.playlists:
        return None
    fresh = dict.fromkeys(path for paths in playlists.values() for path in paths if path not in office.sounds)
    sounds = listen(office.site.root, tuple(fresh), places.heard)
    return replace(office, site=replace(office.site, playlists=playlists), sounds={**office.sounds, **sounds})


def _take_a_seat() -> None:
    """Nothing to do but to be there."""


def _remember(places: Places) -> None:
    open_and_remember(places, None, lambda _: None)


def _plan(order: PlanOrder) -> Message:
    office: Office = _desk["office"]
    return office.plan(order)


def _warm_up() -> None:
    """What a page's words take is loaded before the first one is asked for: dictionaries, the shelf of sounds."""
    from kiosk.app.speech import speakable
    from kiosk.rules.broadcast.sayings import page_sayings

    office: Office = _desk["office"]
    for saying in page_sayings(["王"], office.site.speech.languages[0]):
        _voices().ready(speakable(saying))


def _voices() -> Any:
    from kiosk.audio.speech import voices

    if "voices" not in _desk:
        _desk["voices"] = voices(_desk["office"].site.speech.voices, _desk["places"].spoken)
    return _desk["voices"]


def _speak(asked: PageAsked) -> Message:
    from kiosk.app.speech import speak_page

    try:
        return speak_page(_desk["office"], _voices(), asked)
    except KioskError as error:
        return PageSpoken(asked, None, str(error))


def _say(asked: SayingAsked) -> Message:
    from kiosk.app.speech import speak_sayings

    try:
        return speak_sayings(_desk["office"], _voices(), asked)
    except KioskError as error:
        return SayingSpoken(asked, None, str(error))
