"""Staff mode as pictures: every room with what is hard for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from kiosk.app.sample_return_desk import return_desk_states
from kiosk.desks.staff.binder_corner import RELEASE, STANDINGS, WITHDRAW
from kiosk.desks.staff.locker_corner import ASSIGNMENTS, DOORS, offered_deeds
from kiosk.desks.staff.page_corner import DECLINED, offered_for
from kiosk.desks.staff.staff_desk import COUNTS
from kiosk.ports.bag_day import CountShown, CountTold
from kiosk.ports.staff_view import Cell, Colleague, Kind, Matter, Offered, StaffDoor, StaffView
from kiosk.ports.touchscreen import FrontView
from kiosk.rules.broadcast.page_watch import Stage
from kiosk.rules.broadcast.releases import Standing
from kiosk.rules.forms.filling import opened
from kiosk.rules.front.session import Session
from kiosk.rules.front.staff_mode import StaffMode, knocked
from kiosk.rules.front.staff_taps import Room
from kiosk.rules.lockers.closing import SheetKind
from kiosk.rules.lockers.locker import Assignment, Door, Locker, Size
from kiosk.rules.writing.writing import Letter, after
from kiosk.units import LockerId

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
    yield seen("gone", StaffMode(Room.MATTERS, "page 3"), whole)
    yield seen("why", StaffMode(Room.MATTERS, "page 12", deed="decline", asks=opened(DECLINED, chinese=True)), whole)
    yield seen("lockers", StaffMode(Room.LOCKERS), whole)
    yield seen("lockers-not-theirs", StaffMode(Room.LOCKERS), replace(whole, cells=()))
    yield seen("count", StaffMode(Room.COUNT), whole)
    yield seen("count-going", StaffMode(Room.COUNT), replace(whole, count=_count()))
    done = replace(_count(), at=None, seen=24, differences=("locker 9: tag 9 is missing",))
    yield seen("count-done", StaffMode(Room.COUNT), replace(whole, count=done))
    yield seen("binder", StaffMode(Room.BINDER), whole)
    yield seen("binder-not-theirs", StaffMode(Room.BINDER), replace(whole, binder=()))
    yield seen("people", StaffMode(Room.PEOPLE), whole)
    for name, mode, desk in return_desk_states(whole, now):
        yield seen(name, mode, desk)


REFUSED = "Li Na may not open a locker in which somebody's things are: the supervisor may"


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
    )


def _matters(now: datetime) -> tuple[Matter, ...]:
    soon = now - timedelta(minutes=4)
    quarantined = Locker(LockerId(7), Size.SMALL, 7, 1, Assignment.OCCUPIED, Door.JAMMED, soon, 3, True)
    return (
        Matter("warning 1", Kind.CALL, "A shopper asks for somebody", line="screen", at=now, pressing=True,
               deeds=(Offered("seen", "Seen to", "check", "good"),)),
        Matter("page 12", Kind.PAGE, "A page waits for your word", line="来宾王小明先生", at=soon, pressing=True,
               deeds=offered_for(Stage.REQUESTED),
               told=(("It is read so", "来宾王小明先生，您的朋友正在等您，请您到一楼东门。谢谢！"),
                     ("Who asks", "李女士 138••••5678"))),
        Matter("locker 7", Kind.LOCKER, "Locker {n}", (("n", "7"),), line="its door is jammed", at=soon, pressing=True,
               deeds=offered_deeds(), tags=(ASSIGNMENTS[quarantined.assignment], DOORS[quarantined.door])),
        Matter("record rating 4", Kind.RECORD, "Rate us", line="4 · open", at=soon - timedelta(days=1),
               deeds=(Offered("answer", "Seen to", "check", "good"),),
               told=(("How was our service today?", "Very good"),)),
        Matter("notice 2", Kind.NOTICE, "morning count of 2026-11-21: 2 of 24 tags are not there (locker 9, locker 14)",
               literal=True, at=soon, deeds=(Offered("seen", "Seen to", "check", "good"),)),
        Matter("check lamps", Kind.CHECK, "Lamps", line="the lamp of button evacuate does not follow", at=soon,
               literal=True, told=(("Technician", "Check the lamp and its wire."),)),
        Matter("warning 2", Kind.WARNING, "the slip printer is out of paper: put a new roll in", literal=True),
    )  # fmt: skip


def _binder(now: datetime) -> tuple[Matter, ...]:
    text = "各位来宾，冬季清仓活动今天开始，二楼女装全场八折，欢迎选购。"
    return (
        Matter("script winter", Kind.SCRIPT, "冬季清仓活动", literal=True, line=STANDINGS[Standing.CHANGED], at=now,
               pressing=True, deeds=(RELEASE, WITHDRAW), told=(("", text),)),
        Matter("script closing", Kind.SCRIPT, "闭店提示", literal=True, line=STANDINGS[Standing.RELEASED],
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
    told = (CountTold(1, "locker 1: tag 1", False), CountTold(2, "locker 2: no tag", True))
    return CountShown("screen", "screen", SheetKind.MORNING_COUNT, "lina", LockerId(3), 2, 24, told, 1, 24)
