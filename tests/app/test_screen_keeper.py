"""The role's side of the screen's process: it is started again when it ends or hangs, and nobody waits for it."""

from __future__ import annotations

import errno
import multiprocessing
import os
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from queue import SimpleQueue

from kiosk.app.screen_entry import Started
from kiosk.app.screen_keeper import Behind, ScreenKeeper
from kiosk.app.screen_values import Aloud, CodeRead, Lit, Over, Setting, Stands, Turned
from kiosk.config.first_look import Glass
from kiosk.desks.lockers.messages import Fault, HelpAsked, Mended, StopAsked
from kiosk.desks.staff.messages import Gone
from kiosk.ports.touchscreen import FrontView
from kiosk.units import Language
from tests.audio.waiting import eventually

GLASS = Glass(800, 480, 154.0)
SETTING = Setting(GLASS, "screen", "Asia/Shanghai")
AGAIN_S = 20.0


def dies_once(pipe: Connection) -> None:
    """Staff stand there, and it ends as Xlib ends it."""
    pipe.send(Lit())
    pipe.send(Stands(reads=True, staffed=True))
    pipe.recv()
    os._exit(1)


def hangs(pipe: Connection) -> None:
    pipe.send(Turned())
    threading.Event().wait(600.0)


def lives(pipe: Connection) -> None:
    """Says everything that it hears as a cry for help, until it is over."""
    pipe.send(Lit())
    pipe.send(Stands(reads=True))
    pipe.send(Aloud(("Welcome",), Language("en")))
    while not isinstance(value := pipe.recv(), Over):
        pipe.send(HelpAsked(type(value).__name__))


def knows(pipe: Connection) -> None:
    """Tells which facts of each view came to it."""
    while not isinstance(value := pipe.recv(), Over):
        if isinstance(value, FrontView):
            pipe.send(HelpAsked(repr(value.facts)))


def is_closed(pipe: Connection) -> None:
    pipe.send(StopAsked("the touchscreen is closed"))


class Starts:
    """Which process is started when."""

    def __init__(self, *works: Callable[[Connection], None]) -> None:
        self.works = list(works)

    def __call__(self, glass: Glass) -> Started:
        spawn = multiprocessing.get_context("spawn")
        ours, theirs = spawn.Pipe()
        process = spawn.Process(target=self.works.pop(0), args=(theirs,), daemon=True)
        process.start()
        theirs.close()
        return Started(process, ours)


class Desk:
    """What reaches the inbox."""

    def __init__(self) -> None:
        self.inbox: SimpleQueue[object] = SimpleQueue()
        self.said: list[tuple[str, ...]] = []
        self.heard: list[object] = []
        self.behind = Behind(self.inbox.put, voice=self)

    def say(self, sentences: tuple[str, ...], language: Language) -> None:
        self.said.append(sentences)

    def hears(self, *wanted: object) -> None:
        """Waits until all of that was posted."""

        def there() -> bool:
            while not self.inbox.empty():
                self.heard.append(self.inbox.get())
            return all(one in self.heard for one in wanted)

        eventually(there, within_s=AGAIN_S, what=f"{wanted} is told, not only {self.heard}")


def test_a_screen_that_ended_is_started_again_and_told_everything_anew() -> None:
    desk = Desk()
    with ScreenKeeper(GLASS, start=Starts(dies_once, lives), pause=lambda failures: 0.01) as screen:
        screen.show(FrontView(services=("rating",)))
        screen.serve(SETTING, desk.behind)
        died = Fault("the touchscreen: it ended by itself; look at the display and its cable")
        desk.hears(died, Gone("screen", "had no screen any more"), HelpAsked("Setting"), HelpAsked("FrontView"))
        eventually(lambda: screen.stands.reads and desk.said == [("Welcome",)], within_s=AGAIN_S, what="it stands")
        assert screen.reads("4006381333931")
        desk.hears(HelpAsked(CodeRead.__name__), Mended("the touchscreen: "))
        assert not screen.stands.staffed


