"""The machine's edges: clocks, pins, serial lines; each driver translates its library's errors into DeviceFault."""
