"""The ports through which desks act on the world; drivers implement them, fakes pass the same contracts."""
