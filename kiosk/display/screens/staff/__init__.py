"""Staff mode: proving who one is, then rooms with what waits, the lockers, the binder and the people."""
