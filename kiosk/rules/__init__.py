"""What the store demands: pure decisions over values, with no device, clock, thread or file."""
