"""Who was not content is called back by the clock of the store's business days (S19)."""

from __future__ import annotations

from kiosk.app.hiring import Hiring, open_on
from kiosk.rules.service.callback import SERVICE, by_calendar

CLERK = Hiring(SERVICE.id, fits=lambda service, site: by_calendar(service, open_on(site)))
