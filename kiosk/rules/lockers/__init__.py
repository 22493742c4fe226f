"""Part L of the rule book: whose bag is behind which door, and when a door may open."""
