"""Staff at the screen: who is there, what waits for them, what they do about it, with which rights."""
