"""The broadcast desk: the announcer minds the line, attendants mind one thing each beside it."""
