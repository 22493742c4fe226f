"""The back office: from a Site and what was heard of its files to a planned day. Pure work, for any process."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from kiosk.config.site import Site
from kiosk.desks.messages import PlanOrder, PlanReady
from kiosk.rules.broadcast.binder import Occurrence, occurrences
from kiosk.rules.broadcast.calendar import DayTypeChoice, chinese_holidays, day_type_for
from kiosk.rules.broadcast.day import BusinessDay
from kiosk.rules.broadcast.library import Material, Sound, Targets, stock
from kiosk.rules.broadcast.planner import Appointment, Brief, plan_day
from kiosk.rules.broadcast.programme import Programme
from kiosk.units import LANGUAGES, Language, ScriptId

SPEAKING = Language("zh-CN")


def clip_paths(site: Site) -> tuple[str, ...]:
    """Every sound file that the site names, each once."""
    frames = [path for script in site.binder for path in site.frame(script) if path]
    recordings = [script.recording for script in site.binder if script.recording]
    songs = [path for paths in site.playlists.values() for path in paths]
    return tuple(dict.fromkeys([*songs, *recordings, *frames]))


def texts_to_speak(site: Site) -> dict[ScriptId, str]:
    """The scripts that have no recording, and what is to be said for them."""
    return {
        script.id: next(script.text[language] for language in (SPEAKING, *LANGUAGES) if script.text.get(language))
        for script in site.binder
        if not script.recording and any(script.text.values())
    }


@dataclass(frozen=True, slots=True)
class Office:
    """sounds: what was heard, by path. spoken: recordings of scripts that have only text, by script."""

    site: Site
    sounds: Mapping[str, Sound]
    spoken: Mapping[ScriptId, str] = field(default_factory=dict)
    day_type: Callable[[date], DayTypeChoice] | None = None

    @property
    def material(self) -> Material:
        """What the store can put on the air."""
        site = self.site
        levels = site.levels
        return stock(
            site.playlists,
            [(script, script.recording or self.spoken.get(script.id), site.frame(script)) for script in site.binder],
            self.sounds,
            Targets(levels.music_lufs, levels.announcement_lufs, levels.ceiling_dbfs),
        )

    @property
    def titles(self) -> dict[str, str]:
        """What a person calls the scripts."""
        return {
            script.id: next((script.title[language] for language in LANGUAGES if script.title.get(language)), script.id)
            for script in self.site.binder
        }

    def business_day(self, day: date) -> tuple[BusinessDay, DayTypeChoice]:
        """The day type that rules a date, and why."""
        choice = (self.day_type or self._by_calendar)(day)
        return BusinessDay(day, self.site.day_types[choice.id], self.site.zone_info), choice

    def day_at(self, moment: datetime) -> BusinessDay:
        """The business day that a moment belongs to, else the next one."""
        for shift in (-1, 0, 1):
            day, _ = self.business_day(moment.date() + timedelta(days=shift))
            if moment < day.closes:
                return day
        raise ValueError(f"no business day ends after {moment}")

    def plan(self, order: PlanOrder) -> PlanReady:
        """What the broadcast desk asked for."""
        day = self.day_at(order.begin)
        material = self.material.without(order.without)
        programme = self.programme(day, material, order)
        return PlanReady(order, day, programme, material, self.titles)

    def whole_day(self, day: date) -> tuple[BusinessDay, Programme]:
        """A date's programme from the opening to the doors' closing, as the planner lays it out before opening."""
        business_day, choice = self.business_day(day)
        programme = self.programme(business_day, self.material, None)
        if choice.warning:
            programme = Programme(programme.date, programme.items, (*programme.warnings, choice.warning))
        return business_day, programme

    def programme(self, day: BusinessDay, material: Material, order: PlanOrder | None) -> Programme:
        """The programme of a day, or what is left of it."""
        wanted = occurrences(self.site.binder, day.day_type.calls, day)
        grace = timedelta(seconds=self.site.programme.late_grace_s)
        begin = order.begin if order is not None and order.begin > day.opens else None
        aired = order.aired if order is not None else frozenset[str]()
        appointments = []
        missing = dict.fromkeys(
            one.script.id for one in wanted if one.script.id not in material.announcements and one.key not in aired
        )
        for one in wanted:
            if one.key in aired or one.script.id in missing or (begin is not None and one.due < begin - grace):
                continue
            appointments.append(self._appointment(one, material))
        planned = plan_day(
            Brief(
                day=day,
                playlists=material.playlists,
                appointments=tuple(appointments),
                separation_s=self.site.programme.separation_s,
                seed=self.site.programme.seed,
                begin=begin,
                heard=order.heard if order is not None else (),
            )
        )
        unheard = [f"script {name}: it is due today and cannot be played; see kiosk check" for name in missing]
        return Programme(planned.date, planned.items, (*material.faults, *unheard, *planned.warnings))

    def _appointment(self, one: Occurrence, material: Material) -> Appointment:
        return Appointment(one.key, one.due, material.announcements[one.script.id])

    def _by_calendar(self, day: date) -> DayTypeChoice:
        return day_type_for(day, self.site.calendar, chinese_holidays)
