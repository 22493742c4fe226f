"""Every piece of the collection, in playing order."""

from pieces_latin import MORNING_TEA

SONGS = (MORNING_TEA,)
