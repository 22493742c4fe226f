"""The back office: from a Site and what was heard of its files to a planned day. Pure work, for any process."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from kiosk.config.site import Site
from kiosk.desks.broadcast.messages import PlanOrder, PlanReady
from kiosk.rules.broadcast.binder import Occurrence, occurrences
from kiosk.rules.broadcast.calendar import DayTypeChoice, chinese_holidays, day_type_for
from kiosk.rules.broadcast.day import AHEAD_S, BusinessDay, day_on
from kiosk.rules.broadcast.library import Leaf, Material, Sound, Targets, gain_db, stock
from kiosk.rules.broadcast.material import AirClass, Clip, Script
from kiosk.rules.broadcast.planner import Appointment, Brief, plan_day
from kiosk.rules.broadcast.programme import Item, Kind, Programme
from kiosk.rules.broadcast.releases import Page
from kiosk.rules.broadcast.rotation import Heard
from kiosk.rules.broadcast.sayings import Saying, script_sayings
from kiosk.units import LANGUAGES, Language, ScriptId

Said = tuple[ScriptId, Language]


def clip_paths(site: Site) -> tuple[str, ...]:
    """Every sound file that the site names, each once."""
    songs = [path for paths in site.playlists.values() for path in paths]
    return tuple(dict.fromkeys([*songs, *announcement_paths(site)]))


def announcement_paths(site: Site) -> tuple[str, ...]:
    """The recordings that are heard, preludes and postludes, each once."""
    frames = [path for script in site.binder for path in site.frame(script) if path]
    frames += [path for path in site.talk_frame if path]
    recordings = [
        script.recordings[language]
        for script in site.binder
        for language in script.said_in
        if language in script.recordings
    ]
    return tuple(dict.fromkeys([*recordings, *frames]))


def texts_to_speak(site: Site) -> tuple[Saying, ...]:
    """What is to be said for the scripts that have no recording, in each of their languages, emergencies first."""
    return script_sayings(site.binder)


@dataclass(frozen=True, slots=True)
class Office:
    """sounds: what was heard, by path. spoken: the files of texts that were spoken. mute: why no voice could.

    What is in none of them is not known yet.
    pages: the binder's, as far as their release goes. held: those that may not air, each with why (B13).
    """

    site: Site
    sounds: Mapping[str, Sound]
    spoken: Mapping[Said, str] = field(default_factory=dict)
    mute: Mapping[Said, str] = field(default_factory=dict)
    day_type: Callable[[date], DayTypeChoice] | None = None
    pages: tuple[Page, ...] = ()
    held: Mapping[ScriptId, str] = field(default_factory=dict)
    material: Material = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "material", self._stock())

    def _stock(self) -> Material:
        """What the store can put on the air."""
        site = self.site
        levels = site.levels
        known = stock(
            site.playlists,
            [
                Leaf(replace(script, zones=site.reach(script)), self._said(script), *site.frame(script))
                for script in site.binder
            ],
            self.sounds,
            Targets(levels.music_lufs, levels.announcement_lufs, levels.ceiling_dbfs),
            site.speech.breath_s,
        )
        silent = [
            f"script {script}: it has no recording in {language} and no voice could speak it: {why}"
            for (script, language), why in self.mute.items()
        ]
        prelude, postlude = site.talk_frame
        talk = (self._clip(prelude), self._clip(postlude))
        return replace(known, faults=(*known.faults, *silent), talk=talk)

    def _said(self, script: Script) -> dict[Language, str]:
        """The files in which a script is said, in the order in which they are heard."""
        files = {one: script.recordings.get(one) or self.spoken.get((script.id, one)) for one in script.said_in}
        return {language: path for language, path in files.items() if path is not None}

    def awaits(self, script: Script) -> bool:
        """Whether it is still to be listened to, or to be spoken."""
        files = self._said(script)
        unsaid = [one for one in script.said_in if one not in files and (script.id, one) not in self.mute]
        return bool(unsaid) or any(path not in self.sounds for path in files.values())

    def _clip(self, path: str | None) -> Clip | None:
        """A sound that goes with announcements, None where it cannot be played."""
        sound = None if path is None else self.sounds.get(path)
        if path is None or sound is None or sound.fault:
            return None
        levels = self.site.levels
        return Clip(path, sound.duration_s, gain_db(sound, levels.announcement_lufs, levels.ceiling_dbfs))

    @property
    def titles(self) -> dict[str, str]:
        """What a person calls the scripts."""
        return {
            script.id: next((script.title[language] for language in LANGUAGES if script.title.get(language)), script.id)
            for script in self.site.binder
        }

    def business_day(self, day: date) -> tuple[BusinessDay, DayTypeChoice]:
        """The day type that rules a date, and why. Raises ValueError where there is none of that name."""
        choose = self.day_type or self._by_calendar
        choice = choose(day)
        found = day_on(day, lambda one: self.site.day_types.get(choose(one).id), self.site.zone_info)
        if found is None:
            raise ValueError(f"{day}: the calendar asks for the day type {choice.id}, which day_types.toml lacks")
        return found, choice

    def day_at(self, moment: datetime) -> BusinessDay:
        """The business day that a moment belongs to, else the next one. Raises ValueError."""
        for shift in (-1, 0, 1):
            day, _ = self.business_day(moment.date() + timedelta(days=shift))
            if moment < day.closes:
                return day
        raise ValueError(f"no business day ends after {moment}")

    def plan(self, order: PlanOrder) -> PlanReady:
        """What the broadcast desk asked for. Raises ValueError."""
        day = self.day_at(order.begin)
        held = {**self.held, **order.held}
        material = self.in_force(day.date, held)
        late, wanted = self._wanted(day, order)
        late = tuple(one for one in late if one.script.id not in held)
        programme = self._programme(day, material.without(order.without), wanted, order)
        if day.joins_after and day.closes.timestamp() - order.begin.timestamp() <= AHEAD_S:
            programme = self._gone_on(programme, day, order, held)
        return PlanReady(order, day, programme, material, self.titles, tuple(_missed(one, material) for one in late))

    def _gone_on(
        self, programme: Programme, day: BusinessDay, order: PlanOrder, held: Mapping[ScriptId, str]
    ) -> Programme:
        """With what the next day begins with, whose doors are open already: nobody hears that midnight passes."""
        following, _ = self.business_day(day.date + timedelta(days=1))
        songs = (one for one in programme.items if one.air_class is AirClass.MUSIC)
        heard = (Heard(one.id, one.start.timestamp(), one.end.timestamp()) for one in songs)
        begin = programme.items[-1].end if programme.items else max(order.begin, following.opens)
        after = replace(order, begin=begin, heard=(*order.heard, *heard))
        _, wanted = self._wanted(following, after)
        material = self.in_force(following.date, held).without(order.without)
        return replace(programme, items=(*programme.items, *self._programme(following, material, wanted, after).items))

    def in_force(self, day: date, held: Mapping[ScriptId, str]) -> Material:
        """What can be put on the air on a date: a campaign that is over cannot be asked for either (B07)."""
        binder = {script.id for script in self.site.binder if script.valid_on(day) and script.id not in held}
        spoken = {name: one for name, one in self.material.announcements.items() if name in binder}
        return replace(self.material, announcements=spoken)

    def whole_day(self, day: date) -> tuple[BusinessDay, Programme]:
        """A date's programme from the opening to the doors' closing, as the planner lays it out before opening."""
        business_day, choice = self.business_day(day)
        _, wanted = self._wanted(business_day, None)
        programme = self._programme(business_day, self.in_force(day, self.held), wanted, None)
        if choice.warning:
            programme = Programme(programme.date, programme.items, (*programme.warnings, choice.warning))
        return business_day, programme

    def _programme(
        self, day: BusinessDay, material: Material, wanted: tuple[Occurrence, ...], order: PlanOrder | None
    ) -> Programme:
        """The programme of a day, or what is left of it."""
        held = {**self.held, **(order.held if order is not None else {})}
        unreleased = {one.script.id: one.due for one in reversed(wanted) if one.script.id in held}
        wanted = tuple(one for one in wanted if one.script.id not in held)
        missing = {one.script.id: one.script for one in wanted if one.script.id not in material.announcements}
        appointments = [
            Appointment(one.key, one.due, material.announcements[one.script.id])
            for one in wanted
            if one.script.id not in missing
        ]
        planned = plan_day(
            Brief(
                day=day,
                playlists=material.playlists,
                appointments=tuple(appointments),
                separation_s=self.site.programme.separation_s,
                seed=self.site.programme.seed,
                begin=order.begin if order is not None and (day.joins_before or order.begin > day.opens) else None,
                heard=order.heard if order is not None else (),
            )
        )
        unheard = [
            f"script {name}: it is due today and cannot be played; see kiosk check"
            for name, script in missing.items()
            if not self.awaits(script)
        ]
        kept = [f"page {name} is due at {due:%H:%M} and does not air: {held[name]}" for name, due in unreleased.items()]
        return Programme(planned.date, planned.items, (*material.faults, *unheard, *kept, *planned.warnings))

    def _wanted(
        self, day: BusinessDay, order: PlanOrder | None
    ) -> tuple[tuple[Occurrence, ...], tuple[Occurrence, ...]]:
        """What the binder and the calls still want on a day: first what it is too late for, then the rest."""
        wanted = occurrences(self.site.binder, day.day_type.calls, day)
        if order is None:
            return (), wanted
        latest_s = order.begin.timestamp() - self.site.programme.late_grace_s
        left = [one for one in wanted if one.key not in order.aired]
        late = tuple(one for one in left if one.due.timestamp() < latest_s)
        return late, tuple(one for one in left if one.due.timestamp() >= latest_s)

    def _by_calendar(self, day: date) -> DayTypeChoice:
        return day_type_for(day, self.site.calendar, chinese_holidays)


def _missed(one: Occurrence, material: Material) -> Item:
    """What would have been aired, for the log."""
    announcement = material.announcements.get(one.script.id)
    return Item(
        key=one.key,
        kind=Kind.ANNOUNCEMENT,
        id=one.script.id,
        air_class=one.script.air_class,
        parts=announcement.parts if announcement is not None else (),
        part_names=announcement.part_names if announcement is not None else (),
        start=one.due,
        end=one.due,
        due=one.due,
        zones=one.script.zones,
    )
