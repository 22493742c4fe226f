"""Who stands before the touchscreen: what they chose for themselves, what a tap means, and when it is forgotten."""
