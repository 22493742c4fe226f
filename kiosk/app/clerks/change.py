"""Small change: the store's limits (S13)."""

from __future__ import annotations

from kiosk.app.hiring import Hiring
from kiosk.rules.service.change import SERVICE, within

CLERK = Hiring(SERVICE.id, fits=lambda service, site: within(service, site.service.change))
