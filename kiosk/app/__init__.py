"""The composition root: builds the drivers, wires the desks, runs them, and closes everything in reverse."""
