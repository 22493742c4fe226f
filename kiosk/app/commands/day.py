"""Days before they are: `kiosk plan`, `kiosk render`, `kiosk simulate`."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from datetime import datetime

from rich.console import Console

from kiosk.app.commands.share import DONE, PROBLEMS, USAGE, bar, office_of, places_of, print_json, write
from kiosk.app.reports import as_run_table, as_run_values, plan_table, plan_values

HOLE_S = 0.5  # of silence in a simulated day: more than the last song before the doors close may leave


def plan(arguments: argparse.Namespace) -> int:
    """A day as it would be planned before opening."""
    office = office_of(places_of(arguments))
    day = arguments.date or datetime.now(office.site.zone_info).date()
    business_day, programme = office.whole_day(day)
    if arguments.png is not None:
        from kiosk.app.pictures import day_picture

        write(arguments.png, day_picture(office, business_day, programme))
        sys.stderr.write(f"{arguments.png}: the day's picture\n")
    if arguments.json:
        print_json(plan_values(programme))
    elif arguments.png is None:
        Console().print(plan_table(programme, business_day, office.titles))
    return DONE


def render(arguments: argparse.Namespace) -> int:
    """A day, or a stretch of it, as a sound file, with its as-run log."""
    from kiosk.app.events import read_events
    from kiosk.app.render import Stretch, render, stretch_of
    from kiosk.app.speech import speak_page
    from kiosk.audio.speech import voices
    from kiosk.ledger.memory import MemoryAsRun

    where = places_of(arguments)
    office = office_of(where)
    site = office.site
    business_day, _ = office.business_day(arguments.date)
    begin, end = (None if at is None else business_day.near_moment(at) for at in (arguments.begin, arguments.end))
    stretch = stretch_of(office, arguments.date, begin, end)
    if stretch.end <= stretch.begin:
        sys.stderr.write(f"kiosk: --to {stretch.end:%H:%M:%S} is not after --from {stretch.begin:%H:%M:%S}\n")
        return USAGE
    stretch = Stretch(stretch.begin, stretch.end)
    reset = next((button.id for button in site.buttons if button.action.value == "reset"), "reset")
    happenings = (
        read_events(arguments.events, arguments.date, site.zone_info, reset) if arguments.events is not None else ()
    )
    log = MemoryAsRun(site.zone_info)
    with (
        bar(f"rendering {arguments.out.name}") as progress,
        closing(voices(site.speech.voices, where.spoken)) as voice,
    ):
        seconds = render(
            office,
            arguments.date,
            stretch,
            arguments.out,
            log,
            speak=lambda asked: speak_page(office, voice, asked),
            happenings=happenings,
            progress=progress,
        )
    lines = [line for line in log.of_day(arguments.date) if line.real_end is None or line.real_end >= stretch.begin]
    if arguments.json:
        print_json([as_run_values(line) for line in lines])
    else:
        Console().print(as_run_table(lines, office.titles))
        sys.stderr.write(f"{arguments.out}: {seconds:.0f} s\n")
    return DONE


def simulate(arguments: argparse.Namespace) -> int:
    """Days in virtual time."""
    from kiosk.app.reports import simulation_table
    from kiosk.app.simulate import simulate_days

    office = office_of(places_of(arguments))
    with bar(f"simulating {arguments.days} days") as progress:
        days = simulate_days(office, arguments.begin, arguments.days, progress)
    if arguments.json:
        print_json({"from": arguments.begin.isoformat(), "days": [day.as_json() for day in days]})
    else:
        Console().print(simulation_table(days))
    return PROBLEMS if any(day.silence_s > HOLE_S or day.failed for day in days) else DONE
