"""The commands, a module for each kind: each builds what it needs, does one thing, prints it, returns the exit code."""
