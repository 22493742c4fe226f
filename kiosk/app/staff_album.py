"""Staff mode as pictures: every room with what is hard for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from kiosk.app.sample_day_end import day_end_states
from kiosk.app.sample_lost_tags import lost_tag_states
from kiosk.app.sample_pickups import pickup_states
from kiosk.app.sample_return_desk import return_desk_states
from kiosk.desks.printing.press import CRASHED
from kiosk.desks.staff.binder_corner import RELEASE, STANDINGS, WITHDRAW
from kiosk.desks.staff.board_corner import of_warning
from kiosk.desks.staff.locker_corner import ASSIGNMENTS, DOORS, offered_deeds
from kiosk.desks.staff.lost_tag_matters import AT_THE_DESK, told_of_kept
from kiosk.desks.staff.page_corner import DECLINED, offered_for
from kiosk.desks.staff.printer_corner import offered_for as printing_deeds
from kiosk.desks.staff.queue_corner import matters_of
from kiosk.desks.staff.role_corner import DO, REMEDY, SILENT
from kiosk.desks.staff.staff_desk import COUNTS
from kiosk.ports.bag_day import CountShown, CountTold, KeptTag
from kiosk.ports.staff_view import Cell, Colleague, Kind, Matter, Offered, Spoken, StaffDoor, StaffView, Warned
from kiosk.ports.touchscreen import FrontView
from kiosk.rules import service
from kiosk.rules.broadcast.checks import Topic as Checked
from kiosk.rules.broadcast.checks import check_of
from kiosk.rules.broadcast.page_watch import Stage
from kiosk.rules.broadcast.releases import Standing
from kiosk.rules.broadcast.verdicts import lamp
from kiosk.rules.forms.filling import opened
from kiosk.rules.front.new_tag_pages import ANOTHER_TAG
from kiosk.rules.front.session import Session
from kiosk.rules.front.staff_mode import Listening, StaffMode, knocked
from kiosk.rules.front.staff_taps import Room
from kiosk.rules.lockers.cabinet import JAMMED, concerns_staff
from kiosk.rules.lockers.census import Difference
from kiosk.rules.lockers.census import Kind as DifferenceKind
from kiosk.rules.lockers.closing import SheetKind
from kiosk.rules.lockers.locker import Assignment, Door, Locker, Size
from kiosk.rules.lockers.rights import Deed, who_may
from kiosk.rules.people.refusals import may_not
from kiosk.rules.printing.jobs import Condition
from kiosk.rules.printing.jobs import Stage as JobStage
from kiosk.rules.service.found import found_in
from kiosk.rules.service.found_thing import SERVICE as FOUND
from kiosk.rules.service.queue import Stage as Stands
from kiosk.rules.service.queue import Ticket, Topic
from kiosk.rules.service.queue_board import Board, board_of
from kiosk.rules.service.service import Service
from kiosk.rules.service.stages import stage_called
from kiosk.rules.writing.writing import Letter, after
from kiosk.sentences import in_languages, tell
from kiosk.units import LANGUAGES, LockerId

State = tuple[str, Session, FrontView, datetime]


def staff_states(view: FrontView, now: datetime) -> Iterator[State]:
    """Each state of staff mode by its name."""

    def seen(name: str, mode: StaffMode, *facts: object, asked: bool = False) -> State:
        return f"staff-{name}", Session(staff=mode, admitted=True, asked=asked), replace(view, facts=facts), now

    door = knocked()
    typed = after(after(door.named, Letter("l")), Letter("i"))
    yield seen("id", replace(door, named=typed))
    pin = replace(door, at_pin=True, pin=replace(door.pin, text="2461"))
    yield seen("pin", pin, StaffDoor())
    yield seen("pin-wrong", pin, StaffDoor(why="wrong PIN"))
    yield seen("pin-checking", pin, StaffDoor(checking=True))
    whole = _view(now)
    yield seen("matters", StaffMode(Room.MATTERS), whole)
    yield seen("matters-none", StaffMode(Room.MATTERS), replace(whole, matters=()))
    yield seen("matters-refused", StaffMode(Room.MATTERS), replace(whole, said=REFUSED, refused=True))
    yield seen("still-there", StaffMode(Room.MATTERS), whole, asked=True)
    for matter in (*whole.matters, *whole.binder[:1]):
        here = Room.BINDER if matter.kind is Kind.SCRIPT else Room.MATTERS
        shown = replace(whole, opened=matter, said="The door is ordered open" if matter.kind is Kind.LOCKER else "")
        yield seen(matter.key.replace(" ", "-"), StaffMode(here, matter.key), shown)
    [page] = [one for one in whole.matters if one.spoken]
    hears = StaffMode(Room.MATTERS, page.key, listening=Listening("来宾王小明先生", LANGUAGES[0]))
    heard = seen("listening", hears, replace(whole, opened=page))
    yield heard[0], heard[1], replace(heard[2], speaks=True), now
    yield seen("gone", StaffMode(Room.MATTERS, "page 3"), whole)
    yield seen("why", StaffMode(Room.MATTERS, "page 12", deed="decline", asks=opened(DECLINED, chinese=True)), whole)
    yield seen(
        "retag", StaffMode(Room.MATTERS, "locker 7", deed="retag", asks=opened(ANOTHER_TAG, chinese=True)), whole
    )
    yield seen("lockers", StaffMode(Room.LOCKERS), whole)
    yield seen("lockers-not-theirs", StaffMode(Room.LOCKERS), replace(whole, cells=()))
    yield seen("count", StaffMode(Room.COUNT), whole)
    yield seen("count-going", StaffMode(Room.COUNT), replace(whole, count=_count()))
    done = replace(_count(), at=None, seen=24, differences=(str(Difference(DifferenceKind.MISSING, LockerId(9), 9)),))
    yield seen("count-done", StaffMode(Room.COUNT), replace(whole, count=done))
    yield seen("binder", StaffMode(Room.BINDER), whole)
    yield seen("binder-not-theirs", StaffMode(Room.BINDER), replace(whole, binder=()))
    yield seen("people", StaffMode(Room.PEOPLE), whole)
    for name, mode, desk in return_desk_states(whole, now):
        yield seen(name, mode, desk)
    for name, mode, area in pickup_states(whole, now):
        yield seen(name, mode, area)
    for name, mode, evening in day_end_states(whole, now):
        yield seen(name, mode, evening)
    for name, mode, lost in lost_tag_states(whole, now):
        yield seen(name, mode, lost)
    yield seen("new", StaffMode(Room.NEW), whole)
    yield seen("new-not-theirs", StaffMode(Room.NEW), replace(whole, records=()))
    begun = opened(FOUND.form, chinese=True)
    yield seen("new-found", StaffMode(Room.NEW, Room.NEW.value, deed="found", asks=begun), whole)


REFUSED = may_not("李娜", Deed.OPEN_TAKEN.value, who_may(Deed.OPEN_TAKEN))
LAMPS = check_of(Checked.LAMPS)


def _printing(now: datetime) -> Iterator[Matter]:
    """A printer without paper, and a sheet of which nobody knows whether it came out."""
    soon, waits = (
        now - timedelta(minutes=9),
        tell("{n} · {subject}", n=8, subject=tell("Queue ticket {what}", what="A012")),
    )
    yield Matter(
        "print printer bags", Kind.PRINTER, tell("Printer {printer}", printer="bags"), line=Condition.PAPER_OUT.value,
        at=soon, pressing=True, told=(("Waits to be printed", waits),), tags=(tell("{count} waiting", count=1),),
    )  # fmt: skip
    yield Matter(
        "print job 7", Kind.PRINTER, tell("{n} · {subject}", n=7, subject=tell("Ticket of locker {what}", what=3)),
        line="Perhaps printed, perhaps not: look at the printer", at=soon, deeds=printing_deeds(JobStage.UNSURE),
        told=(("Printer", "bags"), ("Why", tell(CRASHED))),
    )  # fmt: skip


def _missing() -> str:
    missing = Difference(DifferenceKind.MISSING, LockerId(9), 9), Difference(DifferenceKind.MISSING, LockerId(14), 14)
    return tell(
        "{sheet} of {day}: {missing} of {expected} tags are not there ({differences})",
        sheet=tell(SheetKind.MORNING_COUNT.value),
        day="2026-11-21",
        missing=2,
        expected=24,
        differences=tuple(map(str, missing)),
    )


def _moved() -> str:
    return tell("{when} {by}: {deed}", when="11-21 17:02", by="lina", deed=tell("Keep it elsewhere"))


def _silent_board() -> str:
    remedy = tell("check its supply, its address, A and B of its two wires, and baud in [[lockers.bank]]")
    why = tell("{heard} ({remedy})", heard=tell("it does not answer"), remedy=remedy)
    return tell("lock board {board}: {why}", board=2, why=why)


def _began_anew() -> str:
    return tell("the back office ended unexpectedly; a new one takes over")


def _dark() -> str:
    found = lamp("evacuate", wanted=True, reads=False)
    assert found is not None
    return found.what


def _view(now: datetime) -> StaffView:
    return StaffView(
        "李娜",
        matters=_matters(now),
        cells=tuple(_cells(now)),
        rows=("左墙，上排", "左墙，下排", "右墙"),
        binder=_binder(now),
        people=(
            Colleague("lina", "李娜", ("supervisor",), trained=True),
            Colleague("wangfang", "王芳", ("announcer", "department-head"), True, date(2027, 3, 31), date(2026, 3, 31)),
            Colleague("p17", "欧阳明轩", ("bag-attendant",), False, date(2026, 9, 30), date(2025, 9, 30)),
        ),
        counts=tuple(offered for _, offered in COUNTS.values()),
        records=tuple(
            Offered(one.id, one.form.title, one.icon, asks=one.form)
            for one in found_in(service, "SERVICE", Service)
            if one.taken
        ),
    )


def _matters(now: datetime) -> tuple[Matter, ...]:
    soon = now - timedelta(minutes=4)
    quarantined = Locker(LockerId(7), Size.SMALL, 7, 1, Assignment.OCCUPIED, Door.JAMMED, soon, 3, True, JAMMED)
    return (
        Matter("warning 1", Kind.CALL, "A shopper asks for somebody", line="At the touchscreen", at=now, pressing=True,
               deeds=(Offered("seen", "Seen to", "check", "good"),)),
        Matter("page 12", Kind.PAGE, "A page waits for your word", line="来宾王小明先生", at=soon, pressing=True,
               deeds=offered_for(Stage.REQUESTED),
               told=(("It is read so", "来宾王小明先生，您的朋友正在等您，请您到一楼东门。谢谢！"),
("Who asks", "李女士 138••••5678")), spoken=(Spoken("来宾王小明先生", LANGUAGES[0]),)),
        Matter("locker 7", Kind.LOCKER, tell("Locker {n}", n=7), line=concerns_staff(quarantined), at=soon,
               pressing=True, deeds=offered_deeds(),
               tags=(ASSIGNMENTS[quarantined.assignment], DOORS[quarantined.door]),
               told=tuple(told_of_kept((KeptTag(3, LockerId(7), 7, 1, soon, AT_THE_DESK, "李娜"),), {}))),
        *matters_of(sample_board(now))[::3],
        Matter("record found 4", Kind.RECORD, "Something was found", at=soon - timedelta(days=1),
               line=tell("{number} · {stage} · {owner}", number=4, stage=stage_called("kept"), owner="lina"),
               deeds=tuple(Offered(one.id, one.words, asks=one.asks) for one in FOUND.deeds),
               told=(("What is it?", "Wallet, card"), ("Done", _moved()))),
        Matter("notice 2", Kind.NOTICE, _missing(), at=soon, deeds=(Offered("seen", "Seen to", "check", "good"),)),
        Matter("check lamps", Kind.CHECK, in_languages(LAMPS.title), at=soon, line=_dark(),
               told=(("Technician", in_languages(LAMPS.remedy)),)),
        of_warning("warning 2", Warned(_silent_board(), soon)),
        *_printing(now),
        Matter("broadcast 1", Kind.WARNING, SILENT, at=soon, pressing=True, told=((DO, REMEDY),)),
        of_warning("broadcast 2", Warned(_began_anew(), soon, happened=True), "Told by the broadcast role"),
    )  # fmt: skip


def sample_board(now: datetime) -> Board:
    """A desk that calls somebody, one that is free, one that is closed, and a number that nobody came for."""

    def ticket(n: int, topic: Topic = Topic.SERVICE, stage: Stands = Stands.WAITING, desk: int = 0) -> Ticket:
        return Ticket(n, now.date(), topic, n, now, stage, now - timedelta(minutes=2), desk, int(desk > 0))

    tickets = (
        ticket(7, Topic.RETURNS, Stands.CALLED, 1),
        ticket(8),
        ticket(9, Topic.RETURNS),
        ticket(10),
        ticket(5, stage=Stands.NO_SHOW),
    )
    return board_of(tickets, {3: frozenset()}, 3, (), now)


def called_now(board: Board) -> Board:
    """The same, a moment after a call."""
    return replace(board, places=tuple(replace(one, fresh=one.ticket is not None) for one in board.places))


def many_places(board: Board) -> Board:
    """A store with more desks than have room, and more shoppers."""
    busy = [replace(board.places[0], desk=n) for n in range(1, 11)]
    waiting = tuple(replace(board.waiting[0], n=n, number=n) for n in range(11, 40))
    return replace(board, places=(*busy, *(replace(one, desk=one.desk + 10) for one in board.places)), waiting=waiting)


def _binder(now: datetime) -> tuple[Matter, ...]:
    text = "各位来宾，冬季清仓活动今天开始，二楼女装全场八折，欢迎选购。"
    return (
        Matter("script winter", Kind.SCRIPT, "冬季清仓活动", line=STANDINGS[Standing.CHANGED], at=now,
               pressing=True, deeds=(RELEASE, WITHDRAW), told=(("", text),)),
        Matter("script closing", Kind.SCRIPT, "闭店提示", line=STANDINGS[Standing.RELEASED],
               at=now - timedelta(days=40), deeds=(WITHDRAW,), told=(("", text),)),
    )  # fmt: skip


def _cells(now: datetime) -> Iterator[Cell]:
    states = {
        2: (Assignment.OCCUPIED, Door.CLOSED, ""), 3: (Assignment.OCCUPIED, Door.OPEN, ""),
        5: (Assignment.OVERNIGHT, Door.CLOSED, ""), 7: (Assignment.OCCUPIED, Door.JAMMED, "its door is jammed"),
        9: (Assignment.QUARANTINED, Door.CLOSED, "its tag is lost"), 11: (Assignment.FREE, Door.FORCED, "forced"),
        14: (Assignment.RESERVED, Door.OPENING, ""), 18: (Assignment.OUT_OF_SERVICE, Door.CLOSED, "the lock is broken"),
        20: (Assignment.OCCUPIED, Door.UNKNOWN, "the power went, or the role ended, while it was in use"),
    }  # fmt: skip
    for number in range(1, 25):
        assignment, door, why = states.get(number, (Assignment.FREE, Door.CLOSED, ""))
        deposit = 3 if assignment in (Assignment.OCCUPIED, Assignment.OVERNIGHT) else 0
        locker = Locker(LockerId(number), Size.SMALL, number, 1, assignment, door, now, deposit, bool(why), why)
        yield Cell(locker, (number - 1) // 8, why)


def _count() -> CountShown:
    told = (
        CountTold(1, tell("locker {n}: tag {number}", n=1, number=1), False),
        CountTold(2, tell("locker {n}: no tag", n=2), True),
    )
    return CountShown("screen", "screen", SheetKind.MORNING_COUNT, "lina", LockerId(3), 2, 24, told, 1, 24)
