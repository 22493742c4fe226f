"""Who works in the store: the one rule package that the others build upon."""
