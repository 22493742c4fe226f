"""Marks the texts of forms, so that they are found and put into every language."""

from __future__ import annotations

from kiosk.sentences import N_ as N_
