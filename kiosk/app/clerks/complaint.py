"""Complaints are answered by the clock of the store's business days (S03)."""

from __future__ import annotations

from kiosk.app.hiring import Hiring, open_on
from kiosk.rules.service.complaint import SERVICE, by_calendar

CLERK = Hiring(SERVICE.id, fits=lambda service, site: by_calendar(service, open_on(site)))
