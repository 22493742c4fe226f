"""What SDL's events say of fingers and mice, in places of the picture."""

from __future__ import annotations

import pygame

from kiosk.display.fit import Fit
from kiosk.display.pointer import Contact, Touched


def report_of(event: pygame.event.Event, fit: Fit) -> Touched | None:
    """What an event says of a finger or a mouse, None for anything else."""
    contacts = {
        pygame.FINGERDOWN: Contact.DOWN,
        pygame.FINGERMOTION: Contact.MOVE,
        pygame.FINGERUP: Contact.UP,
        pygame.MOUSEBUTTONDOWN: Contact.DOWN,
        pygame.MOUSEMOTION: Contact.MOVE,
        pygame.MOUSEBUTTONUP: Contact.UP,
        pygame.WINDOWFOCUSLOST: Contact.LOST,
    }
    contact = contacts.get(event.type)
    if contact is None or contact is Contact.LOST:
        return None if contact is None else Touched(contact)
    if event.type in (pygame.FINGERDOWN, pygame.FINGERMOTION, pygame.FINGERUP):
        x, y = fit.inside(event.x * fit.window[0], event.y * fit.window[1])
        return Touched(contact, x, y, True, event.finger_id)
    if contact is not Contact.MOVE and event.button != 1:
        return None
    return Touched(contact, *fit.inside(*event.pos))
