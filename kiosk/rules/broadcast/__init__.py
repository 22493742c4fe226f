"""Part B of the rule book: what is on the air, when, and what may interrupt what."""
