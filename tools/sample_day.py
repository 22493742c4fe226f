"""A day of the demo store, and a moment of it as the desk would report it: what the pictures are made from."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from kiosk.display.day_picture import Daypart
from kiosk.ports import Meter, OnAirReport
from kiosk.rules.broadcast.as_run import AsRun, Outcome
from kiosk.rules.broadcast.day import BusinessDay, DayType, Phase
from kiosk.rules.broadcast.material import AirClass, Announcement, Clip, Song
from kiosk.rules.broadcast.planner import Appointment, Brief, plan_day
from kiosk.rules.broadcast.programme import Item, Kind, Programme
from kiosk.units import Language, PlaylistId, ZoneId

STORE = "和风百货 · 人民广场店"
ZONE = ZoneInfo("Asia/Shanghai")
DATE = date(2026, 11, 21)
OPENS, MIDDAY, EVENING, CLOSING, CLOSES = time(9), time(11, 30), time(17, 30), time(21, 50), time(22)
SONG_LENGTHS_S = {
    "morning_tea": 142.3,
    "corner_cafe": 168.9,
    "plum_lane": 201.4,
    "lake_bicycle": 131.7,
    "silver_waltz": 187.2,
    "neon_evening": 214.8,
    "paper_boats": 118.5,
    "first_snow": 156.1,
    "lantern_fair": 176.6,
    "evening_window": 223.3,
    "music_box_garden": 97.8,
    "clarinet_street": 149.4,
    "moon_over_canal": 193.7,
    "sunny_aisle": 109.2,
    "rain_on_glass": 171.0,
    "letter_home": 236.9,
}
SCRIPTS = {
    "keep-packaging": ("付款前请勿拆包装", 27.4),
    "member-day": ("会员日", 31.8),
    "umbrella": ("便民服务", 24.6),
    "fresh-evening": ("美食馆晚间优惠", 33.1),
}
DAYPARTS = {"morning": "Morning", "midday": "Midday", "evening": "Evening"}
TITLES = {id: title for id, (title, _) in SCRIPTS.items()} | {
    "welcome/welcome": "迎宾曲",
    "closing/closing": "送宾曲",
    "guest": "来宾王小明先生，请到一楼总服务台",
    "food": "地下一层 美食馆",
    "ground": "一楼 大厅",
    "upper": "二至四楼",
    "garage": "停车场",
}


def song(id: str, duration_s: float) -> Song:
    """A song of the sample library."""
    return Song(id, Clip(f"sounds/{id}.mp3", duration_s))


def announcement(id: str) -> Announcement:
    """A page of the sample binder with its light music (B09)."""
    parts = (Clip("prelude", 5.2), Clip(id, SCRIPTS[id][1]), Clip("postlude", 4.1))
    return Announcement(id, AirClass.ROUTINE, parts, ("prelude", "script", "postlude"))


def business_day() -> BusinessDay:
    """Nine to ten, with three dayparts."""
    dayparts = (
        Phase(time(9, 10), MIDDAY, PlaylistId("morning")),
        Phase(MIDDAY, EVENING, PlaylistId("midday")),
        Phase(EVENING, CLOSING, PlaylistId("evening")),
    )
    welcome, closing = Phase(OPENS, time(9, 10), PlaylistId("welcome")), Phase(CLOSING, CLOSES, PlaylistId("closing"))
    return BusinessDay(DATE, DayType("weekend", {Language("en"): "Weekend"}, welcome, dayparts, closing), ZONE)


def dayparts() -> tuple[Daypart, ...]:
    """The phases of the sample day by name."""
    day = business_day()
    names = ("迎宾 Welcome", *DAYPARTS.values(), "送宾 Closing")
    phases = zip(names, day.day_type.phases(), strict=True)
    return tuple(Daypart(name, day.moment(phase.start), day.end_moment(phase)) for name, phase in phases)


def programme() -> Programme:
    """The sample day, planned."""
    day = business_day()
    songs = tuple(song(f"music/{name}", length) for name, length in SONG_LENGTHS_S.items())
    playlists = {PlaylistId(name): songs for name in DAYPARTS}
    playlists[PlaylistId("welcome")] = (song("welcome/welcome", 163.5),)
    playlists[PlaylistId("closing")] = (song("closing/closing", 214.2),)
    first, step = datetime.combine(DATE, time(9, 30), ZONE), timedelta(minutes=30)
    ids = ("keep-packaging", "member-day", "umbrella")
    dues = [first + step * place for place in range(25)]
    appointments = [
        Appointment(f"{place}", due, announcement("fresh-evening" if due.hour >= 19 and place % 2 else ids[place % 3]))
        for place, due in enumerate(dues)
    ]
    return plan_day(Brief(day, playlists, tuple(appointments), 600.0, "sample"))


def report(plan: Programme, at: time = time(17, 0, 14)) -> OnAirReport:
    """The sample day at a moment of its afternoon."""
    now = datetime.combine(DATE, at, ZONE)
    before = [item for item in plan.items if item.end <= now]
    current = next(item for item in plan.items if item.start <= now < item.end)
    after = tuple(item for item in plan.items if item.start > now)
    page = Item(
        "page-7",
        Kind.PAGE,
        "guest",
        AirClass.ROUTINE,
        (Clip("prelude", 5.2), Clip("page", 8.9)),
        ("prelude", "page"),
        after[0].start,
        after[0].start + timedelta(seconds=14.1),
        operator="陈晓云",
    )
    levels = {"ground": (-17.8, -7.9), "food": (-19.6, -8.8), "upper": (-18.4, -8.1), "garage": (-29.3, -17.0)}
    return OnAirReport(
        store=STORE,
        now=now,
        phase="Midday",
        current=current,
        current_started=current.start,
        progress=(now - current.start) / (current.end - current.start),
        upcoming=after[:40],
        queue=(page,),
        meters={ZoneId(zone): Meter(rms, peak) for zone, (rms, peak) in levels.items()},
        last=tuple(_as_run(item, place) for place, item in enumerate(before[-12:])),
        warnings=('Song "music/harbour_lights" does not decode (empty file): left out of today\'s programme.',),
        output="USB Audio DAC, 4 channels, 44.1 kHz",
        underruns=0,
        amplifier_on=True,
        doors_close=datetime.combine(DATE, CLOSES, ZONE),
    )


def _as_run(item: Item, place: int) -> AsRun:
    late = timedelta(milliseconds=(place * 7) % 23)
    cut = place == 3
    return AsRun(
        day=DATE,
        key=item.key,
        kind=item.kind,
        id=item.id,
        air_class=item.air_class,
        zones=item.zones,
        due=item.due,
        planned_start=item.start,
        planned_end=item.end,
        real_start=item.start + late,
        real_end=item.end + late,
        phase=item.part_names[-1],
        outcome=Outcome.CUT if cut else Outcome.PLAYED,
        reason="urgent: lost child" if cut else "",
        level_dbfs=-18.0 - (place * 13) % 17 / 10,
    )
