"""The desk behind each printer: one job after another, from intent to paper."""