def test_a_screen_for_which_there_is_no_memory_is_told_and_started_once_there_is() -> None:
    desk, there = Desk(), Starts(dies_once, lives)
    refused: list[Glass] = []

    def short_of_memory(glass: Glass) -> Started:
        if len(there.works) == 1 and not refused:
            refused.append(glass)
            raise OSError(errno.ENOMEM, os.strerror(errno.ENOMEM))
        return there(glass)

    with ScreenKeeper(GLASS, start=short_of_memory, pause=lambda failures: 0.01) as screen:
        screen.serve(SETTING, desk.behind)
        fault = "the touchscreen: it cannot be started (Cannot allocate memory)"
        desk.hears(Fault(fault), HelpAsked("Setting"), Mended("the touchscreen: "))


def test_a_role_that_ends_while_its_screen_is_started_anew_takes_that_one_along() -> None:
    there, begins, goes_on = Starts(dies_once, lives), threading.Event(), threading.Event()

    def slowly(glass: Glass) -> Started:
        if len(there.works) == 1:
            begins.set()
            goes_on.wait(AGAIN_S)
        return there(glass)

    screen = ScreenKeeper(GLASS, start=slowly, patience_s=600.0, pause=lambda failures: 0.01)
    screen.__enter__()
    screen.serve(SETTING, Desk().behind)
    assert begins.wait(AGAIN_S)

    leaving = threading.Thread(target=screen.__exit__, args=(None, None, None), daemon=True)
    leaving.start()
    eventually(lambda: not _sends(), within_s=AGAIN_S, what="nobody is left who would tell the new one that it is over")
    goes_on.set()

    leaving.join(AGAIN_S)
    assert not leaving.is_alive()


def _sends() -> bool:
    return any(thread.name == "screen's mail" for thread in threading.enumerate())


def test_a_screen_that_hangs_is_ended_and_started_again() -> None:
    desk = Desk()
    start = Starts(hangs, lives)
    with ScreenKeeper(GLASS, start=start, patience_s=0.05, pause=lambda failures: 0.01) as screen:
        screen.serve(SETTING, desk.behind)
        desk.hears(Fault("the touchscreen: it hangs; look at the display and its cable"), HelpAsked("Setting"))
        screen.patience_s = AGAIN_S


def test_a_view_that_cannot_be_told_is_a_fault_and_the_next_one_comes_whole() -> None:
    desk = Desk()
    with ScreenKeeper(GLASS, start=Starts(knows)) as screen:
        screen.show(FrontView(facts=("slides", lambda: "no pipe takes this")))
        screen.serve(SETTING, desk.behind)
        eventually(lambda: screen._shown, within_s=AGAIN_S, what="it was tried")
        screen.show(FrontView(facts=("slides", "stock")))
        desk.hears(HelpAsked("('slides', 'stock')"))
        screen.show(FrontView(facts=("stock", "slides")))
        desk.hears(HelpAsked("(Known(place=1), Known(place=0))"))

    faults = [one.text for one in desk.heard if isinstance(one, Fault)]
    assert [text.split(" (")[0] for text in faults] == ["the touchscreen: it cannot be told how things stand"]


def test_a_window_that_somebody_closed_stays_closed() -> None:
    desk = Desk()
    start = Starts(is_closed)
    with ScreenKeeper(GLASS, start=start, pause=lambda failures: 0.01) as screen:
        screen.serve(SETTING, desk.behind)
        desk.hears(StopAsked("the touchscreen is closed"))

    assert [one for one in desk.heard if isinstance(one, Fault)] == []


def test_a_role_that_never_comes_to_serve_takes_its_screen_along() -> None:
    start = Starts(lives)
    with ScreenKeeper(GLASS, start=start, end_s=AGAIN_S) as screen:
        process = screen._process
        assert process is not None

    assert process.exitcode == 0
