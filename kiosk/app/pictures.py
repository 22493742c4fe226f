"""A planned day as a picture, with the store's own words."""

from __future__ import annotations

from kiosk.app.office import Office
from kiosk.display.day_picture import DayNotes, Daypart, draw_day
from kiosk.rules.broadcast.day import BusinessDay
from kiosk.rules.broadcast.programme import Programme
from kiosk.units import LANGUAGES


def day_picture(office: Office, day: BusinessDay, programme: Programme) -> bytes:
    """The picture as PNG."""
    site = office.site
    name = next(site.name[language] for language in LANGUAGES if site.name.get(language))
    _, choice = office.business_day(day.date)
    title = next((day.day_type.title[one] for one in LANGUAGES if day.day_type.title.get(one)), day.day_type.id)
    notes = DayNotes(
        titles=office.titles,
        dayparts=tuple(
            Daypart(str(phase.playlist), day.moment(phase.start), day.end_moment(phase))
            for phase in day.day_type.dayparts
        ),
        zone=day.zone,
    )
    return draw_day(programme, title=name, subtitle=f"{day.date.isoformat()}  {title} ({choice.reason})", notes=notes)
