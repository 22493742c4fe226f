"""`kiosk service greetings|festivals`: whom the message platform greets on a day, each once for an occasion (S08)."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime

from rich.console import Console
from rich.table import Table
from rich.text import Text

from kiosk.app.commands.service import ServiceCounter, csv_table
from kiosk.app.commands.share import DONE, PROBLEMS, places_of
from kiosk.config.load import load_site
from kiosk.desks.service.messages import DeedAsked
from kiosk.rules.people.person import Person
from kiosk.rules.service import member
from kiosk.rules.service.choices import titled
from kiosk.rules.service.festival import upcoming
from kiosk.rules.service.occasions import BIRTHDAY, Greeting
from kiosk.rules.service.occasions import greetings as greetings_on
from kiosk.units import LANGUAGES

HEADING = ("occasion", "title", "name", "phone", "level", "card")
YEAR_DAYS = 366


def greetings(arguments: argparse.Namespace) -> int:
    """Noted first, then written: whoever is on a list is on no other. A list that was lost is written again."""
    with ServiceCounter(arguments) as counter:
        person = counter.acting()
        day = arguments.on or counter.now.date()
        members = [one for one in counter.desk.book.waiting() if one.service == member.SERVICE.id]
        festivals = counter.site.service.festivals
        found = greetings_on(members, festivals, day, again=arguments.again)
        if not member.SERVICE.knows & person.rights:
            sys.stderr.write(f"refused: {person.name} may not see members\n")
            return PROBLEMS
        noted = [one for one in found if arguments.again or not _refused(counter, one, person)]
        seen = counter.desk.seen(person, (one.member for one in noted), counter.now)
        titles = {one.id: titled(one.title, LANGUAGES[0]) for one in festivals} | {BIRTHDAY: "生日"}
        lines = [
            (
                one.occasion,
                titles[one.occasion.partition(" ")[0]],
                record.answers.get("name", ""),
                record.answers.get("phone", ""),
                *member.standing(record)[:2],
            )
            for one, record in zip(noted, seen, strict=True)
        ]
        return csv_table((HEADING, *lines), arguments.out)


def _refused(counter: ServiceCounter, greeting: Greeting, person: Person) -> str:
    record = greeting.member
    told = {"occasion": greeting.occasion}
    return counter.desk.do(DeedAsked(record.service, record.number, "greet", person, told), counter.now)


def festivals(arguments: argparse.Namespace) -> int:
    """When each is next."""
    site = load_site(places_of(arguments).site)
    today = datetime.now(site.zone_info).date()
    shown = Table(title="festivals", title_justify="left")
    for heading in ("date", "occasion", "title"):
        shown.add_column(heading)
    for at, one in upcoming(site.service.festivals, today, YEAR_DAYS):
        shown.add_row(*map(Text, (at.isoformat(), one.id, titled(one.title, LANGUAGES[0]))))
    Console().print(shown)
    return DONE
