"""The in-store kiosk and broadcast controller: one Raspberry Pi, three desks of a store's service handbook."""
