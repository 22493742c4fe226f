"""What the touchscreen shows: pure functions from what is known to a tree of widgets; no pixels, no device."""
