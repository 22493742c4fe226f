"""Members redeem the gifts of the store's campaigns, in their announced days (S08)."""

from __future__ import annotations

from kiosk.app.hiring import Hiring
from kiosk.config.site import Site
from kiosk.rules.service.member import SERVICE, in_campaigns
from kiosk.rules.service.service import Service


def _fits(service: Service, site: Site) -> Service | None:
    return in_campaigns(service, site.service.campaigns) if site.service.campaigns else service


CLERK = Hiring(SERVICE.id, fits=_fits)
