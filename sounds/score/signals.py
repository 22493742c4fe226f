"""Signals."""
SIGNALS = {}
